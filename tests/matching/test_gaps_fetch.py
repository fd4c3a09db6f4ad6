"""Facts out of a real graph."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import (
    About,
    Achievement,
    Buys,
    Chain,
    ChildOf,
    Concerns,
    ControlledBy,
    Covers,
    Enterprise,
    Feeds,
    FirmStatus,
    GovernmentBody,
    Grade,
    Gradient,
    Group,
    HasSite,
    In,
    Institute,
    Leads,
    LinkedTo,
    LinkState,
    Makes,
    Need,
    Offer,
    Organisation,
    PartOf,
    Place,
    Posts,
    Product,
    Searched,
    Segment,
    Shows,
    Signal,
    SignalKind,
    Site,
    Stream,
    Substitutability,
    SuppliesTo,
)
from graph.store import Store
from matching.gaps import GapClass, Ring, StepKind, assess, fetch
from matching.gaps.facts import (
    AchievementFact,
    CertificateFact,
    ChainFact,
    Facts,
    FeedFact,
    FirmFact,
    LinkFact,
    MakerFact,
    NeedFact,
    PurchaseFact,
    SearchFact,
    SegmentFact,
    SignalFact,
    SupplyFact,
)
from matching.gaps.sites import PlaceFact, SiteFact, fetch_sites
from tests.graphs import source, write

TODAY = date(2026, 11, 20)
SEEN = date(2026, 11, 1)
KNOWN = {"stream": "upstream", "importance": 3, "substitutability": "certified", "basis": "测试", "terms": ["减速器"]}

CHAIN = Chain(id="robotics", name="机器人", tier="rising", order=4, basis="测试")
REDUCER = Segment.model_validate({"id": "robotics.reducer", "name": "减速器", "order": 1, **KNOWN})
RV = Segment.model_validate({"id": "robotics.rv", "name": "RV减速器", "order": 2, **KNOWN})
ROBOT = Segment.model_validate({"id": "robotics.robot", "name": "本体", "order": 3, "sample": True, **KNOWN})
RV_BOX, BALL = Product(name="RV齿轮箱"), Product(name="RV传动箱")
DISTRICT = Place(id="place-320412", name="武进区", code="320412", level="district")
TOWN = Place(id="place-320412100", name="湖塘镇", code="320412100", level="town")
HUZHOU = Place(id="place-3305", name="湖州市", code="3305", level="city")
DRIVE = Enterprise(name="示例传动", status="active", revenue=1000, city="深圳", sample=True)
HEAVY = Enterprise(name="示例重工")
HUZHOU_GEAR = Enterprise(name="湖州齿轮", city="湖州", gradient=Gradient.LITTLE_GIANT)
GROUP = Group(name="示例集团")
SIGNAL = Signal(id="signal-1", name="选址", kind=SignalKind.SITING, happened_on=date(2026, 9, 8), reference="公告")
OFFERS = (
    Offer(number="O-1", name="齿轮箱", certificates=["IATF 16949 至 2026-12-31", "ISO 9001"]),
    Offer(number="O-2", name="传动箱", certificates=["IATF 16949 至 2027-03-31"]),
    Offer(number="O-3", name="旧供给", certificates=["CQI-9"], expires_on=date(2026, 1, 1)),
)
PLANT = Site(id="site-1", name="湖塘厂")
OFFICE = Organisation(name="工信局")
SCHOOL = Institute(name="示例大学")
NEED = Need(number="N-1", name="减速器采购", amount=500)
BY_SEGMENT = Need(number="N-2", name="减速器二供", expires_on=TODAY)
EXPIRED = Need(number="N-3", name="旧需求", expires_on=date(2026, 11, 19))
CLOSED = Need(number="N-4", name="已关闭", state="closed")
RESULT = Achievement(number="A-1", name="新型减速器")

FACTS = (
    *(
        CHAIN,
        REDUCER,
        RV,
        ROBOT,
        RV_BOX,
        BALL,
        DISTRICT,
        TOWN,
        HUZHOU,
        DRIVE,
        HEAVY,
        HUZHOU_GEAR,
        PLANT,
        OFFICE,
        SCHOOL,
    ),
    *(NEED, BY_SEGMENT, EXPIRED, CLOSED, RESULT, GROUP, SIGNAL, *OFFERS),
    *(PartOf(start=segment.id, end=CHAIN.id) for segment in (REDUCER, RV, ROBOT)),
    ChildOf(start=RV.id, end=REDUCER.id),
    Feeds(start=REDUCER.id, end=ROBOT.id, essential=True),
    Feeds(start=RV.id, end=ROBOT.id, essential=False, group="减速"),
    Covers(start=RV.id, end=RV_BOX.id, term="RV"),
    Covers(start=RV.id, end=BALL.id, term="RV"),
    In(start=TOWN.id, end=DISTRICT.id),
    HasSite(start=DRIVE.id, end=PLANT.id),
    In(start=PLANT.id, end=TOWN.id),
    In(start=HEAVY.id, end=DISTRICT.id),
    Makes(start=DRIVE.id, end=RV_BOX.id, share=0.25),
    Makes(start=DRIVE.id, end=BALL.id, share=0.5),
    Makes(start=HUZHOU_GEAR.id, end=RV_BOX.id, share=0.25),
    Makes(start=HUZHOU_GEAR.id, end=BALL.id),
    Buys(start=HEAVY.id, end=RV_BOX.id, amount=800, import_share=0.5, single_country_share=0.25, import_country="日本"),
    SuppliesTo(start=DRIVE.id, end=HEAVY.id, products=["RV齿轮箱"], qualified=True),
    SuppliesTo(start=HUZHOU_GEAR.id, end=HEAVY.id, products=["齿轮油", "RV传动箱"]),
    SuppliesTo(start=DRIVE.id, end=HUZHOU_GEAR.id),
    ControlledBy(start=DRIVE.id, end=GROUP.id),
    Shows(start=HUZHOU_GEAR.id, end=SIGNAL.id),
    Concerns(start=SIGNAL.id, end=RV.id),
    *(Posts(start=HUZHOU_GEAR.id, end=offer.id) for offer in OFFERS),
    Leads(start=HEAVY.id, end=CHAIN.id),
    LinkedTo(start=HEAVY.id, end=ROBOT.id, state=LinkState.CONFIRMED, evidence="年报", checked_on=SEEN),
    Searched(
        start=OFFICE.id,
        end=REDUCER.id,
        found=0,
        method="电话",
        sources=["企业库", "海关"],
        searched_on=date(2026, 10, 1),
    ),
    Posts(start=HEAVY.id, end=NEED.id),
    About(start=NEED.id, end=RV_BOX.id),
    About(start=BY_SEGMENT.id, end=RV.id),
    About(start=EXPIRED.id, end=RV.id),
    About(start=CLOSED.id, end=RV.id),
    Posts(start=SCHOOL.id, end=RESULT.id),
    About(start=RESULT.id, end=REDUCER.id),
)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two sources that state everything, and differ on who makes reducers."""
    one, two = source("one", rank=1), source("two", rank=3)
    confirmed = LinkedTo(start=DRIVE.id, end=RV.id, state="confirmed", evidence="现场核查", capacity_share=0.6)
    confirmed = confirmed.model_copy(update={"certification_months": 6})
    uncertain = LinkedTo(start=DRIVE.id, end=RV.id, state="uncertain", evidence="产品名")
    write(store, *FACTS, uncertain, of=two)
    write(store, *FACTS, confirmed, of=one)
    return store


