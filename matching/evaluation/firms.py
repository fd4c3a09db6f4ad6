"""T3, buyer → supplier: firms stand for what they make, and are ranked by the best of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from matching.evaluation.experiment import Experiment, Trial
from matching.evaluation.files import read_rows
from matching.learning.examples import Examples, Query, gather, join, scorers, values
from matching.learning.features import FEATURES
from matching.learning.folds import Fold, hold_out
from matching.learning.grams import Weighting
from matching.learning.learned import Learned, learn
from matching.learning.links import Asked, Floats, Ints, Links, Names, Sparse, incidence
from matching.learning.model import FOLDS, MARKER, queries_of
from matching.learning.ranker import Ranker, fit

FEATURE_NAMES = tuple(feature.__name__ for feature in FEATURES)
WHOLE_PRODUCTS, SINGLE_LINKS = 0.15, 0.15  # few products are made by a listed firm: more must be held out
FIRM_QUERIES = 400  # looked at in one fold: bounds the time
FIRM_FEATURES = ("best_item", *FEATURE_NAMES, "all_items", "firm_buyers", "firm_items")
# Few links between listed firms can be derived: four features, held small. More did not help, and cost.
RANKED_BY = ("best_item", MARKER, "all_items", "firm_items")
FIRM_DAMPING = 0.1


@dataclass(frozen=True)
class Portfolios:
    """Which firm makes which item: firms one after another in ``items``, each from its place in ``starts``."""

    items: Ints
    starts: Ints

    @classmethod
    def of(cls, makes: Sparse) -> Portfolios:
        """From firms × items; every firm makes something."""
        return cls(makes.indices.astype(np.int64), makes.indptr[:-1].astype(np.int64))

    def best(self, values: Floats) -> Floats:
        """The largest value among a firm's items; the last axis but one is items."""
        return np.maximum.reduceat(values[self.items], self.starts, axis=0)

    def total(self, values: Floats) -> Floats:
        """The sum of the values of a firm's items."""
        return np.add.reduceat(values[self.items], self.starts, axis=0)


@dataclass(frozen=True)
class Trade:
    """Who makes what, and what goes into what."""

    makes: Sparse  # firms × items
    own: Sparse  # firms × queries: the products a firm makes that may ask for materials
    links: Links

    @cached_property
    def portfolios(self) -> Portfolios:
        """What each firm makes."""
        return Portfolios.of(self.makes)

    def suppliers(self, given: Sparse) -> Sparse:
        """Buyers × suppliers known from links between products."""
        return (self.own @ given @ self.makes.T).tocsr()

    def features(self, learned: Learned, ranker: Ranker) -> FirmFeatures:
        """Features of firms from those of their items."""
        known = self.suppliers(learned.links.given)
        buyers = np.asarray((known > 0).sum(axis=0)).ravel()
        size = np.asarray(self.makes.sum(axis=1)).ravel()
        constant = np.log1p(np.stack([buyers, size], axis=1)).astype(np.float32)
        return FirmFeatures(self.portfolios, ranker, constant)


@dataclass(frozen=True)
class FirmFeatures:
    """Firms × features for one query, from items × features of the products it asks for."""

    portfolios: Portfolios
    ranker: Ranker
    constant: Floats

    def __call__(self, item_values: Floats) -> Floats:
        """``item_values`` is products asked for × items × features."""
        each_score = self.ranker.score(item_values)
        top = each_score.max(axis=1, keepdims=True)
        # of each product asked for: the logarithm of the item's share, so that products can be compared
        score = (each_score - top - np.log(np.exp(each_score - top).sum(axis=1, keepdims=True))).max(axis=0)
        best = self.portfolios.best(score)
        with np.errstate(invalid="ignore"):
            several = np.fmax.reduce(item_values, axis=0)
        each = self.portfolios.best(several)
        everything = np.log(self.portfolios.total(np.exp(np.maximum(score, -30.0))))
        return np.concatenate([best[:, None], each, everything[:, None], self.constant], axis=1)


def firm_queries(trade: Trade, learned: Learned, ranker: Ranker, fold: Fold) -> Iterator[Query]:
    """A training query for each product of a fold that lost a material somebody makes; answers are all who make it."""
    random = np.random.default_rng(fold.seed)
    features, firm_features = scorers(learned), trade.features(learned, ranker)
    makers = trade.makes.T.tocsr()
    answers_of = (fold.held @ makers).tocsr()
    known = (fold.asked.known @ makers).tocsr()
    made = np.flatnonzero(np.diff(answers_of.indptr))
    for place in np.sort(random.permutation(made)[:FIRM_QUERIES]):
        taken = known[place].indices
        answers = np.setdiff1d(answers_of[place].indices, taken).astype(np.int64)
        rivals = np.setdiff1d(np.arange(trade.makes.shape[0]), [*taken, *answers])
        asked = Asked(fold.asked.names.take(np.array([place])), fold.asked.known[[place]])
        yield Query(firm_features(values(features, asked)), answers, rivals, 1.0 / max(len(answers), 1))


