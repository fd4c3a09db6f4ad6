"""Rows of one load that are one firm: held against each other once all of them are written.

As between a row and the graph the same firm becomes one node, and what is not sure goes into the review queue. Nothing
is joined while another load is running: it takes for granted who stands where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from graph.errors import Conflict, InputError, RunInProgress
from graph.store import Store, Transaction
from loaders.resolution.firms import Candidate
from loaders.resolution.joining import family
from loaders.resolution.queue import AUTOMATIC, Pair, State, join_families, record_pairs
from loaders.resolution.resolve import resolve_within
from loaders.resolution.zones import Zone
from loaders.runs import lock_identities, refuse_while_loading

Said = Callable[[str, str], str | None]
"""What a person said of two ids before, if anything."""


def settle_within(
    store: Store, source: str, arrived: Sequence[Candidate], said: Said, *, root: Callable[[str], str], most_asked: int
) -> Counter[State]:
    """Join the rows that are one firm and ask about those that may be; return how many of each there were.

    Args:
        store: the graph.
        source: the source whose load this is.
        arrived: the organisations this load brought, in its order.
        said: what a person said of two of them.
        root: the id of the node an id stands at.
        most_asked: about one firm so many questions are asked at most.
    """
    into: dict[str, str] = {}
    doubtful: list[Pair] = []
    by_kind = sorted(arrived, key=lambda one: (sorted(one.labels), one.sample))
    for _, group in groupby(by_kind, key=lambda one: one.kind):
        rows = list(group)
        for decision in resolve_within(one.firm for one in rows).decisions:
            left, right = rows[decision.scored.left], rows[decision.scored.right]
            before = said(left.firm.id, right.firm.id)
            if before == State.DIFFERENT:
                continue
            pair = Pair.of(decision, (left.firm.id, left.name), (right.firm.id, right.name), joined=False)
            joined = store.write(_joining(source, pair)) if decision.zone is Zone.SAME and before is None else None
            if joined:
                into[joined[1]] = joined[0]
            else:
                doubtful.append(pair)
    asked = list(_worth_asking(doubtful, lambda own: _end(root(own), into), most_asked))
    if asked:
        store.write(lambda tx: record_pairs(tx, asked))
    return Counter({State.SAME: len(into), State.OPEN: len(asked)})


def _joining(source: str, pair: Pair) -> Callable[[Transaction], tuple[str, str] | None]:
    """Make one node of a pair: the id that stays and the one that goes; None when that cannot be, or is so already."""

    def work(tx: Transaction) -> tuple[str, str] | None:
        lock_identities(tx)
        one, other = family(tx, pair.left), family(tx, pair.right)
        if one.root == other.root:
            return None
        try:
            refuse_while_loading(tx, but=source)
            keep, drop = join_families(tx, one, other)
        except (RunInProgress, Conflict, InputError):
            return None
        record_pairs(tx, [replace(pair, state=State.SAME, decided_by=AUTOMATIC, keep=keep, drop=drop)])
        return keep, drop

    return work


def _end(own: str, into: Mapping[str, str]) -> str:
    while own in into:
        own = into[own]
    return own


def _worth_asking(pairs: Iterable[Pair], root: Callable[[str], str], most: int) -> Iterator[Pair]:
    """At most so many pairs of one firm; what is one node already is no question."""
    asked: Counter[str] = Counter()
    for pair in pairs:
        one, other = root(pair.left), root(pair.right)
        if one != other and max(asked[one], asked[other]) < most:
            asked.update((one, other))
            yield pair
