"""Foreign lists: a spreadsheet nobody prepared, its columns proposed, mended by a person, loaded as a chain map.

``grids`` finds the tables of a file, ``propose`` says which column is what with scores, ``mend`` changes that,
``preview`` says what it would bring, ``open_list`` makes a job for the runner, ``save_mapping`` keeps it by name.
"""

from loaders.lists.fields import TITLES, Field
from loaders.lists.kept import get_mapping, list_mappings, mapping_for, save_mapping
from loaders.lists.loader import Preview, open_list, preview, records
from loaders.lists.mapping import ColumnMap, Grid, ListMapping, Proposal, chosen_grids, fit, grids, mend, propose

__all__ = [
    "TITLES",
    "ColumnMap",
    "Field",
    "Grid",
    "ListMapping",
    "Preview",
    "Proposal",
    "chosen_grids",
    "fit",
    "get_mapping",
    "grids",
    "list_mappings",
    "mapping_for",
    "mend",
    "open_list",
    "preview",
    "propose",
    "records",
    "save_mapping",
]
