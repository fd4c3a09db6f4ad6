"""T1, product → material, and T2, company → product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matching.evaluation.errors import NothingToRank
from matching.evaluation.experiment import Experiment, Trial
from matching.evaluation.files import read_rows
from matching.learning.folds import Describe
from matching.learning.grams import SEPARATOR, Weighting
from matching.learning.links import Asked, Ints, Links, Names, Sparse, incidence
from matching.learning.meanings import Meanings

LEXICAL = "lexical"


@dataclass(frozen=True)
class Task:
    """Known links, the queries of the test and the experiment over them."""

    links: Links
    asked: Asked
    experiment: Experiment
    describe: Describe | None = None

    def meant(self, meanings: Meanings) -> Task:
        """The same with what names mean; not for queries that are described by their items, whose texts change."""
        return replace(self, links=self.links.meant(meanings), asked=self.asked.meant(meanings))


def parts_of(row: dict[str, str], warm: bool) -> tuple[str, ...]:
    """Slices of a test row: ranked among trained items (the main figure) or the wider pool; lexical ones apart."""
    place = "warm" if warm else "pool"
    kind = "lexical" if row["lex"] == LEXICAL else "non-lexical"
    return (f"{place} {kind} {row['split']}",)


def material_task(train: Path, test: Path, pool: Path | None) -> Task:
    """T1. Ranked over the materials of ``train``; with ``pool`` over those of the pool as well."""
    pair = ("product", "material")
    known = read_rows(train, pair, pair)
    tests = read_rows(test, (*pair, "split", "lex"), pair)
    more = [row["material"] for row in read_rows(pool, ("material",), ("material",))] if pool else []
    task = _task(
        [(row["product"], row["material"]) for row in known],
        [(row["product"], row["material"], row) for row in tests],
        more,
    )
    return _sound(task, test, len(tests))


def _sound(task: Task, test: Path, count: int) -> Task:
    """The task itself.

    Raises:
        NothingToRank: not one answer can be ranked.
    """
    if not task.experiment.trials:
        raise NothingToRank(path=test, count=count)
    return task


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _task(pairs: list[tuple[str, str]], tests: list[tuple[str, str, dict[str, str]]], more: list[str]) -> Task:
    queries, warm = _names(query for query, _ in pairs), _names(item for _, item in pairs)
    items = _names((*warm, *more))
    weighting = Weighting.fit((*queries, *warm))
    links = _links(pairs, Names(queries, weighting), Names(items, weighting))
    asked_names = _names(query for query, _, _ in tests)
    known = _rows_of(links, asked_names)
    asked = Asked(Names(asked_names, weighting), known)
    return Task(links, asked, _experiment(tests, asked_names, items, known, len(warm)))


def _links(pairs: list[tuple[str, str]], queries: Names, items: Names) -> Links:
    row = {name: place for place, name in enumerate(queries.texts)}
    column = {name: place for place, name in enumerate(items.texts)}
    return Links(
        queries, items, incidence([(row[query], column[item]) for query, item in pairs], (len(queries), len(items)))
    )


def _rows_of(links: Links, names: Sequence[str]) -> Sparse:
    """Known items of queries by name; an empty row for a new one."""
    row = {name: place for place, name in enumerate(links.queries.texts)}
    pairs = [
        (place, int(item)) for place, name in enumerate(names) if name in row for item in links.given[row[name]].indices
    ]
    return incidence(pairs, (len(names), len(links.items)))


def _experiment(
    tests: list[tuple[str, str, dict[str, str]]], asked: Sequence[str], items: Sequence[str], known: Sparse, warm: int
) -> Experiment:
    row = {name: place for place, name in enumerate(asked)}
    column = {name: place for place, name in enumerate(items)}
    answers: dict[int, list[int]] = defaultdict(list)
    trials = []
    for query, item, facts in tests:
        if item in column:
            answers[row[query]].append(column[item])
            for among in sorted({warm, len(items)}):
                if column[item] < among:
                    slices = parts_of(facts, among == warm)
                    trials.append(Trial(row[query], column[item], query, among, 1.0, slices))
    hidden: tuple[Ints, ...] = tuple(
        np.array([*known[place].indices, *answers[place]], dtype=np.int64) for place in range(len(asked))
    )
    outside = sum(item not in column for _, item, _ in tests)
    return Experiment(tuple(trials), hidden, outside)


def product_task(train: Path, test: Path, pool: Path | None, profiles: Path | None) -> Task:
    """T2. A company is described by what it makes; ``profiles`` are those of companies that are not in ``train``."""
    pair = ("company", "product")
    known = read_rows(train, pair, pair)
    tests = read_rows(test, (*pair, "split", "lex"), pair)
    profiled = read_rows(profiles, pair, pair) if profiles else []
    more = [row["product"] for row in read_rows(pool, ("product",), ("product",))] if pool else []
    pairs = [(row["company"], row["product"]) for row in known]
    companies, warm = _names(company for company, _ in pairs), _names(product for _, product in pairs)
    items = _names((*warm, *more))
    weighting = Weighting.fit(warm)
    item_names = Names(items, weighting)

    def describe(given: Sparse) -> Names:
        return Names(tuple(SEPARATOR.join(items[at] for at in row.indices) for row in given), weighting)

    links = _links(pairs, Names(companies, weighting), item_names)
    links = Links(describe(links.given), item_names, links.given)
    makes: dict[str, list[str]] = defaultdict(list)
    for company, product in [*pairs, *((row["company"], row["product"]) for row in profiled)]:
        makes[company].append(product)
    asked_names = _names(row["company"] for row in tests)
    column = {name: place for place, name in enumerate(items)}
    rows = incidence(
        [(at, column[product]) for at, name in enumerate(asked_names) for product in makes[name] if product in column],
        (len(asked_names), len(items)),
    )
    asked = Asked(Names(tuple(SEPARATOR.join(_names(makes[name])) for name in asked_names), weighting), rows)
    triples = [(row["company"], row["product"], row) for row in tests]
    task = Task(links, asked, _experiment(triples, asked_names, items, rows, len(warm)), describe)
    return _sound(task, test, len(tests))