def expected_segment(segment: Segment, **more: object) -> SegmentFact:
    values: dict[str, object] = {
        "id": segment.id,
        "name": segment.name,
        "chains": (CHAIN.id,),
        "stream": Stream.UPSTREAM,
        "importance": 3,
        "substitutability": Substitutability.CERTIFIED,
        "order": segment.order,
        "terms": ("减速器",),
    }
    return SegmentFact(**(values | more))  # type: ignore[arg-type]


def test_everything_is_fetched_once_although_two_sources_say_it(filled: Store) -> None:
    found = fetch(filled, TODAY)
    assert found.chains == (ChainFact(CHAIN.id, "机器人", 4, (HEAVY.id,)),)
    assert set(found.segments) == {
        expected_segment(REDUCER),
        expected_segment(RV, parents=(REDUCER.id,)),
        expected_segment(ROBOT, sample=True),
    }
    assert set(found.firms) == {
        FirmFact(
            DRIVE.id, "示例传动", Ring.DISTRICT, ("湖塘镇",), FirmStatus.ACTIVE, 1000, True, ("320412100",), "示例集团"
        ),
        FirmFact(HEAVY.id, "示例重工", Ring.DISTRICT, ("武进区",), codes=("320412",)),
        FirmFact(HUZHOU_GEAR.id, "湖州齿轮", Ring.DELTA, codes=("3305",), gradient=Gradient.LITTLE_GIANT),
    }
    both = ("测试来源 one", "测试来源 two")
    assert set(found.makers) == {
        MakerFact(DRIVE.id, RV.id, ("RV传动箱", "RV齿轮箱"), both, 0.75, SEEN),
        MakerFact(HUZHOU_GEAR.id, RV.id, ("RV传动箱", "RV齿轮箱"), both, None, SEEN),
    }
    assert found.purchases == (PurchaseFact(HEAVY.id, RV_BOX.id, RV.id, 800, 0.5, 0.25, "日本", "RV齿轮箱", SEEN),)
    assert set(found.supplies) == {
        SupplyFact(DRIVE.id, HEAVY.id, RV.id, True, ("RV齿轮箱",), SEEN),
        SupplyFact(HUZHOU_GEAR.id, HEAVY.id, RV.id, None, ("RV传动箱",), SEEN),
    }
    assert found.signals == (
        SignalFact(SIGNAL.id, HUZHOU_GEAR.id, "选址", SignalKind.SITING, date(2026, 9, 8), "公告", (RV.id,)),
    )
    assert found.certificates == (
        CertificateFact(HUZHOU_GEAR.id, "IATF 16949", date(2027, 3, 31)),
        CertificateFact(HUZHOU_GEAR.id, "ISO 9001"),
    )
    assert set(found.feeds) == {
        FeedFact(REDUCER.id, ROBOT.id, True),
        FeedFact(RV.id, ROBOT.id, False, "减速"),
    }
    assert set(found.searches) == {
        SearchFact(REDUCER.id, "工信局", ("企业库", "海关"), 0, date(2026, 10, 1), "电话"),
    }
    assert set(found.needs) == {
        NeedFact(NEED.id, "减速器采购", RV.id, HEAVY.id, 500),
        NeedFact(BY_SEGMENT.id, "减速器二供", RV.id),
    }
    assert found.achievements == (AchievementFact(RESULT.id, "新型减速器", REDUCER.id, "示例大学"),)


