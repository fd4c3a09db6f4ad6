"""Lines and signs slipped in: into logs, terminals, headers and paths, through names that anybody may have typed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from fastapi.routing import APIRoute, iter_route_contexts
from rich.table import Table
from typer.testing import CliRunner

from api.auth.accounts import Accounts
from api.auth.audit import Audit, Kind, lines
from api.auth.errors import NameUnusable
from api.auth.roles import Role
from api.auth.viewer import acting, operator
from api.cli.app import app as commands
from api.cli.console import out
from api.cli.serve import log_lines
from api.files import disposition
from graph import server
from graph.model import Enterprise
from graph.store import Store
from tests.auth.people import Browser, add, bearer, browser, forget
from tests.graphs import source, write
from tests.service import example_app, load_example

SIGNS = {
    "line": "a\nERROR forged",
    "return": "a\r\nSet-Cookie: x=1",
    "colour": "a\x1b[31mred\x1b[2J",
    "window": "a\x1b]0;title\x07",
    "C1": "a\x9b31mred\x85next",
    "separators": "a\u2028b\u2029c",
    "markup": "a[/]b[link=http://evil.example]c[red]",
    "direction": "a\u202egnp.exe\u2066x",
}
"""Signs that end a line, steer a terminal or turn the reading round."""
FIRMS = [Enterprise(id=f"enterprise-sign-{at}", name=f"厂{text}") for at, text in enumerate(SIGNS.values())]


def _harmless(text: str) -> bool:
    """Whether a text is one line that steers nothing."""
    return not [sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@pytest.fixture(scope="module")
def signed(_opened: Store) -> Iterator[Store]:
    load_example(_opened)
    write(_opened, *FIRMS, of=source("signs", rank=0))
    add(_opened, "admin", *Role)
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def surfer(signed: Store) -> Iterator[Browser]:
    with browser(example_app(signed)) as opened:
        opened.headers.update(bearer(signed, "admin"))
        yield opened


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_a_line_of_the_log_stays_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        log_lines()
        structlog.get_logger("ronglian.api").error("unforeseen_error", path=f"/nodes/{text}", trace=f"Error: {text}")
    finally:
        structlog.configure(**before)
    (line,) = capsys.readouterr().err.split("\n")[:-1]
    assert _harmless(line)
    assert json.loads(line)["path"] == f"/nodes/{text}"


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_the_exported_chain_stays_one_event_a_line(signed: Store, text: str) -> None:
    audit = Audit(signed)
    audit.record(Kind.REFUSED, text, who=text, origin=text, subjects=[text], fields=[f"MAKES.{text}"])
    exported = "".join(lines(audit)).split("\n")[:-1]
    assert all(map(_harmless, exported))
    assert len(exported) == audit.head()[0]
    assert audit.verify().whole


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS)
def test_no_account_is_called_so(signed: Store, text: str) -> None:
    with pytest.raises(NameUnusable):
        Accounts(signed).find(text)


@pytest.fixture
def terminal(
    signed: Store, connection: server.Connection, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CliRunner]:
    for name, value in (
        ("NEO4J_URI", connection.uri),
        ("NEO4J_USER", connection.user),
        ("NEO4J_PASSWORD", connection.password),
        ("KEY_FILE", str(key_file)),
    ):
        monkeypatch.setenv(f"RONGLIAN_{name}", value)
    with acting(operator()):
        yield CliRunner()


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["people", "programs"])
@pytest.mark.parametrize("firm", FIRMS, ids=SIGNS)
def test_a_name_steers_no_terminal(terminal: CliRunner, firm: Enterprise, more: list[str]) -> None:
    done = terminal.invoke(commands, ["show", firm.id, *more])
    assert done.exit_code == 0, done.output
    assert all(_harmless(line) for line in done.stdout.split("\n"))
    if more:
        assert json.loads(done.stdout)["view"]["facts"]["name"] == firm.name


def test_a_table_holds_the_whole_of_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("名称")
    table.add_row("厂[/]\x1b[31m红\x9b2J\u202e尾")
    out().print(table)
    assert "厂[/]�[31m红�2J�尾" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*SIGNS.values(), 'a"; filename="b.exe', "../../etc/passwd", "a\ud800", "名" * 500])
def test_a_file_is_saved_under_a_name_and_nothing_else_is_said(name: str) -> None:
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.~%-]*", disposition(name), re.ASCII)


@pytest.mark.parametrize("firm", FIRMS, ids=SIGNS)
def test_a_profile_of_such_a_firm_is_sent_under_a_plain_header(surfer: Browser, firm: Enterprise) -> None:
    answer = surfer.get(f"/api/v1/firms/{firm.id}/profile.xlsx")
    assert answer.status_code == 200
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.~%-]*", answer.headers["content-disposition"], re.ASCII)


WAYS_UP = ["..%2f..%2f..%2fetc%2fpasswd", "%2e%2e", "..%5c..%5cwindows", "%2fetc%2fpasswd", "%00", "a%0d%0aX: 1", "%ff"]


@pytest.mark.parametrize("way", WAYS_UP)
def test_no_id_leads_out_of_its_folder(surfer: Browser, way: str) -> None:
    routes = [route for route in iter_route_contexts(surfer.app.routes) if isinstance(route.original_route, APIRoute)]  # type: ignore[attr-defined]
    asked = [
        (method, re.sub(r"{[\w:]+}", way, one.path))
        for one in routes
        for method in one.methods or ()
        if "{" in one.path
    ]
    assert len(asked) > 60
    for method, path in asked:
        answer = surfer.request(method, path, json={} if method == "POST" else None)
        assert 300 <= answer.status_code < 500, (method, path, answer.text[:200])
        assert "root:" not in answer.text, path
        assert "x" not in answer.headers, path
