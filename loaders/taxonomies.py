"""Official classifications: GB/T 4754 industries and administrative divisions, with the towns of a district (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph.errors import SourceMissing, SourceUnreadable
from graph.messages import N_, Listed, Message
from graph.model import Grade, In, Industry, Place, PlaceLevel, SubIndustryOf
from loaders.base import Job, fingerprint
from loaders.provenance import Drop, Fact, Row, Source

SOURCE = Source(
    id="taxonomies",
    name="国民经济行业分类 GB/T 4754—2017（含第1号修改单）、行政区划代码",
    rank=2,
    observed_on=date(2019, 5, 20),
    grade=Grade.STRONG,
    minimum=1_000,
    note="observed_on 为 GB/T 4754 第1号修改单的实施时间",
)
SCHEME = "GB/T 4754-2017"

NO_CODE = N_("缺少代码或名称")
NO_PARENT = N_("上级“{code}”不在表中")
NOT_UTF8 = N_("文件不是 UTF-8 编码，请另存为 UTF-8")
NO_COLUMNS = N_("缺少列 {columns}")

Record = dict[str, str]


def _industry(record: Record, known: set[str]) -> list[Fact]:
    code, name, parent = record["code"], record["name"], record["parent"]
    facts: list[Fact] = [Industry(name=name, scheme=SCHEME, code=code, level=int(record["level"]))]
    if parent:
        if parent not in known:
            raise LookupError(parent)
        ends = Industry(name="-", scheme=SCHEME, code=code).id, Industry(name="-", scheme=SCHEME, code=parent).id
        facts.append(SubIndustryOf(start=ends[0], end=ends[1]))
    return facts


def place_id(code: str) -> str:
    """The id of an administrative division."""
    return f"place-{code}"


def _place(record: Record, known: set[str], level: PlaceLevel, parent_column: str | None) -> list[Fact]:
    facts: list[Fact] = [Place(id=place_id(record["code"]), name=record["name"], code=record["code"], level=level)]
    if parent_column:
        if record[parent_column] not in known:
            raise LookupError(record[parent_column])
        facts.append(In(start=place_id(record["code"]), end=place_id(record[parent_column])))
    return facts


def _province(record: Record, known: set[str]) -> list[Fact]:
    return _place(record, known, PlaceLevel.PROVINCE, None)


def _city(record: Record, known: set[str]) -> list[Fact]:
    return _place(record, known, PlaceLevel.CITY, "provinceCode")


def _area(record: Record, known: set[str]) -> list[Fact]:
    return _place(record, known, PlaceLevel.DISTRICT, "cityCode")


def _town(record: Record, known: set[str]) -> list[Fact]:
    return _place(record, known, PlaceLevel.TOWN, "areaCode")


TRANSFORMS = {
    "gbt4754_2017.csv": (_industry, {"code", "name", "parent", "level"}),
    "provinces.csv": (_province, {"code", "name"}),
    "cities.csv": (_city, {"code", "name", "provinceCode"}),
    "areas.csv": (_area, {"code", "name", "cityCode"}),
}
TOWNS = "*_streets.csv"


def _read(path: Path, columns: set[str]) -> list[tuple[str, Record]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := columns - set(reader.fieldnames or ()):
                raise SourceUnreadable(path=path, reason=Message(NO_COLUMNS, {"columns": Listed(sorted(missing))}))
            return [(f"{path.name}:{reader.line_num}", record) for record in reader]
    except UnicodeDecodeError:
        raise SourceUnreadable(path=path, reason=Message(NOT_UTF8)) from None


def records(tables: list[tuple[str, list[tuple[str, Record]]]]) -> Iterator[Row | Drop]:
    """Turn the tables into rows; a division or class whose parent is unknown comes back with the reason."""
    known: set[str] = set()
    for file, table in tables:
        transform = TRANSFORMS[file][0] if file in TRANSFORMS else _town
        for where, record in table:
            if not record["code"] or not record["name"]:
                yield Drop(where, Message(NO_CODE))
                continue
            try:
                row = Row(where, tuple(transform(record, known)))
            except LookupError as error:
                yield Drop(where, Message(NO_PARENT, {"code": error.args[0]}))
                continue
            known.add(record["code"])
            yield row


def open_folder(folder: Path) -> Job:
    """Open the classifications for loading.

    Raises:
        SourceMissing: when the folder or one of its tables is not there.
        SourceUnreadable: when a table lacks its columns or is not UTF-8.
    """
    paths = [folder / name for name in TRANSFORMS]
    for path in paths:
        if not path.is_file():
            raise SourceMissing(path=path, expected=Listed([*TRANSFORMS, TOWNS]))
    towns = sorted(folder.glob(TOWNS))
    tables = [(path.name, _read(path, TRANSFORMS[path.name][1])) for path in paths]
    tables += [(path.name, _read(path, {"code", "name", "areaCode"})) for path in towns]
    total = sum(len(table) for _, table in tables)
    return Job(SOURCE, records(tables), fingerprint([*paths, *towns]), total)
