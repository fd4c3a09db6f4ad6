"""A made-up matchmaking event: leaders and firms of the sample, some institutes, wishes, absences, a must, a never."""

from __future__ import annotations

from datetime import date

from loaders.workbook.sample.stories import BUREAU, DRIVE, FINE, GEAR, HEAVY, RING, SMART, STRAIN
from loaders.workbook.sample.tables import Record, Tables

NUMBER = "E-2026-12"
LEADERS, FIRMS = 8, 44
_POSTING = ("供给", "加工与检测能力", "系统解决方案")


def add_event(tables: Tables) -> None:
    """Write an event and its registrations."""
    tables.add(
        "对接活动",
        {
            "活动编号": NUMBER,
            "名称": "示例机器人与高端装备供需对接会",
            "活动日期": date(2026, 12, 3),
            "开始时间": "09:00",
            "结束时间": "11:40",
            "每场分钟": 20,
            "场间分钟": 5,
            "休息时间": ["10:15-10:30"],
            "会场桌数": ["A厅=6", "B厅=4"],
            "活动地点": "示例会议中心",
            "主办单位": BUREAU,
        },
    )
    leaders = _leaders(tables)
    tables.extend("参会登记", (_leader(name, number) for number, name in enumerate(leaders)))
    firms = [name for name in _suppliers(tables, leaders) if name not in leaders][:FIRMS]
    tables.extend("参会登记", (_firm(name, number, leaders) for number, name in enumerate(firms)))
    tables.extend("参会登记", _others(tables))


def _leaders(tables: Tables) -> list[str]:
    """Firms with most needs, those of the story first."""
    buyers: dict[str, int] = {HEAVY: 1_000, SMART: 999}
    leading = {str(row["企业"]) for row in tables.rows["链主"]}
    for row in tables.rows["需求"]:
        poster = str(row["发布单位"])
        if poster in leading:
            buyers[poster] = buyers.get(poster, 0) + 1
    return sorted(buyers, key=lambda name: (-buyers[name], name))[:LEADERS]


def _suppliers(tables: Tables, leaders: list[str]) -> list[str]:
    """Firms of the story, then those that offer something in a segment a leader needs something of, then others."""
    told = [DRIVE, FINE, GEAR, RING, STRAIN]
    firms = {str(row["名称"]) for row in tables.rows["企业"]}
    needed = {word for row in tables.rows["需求"] if row["发布单位"] in leaders for word in _about(row)}
    rows = [row for sheet in _POSTING for row in tables.rows[sheet]]
    fitting = [str(row["发布单位"]) for row in rows if needed & _about(row)]
    others = [str(row["发布单位"]) for row in rows]
    return [name for name in dict.fromkeys([*told, *fitting, *others]) if name in firms]


def _about(row: Record) -> set[str]:
    """Products and segments a listing is about."""
    values = [row.get("产品"), row.get("环节")]
    return {str(word) for value in values if value for word in (value if isinstance(value, list) else [value])}


def _leader(name: str, number: int) -> Record:
    row = _row(name, "链主", 2 if number < 2 else 1, ["采购总监", "供应链经理"])
    if number == 0:
        row |= {"想见": [DRIVE], "必见": [GEAR], "最多场数": 5}
    if number == 3:
        row |= {"不能到的时间": ["09:00-09:25"]}
    return row


def _firm(name: str, number: int, leaders: list[str]) -> Record:
    row = _row(name, "中小企业", 1, ["销售经理"])
    row["最多场数"] = 3
    if number % 4 == 0:
        row["想见"] = [leaders[number // 4 % len(leaders)]]
    if number % 9 == 5:
        row["不能到的时间"] = ["10:30-11:40"]
    if name == FINE:
        row["不见"] = [SMART]
    return row


def _others(tables: Tables) -> list[Record]:
    found = []
    for category, count in (("高校院所", 2), ("金融机构", 1)):
        names = [str(row["名称"]) for row in tables.rows["机构"] if row["类别"] == category][:count]
        for name in names:
            row = _row(name, category, 1, ["项目经理"])
            row["想见"] = [HEAVY, STRAIN]
            found.append(row)
    return found


def _row(name: str, role: str, people: int, attendees: list[str]) -> Record:
    return {
        "活动编号": NUMBER,
        "参会单位": name,
        "参会身份": role,
        "可同时会面人数": people,
        "会谈语言": ["中文"],
        "参会人": attendees[:people],
    }
