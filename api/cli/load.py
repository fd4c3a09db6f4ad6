"""``ronglian load …``: sources into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, print_report, run_load, store
from api.i18n import _

if TYPE_CHECKING:
    from graph.store import Store
    from loaders.report import LoadReport


app = typer.Typer(no_args_is_help=True)
FOLDER = typer.Argument(help=_("数据所在文件夹"))


@app.command(help=_("35X 产业链目录、行动方案、地区、已知上市企业"))
def catalog(json: Annotated[bool, AS_JSON] = False) -> None:
    from loaders.catalog.loader import open_catalog

    with store() as opened:
        _answer(run_load(opened, open_catalog()), json)


@app.command(help=_("ChainKnowledgeGraph 公开数据集"))
def chainkg(path: Annotated[Path, FOLDER], json: Annotated[bool, AS_JSON] = False) -> None:
    from graph.terms import load_terms
    from loaders.chainkg import open_folder

    with store() as opened:
        _answer(run_load(opened, open_folder(path, load_terms(opened))), json)


@app.command(help=_("国民经济行业分类、行政区划"))
def taxonomies(path: Annotated[Path, FOLDER], json: Annotated[bool, AS_JSON] = False) -> None:
    from loaders.taxonomies import open_folder

    with store() as opened:
        _answer(run_load(opened, open_folder(path)), json)


@app.command(help=_("Excel 工作簿；有问题的行写入退回文件"))
def workbook(
    path: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=_("工作簿"))],
    returned: Annotated[Path | None, typer.Option(help=_("退回文件写到哪里，默认与工作簿同一文件夹"))] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    with store() as opened:
        report, written = load_workbook(opened, path, returned)
    _answer(report, json)
    if written and not json:
        out().print(_("退回的行见 {path}").format(path=written), markup=False)


def load_workbook(opened: Store, path: Path, returned: Path | None = None) -> tuple[LoadReport, Path | None]:
    """Load a workbook; return the report and the file the returned rows were written to, if there are any."""
    from loaders.workbook import open_workbook, write_returned

    report = run_load(opened, open_workbook(path))
    if not report.drops:
        return report, None
    target = returned or path.with_name(f"{path.stem}-退回.xlsx")
    write_returned(path, report.drops, target)
    return report, target


def _answer(report: LoadReport, json: bool) -> None:
    if json:
        print_json(report.counts() | {"drops": report.drops, "findings": report.findings})
    else:
        print_report(report)
