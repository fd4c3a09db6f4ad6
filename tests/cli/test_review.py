"""``ronglian review`` as its users run it."""

from __future__ import annotations

from graph.model import Enterprise
from graph.nodes import view_node
from graph.store import Store
from tests.cli.test_commands import answer, environment, run  # noqa: F401  the fixture
from tests.graphs import source, write

FIRM = Enterprise(name="江苏恒立液压股份有限公司", exchange_code="601100")
MAYBE = Enterprise(name="江苏恒立液压集团有限公司")
OTHER = Enterprise(name="常州星宇车灯股份有限公司")


def test_a_pair_is_shown_joined_and_taken_apart(store: Store, environment: dict[str, str]) -> None:  # noqa: F811
    write(store, FIRM, OTHER, of=source("a"))
    write(store, MAYBE, of=source("b"))
    (pair,) = answer(environment, "review", "list")["pairs"]
    shown = answer(environment, "review", "show", pair["id"])
    assert {shown["left"]["name"], shown["right"]["name"]} == {FIRM.name, MAYBE.name}
    assert abs(sum(part[2] for part in shown["pair"]["parts"]) - pair["score"]) < 1e-9
    printed = run(environment, "review", "show").stdout
    assert "得分构成" in printed
    assert "合并后显示" in printed
    assert answer(environment, "review", "same", pair["id"], "--by", "张三")["decided_by"] == "张三"
    assert view_node(store, MAYBE.id).id == FIRM.id
    second = run(environment, "review", "different", pair["id"])
    assert second.returncode == 1
    assert "张三" in second.stderr
    assert answer(environment, "review", "undo", pair["id"])["state"] == "open"
    assert view_node(store, MAYBE.id).id == MAYBE.id
    assert answer(environment, "review", "different", FIRM.id, OTHER.name)["state"] == "different"
    assert answer(environment, "review", "list", "--state", "different")["total"] == 1
    assert run(environment, "review", "list", "--state", "none").returncode == 2
