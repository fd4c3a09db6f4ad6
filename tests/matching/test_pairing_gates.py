from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.district import WUJIN as HOME
from graph.model import FirmStatus, PairSide
from matching.pairing.context import Context, Partner
from matching.pairing.gates import GATES, Gate, Outcome, Verdict, judge
from matching.pairing.gates.certificate import certificate, plain_name
from matching.pairing.gates.delivery import delivery
from matching.pairing.gates.envelope import envelope
from matching.pairing.gates.existing_partner import existing_partner
from matching.pairing.gates.firm_state import firm_state
from matching.pairing.gates.listing_state import listing_state
from matching.pairing.gates.process import process
from matching.pairing.gates.quantity import quantity
from matching.pairing.gates.ring import ring
from matching.pairing.gates.same_group import same_group
from matching.pairing.listings import Party
from matching.pairing.reach import Places, Reach
from matching.rings import Ring
from tests.matching.pairing_cases import BUYER, certificates, limit, offered, pair, supplier, wanted

PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN


def outcomes(verdicts: tuple[Verdict, ...]) -> list[Outcome]:
    return [verdict.outcome for verdict in verdicts]


@pytest.mark.parametrize(
    ("asked", "given", "kind", "outcome"),
    [
        ("背隙≤1角分", "背隙≤3角分", "Offer", FAIL),
        ("背隙≤1角分", "背隙≤0.5角分", "Offer", PASS),
        ("背隙≤1角分", "背隙≤1角分", "Offer", PASS),
        ("背隙≤1′", "背隙≤30角秒", "Offer", PASS),
        ("背隙≤1角分", "背隙≤3角分", "Capability", FAIL),
        ("背隙≤1角分", "背隙=0.8角分", "Offer", PASS),
        ("背隙≤1角分", "背隙=2角分", "Offer", FAIL),
        ("背隙≤1角分", "背隙0.5~3角分", "Offer", PASS),
        ("背隙≤1角分", "背隙2~3角分", "Offer", FAIL),
        ("背隙≤1角分", "背隙≥0.5角分", "Offer", UNKNOWN),
        ("背隙≤1角分", "背隙≥2角分", "Offer", FAIL),
        ("扭矩≥100N·m", "扭矩≥120N·m", "Offer", PASS),
        ("扭矩≥100N·m", "扭矩≥80N·m", "Offer", FAIL),
        ("扭矩≥100N·m", "扭矩≤150N·m", "Offer", UNKNOWN),
        ("外径=200mm", "外径60~300mm", "Offer", PASS),
        ("外径=200mm", "外径60~300mm", "Capability", PASS),
        ("外径=200mm", "外径6~30cm", "Capability", PASS),
        ("外径=400mm", "外径60~300mm", "Capability", FAIL),
        ("外径=200mm", "外径≤300mm", "Capability", PASS),
        ("外径≤500mm", "外径≤800mm", "Capability", PASS),
        ("外径≤500mm", "外径≤400mm", "Capability", FAIL),
        ("外径≤500mm", "外径60~300mm", "Capability", FAIL),
        ("外径≤500mm", "外径60~600mm", "Capability", PASS),
        ("粗糙度≤1.6μm", "粗糙度≤0.8μm", "Capability", PASS),
        ("粗糙度≤0.4μm", "粗糙度≤0.8μm", "Capability", FAIL),
        ("重量≤5kg", "重量≤8kg", "Offer", FAIL),
        ("重量≤5t", "重量≤8000kg", "Capability", PASS),
        ("电压3~3.6V", "电压3.2~3.4V", "Offer", PASS),
        ("电压3~3.6V", "电压3.4~4V", "Offer", UNKNOWN),
        ("外径100~400mm", "外径60~300mm", "Capability", FAIL),
        ("外径100~200mm", "外径60~300mm", "Capability", PASS),
        ("外径100~200mm", "外径300~400mm", "Capability", FAIL),
        ("背隙≤1角分", "背隙≤0.5mm", "Offer", UNKNOWN),
        ("背隙≤1角分", "扭矩≥100N·m", "Offer", UNKNOWN),
    ],
)
def test_envelope(asked: str, given: str, kind: str, outcome: Outcome) -> None:
    verdicts = envelope(pair(wanted(limits=(limit(asked),)), offered(kind=kind, limits=(limit(given),))))
    assert outcomes(verdicts) == [outcome]


def test_each_limit_has_a_verdict_of_its_own() -> None:
    need = wanted(limits=(limit("背隙≤1角分"), limit("扭矩≥100N·m")), unread_limits=("表面无划痕",))
    offer = offered(limits=(limit("背隙≤3角分"), limit("扭矩≥120N·m")))
    verdicts = envelope(pair(need, offer))
    assert outcomes(verdicts) == [FAIL, PASS, UNKNOWN]
    assert str(verdicts[0].gap) == "若能达到 背隙≤1角分"
    assert str(verdicts[2].ask) == "请问能否满足“表面无划痕”？"
    assert outcomes(envelope(pair(need, replace(offer, unread_limits=("表面无划痕",)))))[2] is PASS


