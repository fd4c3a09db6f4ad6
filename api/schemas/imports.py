"""Files handed in, and what was loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import Field

from api.i18n import _, render
from api.imports import Import
from api.lists import Wizard
from api.schemas.wire import Titled, Wire
from graph.messages import N_
from graph.model import LinkState
from loaders.history import STATES, RunCard, RunView
from loaders.lists import TITLES, ListMapping, Preview
from loaders.undo import Undone
from loaders.workbook.marking import LEVEL_TITLES

SHOWN = 200


class ProblemWire(Wire):
    """A cell that needs a person."""

    cell: str = Field(description=N_("工作表和单元格"))
    what: str = Field(description=N_("错在哪里"))
    cure: str = Field(description=N_("怎么办"))
    level: Titled = Field(description=N_("后果：整行退回、此格不采用、请核对"))


class OptionWire(Wire):
    """A field a column may be, with the parts of its score."""

    field: Titled = Field(description=N_("字段"))
    score: float = Field(description=N_("得分，0-1，等于两部分之和"))
    header: float = Field(description=N_("得分中来自表头的部分"))
    content: float = Field(description=N_("得分中来自单元格内容的部分"))


class ColumnWire(Wire):
    """A column of a list and what it is taken for."""

    header: str = Field(description=N_("表头"))
    field: Titled = Field(description=N_("对应的字段"))
    stream: Titled | None = Field(description=N_("表头自身写明的位置"))
    segment: str | None = Field(description=N_("表头自身写明的环节"))
    samples: list[str] = Field(description=N_("单元格示例"))
    options: list[OptionWire] = Field(description=N_("可能的字段，得分高的在前"))


class PreviewWire(Wire):
    """What a list would bring."""

    rows: int = Field(description=N_("行数"))
    chains: int = Field(description=N_("产业链数"))
    new_chains: int = Field(description=N_("其中新建的产业链数"))
    segments: int = Field(description=N_("环节数"))
    new_segments: int = Field(description=N_("其中新建的环节数"))
    firms: int = Field(description=N_("企业数"))
    known_firms: int = Field(description=N_("其中图谱已有的企业数"))
    links: int = Field(description=N_("挂链数"))
    refused: int = Field(description=N_("退回的行数"))
    notes: list[str] = Field(description=N_("退回和存疑之处"))

    @classmethod
    def of(cls, found: Preview) -> Self:
        """A preview of the domain."""
        figures = {name: value for name, value in vars(found).items() if isinstance(value, int)}
        notes = [render(one) for one in (*found.told, *found.notes)]
        return cls(**figures, refused=len(found.refused), notes=notes[:SHOWN])


class ListWire(Wire):
    """How a list from elsewhere is read."""

    columns: list[ColumnWire] = Field(description=N_("各列"))
    chain: str | None = Field(description=N_("表中没有产业链列时所用的产业链"))
    kept: str | None = Field(description=N_("所用的已存映射"))
    fields: list[Titled] = Field(description=N_("可选的字段"))
    preview: PreviewWire = Field(description=N_("将载入的内容"))

    @classmethod
    def of(cls, wizard: Wizard, mapping: ListMapping, found: Preview) -> Self:
        """A list that waits to be loaded."""
        columns = [
            ColumnWire(
                header=column.header,
                field=Titled.of(column.field, TITLES[column.field]),
                stream=Titled.of(column.stream) if column.stream else None,
                segment=column.segment,
                samples=list(proposal.samples),
                options=[
                    OptionWire(
                        field=Titled.of(one.field, TITLES[one.field]),
                        score=one.score,
                        header=one.parts[0],
                        content=one.parts[1],
                    )
                    for one in proposal.candidates
                ],
            )
            for column, proposal in zip(mapping.columns, wizard.proposals, strict=True)
        ]
        fields = [Titled.of(one, title) for one, title in TITLES.items()]
        chain, preview = wizard.chain(mapping), PreviewWire.of(found)
        return cls(columns=columns, chain=chain, kept=wizard.kept, fields=fields, preview=preview)


class ImportWire(Wire):
    """A file that was handed in."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("文件名"))
    state: str = Field(description=N_("checking、checked、loading、loaded 或 failed"))
    done: int = Field(description=N_("已处理的行数"))
    total: int | None = Field(description=N_("总行数"))
    rows: int | None = Field(description=N_("读到的行数"))
    returned: int | None = Field(description=N_("须改正的行数"))
    written: int | None = Field(description=N_("已写入的行数"))
    run: str | None = Field(description=N_("载入的编号，可据此撤销"))
    notes: list[str] = Field(description=N_("关于整张表和整列的说明"))
    problems: list[ProblemWire] = Field(description=N_("问题，至多二百处"))
    total_problems: int = Field(description=N_("问题总数"))
    file: str | None = Field(description=N_("返回文件的文件名"))
    mapped: ListWire | None = Field(description=N_("外来名录的映射"))
    error: str | None = Field(description=N_("失败的原因"))
    cure: str | None = Field(description=N_("失败后怎么办"))

    @classmethod
    def of(cls, file: Import) -> Self:
        """A file of the service."""
        problems = file.checked.problems if file.checked else ()
        report, wizard, mapped = file.report, file.wizard, None
        if wizard and file.mapping and file.preview:
            mapped = ListWire.of(wizard, file.mapping, file.preview)
        return cls(
            id=file.id,
            name=file.name,
            state=file.state,
            done=file.done,
            total=file.total,
            rows=report.read if report else file.checked.rows if file.checked else None,
            returned=report.dropped if report else file.checked.returned if file.checked else None,
            written=report.written + report.merged if report else None,
            run=report.run if report else None,
            notes=[render(note) for note in file.notes],
            problems=[
                ProblemWire(
                    cell=f"{one.sheet}!{one.cell}",
                    what=render(one.what),
                    cure=render(one.cure),
                    level=Titled.of(one.level.value, LEVEL_TITLES[one.level]),
                )
                for one in problems[:SHOWN]
            ],
            total_problems=len(problems),
            file=file.returned.name if file.returned else None,
            mapped=mapped,
            error=render(file.error.what) if file.error else None,
            cure=render(file.error.remedy) if file.error else None,
        )


