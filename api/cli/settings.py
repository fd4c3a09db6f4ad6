"""``ronglian settings``: thresholds and weights behind the gap board and the district at home, with who set them."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, chained, titled

if TYPE_CHECKING:
    from api.schemas.settings import SettingsWire
    from graph.catalogue import Catalogue
    from graph.store import Store
    from matching.gaps.tuning import History

app = typer.Typer(no_args_is_help=True)
SHOWN = 10
CHAIN = typer.Option(help=_("只对这条产业链（编号或名称）；不写则对全部产业链"))
BY = typer.Option(help=_("修改人；不写则为系统登录名"))
REASON = typer.Option(help=_("理由"))


@app.command(help=_("现行的阈值与权重和改动记录"))
def show(chain: Annotated[str, CHAIN] = "", json: Annotated[bool, AS_JSON] = False) -> None:
    from matching.gaps.tuning import load_history

    with store() as opened:
        _answer(opened, load_history(opened), _scope(opened, chain), json)


@app.command("set", help=_("修改若干项：ronglian settings set sources=4 stale_days=180；值留空为恢复默认"))
def set_values(
    values: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…", help=_("设定项=新值"))],
    chain: Annotated[str, CHAIN] = "",
    by: Annotated[str, BY] = "",
    reason: Annotated[str, REASON] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from matching.gaps.tuning import change

    wanted = {key: _value(key, text) for key, text in (_pair(entry) for entry in values)}
    with store() as opened:
        scope = _scope(opened, chain)
        history = change(opened, scope, wanted, by=by or getpass.getuser(), at=datetime.now(UTC), reason=reason)
        _answer(opened, history, scope, json)


@app.command("reset", help=_("撤去所设的全部值：产业链恢复通用值，通用值恢复默认值"))
def reset_scope(
    chain: Annotated[str, CHAIN] = "",
    by: Annotated[str, BY] = "",
    reason: Annotated[str, REASON] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from matching.gaps.tuning import reset

    with store() as opened:
        scope = _scope(opened, chain)
        history = reset(opened, scope, by=by or getpass.getuser(), at=datetime.now(UTC), reason=reason)
        _answer(opened, history, scope, json)


@app.command("undo", help=_("撤销上一次改动"))
def undo_last(by: Annotated[str, BY] = "", json: Annotated[bool, AS_JSON] = False) -> None:
    from matching.gaps.tuning import undo

    with store() as opened:
        history = undo(opened, by=by or getpass.getuser(), at=datetime.now(UTC))
        _answer(opened, history, history.changes[-1].scope, json)


@app.command("district", help=_("本区：各圈层由它算起；写上名称（连省市）或行政区划代码即改设"))
def district(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help=_("例如 江苏省常州市武进区 或 320412；不写则只显示"))
    ] = "",
    by: Annotated[str, BY] = "",
    reason: Annotated[str, REASON] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.schemas.district import DistrictWire
    from graph.district import change_district, load_district

    with store() as opened:
        if place:
            said = {"by": by or getpass.getuser(), "reason": reason}
            found = DistrictWire.of(change_district(opened, place, at=datetime.now(UTC), **said))
        else:
            found = DistrictWire.of(load_district(opened))
    if json:
        print_json(found.model_dump(mode="json"))
        return
    said_by = _("{by} 于 {at} 设定").format(by=found.by, at=f"{found.at:%Y-%m-%d %H:%M}") if found.at else _("未改过")
    out().print(f"{_('本区')} {found.name} {found.code} · {said_by}", markup=False)
    out().print(titled(_("圈层"), chained(ring.title for ring in found.rings)), markup=False)


def _pair(entry: str) -> tuple[str, str]:
    key, _sign, value = entry.partition("=")
    return key.strip(), value.strip()


def _value(key: str, text: str) -> float | None:
    from matching.gaps.errors import NotANumber
    from matching.gaps.settings import SETTINGS

    try:
        return float(text) if text else None
    except ValueError:
        title = SETTINGS[key].title if key in SETTINGS else key
        raise NotANumber(where=key, title=title, value=text) from None


def _scope(opened: Store, chain: str) -> str:
    from graph.catalogue import load_catalogue
    from matching.gaps import ALL

    return chain_of(load_catalogue(opened), chain) if chain else ALL


def chain_of(catalogue: Catalogue, ref: str) -> str:
    """The id of a chain given by id or name.

    Raises:
        NotFound: when there is none.
    """
    from graph.errors import NotFound

    found = [one.id for one in catalogue.chains if ref.strip() in (one.id, one.name)]
    if not found:
        raise NotFound(id=ref)
    return found[0]


def _answer(opened: Store, history: History, scope: str, json: bool) -> None:
    from api.schemas.settings import SettingsWire
    from graph.catalogue import load_catalogue

    names = {chain.id: chain.name for chain in load_catalogue(opened).chains}
    found = SettingsWire.of(history, scope, names)
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found)


def _print(found: SettingsWire) -> None:
    from rich.table import Table

    console = out()
    table = Table(title=found.scope.name, title_justify="left", box=None, pad_edge=False)
    table.add_column(_("设定项"), no_wrap=True)
    table.add_column(_("名称"))
    for name in (_("默认值"), _("现行值")):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(_("最近改动"))
    for item in found.items:
        said = f"{item.changed_by} {item.changed_at.astimezone():%Y-%m-%d %H:%M}" if item.changed_at else ""
        table.add_row(item.key, item.title, f"{item.default:g}", f"{item.value:g}", said)
    console.print(table)
    for change in found.history[:SHOWN]:
        absent = _("未另设")
        moved = " · ".join(
            f"{one.title} {absent if one.before is None else f'{one.before:g}'} → "
            f"{absent if one.after is None else f'{one.after:g}'}"
            for one in change.values
        )
        line = _("第 {number} 次  {scope} · {by} · {at}  {moved}")
        at = f"{change.at.astimezone():%Y-%m-%d %H:%M}"
        console.print(
            line.format(number=change.number, scope=change.scope.name, by=change.by, at=at, moved=moved), markup=False
        )
