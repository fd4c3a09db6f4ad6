"""Organisations that arrive with a load, held against those in the graph: which node each of them stands at.

The same firm as one in the graph: its facts go to that node. Not sure: a node of its own, and the pair goes into the
review queue. What is in the graph under its own id, or was decided before, is not asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from graph.queries import queries
from graph.store import Store, Transaction
from loaders.resolution.firms import Candidate, arriving, organisations
from loaders.resolution.joining import record_aliases
from loaders.resolution.queue import Pair, State, record_pairs
from loaders.resolution.resolve import Decision, Register, Resolution
from loaders.resolution.within import settle_within
from loaders.resolution.zones import Zone

MOST_ASKED = 3
"""A firm that arrives is asked about beside so many firms of the graph at most."""

Props = dict[str, Any]
Kind = tuple[frozenset[str], bool]


@dataclass(frozen=True)
class Arrival:
    """What a batch brings: ids that stand at nodes of the graph, and pairs for the queue (the joined ones included)."""

    aliases: list[Props] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Pairs a person has to look at."""
        return len(self.pairs) - len(self.aliases)

    def record(self, tx: Transaction) -> None:
        """Write it, in the transaction that writes the batch."""
        record_aliases(tx, self.aliases)
        record_pairs(tx, self.pairs)


class Identities:
    """Which node an id stands at during one load; no person joins or splits while it runs."""

    def __init__(self, store: Store, run: str) -> None:
        self._store = store
        self._run = run
        self._roots: dict[str, str] = {row["id"]: row["root"] for row in store.read(queries.list_aliases)}
        self._shared = set(self._roots.values())
        self._decided: dict[frozenset[str], str] | None = None
        self._there: set[str] = set()
        self._known: dict[Kind, list[Candidate]] = {}
        self._registers: dict[Kind, Register] = {}
        self._arrived: list[Candidate] = []

    def root(self, own: str) -> str:
        """The id of the node an id stands at."""
        return self._roots.get(own, own)

    def joined(self, own: str) -> bool:
        """Whether an id shares a node with others."""
        return own in self._roots or own in self._shared

    def part_nodes(self, rows: Sequence[Props]) -> tuple[list[Props], list[Props]]:
        """Rows of nodes that stand alone, and of those that share one, with the node they stand at."""
        if not self._roots:
            return list(rows), []
        alone = [row for row in rows if not self.joined(row["id"])]
        joined = [row | {"id": self.root(row["id"]), "stated_id": row["id"]} for row in rows if self.joined(row["id"])]
        return alone, joined

    def part_relationships(self, rows: Sequence[Props]) -> tuple[list[Props], list[Props]]:
        """The same of relationships: an end that shares a node suffices."""
        if not self._roots:
            return list(rows), []
        alone: list[Props] = []
        joined: list[Props] = []
        for row in rows:
            ends = row["start"], row["end"]
            if not any(map(self.joined, ends)):
                alone.append(row)
                continue
            roots = {"start": self.root(ends[0]), "end": self.root(ends[1])}
            joined.append(row | roots | {"start_id": ends[0], "end_id": ends[1]})
        return alone, joined

    def arrive(self, rows: Iterable[Props]) -> Arrival:
        """Hold the organisations of a batch against the graph, and remember where they stand."""
        found = [candidate for row in rows if (candidate := arriving(row))]
        if not found:
            return Arrival()
        self._read()
        fresh = [one for one in found if one.firm.id not in self._roots and one.firm.id not in self._there]
        self._arrived += fresh
        arrival = Arrival()
        for kind, group in groupby(sorted(fresh, key=_order), key=lambda one: one.kind):
            if self._known.get(kind):
                self._resolve(kind, list(group), arrival)
        self._roots |= {alias["id"]: alias["root"] for alias in arrival.aliases}
        self._shared |= {alias["root"] for alias in arrival.aliases}
        return arrival

    def settle_within(self, source: str) -> Counter[State]:
        """Hold the organisations this load brought against each other, once they are all written."""
        if len(self._arrived) < 2:
            return Counter()
        said, most = self._decision, MOST_ASKED
        return settle_within(self._store, source, self._arrived, said, root=self.root, most_asked=most)

    def _read(self) -> None:
        if self._decided is not None:
            return
        decided = self._store.read(queries.list_decided_pairs)
        self._decided = {frozenset((row["left"], row["right"])): row["state"] for row in decided}
        for candidate, earlier in organisations(self._store, self._run):
            self._there.add(candidate.firm.id)
            if not earlier:  # of this run, before it broke off
                self._arrived.append(candidate)
            else:
                self._known.setdefault(candidate.kind, []).append(candidate)

    def _resolve(self, kind: Kind, group: Sequence[Candidate], arrival: Arrival) -> None:
        register = self._registers.get(kind)
        if register is None:
            register = self._registers[kind] = Register(one.firm for one in self._known[kind])
        resolution = register.resolve(one.firm for one in group)
        names = {one.firm.id: one.name for one in (*group, *self._known[kind])}
        for own, decisions in _by_arriving(resolution).items():
            self._settle(own, group[0], [(d, _right(resolution, d)) for d in decisions], names, arrival)

    def _settle(
        self,
        own: str,
        kind: Candidate,
        decisions: Sequence[tuple[Decision, str]],
        names: dict[str, str],
        arrival: Arrival,
    ) -> None:
        """Let one firm that arrives stand at the best of those it is the same as; ask about the others."""
        found = [(decision, other, self._decision(own, other)) for decision, other in decisions]
        allowed = [one for one in found if one[2] != State.DIFFERENT]
        # a person who took back that they are one wants to be asked
        same = (other for decision, other, said in allowed if decision.zone is Zone.SAME and said is None)
        stands_at = next(same, None)
        asked = 0
        for decision, other, _ in allowed:
            joined = other == stands_at
            asked += not joined
            if joined:
                labels = ["Entity", *sorted(kind.labels)]
                arrival.aliases.append({"id": own, "name": names[own], "labels": labels, "into": other, "root": other})
            elif asked > MOST_ASKED:
                continue
            # when it stands at a node already, the question is whether that node and the other one are one
            left, right = (other, own) if joined or stands_at is None else (stands_at, other)
            arrival.pairs.append(Pair.of(decision, (left, names[left]), (right, names[right]), joined=joined))

    def _decision(self, own: str, other: str) -> str | None:
        """What a person said of the two, or of others that stand at the same node."""
        decided = self._decided or {}
        said = {decided.get(frozenset((own, member))) for member in self._members(other)}
        return State.DIFFERENT if State.DIFFERENT in said else State.OPEN if State.OPEN in said else None

    def _members(self, root: str) -> list[str]:
        return [root, *(alias for alias, at in self._roots.items() if at == root)] if root in self._shared else [root]


def _order(one: Candidate) -> tuple[list[str], bool, str]:
    return sorted(one.labels), one.sample, one.firm.id


def _right(resolution: Resolution, decision: Decision) -> str:
    return resolution.right[decision.scored.right].firm.id


def _by_arriving(resolution: Resolution) -> dict[str, list[Decision]]:
    """Decisions by the firm that arrives, the best first."""
    found: dict[str, list[Decision]] = {}
    for decision in resolution.decisions:
        found.setdefault(resolution.left[decision.scored.left].firm.id, []).append(decision)
    return found
