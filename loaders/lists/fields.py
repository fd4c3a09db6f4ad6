"""What a column of a foreign list can be: its words over the column, and how its cells look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.messages import N_
from graph.model import Stream
from loaders.workbook.cells import plain


class Field(StrEnum):
    """What a column of a chain list holds."""

    CHAIN = "chain"
    STREAM = "stream"
    PARENT = "parent"
    SEGMENT = "segment"
    FIRM = "firm"
    USCC = "uscc"
    SHORT_NAME = "short_name"
    PLACE = "place"
    PRODUCTS = "products"
    EVIDENCE = "evidence"
    CHECKED_ON = "checked_on"
    IGNORED = "ignored"


TITLES: Mapping[Field, str] = {
    Field.CHAIN: N_("产业链"),
    Field.STREAM: N_("位置"),
    Field.PARENT: N_("上级环节"),
    Field.SEGMENT: N_("环节"),
    Field.FIRM: N_("企业"),
    Field.USCC: N_("统一社会信用代码"),
    Field.SHORT_NAME: N_("简称"),
    Field.PLACE: N_("所在地区"),
    Field.PRODUCTS: N_("主要产品"),
    Field.EVIDENCE: N_("证据"),
    Field.CHECKED_ON: N_("核查日期"),
    Field.IGNORED: N_("不采用"),
}
"""Titles of the fields, as they are chosen by."""

WORDS: Mapping[Field, tuple[str, ...]] = {
    Field.CHAIN: ("产业链", "产业链名称", "链条", "链名", "所属产业链", "产业链条", "重点产业链", "产业", "产业名称",
                  "所属产业", "产业集群", "产业门类", "产业大类", "行业", "所属行业", "赛道", "chain",
                  "industry chain", "value chain", "supply chain", "chain name", "industry", "cluster", "sector"),
    Field.STREAM: ("位置", "上中下游", "上下游", "环节位置", "产业链位置", "链条位置", "所处位置", "所处环节位置",
                   "上游中游下游", "上/中/下游", "流向", "产业链上中下游", "链位", "所处链条", "段位", "产业链层级",
                   "stream", "position", "stream position", "chain position", "stage", "chain stage", "tier"),
    Field.PARENT: ("上级环节", "一级环节", "环节大类", "大类", "一级分类", "一级领域", "主环节", "领域大类", "板块",
                   "一级节点", "主要环节", "环节类别", "parent", "parent segment", "level 1", "category"),
    Field.SEGMENT: ("环节", "产业链环节", "环节名称", "细分环节", "细分领域", "二级环节", "三级环节", "关键环节",
                    "所属环节", "细分", "领域", "节点", "产业环节", "细分行业", "细分产业", "细分赛道", "二级分类",
                    "环节节点", "产业节点", "产品环节", "二级领域", "方向", "细分方向", "子领域", "环节/领域",
                    "segment", "chain segment", "industry chain segment", "industry chain link", "segment name", "link",
                    "node", "sub segment", "subsegment", "level 2", "field", "subsector"),
    Field.FIRM: ("企业", "企业名称", "单位名称", "公司名称", "企业全称", "公司", "单位", "代表企业", "重点企业",
                 "企业名单", "骨干企业", "龙头企业", "主要企业", "相关企业", "本地企业", "公司全称", "厂商", "承载企业",
                 "现有企业", "企业清单", "名称", "主体", "市场主体", "企业名", "firm", "firms", "firm name", "company",
                 "companies", "company name", "enterprise", "enterprise name", "enterprises", "organization", "name"),
    Field.USCC: ("统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "税号", "企业代码", "uscc", "credit code",
                 "unified social credit code"),
    Field.SHORT_NAME: ("简称", "企业简称", "short name", "abbreviation"),
    Field.PLACE: ("所在地区", "地区", "区域", "所属区域", "所在区", "区县", "所在地", "属地", "镇街", "园区", "城市",
                  "所在城市", "所在区县", "省市", "注册地", "省", "省份", "市", "地市", "区", "县", "乡镇",
                  "街道", "所在镇", "所属镇街", "镇", "所在省", "所在市", "所在县", "注册地址", "地址", "企业地址",
                  "住所", "开发区", "region", "place", "city", "district", "town", "location", "province", "county",
                  "area", "address"),
    Field.PRODUCTS: ("主要产品", "主营产品", "产品", "主导产品", "代表产品", "核心产品", "主营业务", "产品名称",
                     "product", "products", "main products"),
    Field.EVIDENCE: ("证据", "依据", "佐证", "入链依据", "入选理由", "来源", "evidence", "source", "basis"),
    Field.CHECKED_ON: ("核查日期", "核实日期", "更新日期", "日期", "走访日期", "date", "checked on"),
    Field.IGNORED: ("序号", "编号", "备注", "联系人", "联系电话", "电话", "手机", "邮箱", "填表人", "网址", "官网",
                    "no", "id", "index", "number", "remark", "remarks", "note", "notes", "phone", "contact", "email",
                    "website", "homepage", "url"),
}  # fmt: skip
"""Words over a column. What of these stand in a header is its best reading; a part of it is a weaker one."""

_STREAMS: tuple[tuple[Stream, re.Pattern[str]], ...] = (
    (
        Stream.UPSTREAM,
        re.compile(r"上\s*游|上[中、,，/和与及]+下?游|^上(?:$|[-—:：(（])|up[-\s]?stream|^up(?:per)?$", re.IGNORECASE),
    ),
    (
        Stream.MIDSTREAM,
        re.compile(
            r"中\s*游|中[、,，/和与及]*下游|^中(?:$|[-—:：(（])|mid(?:dle)?[-\s]?stream|^mid(?:dle)?$", re.IGNORECASE
        ),
    ),
    (Stream.DOWNSTREAM, re.compile(r"下\s*游|^下(?:$|[-—:：(（])|down[-\s]?stream|^(?:down|lower)$", re.IGNORECASE)),
    (Stream.SUPPORTING, re.compile(r"配套|支撑|服务平台|公共服务|保障|基础支撑|supporting", re.IGNORECASE)),
)
_CODES: Mapping[str, Stream] = {
    code: stream
    for stream, codes in (
        (Stream.UPSTREAM, "1 u i 一"),
        (Stream.MIDSTREAM, "2 m ii 二"),
        (Stream.DOWNSTREAM, "3 d iii 三"),
    )
    for code in codes.split()
}
"""What a stream is abbreviated to in a column that is known to hold streams."""
_FIRM = re.compile(
    r"公司|集团|厂$|工厂|研究院|研究所|研究中心|事务所|合作社|有限|股份|大学|学院|银行|中心$|设计院|经营部|工作室|实验室|科技$|电子$|机械$|制造$|工业$|实业$|医院$"
    r"|\b(?:Co|Ltd|Inc|Corp|LLC|GmbH|Company|Group|Holdings)\b",
    re.IGNORECASE,
)
_USCC = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{18}$", re.IGNORECASE)
_PLACE = re.compile(r"(?:省|市|区|县|镇|乡|街道|开发区|园区|高新区)$")
_DATE = re.compile(r"^\d{4}[-./年]\d{1,2}")
SEPARATORS = re.compile(r"[、；;，,\n\r|]|\s/\s|\s{2,}")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.、)）．]\s*|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*)")
_CIRCLED = re.compile(r"\s*[①-⑳]\s*")
_TAIL = re.compile(r"(?:等(?:\d+家)?(?:企业|公司)?|……|\.{3,})$")


def read_stream(text: str) -> Stream | None:
    """Where in a chain: 上游, 中游, 下游 or what supports them; None when the text names none or several."""
    found = [stream for stream, pattern in _STREAMS if pattern.search(text)]
    streams = [stream for stream in found if stream is not Stream.SUPPORTING]
    if len(streams) == 1:
        return streams[0]
    return found[0] if len(found) == 1 else None


def stream_of(text: str) -> Stream | None:
    """Where in a chain a cell of a stream column says: in words, or as 1, 2, 3, as U, M, D or as 一, 二, 三."""
    return read_stream(text) or _CODES.get(text.strip().removesuffix(".0").lower())


def _coded(texts: Sequence[str]) -> float:
    """How much a column looks like coded streams: letters are hardly anything else, figures often are."""
    different = {text.lower() for text in texts}
    if len(different) < 2 or not different <= _CODES.keys():
        return 0.0
    return 1.0 if different & {"u", "m", "d"} else 0.3


def split_firms(text: str) -> list[str]:
    """The firms of a cell: separated by 、 ； , line breaks; numbering and a closing 等 go, brackets stay whole."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\x00{len(held) - 1}\x00"

    parts = SEPARATORS.split(_CIRCLED.sub("、", _BRACKETS.sub(hold, text)))
    names = []
    for part in parts:
        whole = re.sub(r"\x00(\d+)\x00", lambda found: held[int(found[1])], part)
        name = _TAIL.sub("", _NUMBERED.sub("", whole.strip())).strip(" 。.·")
        if name:
            names.append(name)
    return list(dict.fromkeys(names))


