"""ChainKnowledgeGraph: listed companies, their products, and what products are made of (public, JSON lines).

Extracted by its authors from annual reports and encyclopaedia text: real, broad and noisy. Everything readable goes
in; what does not comes back with its reason. Products are linked to segments where the segments' terms say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from graph.errors import SourceMissing, SourceUnreadable
from graph.ids import exchange_code
from graph.messages import N_, Listed, Message
from graph.model import (
    Covers,
    Enterprise,
    Grade,
    Industry,
    InIndustry,
    KindOf,
    Makes,
    MaterialOf,
    Product,
    SubIndustryOf,
    UpstreamIndustry,
)
from graph.terms import SegmentTerms, TermIndex
from loaders.base import Job, fingerprint
from loaders.provenance import Drop, Fact, Row, Source

SOURCE = Source(
    id="chainkg",
    name="ChainKnowledgeGraph 公开数据集（上市公司年报与百科文本抽取）",
    rank=3,
    observed_on=date(2021, 10, 19),
    grade=Grade.MEDIUM,
    minimum=1,
    note="observed_on 为数据集中最晚的上市日期，是内容的时间上限",
)
SCHEME = "申万行业分类2021"
EXCHANGES = {"上海证券交易所", "深圳证券交易所", "北京证券交易所"}
MAX_NAME = 60

NOT_JSON = N_("不是完整的 JSON 行")
NOT_UTF8 = N_("含有不是 UTF-8 编码的字符")
NO_FIELD = N_("缺少字段“{field}”")
BAD_CODE = N_("“{code}”不是六位证券代码")
FRAGMENT = N_("名称“{name}”括号不成对，是残缺文本")
TOO_LONG = N_("名称超过 {limit} 字，不像一个名称")
SELF_LOOP = N_("两端是同一个名称“{name}”")
UNKNOWN_RELATION = N_("不认识的关系“{relation}”")
BAD_SHARE = N_("收入占比 {value} 不在 0 到 1 之间，未采用")
BAD_DATE = N_("“{value}”不是日期，未采用")
BAD_EXCHANGE = N_("“{value}”不是交易所，未采用")
UNKNOWN_INDUSTRY = N_("行业“{name}”不在分类表中")
GBK_FILE = N_("文件是 GBK 编码，请另存为 UTF-8")
SCOPE_SHARE = 0.001
"""What the data set writes as share of a product it took from the registered scope, which is no report of making it."""
BAD_COUNT = N_("共现次数 {value} 不是正整数")

Record = dict[str, Any]


class _Bad(Exception):
    """A row nothing can be taken from."""

    def __init__(self, template: str, **values: object) -> None:
        self.reason = Message(template, values)


@dataclass
class _Context:
    """What earlier rows established: ids of names, and what had to be left out of the row at hand."""

    index: TermIndex
    products: dict[str, str] = field(default_factory=dict)
    industries: dict[str, str] = field(default_factory=dict)
    firms: set[str] = field(default_factory=set)
    cleaned: list[Message] = field(default_factory=list)
    grade: Grade | None = None

    def product(self, name: str, facts: list[Fact]) -> str:
        """The id of a product; if no earlier row had it, it and its segments join ``facts``."""
        if known := self.products.get(name):
            return known
        product = Product(name=_name(name))
        facts.append(product)
        facts += [Covers(start=m.segment, end=product.id, term=m.term) for m in self.index.match(product.name)]
        return product.id

    def industry(self, name: str, code: str, facts: list[Fact]) -> str:
        """The id of an industry class; if no earlier row had it, it joins ``facts``."""
        if known := self.industries.get(name):
            return known
        industry = Industry(name=name, scheme=SCHEME, code=code)
        facts.append(industry)
        return industry.id

    def firm(self, code: str, name: object, facts: list[Fact]) -> str:
        """The id of a firm; one the list of companies lacks joins ``facts`` under its short name."""
        if exchange_code(code) is None:
            raise _Bad(BAD_CODE, code=code)
        own = Enterprise.identify(code=code)
        if own not in self.firms:
            short = str(name).strip() if name else code
            facts.append(Enterprise(name=short, short_name=short, exchange_code=exchange_code(code)))
        return own

    def learn(self, facts: list[Fact]) -> None:
        """Remember the names of a row that went in whole."""
        for fact in facts:
            if isinstance(fact, Product):
                self.products[fact.name] = fact.id
            elif isinstance(fact, Industry):
                self.industries[fact.name] = fact.id
            elif isinstance(fact, Enterprise):
                self.firms.add(fact.id)

    def omit(self, template: str, **values: object) -> None:
        """Note a value that is left out of the row."""
        self.cleaned.append(Message(template, values))


def _record(line: bytes) -> Record:
    try:
        record = from_json(line.decode())
    except UnicodeDecodeError:
        raise _Bad(NOT_UTF8) from None
    except ValueError:
        raise _Bad(NOT_JSON) from None
    if not isinstance(record, dict):
        raise _Bad(NOT_JSON)
    return record


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise _Bad(NO_FIELD, field=name)
    return text


def _name(text: str) -> str:
    if text.count("(") + text.count("（") != text.count(")") + text.count("）"):
        raise _Bad(FRAGMENT, name=text)
    if len(text) > MAX_NAME:
        raise _Bad(TOO_LONG, limit=MAX_NAME)
    return text


def _industry(record: Record, context: _Context) -> list[Fact]:
    facts: list[Fact] = []
    context.industry(_text(record, "name"), _text(record, "code"), facts)
    return facts


def _industry_industry(record: Record, context: _Context) -> list[Fact]:
    facts: list[Fact] = []
    start = context.industry(_text(record, "from_industry"), _text(record, "from_code"), facts)
    end = context.industry(_text(record, "to_industry"), _text(record, "to_code"), facts)
    return [*facts, SubIndustryOf(start=start, end=end)]


def _product(record: Record, context: _Context) -> list[Fact]:
    facts: list[Fact] = []
    context.product(_text(record, "name"), facts)
    return facts


def _company(record: Record, context: _Context) -> list[Fact]:
    code, place, day = _text(record, "code"), record.get("location"), record.get("time")
    if exchange_code(code) is None:
        raise _Bad(BAD_CODE, code=code)
    if place not in EXCHANGES:
        context.omit(BAD_EXCHANGE, value=place)
        place = None
    try:
        listed_on = date.fromisoformat(str(day))
    except ValueError:
        context.omit(BAD_DATE, value=day)
        listed_on = None
    return [
        Enterprise(
            name=_text(record, "fullname"),
            short_name=_text(record, "name"),
            exchange_code=exchange_code(code),
            exchange=place,
            listed_on=listed_on,
        )
    ]


def _company_industry(record: Record, context: _Context) -> list[Fact]:
    facts: list[Fact] = []
    industry = context.industry(_text(record, "industry_name"), _text(record, "industry_code"), facts)
    firm = context.firm(_text(record, "company_code"), record.get("company_name"), facts)
    return [*facts, InIndustry(start=firm, end=industry)]


def _company_product(record: Record, context: _Context) -> list[Fact]:
    facts: list[Fact] = []
    product = context.product(_text(record, "product_name"), facts)
    share = record.get("rel_weight")
    if share == SCOPE_SHARE:
        context.grade, share = Grade.WEAK, None
    if share is not None and not (isinstance(share, int | float) and 0 <= share <= 1):
        context.omit(BAD_SHARE, value=share)
        share = None
    firm = context.firm(_text(record, "company_code"), record.get("company_name"), facts)
    return [*facts, Makes(start=firm, end=product, share=share)]


def _product_product(record: Record, context: _Context) -> list[Fact]:
    facts: list[Fact] = []
    names = _text(record, "from_entity"), _text(record, "to_entity")
    if names[0] == names[1]:
        raise _Bad(SELF_LOOP, name=names[0])
    start, end = (context.product(name, facts) for name in names)
    match record.get("rel"):
        case "上游材料":
            return [*facts, MaterialOf(start=end, end=start)]
        case "下游产品":
            return [*facts, MaterialOf(start=start, end=end)]
        case "产品小类":
            return [*facts, KindOf(start=end, end=start)]
        case relation:
            raise _Bad(UNKNOWN_RELATION, relation=relation)


def _industry_up(record: Record, context: _Context) -> list[Fact]:
    name, ups = _text(record, "industry"), record.get("ups")
    if not isinstance(ups, dict):
        raise _Bad(NO_FIELD, field="ups")
    if name not in context.industries:
        raise _Bad(UNKNOWN_INDUSTRY, name=name)
    facts: list[Fact] = []
    for other, count in ups.items():
        if other not in context.industries:
            context.omit(UNKNOWN_INDUSTRY, name=other)
        elif not isinstance(count, int) or count < 1:
            context.omit(BAD_COUNT, value=count)
        elif other != name:
            ends = {"start": context.industries[other], "end": context.industries[name]}
            facts.append(UpstreamIndustry(**ends, count=count))
    return facts


TRANSFORMS: dict[str, Callable[[Record, _Context], list[Fact]]] = {
    "industry.json": _industry,
    "industry_industry.json": _industry_industry,
    "product.json": _product,
    "company.json": _company,
    "company_industry.json": _company_industry,
    "company_product.json": _company_product,
    "product_product.json": _product_product,
    "industry_up.json": _industry_up,
}


def records(lines: Iterable[tuple[str, int, bytes]], index: TermIndex) -> Iterator[Row | Drop]:
    """Turn (file, line number, line) into rows, in the order of ``TRANSFORMS``; nothing is ever silently left out."""
    context = _Context(index)
    for file, number, line in lines:
        where = f"{file}:{number}"
        context.cleaned, context.grade = [], None
        try:
            facts = TRANSFORMS[file](_record(line), context)
            context.learn(facts)
            yield Row(where, tuple(facts), tuple(context.cleaned), grade=context.grade)
        except _Bad as bad:
            yield Drop(where, bad.reason)


def read_lines(paths: Iterable[Path]) -> Iterator[tuple[str, int, bytes]]:
    """Yield the non-empty lines of the files."""
    for path in paths:
        name = path.name
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.isspace():
                    yield name, number, line


def open_folder(folder: Path, segments: Iterable[SegmentTerms]) -> Job:
    """Open the data set for loading; products are linked to ``segments`` by their terms.

    Raises:
        SourceMissing: when the folder or one of its files is not there.
        SourceUnreadable: when a file is GBK instead of UTF-8.
    """
    paths = [folder / name for name in TRANSFORMS]
    for path in paths:
        if not path.is_file():
            raise SourceMissing(path=path, expected=Listed(TRANSFORMS))
    known = sorted(segments, key=lambda entry: entry.segment)
    total = sum(_count_lines(path) for path in paths)
    rows = records(read_lines(paths), TermIndex(known))
    return Job(SOURCE, rows, fingerprint(paths, repr(known)), total)


def _count_lines(path: Path) -> int:
    """Count the lines of a file that has to be UTF-8, give or take single broken lines."""
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if _is_gbk(data):
            raise SourceUnreadable(path=path, reason=Message(GBK_FILE)) from None
    return sum(1 for line in data.splitlines() if line and not line.isspace())


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
