"""The mapping wizard, as the command line and the page drive it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph.messages import Message
from graph.store import Store
from loaders.base import Job
from loaders.lists import (
    TITLES,
    Grid,
    ListMapping,
    Preview,
    Proposal,
    chosen_grids,
    fit,
    get_mapping,
    grids,
    list_mappings,
    mapping_for,
    open_list,
    preview,
    propose,
)
from loaders.workbook import Known, known_from_graph
from loaders.workbook.files import open_book


def _for_columns(kept: ListMapping, grid: Grid) -> ListMapping:
    """A kept mapping in the order of a file's columns; what it says of chain and stream stays as it was kept."""
    return fit(kept, grid).model_copy(update={"chain": kept.chain, "stream": kept.stream})


@dataclass(frozen=True)
class Wizard:
    """A foreign file and how it seems to be read; ``kept`` names the mapping that was found for it."""

    path: Path
    name: str
    grids: tuple[Grid, ...]
    mapping: ListMapping
    proposals: tuple[Proposal, ...]
    known: Known
    kept: str | None
    notes: tuple[Message, ...] = ()

    @classmethod
    def open(
        cls, store: Store, path: Path, sheet: str | None = None, use: str | None = None, name: str | None = None
    ) -> Self:
        """Read a file and propose how; a kept mapping that has all its columns goes first.

        Raises:
            SourceMissing, SourceUnreadable: when the file cannot be read.
            UnknownSheet: when there is no such sheet, or no table.
            NotFound: when there is no mapping of the name ``use``.
        """
        book = open_book(path)
        found = chosen_grids(grids(book, name or path.stem), sheet)
        name = name or path.stem
        known = known_from_graph(store, f"list:{name}")
        mapping, proposals = propose(found[0], frozenset(known.chains))
        kept = use
        if use:
            mapping = _for_columns(get_mapping(store, use), found[0])
        elif fitting := mapping_for(list_mappings(store), found[0]):
            mapping, kept = _for_columns(fitting.mapping, found[0]), fitting.name
        return cls(path, name, tuple(found), mapping, proposals, known, kept, tuple(book.notes))

    def chain(self, mapping: ListMapping) -> str | None:
        """The chain of the list where no column says it."""
        return fit(mapping, self.grids[0]).chain

    def preview(self, mapping: ListMapping) -> Preview:
        """What the list would bring."""
        return preview(self.grids, mapping, self.known)

    def job(self, mapping: ListMapping, about: str | None = None) -> Job:
        """The list as a job for the runner."""
        return open_list(self.path, self.grids, mapping, self.known, about=self.name)

    def as_plain(self, mapping: ListMapping) -> list[dict[str, object]]:
        """Columns with their scores, for a program."""
        return [
            {
                "column": column.header,
                "field": column.field.value,
                "title": TITLES[column.field],
                "stream": column.stream,
                "segment": column.segment,
                "samples": proposal.samples,
                "candidates": [
                    {"field": one.field.value, "score": one.score, "header": one.parts[0], "content": one.parts[1]}
                    for one in proposal.candidates
                ],
            }
            for proposal, column in zip(self.proposals, mapping.columns, strict=True)
        ]
