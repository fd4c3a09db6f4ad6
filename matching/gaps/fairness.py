"""Fair competition: the words of a rule, weight or threshold must not speak of place of registration or ownership.

Measuring local sourcing is allowed, ranking or gating by place is not (fair competition review; DOMAIN 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.errors import InputError
from graph.messages import N_, Message

PLACE = N_("企业所在地、注册地")
OWNERSHIP = N_("企业的所有制或投资者来源")
CODE = N_("统一社会信用代码（其中含登记地）")

_WORDS: dict[str, str] = {
    PLACE: """
        place places region regional district city county province town ring rings local locally domicile registered
        registration registry address location distance near nearby outside nonlocal codes
        注册地 登记地 所在地 地址 地区 区划 圈层 本地 本区 本市 本省 外地 属地 落户 距离 长三角 迁入
    """,
    OWNERSHIP: """
        ownership owner owned soe foreign private nationality investor
        所有制 国企 国有 民营 民企 外资 外商 内资 港澳台 股东性质
    """,
    CODE: "uscc 信用代码",
}


class UnfairRule(InputError):
    """A rule that looks at where a firm is registered or who owns it."""

    message = N_("“{rule}”涉及{subject}，不能用来排序、加减分或设置门槛")
    cure = N_(
        "按《公平竞争审查条例》，招商名单对各地、各类企业一视同仁，请删去这一条；要看某一范围的供方，请用圈层筛选，它只筛选、不评分"
    )


def _texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every key and text in a proposal with the path that leads to it."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            at = f"{path}.{key}" if path else str(key)
            yield at, str(key)
            yield from _texts(item, at)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, item in enumerate(value, start=1):
            yield from _texts(item, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path, value


def _subject(text: str) -> str | None:
    lowered = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text).lower()
    words = {lowered, *re.split(r"[^a-z]+", lowered)}
    for subject, listed in _WORDS.items():
        banned = listed.split()
        if words.intersection(banned) or any(word in text for word in banned if not word.isascii()):
            return subject
    return None


def check_open_entry(proposal: object) -> None:
    """Refuse a proposal (rules, weights or thresholds, however nested) whose words speak of place or ownership.

    Raises:
        UnfairRule: naming the rule and what it looks at.
    """
    for path, text in _texts(proposal):
        if subject := _subject(text):
            raise UnfairRule(where=path, rule=text, subject=Message(subject))
