"""Snapshots, what changed between two days, and the plan's targets, as pages, API and command line share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from api.answers import who
from api.auth.disclosure import sees_sums, trace_changes
from api.schemas.changes import Changes, PlanWire, ReadingEdit, SnapshotList, SnapshotWire
from graph.catalogue import Catalogue
from graph.errors import NotFound
from graph.store import Store
from matching.gaps.changes import Diff, compare
from matching.gaps.snapshot import Snapshot
from matching.gaps.snapshots import list_snapshots, load, take
from matching.gaps.tuning import History
from matching.plan import progress, record_reading


@dataclass(frozen=True)
class Time:
    """What questions about time need. ``present`` makes the snapshot of the board as it stands."""

    store: Store
    today: date
    present: Callable[[], Snapshot]
    history: History
    catalogue: Catalogue

    def snapshots(self) -> SnapshotList:
        """Every snapshot, the last first."""
        return SnapshotList(items=[SnapshotWire.of(one) for one in list_snapshots(self.store)])

    def take(self, by: str, note: str) -> SnapshotWire:
        """Keep the board of today.

        Raises:
            NobodyNamed: when nobody is named.
        """
        return SnapshotWire.of(take(self.store, self.today, by=who(by), note=note))

    def since(self) -> date | None:
        """The day to compare with when none is asked for: the last snapshot before today, else one of today."""
        days = [one.taken_on for one in list_snapshots(self.store)]
        return next((day for day in days if day < self.today), days[0] if days else None)

    def changes(self, since: date | None = None, until: date | None = None, chain: str | None = None) -> Changes:
        """What changed since a day, until another or now.

        Raises:
            NotFound: when there is no such chain.
            NoSnapshot: when there is no snapshot that old.
        """
        found = self._compared(since, until, chain)
        trace_changes(found)
        return self._wire(found, now=until is None)

    def sentences(self, chain: str) -> list[str]:
        """What changed in a chain since the last snapshot, without scores and figures; nothing when there is none.

        Raises:
            NotFound: when there is no such chain.
        """
        return self._wire(self._compared(None, None, chain), now=True).sentences if self.since() else []

    def _compared(self, since: date | None, until: date | None, chain: str | None) -> Diff:
        if chain is not None and self.catalogue.chain(chain) is None:
            raise NotFound(id=chain)
        before = load(self.store, since or self.since() or self.today)
        after = self.present() if until is None else load(self.store, until)
        return compare(before, after, self.history.changes, chain, withhold=not sees_sums())

    def _wire(self, found: Diff, *, now: bool) -> Changes:
        return Changes.of(found, {one.id: one.name for one in self.catalogue.chains}, now=now)

    def plan(self) -> PlanWire:
        """Where the plan's targets stand."""
        return PlanWire.of(progress(self.store, self.today), self.today)

    def record(self, edit: ReadingEdit) -> PlanWire:
        """Write down where a target stands.

        Raises:
            NotFound: when there is no such target.
            InputError: when the reading cannot be.
        """
        said = {"basis": edit.basis, "by": who(edit.by)}
        record_reading(self.store, edit.target, edit.value, on=edit.on or self.today, at=datetime.now(UTC), **said)
        return self.plan()
