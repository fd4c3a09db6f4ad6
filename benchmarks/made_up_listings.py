"""Listings made up by a seeded rule from the words of the 35X catalog: for measuring, never shown to anybody."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from graph.ids import make_id
from graph.values import Certificate, Limit
from loaders.catalog.files import read_chains
from matching.pairing import Context, Evidence, Offered, Party, Wanted
from matching.pairing.context import Partner, Path, Relation, SharedBuyers
from matching.pairing.market import Segment

TODAY = date(2026, 11, 23)
SEED = 5
PREFIXES = (
    "",
    "",
    "高精度",
    "车规级",
    "小型",
    "大功率",
    "耐高温",
    "轻量化",
    "防爆",
    "低噪声",
    "工业",
    "船用",
    "医用",
    "模块化",
)
SUFFIXES = ("", "", "", "定制", "组件", "总成", "壳体", "用轴承", "检测设备", "专用模具", "现货", "加工服务")
PHRASES = ("批量供货", "支持来图定制", "出口多国", "已通过客户审核", "可提供样件", "本地仓储", "七天打样", "含安装调试")
PROCESSES = ("车削", "磨削", "铣削", "热处理", "压铸", "注塑", "焊接", "电镀")
CERTIFICATES = ("ISO 9001", "IATF 16949", "ISO 14001", "AS9100")
MEASURES = ("外径", "精度", "厚度", "强度")
DRAWN = 30  # materials known of a buyer


@dataclass(frozen=True)
class MadeUp:
    """What was drawn: needs with the graph around each, offers, and the segments of the catalog."""

    needs: tuple[tuple[Wanted, Context], ...]
    offers: tuple[Offered, ...]
    segments: tuple[Segment, ...]


def make_up(offers: int, needs: int) -> MadeUp:
    """Draw listings; the same numbers give the same ones on every machine."""
    draw = random.Random(SEED)
    segments = tuple(
        Segment(f"{chain.id}.{one.id}", one.name, (chain.name,), tuple(one.terms), tuple(one.lookalikes))
        for chain in read_chains()
        for one in chain.segments
    )
    words = sorted({term for segment in segments for term in segment.terms})
    firms = max(offers // 3, 1)
    given = tuple(_offer(draw, words, number, firms) for number in range(offers))
    wanted = tuple(_need(draw, words, number, firms) for number in range(needs))
    return MadeUp(wanted, given, segments)


def _party(number: int) -> Party:
    group = f"示例集团{number % 97}" if number % 11 == 0 else None
    status = ("active", "active", "active", "moving", None, "closed")[number % 6]
    return Party(
        f"enterprise-{number}", f"示例企业{number}", status=status, group=group, customers_known=number % 2 == 0
    )


def _terms(draw: random.Random, words: list[str], *, share: float) -> dict[str, object]:
    """What need and offer state alike; each field with a probability of ``share``."""
    word = draw.choice(words)
    name = draw.choice(PREFIXES) + word + draw.choice(SUFFIXES)
    tags = (word,) if draw.random() < 0.6 else ()
    said: dict[str, object] = {
        "name": name,
        "text": "，".join([name, *draw.sample(PHRASES, 3), f"型号{draw.randrange(10_000)}"]),
        "product_names": tags,
        "product_ids": tuple(make_id("product", tag) for tag in tags),
        "evidence": (Evidence("made-up", TODAY),),
    }
    if draw.random() < share:
        said["process"] = draw.choice(PROCESSES)
    if draw.random() < share:
        low = draw.randrange(1, 50)
        said["limits"] = (Limit(draw.choice(MEASURES), low, low + draw.randrange(100), "mm"),)
    if draw.random() < share:
        until = TODAY + timedelta(days=draw.randrange(-200, 900))
        said["certificates"] = (Certificate(draw.choice(CERTIFICATES), until),)
    if draw.random() < share:
        said |= {"quantity": float(draw.randrange(1, 100) * 100), "unit": draw.choice(("件", "台", "吨"))}
    if draw.random() < share:
        said["lead_time_days"] = draw.randrange(5, 90)
    return said


def _offer(draw: random.Random, words: list[str], number: int, firms: int) -> Offered:
    said = _terms(draw, words, share=0.6)
    state = "closed" if draw.random() < 0.05 else "open"
    return Offered(f"offer-{number:06}", f"O-{number}", party=_party(draw.randrange(firms)), state=state, **said)  # type: ignore[arg-type]


def _need(draw: random.Random, words: list[str], number: int, firms: int) -> tuple[Wanted, Context]:
    need = Wanted(f"need-{number:05}", f"N-{number}", party=_party(firms + number), **_terms(draw, words, share=0.5))  # type: ignore[arg-type]
    made = draw.choice(words)
    inputs = {make_id("product", one): Path(Relation.INPUT, (one, made)) for one in draw.sample(words, DRAWN)}
    related = {make_id("product", one): Path(Relation.WIDER, (one, need.name)) for one in draw.sample(words, 3)}
    some = [f"enterprise-{draw.randrange(firms)}" for _ in range(20)]
    partners = {one: Partner(one, one, None, ("轴承",)) for one in some[:5]}
    shared = {one: SharedBuyers(2, ("示例买家甲", "示例买家乙")) for one in some[5:]}
    return need, Context(related, inputs, partners=partners, shared_buyers=shared, other_buyers=4, made=(made,))
