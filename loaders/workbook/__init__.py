"""The Chinese workbook: its sheets, its template, its reader, its return file and a made-up sample.

``write_template`` writes the empty workbook. ``read`` opens a file, ``check`` says what is wrong in it and
``write_checked`` gives it back marked; ``records`` turns its rows into facts or returns them with a cure, ``job_of``
makes a job for the runner, ``write_returned`` writes the rows that came back.
"""

from loaders.workbook.form import FormUnreadable, read_form
from loaders.workbook.known import Known, known_from, known_from_catalog, known_from_graph
from loaders.workbook.loader import Checked, check, job_of, open_workbook, records, source_for, source_id
from loaders.workbook.marking import write_checked
from loaders.workbook.own import OwnFirm
from loaders.workbook.reader import Workbook, read
from loaders.workbook.returned import left_out, returned_path, write_returned
from loaders.workbook.sheets import BY_NAME, SHEETS, Sheet
from loaders.workbook.template import lists_from_catalog, lists_from_graph, write_template

__all__ = [
    "BY_NAME",
    "SHEETS",
    "Checked",
    "FormUnreadable",
    "Known",
    "OwnFirm",
    "Sheet",
    "Workbook",
    "check",
    "job_of",
    "known_from",
    "known_from_catalog",
    "known_from_graph",
    "left_out",
    "lists_from_catalog",
    "lists_from_graph",
    "open_workbook",
    "read",
    "read_form",
    "records",
    "returned_path",
    "source_for",
    "source_id",
    "write_checked",
    "write_returned",
    "write_template",
]
