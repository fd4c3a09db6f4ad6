"""The catalog's data files and their rules: one YAML a chain, ``plan.yaml`` and ``firms.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.model import PlaceLevel, Stream, Substitutability, Tier

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SegmentRef = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)?$")]
Words = Annotated[list[str], Field(max_length=40)]

MINIMUM_SEGMENTS = {Tier.LEADING: 20, Tier.RISING: 20, Tier.FUTURE: 8, Tier.OTHER: 1}


def _once(what: str, values: Iterable[object]) -> None:
    """Raise when a value comes twice."""
    if twice := [str(value) for value, times in Counter(values).items() if times > 1]:
        raise ValueError(f"{what} repeated: {', '.join(twice)}")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Review(_Entry):
    """Who looked at an entry, and when."""

    by: str
    on: date


class FeedEntry(_Entry):
    """What a segment goes into: a slug of this chain, or ``chain.slug`` of another."""

    to: SegmentRef
    essential: bool
    group: Slug | None = None

    @model_validator(mode="after")
    def _group_means_substitutable(self) -> Self:
        if self.essential == (self.group is not None):
            raise ValueError(
                "an essential input has no group; a substitutable one names the group it can be replaced in"
            )
        return self


class SegmentEntry(_Entry):
    """A segment as written in a chain file."""

    id: Slug
    name: str
    stream: Stream
    importance: int = Field(ge=1, le=3)
    substitutability: Substitutability
    terms: Annotated[Words, Field(min_length=3)]
    lookalikes: Words = []
    parent: Slug | None = None
    feeds: list[FeedEntry] = []
    basis: str | None = None
    reviewed: Review | None = None

    @model_validator(mode="after")
    def _words_are_apart(self) -> Self:
        if twice := {word for word in self.terms if self.terms.count(word) > 1} | set(self.terms) & set(
            self.lookalikes
        ):
            raise ValueError(f"words listed twice: {sorted(twice)}")
        return self


class ChainEntry(_Entry):
    """A chain file."""

    id: Slug
    name: str
    tier: Tier
    order: int
    office: str
    summary: str
    basis: str
    reviewed: Review | None = None
    segments: list[SegmentEntry]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        ids = [segment.id for segment in self.segments]
        if len(set(ids)) < len(ids):
            raise ValueError("segment ids repeat")
        if len(ids) < MINIMUM_SEGMENTS[self.tier]:
            raise ValueError(f"{len(ids)} segments, at least {MINIMUM_SEGMENTS[self.tier]} wanted")
        for segment in self.segments:
            refs = [feed.to for feed in segment.feeds] + ([segment.parent] if segment.parent else [])
            if unknown := [ref for ref in refs if "." not in ref and ref not in ids]:
                raise ValueError(f"{segment.id}: unknown segments {unknown}")
            if segment.id in refs:
                raise ValueError(f"{segment.id} refers to itself")
        return self


class PlanSource(_Entry):
    """The plan the figures are taken from."""

    name: str
    starts_on: date
    ends_on: date
    basis: str


class TargetEntry(_Entry):
    """A figure of the plan.

    ``period``: every year, a level reached by 2028, or a sum over 2026-2028. ``comparison``: 不少于 and 以上 are *at
    least*, 超 and 突破 *more than*, 左右 *about*; *reach* where the plan names the bare figure. ``quote`` is the plan's
    own wording.
    """

    id: Slug
    name: str
    value: float = Field(gt=0)
    unit: str
    period: Literal["yearly", "2028", "2026-2028"]
    comparison: Literal["at_least", "more_than", "about", "reach"]
    quote: str
    basis: str


class TaskEntry(_Entry):
    """One of the plan's fifteen tasks; ``action`` is the group it stands in, ``offices`` are ids of the office list."""

    number: int = Field(ge=1)
    name: str
    action: str
    offices: Annotated[list[Slug], Field(min_length=1)]
    quote: str
    basis: str


class OfficeEntry(_Entry):
    """An office that answers for a task, named as the plan names it."""

    id: Slug
    name: str


