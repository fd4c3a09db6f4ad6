"""Files handed in over the web: kept for a while, checked and loaded in the background, one after the other."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import Lock

from api.auth.viewer import Viewer, acting
from api.lists import Wizard
from api.profiles import own_firm
from graph.errors import InputError, NotFound, RonglianError
from graph.messages import N_, Listed, Message
from graph.store import Store
from loaders.base import load
from loaders.lists import ListMapping, Preview, mend, save_mapping
from loaders.report import LoadReport
from loaders.undo import Undone, undo
from loaders.workbook import (
    Checked,
    Known,
    OwnFirm,
    Workbook,
    check,
    job_of,
    known_from_graph,
    left_out,
    read,
    returned_path,
    source_id,
    write_checked,
    write_returned,
)
from loaders.workbook.files import SUFFIXES

KEPT, KEPT_OF_FIRM = 20, 3
"""How many files of offices and of each firm's contacts are kept; the oldest goes when another comes."""


class State(StrEnum):
    """Where a file is."""

    CHECKING = "checking"
    CHECKED = "checked"
    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"


class NotReady(InputError):
    """Asked to load what is not checked, or is being loaded."""

    message = N_("文件“{name}”现在不能载入")
    cure = N_("请等检查结束；已载入的文件请重新上传后再载入")


class OtherSheets(InputError):
    """A sheet that may not come in through this door."""

    message = N_("工作簿中有不能在这里载入的表：{sheets}")
    cure = N_("这里只载入 {only}；请删去其他表，或由有导入权限的同事在“数据导入”页载入")


class NoFile(InputError):
    """There is nothing to give back."""

    message = N_("文件“{name}”没有要返回的内容")
    cure = N_("没有发现问题时不生成返回文件")


