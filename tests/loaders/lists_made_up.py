"""Made-up lists of firms by segment, as different offices would write the same thing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

CHAINS = ("空天装备", "海洋食品", "玻璃新材")
STREAMS = ("上游", "中游", "下游")
Rows = list[list[object]]


@dataclass(frozen=True)
class Truth:
    """What a list says, however it is written."""

    segments: dict[tuple[str, str], str]
    links: frozenset[tuple[str, str, str]]
    """(chain, segment, firm)"""


def made_up(segments: int = 4, firms: int = 40, per_segment: int = 5, seed: int = 7) -> Truth:
    """Chains, segments by stream, and firms in them."""
    rng = random.Random(seed)
    kinds = ("精密机械", "新材料科技", "电子", "食品", "装备制造")
    names = [f"海州{rng.choice('东西南北')}{number}{rng.choice(kinds)}有限公司" for number in range(firms)]
    where = {
        (chain, f"{chain[:2]}{stream[0]}段{number}"): stream
        for chain in CHAINS
        for stream in STREAMS
        for number in range(segments)
    }
    links = frozenset((*key, firm) for key in where for firm in rng.sample(names, per_segment))
    return Truth(where, links)


def _by_segment(truth: Truth) -> list[tuple[str, str, str, list[str]]]:
    return [
        (chain, segment, stream, sorted(firm for c, s, firm in truth.links if (c, s) == (chain, segment)))
        for (chain, segment), stream in truth.segments.items()
    ]


def long_rows(truth: Truth) -> dict[str, Rows]:
    """One row a firm and segment."""
    rows: Rows = [["产业链", "环节", "上中下游", "企业名称"]]
    for chain, segment, stream, firms in _by_segment(truth):
        rows += [[chain, segment, stream, firm] for firm in firms]
    return {"Sheet1": rows}


def titled(truth: Truth) -> dict[str, Rows]:
    """Under a title, other words, several firms a cell, a number and a remark, a total at the end."""
    rows: Rows = [
        ["海州市重点产业链企业名录", *[None] * 5],
        ["序号", "链条名称", "所处位置", "细分领域", "代表企业", "备注"],
    ]
    for number, (chain, segment, stream, firms) in enumerate(_by_segment(truth), start=1):
        rows.append([number, f"{chain}产业链", stream[:1], segment, "、".join(firms) + "等", None])
    rows.append(["合计", None, None, None, len(truth.links), None])
    return {"名录": rows}


def columns_by_stream(truth: Truth) -> dict[str, Rows]:
    """A segment column and a firm column for each stream."""
    rows: Rows = [["产业链", *(f"{stream}{what}" for stream in STREAMS for what in ("环节", "企业"))]]
    for chain in CHAINS:
        by_stream = [[one for one in _by_segment(truth) if one[0] == chain and one[2] == stream] for stream in STREAMS]
        for parts in zip(*by_stream, strict=True):
            rows.append([chain, *(cell for _, segment, _, firms in parts for cell in (segment, "；".join(firms)))])
    return {"汇总": rows}


def filled_once(truth: Truth) -> dict[str, Rows]:
    """Chain, stream and segment written on the first row of each group only."""
    rows: Rows = [["所属产业链", "链条位置", "产业环节", "单位名称"]]
    last: tuple[str, str, str] = ("", "", "")
    for chain, segment, stream, firms in _by_segment(truth):
        for firm in firms:
            now = (chain, stream, segment)
            changed = [one != other for one, other in zip(now, last, strict=True)]
            row: list[object] = [one if any(changed[: n + 1]) else None for n, one in enumerate(now)]
            rows.append([*row, firm])
            last = now
    return {"数据": rows}


def sheet_by_chain(truth: Truth) -> dict[str, Rows]:
    """A sheet a chain."""
    sheets: dict[str, Rows] = {}
    for chain, segment, stream, firms in _by_segment(truth):
        rows = sheets.setdefault(f"{chain}产业链", [["位置", "环节名称", "企业全称"]])
        rows += [[stream, segment, firm] for firm in firms]
    return sheets


def two_levels(truth: Truth) -> dict[str, Rows]:
    """A level above the segments."""
    rows: Rows = [["产业链", "一级环节", "二级环节", "上下游", "企业", "所在区县"]]
    for chain, segment, stream, firms in _by_segment(truth):
        rows += [[chain, f"{chain[:2]}{stream}大类", segment, stream, firm, "武进区"] for firm in firms]
    return {"Sheet1": rows}


def segments_as_headers(truth: Truth) -> dict[str, Rows]:
    """A column a segment, streams merged above them, firms below; one chain."""
    own = [one for one in _by_segment(truth) if one[0] == CHAINS[0]]
    rows: Rows = [[stream for _, _, stream, _ in own], [segment for _, segment, _, _ in own]]
    rows += [[firms[number] for _, _, _, firms in own] for number in range(len(own[0][3]))]
    return {f"{CHAINS[0]}产业链": rows}


def english(truth: Truth) -> dict[str, Rows]:
    """Headers as a data set has them."""
    streams = dict(zip(STREAMS, ("Upstream", "Mid-stream", "downstream"), strict=True))
    rows: Rows = [["id", "industry_chain", "stream", "segment_name", "Company Name", "region"]]
    for chain, segment, stream, firms in _by_segment(truth):
        rows += [[len(rows), chain, streams[stream], segment, firm, "未知"] for firm in firms]
    return {"Sheet1": rows}


WRITINGS: dict[str, Callable[[Truth], dict[str, Rows]]] = {
    "long": long_rows,
    "titled": titled,
    "columns by stream": columns_by_stream,
    "filled once": filled_once,
    "sheet by chain": sheet_by_chain,
    "two levels": two_levels,
    "segments as headers": segments_as_headers,
    "english": english,
}


def write_list(path: Path, sheets: dict[str, Rows], merged: Sequence[str] = ()) -> Path:
    """Write a list; a run of equal cells in the first row is merged where asked for."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for area in merged:
            page.merge_cells(area)
    book.save(path)
    return path
