"""What commands print with: rich for people, JSON for programs, errors with their cure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import typer

from api.i18n import _, aside, listed, render, titled
from api.signs import as_json, harmless
from graph.errors import RonglianError
from graph.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from api.auth.roles import Role
    from graph.store import Store
    from loaders.base import Job
    from loaders.provenance import Drop
    from loaders.report import Finding, LoadReport


AS_JSON = typer.Option("--json", help=_("输出 JSON"))
IN_RING = typer.Option(
    help=_(
        "圈层，只计其中的供方：本区 district、本市 city、本省 province、长三角 delta、"
        "国内 national、不限 anywhere；不写则为有企业的最近圈层"
    )
)
ENCODER = typer.Option(
    "--encoder",
    metavar="NAME",
    help=_(
        "再用一个通用文本编码器：meaning（multilingual-e5-small，需 ronglian[meaning]），或 sentence-transformers "
        "模型的文件夹或名称；或另一个 ronglian train 保存的文件夹。默认 RONGLIAN_ENCODER"
    ),
)
AS_ROLE = typer.Option(
    "--as", metavar="ROLE", help=_("按某一角色所见输出，如 viewer、promoter；不写则为操作员所见，含敏感数据")
)

AS_ACCOUNT = typer.Option("--as", metavar="ACCOUNT", help=_("按某一账号的角色和负责镇街办理；不写则为操作员，不限镇街"))


@contextmanager
def acting_for(opened: Store, account: str | None, action: str) -> Iterator[None]:
    """Act as an account, when it may do this; without one, as whoever runs the command. What is refused is recorded.

    Raises:
        NoSuchAccount: when there is none of this name.
        AccountDisabled: when it was shut.
        NotAllowed: when it may not.
    """
    from api.auth.accounts import Accounts
    from api.auth.audit import Audit, Kind
    from api.auth.doorkeeper import viewer_of
    from api.auth.errors import AccountDisabled, NotAllowed
    from api.auth.roles import ACTION_TITLES, Action
    from api.auth.viewer import acting, viewer
    from graph.messages import Message

    if account is None:
        with acting(viewer()):
            yield
        return
    found = Accounts(opened).get(account)
    if not found.enabled:
        raise AccountDisabled()
    who = viewer_of(found)
    try:
        with acting(who):
            if not who.may(Action(action)):
                raise NotAllowed(action=Message(ACTION_TITLES[Action(action)]))
            yield
    except NotAllowed:
        Audit(opened).record(Kind.REFUSED, f"ronglian {action}", who=f"{viewer().name} → {who.name}")
        raise


@contextmanager
def seen_as(role: Role | None, action: str | None = None) -> Iterator[None]:
    """Answer at the sight of a role, when it may do this; without one, of whoever runs the command.

    Raises:
        NotAllowed: when the role may not.
    """
    from api.auth.errors import NotAllowed
    from api.auth.roles import ACTION_TITLES, Action, permits
    from api.auth.viewer import acting, at_sight_of, viewer
    from graph.messages import Message

    if role is not None and action and not permits(frozenset({role}), Action(action)):
        raise NotAllowed(action=Message(ACTION_TITLES[Action(action)]))
    with acting(viewer() if role is None else at_sight_of(role)):
        yield


def print_written(path: Path | str, *, aside_from_answer: bool = False) -> None:
    """Say what was written, and at whose sight."""
    from api.auth.roles import ROLE_TITLES
    from api.auth.viewer import viewer

    who = viewer()
    roles = listed(_(ROLE_TITLES[role]) for role in sorted(who.roles))
    sight = _("操作员所见，含敏感数据") if who.local else _("{role}所见").format(role=roles)
    said = _("已写入 {path}").format(path=path) + aside(sight)
    (err() if aside_from_answer else out()).print(said, markup=False)


def out() -> Console:
    """The console for answers."""
    return _console()


def err() -> Console:
    """The console for progress and errors, so that answers can be piped."""
    return _console(stderr=True)


def _console(*, stderr: bool = False) -> Console:
    """A console that no text steers: our own styles do, markup only where a command asks for it."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.text import Text

    class Harmless(Console):
        def render_str(self, text: str, **options: Any) -> Text:
            return super().render_str(harmless(text), **options)

        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
            for text, style, control in super().render(renderable, options):
                yield Segment(text if control else harmless(text), style, control)

    return Harmless(stderr=stderr, markup=False, highlight=False, soft_wrap=True)