def test_the_weakest_of_several_statements_on_one_quantity_counts() -> None:
    offer = offered(limits=(limit("背隙≤0.5角分"), limit("背隙≤3角分")))
    assert outcomes(envelope(pair(wanted(limits=(limit("背隙≤1角分"),)), offer))) == [FAIL]


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [
        (None, "磨齿", []),
        ("磨齿", None, [UNKNOWN]),
        ("磨齿", "滚齿、磨齿", [PASS]),
        ("渗碳淬火", "热处理，渗碳淬火", [PASS]),
        ("磨齿", "齿轮磨削", [UNKNOWN]),
        ("磨齿", "热处理", [FAIL]),
        ("磨齿、热处理", "磨齿", [PASS, FAIL]),
    ],
)
def test_process(asked: str | None, given: str | None, expected: list[Outcome]) -> None:
    assert outcomes(process(pair(wanted(process=asked), offered(process=given)))) == expected


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [
        ((None, None), (100.0, "台"), []),
        ((800.0, "台"), (None, None), [UNKNOWN]),
        ((800.0, "台"), (1200.0, "台"), [PASS]),
        ((800.0, "台"), (800.0, "台/月"), [PASS]),
        ((800.0, "台"), (500.0, "台"), [FAIL]),
        ((800.0, "台"), (500.0, "吨"), [UNKNOWN]),
        ((800.0, "台"), (500.0, None), [UNKNOWN]),
        ((2.0, "吨"), (1999.0, "kg"), [FAIL]),
        ((2.0, "吨"), (2000.0, "公斤"), [PASS]),
        ((5000.0, "件"), (1.0, "万件"), [PASS]),
    ],
)
def test_quantity(asked: tuple[Any, Any], given: tuple[Any, Any], expected: list[Outcome]) -> None:
    need, offer = wanted(quantity=asked[0], unit=asked[1]), offered(quantity=given[0], unit=given[1])
    assert outcomes(quantity(pair(need, offer))) == expected


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [(None, 10, []), (30, None, [UNKNOWN]), (30, 30, [PASS]), (30, 31, [FAIL]), (0, 0, [PASS])],
)
def test_delivery(asked: int | None, given: int | None, expected: list[Outcome]) -> None:
    assert outcomes(delivery(pair(wanted(lead_time_days=asked), offered(lead_time_days=given)))) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), [UNKNOWN]),
        (("ISO 9001",), [FAIL]),
        (("IATF 16949",), [UNKNOWN]),
        (("IATF16949:2016 至 2027-03-31",), [PASS]),
        (("IATF 16949 至 2026-12-01",), [PASS]),
        (("IATF 16949 至 2026-11-30",), [FAIL]),
        (("IATF 16949 至 2025-01-01", "IATF 16949认证 至 2028-01-01"), [PASS]),
        (("IATF 16949 至 2025-01-01", "IATF 16949"), [UNKNOWN]),
    ],
)
def test_certificate(given: tuple[str, ...], expected: list[Outcome]) -> None:
    need, offer = wanted(certificates=certificates("IATF 16949")), offered(certificates=certificates(*given))
    assert outcomes(certificate(pair(need, offer))) == expected


def test_certificates_of_one_name_are_one_however_written() -> None:
    assert len({plain_name(name) for name in ("ISO 9001:2015 质量管理体系认证", "iso9001", "ＩＳＯ9001证书")}) == 1
    assert plain_name("ISO 9001") != plain_name("ISO 90011")


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        ("open", None, PASS),
        ("open", date(2026, 12, 1), PASS),
        ("open", date(2026, 11, 30), FAIL),
        ("closed", None, FAIL),
        (None, None, UNKNOWN),
        (None, date(2026, 11, 30), FAIL),
    ],
)
def test_listing_state(state: str | None, until: date | None, expected: Outcome) -> None:
    assert outcomes(listing_state(pair(offer=offered(state=state, expires_on=until)))) == [expected]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("active", PASS), ("moving", UNKNOWN), ("abnormal", FAIL), ("closed", FAIL), (None, UNKNOWN)],
)
def test_firm_state(status: str | None, expected: Outcome) -> None:
    assert outcomes(firm_state(pair(offer=offered(party=supplier(status=status))))) == [expected]


def test_firm_state_knows_every_status_and_asks_institutes_nothing() -> None:
    for status in FirmStatus:
        assert firm_state(pair(offer=offered(party=supplier(status=str(status)))))
    assert firm_state(pair(offer=offered(party=supplier(kind="Institute", status=None)))) == ()
    assert outcomes(firm_state(pair(offer=offered(party=None)))) == [UNKNOWN]


@pytest.mark.parametrize(
    ("buyer", "seller", "expected"),
    [
        (None, supplier(), []),
        (BUYER, None, []),
        (BUYER, BUYER, [FAIL]),
        (replace(BUYER, group="甲集团"), supplier(group="甲集团"), [FAIL]),
        (replace(BUYER, group="甲集团"), supplier(group="乙集团"), [PASS]),
        (BUYER, supplier(), [PASS]),
    ],
)
def test_same_group(buyer: Party | None, seller: Party | None, expected: list[Outcome]) -> None:
    assert outcomes(same_group(pair(wanted(party=buyer), offered(party=seller)))) == expected


