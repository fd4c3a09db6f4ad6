"""Verification tasks."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field

from api.i18n import render, retold
from api.schemas.wire import Named, Titled, Wire
from graph.messages import N_, told
from graph.model import TaskKind
from matching.linking.verification import STATE_TITLES, TaskState, TaskView

KIND_TITLES = {TaskKind.LINK: N_("核实挂链"), TaskKind.SEARCH: N_("排查环节")}
TEXT = 300


class TaskWire(Wire):
    """Something a town is asked to find out, with the fact that answered it."""

    id: str = Field(description=N_("编号"))
    kind: Titled = Field(description=N_("任务类别"))
    state: Titled = Field(description=N_("办理状态；由事实得出，不能手工勾选"))
    town: str = Field(description=N_("镇街"))
    firm: Named | None = Field(description=N_("企业；排查任务为 null"))
    segment: Named = Field(description=N_("环节"))
    question: str = Field(description=N_("待核实事项"))
    owner: str | None = Field(description=N_("责任人"))
    created_on: date = Field(description=N_("派发日期"))
    due_on: date | None = Field(description=N_("限期"))
    answer: str | None = Field(description=N_("办结所依据的事实"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, view: TaskView) -> Self:
        """A task as it stands."""
        task = view.task
        return cls(
            id=task.id,
            kind=Titled.of(task.kind, KIND_TITLES[task.kind]),
            state=Titled.of(view.state, STATE_TITLES[view.state]),
            town=task.town,
            firm=Named(id=task.firm, name=view.firm_name or task.firm) if task.firm else None,
            segment=Named(id=task.segment, name=view.segment_name),
            question=retold(told(task.question, task.wording, "question")),
            owner=task.owner,
            created_on=task.created_on,
            due_on=task.due_on,
            answer=render(view.answer) if view.answer else None,
            sample=view.sample,
        )


class TownWire(Wire):
    """A town with its tasks in counts."""

    town: str = Field(description=N_("镇街"))
    open: int = Field(description=N_("待派"))
    assigned: int = Field(description=N_("核查中"))
    overdue: int = Field(description=N_("已逾期"))
    done: int = Field(description=N_("已办结"))

    @property
    def todo(self) -> int:
        """How many are not done."""
        return self.open + self.assigned + self.overdue


class TaskList(Wire):
    """Some of the tasks found, and every town with its counts."""

    total: int = Field(description=N_("总数"))
    towns: list[TownWire] = Field(description=N_("各镇街的任务数"))
    items: list[TaskWire] = Field(description=N_("核查任务"))

    @classmethod
    def of(cls, every: list[TaskView], shown: list[TaskView], skip: int, limit: int) -> Self:
        """Tasks of the graph: ``every`` for the counts, a part of ``shown`` for the list."""
        towns: dict[str, dict[str, int]] = {}
        for view in every:
            counts = towns.setdefault(view.task.town, dict.fromkeys(TaskState, 0))
            counts[view.state] += 1
        return cls(
            total=len(shown),
            towns=sorted((TownWire(town=town, **counts) for town, counts in towns.items()), key=lambda one: -one.todo),
            items=[TaskWire.of(view) for view in shown[skip : skip + limit]],
        )


class TasksCreate(Wire):
    """Which tasks to give out."""

    chain: str | None = Field(None, max_length=TEXT, description=N_("只对这条产业链的编号；不写则全部"))
    unplaced: bool = Field(False, description=N_("是否也派发本市以外或不知所在地的企业"))


class TasksHand(Wire):
    """Tasks to be handed to somebody."""

    ids: list[str] = Field([], max_length=1000, description=N_("任务编号"))
    town: str | None = Field(None, max_length=TEXT, description=N_("或一个镇街的全部未办结任务"))
    owner: str = Field("", max_length=60, description=N_("责任人"))
    due_on: date | None = Field(None, description=N_("限期"))


class TasksDone(Wire):
    """How many tasks an action was about."""

    count: int = Field(description=N_("任务数"))
