"""The sample says that it is made up, keeps its stories, and is the same every time."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from stdnum.cn import uscc

from graph import model
from graph.model import Enterprise, FirmStatus, LinkState
from graph.values import Certificate, Limit
from loaders.catalog.files import read_chains
from loaders.provenance import Drop, Fact, Row
from loaders.workbook import read, records, source_for
from loaders.workbook.sample import write_sample
from loaders.workbook.sample.catalogue import catalogue_from, read_catalogue
from loaders.workbook.sample.codes import FICTITIOUS
from loaders.workbook.sample.compose import compose
from loaders.workbook.sample.flaws import CLEANED, MERGED, RETURNED
from loaders.workbook.sample.outsiders import FORCE_MAKER, SISTER
from loaders.workbook.sample.pairs import SISTERS, TRAPS, TWINS
from loaders.workbook.sample.stories import DRIVE, ENCODER, FINE, FORCE, GEAR, HEAVY, PLANETARY, RING, RV, SMART, STRAIN
from loaders.workbook.sample.tables import MADE_ON

Loaded = list[Row | Drop]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "样例工作簿.xlsx"
    write_sample(path)
    return path


@pytest.fixture(scope="module")
def rows(path: Path) -> Loaded:
    return list(records(read(path)))


@pytest.fixture(scope="module")
def facts(rows: Loaded) -> list[Fact]:
    return [fact for row in rows if isinstance(row, Row) for fact in row.facts]


def firm(facts: list[Fact], name: str) -> str:
    return next(fact.id for fact in facts if isinstance(fact, Enterprise) and fact.name == name)


def listing(facts: list[Fact], number: str) -> model.Listing:
    return next(fact for fact in facts if isinstance(fact, model.Listing) and fact.number == number)


def poster(facts: list[Fact], number: str) -> str:
    key = listing(facts, number).id
    return next(fact.start for fact in facts if isinstance(fact, model.Posts) and fact.end == key)


def confirmed(facts: list[Fact], segment: str) -> set[str]:
    links = (fact for fact in facts if isinstance(fact, model.LinkedTo) and fact.end == segment)
    return {link.start for link in links if link.state is LinkState.CONFIRMED}


def searches(facts: list[Fact], segment: str) -> Iterator[model.Searched]:
    return (fact for fact in facts if isinstance(fact, model.Searched) and fact.end == segment)


def test_it_says_that_it_is_made_up(path: Path, facts: list[Fact]) -> None:
    assert source_for(path).sample
    assert source_for(path).observed_on == MADE_ON.date()
    for page in openpyxl.load_workbook(path, read_only=True).worksheets:
        assert next(page.iter_rows(max_row=1, values_only=True))[0] == "样例数据，均为虚构"
    nodes = [fact for fact in facts if isinstance(fact, model.Node) and not isinstance(fact, model.Product)]
    assert all(node.sample for node in nodes)


def test_names_and_codes_are_invented(facts: list[Fact]) -> None:
    firms = [fact for fact in facts if isinstance(fact, Enterprise)]
    assert all(re.fullmatch(r"示例.+(有限公司|有限公司）|（常州）)", each.name) for each in firms)
    codes = {each.id: each.uscc for each in firms if each.uscc}
    assert all(code.startswith(FICTITIOUS) and uscc.is_valid(code) for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    assert all(f.name.startswith("示例") for f in facts if isinstance(f, model.Organisation))


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (Enterprise, 190, 260),
        (model.Need, 150, 150),
        (model.Offer, 250, 255),
        (model.Capability, 80, 80),
        (model.Solution, 25, 25),
        (model.Achievement, 40, 40),
        (model.Institute, 10, 25),
        (model.Financier, 5, 15),
        (model.Association, 5, 15),
        (model.GovernmentBody, 5, 10),
        (model.Buys, 200, 500),
        (model.SuppliesTo, 100, 400),
        (model.LinkedTo, 350, 700),
        (model.Searched, 180, 300),
        (model.Leads, 19, 30),
        (model.Signal, 12, 20),
    ],
)
def test_counts(facts: list[Fact], kind: type[Fact], least: int, most: int) -> None:
    said = {
        fact.id if isinstance(fact, model.Node) else (fact.start, fact.end) for fact in facts if isinstance(fact, kind)
    }
    assert least <= len(said) <= most


def test_every_chain_has_firms_leaders_and_searches(facts: list[Fact]) -> None:
    links = Counter(fact.end.split(".")[0] for fact in facts if isinstance(fact, model.LinkedTo))
    leads = Counter(fact.end for fact in facts if isinstance(fact, model.Leads))
    for chain in read_chains():
        assert links[chain.id] >= 10
        assert leads[chain.id] >= (1 if chain.tier == "future" else 2)


def test_most_firms_sit_in_the_district_and_some_in_the_ring(facts: list[Fact]) -> None:
    places = {
        fact.start: fact.end for fact in facts if isinstance(fact, model.In) and fact.start.startswith("enterprise-")
    }
    outside = [place for place in places.values() if not place.startswith("place-320412")]
    assert 20 <= len(outside) <= 30
    assert places[firm(facts, RING)] == "place-3305"
    assert len({place for place in places.values() if place.startswith("place-320412")}) >= 15


def test_flawed_rows_come_back_with_cell_and_cure(rows: Loaded) -> None:
    drops = [row for row in rows if isinstance(row, Drop)]
    assert len(drops) == RETURNED
    for drop in drops:
        sheet = drop.where.split("!")[0]
        assert re.match(rf"样例工作簿\.xlsx {sheet}![A-Z]+\d+：.+。请", str(drop.reason))
    reasons = "\n".join(str(drop.reason) for drop in drops)
    for words in (
        "缺少“名称”",
        "九维力传感器",
        "是公式",
        "2026-13-45",
        "应该有吧",
        "示例不存在镇",
        "示例未登记",
        "内容不同",
    ):
        assert words in reasons


def test_flawed_cells_are_left_out(rows: Loaded) -> None:
    cleaned = [str(message) for row in rows if isinstance(row, Row) for message in row.cleaned]
    assert len(cleaned) == CLEANED
    assert any("“3.7”不是 0 到 1 之间的占比" in message for message in cleaned)


def test_repeated_rows_say_what_was_said(rows: Loaded) -> None:
    said = Counter(repr(row.facts) for row in rows if isinstance(row, Row))
    assert sum(count - 1 for count in said.values()) == MERGED


def test_need_n_017_and_its_offers(facts: list[Fact]) -> None:
    need = listing(facts, "N-017")
    assert isinstance(need, model.Need)
    assert poster(facts, "N-017") == firm(facts, HEAVY)
    assert (need.name, need.quantity) == ("高精度行星减速器，背隙≤1角分，月800台", 800)
    backlash = {}
    for name, number in ((DRIVE, "O-011"), (FINE, "O-012"), (GEAR, "O-013")):
        offer = listing(facts, number)
        assert isinstance(offer, model.Offer)
        assert poster(facts, number) == firm(facts, name)
        assert offer.quantity is not None
        assert offer.quantity >= 800
        (limit,) = map(Limit.parse, offer.limits)
        assert limit is not None
        backlash[name] = limit.high
        (held,) = map(Certificate.parse, offer.certificates)
        assert held.until is not None
        assert held.until > MADE_ON.date()
    assert backlash == {DRIVE: 1, FINE: 1, GEAR: 3}
    drive = listing(facts, "O-011")
    assert isinstance(drive, model.Offer)
    assert drive.certificates == ["IATF 16949 至 2027-03-31"]
    assert (drive.quantity, drive.lead_time_days) == (1200, None)


def test_rv_reducer_hangs_on_one_firm(facts: list[Fact]) -> None:
    assert confirmed(facts, RV) == {firm(facts, DRIVE), firm(facts, RING)}
    buyers = {fact.end for fact in facts if isinstance(fact, model.SuppliesTo) and fact.start == firm(facts, DRIVE)}
    leaders = {fact.start for fact in facts if isinstance(fact, model.Leads) and fact.end == "robotics"}
    assert leaders == {firm(facts, HEAVY), firm(facts, SMART)}
    assert leaders <= buyers


def test_force_sensor_is_missing_and_wanted(facts: list[Fact]) -> None:
    assert confirmed(facts, FORCE) == set()
    found = max(searches(facts, FORCE), key=lambda search: search.searched_on)
    assert (found.found, found.searched_on, len(found.sources)) == (0, date(2026, 11, 2), 3)
    product = model.Product(name="六维力传感器").id
    bought = [fact for fact in facts if isinstance(fact, model.Buys) and fact.end == product]
    assert {fact.start for fact in bought} == {firm(facts, HEAVY), firm(facts, SMART)}
    assert all(fact.import_share is not None and fact.import_share > 0.8 for fact in bought)
    strain = next(fact for fact in facts if isinstance(fact, Enterprise) and fact.name == STRAIN)
    assert strain.profile is not None
    assert "一道工序" in strain.profile


def test_signs_of_expansion_are_dated_and_say_where_they_stand(facts: list[Fact]) -> None:
    signals = {fact.id: fact for fact in facts if isinstance(fact, model.Signal)}
    assert all(fact.happened_on <= MADE_ON.date() and fact.reference and fact.sample for fact in signals.values())
    shown = {fact.end: fact.start for fact in facts if isinstance(fact, model.Shows)}
    assert shown.keys() == signals.keys()
    about = [fact for fact in facts if isinstance(fact, model.Concerns) and fact.end == FORCE]
    assert {shown[fact.start] for fact in about} == {firm(facts, FORCE_MAKER)}
    supplied = {
        fact.end for fact in facts if isinstance(fact, model.SuppliesTo) and fact.start == shown[about[0].start]
    }
    assert supplied == {firm(facts, HEAVY), firm(facts, SMART)}


def test_encoder_was_searched_in_one_source(facts: list[Fact]) -> None:
    assert confirmed(facts, ENCODER) == set()
    assert [len(search.sources) for search in searches(facts, ENCODER)] == [1]
    waiting = [fact for fact in facts if isinstance(fact, model.LinkedTo) and fact.end == ENCODER]
    assert [link.state for link in waiting] == [LinkState.UNCERTAIN] * 3


def test_planetary_reducer_has_the_three_of_the_story(facts: list[Fact]) -> None:
    assert confirmed(facts, PLANETARY) == {firm(facts, name) for name in (DRIVE, FINE, GEAR)}


def test_some_missing_links_can_be_proved_and_some_not(facts: list[Fact]) -> None:
    proved = unproved = 0
    for segment in read_catalogue().segments:
        if confirmed(facts, segment.id):
            continue
        sources = [len(search.sources) for search in searches(facts, segment.id) if search.found == 0]
        proved += bool(sources) and max(sources) >= 3
        unproved += not sources or max(sources) < 3
    assert proved >= 20
    assert unproved >= 15


def test_traps_have_a_need_a_look_alike_and_a_right_offer(facts: list[Fact]) -> None:
    titles = {fact.name for fact in facts if isinstance(fact, (model.Need, model.Offer))}
    assert all({trap.need.title, trap.wrong.title, trap.right.title} <= titles for trap in TRAPS)
    assert len(TRAPS) >= 8


def test_what_must_not_be_proposed(facts: list[Fact]) -> None:
    held = [fact for fact in facts if isinstance(fact, model.ControlledBy)]
    assert {fact.start for fact in held} == {firm(facts, name) for name in (*SISTERS, SISTER)}
    assert len({fact.end for fact in held}) == 1
    today = MADE_ON.date()
    offers = [fact for fact in facts if isinstance(fact, model.Offer)]
    untils = [Certificate.parse(text).until for offer in offers for text in offer.certificates]
    assert any(until and until < today for until in untils)
    assert any(offer.expires_on and offer.expires_on < today for offer in offers)
    assert any(offer.state == "closed" for offer in offers)
    states = Counter(fact.status for fact in facts if isinstance(fact, Enterprise))
    assert states[FirmStatus.CLOSED]
    assert states[FirmStatus.ABNORMAL]
    assert states[FirmStatus.MOVING]


def test_twins_share_a_plant_and_one_has_no_code(facts: list[Fact]) -> None:
    firms = {fact.name: fact for fact in facts if isinstance(fact, Enterprise)}
    address = {fact.id: fact.address for fact in facts if isinstance(fact, model.Site)}
    plant = {fact.start: address[fact.end] for fact in facts if isinstance(fact, model.HasSite)}
    for one, other in TWINS:
        assert firms[one].uscc
        assert firms[other].uscc is None
        assert firms[one].id != firms[other].id
        assert plant[firms[one].id] == plant[firms[other].id]


def test_dates_are_plausible(facts: list[Fact]) -> None:
    checked = [fact.checked_on for fact in facts if isinstance(fact, model.LinkedTo) and fact.checked_on]
    assert all(date(2025, 1, 1) <= day <= MADE_ON.date() for day in checked)
    assert any(day < date(2025, 11, 1) for day in checked)
    posted = [fact.posted_on for fact in facts if isinstance(fact, model.Listing) and fact.posted_on]
    assert all(day <= MADE_ON.date() for day in posted)


def test_limits_can_be_compared(facts: list[Fact]) -> None:
    assert all(Limit.parse(text) for fact in facts if isinstance(fact, model.Listing) for text in fact.limits)


def test_same_seed_same_content_other_seed_other_firms(path: Path, tmp_path: Path) -> None:
    again = tmp_path / path.name
    write_sample(again)
    assert again.read_bytes() == path.read_bytes()
    catalogue = read_catalogue()
    assert compose(catalogue, 35).rows == compose(catalogue, 35).rows
    assert compose(catalogue, 36).rows != compose(catalogue, 35).rows


@pytest.mark.parametrize("seed", random.Random(1).sample(range(10_000), 3))
def test_stories_hold_for_any_seed(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "样例.xlsx"
    write_sample(path, seed)
    rows = list(records(read(path)))
    assert sum(isinstance(row, Drop) for row in rows) == RETURNED
    facts = [fact for row in rows if isinstance(row, Row) for fact in row.facts]
    assert confirmed(facts, RV) == {firm(facts, DRIVE), firm(facts, RING)}
    assert confirmed(facts, FORCE) == set()


def test_needs_of_chains_follow_the_catalog(facts: list[Fact]) -> None:
    known = {segment.id for segment in catalogue_from(read_chains()).segments}
    linked = {fact.end for fact in facts if isinstance(fact, (model.LinkedTo, model.Searched))}
    assert linked <= known


def test_command_line(tmp_path: Path) -> None:
    out = tmp_path / "样例.xlsx"
    subprocess.run([sys.executable, "-m", "loaders.workbook.sample", str(out)], check=True, timeout=120)
    assert read(out).sample
