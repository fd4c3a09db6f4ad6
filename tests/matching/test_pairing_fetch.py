from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graph.errors import NotFound
from graph.model import (
    About,
    Answer,
    Buys,
    Capability,
    Chain,
    ControlledBy,
    Covers,
    DeclineReason,
    Enterprise,
    Feeds,
    Grade,
    Group,
    HasSite,
    In,
    Institute,
    KindOf,
    Makes,
    MaterialOf,
    Need,
    Node,
    Offer,
    PairSide,
    PartOf,
    Place,
    Posts,
    Product,
    Relationship,
    Segment,
    Site,
    SuppliesTo,
)
from graph.queries import Query, queries
from graph.store import Row as Values
from graph.store import Store
from loaders.base import Job, load
from loaders.provenance import Row, Source
from matching.pairing import Wanted, around, explain, find, load_market, load_need, load_network, match, tagged
from matching.pairing.answers import answer
from matching.pairing.context import Relation
from matching.pairing.listings import Evidence, Offered

TODAY = date(2026, 12, 1)
DAY = date(2026, 9, 1)


def product(name: str) -> Product:
    return Product(name=name)


def segment(id_: str, name: str, *terms: str) -> Segment:
    known = {"stream": "midstream", "importance": 3, "substitutability": "certified", "basis": "测试"}
    return Segment.model_validate({"id": id_, "name": name, "terms": [name, *terms], **known})


REDUCER, RV, JOINT, ROBOT, BEARING = map(product, ["减速器", "RV齿轮箱", "机器人关节", "机器人", "轴承"])
BUYER = Enterprise(name="示例重工有限公司", status="active")
OTHER = Enterprise(name="示例机器人有限公司", status="active")
DRIVE = Enterprise(name="示例传动有限公司", status="active")
KNOWN = Enterprise(name="示例轴承有限公司")
SCHOOL = Institute(name="示例大学")
GROUP = Group(name="示例集团")
SITE = Site(id="site-1", name="示例传动厂区")
TOWN = Place(id="place-320412001", name="示例镇", code="320412001", level="town")
CHAIN = Chain(id="robotics", name="机器人", tier="rising", order=4, basis="测试")
SEG_REDUCER, SEG_JOINT = segment("robotics.reducer", "减速器", "RV减速器"), segment("robotics.joint", "关节模组")
NEED = Need(
    number="N-017", name="高精度减速器采购", limits=["背隙≤1角分", "无异响"], certificates=["IATF 16949"], quantity=800,
    unit="台", lead_time_days=30, second_source=True,
)  # fmt: skip
OFFER = Offer(
    number="O-001", name="RV齿轮箱", limits=["背隙≤0.5角分"], certificates=["IATF 16949 至 2027-03-31"], quantity=1200,
    unit="台", expires_on=date(2027, 1, 1),
)  # fmt: skip
SERVICE = Capability(number="C-001", name="热处理加工")

NODES: tuple[Node, ...] = (
    REDUCER, RV, JOINT, ROBOT, BEARING, BUYER, OTHER, DRIVE, KNOWN, SCHOOL, GROUP, SITE, TOWN, CHAIN, SEG_REDUCER,
    SEG_JOINT, NEED, OFFER, SERVICE,
)  # fmt: skip
LINKS: tuple[Relationship, ...] = (
    Posts(start=BUYER.id, end=NEED.id),
    Posts(start=DRIVE.id, end=OFFER.id),
    Posts(start=SCHOOL.id, end=SERVICE.id),
    About(start=NEED.id, end=REDUCER.id),
    About(start=OFFER.id, end=RV.id),
    About(start=OFFER.id, end=SEG_REDUCER.id),
    KindOf(start=RV.id, end=REDUCER.id),
    MaterialOf(start=REDUCER.id, end=JOINT.id),
    MaterialOf(start=BEARING.id, end=REDUCER.id),
    Makes(start=BUYER.id, end=JOINT.id),
    Covers(start=SEG_JOINT.id, end=JOINT.id, term="机器人关节"),
    Feeds(start=SEG_REDUCER.id, end=SEG_JOINT.id, essential=True),
    PartOf(start=SEG_REDUCER.id, end=CHAIN.id),
    Buys(start=BUYER.id, end=REDUCER.id),
    Buys(start=OTHER.id, end=REDUCER.id),
    SuppliesTo(start=DRIVE.id, end=OTHER.id),
    SuppliesTo(start=KNOWN.id, end=BUYER.id, products=["轴承"]),
    ControlledBy(start=KNOWN.id, end=GROUP.id),
    HasSite(start=DRIVE.id, end=SITE.id),
    In(start=SITE.id, end=TOWN.id),
)


@pytest.fixture
def market_store(store: Store) -> Store:
    """The same facts from two sources, so that every relationship is there twice."""
    for id_ in ("test-a", "test-b"):
        source = Source(id_, id_, 1, DAY, Grade.STRONG)
        load(store, Job(source, [Row("1", (*NODES, *LINKS))], fingerprint=id_))
    return store


@pytest.mark.parametrize("ref", [NEED.id, "N-017", "高精度减速器采购"])
def test_a_need_is_found_by_id_number_or_name(market_store: Store, ref: str) -> None:
    need = load_need(market_store, ref)
    assert (need.id, need.number, need.product_names, need.second_source) == (NEED.id, "N-017", ("减速器",), True)
    assert (need.quantity, need.unit, need.lead_time_days) == (800, "台", 30)
    assert [str(limit) for limit in need.limits] == ["背隙≤1角分"]
    assert need.unread_limits == ("无异响",)
    assert need.party is not None
    assert (need.party.name, need.party.kind, need.party.status) == (BUYER.name, "Enterprise", "active")
    assert need.evidence == (Evidence("test-a", DAY), Evidence("test-b", DAY))


