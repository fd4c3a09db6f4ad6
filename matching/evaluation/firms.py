"""T3, buyer → supplier: firms stand for what they make.

What somebody makes is ranked for the product a buyer needs something for, whether or not anything is known to be made
of it; each item counts for as many rivals as there are firms that make it. A firm's score is the logarithm of the sum
over its items of ``exp score``: several ways to be the supplier add up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matching.evaluation.errors import NothingToRank
from matching.evaluation.experiment import Experiment, Trial
from matching.evaluation.files import read_rows
from matching.evaluation.firm_lists import FirmChances, FirmLists
from matching.evaluation.trade import Trade
from matching.learning.features import FEATURES, MEANING_FEATURES, Feature
from matching.learning.grams import Weighting
from matching.learning.learned import Learned, Scorer
from matching.learning.links import Asked, Links, Names, incidence
from matching.learning.meanings import Meanings
from matching.learning.model import Model, Plan, learn_model

WHOLE_PRODUCTS, SINGLE_LINKS = 0.15, 0.15  # few materials are made by a listed firm: more must be held out


def makers_of(trade: Trade) -> Feature:
    """The number of an item's makers as a feature."""

    def makers(learned: Learned) -> Scorer:
        """How many firms make the item: where many do, one of them is less likely the supplier (logarithm)."""
        row = np.log1p(trade.makers)
        return lambda asked: np.broadcast_to(row, (len(asked), len(row)))

    return makers


@dataclass(frozen=True)
class FirmModel:
    """A model that ranks what firms make, and how likely a firm's score makes it the supplier."""

    model: Model
    chances: FirmChances


def learn_firms(trade: Trade, seed: int = 0) -> FirmModel:
    """Learn from links between products; products that firms make are like those the test asks for."""
    plan = Plan(
        features=(*FEATURES, *MEANING_FEATURES, makers_of(trade)),
        whole_queries=WHOLE_PRODUCTS,
        single_links=SINGLE_LINKS,
        rivals=trade.makers,
        alike=True,
        first=trade.made,
        seed=seed,
    )
    lists = FirmLists(trade)
    model = learn_model(trade.links, plan, lists.see)
    return FirmModel(model, lists.chances(model.ranker))


@dataclass(frozen=True)
class SupplierTask:
    """Firms, the queries (products each asks for) and the experiment over firms."""

    trade: Trade
    asked: Asked
    experiment: Experiment

    def meant(self, meanings: Meanings) -> SupplierTask:
        """The same with what names mean."""
        trade = replace(self.trade, links=self.trade.links.meant(meanings))
        return replace(self, trade=trade, asked=self.asked.meant(meanings))


def supplier_task(train: Path, company_product: Path, test: Path) -> SupplierTask:
    """T3. The query is the buyer and the product it needs something for."""
    link, makes, asks = ("product", "material"), ("company", "product"), ("buyer", "supplier", "buyer_product")
    edges = [(row["product"], row["material"]) for row in read_rows(train, link, link)]
    made = [(row["company"], row["product"]) for row in read_rows(company_product, makes, makes)]
    every = read_rows(test, (*asks, "split", "lex"), asks)
    trade, firm = _trade(edges, made)
    tests = [row for row in every if row["supplier"] in firm]
    queries = dict.fromkeys((row["buyer"], row["buyer_product"]) for row in tests)
    place = {query: at for at, query in enumerate(queries)}
    asked = _ask(trade.links, [product for _, product in queries])
    known = trade.suppliers(trade.links.given)
    answers: dict[str, set[int]] = defaultdict(set)
    for row in tests:
        answers[row["buyer"]].add(firm[row["supplier"]])
    own = {buyer: [firm[buyer], *known[firm[buyer]].indices] for buyer, _ in queries if buyer in firm}
    hidden = tuple(np.array([*own.get(buyer, ()), *sorted(answers[buyer])], dtype=np.int64) for buyer, _ in queries)
    trials = _trials(tests, place, firm)
    if not trials:
        raise NothingToRank(path=test, count=len(every))
    return SupplierTask(trade, asked, Experiment(trials, hidden, len(every) - len(tests)))


def _trials(tests: list[dict[str, str]], place: dict[tuple[str, str], int], firm: dict[str, int]) -> tuple[Trial, ...]:
    """Macro: every product asked for weighs the same; "by buyers": a row weighs 1/(buyers of its product)."""
    counted = [row for row in tests if row["lex"] != "lexical"]
    buyers = defaultdict(set)
    for row in counted:
        buyers[row["buyer_product"]].add(row["buyer"])
    rows = Counter(row["buyer_product"] for row in counted)
    found = []
    for row in counted:
        product = row["buyer_product"]
        query = place[row["buyer"], product]
        answer, among = firm[row["supplier"]], len(firm)
        weighted, macro = (f"by buyers {row['split']}", "by buyers"), (f"macro {row['split']}", "macro")
        found.append(Trial(query, answer, product, among, 1.0 / len(buyers[product]), weighted))
        found.append(Trial(query, answer, product, among, 1.0 / rows[product], macro))
    return tuple(found)


def _trade(edges: list[tuple[str, str]], made: list[tuple[str, str]]) -> tuple[Trade, dict[str, int]]:
    queries = tuple(dict.fromkeys(product for product, _ in edges))
    items = tuple(dict.fromkeys([*(material for _, material in edges), *(product for _, product in made)]))
    weighting = Weighting.fit((*queries, *dict.fromkeys(material for _, material in edges)))
    row = {name: at for at, name in enumerate(queries)}
    column = {name: at for at, name in enumerate(items)}
    firm = {name: at for at, name in enumerate(sorted({company for company, _ in made}))}
    given = incidence([(row[product], column[material]) for product, material in edges], (len(queries), len(items)))
    makes = incidence([(firm[company], column[product]) for company, product in made], (len(firm), len(items)))
    own_pairs = [(firm[company], row[product]) for company, product in made if product in row]
    own = incidence(own_pairs, (len(firm), len(queries)))
    return Trade(makes, own, Links(Names(queries, weighting), Names(items, weighting), given)), firm


def _ask(links: Links, products: list[str]) -> Asked:
    """The products something is needed for, with what is known to go into them."""
    row = {name: at for at, name in enumerate(links.queries.texts)}
    pairs = [
        (at, int(item)) for at, name in enumerate(products) if name in row for item in links.given[row[name]].indices
    ]
    return Asked(Names(tuple(products), links.items.weighting), incidence(pairs, (len(products), len(links.items))))
