"""``ronglian link``: propose, confirm, reject, undo, as one types them."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import Enterprise, Makes, Product, Segment, Stream
from graph.store import Store
from tests.cli.test_commands import answer, environment, run
from tests.graphs import source, write

__all__ = ["environment"]

FIRM = Enterprise(name="示例传动有限公司")
RV = Segment(
    id="robotics.rv", name="RV减速器", stream=Stream.UPSTREAM, importance=3, substitutability="certified",
    terms=["RV减速器"], basis="测试",
)  # fmt: skip
MADE = Product(name="RV减速器")


@pytest.fixture
def small(store: Store) -> Store:
    assert source().observed_on > date(2026, 1, 1)
    write(store, FIRM, RV, MADE, Makes(start=FIRM.id, end=MADE.id, share=0.6))
    return store


def test_the_whole_way(environment: dict[str, str], small: Store) -> None:
    looked = answer(environment, "link", "propose", FIRM.name, "--dry-run")
    assert looked["report"] is None
    (one,) = looked["proposals"]
    assert (one["segment_name"], one["grade"]) == ("RV减速器", "strong")
    assert one["score"] == pytest.approx(sum(part["points"] for part in one["parts"]))

    done = run(environment, "link", "propose", "--all")
    assert done.returncode == 0, done.stderr
    assert "上报主营产品" in done.stdout
    assert "写入 1 条" in done.stdout

    done = run(environment, "link", "reject", FIRM.name, "RV减速器", "--why", "只做贸易", "--by", "张三")
    assert done.returncode == 0, done.stderr
    assert "已否定" in done.stdout
    assert "张三" in done.stdout
    assert answer(environment, "link", "propose", "--segment", "RV减速器")["proposals"] == []

    done = run(environment, "link", "undo", FIRM.name, "RV减速器")
    assert done.returncode == 0, done.stderr
    assert answer(environment, "link", "propose", "--all")["proposals"] != []


def test_what_is_missing_is_said(environment: dict[str, str], small: Store) -> None:
    nothing = run(environment, "link", "propose")
    assert nothing.returncode == 2
    unknown = run(environment, "link", "confirm", "没有这家", "RV减速器", "--why", "x")
    assert unknown.returncode == 1
    assert "没有这家" in unknown.stderr
