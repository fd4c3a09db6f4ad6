"""How another office writes codes, towns and phones of a firm, and what else its list may hold; one habit a function.

Each cell habit takes a firm and chance, and gives the firm as that office has it. ``twin`` makes a further row: a
firm of one sign's difference in the same town.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from benchmarks.spellings import BRANDS, split_place
from loaders.resolution.records import Firm

CellHabit = Callable[[Firm, random.Random], Firm]
LOOKS = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"}


def phone_format(firm: Firm, chance: random.Random) -> Firm:
    """Country code, blanks, no area code, extensions, two numbers, digits of full width."""
    area, own = firm.phone.split("-") if "-" in firm.phone else ("", firm.phone)
    if not own:
        return firm
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in firm.phone)
    forms = [
        f"+86-{area[1:]}-{own}",
        f"+86 {area[1:]} {own[:4]} {own[4:]}",
        f"0086{area[1:]}{own}",
        f"({area}){own}",
        own,
        f"{area}{own}",
        f"{area}-{own}-8{chance.randrange(100):02d}",
        f"{area}-{own}转{chance.randrange(100, 999)}",
        f"{area}-{own} 张经理",
        f"{area}-{own}/139{chance.randrange(10**8):08d}",
        f"{area} {own[:4]}-{own[4:]}",
        f"电话：{area}-{own}",
        f"{area[1:]}{own}.0",
        wide,
    ]
    return replace(firm, phone=chance.choice(forms))


def code_format(firm: Firm, chance: random.Random) -> Firm:
    """Small letters, blanks, full width, a title before it, the last sign lost."""
    code = firm.code
    if not code:
        return firm
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    forms = [
        code.lower(),
        f"{code[:6]} {code[6:]}",
        wide,
        f"统一社会信用代码：{code}",
        f"'{code}",
        f"{code}\t",
        f"{code[:8]}-{code[8:]}",
    ]
    return replace(firm, code=chance.choice(forms))


def code_slip(firm: Firm, chance: random.Random) -> Firm:
    """Two signs swapped, a letter for a digit that looks alike, a wrong check digit, a sign lost; or no code."""
    code = firm.code
    if not code:
        return firm
    at = chance.randrange(len(code) - 1)
    forms = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :],
        "".join(LOOKS.get(sign, sign) if n == at else sign for n, sign in enumerate(code)),
        code[:-1] + ("0" if code[-1] != "0" else "1"),
        code[:at] + code[at + 1 :],
        "",
    ]
    return replace(firm, code=chance.choice(forms))


def town_format(firm: Firm, chance: random.Random) -> Firm:
    """Longer, shorter, in another order, a park beside it, another town, or none."""
    if not firm.town:
        return firm
    short = firm.town.removesuffix("镇").removesuffix("街道")
    forms = [
        f"武进区{firm.town}",
        f"江苏省常州市武进区{firm.town}",
        short,
        f"常州{firm.town}",
        f"{firm.town}工业园区",
        f"{firm.town} ",
        "",
        "牛塘镇",
    ]
    return replace(firm, town=chance.choice(forms))


def every_cell(firm: Firm, chance: random.Random) -> Firm:
    """All of these, each now and then."""
    for habit in (phone_format, code_format, code_slip, town_format):
        if chance.random() < 0.4:
            firm = habit(firm, chance)
    return firm


def no_code(firm: Firm, chance: random.Random) -> Firm:
    """Name, town and phone alone; one of the two is missing in half the rows."""
    draw = chance.random()
    return replace(firm, code="", town="" if draw < 0.25 else firm.town, phone="" if draw > 0.75 else firm.phone)


CELLS: dict[str, CellHabit] = {
    "phone formats": phone_format,
    "code formats": code_format,
    "code slips": code_slip,
    "town formats": town_format,
    "every cell": every_cell,
    "no code": no_code,
}


def twin(firm: Firm, number: int, chance: random.Random) -> Firm:
    """Another firm in the same town, whose name differs in one sign of its brand."""
    rest = split_place(firm.name)[1]
    at = len(firm.name) - len(rest) + chance.randrange(min(2, len(rest)))
    other = chance.choice([sign for sign in BRANDS if sign != firm.name[at]])
    name = firm.name[:at] + other + firm.name[at + 1 :]
    return Firm(f"T{number}", name, "", firm.town, f"0519-8{chance.randrange(10**7):07d}")
