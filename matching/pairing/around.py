"""What the graph knows around one need, looked up in the network; the cost goes with the need, not with the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from graph.ids import make_id
from graph.model import Buys, Covers, Feeds, KindOf, LinkedTo, Makes, MaterialOf, Product, SuppliesTo
from matching.pairing.context import Context, Partner, Path, Relation, SharedBuyers
from matching.pairing.listings import Wanted
from matching.pairing.network import Found, Network
from matching.pairing.subject import name_ends, things

PATH_LIMIT = 5_000
_NAMES_SHOWN = 3
_MADE = 12  # what a buyer makes most tells enough of it

Way = tuple[tuple[int, ...], tuple[int, ...]]  # nodes from the offered side to the need's, and who says so
Ways = dict[int, Way]


def around(wanted: Wanted, network: Network) -> Context:
    """What the graph knows around a need."""
    products = [network.places[id_] for id_ in wanted.meant_products if id_ in network.places]
    party = network.places.get(wanted.party.id) if wanted.party else None
    buyers = _buyers(network, products, party)
    context = Context(
        related=_related(network, products), shared_buyers=_shared(network, buyers), other_buyers=len(buyers)
    )
    if party is None:
        return context
    made = made_by(network, party)
    return replace(
        context,
        made=tuple(network.names[node] for node in made[:_MADE]),
        inputs=_inputs(network, made),
        feeding=_feeding(network, party, made),
        partners=_partners(network, party),
    )


def tagged(wanted: Wanted, network: Network) -> Wanted:
    """Add the products a need's words name when none of its tags says what it is: the longest known end of a name."""
    if wanted.meant_products:
        return wanted
    cores = [item.core for item in things(wanted.name, wanted.product_names)]
    found: dict[str, str] = {}
    for core in cores:
        known = ((id_, network.product(id_)) for id_ in (make_id(Product.PREFIX, end) for end in name_ends(core)))
        found |= dict(islice(((id_, name) for id_, name in known if name is not None), 1))
    new = {id_: name for id_, name in found.items() if id_ not in wanted.product_ids}
    return replace(
        wanted,
        product_ids=(*wanted.product_ids, *new),
        product_names=(*wanted.product_names, *new.values()),
    )


def made_by(network: Network, firm: int) -> list[int]:
    """What a firm makes, the largest share of its revenue first."""
    makes = network.outward.get(Makes.TYPE)
    place = dict(makes.notes(firm)) if makes else {}
    return sorted(place, key=place.__getitem__)


def _onward(network: Network, ways: Ways, type_: str) -> Ways:
    """One relationship further along its direction: names run from the wanted thing to what is found."""
    steps = (
        (other, ((*nodes, other), (*said, *more)))
        for node, (nodes, said) in ways.items()
        for other, more in network.leaving(type_, node).items()
        if other != node
    )
    return _first(network, steps)


def _back(network: Network, ways: Ways, type_: str) -> Ways:
    """One relationship back against its direction: names run from what is found to the wanted thing."""
    steps = (
        (other, ((other, *nodes), (*more, *said)))
        for node, (nodes, said) in ways.items()
        for other, more in network.arriving(type_, node).items()
        if other != node
    )
    return _first(network, steps)


def _first(network: Network, steps: Iterable[tuple[int, Way]]) -> Ways:
    """The way to each node whose names come first."""
    found: Ways = {}
    for node, way in steps:
        if node not in found or _named(network, way) < _named(network, found[node]):
            found[node] = way
    return found


def _named(network: Network, way: Way) -> list[str]:
    return [network.names[node] for node in way[0]]


def _none(nodes: Iterable[int]) -> Ways:
    return {node: ((node,), ()) for node in nodes}


def _paths(network: Network, found: Iterator[tuple[Relation, Ways]], without: Iterable[int] = ()) -> dict[str, Path]:
    """The nearest way to each node, as a path with its names and sources."""
    known = set(without)
    paths: dict[str, Path] = {}
    for relation, ways in found:
        for node in sorted(ways.keys() - known, key=network.ids.__getitem__):
            if len(paths) == PATH_LIMIT:
                return paths
            way = ways[node]
            paths[network.ids[node]] = Path(relation, tuple(_named(network, way)), network.sources(way[1]))
        known |= ways.keys()
    return paths


