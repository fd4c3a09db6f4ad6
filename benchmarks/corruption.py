"""What happens to firm names on their way from one office to another, seeded, so that every run sees the same.

Every firm gets its slips independently: a registered short name or one made by dropping what offices drop (town,
股份, 有限公司, trade); a typo (two signs swapped, one dropped, one typed for another); a former name (another brand
or another trade); a code with one wrong digit, two digits swapped, or none; towns and phones missing or differing.
The rates are arguments: the figures of a benchmark name them.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

from stdnum.cn import uscc

from benchmarks.cells import CellHabit, twin
from benchmarks.spellings import Spelling
from loaders.resolution.records import Firm

HOMOPHONES = (
    "华桦 新鑫 宏鸿 立力 金锦 盛胜 恒衡 达大 佳嘉 瑞锐 伟威 明铭 龙隆 源元 东冬 晖辉 诚成 兴星 康慷 泰太 "
    "正政 阳洋 光广 科可 祥翔 建健 未末 土士"
)
SIGNS = {a: b for pair in HOMOPHONES.split() for a, b in (pair, pair[::-1])}
TOWNS = (
    "湖塘镇",
    "牛塘镇",
    "洛阳镇",
    "遥观镇",
    "横林镇",
    "横山桥镇",
    "雪堰镇",
    "前黄镇",
    "礼嘉镇",
    "嘉泽镇",
    "湟里镇",
    "南夏墅街道",
)
CITIES = ("南京", "无锡", "苏州", "南通", "扬州", "镇江", "泰州", "杭州", "合肥", "芜湖", "武汉", "成都")
FORMS = ("股份有限公司", "有限责任公司", "有限公司")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:省|市)")


@dataclass(frozen=True)
class Rates:
    """How often each slip happens; the rest stays as it is."""

    short_name: float = 0.25
    form: float = 0.25
    typo: float = 0.12
    former: float = 0.04
    code_slip: float = 0.12
    code_missing: float = 0.12
    cell_missing: float = 0.3
    absent: float = 0.1
    strangers: float = 0.15
    twins: float = 0.0
    digits: int = 18


@dataclass(frozen=True)
class Lists:
    """Two lists and the pairs of ids that are one firm."""

    left: list[Firm]
    right: list[Firm]
    truth: list[tuple[str, str]]


@dataclass(frozen=True)
class Listed:
    """A firm of the public data set."""

    name: str
    full: str
    code: str


def read_listed(folder: Path) -> list[Listed]:
    """The firms of ChainKnowledgeGraph, one a code."""
    found: dict[str, Listed] = {}
    for line in (folder / "company.json").read_text("utf-8").splitlines():
        row = json.loads(line)
        code = row["code"][:6]
        found.setdefault(code, Listed(row["name"], row["fullname"], code))
    return list(found.values())


def corrupt(
    firms: list[Listed],
    rates: Rates,
    seed: int = 35,
    spelling: Spelling | None = None,
    cells: CellHabit | None = None,
) -> Lists:
    """The list as it is, and the list as another office has it; with a spelling every name has that habit alone.

    With ``cells`` codes, towns and phones of the other list have that habit, beside the slips of the rates.
    """
    chance = random.Random(seed)
    left: list[Firm] = []
    right: list[Firm] = []
    truth: list[tuple[str, str]] = []
    for number, listed in enumerate(firms):
        firm = Firm(f"L{number}", listed.full, code_of(listed, rates), chance.choice(TOWNS), _phone(chance))
        if chance.random() >= rates.absent / 2:
            left.append(_thin(firm, rates, chance))
        if chance.random() >= rates.absent / 2:
            other = _slipped(replace(firm, id=f"R{number}"), listed, rates, chance)
            other = replace(other, name=spelling(listed.full, chance)) if spelling else other
            right.append(cells(other, chance) if cells else other)
        if left and right and left[-1].id == f"L{number}" and right[-1].id == f"R{number}":
            truth.append((f"L{number}", f"R{number}"))
        if chance.random() < rates.strangers:
            right.append(stranger(listed, number, rates, chance))
        if rates.twins and chance.random() < rates.twins:
            right.append(twin(firm, number, chance))
    chance.shuffle(right)
    return Lists(left, right, truth)


def code_of(listed: Listed, rates: Rates) -> str:
    """The exchange code, or a social credit code made from it (no real one), with a right check digit."""
    if rates.digits == 6:
        return listed.code
    body = "91320412" + "MA" + f"{random.Random(listed.code).randrange(10**7):07d}"
    return body + uscc.calc_check_digit(body)


def _phone(chance: random.Random) -> str:
    return f"0519-8{chance.randrange(10**7):07d}"


def _thin(firm: Firm, rates: Rates, chance: random.Random) -> Firm:
    half = rates.cell_missing / 2
    return replace(
        firm,
        town="" if chance.random() < half else firm.town,
        phone="" if chance.random() < half else firm.phone,
    )


def _slipped(firm: Firm, listed: Listed, rates: Rates, chance: random.Random) -> Firm:
    draw = chance.random()
    name = firm.name
    if draw < rates.short_name:
        name = listed.name if chance.random() < 0.5 else shorten(name, chance)
    elif draw < rates.short_name + rates.form:
        name = reform(name, chance)
    elif draw < rates.short_name + rates.form + rates.former:
        name = former(name, chance)
    if chance.random() < rates.typo:
        name = typo(name, chance)
    town = "" if chance.random() < rates.cell_missing else chance.choice(TOWNS) if chance.random() < 0.1 else firm.town
    gone = chance.random() < rates.cell_missing
    phone = "" if gone else _phone(chance) if chance.random() < 0.2 else firm.phone
    return replace(firm, name=name, code=_slip_code(firm.code, rates, chance), town=town, phone=phone)


def stranger(listed: Listed, number: int, rates: Rates, chance: random.Random) -> Firm:
    """Another firm that resembles a listed one: a subsidiary, a branch, a namesake elsewhere or in another trade."""
    bare = _PLACE.sub("", listed.full)
    for form in FORMS:
        bare = bare.removesuffix(form)
    city, trade = chance.choice(CITIES), chance.choice(("贸易", "包装", "物流", "餐饮", "检测技术"))
    name = chance.choice(
        [
            f"{bare}({city})有限公司",
            f"{listed.full}{city}分公司",
            f"{city}{bare}有限公司" if not bare.startswith(CITIES) else f"{bare}{city}有限公司",
            f"{bare[:4]}{trade}有限公司",
        ]
    )
    code = code_of(Listed("", "", str(700000 + number)), rates) if chance.random() >= rates.code_missing else ""
    return Firm(f"S{number}", name, code, chance.choice(TOWNS), _phone(chance))


def shorten(name: str, chance: random.Random) -> str:
    """Drop town, legal form and now and then the last trade word."""
    bare = _PLACE.sub("", name) if chance.random() < 0.6 else name
    for form in FORMS:
        bare = bare.removesuffix(form)
    if chance.random() < 0.5:
        bare = bare.replace("(集团)", "").removesuffix("集团")
    return bare[:-2] if len(bare) > 6 and chance.random() < 0.5 else bare


def reform(name: str, chance: random.Random) -> str:
    """Lose 股份 or the whole legal form, gain 市, or write it another way."""
    return chance.choice(
        [
            name.replace("股份有限公司", "有限公司"),
            name.replace("股份有限公司", ""),
            name.replace("股份有限公司", "股份公司"),
            name.replace("有限公司", "有限责任公司"),
            _PLACE.sub(lambda found: found.group()[:-1], name),
            name.replace("(", "（").replace(")", "）"),
        ]
    )


def former(name: str, chance: random.Random) -> str:
    """A name before a change: another brand of the same trade, or another trade of the same brand."""
    if chance.random() < 0.5 and len(name) > 8:
        return name[:2] + chance.choice("华新金天东海中") + chance.choice("达力源利泰通") + name[4:]
    return name[: max(4, len(name) - 10)] + chance.choice(("实业", "机械", "电子", "化工", "科技")) + "有限公司"


def typo(name: str, chance: random.Random) -> str:
    """Swap, drop or mistype one sign."""
    at = chance.randrange(max(1, len(name) - 1))
    known = [place for place, sign in enumerate(name) if sign in SIGNS]
    if known and chance.random() < 0.5:
        at = chance.choice(known)
        return name[:at] + SIGNS[name[at]] + name[at + 1 :]
    if chance.random() < 0.5:
        return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]
    return name[:at] + name[at + 1 :] if len(name) > 3 else name


def _slip_code(code: str, rates: Rates, chance: random.Random) -> str:
    draw = chance.random()
    if draw < rates.code_missing:
        return ""
    if draw >= rates.code_missing + rates.code_slip:
        return code
    at = chance.randrange(len(code) - 1)
    if chance.random() < 0.3:
        return code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    return code[:at] + str((int(code[at], 36) + chance.randrange(1, 9)) % 10) + code[at + 1 :]
