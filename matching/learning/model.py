"""Learn all from known links: folds → features that have not seen the answers → ranker → features of all links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from matching.learning.calibration import Calibration
from matching.learning.contrast import Recipe
from matching.learning.examples import Examples, Query, gather, join, scorers, values
from matching.learning.features import FEATURES, Feature
from matching.learning.fitting import fit
from matching.learning.folds import SINGLE_LINKS, WHOLE_QUERIES, Describe, Fold, hold_out
from matching.learning.learned import Learned, Scorer, learn
from matching.learning.links import Asked, Bools, Doubles, Floats, Links
from matching.learning.ranker import BENT, Marks, Ranker

FOLDS = 3
AT_ONCE = 64  # queries scored together: bounds the memory
CELLS = 12_000_000  # of queries × items looked at in one fold: bounds the time
MARKER = "factors"  # missing exactly when nothing is known of the query
LEADING = ("two_tower", "name_transfer")


@dataclass(frozen=True)
class Model:
    """What was learned: features of all links, and the ranker over them."""

    learned: Learned
    features: tuple[Feature, ...]
    ranker: Ranker
    calibration: Calibration

    @cached_property
    def scorers(self) -> list[Scorer]:
        """All features, ready to score."""
        return scorers(self.learned, self.features)

    def over(self, links: Links) -> Model:
        """The same, ranking the items of ``links``: the same links among more items than were learned from."""
        return replace(self, learned=replace(self.learned, links=links))

    def values(self, asked: Asked) -> Floats:
        """Feature values: queries × items × features."""
        return values(self.scorers, asked)

    def chances(self, values: Floats) -> Doubles:
        """How likely each pair is a link, from its feature values."""
        return self.calibration.chance(self.ranker.score(values), self.ranker.is_new(values))

    def score(self, asked: Asked) -> Floats:
        """Queries × items, higher is likelier; a part of the queries at a time."""
        return np.concatenate([self.ranker.score(self.values(part)) for _, part in in_parts(asked)])


def in_parts(asked: Asked) -> Iterator[tuple[int, Asked]]:
    """The queries a few at a time, with the place of the first."""
    for at in range(0, len(asked), AT_ONCE):
        rows = np.arange(at, min(at + AT_ONCE, len(asked)))
        yield at, Asked(asked.names.take(rows), asked.known[rows])


def queries_of(fold: Fold, features: list[Scorer], count: Floats, plan: Plan) -> Iterator[Query]:
    """Feature values of the queries of a fold.

    ``count`` is for how many rivals each item stands; those that stand for none, and a firm itself, are neither answers
    nor rivals.
    """
    answered = (fold.held @ (count > 0).astype(np.float32)) > 0
    rows = fold.draw(CELLS // len(count), np.flatnonzero(answered) if plan.alike else None, plan.first)
    held = fold.held[rows]
    for at, part in in_parts(Asked(fold.asked.names.take(rows), fold.asked.known[rows])):
        found = values(features, part)
        itself = part.names.places(fold.links.items) if part.names.ids else np.full(len(part), -1)
        for row in range(len(part)):
            allowed = count > 0
            if itself[row] >= 0:
                allowed[itself[row]] = False
            answers = held[at + row].indices
            answers = answers[allowed[answers]]
            allowed[held[at + row].indices] = False
            allowed[part.known[row].indices] = False
            weight = 1.0 / len(answers) if plan.alike else 1.0
            place = int(fold.rows[rows[at + row]])
            yield Query(found[row], answers, np.flatnonzero(allowed), count, weight, place, part.known[row].indices)


@dataclass(frozen=True)
class Plan:
    """How a model is learned: features, towers, folds, and what each fold takes out.

    ``marker`` is the feature whose absence makes a query a new one, ``leading`` are those whose first items are the
    rivals to learn from. ``rivals``: for how many each item counts, 0 where it is not to be ranked; without it items
    that have a link count for one. ``alike``: a query weighs the same however many answers it has, and without an
    answer it is left out. ``first``: queries like those that will be asked; a third of them loses all links in each
    fold, and they are looked at before others. ``marks`` say where the ranker's lines bend.
    """

    features: Sequence[Feature] = tuple(FEATURES)
    recipe: Recipe = field(default_factory=Recipe)
    folds: int = FOLDS
    whole_queries: float = WHOLE_QUERIES
    single_links: float = SINGLE_LINKS
    unsold: float = 0.0
    describe: Describe | None = None
    marker: str = MARKER
    rivals: Floats | None = None
    alike: bool = False
    first: Bools | None = None
    leading: tuple[str, ...] = LEADING
    marks: Marks = BENT
    seed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The features' keys."""
        return tuple(feature.__name__ for feature in self.features)

    def fold(self, links: Links, number: int) -> tuple[Fold, Learned]:
        """Links held out, and what is learned from the rest."""
        seed = self.seed + 1000 + number
        whole = self.whole_queries if self.first is None else np.where(self.first, 1.0 / FOLDS, self.whole_queries)
        fold = hold_out(links, seed, whole, self.single_links, self.describe, unsold=self.unsold)
        return fold, learn(fold.links, seed, self.recipe)


# Is shown the queries held out, with their features.
Witness = Callable[[Query], None]


def examples_of(links: Links, plan: Plan, witness: Witness | None = None) -> Examples:
    """Training rows of several folds, each with features trained on what it keeps."""
    found = []
    leading = tuple(plan.names.index(name) for name in plan.leading)
    for number in range(plan.folds):
        fold, learned = plan.fold(links, number)
        count = (learned.item_degree > 0).astype(np.float32) if plan.rivals is None else plan.rivals
        queries = queries_of(fold, scorers(learned, plan.features), count, plan)
        found.append(gather(_shown(queries, witness) if witness else queries, plan.seed + number, leading))
    gathered = [one for one in found if one]
    return join(gathered) if gathered else Examples.none(len(plan.features))


def _shown(queries: Iterator[Query], witness: Witness) -> Iterator[Query]:
    for query in queries:
        witness(query)
        yield query


def learn_model(links: Links, plan: Plan | None = None, witness: Witness | None = None) -> Model:
    """The whole of it."""
    plan = plan or Plan()
    examples = examples_of(links, plan, witness)
    ranker = fit(examples, plan.names, plan.marker, plan.marks)
    learned = learn(links, plan.seed, plan.recipe)
    return Model(learned, tuple(plan.features), ranker, Calibration.fit(examples, ranker))
