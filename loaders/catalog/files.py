"""The catalog's data files and their rules: one YAML a chain, ``plan.yaml`` and ``firms.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.model import Stream, Substitutability, Tier

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SegmentRef = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)?$")]
Words = Annotated[list[str], Field(max_length=40)]

MINIMUM_SEGMENTS = {Tier.LEADING: 20, Tier.RISING: 20, Tier.FUTURE: 8}


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
