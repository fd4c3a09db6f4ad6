"""Firms and segments for the tests of link proposals."""

from __future__ import annotations

from datetime import date

from graph.model import Grade
from matching.linking import Firm, Origin, Posted, Product, Rules, Segment
from matching.linking.proposal import Proposal
from matching.linking.propose import propose_links

TODAY = date(2026, 11, 23)
FRESH = Origin("企业填报", date(2026, 10, 1), Grade.STRONG)
OLD = Origin("年报", date(2024, 4, 1), Grade.STRONG)
SCOPE = Origin("工商登记", date(2026, 10, 1), Grade.WEAK)
RV = Segment("robotics.rv", "RV减速器", ("RV减速器", "RV减速机"), ("NRV减速机", "减速带"))
SERVO = Segment("robotics.servo", "伺服电机", ("伺服电机", "永磁同步伺服电机"), ("步进电机", "伺服电机控制器"))
ROBOT = Segment("robotics.robot", "工业机器人", ("工业机器人", "多关节机器人"), ("聊天机器人",), ("robotics.rv",))
CLOUD = Segment("ai.cloud", "算力服务", ("云计算服务", "服务器托管服务"))
SEGMENTS = (RV, SERVO, ROBOT, CLOUD)


def makes(name: str, share: float | None = None, origin: Origin = FRESH) -> Product:
    """A product of a firm."""
    return Product(name, origin, share)


def firm(**said: object) -> Firm:
    """A firm of which only ``said`` is known."""
    given: dict[str, object] = {"id": "f", "name": "示例传动有限公司", "origin": FRESH} | said
    return Firm(**given)  # type: ignore[arg-type]


def posted(label: str, name: str, **said: object) -> Posted:
    """A listing of a firm."""
    return Posted(label, name, FRESH, **said)  # type: ignore[arg-type]


def proposals(one: Firm, rules: Rules | None = None, today: date = TODAY) -> dict[str, Proposal]:
    """What is proposed for a firm, by segment."""
    return {found.segment: found for found in propose_links([one], SEGMENTS, rules or Rules(), today)}
