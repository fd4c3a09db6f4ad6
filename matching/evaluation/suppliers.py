"""``evaluate suppliers``: whole firms. Who could supply a buyer of which no supplier is known?"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from graph.errors import SourceUnreadable
from graph.messages import N_, Message
from matching.evaluation.bootstrap import Resampling
from matching.evaluation.evaluation import Evaluation
from matching.evaluation.experiment import figures
from matching.evaluation.files import read_rows
from matching.evaluation.ranks import area, expected_ranks
from matching.learning.contrast import Recipe
from matching.learning.features import FIRM_FEATURES
from matching.learning.grams import SEPARATOR, Weighting
from matching.learning.links import Asked, Floats, Ints, Links, Names, incidence
from matching.learning.model import Model, Plan, in_parts, learn_model

BASELINES = (
    "popularity",
    "text",
    "industry_pair",
    "sector_rate",
    "name_transfer",
    "kernel_ridge",
    "two_tower",
)
LEARNED = "learned"
MAIN = "MRR"
LEVELS = 3
CODE = re.compile(r"[A-Z]?\d{2,8}")
BETWEEN_LEVELS = re.compile(r"[/>|\\；;—]+|\s-\s|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])")
BETWEEN_PRODUCTS = re.compile(r"[；;，、|\n]+")
# A buyer is one of which no supplier is known; half of those held out lose their customers as well, so that there are
# weights for buyers whose sales are known and for those of which nothing is.
PLAN = Plan(
    features=tuple(FIRM_FEATURES),
    recipe=Recipe(towers=1, epochs=6),  # texts of firms are long: two towers took twice the time and gained nothing
    folds=4,
    whole_queries=0.25,
    single_links=0.0,
    unsold=0.5,
    marker="sales_transfer",
    alike=True,
    leading=("two_tower", "name_transfer", "sector_rate", "kernel_ridge"),
)


@dataclass(frozen=True)
class Profile:
    """A firm: its name with its products as text, its industry from coarse to fine."""

    text: str
    groups: tuple[str, ...]


def industry_levels(industry: str) -> tuple[str, ...]:
    """An industry from coarse to fine: beginnings of a path (“机械/专用设备”) or of a code (“640501”, “C39 电子”)."""
    code = next(iter(industry.split()), "")
    if CODE.fullmatch(code):
        lead = 1 if code[0].isalpha() else 0
        return tuple(dict.fromkeys(code[: lead + size] for size in (2, 4, 8)))[:LEVELS]
    steps = [step.strip() for step in BETWEEN_LEVELS.split(industry) if step.strip()]
    return tuple("/".join(steps[: depth + 1]) for depth in range(min(len(steps), LEVELS)))


def _profiles(path: Path) -> dict[str, Profile]:
    """By company; where one stands there twice, what the first row lacks comes from the next."""
    found: dict[str, Profile] = {}
    for row in read_rows(path, ("company", "name", "industry", "products")):
        company = row["company"].strip()
        products = [each.strip() for each in BETWEEN_PRODUCTS.split(row["products"])]
        text = SEPARATOR.join(each for each in (row["name"].strip() or _called(company), *products) if each)
        earlier = found.get(company, Profile("", ()))
        if company:
            found[company] = Profile(earlier.text or text, earlier.groups or industry_levels(row["industry"]))
    return found


def _called(company: str) -> str:
    """A company's id where that says something: a name, not a number."""
    return "" if re.fullmatch(r"[A-Z]{0,4}\.?\d+(\.[A-Z]{1,4})?", company) else company


def _pairs(path: Path) -> list[tuple[str, str]]:
    """Buyer and supplier of each row, each pair once; nobody supplies itself.

    Raises:
        SourceUnreadable: no pair is left.
    """
    rows = ((row["buyer"].strip(), row["supplier"].strip()) for row in read_rows(path, ("buyer", "supplier")))
    found = list(dict.fromkeys(pair for pair in rows if all(pair) and pair[0] != pair[1]))
    if not found:
        raise SourceUnreadable(path=path, reason=Message(N_("没有一行数据"), {}))
    return found


