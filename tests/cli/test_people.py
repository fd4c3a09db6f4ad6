"""``ronglian user``, ``audit`` and ``contact``, one after the other as an office would use them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.auth.accounts import Accounts
from api.auth.audit import Audit
from api.auth.viewer import acting, operator
from api.cli.app import app
from graph import server
from graph.model import About, Buys, Capability, Posts
from graph.store import Store
from tests.auth.meetings import SECOND, meet, person
from tests.auth.people import PASSWORD, forget
from tests.graphs import source, write
from tests.service import DRIVE, FAR, FORCE_PRODUCT, LEADER, PLANETARY_PRODUCT, load_example

PROVIDER = {
    "RONGLIAN_OIDC_ISSUER": "https://id.example",
    "RONGLIAN_OIDC_CLIENT_ID": "ronglian",
    "RONGLIAN_OIDC_CLIENT_SECRET": "secret",
}


@pytest.fixture
def office(
    store: Store, connection: server.Connection, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The example, and the settings that lead commands to it."""
    forget(store)
    load_example(store)
    for name, value in (
        ("NEO4J_URI", connection.uri),
        ("NEO4J_USER", connection.user),
        ("NEO4J_PASSWORD", connection.password),
        ("KEY_FILE", str(key_file)),
    ):
        monkeypatch.setenv(f"RONGLIAN_{name}", value)
    with acting(operator()):
        yield store
    forget(store)


def run(*words: str, typed: str | None = None, status: int = 0) -> Result:
    done = CliRunner().invoke(app, words, input=typed)
    assert done.exit_code == status, (words, done.output, done.exception)
    return done


