"""Links proposed from a real graph, decided by people, remembered, taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api import linking
from api.i18n import asked, retold, use
from graph.errors import NobodyNamed, NotFound
from graph.messages import Told, told
from graph.model import (
    Chain,
    Enterprise,
    Grade,
    LinkedTo,
    LinkState,
    Makes,
    Need,
    Offer,
    PartOf,
    Posts,
    Product,
    Segment,
    Stream,
    Tier,
)
from graph.store import Store
from loaders.links import DECISIONS, PROPOSALS
from loaders.provenance import Fact
from matching.gaps import fetch, tuning
from matching.gaps.view import View
from matching.linking import Proposal
from matching.linking.decisions import ASK_AGAIN, load_decisions
from matching.linking.standing import ASK_CHECK_OLD, BY_RANK, Standing, load_standings
from matching.linking.verification import for_links
from tests.graphs import source, write

TODAY = date(2026, 11, 23)
DRIVE, GEAR = Enterprise(name="示例传动有限公司", uscc="91320412MA1MC5NY5W"), Enterprise(name="示例齿轮有限公司")
RV = Segment(
    id="robotics.rv", name="RV减速器", stream=Stream.UPSTREAM, importance=3, substitutability="certified",
    terms=["RV减速器"], lookalikes=["NRV减速机"], basis="测试",
)  # fmt: skip
MADE = Product(name="RV减速器")


def facts(*more: Fact) -> list[Fact]:
    return [DRIVE, GEAR, RV, MADE, *more]


def reported(share: float = 0.6) -> Makes:
    return Makes(start=DRIVE.id, end=MADE.id, share=share)


def proposed(store: Store, **how: object) -> dict[str, Proposal]:
    return {one.firm: one for one in linking.propose(store, TODAY, **how).proposals}  # type: ignore[arg-type]


def standing(store: Store, today: date = TODAY) -> Standing:
    found = linking.standing_of(store, DRIVE.id, RV.id, today)
    assert found is not None
    return found


def decide(store: Store, state: LinkState, reason: str = "现场核查", minute: int = 0) -> None:
    at = datetime(2026, 11, 20, 9, minute, tzinfo=UTC)
    linking.decide(store, DRIVE.name, "RV减速器", state, by="张三", reason=reason, today=TODAY, at=at)


def test_a_proposal_is_a_link_with_its_grade_parts_evidence_and_source(store: Store) -> None:
    write(store, *facts(reported()))
    assert proposed(store)[DRIVE.id].state is LinkState.CONFIRMED
    found = standing(store)
    assert found.state is LinkState.CONFIRMED
    (said,) = found.said
    assert (said.source, said.rank, said.grade) == (PROPOSALS, 3, Grade.STRONG)
    assert said.observed_on == date(2026, 11, 1)
    assert said.run.startswith(PROPOSALS)
    assert said.row == "main_product:RV减速器"
    assert "主营产品" in said.evidence
    assert "60" not in said.evidence, "shares of revenue are secrets"
    assert sum(float(part.split()[1]) for part in said.parts) == pytest.approx(said.score)


def test_what_is_no_longer_borne_out_is_taken_back(store: Store) -> None:
    write(store, *facts(reported()))
    proposed(store)
    write(store, *facts())
    assert proposed(store) == {}
    assert linking.standing_of(store, DRIVE.id, RV.id, TODAY) is None


def test_proposing_for_one_firm_leaves_the_others_alone(store: Store) -> None:
    write(store, *facts(reported(), Makes(start=GEAR.id, end=MADE.id)))
    assert set(proposed(store)) == {DRIVE.id, GEAR.id}
    assert set(proposed(store, firms=[DRIVE.id])) == {DRIVE.id}
    assert {one.firm for one in load_standings(store, linking.rules_of(store), TODAY)} == {DRIVE.id, GEAR.id}
    write(store, *facts(Makes(start=GEAR.id, end=MADE.id)))
    proposed(store, firms=[DRIVE.id])
    assert {one.firm for one in load_standings(store, linking.rules_of(store), TODAY)} == {GEAR.id}


def test_looking_only_writes_nothing(store: Store) -> None:
    write(store, *facts(reported()))
    assert set(proposed(store, write=False)) == {DRIVE.id}
    assert linking.standing_of(store, DRIVE.id, RV.id, TODAY) is None


def test_twice_changes_nothing(store: Store) -> None:
    write(store, *facts(reported()))
    first = linking.propose(store, TODAY)
    second = linking.propose(store, TODAY)
    assert first.proposals == second.proposals
    assert second.report is not None
    assert second.report.swept_relationships == 0


def test_a_persons_word_goes_before_a_proposal_and_says_so(store: Store) -> None:
    write(store, *facts(reported()))
    proposed(store)
    decide(store, LinkState.REJECTED, "只做贸易")
    found = standing(store)
    assert found.state is LinkState.REJECTED
    assert found.rule.template == BY_RANK
    assert found.disputed
    assert [one.source for one in found.said] == [DECISIONS, PROPOSALS]
    assert (found.first.decided_by, found.first.reason) == ("张三", "只做贸易")


def test_what_was_rejected_comes_back_only_with_new_evidence(store: Store) -> None:
    write(store, *facts(reported()))
    proposed(store)
    decide(store, LinkState.REJECTED, "只做贸易")
    assert proposed(store) == {}
    assert standing(store).state is LinkState.REJECTED
    offer = Offer(number="O-1", name="RV减速器，背隙≤1角分")
    write(store, *facts(reported(), offer, Posts(start=DRIVE.id, end=offer.id)))
    again = proposed(store)[DRIVE.id]
    assert again.state is LinkState.UNCERTAIN
    assert again.question is not None
    assert again.question.template == ASK_AGAIN
    for word in ("张三", "只做贸易", "发布供给"):
        assert word in str(again.question)
    assert standing(store).state is LinkState.REJECTED


def test_a_decision_can_be_taken_back_and_the_one_before_stands_again(store: Store) -> None:
    write(store, *facts(reported()))
    proposed(store)
    decide(store, LinkState.CONFIRMED, "有产线")
    decide(store, LinkState.REJECTED, "产线已停", minute=5)
    assert standing(store).state is LinkState.REJECTED
    linking.undo(store, DRIVE.name, RV.id, by="李四", today=TODAY)
    assert (standing(store).state, standing(store).first.reason) == (LinkState.CONFIRMED, None)
    assert standing(store).first.evidence == "有产线"
    linking.undo(store, DRIVE.name, RV.id, by="李四", today=TODAY)
    assert [one.source for one in standing(store).said] == [PROPOSALS]
    with pytest.raises(linking.NothingDecided):
        linking.undo(store, DRIVE.name, RV.id, by="李四", today=TODAY)
    kept = load_decisions(store).all
    assert [(one.by, bool(one.undoes)) for one in kept] == [
        ("张三", False),
        ("张三", False),
        ("李四", True),
        ("李四", True),
    ]


def test_what_was_confirmed_twelve_months_ago_is_uncertain_again(store: Store) -> None:
    write(store, *facts())
    decide(store, LinkState.CONFIRMED)
    checked = date(2026, 11, 20)
    assert standing(store, checked + timedelta(days=365)).state is LinkState.CONFIRMED
    old = standing(store, checked + timedelta(days=366))
    assert old.state is LinkState.UNCERTAIN
    assert getattr(old.question, "template", "") == ASK_CHECK_OLD


def test_board_and_links_agree_on_what_has_grown_old(store: Store) -> None:
    chain = Chain(id="robotics", name="机器人", order=1, tier=Tier.OTHER, basis="测试")
    other = Segment(
        id="robotics.body", name="本体", stream=Stream.MIDSTREAM, importance=3, substitutability="certified",
        terms=["本体"], lookalikes=[], basis="测试",
    )  # fmt: skip
    ages = {0: "新", 365: "末日", 366: "过期", 800: "很久"}
    firms = {age: Enterprise(name=f"示例{word}有限公司") for age, word in ages.items()}
    links = [
        LinkedTo(
            start=firm.id, end=place, state=LinkState.CONFIRMED, evidence="走访", checked_on=TODAY - timedelta(days=age)
        )
        for age, firm in firms.items()
        for place in (RV.id, other.id)
    ]
    write(store, RV, other, chain, PartOf(start=other.id, end=chain.id), *firms.values(), *links,
          of=replace(source(), observed_on=date(2020, 1, 1)))  # fmt: skip
    write(store, *firms.values(), *(link.model_copy(update={"checked_on": None}) for link in links),
          of=replace(source("b", rank=3), observed_on=date(2020, 1, 1)))  # fmt: skip
    tuning.change(store, chain.id, {"stale_days": 700}, by="张三", at=datetime(2026, 11, 1, tzinfo=UTC))
    standings = load_standings(store, linking.rules_of(store), TODAY)
    stated = {(one.firm, one.segment): one.state for one in standings}
    board = View(fetch(store, TODAY), TODAY).all_links
    assert stated == {(link.firm.id, segment): link.state for segment, found in board.items() for link in found}
    confirmed = [{age for age, firm in firms.items() if stated[firm.id, place] is LinkState.CONFIRMED}
                 for place in (RV.id, other.id)]  # fmt: skip
    assert confirmed == [{0, 365}, {0, 365, 366}]
    asked = {task.about: task.question for task in for_links(standings, TODAY, unplaced=True)}
    assert asked[f"{firms[366].id}/{RV.id}"] == (
        "确认的依据“走访”最近一次见于 2025-11-22，已超过 365 天：是否仍在生产？请重新核查"
    )


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ((DRIVE.name, RV.id, " ", "x"), NobodyNamed),
        ((DRIVE.name, RV.id, "张三", " "), linking.NoReason),
        (("没有这家", RV.id, "张三", "x"), NotFound),
        ((DRIVE.name, "没有这环", "张三", "x"), NotFound),
        ((RV.id, RV.id, "张三", "x"), NotFound),
    ],
)
def test_a_decision_that_lacks_something(store: Store, given: tuple[str, ...], error: type[Exception]) -> None:
    firm, segment, by, reason = given
    write(store, *facts())
    with pytest.raises(error):
        linking.decide(store, firm, segment, LinkState.CONFIRMED, by=by, reason=reason, today=TODAY)
    assert load_decisions(store).all == ()


@pytest.mark.parametrize("ref", [DRIVE.id, DRIVE.name, "91320412MA1MC5NY5W"])
def test_a_firm_is_found_by_id_name_and_code(store: Store, ref: str) -> None:
    write(store, *facts())
    assert linking.find(store, ref, "Enterprise") == DRIVE.id


def test_a_decision_stays_with_a_firm_that_is_joined_to_another(store: Store) -> None:
    ours = Enterprise(name="江苏恒立液压有限公司", uscc="91320412MA1MC5NY5W")
    listed = Enterprise(name="江苏恒立液压股份有限公司", short_name="恒立液压", exchange_code="601100", city="常州市")
    write(store, ours, RV, of=source("b"))
    linking.decide(store, ours.id, RV.id, LinkState.REJECTED, by="张三", reason="只做液压", today=TODAY)
    write(store, listed, MADE, Makes(start=listed.id, end=MADE.id, share=0.6), of=source("a", rank=2))
    one = linking.find(store, listed.id, "Enterprise")
    assert one == linking.find(store, ours.id, "Enterprise"), "the two are one firm now"
    assert load_decisions(store, one).of(one, RV.id) is not None
    assert {found.firm: found.state for found in proposed(store).values()} == {one: LinkState.UNCERTAIN}


def test_evidence_and_questions_are_read_in_the_language_of_whoever_reads(store: Store) -> None:
    write(store, *facts(reported(), Makes(start=GEAR.id, end=MADE.id)))
    proposed(store)
    link = standing(store)
    assert isinstance(link.first.evidence, Told)
    assert "主营产品" in link.first.evidence
    (gear,) = linking.links(store, TODAY, firm=GEAR.id)
    (fact,) = (fact for fact in fetch(store, TODAY).links if fact.firm == DRIVE.id)
    later = {one.firm: one for one in load_standings(store, linking.rules_of(store), TODAY + timedelta(days=800))}
    tasks = for_links(later.values(), TODAY, unplaced=True)
    kept = [told(task.question, task.wording, "question") for task in tasks]
    texts = [retold(link.first.evidence), retold(gear.first.question or ""), retold(str(fact.evidence))]
    assert texts == [link.first.evidence, gear.first.question, fact.evidence], "Chinese as it is"
    use("en")
    try:
        texts = [retold(link.first.evidence), asked(gear.question or ""), retold(fact.evidence), *map(retold, kept)]
    finally:
        use("zh")
    assert len(texts) == 5
    for text in texts:
        bare = re.sub("RV减速器|测试来源 test|示例..有限公司", "", text, flags=re.IGNORECASE)
        assert not re.search(r"[\u4e00-\u9fff]", bare), text
    assert retold("人填写的依据") == "人填写的依据"


def test_needs_are_no_evidence(store: Store) -> None:
    need = Need(number="N-1", name="RV减速器，月800台")
    write(store, *facts(need, Posts(start=DRIVE.id, end=need.id)))
    assert proposed(store) == {}
