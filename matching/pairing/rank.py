"""From judged and scored pairs to two lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matching.pairing.gates import Outcome
from matching.pairing.result import Candidate, Counts, Result

Order = tuple[int, bool, float, str]


@dataclass(frozen=True)
class Ranking:
    """Candidates, near misses, and what became of the rest."""

    candidates: tuple[Candidate, ...]
    near_misses: tuple[Candidate, ...]
    counts: Counts
    fell_at: dict[str, int]
    unknowns: dict[str, int]


@dataclass(frozen=True)
class Look:
    """What was looked at closely; ``below`` cannot reach the threshold, ``beyond`` cannot enter the list any more."""

    candidates: tuple[Candidate, ...]
    below: int = 0
    beyond: int = 0


def order(candidate: Candidate) -> Order:
    """Best first: by score, among equals what fails nothing, then by the unrounded sum, then by id."""
    exact = sum(part.weight * part.value for part in candidate.parts if part.value is not None)
    return (-candidate.points, bool(candidate.failed), -round(exact, 9), candidate.found.id)


def _firm(candidate: Candidate) -> str:
    return candidate.found.party.id if candidate.found.party else candidate.found.id


def one_a_firm(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Sort, and keep the best listing of each firm, which then names the others."""
    firms: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=order):
        best = firms.get(_firm(candidate))
        firms[_firm(candidate)] = (
            replace(best, others=(*best.others, candidate.found)) if best is not None else candidate
        )
    return list(firms.values())


def presentable(candidates: Iterable[Candidate], threshold: float) -> list[Candidate]:
    """What is relevant and fails nothing, or one thing that can be cured."""
    relevant = (one for one in candidates if one.scored.relevance / 100 >= threshold)
    return [one for one in relevant if not one.failed or one.gap is not None]


def rank(look: Look, considered: int, *, threshold: float, limit: int) -> Ranking:
    """Sort what was looked at, out of ``considered`` offers, into candidates and near misses, ``limit`` of each.

    A near miss fails exactly one thing, which can be cured. A firm stands where its best listing stands: one that says
    plainly that it falls short is not hidden behind a vaguer one of the same firm of which nothing is known.
    """
    relevant = [candidate for candidate in look.candidates if candidate.scored.relevance / 100 >= threshold]
    good = [candidate for candidate in relevant if not candidate.failed]
    curable = [candidate for candidate in relevant if candidate.gap is not None]
    best = one_a_firm(presentable(look.candidates, threshold))
    listed = [candidate for candidate in best if not candidate.failed]
    missed = [candidate for candidate in best if candidate.failed]
    shown, shown_misses = listed[:limit], missed[:limit]
    counts = Counts(
        considered=considered,
        not_recalled=considered - len(look.candidates) - look.below - look.beyond,
        below_threshold=look.below + len(look.candidates) - len(relevant),
        excluded=len(relevant) - len(good) - len(curable),
        same_firm=len(good) + len(curable) - len(best),
        beyond_limit=look.beyond + len(listed) - len(shown) + len(missed) - len(shown_misses),
        near_misses=len(shown_misses),
        candidates=len(shown),
    )
    fell_at = Counter(gate for one in relevant for gate in {verdict.gate for verdict in one.failed})
    unknowns = Counter(gate for one in shown for gate in _unknown_gates(one))
    return Ranking(
        tuple(shown), tuple(shown_misses), counts, dict(sorted(fell_at.items())), dict(sorted(unknowns.items()))
    )


def recount(result: Result, placed: Sequence[Candidate], limit: int) -> Result:
    """A result with its candidates in another order, and both its lists cut to ``limit``."""
    shown, misses = tuple(placed[:limit]), result.near_misses[:limit]
    cut = len(result.candidates) - len(shown) + len(result.near_misses) - len(misses)
    counts = replace(
        result.counts,
        candidates=len(shown),
        near_misses=len(misses),
        beyond_limit=result.counts.beyond_limit + cut,
    )
    unknowns = Counter(gate for one in shown for gate in _unknown_gates(one))
    return replace(result, candidates=shown, near_misses=misses, counts=counts, unknowns=dict(sorted(unknowns.items())))


def _unknown_gates(candidate: Candidate) -> set[str]:
    return {verdict.gate for verdict in candidate.verdicts if verdict.outcome is Outcome.UNKNOWN}
