"""``evaluate suppliers``: whole firms. Who could supply a buyer of which no supplier is known?"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.evaluation.bootstrap import Resampling
from matching.evaluation.errors import BuyerKnown
from matching.evaluation.evaluation import Evaluation
from matching.evaluation.experiment import figures
from matching.evaluation.files import read_rows
from matching.evaluation.ranks import Doubles, area, expected_ranks
from matching.learning.contrast import Recipe
from matching.learning.features import FIRM_FEATURES
from matching.learning.grams import SEPARATOR, Weighting
from matching.learning.links import Asked, Floats, Ints, Links, Names, incidence
from matching.learning.model import Plan, in_parts, learn_model

BASELINES = ("popularity", "text", "industry_pair", "sector_rate", "name_transfer", "kernel_ridge", "two_tower")
LEARNED = "learned"
MAIN = "MRR"
LEVELS = 3


@dataclass(frozen=True)
class Profile:
    """A firm: its name with its products as text, its industry from coarse to fine."""

    text: str
    groups: tuple[str, ...]


def industry_levels(industry: str) -> tuple[str, ...]:
    """An industry from coarse to fine: beginnings of a path (“机械/专用设备”) or of a code (“640501”)."""
    if re.fullmatch(r"[A-Z]?\d{2,8}", industry.strip()):
        code = industry.strip()
        lead = 1 if code[0].isalpha() else 0
        return tuple(dict.fromkeys(code[: lead + size] for size in (2, 4, 8)))[:LEVELS]
    steps = [step.strip() for step in re.split(r"[/>|\\\\；;—]+|\s-\s", industry) if step.strip()]
    return tuple("/".join(steps[: depth + 1]) for depth in range(min(len(steps), LEVELS)))


def _profiles(path: Path) -> dict[str, Profile]:
    found = {}
    for row in read_rows(path, ("company", "name", "industry", "products")):
        text = SEPARATOR.join([row["name"] or row["company"], row["products"]])
        found[row["company"]] = Profile(text, industry_levels(row["industry"]))
    return found


@dataclass(frozen=True)
class SupplierTest:
    """Known links between firms, the buyers asked for, and each one's true suppliers."""

    links: Links
    asked: Asked
    own: tuple[int, ...]  # the buyer's own place among the suppliers, −1 when it is none
    answers: tuple[Ints, ...]


def supplier_test(profiles: Path, train: Path, test: Path) -> SupplierTest:
    """Read the three files.

    Raises:
        BuyerKnown: a buyer of the test has suppliers in the training file.
    """
    known = _profiles(profiles)
    edges, tests = (
        [(r["buyer"], r["supplier"]) for r in read_rows(path, ("buyer", "supplier"))] for path in (train, test)
    )
    truth: dict[str, set[str]] = defaultdict(set)
    for buyer, supplier in tests:
        truth[buyer].add(supplier)
    both = sorted({buyer for buyer, _ in edges} & truth.keys())
    if both:
        raise BuyerKnown(count=len(both), buyer=both[0])
    firms = list(dict.fromkeys([*known, *(supplier for _, supplier in edges), *(supplier for _, supplier in tests)]))
    weighting = Weighting.fit([profile.text for profile in known.values()])

    def names(chosen: list[str]) -> Names:
        found = [known.get(firm, Profile(firm, ())) for firm in chosen]
        return Names(tuple(one.text for one in found), weighting, tuple(one.groups for one in found))

    buyers = list(dict.fromkeys(buyer for buyer, _ in edges))
    row, column = ({firm: at for at, firm in enumerate(each)} for each in (buyers, firms))
    given = incidence([(row[buyer], column[supplier]) for buyer, supplier in edges], (len(buyers), len(firms)))
    asked = Asked(names(list(truth)), incidence([], (len(truth), len(firms))))
    answers = tuple(np.array(sorted(column[supplier] for supplier in found)) for found in truth.values())
    own = tuple(column.get(buyer, -1) for buyer in truth)
    return SupplierTest(Links(names(buyers), names(firms), given), asked, own, answers)


def measures(test: SupplierTest, scores: Floats) -> dict[str, Doubles]:
    """By buyer: reciprocal rank of the first true supplier, share found, area under the curve; filtered ranks."""
    found: dict[str, list[float]] = {"MRR": [], "R@10": [], "R@50": [], "AUC": []}
    for row, answers in enumerate(test.answers):
        rival = np.ones(scores.shape[1], dtype=np.bool_)
        rival[answers] = False
        if test.own[row] >= 0:
            rival[test.own[row]] = False
        ranks = expected_ranks(scores[row, answers], scores[row, rival])
        found["MRR"].append(float(1.0 / ranks.min()))
        found["R@10"].append(float((ranks <= 10).mean()))
        found["R@50"].append(float((ranks <= 50).mean()))
        found["AUC"].append(float(area(ranks, int(rival.sum())).mean()))
    return {name: np.array(values) for name, values in found.items()}


def evaluate_suppliers(profiles: Path, train: Path, test: Path, seed: int = 0) -> Evaluation:
    """Train on the known links, rank every firm for every buyer of the test."""
    task = supplier_test(profiles, train, test)
    started = time.monotonic()
    plan = Plan(FIRM_FEATURES, Recipe(), folds=4, whole_queries=0.25, single_links=0.0, seed=seed)
    model = learn_model(task.links, plan)
    seconds = time.monotonic() - started
    names = model.ranker.features
    scores: dict[str, list[Floats]] = {name: [] for name in (*BASELINES, LEARNED)}
    for _, part in in_parts(task.asked):
        values = model.values(part)
        for name in BASELINES:
            scores[name].append(np.nan_to_num(values[..., names.index(name)], nan=-1e9))
        scores[LEARNED].append(model.ranker.score(values))
    random = np.zeros((len(task.asked), len(task.links.items)), dtype=np.float32)  # all tied: the expected rank
    methods: Mapping[str, Floats] = {"random": random} | {name: np.concatenate(each) for name, each in scores.items()}
    values_of = {name: measures(task, each) for name, each in methods.items()}
    drawn = Resampling.of(list(range(len(task.asked))), np.ones(len(task.asked)))
    weights = {
        name: (float(known), float(new))
        for name, known, new in zip(names, model.ranker.known, model.ranker.new, strict=True)
    }
    return Evaluation("suppliers", MAIN, seconds, weights, figures("buyers", drawn, values_of, LEARNED))