class PlatformEntry(_Entry):
    """The hub or one of the four platforms of task 3."""

    id: Slug
    name: str
    order: int
    quote: str
    basis: str


class ChecklistEntry(_Entry):
    """One of the "eight ones"; ``placeholder`` as long as it is ours and not the district's."""

    id: Slug
    name: str
    order: int
    placeholder: bool
    basis: str


class PlanFile(_Entry):
    """``plan.yaml``: the three-year plan as data."""

    source: PlanSource
    targets: list[TargetEntry]
    tasks: list[TaskEntry]
    offices: list[OfficeEntry]
    platforms: list[PlatformEntry]
    checklist: Annotated[list[ChecklistEntry], Field(min_length=8, max_length=8)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for what in ("targets", "offices", "platforms", "checklist"):
            _once(f"{what}: ids", [entry.id for entry in getattr(self, what)])
        _once("tasks: numbers", [task.number for task in self.tasks])
        offices = {office.id for office in self.offices}
        for task in self.tasks:
            if unknown := set(task.offices) - offices:
                raise ValueError(f"task {task.number}: undeclared offices {sorted(unknown)}")
        return self


class ObservationDates(_Entry):
    """The day each kind of knowledge is dated to."""

    chainkg: date
    general: date


class FirmsSource(_Entry):
    """Where the firms come from."""

    name: str
    note: str
    observed_on: ObservationDates


class FirmEntry(_Entry):
    """A listed manufacturer. What is not known for sure is left out.

    ``products_from``: *chainkg* means that every product is a row of the public data set for this code; *general* is
    general knowledge, not checked entry by entry. ``chains`` are those the firm plausibly works in, which is not a link
    firm-segment; none when it stands outside the eleven.
    """

    exchange_code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    name: str
    short_name: str
    city: str
    district: str | None = None
    main_products: Annotated[list[str], Field(min_length=2, max_length=6)]
    products_from: Literal["chainkg", "general"]
    chains: list[Slug]

    @model_validator(mode="after")
    def _lists_are_sets(self) -> Self:
        _once("main_products", self.main_products)
        _once("chains", self.chains)
        return self


class FirmsFile(_Entry):
    """``firms.yaml``: known listed firms of Changzhou and the Yangtze delta."""

    source: FirmsSource
    reviewed: Review | None
    firms: list[FirmEntry]

    @model_validator(mode="after")
    def _firms_differ(self) -> Self:
        _once("exchange codes", [firm.exchange_code for firm in self.firms])
        _once("names", [firm.name for firm in self.firms])
        return self


def catalog_folder() -> Traversable:
    """The folder of data files inside the package."""
    return files("loaders.catalog")


def read_yaml(name: str) -> object:
    """Read one data file of the catalog."""
    return yaml.safe_load((catalog_folder() / name).read_text(encoding="utf-8"))


def read_chains() -> Iterator[ChainEntry]:
    """Read the chain files in order of their names."""
    folder = catalog_folder() / "chains"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            yield ChainEntry.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def read_plan() -> PlanFile:
    """Read the plan."""
    return PlanFile.model_validate(read_yaml("plan.yaml"))


class PlacesSource(_Entry):
    """Where the divisions come from."""

    name: str
    observed_on: date


class PlaceEntry(_Entry):
    """An administrative division with the code of the one it lies in."""

    code: Annotated[str, Field(pattern=r"^\d{2,9}$")]
    name: str
    level: PlaceLevel
    within: str | None = None


class PlacesFile(_Entry):
    """``places.yaml``: the Yangtze delta down to the towns of Wujin, each after what it lies in."""

    source: PlacesSource
    places: list[PlaceEntry]


def read_places() -> PlacesFile:
    """Read the divisions."""
    return PlacesFile.model_validate(read_yaml("places.yaml"))


def read_firms() -> FirmsFile:
    """Read the known firms."""
    return FirmsFile.model_validate(read_yaml("firms.yaml"))