@dataclass(frozen=True)
class SupplierTest:
    """Known links between firms, the buyers asked for, and each one's true suppliers.

    ``left_out`` are known links that were not learned from, because the test asks for their buyer.
    """

    links: Links
    asked: Asked
    answers: tuple[Ints, ...]
    left_out: int


def supplier_test(profiles: Path, train: Path, test: Path) -> SupplierTest:
    """Read the three files."""
    known = _profiles(profiles)
    every, tests = _pairs(train), _pairs(test)
    truth: dict[str, set[str]] = defaultdict(set)
    for buyer, supplier in tests:
        truth[buyer].add(supplier)
    edges = [(buyer, supplier) for buyer, supplier in every if buyer not in truth]
    if not edges:
        raise SourceUnreadable(path=train, reason=Message(N_("除检验用的采购方外，没有已知关系可供训练"), {}))
    firms = list(dict.fromkeys([*known, *(supplier for _, supplier in edges), *(supplier for _, supplier in tests)]))
    weighting = Weighting.fit([profile.text for profile in known.values()])

    def names(chosen: list[str]) -> Names:
        found = [known.get(firm, Profile(_called(firm), ())) for firm in chosen]
        return Names(tuple(one.text for one in found), weighting, tuple(one.groups for one in found), tuple(chosen))

    buyers = list(dict.fromkeys(buyer for buyer, _ in edges))
    row, column = ({firm: at for at, firm in enumerate(each)} for each in (buyers, firms))
    given = incidence([(row[buyer], column[supplier]) for buyer, supplier in edges], (len(buyers), len(firms)))
    asked = Asked(names(list(truth)), incidence([], (len(truth), len(firms))))
    answers = tuple(np.array(sorted(column[supplier] for supplier in found)) for found in truth.values())
    return SupplierTest(Links(names(buyers), names(firms), given), asked, answers, len(every) - len(edges))


def measures(scores: Floats, answers: Sequence[Ints], itself: Ints) -> dict[str, list[float]]:
    """By buyer: reciprocal rank of the first true supplier, share found, area under the curve; filtered ranks.

    ``itself`` is the buyer's own place among the suppliers, −1 when it is none.
    """
    found: dict[str, list[float]] = {"MRR": [], "R@10": [], "R@50": [], "AUC": []}
    for row, own in enumerate(answers):
        rival = np.ones(scores.shape[1], dtype=np.bool_)
        rival[own] = False
        if itself[row] >= 0:
            rival[itself[row]] = False
        ranks = expected_ranks(scores[row, own], scores[row, rival])
        found["MRR"].append(float(1.0 / ranks.min()))
        found["R@10"].append(float((ranks <= 10).mean()))
        found["R@50"].append(float((ranks <= 50).mean()))
        found["AUC"].append(float(area(ranks, int(rival.sum())).mean()))
    return found


def evaluate_suppliers(profiles: Path, train: Path, test: Path, seed: int = 0) -> Evaluation:
    """Train on the known links, rank every firm for every buyer of the test."""
    task = supplier_test(profiles, train, test)
    started = time.monotonic()
    every = np.ones(len(task.links.items), dtype=np.float32)
    model = learn_model(task.links, replace(PLAN, rivals=every, seed=seed))
    seconds = time.monotonic() - started
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for at, part in in_parts(task.asked):
        itself = part.names.places(task.links.items)
        for method, scores in _methods(model, part).items():
            for measure, own in measures(scores, task.answers[at : at + len(part)], itself).items():
                found[method][measure] += own
    values = {method: {name: np.array(own) for name, own in each.items()} for method, each in found.items()}
    drawn = Resampling.of(list(range(len(task.asked))), np.ones(len(task.asked)))
    compared = figures("buyers", drawn, values, LEARNED)
    return Evaluation("suppliers", MAIN, seconds, model.ranker.reach(), compared, left_out=task.left_out)


def _methods(model: Model, asked: Asked) -> dict[str, Floats]:
    """Scores of the baselines and of the learned model for some of the buyers."""
    values = model.values(asked)
    random = np.zeros(values.shape[:2], dtype=np.float32)  # all tied: the expected rank
    plain = {name: np.nan_to_num(values[..., PLAN.names.index(name)], nan=-1e9) for name in BASELINES}
    return {"random": random, **plain, LEARNED: model.ranker.score(values)}