class LoadOrder(Wire):
    """How a checked file is to be loaded; all but the first only for lists."""

    columns: dict[str, str] = Field({}, max_length=600, description=N_("改过的列：表头到字段"))
    chain: str | None = Field(None, max_length=60, description=N_("产业链，表中没有该列时"))
    place: str | None = Field(None, max_length=60, description=N_("企业都在哪里，表中没有写所在地的"))
    confirmed: bool = Field(False, description=N_("名录已逐条核实，挂链记为已确认"))
    save: str | None = Field(None, min_length=1, max_length=60, description=N_("以此名保存映射"))

    def update(self) -> dict[str, object]:
        """What changes beside the columns."""
        state = LinkState.CONFIRMED if self.confirmed else LinkState.UNCERTAIN
        said: dict[str, object] = {"state": state, "place": self.place}
        return said | ({"chain": self.chain} if self.chain else {})


class RunWire(Wire):
    """A load that was."""

    id: str = Field(description=N_("编号"))
    source: Titled = Field(description=N_("来源"))
    state: Titled = Field(description=N_("状态"))
    started_at: datetime = Field(description=N_("开始时间"))
    read: int = Field(description=N_("读到的行数"))
    written: int = Field(description=N_("写入的行数"))
    merged: int = Field(description=N_("与已有内容相同的行数"))
    dropped: int = Field(description=N_("退回的行数"))
    sample: bool = Field(description=N_("是否样例数据"))
    undoable: bool = Field(description=N_("能否整次撤销"))

    @classmethod
    def of(cls, card: RunCard) -> Self:
        """A run of the graph."""
        figures = {name: getattr(card, name) for name in ("id", "started_at", "read", "written", "merged", "dropped")}
        source = Titled(id=card.source, title=card.source_name)
        state = Titled(id=card.state, title=_(STATES[card.state]))
        return cls(**figures, source=source, state=state, sample=card.sample, undoable=card.undoable)


class RunList(Wire):
    """Loads, the latest first."""

    items: list[RunWire] = Field(description=N_("各次载入，最近的在前"))


class NoteWire(Wire):
    """A row that came back, or went in without a cell, and why."""

    where: str = Field(description=N_("工作表和行"))
    reason: str = Field(description=N_("原因和办法"))


class OwnRun(Wire):
    """A load of what a firm said of itself."""

    run: RunWire = Field(description=N_("这次填报"))
    returned: list[NoteWire] = Field(description=N_("退回的行，至多五百行"))
    cleaned: list[NoteWire] = Field(description=N_("部分采用的行，至多五百行"))

    @classmethod
    def of(cls, found: RunView) -> Self:
        """A run of the graph."""
        notes = [
            [NoteWire(where=one.where, reason=render(one.reason)) for one in some]
            for some in (found.drops, found.findings)
        ]
        return cls(run=RunWire.of(found.card), returned=notes[0], cleaned=notes[1])


class UndoneWire(Wire):
    """What undoing a load did."""

    run: str = Field(description=N_("载入的编号"))
    statements: int = Field(description=N_("收回的对象说法数"))
    relationships: int = Field(description=N_("收回的关系数"))
    restored: int = Field(description=N_("恢复的条数"))

    @classmethod
    def of(cls, done: Undone) -> Self:
        """An undo of the domain."""
        return cls(run=done.run, statements=done.statements, relationships=done.relationships, restored=done.restored)
