"""Files and answers of commands at the sight of a role: no secret that the role may not see, whatever the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.auth.errors import NotAllowed
from api.auth.roles import PERMITS, Action, Role, permits
from api.auth.viewer import acting, operator
from api.cli.app import app
from graph import server
from graph.store import Store
from tests.auth.canaries import heard, read
from tests.auth.internal import MARK, load_world
from tests.auth.people import forget
from tests.service import DRIVE, FORCE, RV, load_event

ACTIONS = {
    "gaps": Action.ANALYSE,
    "targets": Action.INVEST,
    "whatif": Action.ANALYSE,
    "diff": Action.ANALYSE,
    "match": Action.MATCH,
    "match --all": Action.EXPORT,
}
"""What a command does, as far as permission goes."""
COMMANDS = [
    ("gaps", "robotics", "--xlsx", "{}.xlsx", "--docx", "{}.docx"),
    ("gaps", "robotics", "--json"),
    ("targets", "robotics", "--xlsx", "{}.xlsx"),
    ("targets", FORCE, "--json"),
    ("match", "N-901", "--direction", "need-capability", "--json"),
    ("match", "--all", "--out", "{}.xlsx"),
    ("whatif", DRIVE.name, "--xlsx", "{}.xlsx"),
    ("whatif", RV, "--json"),
    ("diff", "2099-01-01", "--xlsx", "{}.xlsx"),
]


@pytest.fixture(scope="module")
def graph(_opened: Store, connection: server.Connection, key_file: Path) -> Iterator[None]:
    load_world(_opened)
    load_event(_opened)
    forget(_opened)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RONGLIAN_NEO4J_URI", connection.uri)
        patch.setenv("RONGLIAN_NEO4J_USER", connection.user)
        patch.setenv("RONGLIAN_NEO4J_PASSWORD", connection.password)
        patch.setenv("RONGLIAN_KEY_FILE", str(key_file))
        with acting(operator()):
            assert CliRunner().invoke(app, ["snapshot", "--by", "链办"]).exit_code == 0
        yield


def _told(command: tuple[str, ...], folder: Path, role: Role | None) -> str:
    """All that a command prints and writes."""
    words = [word.format(folder / "out") for word in command]
    with acting(operator()):
        done = CliRunner().invoke(app, [*words, *(("--as", role) if role else ())])
    done_what = ACTIONS.get(" ".join(command[:2]), ACTIONS.get(command[0]))
    if role and done_what and not permits(frozenset({role}), done_what):
        assert isinstance(done.exception, NotAllowed)
        assert not list(folder.iterdir())
        return ""
    assert done.exit_code == 0, done.output
    return "\n".join([done.output, *(read(path.read_bytes()) for path in folder.rglob("*") if path.is_file())])


PAPERS = [("event", "pack", "E-001", "--out", "{}"), ("event", "report", "E-001", "--out", "{}.docx")]


@pytest.mark.parametrize("command", PAPERS, ids=lambda command: command[1])
@pytest.mark.parametrize("role", [Role.PROMOTER, Role.ORGANISER])
def test_papers_of_an_event_say_at_whose_sight_they_are(
    graph: None, tmp_path: Path, command: tuple[str, ...], role: Role
) -> None:
    told = _told(command, tmp_path, role)
    assert not heard(told)
    assert "所见" in told
    assert "含敏感数据" not in told
    assert "操作员所见，含敏感数据" in _told(command, tmp_path, None)


@pytest.mark.parametrize("command", PAPERS, ids=lambda command: command[1])
@pytest.mark.parametrize("role", sorted(set(Role) - PERMITS[Action.EXPORT]))
def test_papers_of_an_event_are_for_those_who_may_take_files(
    graph: None, tmp_path: Path, command: tuple[str, ...], role: Role
) -> None:
    words = [word.format(tmp_path / "out") for word in command]
    with acting(operator()):
        done = CliRunner().invoke(app, [*words, "--as", role])
    assert isinstance(done.exception, NotAllowed)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
@pytest.mark.parametrize("role", [Role.VIEWER, Role.PROMOTER, Role.ORGANISER, Role.ENTERPRISE])
def test_a_command_tells_no_more_than_the_role_may_see(
    graph: None, tmp_path: Path, command: tuple[str, ...], role: Role
) -> None:
    told = _told(command, tmp_path, role)
    assert not heard(told)
    assert not (role is Role.ENTERPRISE and MARK in told)
    if told and any("{}" in word for word in command):
        assert "所见" in told
        assert "含敏感数据" not in told


def test_without_a_role_the_operator_sees_all_and_is_told_so(graph: None, tmp_path: Path) -> None:
    found = set()
    for number, command in enumerate(COMMANDS):
        (folder := tmp_path / str(number)).mkdir()
        told = _told(command, folder, None)
        found |= heard(told)
        assert "操作员所见，含敏感数据" in told or "--json" in command
    told = {("BUYS", "amount"), ("BUYS", "import_share"), ("Need", "amount"), ("Capability", "quantity")}
    assert told | {("LINKED_TO", "capacity_share")} <= found