@pytest.mark.parametrize(
    ("products", "second_source", "expected", "curable"),
    [
        (None, None, PASS, False),
        (("减速器",), None, FAIL, False),
        (("减速器",), True, FAIL, False),
        (("轴承", "电机"), None, PASS, False),
        (("减速器壳体",), None, PASS, False),
        ((), None, FAIL, True),
    ],
)
def test_existing_partner(
    products: tuple[str, ...] | None, second_source: bool | None, expected: Outcome, curable: bool
) -> None:
    firm = supplier()
    partners = {} if products is None else {firm.id: Partner(firm.id, firm.name, None, products)}
    need = wanted("减速器", second_source=second_source)
    (verdict,) = existing_partner(pair(need, offered(party=firm), context=Context(partners=partners)))
    assert verdict.outcome is expected
    assert (verdict.gap is not None) is curable


def test_a_second_source_is_independent_of_the_first() -> None:
    first = Partner("enterprise-9", "现供方", "甲集团", ("减速器",))
    offer = offered(party=supplier(group="甲集团"))
    context = Context(partners={first.id: first})
    assert outcomes(existing_partner(pair(wanted(second_source=True), offer, context=context))) == [FAIL]
    assert outcomes(existing_partner(pair(wanted(), offer, context=context))) == [PASS]


FULL = wanted(
    process="磨齿",
    limits=(limit("背隙≤1角分"),),
    unread_limits=("表面无划痕",),
    certificates=certificates("IATF 16949"),
    quantity=800.0,
    unit="台",
    lead_time_days=30,
)


WUJIN, CHANGZHOU, HUZHOU, SHENZHEN = ("320412", "武进区"), ("3204", "常州市"), ("3305", "湖州市"), ("4403", "深圳市")


@pytest.mark.parametrize(
    ("places", "asked", "outcome", "detail", "cure"),
    [
        ((("320412105", "湖塘镇"),), Ring.DISTRICT, PASS, "在湖塘镇，属本区", None),
        ((WUJIN,), Ring.CITY, PASS, "在武进区，属本区", None),
        ((HUZHOU,), Ring.CITY, FAIL, "在湖州市，不在本市", "若圈层放宽到长三角"),
        ((SHENZHEN,), Ring.DELTA, FAIL, "在深圳市，不在长三角", "若圈层放宽到国内"),
        ((SHENZHEN, HUZHOU), Ring.DISTRICT, FAIL, "在湖州市，不在本区", "若圈层放宽到长三角"),
        ((SHENZHEN, WUJIN), Ring.DISTRICT, PASS, "在武进区，属本区", None),
        ((CHANGZHOU,), Ring.DISTRICT, UNKNOWN, "只知在常州市，是否在本区未知", "请问在常州市的哪个区、镇？"),
        ((CHANGZHOU,), Ring.CITY, PASS, "在常州市，属本市", None),
        ((), Ring.NATIONAL, UNKNOWN, "所在地未知（要求：国内）", "请问单位在哪个市、区？"),
        ((("unknown", "某地"),), Ring.NATIONAL, UNKNOWN, "所在地未知（要求：国内）", "请问单位在哪个市、区？"),
    ],
)
def test_ring(places: Places, asked: Ring, outcome: Outcome, detail: str, cure: str | None) -> None:
    offer = offered()
    assert offer.party
    (verdict,) = ring(pair(wanted(), offer, reach=Reach(asked, HOME, {offer.party.id: places})))
    assert verdict.outcome is outcome
    assert str(verdict.detail) == detail
    said = verdict.gap or verdict.ask
    assert (str(said) if said else None) == cure
    assert ring(pair(wanted(), offer)) == (), "no ring is asked for"


def test_where_an_offer_asks_the_ring_is_the_buyers() -> None:
    reach = Reach(Ring.CITY, HOME, {BUYER.id: (HUZHOU,), supplier().id: (WUJIN,)})
    assert outcomes(ring(pair(reach=reach))) == [PASS]
    assert outcomes(ring(pair(reach=reach, asks=PairSide.SELLER))) == [FAIL]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
def test_every_gate(gate: Gate) -> None:
    assert (gate.__doc__ or "").strip()
    empty = offered(state=None, party=supplier(status=None))
    for one in (pair(FULL, empty), pair(), pair(FULL, offered(party=None)), pair(wanted(party=None))):
        verdicts = gate(one)
        assert verdicts == gate(one)
        for verdict in verdicts:
            assert verdict.gate == gate.__name__
            assert str(verdict.detail)
            assert (verdict.ask is not None) is (verdict.outcome is UNKNOWN)
            assert verdict.gap is None or verdict.outcome is FAIL


def test_what_an_offer_does_not_state_is_asked_and_never_fails() -> None:
    verdicts = judge(pair(FULL, offered(state=None, party=supplier(status=None))))
    assert FAIL not in outcomes(verdicts)
    asked = {verdict.gate for verdict in verdicts if verdict.outcome is UNKNOWN}
    assert asked == {"listing_state", "firm_state", "process", "envelope", "quantity", "delivery", "certificate"}