class WrongName(InputError):
    """A file name that says of no format we read."""

    message = N_("不认识文件“{name}”的格式")
    cure = N_("请上传 .xlsx、.xls、.et 或 .csv 文件")


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks for a firm, on a day."""

    firm: str
    by: Viewer
    today: date

    def own(self, store: Store) -> OwnFirm:
        """The firm as they may speak of it.

        Raises:
            NotFound: when it is not there any more.
        """
        with acting(self.by):
            return own_firm(store, self.firm, self.today)


@dataclass
class Import:
    """A file and what became of it."""

    id: str
    name: str
    path: Path
    state: State = State.CHECKING
    done: int = 0
    total: int | None = None
    checked: Checked | None = None
    wizard: Wizard | None = None
    mapping: ListMapping | None = None
    preview: Preview | None = None
    report: LoadReport | None = None
    error: RonglianError | None = None
    returned: Path | None = None
    notes: Sequence[Message] = field(default_factory=tuple)
    only: frozenset[str] = frozenset()
    speaker: Speaker | None = None


class Imports:
    """The files handed in since the service started."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = Path(tempfile.mkdtemp(prefix="ronglian-"))
        self._files: OrderedDict[str, Import] = OrderedDict()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, "import")

    def close(self) -> None:
        """Stop after what is being done, and forget the files."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def take(
        self, name: str, content: bytes, only: frozenset[str] = frozenset(), speaker: Speaker | None = None
    ) -> Import:
        """Take a file and begin to check it; with ``only``, a workbook that has these sheets and no others.

        With a ``speaker`` it says no more than may be said for that firm.

        Raises:
            WrongName: when its name ends like no spreadsheet's.
        """
        bare = PureWindowsPath(PurePosixPath(name).name).name.replace("\x00", "")[-120:]
        if not bare.lower().endswith(SUFFIXES) or bare.startswith("."):
            raise WrongName(name=name[:120])
        own = secrets.token_hex(8)
        folder = self._folder / own
        folder.mkdir()
        file = Import(own, bare, folder / bare, only=only, speaker=speaker)
        file.path.write_bytes(content)
        with self._lock:
            self._files[own] = file
            self._forget_old(speaker.firm if speaker else None)
        self._worker.submit(self._guarded, file, self._check)
        return file

    def _forget_old(self, firm: str | None) -> None:
        """Forget the oldest of who hands in most: nobody's file goes for another's."""
        held = [file for file in self._files.values() if (file.speaker and file.speaker.firm) == firm]
        for oldest in held[: -KEPT_OF_FIRM if firm else -KEPT]:
            del self._files[oldest.id]
            shutil.rmtree(oldest.path.parent, ignore_errors=True)

    def get(self, own: str, only: frozenset[str] = frozenset(), firm: str | None = None) -> Import:
        """A file by its id: what came in for a ``firm`` is its own; with ``only``, one of the same narrow door.

        Raises:
            NotFound: when there is none, or it was forgotten.
        """
        with self._lock:
            file = self._files.get(own)
        if file is None or (only and file.only != only) or (file.speaker and file.speaker.firm) != firm:
            raise NotFound(id=own)
        return file

    def undo(self, own: str, only: frozenset[str]) -> Undone:
        """Undo the load of a file.

        Raises:
            NotFound: when there is no such file.
            NotReady: when it was not loaded.
            NotUndoable: when something builds on it.
        """
        file = self.get(own, only)
        if file.report is None:
            raise NotReady(name=file.name)
        return undo(self._store, file.report.run)

    def load(
        self,
        own: str,
        changes: Sequence[tuple[str, str]] = (),
        update: dict[str, object] | None = None,
        save: str | None = None,
        firm: str | None = None,
    ) -> Import:
        """Begin to load a file that was checked; a list by its mapping, with changes.

        Raises:
            NotFound: when there is no such file.
            NotReady: when it is not checked, or was loaded.
            UnknownColumn, UnknownField: when a change names what is not there.
        """
        file = self.get(own, firm=firm)
        with self._lock:
            if file.state is not State.CHECKED:
                raise NotReady(name=file.name)
            if file.mapping:
                file.mapping = mend(file.mapping, changes).model_copy(update=update or {})
            file.state, file.done, file.total = State.LOADING, 0, None
        if save and file.mapping:
            save_mapping(self._store, save, file.mapping)
        self._worker.submit(self._guarded, file, self._load)
        return file

    def preview(self, own: str, changes: Sequence[tuple[str, str]], update: dict[str, object]) -> Preview:
        """What a list would bring with changes.

        Raises:
            NotReady: when the file is no list that waits to be loaded.
        """
        file = self.get(own)
        if file.wizard is None or file.mapping is None:
            raise NotReady(name=file.name)
        return file.wizard.preview(mend(file.mapping, changes).model_copy(update=update))

    def _guarded(self, file: Import, work: Callable[[Import], None]) -> None:
        try:
            work(file)
        except RonglianError as error:
            file.error, file.state = error, State.FAILED
        except Exception:
            file.error, file.state = RonglianError(), State.FAILED
            raise

    def _check(self, file: Import) -> None:
        try:
            raw = read(file.path)
        except InputError as unread:
            if file.only or file.speaker:
                raise
            self._propose(file, unread)
            return
        other = {table.sheet.name for table in raw.tables} - file.only
        if file.only and other:
            raise OtherSheets(sheets=Listed(sorted(other)), only=Listed(sorted(file.only)))
        file.checked = check(raw, *self._known(file, raw))
        file.notes = raw.notes
        if file.checked.problems:
            target = file.path.with_name(f"{_plain(raw.about)}-检查.xlsx")
            write_checked(file.checked, target)
            file.returned = target
        file.total = file.checked.rows
        file.state = State.CHECKED

    def _known(self, file: Import, raw: Workbook) -> tuple[Known, OwnFirm | None]:
        """What a workbook can refer to, and the firm it speaks for."""
        own = file.speaker.own(self._store) if file.speaker else None
        return known_from_graph(self._store, own.source.id if own else source_id(raw)), own

    def _propose(self, file: Import, unread: InputError) -> None:
        """What is no workbook of ours may be a list from elsewhere."""
        try:
            file.wizard = Wizard.open(self._store, file.path)
        except InputError:
            raise unread from None
        file.mapping, file.notes = file.wizard.mapping, file.wizard.notes
        file.preview = file.wizard.preview(file.mapping)
        file.state = State.CHECKED

    def _load(self, file: Import) -> None:
        def progress(done: int, total: int | None) -> None:
            file.done, file.total = done, total

        raw = read(file.path) if file.wizard is None else None
        if raw:
            job = job_of(raw, *self._known(file, raw))
        else:
            assert file.wizard
            assert file.mapping
            job = file.wizard.job(file.mapping)
        file.report = load(self._store, job, progress=progress)
        file.notes = [*file.notes, *(one.reason for one in file.report.findings if one.where == file.path.name)]
        rows = left_out(file.report) if raw else []
        file.returned = None
        if raw and rows:
            target = returned_path(file.path)
            write_returned(raw, rows, target)
            file.returned = target
        file.state = State.LOADED

    def returned(self, own: str, firm: str | None = None) -> Path:
        """The file to give back.

        Raises:
            NoFile: when there is nothing to mend.
        """
        file = self.get(own, firm=firm)
        if file.returned is None:
            raise NoFile(name=file.name)
        return file.returned


def _plain(name: str) -> str:
    """A name that the file gives itself, fit to be a file's."""
    return "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|')[:60] or "workbook"