def plain(value: Any) -> Any:
    """Turn anything we answer with into what JSON knows."""
    if isinstance(value, Message):
        return render(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    from graph.model import Node

    if isinstance(value, Node):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return items if isinstance(value, list | tuple) else sorted(items, key=str)
    return value


def print_json(value: Any) -> None:
    """Print an answer as JSON."""
    typer.echo(as_json(plain(value), indent=2, default=str))


def report_error(error: RonglianError) -> None:
    """Say what was wrong and what to do."""
    console = err()
    said = render(error.what)
    for style, title, text in (
        ("bold red", _("错误"), titled(error.where, said) if error.where else said),
        ("bold", _("办法"), render(error.remedy)),
    ):
        console.print(title, style=style, end="  ")
        console.print(text, markup=False)


@contextmanager
def store() -> Iterator[Store]:
    """Open the graph the settings name, saying what is being done meanwhile."""
    from api.connection import open_store
    from api.settings import Settings

    with ExitStack() as stack:
        with err().status(_("正在连接图数据库…")) as status:
            opening = open_store(Settings(), lambda message: status.update(render(message)))
            opened = stack.enter_context(opening)
        yield opened


def run_load(opened: Store, job: Job) -> LoadReport:
    """Load a source with a progress bar."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from loaders.base import load

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task(_("载入 {source}").format(source=job.source.id), total=job.total)
        return load(opened, job, progress=lambda done, total: bar.update(task, completed=done, total=total))


def print_report(report: LoadReport, shown: int = 5) -> None:
    """Print the counts of a load and the reasons of what stayed out."""
    console = out()
    line = _("读 {read:,} 行 = 写入 {written:,} + 合并 {merged:,} + 退回 {dropped:,}")
    counts = {"read": report.read, "written": report.written, "merged": report.merged, "dropped": report.dropped}
    console.print(line.format(**counts))
    graph = _("节点 {nodes:,} · 关系 {relationships:,} · 清理 {swept:,} · {seconds:.1f} 秒")
    swept = report.swept_nodes + report.swept_relationships
    console.print(
        graph.format(nodes=report.nodes, relationships=report.relationships, swept=swept, seconds=report.seconds)
    )
    if report.joined or report.asked:
        line = _("并入图谱中已有的单位 {joined:,} 家 · 不能确定是否同一家 {asked:,} 对（ronglian review list）")
        console.print(line.format(joined=report.joined, asked=report.asked), markup=False)
    if report.resumed_batches:
        console.print(_("接着上次中断处继续，已有 {count} 批不必重写").format(count=report.resumed_batches))
    sections: list[tuple[str, Sequence[Drop | Finding]]] = [
        (_("退回"), report.drops),
        (_("部分采用"), report.findings),
    ]
    for title, items in sections:
        for item in items[:shown]:
            console.print(f"  {title}  {item.where}  {render(item.reason)}", markup=False)
        if len(items) > shown:
            console.print(
                _("  {title}  另有 {count} 行，用 --json 查看全部").format(title=title, count=len(items) - shown)
            )


def encoded(opened: Store) -> None:
    """Make the vectors that the chosen text encoder still lacks, with progress; nothing where none was chosen."""
    from datetime import date

    from rich.progress import Progress

    from api.pairing import fill_texts, texts

    if texts() is None:
        return
    with Progress(console=err(), transient=True) as bar:
        task = bar.add_task(_("计算文字向量"), total=None)
        fill_texts(opened, date.today(), lambda done, total: bar.update(task, completed=done, total=total))
