"""Training of the encoder from supply relations, and what it is worth on relations kept out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import InputError
from graph.messages import N_
from matching.learning.contrast import Recipe
from matching.learning.folds import hold_out
from matching.learning.grams import Weighting
from matching.learning.learned import Learned, learn
from matching.learning.links import Asked, Floats, Links, Names, Sparse, incidence

if TYPE_CHECKING:
    from matching.learning.contrast import Tower

Pair = tuple[str, str]  # who asks (a product somebody makes), what is offered (what goes into it)

FEWEST = 200
LONGEST = 60
FIRST = 10
ASKED_AT_ONCE = 256
MOST_ASKED = 2_000
SHARE_OF_QUERIES, SHARE_OF_LINKS = 0.05, 0.05


class TooFewRelations(InputError):
    """Not enough to learn from."""

    message = N_("可用的供应关系只有 {count} 条，至少要 {fewest} 条才能训练")
    cure = N_("请先载入产业链目录或企业供需数据（ronglian load），或用 --chainkg 指定公开数据集的文件夹")


@dataclass(frozen=True)
class Size:
    """How large a model is: numbers a vector, buckets of n-grams, pairs of towers."""

    width: int
    buckets: int
    towers: int


COMPACT = Size(96, 1 << 15, 1)
FULL = Size(256, 1 << 16, 2)


@dataclass(frozen=True)
class Check:
    """Share of the relations kept out whose item is among the first ten: the encoder's and the simple ways'."""

    relations: int
    encoder: float
    text: float
    popularity: float


@dataclass(frozen=True)
class Trained:
    """The towers and what is said of them."""

    towers: tuple[tuple[Tower, Tower], ...]
    pairs: int
    asking: int
    offered: int
    seconds: float
    check: Check | None


def clean(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs that can teach: names on both sides, not too long, not the same, each once, in order."""
    found = {(asking.strip(), offered.strip()) for asking, offered in pairs}
    return sorted(pair for pair in found if all(0 < len(name) <= LONGEST for name in pair) and pair[0] != pair[1])


def links_of(pairs: Sequence[Pair]) -> Links:
    """Pairs as links of queries to items."""
    asking = {name: place for place, name in enumerate(dict.fromkeys(one for one, _ in pairs))}
    offered = {name: place for place, name in enumerate(dict.fromkeys(two for _, two in pairs))}
    weighting = Weighting.fit((*asking, *offered))
    places = [(asking[one], offered[two]) for one, two in pairs]
    given = incidence(places, (len(asking), len(offered)))
    return Links(Names(tuple(asking), weighting), Names(tuple(offered), weighting), given)


def train(
    pairs: Iterable[Pair],
    size: Size = FULL,
    *,
    seed: int = 0,
    check: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Trained:
    """Train the towers; with ``check``, first without some relations, to say how well those are found again.

    Raises:
        TooFewRelations: when there is too little to learn from.
    """
    known = clean(pairs)
    if len(known) < FEWEST:
        raise TooFewRelations(count=len(known), fewest=FEWEST)
    say = progress or (lambda _: None)
    links = links_of(known)
    recipe = Recipe(width=size.width, towers=size.towers)
    found = None
    if check:
        say(N_("正在用留出的关系检验…"))
        found = _check(links, recipe, size, seed)
    say(N_("正在训练…"))
    started = time.monotonic()
    learned = learn(links, seed, recipe, size.buckets)
    seconds = time.monotonic() - started
    return Trained(learned.towers, len(known), len(links.queries), len(links.items), seconds, found)


def _check(links: Links, recipe: Recipe, size: Size, seed: int) -> Check | None:
    fold = hold_out(links, seed, SHARE_OF_QUERIES, SHARE_OF_LINKS)
    rows = fold.draw(MOST_ASKED)
    held = fold.held[rows]
    if not held.nnz:
        return None
    learned = learn(fold.links, seed, recipe, size.buckets)
    asked = Asked(fold.asked.names.take(rows), fold.asked.known[rows])
    hits = np.zeros(3)
    popular = learned.item_degree
    for at in range(0, len(rows), ASKED_AT_ONCE):
        part = slice(at, at + ASKED_AT_ONCE)
        names = asked.names.take(np.arange(len(asked))[part])
        scores = (
            _scores(learned, names),
            np.asarray((names.vectors @ links.items.vectors.T).toarray(), dtype=np.float32),
            np.repeat(popular[None, :], len(names), axis=0).astype(np.float32),
        )
        hits += [_hits(one, asked.known[part], held[part]) for one in scores]
    return Check(int(held.nnz), *(float(one) for one in hits / held.nnz))


def _scores(learned: Learned, names: Names) -> Floats:
    """The encoder's scores with the frequency it was trained without put back."""
    recipe = learned.recipe
    cosine = learned.ask(names) @ learned.item_vectors.T
    return np.asarray(cosine / recipe.temperature + recipe.frequency * learned.frequency, dtype=np.float32)


def _hits(scores: Floats, known: Sparse, held: Sparse) -> int:
    """How many held links have their item among the first ten, known items and other answers left out."""
    found = 0
    for row in range(scores.shape[0]):
        answers = held[row].indices
        rivals = scores[row].copy()
        rivals[known[row].indices] = -np.inf
        own = rivals[answers].copy()
        rivals[answers] = -np.inf
        floor = np.partition(rivals, -FIRST)[-FIRST] if len(rivals) > FIRST else -np.inf
        found += int((own > floor).sum())
    return found
