"""The board of a day as plain data that outlives it: classes, figures and the facts they rested on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from graph.messages import Listed
from matching.gaps.board import Board, ChainSummary, SegmentAssessment
from matching.gaps.classify import GapClass
from matching.gaps.disclosed import traceable
from matching.plan.progress import Progress
from matching.rings import Ring

NOW = "now"


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was: day, office, number of sources, firms found."""

    on: date
    by: str
    sources: int
    found: int


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment on the day. ``firms`` holds name and evidence by id; figures that were missing are left out.

    ``score`` is None where it may not be told. ``traced`` holds the firms whose values can be traced in a figure, by
    measure.
    """

    id: str
    name: str
    chains: tuple[str, ...]
    gap_class: GapClass
    score: int | None
    figures: Mapping[str, float]
    firms: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    searches: tuple[Search, ...] = ()
    checked_on: date | None = None
    traced: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def covered(self) -> bool:
        """Whether a firm is confirmed there."""
        return bool(self.firms)


@dataclass(frozen=True, slots=True)
class ChainRecord:
    """A chain on the day."""

    id: str
    name: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A target of the plan on the day; ``value`` None is missing."""

    id: str
    name: str
    target: float
    unit: str
    value: float | None


@dataclass(frozen=True)
class Snapshot:
    """Everything kept of a day. ``settings`` is the number of the last change of settings it was judged by."""

    taken_on: date
    at: datetime
    by: str
    revision: int
    settings: int
    ring: Ring | None = Ring.DISTRICT
    note: str = ""
    sample: bool = False
    segments: Mapping[str, SegmentRecord] = field(default_factory=dict)
    chains: Mapping[str, ChainRecord] = field(default_factory=dict)
    targets: Mapping[str, TargetRecord] = field(default_factory=dict)


def _evidence(link_sources: Iterable[str], seen_on: date | None, said: str) -> str:
    return " · ".join(part for part in (said, Listed(link_sources), f"{seen_on or ''}") if part)


def _segment(found: SegmentAssessment, needs: Mapping[str, str]) -> SegmentRecord:
    return SegmentRecord(
        id=found.segment.id,
        name=found.segment.name,
        chains=found.segment.chains,
        gap_class=found.gap_class,
        score=found.priority.score,
        figures={name: figure.value for name, figure in found.figures.items() if figure.value is not None},
        firms={
            link.firm.id: (link.firm.name, _evidence(link.sources, link.seen_on, link.evidence))
            for link in found.confirmed
        },
        uncertain={link.firm.id: link.firm.name for link in found.uncertain},
        needs=dict(needs),
        searches=tuple(Search(s.on, s.by, len(s.sources), s.found) for s in found.searches),
        checked_on=found.evidence.checked_on,
        traced={name: firms for name, figure in found.figures.items() if (firms := traceable(figure))},
    )


def _chain(summary: ChainSummary) -> ChainRecord:
    shown = {"coverage": summary.coverage, "sourcing": summary.sourcing}
    figures = {
        "segments": float(summary.segments),
        "with_firms": float(summary.with_firms),
        "with_one_firm": float(summary.with_one_firm),
        "firms": float(summary.firms),
        **{name: f.value for name, f in shown.items() if f.value is not None},
        **{kind.value: float(count) for kind, count in summary.classes.items()},
    }
    return ChainRecord(summary.chain.id, summary.chain.name, figures)


def target_records(targets: Iterable[Progress]) -> dict[str, TargetRecord]:
    """Targets and where they stand, by id."""
    return {one.id: TargetRecord(one.id, one.name, one.target, one.unit, one.value) for one in targets}


def record(
    board: Board,
    needs: Iterable[tuple[str, str, str]],
    targets: Iterable[Progress],
    *,
    at: datetime,
    by: str,
    revision: int,
    settings: int,
    note: str = "",
) -> Snapshot:
    """Keep a board; ``needs`` are the open ones as segment, id and name."""
    wanted: dict[str, dict[str, str]] = {}
    for segment, id_, name in needs:
        wanted.setdefault(segment, {})[id_] = name
    return Snapshot(
        taken_on=board.today,
        at=at,
        by=by,
        revision=revision,
        settings=settings,
        ring=board.ring,
        note=note,
        sample=any(found.sample for found in board.segments),
        segments={found.segment.id: _segment(found, wanted.get(found.segment.id, {})) for found in board.segments},
        chains={summary.chain.id: _chain(summary) for summary in board.chains},
        targets=target_records(targets),
    )
