"""Two lists of firms in, decisions out: candidates → score → rivals → zones."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from loaders.resolution.blocking import Pairs, SignIndex, candidates, repeats
from loaders.resolution.codes import CodeLevel, nearest_codes
from loaders.resolution.comparison import Part
from loaders.resolution.habits import by_habit
from loaders.resolution.reach import Reach
from loaders.resolution.records import Firm, Prepared, prepare_all
from loaders.resolution.rivals import Bits, Places, learn_prior, rival_bits
from loaders.resolution.score import Scored, prior, score, score_from
from loaders.resolution.statistics import Statistics
from loaders.resolution.styles import by_style
from loaders.resolution.zones import DEFAULT, JOINING, Thresholds, Zone, limited, one_hand, standing

KEPT = -12.0
"""Pairs below are not worth keeping, nor are they anybody's rivals."""
CHUNK = 100_000
"""Candidates looked at together."""
TWIN = 4.0
"""Bits above the threshold from which two records of one list are one firm."""
TWIN_NAMES = {"identical", "equal", "shortened", "abbreviated"}
TWIN_SLIPS = {"alike", "typo"}
"""One hand wrote both: one sign's difference is another firm's, unless the phone or the address is the same."""

REPEATED = 0.05
"""Share of a list's rows expected to stand in it twice."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair, its score with the rivals' part, and its zone."""

    scored: Scored
    zone: Zone


@dataclass(frozen=True)
class Resolution:
    """What came out: decisions for all pairs that are the same or to be asked about, best first."""

    left: Sequence[Prepared]
    right: Sequence[Prepared]
    compared: int
    decisions: tuple[Decision, ...]

    def ids(self, *zones: Zone) -> list[tuple[str, str]]:
        """The ids of the pairs in the zones."""
        return [
            (self.left[decision.scored.left].firm.id, self.right[decision.scored.right].firm.id)
            for decision in self.decisions
            if decision.zone in zones
        ]


def resolve(
    left: Iterable[Firm], right: Iterable[Firm], thresholds: Thresholds = DEFAULT, progress: Progress | None = None
) -> Resolution:
    """Find the firms of one list in the other."""
    ours, theirs = prepare_all(left), prepare_all(right)
    statistics = Statistics.count([*ours, *theirs])
    pairs = candidates(ours, theirs)
    scored = score_pairs(ours, theirs, pairs, statistics, progress)
    decisions = decide(ours, theirs, scored, statistics, thresholds)
    return Resolution(ours, theirs, len(pairs), decisions)


class Register:
    """A list of firms kept ready for several others to be held against it, one after the other."""

    def __init__(self, firms: Iterable[Firm], thresholds: Thresholds = JOINING) -> None:
        self._firms = prepare_all(firms)
        self._index = SignIndex(self._firms)
        self._statistics = Statistics.count(self._firms)
        self._thresholds = thresholds

    def resolve(self, arriving: Iterable[Firm]) -> Resolution:
        """Find the firms of a list that arrives; how common its words are counts from then on."""
        theirs = prepare_all(arriving)
        self._statistics.include(theirs)
        pairs = candidates(theirs, self._firms, self._index)
        scored = score_pairs(theirs, self._firms, pairs, self._statistics)
        decisions = decide(theirs, self._firms, scored, self._statistics, self._thresholds)
        return Resolution(theirs, self._firms, len(pairs), decisions)


def resolve_within(firms: Iterable[Firm], thresholds: Thresholds = JOINING) -> Resolution:
    """Find the rows of one list that are one firm: each pair once, the earlier row on the left.

    The score is that of any pair; what ``one_hand`` says of rows of one list limits what it may decide.
    """
    records = prepare_all(firms)
    statistics = Statistics.count(records)
    pairs = repeats(records)
    start = prior(len(records), len(records), REPEATED)
    once = score_pairs(records, records, pairs, statistics, start=start)
    once = [_by_one_hand(pair, records) for pair in once]
    both = [*once, *(dataclasses.replace(pair, left=pair.right, right=pair.left) for pair in once)]
    found = decide(records, records, both, statistics, thresholds)
    decisions = tuple(decision for decision in found if decision.scored.left < decision.scored.right)
    return Resolution(records, records, len(pairs), decisions)


def _by_one_hand(pair: Scored, records: Sequence[Prepared]) -> Scored:
    nearest = nearest_codes(records[pair.left].codes, records[pair.right].codes)
    coded = nearest is not None and nearest[0] is CodeLevel.EQUAL and nearest[1].telling
    veto = one_hand(pair.level, coded=coded)
    return dataclasses.replace(pair, vetoes=(*pair.vetoes, veto)) if veto else pair


def compare_two(one: Firm, other: Firm, among: Iterable[Firm], thresholds: Thresholds = JOINING) -> Decision:
    """What is to be said of two firms, whatever it is; how common their words are is counted among the others."""
    left, right = prepare_all([one, other])
    known = prepare_all(among)
    scored = score(left, right, (0, 0), prior(len(known), len(known)), Statistics.count([*known, left, right]))
    return Decision(scored, limited(thresholds.zone(scored.score), scored.vetoes))


