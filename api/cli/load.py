"""``ronglian load …``: sources into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, err, out, print_json, print_report, run_load, store
from api.i18n import _, render

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
    path: Annotated[Path, typer.Argument(metavar="FILE", help=_("工作簿：Excel、WPS 或 CSV"))],
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
    from loaders.workbook import job_of, known_from_graph, left_out, read, returned_path, source_id, write_returned

    raw = read(path)
    for note in raw.notes:
        err().print(f"  {render(note)}", markup=False)
    report = run_load(opened, job_of(raw, known_from_graph(opened, source_id(raw))))
    rows = left_out(report)
    if not rows:
        return report, None
    target = returned or returned_path(path)
    write_returned(raw, rows, target)
    return report, target


def _answer(report: LoadReport, json: bool) -> None:
    if json:
        print_json(report.counts() | {"drops": report.drops, "findings": report.findings})
    else:
        print_report(report)
