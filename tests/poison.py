"""Hostile texts for every text property of the model, for every cell of a workbook, and for what is typed elsewhere."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Annotated, Any, get_args, get_origin

from graph import model
from graph.messages import Message, pack, wording
from graph.model import NODES, RELATIONSHIPS, Node, Relationship
from tests.service import RV, WUJIN

DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 8, tzinfo=UTC)
HALL = "⟦Event.halls⟧'\"><b/data-ran>"
"""A hall's name has no room for more."""
KINDS = ("markup", "link", "template")
"""What a page could be broken by."""
FILE_KINDS = ("formula", "plus", "lines")
"""What a file could be broken by."""


def hostile(marker: str, kind: str = "markup") -> str:
    """A text that breaks out of wherever it is put unescaped, and says by its marker where it came from.

    ``markup`` leaves text, both kinds of attribute, scripts, titles, text areas and comments; ``link`` is an address
    that runs; ``template`` is an expression of Jinja, Python, Vega and JavaScript, and a link of Markdown; ``formula``
    and ``plus`` are run by spreadsheets; ``lines`` are entries of a calendar.
    """
    mark = f"⟦{marker}⟧"
    match kind:
        case "link":
            return f"javascript:window.ran=1//{mark}"
        case "formula":
            return f'=HYPERLINK("http://evil.example/{mark}","x")'
        case "plus":
            return f"@SUM(1+1)*cmd|' /C calc'!A0{mark}"
        case "lines":
            return f"{mark}\rATTENDEE:a\nEND:VEVENT\r\nBEGIN:VEVENT\u2028SUMMARY:x\x85DTSTART:x"
        case "template":
            return mark + "{{7*7}}${7*7}#{7*7}{0}{mark}%s%(a)d<%=7*7%>[x](javascript:window.ran=1)![x](x)"
    attribute = "data-ran=1 autofocus onfocus=window.ran=1 onmouseover=window.ran=1"
    return (
        f"{mark}</title></textarea></script>--><script data-ran=1>window.ran=1</script>"
        f'"><img data-ran=1 src=x onerror="window.ran=1"><svg data-ran=1 onload=window.ran=1>'
        f"<iframe data-ran=1 srcdoc='<script>parent.ran=1</script>'></iframe>' {attribute} x='\" {attribute} x=\""
    )


def holds_text(annotation: object) -> bool:
    """Whether a field of this type holds words somebody may have typed."""
    return annotation is str or any(map(holds_text, get_args(annotation)))


def texts() -> list[tuple[str, str]]:
    """Every text property of the model with the label or type that has it; ids and ends aside."""
    return [
        (owner, name)
        for owner, kind in [*NODES.items(), *RELATIONSHIPS.items()]
        for name, field in kind.model_fields.items()
        if holds_text(field.annotation) and name not in {"id", "start", "end"}
    ]


