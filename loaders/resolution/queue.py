"""The review queue: pairs of firms, why they may be one, what was decided, by whom, and back again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from graph.errors import Conflict, InputError, NotFound
from graph.ids import make_id
from graph.messages import N_, Message
from graph.nodes import find_id
from graph.queries import queries
from graph.store import Row, Store, Transaction
from loaders.resolution.comparison import Part
from loaders.resolution.firms import organisations
from loaders.resolution.joining import Family, family, join, split
from loaders.resolution.names import parse_all
from loaders.resolution.resolve import Decision, compare_two
from loaders.resolution.zones import Zone, site_of
from loaders.runs import lock_identities, refuse_while_loading

AUTOMATIC = "resolution"
"""Who decided a pair that was the same beyond doubt."""
MOST_COUNTED = 5_000
"""How common a word is, is counted in so many firms when a person asks about a pair."""


class State(StrEnum):
    """Where a pair stands."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


STATE_TITLES = {State.OPEN: N_("待判断"), State.SAME: N_("同一家"), State.DIFFERENT: N_("不是同一家")}


class AlreadyDecided(Conflict):
    """Another reviewer was faster."""

    message = N_("“{left}”与“{right}”已由{by}在 {at} 判为“{state}”")
    cure = N_("如不同意，请先撤销那次判断，再重新判断")


class ReviewChanged(Conflict):
    """What was shown is not how it stands any more."""

    message = N_("“{left}”与“{right}”在您打开之后有人动过，您的操作没有执行")
    cure = N_("请刷新后再看一次")


class NothingToUndo(Conflict):
    """The pair is open."""

    message = N_("“{left}”与“{right}”还没有判断，没有可撤销的")
    cure = N_("请先判断，或检查编号")


class AlreadyOne(Conflict):
    """Both ids stand at one node."""

    message = N_("“{left}”与“{right}”已经是同一家")
    cure = N_("要分开，请撤销当初合并的那次判断")


class Contradiction(Conflict):
    """Somebody said of two of the ids that they are never the same."""

    message = N_("不能合并：有人判定过“{left}”与“{right}”不是同一家（{review}）")
    cure = N_("如那次判断有误，请先撤销它")


class NotDuplicates(InputError):
    """A site and its firm, two sites, or organisations of two kinds."""

    message = N_("不能合并：{reason}")
    cure = N_("分支机构和厂区请登记在“厂区”表中；不同种类的单位各自保留")


OTHER_KIND = N_("“{left}”与“{right}”不是同一种单位")


@dataclass(frozen=True)
class Pair:
    """A pair of organisations and the parts of its score; ``left`` is the one that stays when they are one."""

    id: str
    left: str
    right: str
    left_name: str
    right_name: str
    state: State
    score: float
    probability: float
    zone: Zone
    parts: tuple[Part, ...]
    reasons: tuple[Message, ...]
    version: int = 1
    opened_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    keep: str | None = None
    drop: str | None = None

    @classmethod
    def of(cls, decision: Decision, left: tuple[str, str], right: tuple[str, str], *, joined: bool) -> Self:
        """A pair as the core sees it."""
        scored = decision.scored
        return cls(
            id=pair_id(left[0], right[0]),
            left=left[0],
            right=right[0],
            left_name=left[1],
            right_name=right[1],
            state=State.SAME if joined else State.OPEN,
            score=scored.score,
            probability=scored.probability,
            zone=decision.zone,
            parts=scored.parts,
            reasons=tuple(veto.reason for veto in scored.vetoes),
            decided_by=AUTOMATIC if joined else None,
            keep=left[0] if joined else None,
            drop=right[0] if joined else None,
        )

    def props(self) -> Row:
        """As stored; times and version are the graph's to set."""
        return {
            "id": self.id,
            "left": self.left,
            "right": self.right,
            "left_name": self.left_name,
            "right_name": self.right_name,
            "state": self.state.value,
            "score": self.score,
            "probability": self.probability,
            "zone": self.zone.value,
            "part_fields": [part.field for part in self.parts],
            "part_levels": [part.level for part in self.parts],
            "part_bits": [part.bits for part in self.parts],
            "reasons": [json.dumps([reason.template, reason.values], ensure_ascii=False) for reason in self.reasons],
            "decided_by": self.decided_by,
            "keep": self.keep,
            "drop": self.drop,
        }

    @classmethod
    def read(cls, props: Row) -> Self:
        """As stored."""
        rest = {key: value for key, value in props.items() if not key.startswith("part_")}
        parts = zip(props["part_fields"], props["part_levels"], props["part_bits"], strict=True)
        reasons = (json.loads(reason) for reason in props["reasons"])
        changed: dict[str, Any] = {
            "state": State(props["state"]),
            "zone": Zone(props["zone"]),
            "parts": tuple(Part(*part) for part in parts),
            "reasons": tuple(Message(template, values) for template, values in reasons),
        }
        return cls(**(rest | changed))


