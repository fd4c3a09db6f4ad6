"""Settings in the graph: read with their history, changed with a name and a reason, undone, returned to the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from graph.errors import NobodyNamed
from graph.messages import Listed
from graph.model import SettingChange
from graph.queries import queries
from graph.store import Row, Store, Transaction
from matching.gaps.errors import NothingToChange, NothingToUndo, SettingsChanged, SettingUnknown
from matching.gaps.settings import ALL, SETTINGS, Settings

Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Change:
    """Values of one scope changed in one go; None is *nothing set*. ``undoes`` is the change it took back."""

    number: int
    scope: str
    by: str
    at: datetime
    reason: str | None
    undoes: int | None
    before: Values
    after: Values


@dataclass(frozen=True)
class History:
    """Every change, the first first, and what they amount to."""

    changes: tuple[Change, ...] = ()

    @cached_property
    def settings(self) -> Settings:
        """What holds after all of them."""
        own: dict[str, dict[str, float]] = {}
        for change in self.changes:
            scope = own.setdefault(change.scope, {})
            for key, value in change.after.items():
                if value is None:
                    scope.pop(key, None)
                elif key in SETTINGS:  # a setting given up since is history only
                    scope[key] = value
        return Settings({scope: values for scope, values in own.items() if values})

    @property
    def number(self) -> int:
        """The number of the last change; 0 when there is none."""
        return self.changes[-1].number if self.changes else 0

    @property
    def undone(self) -> frozenset[int]:
        """Numbers of the changes taken back."""
        return frozenset(change.undoes for change in self.changes if change.undoes)

    @property
    def undoable(self) -> Change | None:
        """The last change that is neither undone nor an undoing, and that nothing later touched."""
        gone = self.undone
        own = [change for change in self.changes if change.number not in gone and not change.undoes]
        return own[-1] if own else None

    def value(self, scope: str, key: str) -> float | None:
        """What is set in a scope itself."""
        return self.settings.own.get(scope, {}).get(key)

    def last(self, scope: str, key: str) -> Change | None:
        """The last change of a setting in a scope."""
        return next((c for c in reversed(self.changes) if c.scope == scope and key in c.after), None)


def _history(rows: list[Row]) -> History:
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["number"], []).append(row)
    return History(
        tuple(
            Change(
                number=number,
                scope=first["scope"],
                by=first["by"],
                at=first["at"],
                reason=first["reason"],
                undoes=first["undoes"],
                before={row["setting"]: row["previous"] for row in group},
                after={row["setting"]: row["value"] for row in group},
            )
            for number, group in grouped.items()
            for first in group[:1]
        )
    )


def load_history(store: Store) -> History:
    """Read every change of thresholds and weights."""
    return _history(store.read(queries.list_setting_changes))


def _append(tx: Transaction, known: History, scope: str, after: Values, said: dict[str, object]) -> None:
    moved = {key: value for key, value in after.items() if key in SETTINGS and value != known.value(scope, key)}
    if not moved:
        raise NothingToChange()
    own = dict(known.settings.own)
    values = {**own.get(scope, {}), **moved}
    own[scope] = {key: value for key, value in values.items() if value is not None}
    _ = Settings(own).scopes  # what a chain inherits must fit what it sets itself
    rows = [
        SettingChange(
            name=SETTINGS[key].title,
            number=known.number + 1,
            scope=scope,
            setting=key,
            value=value,
            previous=known.value(scope, key),
            **said,
        ).model_dump(exclude_none=True)
        for key, value in moved.items()
    ]
    tx.run(queries.append_setting_changes, rows=rows)


def _locked(tx: Transaction, seen: int | None) -> History:
    tx.run(queries.lock_settings)
    known = _history(tx.run(queries.list_setting_changes))
    if seen is not None and seen != known.number and known.changes:
        last = known.changes[-1]
        raise SettingsChanged(by=last.by, at=f"{last.at.astimezone():%Y-%m-%d %H:%M}", number=last.number)
    return known


def _named(by: str) -> str:
    if not by.strip():
        raise NobodyNamed(where="by")
    return by.strip()


def change(
    store: Store, scope: str, values: Values, *, by: str, at: datetime, reason: str = "", seen: int | None = None
) -> History:
    """Set ``values`` in ``scope`` in one go; None returns a setting to what it would be without this scope's own.

    ``seen`` is the number of the last change the editor knew of: nothing is written over a change they did not see.

    Raises:
        SettingUnknown, SettingOutOfRange, SettingsOrder, SettingsSum: when the values do not go together.
        NothingToChange: when all is as asked already.
        NobodyNamed: when ``by`` is empty.
        SettingsChanged: when somebody else came first.
    """
    for key in values:
        if key not in SETTINGS:
            raise SettingUnknown(where=key, key=key, known=Listed(SETTINGS))
    said: dict[str, object] = {"by": _named(by), "at": at, "reason": reason.strip() or None}
    store.write(lambda tx: _append(tx, _locked(tx, seen), scope, values, said))
    return load_history(store)


def reset(store: Store, scope: str, *, by: str, at: datetime, reason: str = "", seen: int | None = None) -> History:
    """Return everything set in ``scope`` to what holds without it.

    Raises:
        NothingToChange: when nothing is set there.
    """
    own = load_history(store).settings.own.get(scope, {})
    return change(store, scope, dict.fromkeys(own), by=by, at=at, reason=reason, seen=seen)


def undo(store: Store, *, by: str, at: datetime, seen: int | None = None) -> History:
    """Take back the last change that still stands; doing it again takes back the one before.

    Raises:
        NothingToUndo: when there is none.
    """
    said: dict[str, object] = {"by": _named(by), "at": at}

    def work(tx: Transaction) -> None:
        known = _locked(tx, seen)
        last = known.undoable
        if last is None:
            raise NothingToUndo()
        _append(tx, known, last.scope, last.before, {**said, "undoes": last.number})

    store.write(work)
    return load_history(store)


__all__ = ["ALL", "Change", "History", "change", "load_history", "reset", "undo"]
