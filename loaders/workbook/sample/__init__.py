"""The sample workbook: made up from seed and catalog, and it says so on every sheet.

Around hand-made stories (``stories``, ``pairs``, ``flaws``) stand generated firms, purchases and listings.
"""

from __future__ import annotations

from pathlib import Path

from loaders.workbook.sample.catalogue import read_catalogue
from loaders.workbook.sample.compose import compose
from loaders.workbook.sample.tables import write

SEED = 35

__all__ = ["SEED", "write_sample"]


def write_sample(path: Path, seed: int = SEED) -> None:
    """Write the sample workbook."""
    write(compose(read_catalogue(), seed), path)