def looks_like_firm(text: str) -> bool:
    """Whether a cell names firms."""
    return bool(_FIRM.search(_BRACKETS.sub("", text).strip() or text))


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts)


@dataclass(frozen=True)
class Look:
    """How the cells of a column look: shares of its filled cells, and how often they repeat."""

    filled: float
    firms: float
    streams: float
    places: float
    codes: float
    dates: float
    numbers: float
    distinct: float
    length: float
    chains: float
    latin: float

    @classmethod
    def of(cls, cells: Sequence[str], known_chains: frozenset[str] = frozenset()) -> Look:
        """Look at the cells of a column."""
        texts = [text for text in cells if text][:2_000]
        if not texts:
            return cls(*(0.0,) * 11)
        return cls(
            filled=len(texts) / max(1, min(len(cells), 2_000)),
            firms=_share(texts, lambda text: any(map(looks_like_firm, split_firms(text)[:3]))),
            streams=_share(texts, lambda text: read_stream(text) is not None and len(text) <= 16) or _coded(texts),
            places=_share(texts, lambda text: bool(_PLACE.search(text)) and len(text) <= 20),
            codes=_share(texts, lambda text: bool(_USCC.match(text))),
            dates=_share(texts, lambda text: bool(_DATE.match(text))),
            numbers=_share(texts, lambda text: text.replace(".", "").replace(",", "").isdigit()),
            distinct=len(set(texts)) / len(texts),
            length=sum(map(len, texts)) / len(texts),
            chains=_share(
                texts, lambda text: text.endswith("链") or "产业" in text or text.removesuffix("产业链") in known_chains
            ),
            latin=_share(texts, lambda text: text.isascii() and any(map(str.isalpha, text))),
        )


def content_score(field: Field, look: Look) -> float | None:
    """How well the cells of a column fit a field, 0 to 1; None where cells tell nothing."""
    words = (1.0 if 2 <= look.length <= 16 else 0.3) * max(
        0.0, 1 - look.firms - look.streams - look.numbers - look.codes - look.dates
    )
    scores = {
        Field.FIRM: look.firms,
        Field.STREAM: look.streams,
        Field.USCC: look.codes,
        Field.PLACE: None if look.latin > 0.5 else look.places,
        Field.CHECKED_ON: look.dates,
        Field.CHAIN: words * (0.4 + 0.6 * look.chains) * (1.0 if look.distinct < 0.2 else 0.5),
        Field.PARENT: words * (1.0 if look.distinct < 0.3 else 0.5),
        Field.SEGMENT: words,
        Field.IGNORED: look.numbers,
    }
    return scores.get(field)


def cell_text(value: object) -> str:
    """The text of a raw cell; a number in a circle, which folding would make a digit of the name, parts it."""
    parted = _CIRCLED.sub("、", value).lstrip("、") if isinstance(value, str) else value
    return plain(parted)  # type: ignore[arg-type]
