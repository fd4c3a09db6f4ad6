"""The service as docs/serving.md says: behind a proxy, when the database is gone, and the notes themselves."""

from __future__ import annotations

import re
import shutil
import subprocess
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.main import get_command

from api import guard
from api.app import create_app
from api.auth.audit import Audit
from api.auth.doorkeeper import Doorkeeper
from api.auth.throttle import FREE
from api.cli.app import app as commands
from api.cli.serve import server_config
from api.settings import Settings
from graph.store import Store
from tests.auth.people import PASSWORD, SITE
from tests.service import TODAY, example_app, served

NOTES = (Path(__file__).parents[2] / "docs" / "serving.md").read_text("utf-8")
NAME = "ronglian.example.cn"
CLIENT = "203.0.113.9"


def test_behind_a_proxy_with_tls_it_knows_the_client_and_the_scheme(staffed: Store) -> None:
    app = create_app(Settings(hosts=NAME), staffed, today=lambda: TODAY)
    headers = {
        "Host": NAME,
        "Origin": f"https://{NAME}",
        "X-Forwarded-For": CLIENT,
        "X-Forwarded-Proto": "https",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with served(app) as url:
        line = HTTPConnection(urlsplit(url).netloc, timeout=60)
        line.request("POST", "/sign-in", urlencode({"name": "reader", "password": PASSWORD}), headers)
        answer = line.getresponse()
        answer.read()
        line.close()
    assert answer.status == 303
    assert str(answer.headers["set-cookie"]).startswith("__Host-ronglian=")
    assert "Secure" in str(answer.headers["set-cookie"])
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    last = Audit(staffed).list(limit=1)[0]
    assert (last.kind, last.origin) == ("signed_in", CLIENT)


def test_without_its_database_it_lives_and_is_not_ready(staffed: Store) -> None:
    app = example_app(staffed)
    with TestClient(app, base_url=SITE) as opened, Store("bolt://127.0.0.1:9", "neo4j", "x") as gone:
        assert opened.get("/api/v1/ready").status_code == 200
        app.state.store, app.state.doorkeeper = gone, Doorkeeper(gone)
        assert opened.get("/api/v1/health").status_code == 200
        assert opened.get("/api/v1/ready").status_code == 503


@pytest.mark.parametrize("name", sorted(set(re.findall(r"RONGLIAN_([A-Z0-9_]+[A-Z0-9])", NOTES)) - {"HOME"}))
def test_the_settings_it_names_exist(name: str) -> None:
    fields = Settings.model_fields
    assert name.lower() in fields or any(field.startswith(f"{name.lower()}_") for field in fields)


@pytest.mark.parametrize("words", sorted(set(re.findall(r"^ronglian ([a-z]+) ([a-z|]+)", NOTES, flags=re.MULTILINE))))
def test_the_commands_it_names_exist(words: tuple[str, str]) -> None:
    group = get_command(commands).commands[words[0]]  # type: ignore[attr-defined]
    assert set(words[1].split("|")) <= set(group.commands)


def test_the_limits_are_those_that_hold() -> None:
    text = NOTES.split("## Limits")[1].split("\n## ")[0]
    numbers = {
        f"| {guard.LONGEST_HEAD // 2**10} KB |",
        f"| {guard.LARGEST_BODY // 2**10} KB |",
        f"| {guard.LARGEST_UPLOAD // 2**20} MB; {guard.LARGEST_ATTACHMENT // 2**20} MB |",
        f"| {guard.HEAD_SECONDS:.0f} s |",
        f"| {guard.BODY_SECONDS:.0f} s; {guard.UPLOAD_SECONDS:.0f} s |",
        f"| {FREE['both']}, {FREE['address']}, {FREE['account']} |",
        f"| {server_config(FastAPI()).limit_concurrency} |",
    }
    assert not {number for number in numbers if number not in text}


def test_the_unit_says_what_systemd_can_read(tmp_path: Path) -> None:
    unit = re.search(r"\[Unit\].*?WantedBy=multi-user.target\n", NOTES, flags=re.DOTALL)
    assert unit is not None
    said = [line for line in unit[0].splitlines() if line and not line.startswith(("#", "["))]
    assert all(re.fullmatch(r"[A-Z]\w+=[^#]*", line) for line in said), "a comment in a line is part of its value"
    if judge := shutil.which("systemd-analyze"):
        file = tmp_path / "ronglian.service"
        file.write_text(unit[0].replace("/opt/ronglian/.venv/bin/ronglian", "/bin/true"), "utf-8")
        judged = subprocess.run([judge, "verify", file], capture_output=True, text=True, check=False)
        assert (judged.returncode, judged.stderr) == (0, "")