@dataclass(frozen=True)
class FirmModel:
    """What was learned about products, and the ranker of firms over it."""

    trade: Trade
    learned: Learned
    items: Ranker
    firms: Ranker


def ranked_by(firm_values: Floats) -> Floats:
    """The features that the ranker of firms uses."""
    return firm_values[..., [FIRM_FEATURES.index(name) for name in RANKED_BY]]


def chosen(examples: Examples) -> Examples:
    """Examples with the features that the ranker of firms uses."""
    return replace(examples, values=ranked_by(examples.values))


def learn_firms(trade: Trade, seed: int = 0, folds: int = FOLDS) -> FirmModel:
    """Features of products from folds, their ranker, then the ranker of firms on the same folds."""
    kept, found = [], []
    for number in range(folds):
        fold = hold_out(trade.links, seed + 1000 + number, WHOLE_PRODUCTS, SINGLE_LINKS)
        learned = learn(fold.links, seed + 1000 + number)
        kept.append((fold, learned))
        found.append(gather(queries_of(fold, scorers(learned), learned.item_degree), seed + number))
    items = fit(join(found), FEATURE_NAMES, MARKER)
    examples: list[Examples] = []
    for number, (fold, learned) in enumerate(kept):
        queries = firm_queries(trade, learned, items, fold)
        examples.append(gather(queries, seed + number, leading=(0, 1)))
    firms = fit(chosen(join(examples)), RANKED_BY, MARKER, FIRM_DAMPING)
    return FirmModel(trade, learn(trade.links, seed), items, firms)


@dataclass(frozen=True)
class SupplierTask:
    """Firms, the queries (products each asks for) and the experiment over firms."""

    trade: Trade
    asked: tuple[Asked, ...]
    experiment: Experiment


def supplier_task(train: Path, company_product: Path, test: Path, whole_portfolio: bool) -> SupplierTask:
    """T3. The query is the buyer and the product it needs something for, or all its products together."""
    edges = [(row["product"], row["material"]) for row in read_rows(train, ("product", "material"))]
    made = [(row["company"], row["product"]) for row in read_rows(company_product, ("company", "product"))]
    tests = read_rows(test, ("buyer", "supplier", "buyer_product", "split", "lex"))
    trade, firm = _trade(edges, made)
    queries = dict.fromkeys((row["buyer"], "" if whole_portfolio else row["buyer_product"]) for row in tests)
    place = {query: at for at, query in enumerate(queries)}
    asked = tuple(_ask(trade, firm[buyer], product) for buyer, product in queries)
    known = trade.suppliers(trade.links.given)
    answers: dict[str, set[int]] = defaultdict(set)
    for row in tests:
        answers[row["buyer"]].add(firm[row["supplier"]])
    hidden = tuple(
        np.array([firm[buyer], *known[firm[buyer]].indices, *sorted(answers[buyer])], dtype=np.int64)
        for buyer, _ in queries
    )
    trials = _trials(tests, place, firm, whole_portfolio)
    return SupplierTask(trade, asked, Experiment(trials, hidden))


def _trials(
    tests: list[dict[str, str]], place: dict[tuple[str, str], int], firm: dict[str, int], whole_portfolio: bool
) -> tuple[Trial, ...]:
    """Macro: every product asked for weighs the same; "by buyers": a row weighs 1/(buyers of its product)."""
    counted = [row for row in tests if row["lex"] != "lexical"]
    buyers = defaultdict(set)
    for row in counted:
        buyers[row["buyer_product"]].add(row["buyer"])
    rows = Counter(row["buyer_product"] for row in counted)
    found = []
    for row in counted:
        product = row["buyer_product"]
        query = place[row["buyer"], "" if whole_portfolio else product]
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


def _ask(trade: Trade, buyer: int, product: str) -> Asked:
    """The products a buyer asks for, with what is known to go into them."""
    items = trade.links.items
    names = (product,) if product else tuple(items.texts[at] for at in trade.makes[buyer].indices)
    row = {name: at for at, name in enumerate(trade.links.queries.texts)}
    pairs = [
        (at, int(item)) for at, name in enumerate(names) if name in row for item in trade.links.given[row[name]].indices
    ]
    return Asked(Names(names, items.weighting), incidence(pairs, (len(names), len(items))))
