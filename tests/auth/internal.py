"""Internal facts for tests: a value of its own in every property graded internal, in two worlds that differ in each.

Whoever may see a property sees the value; for whoever may not, both worlds look the same, whatever they ask for. That
is how a switch, a date or a count is noticed, too, which no search for a text could find.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, get_args, get_origin

from annotated_types import Le
from pydantic.fields import FieldInfo

from graph.disclosure import declared, graded, of_class
from graph.messages import Message, pack, wording
from graph.model import (
    NODES,
    About,
    Buys,
    Concerns,
    Disclosure,
    Enterprise,
    Holds,
    LinkedTo,
    LinkState,
    Need,
    Node,
    Posts,
    ReadingOf,
    Relationship,
    Searched,
    Shows,
    Signal,
    SuppliesTo,
)
from graph.store import Store
from loaders.provenance import Fact
from tests.auth.canaries import load_canaries, secret_values
from tests.graphs import source, write
from tests.service import (
    CHAINS,
    DRIVE,
    FORCE,
    FORCE_PRODUCT,
    GEAR,
    LEADER,
    OFFICE,
    PLANETARY,
    PLANETARY_PRODUCT,
    ROBOT,
    RV,
    TWIN,
)

MARK = "云雀"
"""What every text among the values holds."""
PLACE = {
    key: at for at, key in enumerate((owner, field) for owner, field, grade in graded() if grade is Disclosure.INTERNAL)
}
"""Every internal property, numbered."""
ASIDE = {"id", "sample"}
"""What stays the same in both worlds, so that they hold the same nodes."""
OWNERS = sorted({owner for owner, _ in PLACE if owner in NODES and of_class(owner) is Disclosure.INTERNAL})
"""Labels of nodes that may not even be known to be there."""
ASKING = Need(number="N-903", name="精密行星减速器", sample=True)
"""What GEAR asks for, whose contact looks at both worlds."""

_TOLD = [Message("{}{}{}".format(MARK, world, "措辞")) for world in "甲乙"]
READABLE: dict[tuple[str, str], tuple[Any, Any]] = {
    ("Event", "starts"): ("06:07", "06:08"),
    ("Event", "ends"): ("07:49", "07:51"),
    ("Event", "breaks"): (["06:31-06:37"], ["06:32-06:38"]),
    ("Event", "halls"): ([f"{MARK}甲厅=7", f"{MARK}楼=5"], [f"{MARK}乙厅=6", f"{MARK}楼=4"]),
    ("Event", "ways"): ([f"{MARK}甲厅-{MARK}楼=4"], [f"{MARK}乙厅-{MARK}楼=3"]),
    ("Participation", "away"): (["06:11-06:17"], ["06:12-06:18"]),
    ("Meeting", "parts"): tuple([pack(one)] for one in _TOLD),
    ("Meeting", "questions"): tuple([pack(one)] for one in _TOLD),
    ("Meeting", "topics"): tuple([pack(one)] for one in _TOLD),
    ("LeftOut", "reason"): tuple(map(pack, _TOLD)),
    ("EventChange", "what"): tuple(map(pack, _TOLD)),
    ("SettingChange", "scope"): CHAINS,
    ("SettingChange", "setting"): ("stale_days", "signal_days"),
    ("SettingChange", "value"): (311.0, 312.0),
    ("SettingChange", "previous"): (313.0, 314.0),
    ("DistrictChange", "code"): ("320412", "320413"),
    ("DistrictChange", "previous"): ("320413", "320412"),
    ("VerificationTask", "firm"): (DRIVE.id, TWIN.id),
    ("VerificationTask", "segment"): (RV, FORCE),
    ("VerificationTask", "wording"): tuple(wording({"question": [one]}) for one in _TOLD),
    ("LinkDecision", "firm"): (DRIVE.id, TWIN.id),
    ("LinkDecision", "segment"): (RV, PLANETARY),
    ("PairAnswer", "wanted"): (DRIVE.id, TWIN.id),
    ("Snapshot", "taken_on"): (date(2026, 10, 5), date(2026, 10, 6)),
    ("Snapshot", "ring"): ("district", "city"),
    ("Snapshot", "settings"): (1, 2),
    ("SnapshotEntry", "snapshot"): ("snapshot-internal", "snapshot-none"),
    ("SnapshotEntry", "subject"): (RV, ROBOT),
    ("SnapshotEntry", "kind"): ("segment", "chain"),
    ("SnapshotEntry", "chains"): (["robotics"], ["future-energy"]),
    ("SnapshotEntry", "gap_class"): ("strong", "weak"),
    ("SnapshotEntry", "measures"): (["coverage"], ["demand"]),
    ("SnapshotEntry", "traced_measures"): (["coverage"], ["demand"]),
    ("SnapshotEntry", "traced_firms"): ([DRIVE.id], [TWIN.id]),
    ("SnapshotEntry", "searches"): tuple([f'["2026-10-0{day}", "{MARK}", 3, 0]'] for day in "23"),
    ("TargetReading", "target"): ("total-scale", "major-projects"),
    ("TargetReading", "on"): (date(2026, 3, 17), date(2026, 3, 18)),
    ("LINKED_TO", "certification_months"): (17, 18),
    ("LINKED_TO", "parts"): (["name 0.37"], ["scope 0.36"]),
    ("LINKED_TO", "wording"): tuple(wording({"reason": [one]}) for one in _TOLD),
    ("LINKED_TO", "checked_on"): (date(2026, 9, 11), date(2026, 9, 12)),
    ("SEARCHED", "searched_on"): (date(2026, 9, 13), date(2026, 9, 14)),
}
"""Values of properties that pages read, and so must be able to."""


def _most(bounds: Iterable[Any]) -> float:
    """The most a number may be."""
    given = [inner for one in bounds for inner in (one.metadata if isinstance(one, FieldInfo) else [one])]
    return next((float(str(one.le)) for one in given if isinstance(one, Le)), math.inf)


def _made(kind: Any, bounds: Iterable[Any], at: int, world: int) -> Any:
    """A value of a type that no other property has, as far as the type allows."""
    inner = [one for one in get_args(kind) if one is not type(None)]
    if get_origin(kind) is list:
        return [_made(inner[0], (), at, world)]
    if inner:
        return _made(inner[0], getattr(kind, "__metadata__", bounds), at, world)
    day = timedelta(days=2 * at + world)
    most = _most(bounds)
    number = most - world if most < math.inf else 7_310_000 + 2 * at + world
    values: dict[type, Any] = {
        bool: world == 0,
        str: f"{MARK}{'甲乙'[world]}{at}号",
        datetime: datetime(2041, 1, 1, 6, 7, tzinfo=UTC) + day,
        date: date(2041, 1, 1) + day,
        float: (4_000 + 2 * at + world) / 10_000 if most == 1 else float(number),
        int: int(number) if most > 1 else world,
    }
    return list(kind)[world] if issubclass(kind, StrEnum) else values[kind]


def value(owner: str, field: str, world: int = 0) -> Any:
    """What a property holds in a world."""
    if (owner, field) in READABLE:
        return READABLE[owner, field][world]
    model = declared(owner)
    assert model is not None
    info = model.model_fields[field]
    return _made(info.annotation, info.metadata, PLACE[owner, field], world)


def _values(owner: str, world: int) -> dict[str, Any]:
    return {field: value(owner, field, world) for of, field in PLACE if of == owner and field not in ASIDE}


def node_id(owner: str) -> str:
    """The id of the node of a label that only offices may know of."""
    return f"{NODES[owner].PREFIX}-internal"


def _node(owner: str, world: int) -> Node:
    required = {"before": "{}", "after": "{}", "secret": "-", "score": 61, "figures": [0.61]}
    kind = NODES[owner]
    given = {name: one for name, one in required.items() if (owner, name) not in PLACE and name in kind.model_fields}
    return kind(id=node_id(owner), sample=True, **_values(owner, world), **given)


TIES: dict[str, tuple[str, str]] = {
    "BUYS": (LEADER.id, FORCE_PRODUCT.id),
    "SUPPLIES_TO": (DRIVE.id, TWIN.id),
    "LINKED_TO": (DRIVE.id, RV),
    "SEARCHED": (OFFICE.id, FORCE),
}
"""Where the relationships with internal properties are: from whom to what."""
FIRM = DRIVE
"""Whose own internal properties have values."""


def _ties(world: int) -> list[Relationship]:
    bought = secret_values("BUYS")  # of a purchase one source's statement holds as a whole: the secrets stay in it
    return [
        Buys(start=LEADER.id, end=FORCE_PRODUCT.id, **_values("BUYS", world), **bought),
        SuppliesTo(start=DRIVE.id, end=TWIN.id, **_values("SUPPLIES_TO", world)),
        LinkedTo(start=DRIVE.id, end=RV, **_values("LINKED_TO", world)),
        Searched(start=OFFICE.id, end=FORCE, **_values("SEARCHED", world)),
        Shows(start=DRIVE.id, end=node_id("Signal")),
        Concerns(start=node_id("Signal"), end=RV),
        Holds(start=node_id("Snapshot"), end=node_id("SnapshotEntry")),
        ReadingOf(start=node_id("TargetReading"), end="total-scale"),
    ]


def _more() -> list[Fact]:
    """What only offices know, and only in the second world: who buys, supplies, makes and expands what."""
    seen = Signal(id="signal-more", **{**_values("Signal", 1), "name": "又一个信号"})
    return [
        seen,
        Buys(start=TWIN.id, end=PLANETARY_PRODUCT.id),
        Buys(start=LEADER.id, end=PLANETARY_PRODUCT.id),
        SuppliesTo(start=DRIVE.id, end=LEADER.id, products=["精密行星减速器"]),
        LinkedTo(start=DRIVE.id, end=PLANETARY, state=LinkState.CONFIRMED, evidence=MARK),
        LinkedTo(start=LEADER.id, end="robotics.mobile-robot", state=LinkState.CONFIRMED, evidence=MARK),
        Searched(start=OFFICE.id, end=PLANETARY, found=1, method=MARK, sources=[MARK], searched_on=date(2026, 9, 15)),
        Shows(start=LEADER.id, end=seen.id),
    ]


def load_world(store: Store, world: int = 0) -> None:
    """The canaries, and every internal property as it is in a world; the second has more of everything."""
    load_canaries(store)
    turn(store, world)


def turn(store: Store, world: int) -> None:
    """Make one world of the other: all internal properties change, and nothing else."""
    ours = [ASKING, Posts(start=GEAR.id, end=ASKING.id), About(start=ASKING.id, end=PLANETARY_PRODUCT.id)]
    firm: Enterprise = FIRM.model_copy(update=_values("Enterprise", world))
    nodes = [_node(owner, world) for owner in OWNERS]
    more = _more() if world else []
    write(
        store,
        *ours,
        firm,
        *nodes,
        *more,
        *_ties(world),
        of=source("internal", rank=0, sample=True),
        fingerprint=f"{world}",
    )
