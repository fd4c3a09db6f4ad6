"""What may be told of figures that add up firms' secrets: the one rule for board, pages, files and changes.

A sum is told when at least ``FEWEST`` firms unknown to the reader are in it, and only as a ratio to a hundredth; and
not when it could be combined with what is told already so that fewer are left. A sum of known values only is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from graph.messages import N_, Message
from matching.gaps.board import Board, ChainSummary, SegmentAssessment, in_order
from matching.gaps.classify import DEEP, DEPENDENT, FEW_EFFECTIVE, ONE_SOURCE, SHORT
from matching.gaps.figure import Figure, Secret, Secrets
from matching.gaps.links import Link
from matching.gaps.priority import rescored
from matching.gaps.router import TARGET, TARGET_UNSCORED, NextStep

if TYPE_CHECKING:
    import numpy as np

FEWEST = 3
"""A figure that adds up the values of fewer firms is no aggregate: it can be traced to one of them."""
EDGE = 0.05
"""A share this near to nothing or all is told as that: at the very end every firm's own would be known."""

GRADED = frozenset({"depth", "single_source", "dependence", "gap", "local_supply", "local_sourcing"})
"""Measures that add up sensitive values; all others are made of what every office may see."""

TOO_FEW = N_("有数据的企业不足 {fewest} 家，为保护企业数据不公开")
COMBINED = N_("与已公开的数值相比较可推出不足 {fewest} 家企业的数据，不公开")
SUMS_WITHHELD = N_("依据 {firms} 家以上企业的数据；金额为敏感数据，不显示")
ENDS_WITHHELD = N_("依据 {firms} 家以上企业的数据；金额为敏感数据，不显示，{low:.0%} 以下、{high:.0%} 以上不细分")
SIGN_WITHHELD = N_("另有依据为敏感数据，不显示")

_SIGNS = {
    ONE_SOURCE: ("single_source", "share"),
    SHORT: ("gap", "share"),
    DEPENDENT: ("dependence", "share"),
    FEW_EFFECTIVE: ("depth", "depth"),
    DEEP: ("depth", "depth"),
}
"""Signs of a class that quote a figure: which one, and as what."""


def _rank(atoms: Iterable[frozenset[int]], rows: int) -> int:
    import numpy as np

    columns = [[float(row in atom) for row in range(rows)] for atom in atoms]
    matrix: np.ndarray = np.array(columns)
    return int(np.linalg.matrix_rank(matrix)) if columns else 0


def traceable(figure: Figure) -> frozenset[str]:
    """The firms whose values can be traced in a figure: those of its sums that add up too few."""
    adding = ({one.firm for one in sum_} for sum_ in figure.secrets)
    return frozenset(firm for firms in adding if len(firms) < FEWEST for firm in firms)


def isolates(told: Sequence[Secrets]) -> bool:
    """Whether sums can be added and subtracted so that the values of fewer than ``FEWEST`` firms are left.

    Values that are in the same sums stand and fall together, as an atom. A combination that leaves only values of
    some firms exists exactly when the sums lose rank without the atoms that are wholly theirs.
    """
    member: dict[Secret, set[int]] = defaultdict(set)
    for row, sum_ in enumerate(told):
        for value in sum_:
            member[value].add(row)
    atoms: dict[frozenset[int], set[str]] = defaultdict(set)
    for value, rows in member.items():
        atoms[frozenset(rows)].add(value.firm)
    small = {frozenset(firms) for firms in atoms.values() if len(firms) < FEWEST}
    suspects = small | {one | other for one, other in combinations(small, 2) if len(one | other) < FEWEST}
    whole = _rank(atoms, len(told)) if suspects else 0
    return any(_rank((a for a, firms in atoms.items() if not firms <= few), len(told)) < whole for few in suspects)


@dataclass
class Release:
    """What is told so far of one kind of sum to a reader who knows the values of the firms ``known``."""

    known: frozenset[str] = frozenset()
    _told: dict[Secrets, float | None] = field(default_factory=dict)

    def hidden(self, sum_: Secrets) -> Secrets:
        """The values of a sum that the reader does not know."""
        return frozenset(one for one in sum_ if one.firm not in self.known)

    def may(self, sum_: Secrets, value: float | None) -> bool:
        """Whether a sum may be told beside what is told already; ``value`` is the figure made of it."""
        hidden = self.hidden(sum_)
        if not hidden:
            return True
        if hidden in self._told:
            return self._told[hidden] == value
        return not isolates([*self._near(hidden), hidden])

    def tell(self, sum_: Secrets, value: float | None) -> None:
        """Note that it is told."""
        if hidden := self.hidden(sum_):
            self._told[hidden] = value

    def _near(self, sum_: Secrets) -> list[Secrets]:
        """The sums told that share values with this one, or with one that does."""
        near, reached = [], sum_
        rest = list(self._told)
        while found := [one for one in rest if one & reached]:
            near += found
            rest = [one for one in rest if one not in found]
            reached = reached.union(*found)
        return near


