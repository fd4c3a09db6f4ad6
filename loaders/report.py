"""What a load did: counts that add up, and everything that was left out with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from graph.messages import Message
from loaders.provenance import Drop


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

    def drops_by_reason(self) -> list[tuple[str, int]]:
        """Dropped rows by the template of their reason, the most frequent first."""
        return Counter(drop.reason.template for drop in self.drops).most_common()

    def findings_by_reason(self) -> list[tuple[str, int]]:
        """Cleaned rows by the template of their reason, the most frequent first."""
        return Counter(finding.reason.template for finding in self.findings).most_common()

    def counts(self) -> dict[str, object]:
        """The figures alone, as stored with the run and printed as JSON."""
        figures = {key: value for key, value in asdict(self).items() if key not in {"drops", "findings"}}
        return {**figures, "dropped": self.dropped, "cleaned": len(self.findings)}
