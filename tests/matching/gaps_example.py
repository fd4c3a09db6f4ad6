"""The worked example of docs/gap-measures.md, and random small graphs."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from graph.model import FirmStatus, Grade, LinkState, Stream, Substitutability
from matching.gaps.facts import (
    AchievementFact,
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
    SupplyFact,
)
from matching.rings import Ring

TODAY = date(2026, 11, 20)
MILLION = 1_000_000


def segment(name: str, importance: int = 1, **more: object) -> SegmentFact:
    values: dict[str, object] = {
        "id": name,
        "name": name,
        "chains": ("示例链",),
        "stream": Stream.MIDSTREAM,
        "substitutability": Substitutability.FREE,
    }
    return SegmentFact(importance=importance, **(values | more))  # type: ignore[arg-type]


def firm(name: str, ring: Ring | None = Ring.DISTRICT, **more: object) -> FirmFact:
    return FirmFact(name, name, ring, **more)  # type: ignore[arg-type]


def link(firm_: str, segment_: str, state: LinkState = LinkState.CONFIRMED, **more: object) -> LinkFact:
    values: dict[str, object] = {"source": "企业填报", "rank": 1, "evidence": "产品目录", "observed_on": TODAY}
    return LinkFact(firm_, segment_, state, **(values | more))  # type: ignore[arg-type]


EXAMPLE = Facts(
    chains=(ChainFact("示例链", "示例链", leaders=("重工",)),),
    segments=(
        segment("轴承钢", 1, order=1),
        segment("减速器", 3, order=2, substitutability=Substitutability.CERTIFIED),
        segment("力传感器", 2, order=3, substitutability=Substitutability.NONE),
        segment("视觉", 1, order=4),
        segment("本体", 3, order=5),
    ),
    firms=(
        firm("传动", revenue=100 * MILLION),
        firm("精密", revenue=40 * MILLION),
        firm("重工"),
        firm("智造"),
        firm("湖州齿轮", Ring.DELTA),
        firm("光电"),
        firm("装备"),
    ),
    links=(
        link("传动", "减速器", capacity_share=0.75),
        link("传动", "减速器", source="协会名录", rank=2, capacity_share=0.6),
        link("精密", "减速器", capacity_share=0.25),
        link("湖州齿轮", "减速器"),
        link("重工", "本体"),
        link("智造", "本体"),
        link("光电", "视觉", LinkState.UNCERTAIN, grade=Grade.WEAK),
    ),
    makers=(
        MakerFact("传动", "减速器", ("RV减速器",), ("企业填报",), share=0.3),
        MakerFact("精密", "减速器", ("RV减速器",), ("企业填报",), share=0.5),
    ),
    purchases=(
        PurchaseFact("重工", "RV减速器", "减速器", 60 * MILLION, 0.5, 0.3),
        PurchaseFact("智造", "RV减速器", "减速器", 20 * MILLION, 0.0),
    ),
    supplies=(
        SupplyFact("传动", "重工", "减速器"),
        SupplyFact("传动", "智造", "减速器"),
        SupplyFact("精密", "智造", "减速器", True),
    ),
    feeds=(
        FeedFact("轴承钢", "减速器", True),
        FeedFact("减速器", "本体", True),
        FeedFact("力传感器", "本体", False, "感知"),
        FeedFact("视觉", "本体", False, "感知"),
    ),
    searches=(
        SearchFact("轴承钢", "工信局", ("企业库", "海关", "协会名录"), 0, date(2026, 11, 2)),
        SearchFact("力传感器", "工信局", ("企业库",), 0, date(2026, 11, 2)),
    ),
    needs=(NeedFact("N-1", "减速器二供", "减速器", "装备", 20 * MILLION),),
)

_SHARES = st.none() | st.integers(0, 10).map(lambda tenths: tenths / 10)
_AMOUNTS = st.none() | st.integers(0, 5).map(lambda tens: tens * 10 * MILLION)
_DAYS = st.none() | st.integers(0, 800).map(lambda days: TODAY - timedelta(days=days))
_CHAINS = ("甲链", "乙链")


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Up to six segments in up to two chains with circles, roll-ups, several sources and unknown values."""
    ids = [f"k{number}" for number in range(draw(st.integers(1, 6)))]
    names = [f"f{number}" for number in range(draw(st.integers(0, 5)))]
    one = st.sampled_from(ids)
    who = st.sampled_from(names) if names else st.nothing()
    segments = [
        segment(
            id_,
            draw(st.integers(1, 3)),
            chains=tuple(draw(st.lists(st.sampled_from(_CHAINS), unique=True, max_size=2))),
            substitutability=draw(st.sampled_from(Substitutability)),
            parents=tuple(draw(st.lists(one, max_size=1))),
        )
        for id_ in ids
    ]
    ends = draw(st.lists(st.tuples(one, one), max_size=10, unique=True))
    groups = [draw(st.sampled_from(["", "", "g", "h"])) for _ in ends]
    firms = [
        firm(
            name,
            draw(st.none() | st.sampled_from(Ring)),
            status=draw(st.none() | st.sampled_from(FirmStatus)),
            revenue=draw(_AMOUNTS),
        )
        for name in names
    ]
    links = st.builds(
        LinkFact,
        firm=who,
        segment=one,
        state=st.sampled_from(LinkState),
        source=st.sampled_from(["a", "b", "c"]),
        rank=st.integers(1, 3),
        observed_on=_DAYS,
        capacity_share=_SHARES,
    )
    makers = st.builds(
        MakerFact,
        firm=who,
        segment=one,
        products=st.just(("p",)),
        sources=st.just(("a",)),
        share=_SHARES,
        observed_on=_DAYS,
    )
    purchases = st.builds(
        PurchaseFact,
        buyer=who,
        product=st.just("p"),
        segment=one,
        amount=_AMOUNTS,
        import_share=_SHARES,
        single_country_share=_SHARES,
    )
    searches = st.builds(
        SearchFact,
        segment=one,
        by=st.just("工信局"),
        sources=st.lists(st.sampled_from("abcd"), max_size=4).map(tuple),
        found=st.integers(0, 1),
        on=st.integers(-10, 800).map(lambda days: TODAY - timedelta(days=days)),
    )
    chains = tuple(
        ChainFact(c, c, leaders=tuple(draw(st.lists(who, max_size=2, unique=True)) if names else ())) for c in _CHAINS
    )
    return Facts(
        chains=chains,
        segments=tuple(segments),
        firms=tuple(firms),
        links=tuple(draw(st.lists(links, max_size=10))) if names else (),
        makers=tuple(draw(st.lists(makers, max_size=4, unique_by=lambda m: (m.firm, m.segment)))) if names else (),
        purchases=tuple(draw(st.lists(purchases, max_size=5))) if names else (),
        supplies=tuple(draw(st.lists(st.builds(SupplyFact, who, who, one, st.none() | st.booleans()), max_size=6)))
        if names
        else (),
        feeds=tuple(FeedFact(a, b, not g, g or None) for (a, b), g in zip(ends, groups, strict=True)),
        searches=tuple(draw(st.lists(searches, max_size=4))),
        needs=tuple(draw(st.lists(st.builds(NeedFact, st.just("n"), st.just("n"), one), max_size=2))),
        achievements=tuple(draw(st.lists(st.builds(AchievementFact, st.just("r"), st.just("r"), one), max_size=1))),
    )