@dataclass
class Teller:
    """Tells figures to one reader, in a fixed order, each beside those told before it."""

    known: frozenset[str] = frozenset()
    _releases: dict[tuple[str, int], Release] = field(default_factory=dict)

    def __call__(self, name: str, figure: Figure) -> Figure:
        """A figure of the measure ``name`` as the reader may see it."""
        kinds = [self._releases.setdefault((name, at), Release(self.known)) for at in range(len(figure.secrets))]
        hidden = [kind.hidden(sum_) for kind, sum_ in zip(kinds, figure.secrets, strict=True)]
        if not any(hidden):
            return figure
        if any(0 < len({one.firm for one in sum_}) < FEWEST for sum_ in hidden):
            return withheld(figure, TOO_FEW)
        pairs = list(zip(kinds, figure.secrets, strict=True))
        if not all(kind.may(sum_, figure.value) for kind, sum_ in pairs):
            return withheld(figure, COMBINED)
        for kind, sum_ in pairs:
            kind.tell(sum_, figure.value)
        return _ratio_only(name, figure)


def withheld(figure: Figure, why: str) -> Figure:
    """A figure that is not told, and why."""
    return Figure(None, Message(why, {"fewest": FEWEST}), known=figure.known, total=figure.total)


def _ratio_only(name: str, figure: Figure) -> Figure:
    values: dict[str, object] = {"firms": FEWEST, "low": EDGE, "high": 1 - EDGE}
    if figure.value is None or name == "depth":
        value, note = figure.value, Message(SUMS_WITHHELD, {"firms": FEWEST})
    else:
        value, note = min(max(figure.value, EDGE), 1 - EDGE), Message(ENDS_WITHHELD, values)
    return Figure(None if value is None else round(value, 2), note, known=figure.known, total=figure.total)


def _signs(found: SegmentAssessment, figures: Mapping[str, Figure]) -> tuple[Message, ...]:
    """The signs of a class; one that quotes a figure quotes what is told of it."""
    signs: list[Message] = []
    for reason in found.reasons:
        name, quoted = _SIGNS.get(reason.template, ("", ""))
        value = figures[name].value if name else None
        told = reason if not name else Message(reason.template, {**reason.values, quoted: value})
        signs.append(Message(SIGN_WITHHELD) if name and value is None else told)
    return tuple(one for at, one in enumerate(signs) if one not in signs[:at])


def _step(step: NextStep) -> NextStep:
    """The next step without scores of targets: they count what firms here buy."""
    told = [
        replace(one, reason=Message(TARGET_UNSCORED, {**one.reason.values})) if one.reason.template == TARGET else one
        for one in step.candidates
    ]
    return replace(step, candidates=tuple(told))


def _figures(board: Board) -> dict[tuple[str, str], Figure]:
    """Every figure by subject and measure, in an order that tells nothing."""
    found = {(one.segment.id, name): figure for one in board.segments for name, figure in one.figures.items()}
    chains = {(one.chain.id, "local_sourcing"): one.local_sourcing for one in board.chains}
    return dict(sorted((found | chains).items()))


def _told(board: Board, home: Board, known: frozenset[str]) -> dict[tuple[str, str], Figure]:
    """Figures as told in the ring of ``home``; in another ring only those that are the same there."""
    tell, full = Teller(known), _figures(home)
    told = {key: tell(key[1], figure) for key, figure in full.items()}
    if board is home:
        return told
    return {
        key: told[key]
        if (figure.value, figure.secrets) == (full[key].value, full[key].secrets)
        else Teller(known)(key[1], figure)
        if all(one.firm in known for sum_ in figure.secrets for one in sum_)
        else withheld(figure, COMBINED)
        for key, figure in _figures(board).items()
    }


def disclosed_board(board: Board, home: Board, known: frozenset[str] = frozenset()) -> Board:
    """A gap board as told to a reader who knows the values of the firms ``known``.

    ``home`` is the board in the ring whose figures are told, made from the same facts. Score, place and order follow
    from the figures that are told; the class is that of all facts.
    """
    told = _told(board, home, known)

    def links(found: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(one if one.firm.id in known else replace(one, capacity_share=None, sales=None) for one in found)

    def segment(found: SegmentAssessment) -> SegmentAssessment:
        found = replace(
            found, confirmed=links(found.confirmed), beyond=links(found.beyond), uncertain=links(found.uncertain)
        )
        figures = {name: told[found.segment.id, name] for name in found.figures}
        own = rescored(found.priority, figures)
        return replace(
            found, figures=figures, priority=own, reasons=_signs(found, figures), step=_step(found.step), rank=None
        )

    def chain(found: ChainSummary) -> ChainSummary:
        return replace(found, local_sourcing=told[found.chain.id, "local_sourcing"])

    return replace(board, segments=in_order(map(segment, board.segments)), chains=tuple(map(chain, board.chains)))