def test_links_keep_what_each_source_says(filled: Store) -> None:
    found = {(fact.firm, fact.source): fact for fact in fetch(filled, TODAY).links}
    assert found[DRIVE.id, "测试来源 one"] == LinkFact(
        DRIVE.id, RV.id, LinkState.CONFIRMED, "测试来源 one", 1, Grade.STRONG, "现场核查", None, SEEN, 0.6, 6
    )
    assert found[DRIVE.id, "测试来源 two"].state is LinkState.UNCERTAIN
    assert found[HEAVY.id, "测试来源 one"].checked_on == SEEN
    assert len(found) == 4


def test_board_of_a_real_graph(filled: Store) -> None:
    board = assess(fetch(filled, TODAY), TODAY)
    rv = board.by_segment[RV.id]
    assert rv.gap_class is GapClass.AT_RISK
    assert [link.firm.name for link in rv.confirmed] == ["示例传动"]
    assert [link.firm.name for link in board.by_segment[REDUCER.id].confirmed] == ["示例传动"]
    assert rv.figures["depth"].value == 1
    assert rv.figures["single_source"].value == 0  # the second supplier sells another product of the segment
    assert rv.figures["gap"].value == pytest.approx(1 - 750 / 800)
    assert rv.sample
    assert rv.step.kind is StepKind.INVEST
    assert [chain.coverage.value for chain in board.chains] == [1.0]


def test_empty_graph(store: Store) -> None:
    assert fetch(store, TODAY) == Facts()
    assert assess(Facts(), TODAY).segments == ()


def test_a_search_of_a_made_up_source_marks_the_segment(store: Store) -> None:
    office = GovernmentBody(name="示例办公室")
    search = Searched(
        start=office.id,
        end=REDUCER.id,
        found=0,
        method="电话",
        sources=["甲", "乙", "丙"],
        searched_on=date(2026, 10, 1),
    )
    write(
        store, CHAIN, REDUCER, PartOf(start=REDUCER.id, end=CHAIN.id), office, search, of=source("made up", sample=True)
    )
    facts = fetch(store, TODAY)
    assert [found.sample for found in facts.searches] == [True]
    assert assess(facts, TODAY).by_segment[REDUCER.id].sample


def test_sites(store: Store) -> None:
    town = (PlaceFact("320412100", "湖塘镇"),)
    write(store, *FACTS, of=source("测试"))
    assert set(fetch_sites(store)) == {
        SiteFact(DRIVE.id, PLANT.id, "湖塘厂", town),
        SiteFact(HEAVY.id, None, "示例重工", (PlaceFact("320412", "武进区"),)),
    }
