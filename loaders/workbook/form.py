"""A form of a page as a row of a sheet: the same readings as in a workbook, every problem said by its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph.errors import InputError
from graph.messages import N_, Message
from loaders.workbook.cells import BLANKS, BadCell, Raw, check_formula, plain, read_words, refuse
from loaders.workbook.columns import Column
from loaders.workbook.sheets import Sheet
from loaders.workbook.taking import MISSING, MISSING_CURE

FIELD = N_("{column}：{what}。{cure}")
FIELDS = N_("{first}；{rest}")

Find = Callable[[str], str | None]


class FormUnreadable(InputError):
    """Fields of a form that cannot be taken; nothing was kept."""

    message = N_("{problems}")
    cure = N_("请改正后重新保存；尚未保存任何内容")


def read_form(sheet: Sheet, fields: Iterable[str], said: Mapping[str, Raw], find: Find) -> dict[str, object]:
    """Read the fields of a form; references are found by ``find``, which knows ids and names.

    Raises:
        FormUnreadable: naming every field, what is wrong with it and the cure.
    """
    values: dict[str, object] = {}
    wrong: list[tuple[str, Message]] = []
    for column in (sheet.fields[name] for name in fields):
        try:
            value = _read(column, said.get(column.field), find)
        except BadCell as bad:
            problem: dict[str, object] = {"column": Message(column.title), "what": bad.what, "cure": bad.cure}
            wrong.append((column.field, Message(FIELD, problem)))
        else:
            if value is not None:
                values[column.field] = value
    if wrong:
        said_all = wrong[-1][1]
        for _, one in reversed(wrong[:-1]):
            said_all = Message(FIELDS, {"first": one, "rest": said_all})
        raise FormUnreadable(where=wrong[0][0], problems=said_all)
    return values


def _read(column: Column, raw: Raw, find: Find) -> object:
    if raw is None or plain(raw) in BLANKS:
        if column.required:
            raise BadCell(Message(MISSING, {"column": Message(column.title)}), Message(MISSING_CURE))
        return None
    check_formula(raw)
    if column.refers_to is None:
        return column.read(raw)
    found = []
    for word in read_words(raw) if column.many else [plain(raw)]:
        id_ = find(word)
        if id_ is None:
            raise refuse(column.refers_to.unknown, column.refers_to.cure, word)
        found.append(id_)
    return list(dict.fromkeys(found)) if column.many else found[0]
