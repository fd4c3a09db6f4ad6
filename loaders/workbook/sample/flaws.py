"""Rows that are wrong on purpose: eight come back, four go in without a cell, nine say what was said before."""

from __future__ import annotations

import random
from datetime import date

from loaders.workbook.sample.stories import DRIVE, FINE, GEAR, HEAVY
from loaders.workbook.sample.tables import Formula, Record, Tables

RETURNED, CLEANED, MERGED = 8, 4, 9
_REPEATED = {"企业": 1, "厂区": 1, "产品": 2, "采购": 1, "挂链": 2, "供给": 2}


def repeat_rows(rng: random.Random, tables: Tables) -> None:
    """Write nine rows a second time, word for word."""
    for sheet, count in _REPEATED.items():
        tables.extend(sheet, rng.sample(tables.rows[sheet], count))


def add_flaws(tables: Tables, segment: str) -> None:
    """Write what comes back and what is cleaned; ``segment`` is any segment as the workbook names it."""
    for sheet, record in (*_returned(segment), *_cleaned(segment)):
        tables.add(sheet, record)


def _returned(segment: str) -> tuple[tuple[str, Record], ...]:
    visit: Record = {"挂链状态": "已确认", "证据": "2026-10 走访", "核查日期": date(2026, 10, 9)}
    return (
        ("企业", {"名称": None, "简称": "示例无名", "经营状态": "正常", "所在城市": "常州市"}),
        ("厂区", {"企业": GEAR, "名称": "三号厂区", "所在镇街": "示例不存在镇"}),
        ("产品", {"企业": FINE, "产品": Formula('="行星"&"减速器"'), "收入占比": 0.1}),
        ("采购", {"企业": "示例未登记有限公司", "产品": "伺服电机", "年采购额": 3_000_000}),
        ("挂链", visit | {"企业": DRIVE, "环节": "机器人/九维力传感器"}),
        ("挂链", visit | {"企业": FINE, "环节": segment, "挂链状态": "应该有吧"}),
        (
            "排查",
            {
                "排查单位": "示例区商务局",
                "环节": segment,
                "发现企业数": 2,
                "排查方式": "电话核实",
                "查询的来源": ["镇街走访"],
                "排查日期": "2026-13-45",
            },
        ),
        ("需求", {"编号": "N-017", "名称": "与 N-017 重号的另一条需求", "发布单位": GEAR, "状态": "有效"}),
    )


def _cleaned(segment: str) -> tuple[tuple[str, Record], ...]:
    return (
        ("企业", {"名称": "示例十七位代码有限公司", "统一社会信用代码": "91999999MA9000001", "所在城市": "常州市"}),
        ("企业", {"名称": "示例约三千万有限公司", "年营业收入": "约三千万", "所在城市": "常州市"}),
        ("采购", {"企业": HEAVY, "产品": "谐波减速器", "年采购额": 64_000_000, "进口占比": 3.7}),
        (
            "挂链",
            {
                "企业": GEAR,
                "环节": segment,
                "挂链状态": "待核实",
                "证据": "官网提到，未联系上企业",
                "核查日期": "去年春天",
                "证据等级": "弱",
            },
        ),
    )
