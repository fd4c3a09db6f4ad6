"""What is wrong with an event is said all at once, with place and cure."""

from __future__ import annotations

from typing import Any

import pytest

from matching.events import EventInvalid, read_event, solve

SOUND: dict[str, Any] = {
    "slots": ["1", "2"],
    "tables": ["甲", "乙"],
    "participants": [{"id": "L", "role": "leader"}, {"id": "A"}, {"id": "B", "away": ["2"]}],
    "pairs": [{"a": "L", "b": "A", "score": 0.7}],
}

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"slots": []}, "slots", "一个时段也没有"),
    ({"tables": []}, "tables", "一张桌子也没有"),
    ({"slots": ["1", "1", "2"]}, "slots[1]", "不止一次"),
    ({"lock": []}, "lock", "没有名为“lock”的项"),
    ({"slots": None}, "slots", "类型不对"),
    ({"must": True}, "must", "“true”类型不对"),
    ({"pairs": [{"a": "L", "b": "A", "score": 10**400}]}, "pairs[0].score", "类型不对"),
    ({"pairs": [{"a": "L", "b": "A", "score": -0.5}]}, "pairs[0].score", "小于允许的最小值"),
    ({"participants": [{"id": "A", "people": 0}]}, "participants[0].people", "小于允许的最小值 1"),
    ({"participants": [{"id": "A", "people": 1.5}]}, "participants[0].people", "“1.5”类型不对"),
    ({"participants": [{"id": 1}, {"id": "1"}], "pairs": []}, "participants[1].id", "登记了不止一次"),
    ({"participants": [{"id": "\ud800"}]}, "participants[0].id", "类型不对"),
    ({"locked": [{"a": "L", "b": "A", "slot": "1"}]}, "locked[0].table", "缺少"),
    ({"never": [{"a": "A", "b": "Q"}]}, "never[0].b", "没有参会方“Q”"),
    ({"participants": [{"role": "sme"}]}, "participants[0].id", "缺少"),
    ({"participants": [{"id": "A"}, {"id": "A"}]}, "participants[1].id", "登记了不止一次"),
    ({"participants": [{"id": "A", "min": 3, "max": 2}], "pairs": []}, "participants[0].min", "大于最多场数 2"),
    ({"participants": [{"id": "A", "min": -1}]}, "participants[0].min", "小于允许的最小值 0"),
    (
        {"participants": [{"id": "A", "role": "boss"}]},
        "participants[0].role",
        "'institute', 'finance'",
    ),
    ({"participants": [{"id": "A", "away": ["9"]}], "pairs": []}, "participants[0].away[0]", "没有时段“9”"),
    ({"pairs": [{"a": "L", "b": "X", "score": 1}]}, "pairs[0].b", "没有参会方“X”"),
    ({"pairs": [{"a": "L", "b": "L", "score": 1}]}, "pairs[0].b", "不能与自己会面"),
    ({"pairs": [{"a": "L", "b": "A", "score": float("nan")}]}, "pairs[0].score", "有限"),
    ({"pairs": [{"a": "L", "b": "A", "score": 1}, {"a": "A", "b": "L", "score": 1}]}, "pairs[1]", "不止一次"),
    ({"must": [{"a": "L", "b": "A"}], "never": [{"a": "A", "b": "L"}]}, "must[0]", "既要求会面又禁止会面"),
    ({"must": [{"a": "L", "b": "B", "slot": "2"}]}, "must[0]", "不能都到场"),
    ({"must": [{"a": "L", "b": "A", "slot": "7"}]}, "must[0].slot", "没有时段“7”"),
    ({"must": [{"a": "L", "b": "A", "table": "丙"}]}, "must[0].table", "没有桌号“丙”"),
    (
        {
            "locked": [
                {"a": "L", "b": "A", "slot": "1", "table": "甲"},
                {"a": "L", "b": "B", "slot": "1", "table": "乙"},
            ]
        },
        "locked[1]",
        "超过到场人数 1",
    ),
    (
        {
            "participants": [{"id": "L", "people": 2}, {"id": "A"}, {"id": "B"}],
            "locked": [
                {"a": "L", "b": "A", "slot": "1", "table": "甲"},
                {"a": "L", "b": "B", "slot": "1", "table": "甲"},
            ],
        },
        "locked[1]",
        "锁定了不止一场",
    ),
    (
        {
            "must": [{"a": "A", "b": "L", "slot": "2"}],
            "locked": [{"a": "L", "b": "A", "slot": "1", "table": "甲"}],
        },
        "must[0]",
        "与锁定的不一致",
    ),
    (
        {
            "participants": [{"id": "L", "max": 1}, {"id": "A"}, {"id": "B"}],
            "must": [{"a": "L", "b": "A"}, {"a": "L", "b": "B"}],
        },
        "participants[0].max",
        "超过最多场数 1",
    ),
    (
        {"participants": [{"id": "L"}, {"id": "A", "away": ["1", "2"]}], "must": [{"a": "L", "b": "A"}]},
        "must[0]",
        "没有双方都到场的时段",
    ),
]


