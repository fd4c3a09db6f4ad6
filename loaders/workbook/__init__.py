"""The Chinese workbook: its sheets, its reader, its return file and a made-up sample.

``read`` opens a file, ``records`` turns its rows into facts or returns them with a cure, ``open_workbook`` makes a job
for the runner, ``write_returned`` writes the rows that came back.
"""

from loaders.workbook.known import Known, known_from, known_from_catalog
from loaders.workbook.loader import open_workbook, records, source_for
from loaders.workbook.reader import Workbook, read
from loaders.workbook.returned import write_returned
from loaders.workbook.sheets import SHEETS, Sheet

__all__ = [
    "SHEETS",
    "Known",
    "Sheet",
    "Workbook",
    "known_from",
    "known_from_catalog",
    "open_workbook",
    "read",
    "records",
    "source_for",
    "write_returned",
]
