"""The catalog into the graph: chains, segments and what they feed, the plan, places, known listed firms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.model import (
    Chain,
    ChecklistItem,
    ChildOf,
    Covers,
    Enterprise,
    Feeds,
    GovernmentBody,
    Grade,
    In,
    LinkedTo,
    LinkState,
    Makes,
    PartOf,
    Place,
    Platform,
    Product,
    ResponsibleFor,
    Segment,
    Target,
    Task,
)
from graph.terms import SegmentTerms, TermIndex
from loaders.base import Job, fingerprint
from loaders.catalog.files import (
    ChainEntry,
    FirmEntry,
    FirmsFile,
    PlacesFile,
    PlanFile,
    Review,
    SegmentEntry,
    read_chains,
    read_firms,
    read_places,
    read_plan,
)
from loaders.provenance import Drop, Fact, Row, Source

SOURCE = Source(
    id="catalog",
    name="35X 产业链目录（据行动方案与行业通用知识整理）",
    rank=2,
    observed_on=date(2026, 11, 23),
    grade=Grade.MEDIUM,
    minimum=200,
    note="未经人工审核的条目在数据中标明",
)


def segment_id(chain: str, slug: str) -> str:
    """The id of a segment: ``chain.slug``; a slug that names its chain already is kept."""
    return slug if "." in slug else f"{chain}.{slug}"


def segment_terms(chains: list[ChainEntry]) -> list[SegmentTerms]:
    """The words of every segment of the catalog."""
    return [
        SegmentTerms(segment_id(chain.id, s.id), tuple(s.terms), tuple(s.lookalikes))
        for chain in chains
        for s in chain.segments
    ]


def _review(review: Review | None) -> dict[str, object]:
    return {"reviewed_by": review.by, "reviewed_on": review.on} if review else {}


def _chain_row(chain: ChainEntry) -> Row:
    said = chain.model_dump(include={"id", "name", "tier", "order", "office", "summary", "basis"})
    return Row(f"chains/{chain.id}.yaml", (Chain.model_validate(said | _review(chain.reviewed)),))


def _segment_row(chain: ChainEntry, segment: SegmentEntry, order: int) -> Row:
    own = segment_id(chain.id, segment.id)
    said = segment.model_dump(
        include={"name", "stream", "importance", "substitutability", "terms", "lookalikes"},
    )
    review = _review(segment.reviewed or chain.reviewed)
    basis = segment.basis or chain.basis
    facts: list[Fact] = [Segment.model_validate(said | review | {"id": own, "basis": basis, "order": order})]
    facts.append(PartOf(start=own, end=chain.id))
    for term in segment.terms:
        product = Product(name=term)
        facts += [product, Covers(start=own, end=product.id, term=term)]
    return Row(f"chains/{chain.id}.yaml:{segment.id}", tuple(facts))


def _feed_rows(chain: ChainEntry) -> Iterator[Row]:
    for segment in chain.segments:
        own = segment_id(chain.id, segment.id)
        facts: list[Fact] = [
            Feeds(start=own, end=segment_id(chain.id, feed.to), essential=feed.essential, group=feed.group)
            for feed in segment.feeds
        ]
        if segment.parent:
            facts.append(ChildOf(start=own, end=segment_id(chain.id, segment.parent)))
        if facts:
            yield Row(f"chains/{chain.id}.yaml:{segment.id}:feeds", tuple(facts))


def _plan_rows(plan: PlanFile) -> Iterator[Row]:
    offices = {office.id: GovernmentBody(name=office.name) for office in plan.offices}
    for slug, office in offices.items():
        yield Row(f"plan.yaml:offices:{slug}", (office,), grade=Grade.STRONG)
    for target in plan.targets:
        fact = Target.model_validate(target.model_dump() | {"id": f"target-{target.id}"})
        yield Row(f"plan.yaml:targets:{target.id}", (fact,), grade=Grade.STRONG)
    for task in plan.tasks:
        said = task.model_dump() | {"id": f"task-{task.number}", "offices": [offices[o].name for o in task.offices]}
        node = Task.model_validate(said)
        duties = [ResponsibleFor(start=offices[office].id, end=node.id) for office in task.offices]
        yield Row(f"plan.yaml:tasks:{task.number}", (node, *duties), grade=Grade.STRONG)
    for platform in plan.platforms:
        said = platform.model_dump() | {"id": f"platform-{platform.id}"}
        yield Row(f"plan.yaml:platforms:{platform.id}", (Platform.model_validate(said),), grade=Grade.STRONG)
    for item in plan.checklist:
        said = item.model_dump() | {"id": f"checklist-{item.id}"}
        yield Row(f"plan.yaml:checklist:{item.id}", (ChecklistItem.model_validate(said),), grade=Grade.WEAK)


def _place_rows(file: PlacesFile) -> Iterator[Row]:
    for place in file.places:
        own = f"place-{place.code}"
        facts: list[Fact] = [Place(id=own, name=place.name, code=place.code, level=place.level)]
        if place.within:
            facts.append(In(start=own, end=f"place-{place.within}"))
        yield Row(f"places.yaml:{place.code}", tuple(facts), grade=Grade.STRONG, observed_on=file.source.observed_on)


def _firm_row(firm: FirmEntry, places: dict[str, str], index: TermIndex, observed_on: date) -> Row:
    enterprise = Enterprise(
        name=firm.name,
        short_name=firm.short_name,
        exchange_code=firm.exchange_code,
        city=firm.city,
        main_products=firm.main_products,
    )
    facts: list[Fact] = [enterprise]
    place = places.get(firm.district or firm.city) or places.get(firm.city)
    if place:
        facts.append(In(start=enterprise.id, end=place))
    evidence: dict[str, list[str]] = {}
    for name in firm.main_products:
        product = Product(name=name)
        facts += [product, Makes(start=enterprise.id, end=product.id)]
        for match in index.match(name):
            facts.append(Covers(start=match.segment, end=product.id, term=match.term))
            evidence.setdefault(match.segment, []).append(f"主要产品“{name}”含环节词“{match.term}”")
    facts += [
        LinkedTo(start=enterprise.id, end=segment, state=LinkState.UNCERTAIN, evidence="；".join(said))
        for segment, said in evidence.items()
    ]
    return Row(f"firms.yaml:{firm.exchange_code}", tuple(facts), observed_on=observed_on)


def _firm_rows(file: FirmsFile, places: PlacesFile, index: TermIndex) -> Iterator[Row]:
    by_name = {place.name: f"place-{place.code}" for place in places.places}
    for firm in file.firms:
        yield _firm_row(firm, by_name, index, getattr(file.source.observed_on, firm.products_from))


def records(chains: list[ChainEntry], plan: PlanFile, places: PlacesFile, firms: FirmsFile) -> Iterator[Row | Drop]:
    """Turn the catalog into rows, what is referred to before what refers to it."""
    for chain in chains:
        yield _chain_row(chain)
        for order, segment in enumerate(chain.segments):
            yield _segment_row(chain, segment, order)
    for chain in chains:
        yield from _feed_rows(chain)
    yield from _plan_rows(plan)
    yield from _place_rows(places)
    yield from _firm_rows(firms, places, TermIndex(segment_terms(chains)))


def open_catalog() -> Job:
    """Open the catalog that ships with the package."""
    chains, plan, places, firms = list(read_chains()), read_plan(), read_places(), read_firms()
    rows = list(records(chains, plan, places, firms))
    return Job(SOURCE, rows, fingerprint([], repr(rows)), len(rows))