@dataclass(frozen=True)
class Page:
    """Some of the pairs in one state, how many there are, and how many in each state."""

    total: int
    pairs: tuple[Pair, ...]
    counts: dict[State, int]

    @property
    def decided(self) -> int:
        """Pairs that are decided."""
        return self.counts[State.SAME] + self.counts[State.DIFFERENT]


def pair_id(one: str, other: str) -> str:
    """The id of a pair, whichever way round."""
    return make_id("review", *sorted((one, other)))


def record_pairs(tx: Transaction, pairs: Iterable[Pair]) -> None:
    """Put pairs into the queue; what is there already stays as it is."""
    rows = [pair.props() for pair in pairs]
    if rows:
        tx.run(queries.upsert_reviews, rows=rows)


def list_pairs(
    store: Store, state: State = State.OPEN, *, skip: int = 0, limit: int = 50, towns: Collection[str] = ()
) -> Page:
    """One page of the queue, the likeliest first; with towns only pairs of which a firm lies in one."""
    within = sorted(towns)
    row = store.one(queries.list_reviews, state=state.value, skip=skip, limit=limit, towns=within)
    found = {State(row["state"]): row["count"] for row in store.read(queries.count_reviews, towns=within)}
    counts = {one: found.get(one, 0) for one in State}
    pairs = tuple(Pair.read(props) for props in row["reviews"]) if row else ()
    return Page(row["total"] if row else 0, pairs, counts)


