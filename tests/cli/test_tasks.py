"""``ronglian tasks``: given out, handed over, the form of a town, as one types them."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from graph.model import Chain, Enterprise, In, Makes, PartOf, Place, PlaceLevel, Product, Segment, Stream, Tier
from graph.store import Store
from tests.cli.test_commands import answer, environment, run
from tests.graphs import write

__all__ = ["environment"]

FIRM = Enterprise(name="示例传动有限公司")
CHAIN = Chain(id="robotics", name="机器人", tier=Tier.RISING, order=1, basis="测试")
RV = Segment(
    id="robotics.rv", name="RV减速器", stream=Stream.UPSTREAM, importance=3, substitutability="certified",
    terms=["RV减速器"], basis="测试",
)  # fmt: skip
MADE = Product(name="RV减速器")
TOWN = Place(id="place-320412101", name="示例镇", code="320412101", level=PlaceLevel.TOWN)


def test_the_whole_way(environment: dict[str, str], store: Store, tmp_path: Path) -> None:
    ties = (PartOf(start=RV.id, end=CHAIN.id), In(start=FIRM.id, end=TOWN.id), Makes(start=FIRM.id, end=MADE.id))
    write(store, FIRM, CHAIN, RV, MADE, TOWN, *ties)
    assert run(environment, "link", "propose", "--all").returncode == 0
    done = run(environment, "tasks", "create", "--chain", "机器人")
    assert done.returncode == 0, done.stderr
    assert "示例镇  待派 1" in done.stdout

    done = run(environment, "tasks", "assign", "示例镇", "--owner", "李四", "--due", "2099-12-31")
    assert "已交办 1 项" in done.stdout
    listed = run(environment, "tasks", "list", "--town", "示例镇")
    for word in ("核查中", "示例传动有限公司 → RV减速器", "李四", "2099-12-31"):
        assert word in listed.stdout

    path = tmp_path / "核查表.xlsx"
    done = run(environment, "tasks", "form", "示例镇", path)
    assert done.returncode == 0, done.stderr
    assert openpyxl.load_workbook(path)["核查表"]["A2"].value == FIRM.name

    assert run(environment, "link", "confirm", FIRM.name, RV.id, "--why", "有产线", "--by", "李四").returncode == 0
    (task,) = [one for one in answer(environment, "tasks", "list", "--done") if one["task"].get("firm") == FIRM.id]
    assert task["state"] == "done"
    assert "有产线" in task["answer"]
    nothing = run(environment, "tasks", "form", "示例镇", path)
    assert nothing.returncode == 1
    assert "没有未办结" in nothing.stderr


def test_a_firm_is_shown_with_its_links_and_what_is_missing(environment: dict[str, str], store: Store) -> None:
    write(store, FIRM, RV, MADE, Makes(start=FIRM.id, end=MADE.id))
    assert run(environment, "link", "propose", FIRM.name).returncode == 0
    shown = run(environment, "show", FIRM.name)
    assert shown.returncode == 0, shown.stderr
    for word in ("挂链 1", "待确认", "待问", "缺什么", "采购清单"):
        assert word in shown.stdout


def test_tasks_are_for_the_home_city_whichever_it_is(environment: dict[str, str], store: Store) -> None:
    far = Place(id="place-510107", name="武侯区", code="510107", level=PlaceLevel.DISTRICT)
    ties = (PartOf(start=RV.id, end=CHAIN.id), In(start=FIRM.id, end=far.id), Makes(start=FIRM.id, end=MADE.id))
    write(store, FIRM, CHAIN, RV, MADE, far, *ties)
    assert run(environment, "link", "propose", "--all").returncode == 0
    assert run(environment, "tasks", "create").returncode == 0
    assert "武侯区" not in run(environment, "tasks", "list").stdout, "nobody here could go there"
    assert run(environment, "settings", "district", "四川省成都市武侯区").returncode == 0
    assert "武侯区  待派 1" in run(environment, "tasks", "create").stdout