def score_pairs(
    left: Sequence[Prepared],
    right: Sequence[Prepared],
    pairs: Pairs,
    statistics: Statistics,
    progress: Progress | None = None,
    *,
    start: Part | None = None,
) -> list[Scored]:
    """Score the candidates, and keep what is above ``KEPT``; what cannot get there is not compared one by one."""
    start = start or prior(len(left), len(right))
    reach = Reach(left, right, pairs, statistics)
    found = []
    for at in range(0, len(pairs), CHUNK):
        chunk = pairs[at : at + CHUNK]
        within = start.bits + reach.most(chunk) >= KEPT
        for one, other in chunk[within].tolist():
            if scored := score_from(left[one], right[other], (one, other), start, statistics, lowest=KEPT):
                found.append(scored)
        if progress:
            progress(at + len(chunk), len(pairs))
    return found


def decide(
    left: Sequence[Prepared],
    right: Sequence[Prepared],
    scored: Sequence[Scored],
    statistics: Statistics,
    thresholds: Thresholds = DEFAULT,
) -> tuple[Decision, ...]:
    """Add the rivals' part to every pair and put it into its zone."""
    eligible = [pair for pair in scored if limited(Zone.SAME, pair.vetoes) is not Zone.DIFFERENT]
    lefts = np.array([pair.left for pair in eligible], dtype=np.int64)
    rights = np.array([pair.right for pair in eligible], dtype=np.int64)
    groups_left = _twins(left, [(pair.right, pair.left, pair.score) for pair in eligible], statistics, thresholds)
    groups_right = _twins(right, [(pair.left, pair.right, pair.score) for pair in eligible], statistics, thresholds)
    groups = groups_left[lefts], groups_right[rights]
    gain, losses = _weigh(eligible, groups, (len(left), len(right)))
    scores = np.array([pair.score for pair in eligible])
    habitual = by_habit(eligible, scores + gain + losses, (left, right))
    if habitual != eligible:
        eligible = habitual
        gain, losses = _weigh(eligible, groups, (len(left), len(right)))
    styled = by_style(eligible, np.array([pair.score for pair in eligible]) + gain + losses, (left, right))
    if styled != eligible:
        eligible = styled
        gain, losses = _weigh(eligible, groups, (len(left), len(right)))
    decisions = []
    for pair, loss in zip(eligible, losses.tolist(), strict=True):
        part = Part("rivals", "present" if loss < -0.5 else "alone", loss)
        start = Part("prior", "learned", pair.parts[0].bits + gain) if gain else pair.parts[0]
        final = dataclasses.replace(pair, parts=(start, *pair.parts[1:], part))
        if gain:
            final = dataclasses.replace(final, vetoes=standing(final.vetoes, final.score - thresholds.same))
        zone = limited(thresholds.zone(final.score), final.vetoes)
        if zone is not Zone.DIFFERENT:
            decisions.append(Decision(final, zone))
    return tuple(sorted(decisions, key=lambda item: (-item.scored.score, item.scored.left, item.scored.right)))


def _weigh(pairs: Sequence[Scored], groups: tuple[Places, Places], sizes: tuple[int, int]) -> tuple[float, Bits]:
    """The bits all pairs gain because the lists match, and those each loses to its rivals."""
    scores = np.array([pair.score for pair in pairs])
    free = np.array([not pair.vetoes for pair in pairs])
    gain = learn_prior(scores, free, groups, sizes)
    return gain, rival_bits(scores + gain, *groups)


def _twins(
    records: Sequence[Prepared],
    links: Iterable[tuple[int, int, float]],
    statistics: Statistics,
    thresholds: Thresholds,
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For every record the number of its firm within its own list.

    Only records that are both the same as one firm of the other list are compared with each other.
    """
    numbers = np.arange(len(records), dtype=np.int64)
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for other, own, bits in links:
        if bits >= thresholds.same:
            sharing[other].append(own)
    for owns in sharing.values():
        for at, one in enumerate(owns):
            for other in owns[:at]:
                if numbers[one] != numbers[other] and _twin(records[one], records[other], statistics, thresholds):
                    numbers[numbers == numbers[one]] = numbers[other]
    return numbers


def _twin(one: Prepared, other: Prepared, statistics: Statistics, thresholds: Thresholds) -> bool:
    """Whether two records of one list are one firm: by a valid code, or by name and all else."""
    nearest = nearest_codes(one.codes, other.codes)
    if nearest and nearest[0] is CodeLevel.EQUAL and nearest[1].valid:
        return True
    scored = score(one, other, (0, 1), prior(1, 1), statistics)
    backed = "equal" in {scored.level("phone"), scored.level("site")}
    return (
        scored.score >= thresholds.same + TWIN
        and limited(Zone.SAME, scored.vetoes) is Zone.SAME
        and scored.level("name") in (TWIN_NAMES | TWIN_SLIPS if backed else TWIN_NAMES)
    )
