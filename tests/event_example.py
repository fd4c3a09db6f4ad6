"""A small event as plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph import model
from graph.messages import Message
from graph.model import Answer, EventRole
from matching.events.desk import Occasion, Party, pack
from matching.events.desk.occasion import make_meeting
from matching.events.desk.scoring import POINTS

EVENT = model.Event(
    number="E-1",
    name="示例机器人供需对接会",
    held_on=date(2026, 12, 3),
    starts="09:00",
    ends="10:30",
    minutes=20,
    pause=5,
    breaks=["09:45-10:00"],
    halls=["A厅=2", "B厅=1"],
    venue="示例会议中心",
    host="示例区工业和信息化局",
    sample=True,
)


def party(name: str, role: EventRole = EventRole.SME, **more: object) -> Party:
    """A party whose id is its name."""
    made = Party(id=name, name=f"示例{name}有限公司", label=f"示例{name}有限公司", role=role, sample=True)
    return replace(made, **more)  # type: ignore[arg-type]


PARTIES = {
    one.id: one
    for one in (
        party("重工", EventRole.LEADER, people=2, attendees=("采购总监",), town="高新区", products=("工业机器人",)),
        party("传动", attendees=("=SUM(1)", "李某"), profile="从事精密传动部件的研发与制造"),
        party("齿轮"),
        party("光栅", away=("09:00-09:30",)),
    )
}


def example() -> Occasion:
    """Two meetings placed, one proposed, one party without any."""
    said: dict[str, object] = {
        "score": 0.63,
        "parts": [
            pack(Message(POINTS, {"points": 43, "reason": Message("供需契合：缺数据，没有相符的需求与供给")})),
            pack(Message(POINTS, {"points": 20, "reason": "示例重工有限公司 登记想见对方"})),
        ],
        "topics": [pack(Message("通过：{detail}", {"detail": "背隙≤1角分"}))],
        "questions": [pack(Message("请问能否在 {days} 天内交货？", {"days": 45}))],
        "a_answer": Answer.ACCEPTED,
        "b_answer": Answer.ACCEPTED,
    }
    leader = PARTIES["重工"]
    meetings = [
        make_meeting(EVENT.id, leader, PARTIES["传动"], **said, slot="09:00", table="A厅1"),
        make_meeting(EVENT.id, leader, PARTIES["齿轮"], pinned=True, locked=True, slot="09:25", table="A厅1"),
        make_meeting(EVENT.id, leader, PARTIES["光栅"], score=0.2),
    ]
    return Occasion(EVENT, PARTIES, {one.id: one for one in meetings})