@pytest.mark.parametrize(("change", "where", "said"), WRONG)
def test_says_where_and_what(change: dict[str, Any], where: str, said: str) -> None:
    with pytest.raises(EventInvalid) as error:
        read_event(SOUND | change)
    assert (error.value.where, error.value.problems[0].where) == (where, where)
    assert said in str(error.value.problems[0].what)
    assert said in str(error.value)


def test_not_an_object() -> None:
    with pytest.raises(EventInvalid):
        read_event(["slots"])


def test_all_problems_at_once() -> None:
    with pytest.raises(EventInvalid) as error:
        read_event(SOUND | {"slots": [], "pairs": [{"a": "X", "b": "Y", "score": 1}]})
    assert len(error.value.problems) == 4  # no slots, B's absence, X, Y


def test_numbers_are_ids_too() -> None:
    raw = {"slots": [1], "tables": [1], "participants": [{"id": 1}, {"id": 2}], "pairs": [{"a": 1, "b": 2, "score": 1}]}
    assert len(solve(read_event(raw)).meetings) == 1


REASONS: list[tuple[dict[str, Any], str]] = [
    ({"away": ["1", "2"]}, "所有时段都缺席"),
    ({"max": 0}, "最多场数设为 0"),
    ({"away": ["1"]}, "没有共同到场的时段"),
    ({}, "没有合适的会面对象"),
]


@pytest.mark.parametrize(("party", "said"), REASONS)
def test_why_without(party: dict[str, Any], said: str) -> None:
    raw = SOUND | {"participants": [{"id": "L"}, {"id": "A"}, {"id": "B", "away": ["2"]}, {"id": "C"} | party]}
    if party:
        raw |= {"pairs": [{"a": "B", "b": "C", "score": 0.5}]}
    plan = solve(read_event(raw))
    assert said in str({reason.id: reason.reason for reason in plan.without}["C"])


def test_everybody_away_is_a_plan_without_meetings() -> None:
    away = [{"id": id_, "away": ["1", "2"]} for id_ in "LAB"]
    plan = solve(read_event(SOUND | {"participants": away}))
    assert plan.meetings == ()
    assert len(plan.without) == 3


@pytest.mark.parametrize("left_out", ["participants", "pairs", "both"])
def test_nobody_or_no_pairs_is_a_plan_without_meetings(left_out: str) -> None:
    raw = SOUND | {"pairs": []} | ({} if left_out == "pairs" else {"participants": []})
    optional = {"pairs"} if left_out == "both" else set()
    plan = solve(read_event({name: value for name, value in raw.items() if name not in optional}))
    assert (plan.meetings, plan.value, plan.value_bound, plan.idle, plan.idle_bound) == ((), 0, 0, 0, 0)


def test_five_thousand_wishes_of_one_firm() -> None:
    firms = [{"id": f"F{at}"} for at in range(5000)]
    pairs = [{"a": "L", "b": f"F{at}", "score": at / 5000} for at in range(5000)]
    plan = solve(read_event(SOUND | {"participants": [{"id": "L", "role": "leader"}, *firms], "pairs": pairs}))
    assert {meeting.b for meeting in plan.meetings} == {"F4998", "F4999"}
    assert len(plan.without) == 4998