def ask(store: Store, left: str, right: str) -> Pair:
    """Put two organisations, given by id, code or name, into the queue; a pair that is there is returned as it stands.

    Raises:
        NotFound: when one of them is not in the graph.
        AlreadyOne: when both are one node.
    """
    refs = {find_id(store, ref): ref for ref in (left, right)}
    if len(refs) == 1:
        raise AlreadyOne(left=left, right=right)
    found = {one.firm.id: one for one, _ in organisations(store)}
    for own, ref in refs.items():
        if own not in found:
            raise NotFound(id=ref)
    one, other = (found[own] for own in refs)
    firms = [candidate.firm for candidate in found.values()][:: len(found) // MOST_COUNTED + 1]
    decision = compare_two(one.firm, other.firm, firms)
    pair = Pair.of(decision, (one.firm.id, one.name), (other.firm.id, other.name), joined=False)
    store.write(lambda tx: record_pairs(tx, [pair]))
    return get_pair(store, pair.id)


def get_pair(store: Store, pair: str) -> Pair:
    """A pair by its id.

    Raises:
        NotFound: when there is none.
    """
    row = store.one(queries.get_review, id=pair)
    if row is None:
        raise NotFound(id=pair)
    return Pair.read(row["props"])


def decide(store: Store, pair: str, *, same: bool, by: str, version: int | None = None) -> Pair:
    """Record what a person decided, and join the two when they are one firm.

    Args:
        store: the graph.
        pair: id of the pair.
        same: one firm, or never the same.
        by: who decided.
        version: the version that person saw; None to decide on whatever stands there.

    Raises:
        NotFound: when there is no such pair, or one of the firms is gone.
        AlreadyDecided, ReviewChanged: when somebody else was faster.
        AlreadyOne, Contradiction, NotDuplicates: when they cannot be joined.
        RunInProgress: while a load is running.
    """

    def work(tx: Transaction) -> Pair:
        found = _locked(tx, pair)
        if found.state is not State.OPEN:
            at = f"{found.decided_at.astimezone():%Y-%m-%d %H:%M}" if found.decided_at else "—"
            said = Message(STATE_TITLES[found.state])
            raise AlreadyDecided(left=found.left_name, right=found.right_name, by=who(found), at=at, state=said)
        _unchanged(found, version)
        left, right = family(tx, found.left), family(tx, found.right)
        if left.root == right.root:
            raise AlreadyOne(left=found.left_name, right=found.right_name)
        keep = drop = None
        if same:
            keep, drop = join_families(tx, left, right)
        state = State.SAME if same else State.DIFFERENT
        tx.run(queries.decide_review, id=pair, state=state.value, by=by, keep=keep, drop=drop)
        return _read(tx, pair)

    return store.write(work)


def undo(store: Store, pair: str, *, version: int | None = None) -> Pair:
    """Take back what was decided: firms that were joined are apart again, with all that was loaded about each.

    Raises:
        NotFound: when there is no such pair.
        NothingToUndo: when it is open.
        ReviewChanged: when somebody else was faster.
        RunInProgress: while a load is running.
    """

    def work(tx: Transaction) -> Pair:
        found = _locked(tx, pair)
        if found.state is State.OPEN:
            raise NothingToUndo(left=found.left_name, right=found.right_name)
        _unchanged(found, version)
        if found.state is State.SAME and found.drop:
            split(tx, found.drop)
        tx.run(queries.reopen_review, id=pair)
        return _read(tx, pair)

    return store.write(work)


def who(pair: Pair) -> Message | str:
    """Who decided: a name, or in words."""
    if pair.decided_by == AUTOMATIC:
        return Message(N_("载入时自动比对"))
    return pair.decided_by or Message(N_("未具名的人"))


def _locked(tx: Transaction, pair: str) -> Pair:
    lock_identities(tx)
    refuse_while_loading(tx)
    return _read(tx, pair)


def _unchanged(found: Pair, version: int | None) -> None:
    if version is not None and found.version != version:
        raise ReviewChanged(left=found.left_name, right=found.right_name)


def _read(tx: Transaction, pair: str) -> Pair:
    rows = tx.run(queries.lock_review, id=pair)
    if not rows:
        raise NotFound(id=pair)
    return Pair.read(rows[0]["props"])


def join_families(tx: Transaction, left: Family, right: Family) -> tuple[str, str]:
    """Join two families; return the id that stays and the one that goes.

    Raises:
        NotFound: when one of them is gone.
        NotDuplicates, Contradiction: when they cannot be one.
    """
    for one in (left, right):
        if one.labels is None:
            raise NotFound(id=one.root)
    values: dict[str, object] = {"left": left.name, "right": right.name}
    if left.labels != right.labels or left.sample != right.sample:
        raise NotDuplicates(reason=Message(OTHER_KIND, values))
    if site := never_one(left.name, right.name):
        raise NotDuplicates(reason=site)
    said = tx.run(queries.list_contradictions, left=left.ids, right=right.ids)
    if said:
        first = said[0]
        raise Contradiction(left=first["left_name"], right=first["right_name"], review=first["id"])
    keep, drop = (left, right) if left.stated or not right.stated else (right, left)
    join(tx, keep, drop)
    return keep.root, drop.root


def never_one(left: str, right: str) -> Message | None:
    """Why two names are a firm and its site, or two sites; None when they are not."""
    names = [parse_all(name) for name in (left, right)]
    return site_of(names[0][0], names[1][0]) if all(names) else None
