"""Hard cases written from the domain: look-alike names, material or product, wrong envelope, expired certificate …

``hard_pairs.csv`` says of each pair what is right and why: ``yes`` is proposed, ``near`` misses by one thing that can
be cured, ``no`` is neither. What goes wrong is named in ``KNOWN``: a new mistake is seen, and a cured one as well.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from api.pairing import SHIPPED
from loaders.catalog.files import read_chains
from matching.learning import encoder
from matching.pairing.context import Context, Partner
from matching.pairing.listings import Offered, Wanted
from matching.pairing.market import Market, Segment
from matching.pairing.match import match
from tests.matching.pairing_cases import BUYER, TODAY, certificates, limit, offered, supplier, wanted

Case = dict[str, str]
CASES = list(csv.DictReader((Path(__file__).parent / "hard_pairs.csv").read_text(encoding="utf-8").splitlines()))
KNOWN = {("泵", "隔膜泵")}  # a name of one character names nothing
LEAST, SHARE = 150, 0.95


@cache
def segments() -> tuple[Segment, ...]:
    """The segments of the 35X catalog with their words."""
    return tuple(
        Segment(f"{chain.id}.{one.id}", one.name, (chain.name,), tuple(one.terms), tuple(one.lookalikes))
        for chain in read_chains()
        for one in chain.segments
    )


@cache
def model() -> encoder.Encoder:
    """The model that comes with the package."""
    return encoder.load(SHIPPED)


def _need(case: Case) -> Wanted:
    need = wanted(case["need"], party=replace(BUYER, group="示例集团"))
    if case["need_limit"]:
        need = replace(need, limits=(limit(case["need_limit"]),))
    if case["need_certificate"]:
        need = replace(need, certificates=certificates(case["need_certificate"]))
    if case["need_quantity"]:
        need = replace(need, quantity=float(case["need_quantity"]), unit=case["need_unit"])
    return replace(need, lead_time_days=int(case["need_days"])) if case["need_days"] else need


def _offer(case: Case) -> Offered:
    group = "示例集团" if case["group"] else None
    party = BUYER if case["itself"] else supplier(group=group, status=case["status"] or "active")
    offer = offered(case["offer"], party=party, state=case["state"] or "open")
    if case["offer_limit"]:
        offer = replace(offer, limits=(limit(case["offer_limit"]),))
    if case["offer_certificate"]:
        offer = replace(offer, certificates=certificates(case["offer_certificate"]))
    if case["offer_quantity"]:
        offer = replace(offer, quantity=float(case["offer_quantity"]), unit=case["offer_unit"])
    if case["offer_days"]:
        offer = replace(offer, lead_time_days=int(case["offer_days"]))
    return replace(offer, expires_on=date.fromisoformat(case["expires_on"])) if case["expires_on"] else offer


def _context(case: Case) -> Context:
    if not case["partner"]:
        return Context()
    products = () if case["partner"] == "-" else (case["partner"],)
    party = supplier()
    return Context(partners={party.id: Partner(party.id, party.name, None, products)})


def verdict(case: Case) -> str:
    """What the matcher says of a case."""
    market = Market((_offer(case),), segments(), encoder=model())
    result = match(_need(case), market, _context(case), TODAY)
    return "yes" if result.candidates else "near" if result.near_misses else "no"


@cache
def wrong() -> frozenset[tuple[str, str, str, str]]:
    """Cases the matcher judges otherwise."""
    found = ((case["need"], case["offer"], case["right"], verdict(case)) for case in CASES)
    return frozenset(one for one in found if one[2] != one[3])


def test_there_are_enough_of_every_kind_with_a_reason() -> None:
    kinds = Counter(case["kind"] for case in CASES)
    assert sum(kinds.values()) >= LEAST
    assert set(kinds) == {
        "look-alike", "material-or-product", "competitor", "service-or-thing", "right", "envelope", "certificate",
        "same-group", "partner", "state", "quantity", "delivery",
    }  # fmt: skip
    assert all(case["reason"] for case in CASES)
    assert len({tuple(case.values()) for case in CASES}) == len(CASES)


def test_nineteen_of_twenty_are_right() -> None:
    assert 1 - len(wrong()) / len(CASES) >= SHARE, sorted(wrong())


def test_what_is_judged_wrongly_is_known() -> None:
    assert {(need, offer) for need, offer, _, _ in wrong()} == KNOWN


@pytest.mark.parametrize("kind", sorted({case["kind"] for case in CASES}))
def test_no_kind_is_mostly_wrong(kind: str) -> None:
    cases = [case for case in CASES if case["kind"] == kind]
    mistakes = [case for case in cases if verdict(case) != case["right"]]
    assert len(mistakes) <= max(1, len(cases) // 8), [(case["need"], case["offer"]) for case in mistakes]
