"""What a load did: counts that add up, and everything that was left out with its reason."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from graph.messages import Message
from loaders.provenance import Drop

KEPT = 500
"""How many returned rows, and how many cells left out, are kept with a run."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that went in without one of its values, and why."""

    where: str
    reason: Message


@dataclass
class LoadReport:
    """Counts of one load: ``read = written + merged + dropped``, in rows of the source.

    ``joined`` organisations were the same as one in the graph; about ``asked`` pairs a person is asked.
    """

    source: str
    run: str
    resumed_batches: int = 0
    read: int = 0
    written: int = 0
    merged: int = 0
    nodes: int = 0
    relationships: int = 0
    joined: int = 0
    asked: int = 0
    swept_nodes: int = 0
    swept_relationships: int = 0
    seconds: float = 0.0
    drops: list[Drop] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def dropped(self) -> int:
        """Rows nothing was taken from."""
        return len(self.drops)

    def stored(self) -> dict[str, object]:
        """The figures and the first of what was left out, as kept with the run."""
        return {
            **self.counts(),
            "drop_notes": [_noted(drop.where, drop.reason) for drop in self.drops[:KEPT]],
            "finding_notes": [_noted(finding.where, finding.reason) for finding in self.findings[:KEPT]],
        }

    def counts(self) -> dict[str, object]:
        """The figures alone, as stored with the run and printed as JSON."""
        figures = {key: value for key, value in asdict(self).items() if key not in {"drops", "findings"}}
        return {**figures, "dropped": self.dropped, "cleaned": len(self.findings)}


def _noted(where: str, reason: Message) -> str:
    return json.dumps([where, _as_data(reason)], ensure_ascii=False, default=str)


def _as_data(value: object) -> object:
    if isinstance(value, Message):
        return {"template": value.template, "values": {key: _as_data(one) for key, one in value.values.items()}}
    return value


def read_note(text: str) -> Finding:
    """A row as it was kept with its run."""
    where, reason = json.loads(text, object_hook=_message)
    return Finding(where, reason)


def _message(found: dict[str, object]) -> object:
    values = found.get("values")
    return Message(str(found["template"]), values) if "template" in found and isinstance(values, dict) else found
