"""What README says stays true: commands, settings, files and names it mentions exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from api.cli.app import app
from api.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh.md").read_text("utf-8")
CODE = "\n".join(
    path.read_text("utf-8") for room in ("graph", "loaders", "matching", "api") for path in (ROOT / room).rglob("*.py")
)
COMMANDS = sorted(set(re.findall(r"^ronglian ([a-z]+)(?: ([a-z]+))?", README, flags=re.MULTILINE)))


@pytest.mark.parametrize("text", [README, CHINESE], ids=["English", "Chinese"])
def test_it_is_short(text: str) -> None:
    assert len(text.splitlines()) <= 150


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_its_commands_exist(words: tuple[str, str]) -> None:
    command = get_command(app)
    assert words[0] in command.commands  # type: ignore[attr-defined]
    inner = getattr(command.commands[words[0]], "commands", None)  # type: ignore[attr-defined]
    assert inner is None or words[1] in inner


@pytest.mark.parametrize("name", re.findall(r"\]\(([^)#:]+)\)", README + CHINESE))
def test_its_links_lead_somewhere(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:graph|loaders|matching|api|cypher)/[\w/.]*)`", README))))
def test_its_folders_exist(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(?!RONGLIAN_)([A-Z][A-Z_]+)`", README))))
def test_the_lists_to_add_to_exist(name: str) -> None:
    assert re.search(rf"^{name}\b", CODE, flags=re.MULTILINE) or f"RONGLIAN_{name}" in README


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`RONGLIAN_([A-Z0-9_]+)`", README + CHINESE))))
def test_the_settings_it_names_exist(name: str) -> None:
    assert name.lower() in Settings.model_fields


@pytest.mark.parametrize("text", [README, CHINESE], ids=["English", "Chinese"])
@pytest.mark.parametrize("field", [name for name in Settings.model_fields if name not in {"host", "port"}])
def test_settings_are_documented(field: str, text: str) -> None:
    last = field.removeprefix("neo4j").upper()
    assert f"RONGLIAN_{field.upper()}" in text or f"`{last}`" in text


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)", README))))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
