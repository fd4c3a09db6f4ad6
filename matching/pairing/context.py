"""What the graph knows around one need, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matching.pairing.listings import Evidence


class Relation(StrEnum):
    """How an offered product or segment stands to what is wanted, or to what the buyer makes."""

    SAME = "same"
    NARROWER = "narrower"  # a kind of the wanted product
    WIDER = "wider"  # the wanted product is a kind of it
    COMPONENT = "component"  # goes into the wanted product
    WHOLE = "whole"  # the wanted product goes into it
    INPUT = "input"  # goes into what the buyer makes
    FEEDS = "feeds"  # its segment feeds one the buyer works in


@dataclass(frozen=True)
class Path:
    """A path of the graph with the names of its nodes, from the offered side to the need's side."""

    relation: Relation
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def hops(self) -> int:
        """Number of relationships."""
        return len(self.names) - 1


@dataclass(frozen=True)
class Partner:
    """A present supplier of the buyer and the products it is known to supply (empty: not stated)."""

    id: str
    name: str
    group: str | None
    products: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class SharedBuyers:
    """Other buyers of the wanted product that a firm already supplies: how many, and some names."""

    count: int
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Context:
    """The graph around one need. The mappings go by product, segment or firm id.

    ``buyer_inputs_known`` says whether the graph knows anything that goes into what the buyer makes: only then is
    "no path" a finding. ``other_buyers`` counts firms beside the need's own that buy the wanted product;
    ``made`` names what the buyer makes. ``whole`` is False where whoever asks may not know who supplies whom, and so
    may not be led to anybody by it.
    """

    related: Mapping[str, Path] = field(default_factory=dict)
    inputs: Mapping[str, Path] = field(default_factory=dict)
    feeding: Mapping[str, Path] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)
    shared_buyers: Mapping[str, SharedBuyers] = field(default_factory=dict)
    other_buyers: int = 0
    made: tuple[str, ...] = ()
    whole: bool = True

    @property
    def buyer_inputs_known(self) -> bool:
        """Whether anything that goes into the buyer's products or segments is known."""
        return bool(self.inputs or self.feeding)
