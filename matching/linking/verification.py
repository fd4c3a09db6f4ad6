"""Verification tasks: what a town is asked to find out, and the fact that answered it.

A task is wanted for every link that is uncertain today and for every segment whose search is not enough; it is done
when a fact answers it: a person's word on the link, or a search on or after the day the task was given out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from graph.messages import N_, Listed, Message, Told, wording
from graph.model import FirmStatus, LinkState, TaskKind, VerificationTask
from graph.queries import queries
from graph.store import Store
from matching.linking.standing import Standing

UNPLACED = N_("未定镇街")
EVERYWHERE = N_("全区")
CHECK_LINK = N_("{firm}是否在“{segment}”环节")
SEARCH = N_("排查“{segment}”环节的企业")
ANSWERED_LINK = N_("{state}：{evidence}（{by}，{date}）")
ANSWERED_SEARCH = N_("{by}于 {date} 排查，发现 {found} 家（{sources}）")
STATES = {
    LinkState.CONFIRMED: N_("已确认"),
    LinkState.UNCERTAIN: N_("待核实"),
    LinkState.REJECTED: N_("已排除"),
}


class TaskState(StrEnum):
    """Where a task stands: given to nobody, to somebody, past its day, answered by a fact."""

    OPEN = "open"
    ASSIGNED = "assigned"
    OVERDUE = "overdue"
    DONE = "done"


STATE_TITLES = {
    TaskState.OPEN: N_("待派"),
    TaskState.ASSIGNED: N_("核查中"),
    TaskState.OVERDUE: N_("已逾期"),
    TaskState.DONE: N_("已办结"),
}


@dataclass(frozen=True, slots=True)
class Searched:
    """The last search for firms of a segment."""

    by: str
    on: date
    found: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskView:
    """A task with its names, where it stands, and the answer that ended it."""

    task: VerificationTask
    state: TaskState
    segment_name: str
    firm_name: str | None = None
    chains: tuple[str, ...] = ()
    answer: Message | None = None
    sample: bool = False


def for_links(standings: Iterable[Standing], today: date, *, unplaced: bool = False) -> list[VerificationTask]:
    """A task for each uncertain link of a firm that is not closed, for the first town the firm has to do with.

    Firms of which no town or district is known are left out unless ``unplaced``: nobody here could go there.
    """
    found = []
    for one in standings:
        if one.state is not LinkState.UNCERTAIN or one.status is FirmStatus.CLOSED or not (one.towns or unplaced):
            continue
        values: dict[str, object] = {"firm": one.firm_name, "segment": one.segment_name}
        task = VerificationTask(
            name=str(Message(CHECK_LINK, values)),
            kind=TaskKind.LINK,
            about=f"{one.firm}/{one.segment}",
            firm=one.firm,
            segment=one.segment,
            town=one.towns[0] if one.towns else UNPLACED,
            question=str(one.question or Message(CHECK_LINK, values)),
            wording=_wording(one.question or Message(CHECK_LINK, values)),
            created_on=today,
        )
        found.append(task)
    return found


def _wording(question: Message | str) -> list[str]:
    """What a question was made of, as kept; nothing for one that was typed."""
    known = question.messages if isinstance(question, Told) else [question] if isinstance(question, Message) else []
    return wording({"question": known})


def for_searches(wanted: Mapping[str, tuple[str, Sequence[Message]]], today: date) -> list[VerificationTask]:
    """A task for each segment whose search is not enough: its name, and what has to be done."""
    return [
        VerificationTask(
            name=str(Message(SEARCH, {"segment": name})),
            kind=TaskKind.SEARCH,
            about=segment,
            segment=segment,
            town=EVERYWHERE,
            question="；".join(map(str, reasons)),
            wording=wording({"question": reasons}),
            created_on=today,
        )
        for segment, (name, reasons) in wanted.items()
    ]


def renew(wanted: Iterable[VerificationTask], known: Iterable[TaskView]) -> list[VerificationTask]:
    """The tasks to write: new ones, and open ones as they are asked today; who answers for them and since when stays.

    A task that was done and is wanted again begins anew, with nobody's name on it.
    """
    standing = {view.task.id: view for view in known}
    found = []
    for task in wanted:
        view = standing.get(task.id)
        if view is not None and view.state is not TaskState.DONE:
            old = view.task
            kept = {"owner": old.owner, "due_on": old.due_on, "created_on": old.created_on}
            task = task.model_copy(update=kept)  # noqa: PLW2901  the same task, as it is asked today
        found.append(task)
    return found


def load_tasks(store: Store, standings: Iterable[Standing], today: date, *, town: str | None = None) -> list[TaskView]:
    """Every task that was given out, of a town or all, with where it stands today."""
    links = {(one.firm, one.segment): one for one in standings}
    searches = {
        row["segment"]: Searched(row["by"], row["on"], row["found"], tuple(row["sources"]))
        for row in store.read(queries.list_search_answers)
    }
    found = []
    for row in store.read(queries.list_verification_tasks, town=town):
        task = VerificationTask.model_validate(row["task"])
        view = TaskView(
            task=task,
            state=TaskState.OPEN,
            segment_name=row["segment_name"],
            firm_name=row["firm_name"],
            chains=tuple(row["chains"]),
            sample=row["sample"],
        )
        answered = answer(task, links.get((task.firm or "", task.segment)), searches.get(task.segment))
        found.append(replace(view, state=state(task, answered, today), answer=answered))
    return found


def answer(task: VerificationTask, link: Standing | None, search: Searched | None) -> Message | None:
    """The fact that answers a task, in words; None while there is none."""
    if task.kind is TaskKind.SEARCH:
        if search is None or search.on < task.created_on:
            return None
        values: dict[str, object] = {"by": search.by, "date": search.on, "found": search.found}
        return Message(ANSWERED_SEARCH, values | {"sources": Listed(search.sources)})
    if link is None or link.state is LinkState.UNCERTAIN:
        return None
    said = link.first
    values = {"state": Message(STATES[link.state]), "evidence": said.evidence, "date": said.seen_on or "—"}
    return Message(ANSWERED_LINK, values | {"by": said.decided_by or said.source_name})


def state(task: VerificationTask, answered: Message | None, today: date) -> TaskState:
    """Where a task stands today."""
    if answered is not None:
        return TaskState.DONE
    if task.due_on is not None and task.due_on < today:
        return TaskState.OVERDUE
    return TaskState.ASSIGNED if task.owner else TaskState.OPEN


def write_tasks(store: Store, tasks: Iterable[VerificationTask]) -> int:
    """Write tasks as they are; return how many."""
    rows = [task.model_dump(exclude_none=True) for task in tasks]
    store.write(lambda tx: tx.run(queries.upsert_verification_tasks, rows=rows))
    return len(rows)


def assign(store: Store, ids: Iterable[str], owner: str | None, due_on: date | None) -> int:
    """Say who answers for tasks and until when; return how many there were."""
    wanted = list(ids)
    (row,) = store.write(
        lambda tx: tx.run(queries.assign_verification_tasks, ids=wanted, owner=owner or None, due_on=due_on)
    )
    return int(row["assigned"])
