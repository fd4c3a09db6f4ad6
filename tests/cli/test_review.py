"""``ronglian review`` as its users run it."""

from __future__ import annotations

from api.auth.audit import Audit
from api.auth.roles import Role
from graph.model import Enterprise, In, Place, PlaceLevel
from graph.nodes import view_node
from graph.store import Store
from tests.auth.people import add, forget
from tests.cli.test_commands import answer, environment, run  # noqa: F401  the fixture
from tests.graphs import source, write

TOWNS = (("320412100", "湖塘镇"), ("320412106", "雪堰镇"))
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


def test_a_liaison_of_a_town_decides_pairs_with_a_firm_there_only(
    store: Store,
    environment: dict[str, str],  # noqa: F811
) -> None:
    town, other = (Place(id=f"place-{code}", code=code, name=name, level=PlaceLevel.TOWN) for code, name in TOWNS)
    write(store, FIRM, OTHER, town, other, In(start=FIRM.id, end=town.id), of=source("a"))
    write(store, MAYBE, of=source("b"))
    (pair,) = answer(environment, "review", "list")["pairs"]
    add(store, "管理员", Role.ADMIN)
    add(store, "湖塘", Role.LIAISON, towns=(town.id,))
    add(store, "雪堰", Role.LIAISON, towns=(other.id,))
    add(store, "浏览", Role.VIEWER)
    try:
        assert answer(environment, "review", "list", "--as", "湖塘")["total"] == 1
        assert answer(environment, "review", "list", "--as", "雪堰")["total"] == 0
        assert "没有待判断" in run(environment, "review", "show", "--as", "雪堰").stdout
        for words in (("show", pair["id"]), ("same", pair["id"]), ("different", FIRM.id, OTHER.id)):
            refused = run(environment, "review", *words, "--as", "雪堰")
            assert refused.returncode == 1, words
            assert "都不在您负责的镇街" in refused.stderr
            last = Audit(store).list(limit=1)[0]
            assert (last.kind, last.who.split(" → ")[1]) == ("refused", "雪堰")
        assert answer(environment, "review", "same", pair["id"], "--as", "湖塘")["decided_by"] == "湖塘"
        assert run(environment, "review", "undo", pair["id"], "--as", "雪堰").returncode == 1
        assert answer(environment, "review", "undo", pair["id"], "--as", "湖塘")["state"] == "open"
        assert "您的角色不能" in run(environment, "review", "list", "--as", "浏览").stderr
        assert "没有账号" in run(environment, "review", "list", "--as", "无此人").stderr
        assert answer(environment, "review", "list")["total"] == 1
    finally:
        forget(store)
