"""How well link proposals do on pairs a person labelled, on ChainKnowledgeGraph.

Labels are a CSV: code, firm, segment, belongs (是/否), lookalike, stratum, note. The labelling rule stands beside them
in ``linking_labels.md``. Precision is taken over the labelled pairs proposed as confirmed, recall over all labelled
pairs that belong; both with a 95% Wilson interval. Proposals are made as of the day the data speak of.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.errors import SourceMissing
from graph.messages import Listed
from graph.model import Grade, LinkState
from matching.learning.calibration import wilson
from matching.linking import Firm, Origin, Product, Proposal, Rules, Segment, propose_links

OBSERVED_ON = date(2021, 10, 19)
SCOPE_SHARE = 0.001
"""What the data set writes as share of a product it took from the registered scope."""
FILES = ("company.json", "company_product.json", "company_industry.json")


@dataclass(frozen=True, slots=True)
class Label:
    """A pair a person decided."""

    code: str
    firm: str
    segment: str
    belongs: bool
    lookalike: bool
    stratum: str
    note: str


@dataclass(frozen=True)
class Rate:
    """A share with its 95% interval; None when there is nothing to divide by."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval."""
        return wilson(self.right / self.of, self.of) if self.of else None


@dataclass(frozen=True)
class Judged:
    """A labelled pair and what was proposed for it; None when nothing was."""

    label: Label
    proposal: Proposal | None

    @property
    def state(self) -> LinkState | None:
        """The proposed state."""
        return self.proposal.state if self.proposal else None


@dataclass(frozen=True)
class LinkEvaluation:
    """All labelled pairs, judged."""

    judged: tuple[Judged, ...]

    def _count(self, states: Sequence[LinkState], *, belongs: bool | None = None) -> int:
        return sum(one.state in states and (belongs is None or one.label.belongs is belongs) for one in self.judged)

    @property
    def precision(self) -> Rate:
        """Of what is confirmed, how much belongs."""
        confirmed = (LinkState.CONFIRMED,)
        return Rate(self._count(confirmed, belongs=True), self._count(confirmed))

    @property
    def recall(self) -> Rate:
        """Of what belongs, how much is confirmed or asked about."""
        found = self._count((LinkState.CONFIRMED, LinkState.UNCERTAIN), belongs=True)
        return Rate(found, sum(one.label.belongs for one in self.judged))

    @property
    def asked(self) -> Rate:
        """Of what is asked about, how much belongs."""
        return Rate(self._count((LinkState.UNCERTAIN,), belongs=True), self._count((LinkState.UNCERTAIN,)))

    @property
    def lookalikes(self) -> Rate:
        """Of the look-alikes, how many are not confirmed."""
        those = [one for one in self.judged if one.label.lookalike]
        return Rate(sum(one.state is not LinkState.CONFIRMED for one in those), len(those))


def default_labels() -> Path:
    """The labels that ship with the package."""
    return Path(str(files("matching.evaluation") / "linking_labels.csv"))


def read_labels(path: Path) -> list[Label]:
    """Read labelled pairs.

    Raises:
        SourceMissing: when there is no such file.
    """
    if not path.is_file():
        raise SourceMissing(path=path, expected="code,firm,segment,belongs,lookalike,stratum,note")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Label(
                row["code"],
                row["firm"],
                row["segment"],
                row["belongs"] == "是",
                row["lookalike"] == "是",
                row["stratum"],
                row["note"],
            )
            for row in csv.DictReader(file)
        ]


def read_firms(folder: Path) -> list[Firm]:
    """Read the firms of ChainKnowledgeGraph with products and industry.

    Raises:
        SourceMissing: when the folder lacks a file.
    """
    for name in FILES:
        if not (folder / name).is_file():
            raise SourceMissing(path=folder / name, expected=Listed(FILES))
    names: dict[str, str] = {}
    for row in _lines(folder / FILES[0]):
        names[row["code"][:6]] = row["fullname"]
    products: dict[str, list[Product]] = {}
    for row in _lines(folder / FILES[1]):
        share, code = row.get("rel_weight"), row["company_code"][:6]
        names.setdefault(code, row["company_name"])
        products.setdefault(code, []).append(_product(row["product_name"], share))
    industries: dict[str, tuple[str, ...]] = {}
    for row in _lines(folder / FILES[2]):
        code = row["company_code"][:6]
        industries[code] = (*industries.get(code, ()), row["industry_name"])
    origin = Origin("ChainKnowledgeGraph", OBSERVED_ON)
    return [
        Firm(code, names[code], origin, industries.get(code, ()), products=tuple(products[code]))
        for code in sorted(products)
    ]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _product(name: str, share: float | None) -> Product:
    if share == SCOPE_SHARE:
        return Product(name, Origin("ChainKnowledgeGraph", OBSERVED_ON, Grade.WEAK))
    reported = share if share is not None and 0 <= share <= 1 else None
    return Product(name, Origin("ChainKnowledgeGraph", OBSERVED_ON), reported)


def evaluate_linking(
    firms: Iterable[Firm], segments: Iterable[Segment], labels: Sequence[Label], rules: Rules
) -> LinkEvaluation:
    """Propose links for the labelled firms as of the day of the data and hold them against the labels."""
    wanted = {label.code for label in labels}
    proposals = propose_links([firm for firm in firms if firm.id in wanted], segments, rules, OBSERVED_ON)
    found = {(one.firm, one.segment): one for one in proposals}
    return LinkEvaluation(tuple(Judged(label, found.get((label.code, label.segment))) for label in labels))
