"""Snapshots in the graph: taken, listed, found by day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from graph import model
from graph.errors import NobodyNamed
from graph.queries import queries
from graph.store import Row, Store
from matching.gaps.board import Board, assess
from matching.gaps.classify import GapClass
from matching.gaps.errors import NoSnapshot
from matching.gaps.facts import Facts
from matching.gaps.fetch import fetch
from matching.gaps.snapshot import ChainRecord, Search, SegmentRecord, Snapshot, TargetRecord, record, target_records
from matching.gaps.tuning import load_history
from matching.plan.progress import progress
from matching.rings import Ring


def present(store: Store, today: date, facts: Facts | None = None, board: Board | None = None) -> Snapshot:
    """The board as it stands, not kept; ``facts`` and ``board`` when they are at hand."""
    known = facts or fetch(store, today)
    needs = [(need.segment, need.id, need.name) for need in known.needs]
    return record(
        board or assess(known, today),
        needs,
        progress(store, today),
        at=datetime.now(UTC),
        by="",
        revision=store.revision(),
        settings=load_history(store).number,
    )


def with_progress(store: Store, today: date, snapshot: Snapshot) -> Snapshot:
    """A snapshot with the plan's targets as they stand now.

    Outcomes of events count towards them, and recording one does not raise the graph's revision, which all the rest
    of a snapshot depends on.
    """
    return replace(snapshot, targets=target_records(progress(store, today)))


def take(store: Store, today: date, *, by: str, note: str = "") -> Snapshot:
    """Keep the board of today in the graph, in place of one taken earlier today.

    Raises:
        NobodyNamed: when ``by`` is empty.
    """
    if not by.strip():
        raise NobodyNamed(where="by")
    taken = present(store, today)
    node = model.Snapshot(
        name=f"{today}",
        taken_on=today,
        at=taken.at,
        by=by,
        note=note.strip() or None,
        revision=taken.revision,
        settings=taken.settings,
        ring=taken.ring,
        sample=taken.sample,
    )
    entries = [
        entry.model_dump(exclude_none=True, exclude_defaults=True) | {"id": entry.id}
        for entry in _entries(taken, node.id)
    ]

    def work(tx: Any) -> None:
        tx.run(queries.delete_snapshot_entries, snapshot=node.id)
        kept = [tx.sealed([model.SnapshotEntry.LABEL], entry) for entry in entries]
        tx.run(queries.save_snapshot, snapshot=node.model_dump(exclude_none=True), entries=kept)

    store.write(work)
    return load(store, today)


def _entries(taken: Snapshot, id_: str) -> Iterable[model.SnapshotEntry]:
    for segment in taken.segments.values():
        traced = [(name, firm) for name, firms in segment.traced.items() for firm in sorted(firms)]
        yield model.SnapshotEntry(
            name=segment.name,
            snapshot=id_,
            subject=segment.id,
            kind="segment",
            chains=list(segment.chains),
            gap_class=segment.gap_class,
            score=segment.score,
            measures=list(segment.figures),
            figures=[float(value) for value in segment.figures.values()],
            traced_measures=[name for name, _ in traced],
            traced_firms=[firm for _, firm in traced],
            firms=list(segment.firms),
            firm_names=[name for name, _ in segment.firms.values()],
            firm_evidence=[said for _, said in segment.firms.values()],
            uncertain=list(segment.uncertain),
            uncertain_names=list(segment.uncertain.values()),
            needs=list(segment.needs),
            need_names=list(segment.needs.values()),
            searches=[json.dumps([f"{s.on}", s.by, s.sources, s.found], ensure_ascii=False) for s in segment.searches],
            checked_on=segment.checked_on,
        )
    for chain in taken.chains.values():
        said = {"measures": list(chain.figures), "figures": list(chain.figures.values())}
        yield model.SnapshotEntry(name=chain.name, snapshot=id_, subject=chain.id, kind="chain", **said)
    for target in taken.targets.values():
        figures = {"target": target.target} | ({} if target.value is None else {"value": target.value})
        yield model.SnapshotEntry(
            name=target.name,
            snapshot=id_,
            subject=target.id,
            kind="target",
            chains=[target.unit],
            measures=list(figures),
            figures=list(figures.values()),
        )


def list_snapshots(store: Store) -> list[Snapshot]:
    """Every snapshot without what it holds, the last first."""
    return [_head(row) for row in store.read(queries.list_snapshots)]


def _head(row: Row) -> Snapshot:
    kept = ("taken_on", "at", "by", "revision", "settings")
    return Snapshot(
        **{key: row[key] for key in kept},
        ring=Ring(row["ring"]) if row["ring"] else None,
        note=row["note"] or "",
        sample=bool(row["sample"]),
    )


def load(store: Store, day: date) -> Snapshot:
    """The last snapshot taken on a day or before it.

    Raises:
        NoSnapshot: when there is none that old.
    """
    rows = store.read(queries.list_snapshots)
    old = [row for row in rows if row["taken_on"] <= day]
    if not old:
        raise NoSnapshot(day=day, first=rows[-1]["taken_on"] if rows else "—")
    entries = [row["props"] for row in store.read(queries.list_snapshot_entries, snapshot=old[0]["id"])]
    head = _head(old[0])
    return Snapshot(
        **{
            key: getattr(head, key)
            for key in ("taken_on", "at", "by", "revision", "settings", "ring", "note", "sample")
        },
        segments={e["subject"]: _segment(e) for e in entries if e["kind"] == "segment"},
        chains={
            e["subject"]: ChainRecord(e["subject"], e["name"], _figures(e)) for e in entries if e["kind"] == "chain"
        },
        targets={e["subject"]: _target(e) for e in entries if e["kind"] == "target"},
    )


def _figures(entry: Row) -> dict[str, float]:
    return dict(zip(entry.get("measures", []), entry.get("figures", []), strict=True))


def _target(entry: Row) -> TargetRecord:
    figures = _figures(entry)
    unit = entry.get("chains", [""])[0]
    return TargetRecord(entry["subject"], entry["name"], figures["target"], unit, figures.get("value"))


def _segment(entry: Row) -> SegmentRecord:
    firms = zip(entry.get("firms", []), entry.get("firm_names", []), entry.get("firm_evidence", []), strict=True)
    traced: dict[str, set[str]] = defaultdict(set)
    for name, firm in zip(entry.get("traced_measures", []), entry.get("traced_firms", []), strict=True):
        traced[name].add(firm)
    searches = (json.loads(text) for text in entry.get("searches", []))
    return SegmentRecord(
        id=entry["subject"],
        name=entry["name"],
        chains=tuple(entry.get("chains", [])),
        gap_class=GapClass(entry["gap_class"]),
        score=entry["score"],
        figures=_figures(entry),
        firms={id_: (name, said) for id_, name, said in firms},
        uncertain=dict(zip(entry.get("uncertain", []), entry.get("uncertain_names", []), strict=True)),
        needs=dict(zip(entry.get("needs", []), entry.get("need_names", []), strict=True)),
        searches=tuple(Search(date.fromisoformat(on), by, sources, found) for on, by, sources, found in searches),
        checked_on=entry.get("checked_on"),
        traced={name: frozenset(firms) for name, firms in traced.items()},
    )
