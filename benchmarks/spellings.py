"""How another office writes the name of a firm, one habit a function; the firm stays the one it is.

Each takes a listed name and chance, and gives the name as that office has it: unchanged where the habit finds nothing
to change.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from loaders.resolution.lexicon import lexicon

Spelling = Callable[[str, random.Random], str]

FORMS = ("股份有限公司", "有限责任公司", "有限公司")
DISTRICTS = ("江苏", "江苏省", "常州", "常州市", "武进", "武进区", "江苏常州", "江苏省常州市", "常州市武进区")
TOWNS = ("湖塘", "牛塘", "洛阳", "遥观", "横林", "雪堰", "前黄", "礼嘉", "嘉泽", "湟里")
BRANDS = "华新金天东海中达力源利泰通宏鑫恒盛瑞德佳康安龙星光云博科永信嘉兴福顺凯诚润远美正立邦亚联宇格奥优旭"
OCR = (
    "己已 未末 土士 日曰 人入 大太 天夫 末木 王玉 干千 力刀 电申 徽微 科料 技枝 机杌 限很 份汾 司可 "
    "公么 有冇 气汽 光先 东车"
)
_PLACE = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,3}?)(?P<end>省|市)")


def place_prefix(name: str, chance: random.Random) -> str:
    """The place before a name is dropped, written longer or another of those it lies in; a name without gets one."""
    own, rest = split_place(name)
    if not own:
        return chance.choice(DISTRICTS) + name
    above = lexicon().within(own)[1:]
    return chance.choice([rest, f"{own}市{rest}", f"{own}{rest}", *(f"{place}{own}{rest}" for place in above), rest])


def place_blindly(name: str, chance: random.Random) -> str:
    """A place of here before any name, also one that begins with a place elsewhere; or its own place dropped."""
    rest = split_place(name)[1]
    return chance.choice([chance.choice(DISTRICTS) + name, chance.choice(DISTRICTS) + bare(name), rest])


def place_dropped(name: str, chance: random.Random) -> str:
    """Without its place, and now and then without its legal form."""
    rest = split_place(name)[1]
    return rest if chance.random() < 0.7 else bare(rest)


def place_and_form(name: str, chance: random.Random) -> str:
    """A place is added or dropped, and the legal form goes or loses 股份."""
    placed = place_prefix(name, chance)
    return chance.choice([bare(placed), placed.replace("股份有限公司", "有限公司"), placed])


def place_in_brackets(name: str, chance: random.Random) -> str:
    """The place before the name stands in brackets behind it; brackets of another width or form."""
    own, rest = split_place(name)
    form = next((form for form in FORMS if rest.endswith(form)), "")
    left, right = chance.choice(["()", "（）", "【】", "[]", "〔〕", "﹙﹚"])
    if own and form:
        return f"{rest.removesuffix(form)}{left}{own}{right}{form}"
    return name.replace("(", left).replace(")", right)


def wide(name: str, chance: random.Random) -> str:
    """Letters, digits and brackets of full width, signs and blanks between."""
    text = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(" \u3000\u00a0\u200b·.,\t-_") + text[at:]
    return text


def legal_form(name: str, chance: random.Random) -> str:
    """Another legal form than the registered one."""
    for form in FORMS:
        if name.endswith(form):
            others = (*FORMS, "公司", "股份公司", "有限", "股份", "")
            return name.removesuffix(form) + chance.choice(others)
    return name


def group(name: str, chance: random.Random) -> str:
    """集团 in brackets, without them, or left out."""
    if "集团" not in name:
        return name
    core = name.replace("(集团)", "集团")
    return chance.choice([core.replace("集团", "(集团)", 1), core.replace("集团", "（集团）", 1), core])


def look_alike(name: str, chance: random.Random) -> str:
    """One or two signs read wrongly off a scan."""
    table = {one: other for pair in OCR.split() for one, other in (pair, pair[::-1])}
    known = [at for at, sign in enumerate(name) if sign in table]
    for at in chance.sample(known, min(len(known), chance.choice((1, 1, 2)))):
        name = name[:at] + table[name[at]] + name[at + 1 :]
    return name


def english(name: str, chance: random.Random) -> str:
    """An English legal form behind the name, or in place of its own."""
    core = name if chance.random() < 0.5 else bare(name)
    return core + chance.choice([" Co.,Ltd.", " Co., Ltd", "CO.,LTD", " Ltd.", " Inc.", " Corp.", "（Co., Ltd.）"])


def short_with_place(name: str, chance: random.Random) -> str:
    """Brand and trade with a town before or behind."""
    core = bare(split_place(name)[1])
    town = chance.choice(TOWNS)
    return chance.choice([f"{core}({town}镇)", f"{town}镇{core}", f"{core}（{town}）", core])


def noted(name: str, chance: random.Random) -> str:
    """What an office writes beside a name: a number before it, a state, a former name behind it."""
    return chance.choice(
        [
            f"{chance.randrange(1, 300)}.{name}",
            f"{chance.randrange(1, 300)}、{name}",
            f"{name}（原常州旧址器材有限公司）",
            f"{name}(存续)",
            f"{name}（本部）",
            f"{name}*",
            f"“{name}”",
        ]
    )


def traditional(name: str, chance: random.Random) -> str:
    """Traditional signs for all that have one, of several any."""
    known: dict[str, list[str]] = {}
    for sign, simplified in lexicon().simplified.items():
        known.setdefault(simplified, []).append(chr(sign))
    return "".join(chance.choice(known.get(sign, [sign])) for sign in name)


def renamed_with_former(name: str, chance: random.Random) -> str:
    """A new name, with the one it had beside it."""
    new = "常州" + "".join(chance.sample(BRANDS, 2)) + chance.choice(("机械", "电子", "科技")) + "有限公司"
    return new + chance.choice(
        ["（原{}）", "(原名：{})", "(曾用名:{})", "；曾用名：{}", "，原{}", " 原名{}", "（前身为{}）"]
    ).format(name)


def department(name: str, chance: random.Random) -> str:
    """A department behind a whole name, as in a list of contacts."""
    return name + chance.choice(
        ("采购部", "财务部", "办公室", "设备科", "（采购部）", "-销售部", " 人力资源部", "总经办")
    )


def any_sign(name: str, chance: random.Random) -> str:
    """One sign before the legal form typed for another of any sound and shape."""
    at = chance.randrange(max(1, len(bare(name))))
    return name[:at] + chance.choice(BRANDS) + name[at + 1 :]


def swapped(name: str, chance: random.Random) -> str:
    """Two signs beside each other swapped."""
    at = chance.randrange(max(1, len(bare(name)) - 1))
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def lost_or_doubled(name: str, chance: random.Random) -> str:
    """One sign lost or written twice."""
    at = chance.randrange(max(1, len(bare(name))))
    return name[:at] + (name[at] * 2 if chance.random() < 0.5 else "") + name[at + 1 :]


def place_order(name: str, chance: random.Random) -> str:
    """Places in another order than the larger one first, or behind the brand."""
    own, rest = split_place(name)
    above = lexicon().within(own)[1:2] if own else ()
    core = bare(rest)
    return chance.choice(
        [
            f"{own}{''.join(above)}{rest}",
            f"{core}{own}{rest.removeprefix(core)}",
            f"{own}市{''.join(above)}省{rest}" if own and above and above[0] else name,
        ]
    )


def numbered(name: str, chance: random.Random) -> str:
    """A stock code or a number beside the name."""
    code = f"{chance.randrange(10**6):06d}"
    return chance.choice(
        [f"{name}({code})", f"{name}（{code}.SZ）", f"{code} {name}", f"{name}[{code[:3]}]", f"{name} {code}"]
    )


def cut_off(name: str, chance: random.Random) -> str:
    """What a column of eight to twelve signs keeps."""
    return name[: chance.randrange(8, 13)]


def group_joined(name: str, chance: random.Random) -> str:
    """(集团) where there was none."""
    core = bare(name)
    return chance.choice([f"{core}(集团){name.removeprefix(core)}", f"{core}集团{name.removeprefix(core)}", name])


def several(name: str, chance: random.Random) -> str:
    """Two habits after each other."""
    for habit in chance.sample(SINGLE, 2):
        name = SPELLINGS[habit](name, chance)
    return name


SPELLINGS: dict[str, Spelling] = {
    "place prefix": place_prefix,
    "place blindly": place_blindly,
    "place dropped": place_dropped,
    "place and form": place_and_form,
    "place in brackets": place_in_brackets,
    "width and blanks": wide,
    "legal form": legal_form,
    "group": group,
    "look-alikes": look_alike,
    "English form": english,
    "short with town": short_with_place,
    "notes": noted,
    "traditional signs": traditional,
    "new name, former beside": renamed_with_former,
    "department": department,
    "any sign": any_sign,
    "signs swapped": swapped,
    "sign lost or doubled": lost_or_doubled,
    "place order": place_order,
    "number beside": numbered,
    "cut off": cut_off,
    "group added": group_joined,
    "two habits": several,
}
SINGLE = (
    "place prefix",
    "place dropped",
    "width and blanks",
    "legal form",
    "look-alikes",
    "English form",
    "notes",
    "traditional signs",
    "signs swapped",
    "department",
)
"""Habits that an office may have together."""


def split_place(name: str) -> tuple[str, str]:
    """The largest known place a name begins with, and the rest; the place is empty where there is none."""
    if found := _PLACE.match(name):
        return found["place"], name[found.end() :]
    for length in (3, 2):
        if name[:length] in lexicon().parents and len(name) > length + 6:
            return name[:length], name[length:]
    return "", name


def bare(name: str) -> str:
    """The name without its legal form."""
    for form in FORMS:
        name = name.removesuffix(form)
    return name