@pytest.mark.parametrize("ref", ["N-999", OFFER.id, "O-001", BUYER.name])
def test_what_is_no_need_is_not_found(market_store: Store, ref: str) -> None:
    with pytest.raises(NotFound, match=ref):
        load_need(market_store, ref)


def test_the_market_holds_each_offer_once(market_store: Store) -> None:
    market = load_market(market_store)
    assert [offer.id for offer in market.offers] == sorted([OFFER.id, SERVICE.id])
    offers = {offer.number: offer for offer in market.offers if isinstance(offer, Offered)}
    offer, service = offers["O-001"], offers["C-001"]
    assert (offer.kind, offer.state, offer.expires_on) == ("Offer", "open", date(2027, 1, 1))
    assert (offer.product_names, offer.segment_ids) == (("RV齿轮箱",), (SEG_REDUCER.id,))
    assert offer.party is not None
    assert (offer.party.name, offer.party.town, offer.party.customers_known) == (DRIVE.name, "示例镇", True)
    assert service.party is not None
    assert (service.kind, service.party.kind, service.quantity) == ("Capability", "Institute", None)
    assert market.revision == market_store.revision()
    assert market.segment_names == {SEG_REDUCER.id: "减速器", SEG_JOINT.id: "关节模组"}


def test_the_context_is_what_lies_around_the_need(market_store: Store) -> None:
    context = around(load_need(market_store, "N-017"), load_network(market_store))
    both = (Evidence("test-a", DAY), Evidence("test-b", DAY))
    kinds = {id_: (path.relation, path.names) for id_, path in context.related.items()}
    assert kinds == {
        RV.id: (Relation.NARROWER, ("RV齿轮箱", "减速器")),
        BEARING.id: (Relation.COMPONENT, ("轴承", "减速器")),
        JOINT.id: (Relation.WHOLE, ("减速器", "机器人关节")),
    }
    assert context.related[RV.id].evidence == both
    assert context.inputs[REDUCER.id].names == ("减速器", "机器人关节")
    assert context.inputs[RV.id].names == ("RV齿轮箱", "减速器", "机器人关节")
    assert context.feeding[SEG_REDUCER.id].names == ("减速器", "关节模组")
    partner = context.partners[KNOWN.id]
    assert (partner.products, partner.group, set(partner.evidence)) == (("轴承",), "示例集团", set(both))
    shared = context.shared_buyers[DRIVE.id]
    assert (shared.count, shared.names, context.other_buyers) == (1, (OTHER.name,), 1)


def test_the_whole_way_from_the_store(market_store: Store) -> None:
    need = load_need(market_store, "N-017")
    market = load_market(market_store)
    result = match(need, market, around(need, market.network), TODAY)
    (candidate,) = result.candidates
    assert candidate.offered.id == OFFER.id
    points = {part.name: part.points for part in candidate.parts}
    assert (points["identity"], points["direction"], points["shared_buyers"]) == (45, 16, 4)
    lines = [str(line) for line in explain(candidate)]
    assert "0.16 采购方向（RV齿轮箱 → 减速器 → 机器人关节）" in lines
    assert "来源：test-a（2026-09-01）" in lines


def test_free_text_finds_the_product_it_names(market_store: Store) -> None:
    market = load_market(market_store)
    result = find(market_store, Wanted.from_text("高精度行星减速器，背隙≤1角分"), market, TODAY)
    assert (result.wanted.product_ids, result.wanted.product_names) == ((REDUCER.id,), ("减速器",))
    assert [candidate.offered.id for candidate in result.candidates] == [OFFER.id]
    assert tagged(Wanted.from_text("匣钵"), market.network).product_ids == ()


def test_an_empty_graph_says_so(store: Store) -> None:
    result = find(store, Wanted.from_text("减速器"), load_market(store), TODAY)
    assert result.candidates == ()
    assert str(result.summary) == "图谱中还没有任何供给，请先载入数据"


def test_a_stored_need_is_answered_with_one_small_read(market_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The need itself, and whether anything was said of it; what is around it is known from the market."""
    market, asked, read = load_market(market_store), list[str](), Store.read

    def watched(store: Store, query: Query, **given: object) -> list[Values]:
        asked.append(query.name)
        return read(store, query, **given)

    monkeypatch.setattr(Store, "read", watched)
    result = find(market_store, load_need(market_store, "N-017"), market, TODAY)
    assert [candidate.offered.id for candidate in result.candidates] == [OFFER.id]
    assert asked == ["get_pairing_need"]
    asked.clear()
    at, why = datetime(2026, 11, 1, tzinfo=UTC), DeclineReason.PRICE
    answer(market_store, result.wanted.id, OFFER.id, PairSide.BUYER, Answer.DECLINED, by="张三", at=at, reason=why)
    assert find(market_store, load_need(market_store, "N-017"), market, TODAY).candidates == ()
    assert asked == ["get_pairing_need", "list_listing_answers"]


def test_answers_of_one_listing_are_found_by_their_index(store: Store) -> None:
    for query in (queries.list_listing_answers, queries.get_pairing_need):
        assert "NodeByLabelScan" not in str(store.explain(query))


def test_a_need_is_found_by_the_index_on_ids(store: Store) -> None:
    plan = str(store.explain(queries.get_pairing_need))
    assert "NodeUniqueIndexSeek" in plan
    assert "AllNodesScan" not in plan
