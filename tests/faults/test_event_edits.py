"""Kill -9 of organisers in the middle of their edits, and two of them at once: nothing acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random

import pytest

from graph import server
from graph.model import Answer
from graph.store import Store
from matching.events.desk import Occasion, accept_all, list_changes, load_occasion, lock, pin, schedule
from matching.events.desk.edits import KINDS
from tests.graphs import clear, source, write
from tests.service import DRIVE, GEAR, LEADER, event_facts

pytestmark = pytest.mark.faults

EDITOR = """
import sys
from graph.model import Answer
from graph.store import Store
from matching.events.desk import answer, load_occasion, lock

uri, user, password, name, party, other = sys.argv[1:]
with Store(uri, user, password) as store:
    print("ready", flush=True)
    for turn in range(1, 100_000):
        now = load_occasion(store, "E-001")
        if turn % 2:
            after = answer(store, now, party, other, Answer.DECLINED, by=name, reason=f"第 {turn} 次")
        else:
            after = answer(store, now, party, other, Answer.ACCEPTED, by=name)
        meeting = after.meeting(party, other)
        said = meeting.a_answer if meeting.a == party else meeting.b_answer
        print(turn, said.value, flush=True)
"""


@pytest.fixture
def event(store: Store) -> Occasion:
    """The leader meets both firms; the first meeting is locked."""
    clear(store)
    write(store, LEADER, DRIVE, GEAR, *event_facts(), of=source("event", sample=True))
    occasion = load_occasion(store, "E-001")
    for firm in (DRIVE, GEAR):
        occasion = pin(store, occasion, LEADER.id, firm.id, True, by="甲")
    placed = schedule(store, accept_all(store, occasion, None, by="甲"), by="甲").occasion
    return lock(store, placed, LEADER.id, DRIVE.id, True, by="甲")


def start(connection: server.Connection, name: str, party: str, other: str) -> subprocess.Popen[str]:
    said = [connection.uri, connection.user, connection.password, name, party, other]
    editor = subprocess.Popen([sys.executable, "-c", EDITOR, *said], stdout=subprocess.PIPE, text=True)
    assert editor.stdout
    assert editor.stdout.readline().strip() == "ready"
    return editor


def kill_after(editor: subprocess.Popen[str], lines: int) -> list[str]:
    """What an editor was told was kept, until it was killed."""
    assert editor.stdout
    told = [editor.stdout.readline() for _ in range(lines)]
    editor.kill()
    told += editor.stdout.readlines()
    editor.stdout.close()
    editor.wait()
    return [line.strip() for line in told if line.endswith("\n")]


def replayed(store: Store, occasion: Occasion) -> dict[str, object]:
    """Every record as the written-down edits leave it."""
    found: dict[str, object] = {}
    for change in reversed(list_changes(store, occasion.event.id, 100_000)):
        for id_, row in json.loads(change.after).items():
            found.pop(id_, None)
            if row:
                found[id_] = KINDS[row["label"]].model_validate(row["props"])
    return found


def assert_sound(store: Store, before: Occasion, *kept: tuple[str, str, list[str]]) -> None:
    """The chain of edits is whole, the records are what it says, every told edit is in it, and the lock holds."""
    after = load_occasion(store, "E-001")
    changes = list_changes(store, after.event.id, 100_000)
    assert [change.number for change in changes] == list(range(len(changes), 0, -1))
    assert replayed(store, after) == dict(after.meetings)
    for name, party, told in kept:
        own = [change for change in changes if change.by == name]
        assert len(own) in {len(told), len(told) + 1}  # the last may be done and not told any more
        assert told
        pair = frozenset((party, LEADER.id))
        meeting = after.pairs[pair]
        said = meeting.a_answer if meeting.a == party else meeting.b_answer
        last = Answer.DECLINED if len(own) % 2 else Answer.ACCEPTED
        assert said is last
    locked = before.meeting(LEADER.id, DRIVE.id)
    now = after.meetings[locked.id]
    assert (now.locked, now.slot, now.table) == (True, locked.slot, locked.table)
    assert now.a_answer is Answer.ACCEPTED


@pytest.mark.parametrize("seed", range(4))
def test_an_editor_killed_at_any_moment_has_done_all_of_an_edit_or_nothing(
    store: Store, connection: server.Connection, event: Occasion, seed: int
) -> None:
    told = kill_after(start(connection, "乙", GEAR.id, LEADER.id), Random(seed).randint(1, 12))
    assert_sound(store, event, ("乙", GEAR.id, told))


def test_two_editors_at_once_lose_nothing_of_each_other(
    store: Store, connection: server.Connection, event: Occasion
) -> None:
    first = start(connection, "乙", GEAR.id, LEADER.id)
    second = start(connection, "丙", DRIVE.id, LEADER.id)
    told = kill_after(first, 15)
    told_second = kill_after(second, 15)
    assert_sound(store, event, ("乙", GEAR.id, told), ("丙", DRIVE.id, told_second))
