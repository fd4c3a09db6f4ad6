"""Investment targets for those who may not see what firms buy for how much: who would buy stays, amounts go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from api.auth.disclosure import disclosed_targets
from api.auth.roles import Role
from api.auth.viewer import LOCAL, Viewer, acting
from api.reports.target_list import write_target_list
from matching.gaps import assess
from matching.gaps.target_book import TargetBook, target_book
from matching.gaps.view import View
from tests.matching.gaps_example import TODAY
from tests.matching.test_gaps_targets import SENSOR, WORLD

VIEW = View(WORLD, TODAY)
PROMOTER = Viewer("招商", frozenset({Role.PROMOTER}), account="招商")


@pytest.fixture(scope="module")
def book() -> TargetBook:
    return target_book(assess(WORLD, TODAY), VIEW, SENSOR)


def test_who_may_see_everything_sees_it(book: TargetBook) -> None:
    with acting(LOCAL):
        assert disclosed_targets(book, VIEW) is book


def test_amounts_go_and_names_stay(book: TargetBook) -> None:
    with acting(PROMOTER):
        shown = disclosed_targets(book, VIEW)
    assert shown.withheld
    (found,) = shown.lists
    assert [one.name for one in found.buyers] == ["智造", "重工"], "not in the order of their amounts"
    assert {(one.amount, one.import_share) for one in found.buyers} == {(None, None)}
    assert [one.name for one in found.targets[0].parts] == [one.name for one in book.lists[0].targets[0].parts]
    poorer = replace(WORLD, purchases=tuple(replace(one, amount=1) for one in WORLD.purchases))
    with acting(PROMOTER):
        other = disclosed_targets(target_book(assess(poorer, TODAY), View(poorer, TODAY), SENSOR), View(poorer, TODAY))
    assert [one.parts for one in found.targets] == [one.parts for one in other.lists[0].targets]
    said = str(
        [str(reason) for one in found.targets for finding in one.findings.values() for reason in finding.reasons]
    )
    assert "3,000 万元" not in said
    assert "本地年需求为敏感数据" in said


def test_the_file_says_that_they_are_withheld_not_missing(book: TargetBook, tmp_path: Path) -> None:
    with acting(PROMOTER):
        write_target_list(disclosed_targets(book, VIEW), tmp_path / "list.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "list.xlsx")["本地买家"].iter_rows(min_row=3, values_only=True))
    assert {row[5] for row in rows} == {"敏感，不显示"}