def answer(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def test_an_account_from_its_first_day_to_its_last(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run("user", "add", "admin", "--role", "admin", "--password-stdin", typed=PASSWORD)
    said = run("user", "add", "王敏", "--role", "liaison", "--town", "武进区", "--password-stdin", typed=PASSWORD)
    assert "首次登录时须更改口令" in said.stdout
    run("user", "add", "李雷", "--role", "enterprise", "--password-stdin", typed=PASSWORD, status=2)
    run("user", "add", "李雷", "--role", "enterprise", "--firm", DRIVE.name, "--no-password")
    listed = {one["name"]: one for one in answer("user", "list")}
    assert (listed["李雷"]["firm"], listed["李雷"]["must_change"]) == (DRIVE.id, False)
    assert "password" not in listed["admin"]
    run("user", "bind", "李雷", "u-1", status=2)
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)
    run("user", "bind", "李雷", "u-1")
    bound = Accounts(office).bound_to("https://id.example", "u-1")
    assert bound is not None
    assert bound.name == "李雷"
    assert "绑定 u-1" in run("user", "list").stdout
    run("user", "bind", "李雷", "--clear")
    assert Accounts(office).get("李雷").subject is None
    run("user", "disable", "王敏")
    assert not Accounts(office).get("王敏").enabled
    run("user", "enable", "王敏")
    run("user", "reset", "王敏", "--password-stdin", typed="another good password")
    made = answer("user", "token", "王敏", "--label", "日报", "--days", "7")
    assert made["token"].startswith("rlt_")
    shown = run("user", "token", "王敏", "--list").stdout
    assert made["id"] in shown
    assert made["token"] not in shown
    run("user", "token", "王敏", "--revoke", made["id"])
    assert "已撤销" in run("user", "token", "王敏", "--list").stdout
    run("user", "erase", "王敏", typed="n\n", status=1)
    run("user", "erase", "王敏", "--yes")
    assert Accounts(office).find("王敏") is None
    kinds = [event["kind"] for event in answer("audit", "list", "--limit", "100")]
    assert kinds == [
        *("account_erased", "token_revoked", "token_issued", "password_changed", "account_enabled"),
        *("account_disabled", "account_bound", "account_bound", "account_added", "account_added", "account_added"),
    ]


def test_the_audit_is_listed_checked_and_exported(office: Store, tmp_path: Path) -> None:
    run("user", "add", "admin", "--role", "admin", "--password-stdin", typed=PASSWORD)
    run("show", LEADER.name)
    events = answer("audit", "list", "--subject", LEADER.id)
    assert events[0]["kind"] == "seen"
    assert events[0]["who"].startswith("local:")
    assert "BUYS.amount" in events[0]["fields"]
    assert "show" in run("audit", "list", "--who", events[0]["who"]).stdout
    file = tmp_path / "audit.jsonl"
    run("audit", "export", str(file))
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    head = answer("audit", "verify")["head"]
    assert lines[-1]["kind"] == "exported"
    assert lines[-1]["hash"] == head
    run("user", "disable", "admin", status=1)
    run("audit", "verify", "--head", head)
    assert "整条链可能被重写" in run("audit", "verify", "--head", "0" * 64, status=1).stderr


def test_what_commands_tell_of_a_firm_is_in_its_list(office: Store) -> None:
    run("user", "add", "admin", "--role", "admin", "--password-stdin", typed=PASSWORD)
    run("whatif", "--country", "*")
    seen = answer("audit", "list", "--subject", LEADER.id)[0]
    assert (seen["kind"], seen["what"], "BUYS.import_share" in seen["fields"]) == ("seen", "whatif", True)
    run("snapshot", "--by", "链办")
    none = Buys(start=LEADER.id, end=FORCE_PRODUCT.id, amount=9_000_000, import_share=0.0, single_country_share=0.0)
    write(office, none, of=source("later", rank=0))
    run("diff", f"{date.today()}")
    seen = answer("audit", "list", "--subject", LEADER.id)[0]
    assert (seen["what"], "figure.dependence" in seen["fields"]) == ("diff", True)
    run("diff", f"{date.today()}", "--as", "viewer")
    run("whatif", LEADER.name, "--as", "viewer")
    assert answer("audit", "list")[0]["number"] == seen["number"], "who is not told a figure has not seen it"


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (("gaps",), "figure.dependence"),
        (("gaps", "robotics"), "figure.dependence"),
        (("targets", "robotics"), "BUYS.amount"),
        (("match", "N-017", "--direction", "need-capability"), "Capability.quantity"),
        (("match", "--all", "--out", "{}.xlsx"), "Capability.quantity"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_what_lists_tell_is_recorded_too(office: Store, tmp_path: Path, command: tuple[str, ...], field: str) -> None:
    able = Capability(number="C-902", name="精密行星减速器", quantity=900, unit="台", sample=True)
    write(office, able, Posts(start=FAR.id, end=able.id), About(start=able.id, end=PLANETARY_PRODUCT.id))
    run("user", "add", "admin", "--role", "admin", "--password-stdin", typed=PASSWORD)
    run(*(part.format(tmp_path / "对接") for part in command))
    seen = [one for one in answer("audit", "list") if one["kind"] == "seen"]
    assert [(one["what"].split()[0], field in one["fields"]) for one in seen] == [(command[0], True)], seen
    CliRunner().invoke(app, [*(part.format(tmp_path / "其他") for part in command), "--as", "viewer"])
    assert len([one for one in answer("audit", "list") if one["kind"] == "seen"]) == 1, "who is not told has not seen"


def test_contacts_who_saw_them_and_somebody_taken_out(office: Store) -> None:
    run("user", "add", "admin", "--role", "admin", "--password-stdin", typed=PASSWORD)
    meet(office, LEADER, DRIVE)
    assert SECOND in run("contact", "list", LEADER.name).stdout
    assert "手机" in run("contact", "seen", DRIVE.name).stdout
    assert answer("contact", "seen", DRIVE.id)["items"][0]["who"].startswith("local:")
    run("contact", "erase", DRIVE.name, person(DRIVE), typed="n\n", status=1)
    assert "1 份参会登记不再提到" in run("contact", "erase", DRIVE.name, person(DRIVE), "--yes").stdout
    assert SECOND not in run("contact", "list", LEADER.name).stdout
    assert answer("contact", "erase", DRIVE.name, person(DRIVE), "--yes")["registrations"] == 0
    assert Audit(office).verify().whole
