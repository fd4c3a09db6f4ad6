"""A timetable in the making."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from api.background import State
from api.i18n import _, render
from api.schemas.event_edits import EventEdit
from api.schemas.wire import Titled, Wire
from api.solving import Solving
from graph.messages import N_, Message
from matching.events import EventInvalid, PinsInfeasible

STATE_TITLES = {
    State.WAITING: N_("等待其他活动排完"),
    State.RUNNING: N_("正在排表"),
    State.DONE: N_("已排好"),
    State.FAILED: N_("没有排成"),
}
BEST = ("value", "idle", "count")
"""What sentences of the solver call what is reached; ``bound`` is the proved limit."""
SHOWN = 50


class SolvingEdit(EventEdit):
    """How long to look for a better timetable."""

    seconds: Annotated[int, Field(ge=1, le=600, description=N_("最多用多少秒，到时给出已有的最好结果"))] = 60


class StageWire(Wire):
    """What a stage reached."""

    say: str = Field(description=N_("阶段和结果"))
    best: float | None = Field(description=N_("目前最好"))
    bound: float | None = Field(description=N_("已证明的界"))
    gap: float | None = Field(description=N_("与界的差距，占界的比例；没有界时为 null"))

    @classmethod
    def of(cls, said: Message) -> Self:
        """A sentence of the solver."""
        best = next((_number(said.values[name]) for name in BEST if name in said.values), None)
        bound = _number(said.values.get("bound"))
        gap = None if best is None or bound is None else abs(best - bound) / max(abs(bound), 1.0)
        return cls(say=render(said), best=best, bound=bound, gap=gap)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


class SolvedWire(Wire):
    """How good the timetable is."""

    meetings: int = Field(description=N_("排入的场数"))
    value: float = Field(description=N_("总分"))
    value_bound: float = Field(description=N_("总分的上界"))
    idle: int = Field(description=N_("空等的时段数"))
    idle_bound: int = Field(description=N_("空等的下界"))
    dropped: list[str] = Field(description=N_("没有排入的会面和原因"))


class SolvingWire(Wire):
    """A timetable in the making, or the last one."""

    state: Titled | None = Field(description=N_("waiting、running、done 或 failed；没有排过时为 null"))
    by: str | None = Field(description=N_("由谁开始"))
    seconds: float = Field(description=N_("已用秒数"))
    stopping: bool = Field(description=N_("已要求停止，取已有的最好结果"))
    stages: list[StageWire] = Field(description=N_("各阶段，最新的在后"))
    solved: SolvedWire | None = Field(description=N_("排好后的结果"))
    detail: str | None = Field(description=N_("没有排成的原因"))
    cure: str | None = Field(description=N_("怎么办"))
    advice: list[str] = Field(description=N_("逐项的问题，或须放开的各项"))

    @classmethod
    def of(cls, found: Solving | None) -> Self:
        """A solving of the service; none before the first."""
        if found is None:
            nothing = dict.fromkeys(("state", "by", "solved", "detail", "cure"))
            return cls.model_validate(nothing | {"seconds": 0, "stopping": False, "stages": [], "advice": []})
        return cls(
            state=Titled.of(found.state, STATE_TITLES[found.state]),
            by=found.by,
            seconds=round(found.spent, 1),
            stopping=found.stop.is_set(),
            stages=[StageWire.of(said) for said in list(found.reached.values())],
            solved=_solved(found),
            detail=render(found.error.what) if found.error else None,
            cure=render(found.error.remedy) if found.error else None,
            advice=_advice(found.error),
        )


def _solved(found: Solving) -> SolvedWire | None:
    plan = found.plan
    if plan is None:
        return None
    counts = {name: getattr(plan, name) for name in ("value", "value_bound", "idle", "idle_bound")}
    line = _("{a} — {b}：{reason}")
    dropped = [line.format(a=one.a, b=one.b, reason=render(one.reason)) for one in plan.dropped[:SHOWN]]
    return SolvedWire(meetings=len(plan.meetings), dropped=dropped, **counts)


def _advice(error: Exception | None) -> list[str]:
    if isinstance(error, PinsInfeasible):
        return [render(one) for one in error.relax[:SHOWN]]
    if isinstance(error, EventInvalid):
        return [render(one.what) for one in error.problems[:SHOWN]]
    return []