def _related(network: Network, products: list[int]) -> dict[str, Path]:
    """Products around the wanted ones: kinds and classes up to two steps, materials and wholes one."""

    def found() -> Iterator[tuple[Relation, Ways]]:
        own = _none(products)
        narrower, wider = _back(network, own, KindOf.TYPE), _onward(network, own, KindOf.TYPE)
        yield Relation.COMPONENT, _back(network, own, MaterialOf.TYPE)
        yield Relation.NARROWER, narrower
        yield Relation.WHOLE, _onward(network, own, MaterialOf.TYPE)
        yield Relation.WIDER, wider
        yield Relation.NARROWER, _back(network, narrower, KindOf.TYPE)
        yield Relation.WIDER, _onward(network, wider, KindOf.TYPE)

    return _paths(network, found(), without=products)


def _inputs(network: Network, made: list[int]) -> dict[str, Path]:
    """What goes into what a buyer makes: materials up to two steps, a kind of one a step more."""

    def found() -> Iterator[tuple[Relation, Ways]]:
        first = _back(network, _none(made), MaterialOf.TYPE)
        yield Relation.INPUT, first
        second = _back(network, first, MaterialOf.TYPE)
        kinds = _back(network, first, KindOf.TYPE)
        yield Relation.INPUT, _first(network, (*second.items(), *kinds.items()))
        yield Relation.INPUT, _back(network, second, KindOf.TYPE)

    return _paths(network, found())


def _feeding(network: Network, party: int, made: list[int]) -> dict[str, Path]:
    """Segments that feed, in up to two steps, one the buyer works in: by a confirmed link, or by what it makes."""

    def found() -> Iterator[tuple[Relation, Ways]]:
        covering = (segment for product in made for segment in network.arriving(Covers.TYPE, product))
        own = _none(dict.fromkeys([*network.leaving(LinkedTo.TYPE, party), *covering]))
        first = _back(network, own, Feeds.TYPE)
        yield Relation.FEEDS, first
        yield Relation.FEEDS, _back(network, first, Feeds.TYPE)

    return _paths(network, found())


def _partners(network: Network, party: int) -> dict[str, Partner]:
    """Present suppliers of a firm and what they supply, over all sources."""
    supplies = network.inward.get(SuppliesTo.TYPE)
    products: dict[int, set[str]] = {}
    for supplier, named in supplies.notes(party) if supplies else ():
        products.setdefault(supplier, set()).update(network.supplied[named] if named >= 0 else ())
    said = network.arriving(SuppliesTo.TYPE, party)
    return {
        network.ids[node]: Partner(
            network.ids[node],
            network.names[node],
            network.groups.get(node),
            tuple(sorted(products[node])),
            network.sources(said[node]),
        )
        for node in products
    }


def _buyers(network: Network, products: list[int], party: int | None) -> list[int]:
    """Firms beside the need's own that buy the wanted products."""
    found = {buyer for product in products for buyer in network.arriving(Buys.TYPE, product)}
    return sorted(found - {party}, key=network.ids.__getitem__)


def _shared(network: Network, buyers: list[int]) -> Mapping[str, SharedBuyers]:
    """By firm: which of the buyers it supplies."""
    names: dict[int, list[str]] = {}
    said: dict[int, list[int]] = {}
    supplies: Iterable[tuple[int, Found]] = ((buyer, network.arriving(SuppliesTo.TYPE, buyer)) for buyer in buyers)
    for buyer, suppliers in supplies:
        for supplier, codes in suppliers.items():
            names.setdefault(supplier, []).append(network.names[buyer])
            said.setdefault(supplier, []).extend(codes)
    return {
        network.ids[firm]: SharedBuyers(len(some), tuple(sorted(some)[:_NAMES_SHOWN]), network.sources(said[firm]))
        for firm, some in names.items()
    }
