"""Does the offer hold the certificates asked for, on this day?"""

from __future__ import annotations

import re
import unicodedata

from graph.messages import N_, Message
from graph.values import Certificate
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair

GATE = "certificate"
_EDITION = re.compile(r"[:：-](?:19|20)\d{2}$")
_PACKING = re.compile(r"(?:质量|环境)?(?:管理)?(?:体系)?(?:认证)?(?:证书)?$")


def plain_name(name: str) -> str:
    """Fold spelling: ``ISO 9001:2015 质量管理体系认证`` and ``iso9001`` are one certificate."""
    text = unicodedata.normalize("NFKC", name).upper().strip()
    bare = _EDITION.sub("", (_PACKING.sub("", text) or text).strip())
    return re.sub(r"[\s\-_/.]+", "", bare)


def certificate(pair: Pair) -> tuple[Verdict, ...]:
    """Each certificate the need names is held and valid today.

    An offer that lists no certificate at all, or not the last day of one, is asked. Of several with one name the one
    valid longest counts.
    """
    return tuple(_one(asked.name, pair) for asked in pair.wanted.certificates)


def _one(name: str, pair: Pair) -> Verdict:
    values: dict[str, object] = {"name": name}
    if not pair.offered.certificates:
        detail = Message(N_("供方未写证书（需求：{name}）"), values)
        return unknown(GATE, detail, Message(N_("请问是否持有{name}？"), values))
    held = [one for one in pair.offered.certificates if plain_name(one.name) == plain_name(name)]
    if not held:
        return failed(GATE, Message(N_("所列证书中没有{name}"), values), Message(N_("若取得{name}"), values))
    dated = [one.until for one in held if one.until is not None]
    latest = max(dated, default=None)
    if latest is not None and latest >= pair.today:
        return passed(GATE, Message(N_("{name} 有效期至 {until}"), {**values, "until": latest}))
    if len(dated) < len(held) or latest is None:
        return _undated(held, values)
    values["until"] = latest
    return failed(GATE, Message(N_("{name} 已于 {until} 到期"), values), Message(N_("若{name}完成换证"), values))


def _undated(held: list[Certificate], values: dict[str, object]) -> Verdict:
    ask = Message(N_("请问{name}有效期到哪一天？"), values)
    return unknown(GATE, Message(N_("持有{name}，有效期未写"), {**values, "count": len(held)}), ask)
