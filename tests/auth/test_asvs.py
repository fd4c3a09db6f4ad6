"""What docs/asvs.md says stays true: every requirement is in it once, and whatever it names exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from api.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "asvs.md").read_text("utf-8")
ROWS = [
    (numbers.split(", "), state.strip("*"), by)
    for numbers, state, by in re.findall(
        r"^\| (\d[\d., ]*) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", TEXT, flags=re.MULTILINE
    )
]
STATES = {"met", "in part", "not met", "setting", "n/a"}
SECTIONS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2
4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4
7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2
10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2
12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5
16.3:1-4 16.4:1-3 16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
"""
"""The requirements of levels 1 and 2 in ASVS 5.0.0, by section."""


def _required() -> list[str]:
    found = []
    for section, first, last in re.findall(r"([\d.]+):(\d+)(?:-(\d+))?", SECTIONS):
        found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def test_every_requirement_is_in_it_once_with_a_state_and_a_reason() -> None:
    numbers = [number for row, _, _ in ROWS for number in row]
    assert len(_required()) == 253
    assert sorted(numbers) == sorted(_required())
    assert {state for _, state, _ in ROWS} == STATES
    assert all(by.strip() for _, _, by in ROWS)


def test_it_counts_itself_right() -> None:
    counts = Counter(state for row, state, _ in ROWS for _ in row)
    said = re.search(r"Of 253: (\d+) met, (\d+) in part, (\d+) not met, (\d+) by a setting[\w ]*, (\d+) do not", TEXT)
    assert said is not None
    assert [int(number) for number in said.groups()] == [
        counts[state] for state in ("met", "in part", "not met", "setting", "n/a")
    ]


NAMED = sorted(set(re.findall(r"`([^`]+)`", TEXT)))


def test_what_is_met_names_what_meets_it() -> None:
    bare = [row for row, state, by in ROWS if state in {"met", "setting"} and "`" not in by]
    assert bare in ([], [["11.1.2"], ["13.2.4", "13.2.5"]])


@pytest.mark.parametrize("name", NAMED)
def test_what_it_names_exists(name: str) -> None:
    file, _, test = name.partition("::")
    if name.startswith("RONGLIAN_"):
        assert name.removeprefix("RONGLIAN_").lower() in Settings.model_fields
    elif "/" in file or "." in file:
        found = next((room / file for room in (ROOT / "tests", ROOT) if (room / file).exists()), None)
        assert found is not None
        assert not test or f"\ndef {test}(" in found.read_text("utf-8")