def _bare(annotation: Any) -> Any:
    """The type inside ``X | None`` and ``Annotated``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if isinstance(annotation, types.UnionType) or type(None) in get_args(annotation):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _structured(owner: str, field: str, text: str) -> Any:
    """The value of a property with a form of its own, with the hostile text where the form has room for it."""
    said = pack(Message("{text}", {"text": text}))
    forms: dict[tuple[str, str], Any] = {
        ("Event", "number"): f"⟦Event.number⟧'\"><b data-ran>{len(text)}",
        ("Event", "starts"): "09:00",
        ("Event", "ends"): "11:00",
        ("Event", "breaks"): ["10:00-10:20"],
        ("Event", "halls"): [f"{HALL}=2"],
        ("Event", "ways"): [],
        ("Participation", "away"): ["10:40-11:00"],
        ("Meeting", "slot"): "09:00",
        ("Meeting", "table"): f"{HALL}1".replace("Event.halls", "Meeting.table"),
        ("DayChange", "slot"): "09:00",
        ("DayChange", "kind"): "late",
        ("FollowUp", "kind"): "step",
        ("LeftOut", "reason"): said,
        ("EventChange", "what"): said,
        ("EventChange", "before"): "{}",
        ("EventChange", "after"): "{}",
        ("SettingChange", "scope"): "all",
        ("SettingChange", "setting"): "sources",
        ("Snapshot", "ring"): "district",
        ("SnapshotEntry", "kind"): "segment",
        ("SnapshotEntry", "gap_class"): "missing",
        ("SnapshotEntry", "measures"): ["depth"],
        ("SnapshotEntry", "traced_measures"): ["depth"],
        ("SnapshotEntry", "searches"): [json.dumps([DAY.isoformat(), text, 3, 0])],
        ("LINKED_TO", "parts"): ["scope 0.5"],
        ("Target", "comparison"): "at_least",
        ("Target", "period"): "2028",
    }
    if (owner, field) in forms:
        return forms[owner, field]
    if owner == "Meeting" and field in {"parts", "questions", "topics"}:
        return [said]
    if field == "wording":
        return wording({"question": [Message("{text}", {"text": text})]})
    return None


ABSTRACT = {"Organisation", "Listing"}
"""Labels that nothing has alone."""


class Poisoned:
    """One of every label, tied by one of every relationship, with the hostile texts of one kind in them."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.nodes: dict[str, Node] = {}
        for label in (*_FIRST, *(one for one in NODES if one not in {*_FIRST, *ABSTRACT})):
            self.nodes[label] = self._node(NODES[label])

    def _text(self, owner: str, field: str) -> str:
        return hostile(f"{owner}.{field}", self.kind)

    def _ref(self, field: str) -> str | None:
        label = _REFERS.get(field)
        return self.nodes[label].id if label and label in self.nodes else None

    def _value(self, owner: str, name: str, annotation: Any) -> Any:
        bare = _bare(annotation)
        if holds_text(bare):
            text = self._text(owner, name)
            form = _structured(owner, name, text)
            if form is not None:
                return form
            found = (self._ref(name) if owner in _REFERRING else None) or text
            return [found] if get_origin(bare) is list else found
        if get_origin(bare) is list:
            return [1.0]
        if isinstance(bare, type) and issubclass(bare, Enum):
            return next(iter(bare))
        return {int: (*KINDS, *FILE_KINDS).index(self.kind) + 5, float: 0.5, bool: True, date: DAY, datetime: NOW}[bare]

    def _node(self, kind: type[Node]) -> Node:
        owner = kind.LABEL
        fields = {
            name: self._value(owner, name, field.annotation)
            for name, field in kind.model_fields.items()
            if name not in {"id", "undoes"}
        }
        fields |= _LIMITED.get(owner, {})
        if owner == "Snapshot":
            fields["taken_on"] = DAY + timedelta(days=KINDS.index(self.kind) if self.kind in KINDS else 9)
        if owner == "SnapshotEntry" and self.kind != "markup":  # two days of one segment can be compared
            fields["subject"] = RV
        if not kind.KEY or owner == "Enterprise":
            fields["id"] = f"{kind.PREFIX}-poisoned-{self.kind}"
        return kind(**fields)

    def ties(self, other: Poisoned) -> Iterator[Relationship]:
        """One of every relationship for each pair of labels it may tie; what ties two of a label leads to the other."""
        for kind in RELATIONSHIPS.values():
            for start, end in _ends(kind):
                target = other if start == end else self
                fields = {
                    name: self._value(kind.TYPE, name, field.annotation)
                    for name, field in kind.model_fields.items()
                    if name not in {"start", "end"}
                }
                fields |= _LIMITED.get(kind.TYPE, {})
                yield kind(start=self.nodes[start].id, end=target.nodes[end].id, **fields)
        firm, product = self.nodes["Enterprise"].id, self.nodes["Product"].id
        text = {name: self._text("LINKED_TO", name) for name in ("evidence", "decided_by", "reason", "question")}
        yield model.LinkedTo(start=firm, end=RV, state=model.LinkState.UNCERTAIN, **text)
        yield model.In(start=firm, end=WUJIN)
        yield model.Makes(start=firm, end=product)

    def facts(self, other: Poisoned) -> list[Any]:
        """All of it, nodes first."""
        return [*self.nodes.values(), *self.ties(other)]


_FIRST = ("Segment", "Chain", "Enterprise", "Product", "Target", "Event", "Need", "Offer", "Snapshot")
_REFERS = {
    **{"event": "Event", "organisation": "Enterprise", "firm": "Enterprise", "segment": "Segment", "a": "Enterprise"},
    **{"wishes": "Enterprise", "musts": "Enterprise", "nevers": "GovernmentBody", "absent": "Enterprise"},
    **{"meeting": "Meeting", "target": "Target", "snapshot": "Snapshot", "b": "Institute"},
    **{"wanted": "Need", "offered": "Offer", "about": "Segment"},
}
"""Which label the id in a field is of."""
_REFERRING = {
    *("Participation", "Meeting", "Outcome", "Attachment", "FollowUp", "LeftOut", "DayChange", "EventChange"),
    *("VerificationTask", "LinkDecision", "PairAnswer", "SnapshotEntry", "TargetReading"),
}
_LIMITED: dict[str, dict[str, Any]] = {
    "Chain": {"tier": model.Tier.OTHER},
    "Segment": {"importance": 2},
    "Achievement": {"readiness": 5},
    "Event": {"minutes": 20, "held_on": date(2026, 12, 3)},
    "SnapshotEntry": {"figures": [1.0], "score": 50},
    "SettingChange": {"value": 3.0, "previous": 2.0},
    "Outcome": {"intention": True},
    "LinkDecision": {"state": model.LinkState.UNCERTAIN},
}
"""Values with bounds of their own."""


def _leaves(kind: type[Node]) -> list[str]:
    if kind is Node:
        return []
    return [label for label, one in NODES.items() if issubclass(one, kind) and label not in ABSTRACT]


_ANY: dict[str, tuple[list[str], list[str]]] = {
    "IN": (["Enterprise", "Institute", "Site"], ["Place"]),
    "AT": (["Participation", "Meeting"], ["Event"]),
    "ABOUT": (_leaves(model.Listing), ["Product", "Segment"]),
}
"""The ends of what may tie anything."""


def _ends(kind: type[Relationship]) -> list[tuple[str, str]]:
    starts, ends = _ANY.get(kind.TYPE, (_leaves(kind.START), _leaves(kind.END)))
    return [(start, end) for start in starts for end in ends]
