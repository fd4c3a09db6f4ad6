"""From the values of a row to nodes and relationships: one function a sheet. Places are the catalog's to state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph import model
from graph.ids import make_id
from graph.messages import N_
from graph.model import Node, Relationship
from graph.terms import TermIndex
from loaders.provenance import Fact

N = TypeVar("N", bound=Node)
R = TypeVar("R", bound=Relationship)

PLATFORMS: dict[type[model.Listing], str] = {
    model.Need: "platform-supply-demand",
    model.Offer: "platform-supply-demand",
    model.Capability: "platform-shared-capability",
    model.Solution: "platform-solutions",
    model.Achievement: "platform-technology-transfer",
}
ORGANISATIONS: dict[str, type[model.Organisation]] = {
    N_("高校院所"): model.Institute,
    N_("金融机构"): model.Financier,
    N_("行业协会"): model.Association,
    N_("政府部门"): model.GovernmentBody,
}


class Products:
    """Products by name, each with the segments its name says; a name is looked up once, however many rows have it."""

    def __init__(self, terms: TermIndex) -> None:
        self._terms = terms
        self._known: dict[str, tuple[model.Product, list[Fact]]] = {}

    def named(self, name: str) -> tuple[model.Product, list[Fact]]:
        """A product, and what is to be stated of it; a word is not made up, so it is never marked as sample."""
        if name not in self._known:
            product = model.Product(name=name)
            covers = [
                model.Covers(start=found.segment, end=product.id, term=found.term) for found in self._terms.match(name)
            ]
            self._known[name] = product, [product, *covers]
        return self._known[name]


@dataclass(frozen=True)
class Values:
    """What was read from a row, references as ids; ``sample`` when the workbook is made up."""

    read: Mapping[str, object]
    products: Products
    sample: bool

    def get(self, field: str) -> str | None:
        """A text or reference that may be left out."""
        value = self.read.get(field)
        return None if value is None else str(value)

    def __getitem__(self, field: str) -> str:
        """A text or reference that is there."""
        return str(self.read[field])

    def words(self, field: str) -> list[str]:
        """A list, empty when left out."""
        value = self.read.get(field)
        return [str(word) for word in value] if isinstance(value, list) else []

    def node(self, kind: type[N], **more: object) -> N:
        """A node of the values of its fields, marked when it is made up."""
        return kind.model_validate({**self._stated(kind), **more, "sample": self.sample or None})

    def link(self, kind: type[R], start: str, end: str) -> R:
        """A relationship of the values of its fields."""
        return kind.model_validate({**self._stated(kind), "start": start, "end": end})

    def _stated(self, kind: type[Node | Relationship]) -> dict[str, object]:
        fields = kind.model_fields
        return {name: value for name, value in self.read.items() if name in fields}


def _lies_in(node: str, place: str | None) -> Iterator[Fact]:
    if place:
        yield model.In(start=node, end=place)


def state_enterprise(values: Values) -> Iterator[Fact]:
    """A firm, its group and where it is registered."""
    firm = values.node(model.Enterprise)
    yield firm
    if name := values.get("group"):
        group = model.Group(name=name, sample=values.sample or None)
        yield group
        yield model.ControlledBy(start=firm.id, end=group.id)
    yield from _lies_in(firm.id, values.get("place"))


def state_organisation(values: Values) -> Iterator[Fact]:
    """An institute, financier, association or office."""
    organisation = values.node(ORGANISATIONS[values["category"]])
    yield organisation
    yield from _lies_in(organisation.id, values.get("place"))


def state_site(values: Values) -> Iterator[Fact]:
    """A plant of a firm and the division it lies in."""
    site = values.node(model.Site, id=make_id(model.Site.PREFIX, values["firm"], values["name"]))
    yield site
    yield model.HasSite(start=values["firm"], end=site.id)
    yield from _lies_in(site.id, values.get("place"))


def state_makes(values: Values) -> Iterator[Fact]:
    """A firm makes a product."""
    product, facts = values.products.named(values["product"])
    yield from facts
    yield values.link(model.Makes, values["firm"], product.id)


def state_buys(values: Values) -> Iterator[Fact]:
    """A firm buys a product."""
    product, facts = values.products.named(values["product"])
    yield from facts
    yield values.link(model.Buys, values["firm"], product.id)


def state_supplies(values: Values) -> Iterator[Fact]:
    """A firm supplies another."""
    yield values.link(model.SuppliesTo, values["supplier"], values["buyer"])


def state_linked(values: Values) -> Iterator[Fact]:
    """A firm works in a segment."""
    yield values.link(model.LinkedTo, values["firm"], values["segment"])


def state_searched(values: Values) -> Iterator[Fact]:
    """Somebody looked for firms of a segment."""
    yield values.link(model.Searched, values["organisation"], values["segment"])


def state_signal(values: Values) -> Iterator[Fact]:
    """A firm shows a sign of expansion, perhaps about segments."""
    firm = values["firm"]
    key = [firm, values["kind"], values["happened_on"], values["name"]]
    signal = values.node(model.Signal, id=make_id(model.Signal.PREFIX, *key))
    yield signal
    yield model.Shows(start=firm, end=signal.id)
    for segment in values.words("segments"):
        yield model.Concerns(start=signal.id, end=segment)


def state_checked(values: Values) -> Iterator[Fact]:
    """What somebody found out about a firm in a segment; nothing while the conclusion is empty.

    Raises:
        ValueError: when there is a conclusion without what was seen, by whom and on which day.
    """
    if not values.get("state"):
        return
    for field in ("evidence", "decided_by", "checked_on"):
        if not values.get(field):
            raise ValueError(field)
    asked = {**values.read}
    asked.pop("question", None)
    yield Values(asked, values.products, values.sample).link(model.LinkedTo, values["firm"], values["segment"])


def state_looked(values: Values) -> Iterator[Fact]:
    """Who looked for firms of a segment; nothing while it does not say how many were found.

    Raises:
        ValueError: when the count stands without who looked, where and on which day.
    """
    if values.get("found") is None:
        return
    for field in ("organisation", "method", "sources", "searched_on"):
        if not values.get(field):
            raise ValueError(field)
    yield values.link(model.Searched, values["organisation"], values["segment"])


def state_leads(values: Values) -> Iterator[Fact]:
    """A firm leads a chain."""
    yield values.link(model.Leads, values["firm"], values["chain"])


def state_equipment(values: Values) -> Iterator[Fact]:
    """A machine that a capability uses; the same model twice at one capability is one entry."""
    capability = values["capability"]
    key = [capability, values["name"], *filter(None, [values.get("model")])]
    machine = values.node(model.Equipment, id=make_id(model.Equipment.PREFIX, *key))
    yield machine
    yield model.Uses(start=capability, end=machine.id)


def _state_listing(values: Values, kind: type[model.Listing]) -> Iterator[Fact]:
    # Two offices number their listings alike, so who posts it is part of the key.
    listing = values.node(kind, id=make_id(kind.PREFIX, values["organisation"], values["number"]))
    yield listing
    yield model.Posts(start=values["organisation"], end=listing.id)
    yield model.On(start=listing.id, end=PLATFORMS[kind])
    for segment in values.words("segments"):
        yield model.About(start=listing.id, end=segment)
    for name in values.words("products"):
        product, facts = values.products.named(name)
        yield from facts
        yield model.About(start=listing.id, end=product.id)


def state_need(values: Values) -> Iterable[Fact]:
    """A need on the supply-demand platform."""
    return _state_listing(values, model.Need)


def state_offer(values: Values) -> Iterable[Fact]:
    """An offer on the supply-demand platform."""
    return _state_listing(values, model.Offer)


def state_capability(values: Values) -> Iterable[Fact]:
    """A machining or testing service on its platform."""
    return _state_listing(values, model.Capability)


def state_solution(values: Values) -> Iterable[Fact]:
    """A system solution on its platform."""
    return _state_listing(values, model.Solution)


def state_achievement(values: Values) -> Iterable[Fact]:
    """A research result on its platform."""
    return _state_listing(values, model.Achievement)


def state_event(values: Values) -> Iterator[Fact]:
    """A matchmaking event."""
    yield values.node(model.Event)


def state_participation(values: Values) -> Iterator[Fact]:
    """An organisation is registered for an event."""
    registered = values.node(model.Participation, name=model.Participation.TITLE)
    yield registered
    yield model.TakesPart(start=values["organisation"], end=registered.id)
    yield model.At(start=registered.id, end=values["event"])
