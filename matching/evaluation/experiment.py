"""What is asked, what the right answers are, and who counts as a rival: one form for all tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from matching.evaluation.bootstrap import Interval, Resampling
from matching.evaluation.ranks import MEASURES, Doubles, expected_ranks
from matching.learning.links import Floats, Ints


@dataclass(frozen=True)
class Trial:
    """One answer to one query. ``group`` is what the bootstrap draws; ``parts`` are the slices the trial counts in.

    Rivals are the first ``among`` items: those of the training file come first, those of a wider pool after them.
    """

    query: int
    answer: int
    group: str
    among: int
    weight: float
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Experiment:
    """Queries, their hidden items (known links, other true answers, itself) and the trials.

    ``outside`` are answers that are not among what is ranked, and so do not count.
    """

    trials: tuple[Trial, ...]
    hidden: tuple[Ints, ...]  # by query: items that are no rivals
    outside: int = 0

    def lists(self) -> Iterator[tuple[Ints, Ints]]:
        """For each query what is ranked, its answers among it: the items of the training file that are not known."""
        warm = min(trial.among for trial in self.trials)
        answers: list[set[int]] = [set() for _ in self.hidden]
        for trial in self.trials:
            if trial.among == warm:
                answers[trial.query].add(trial.answer)
        for hidden, own in zip(self.hidden, answers, strict=True):
            right = np.array(sorted(own), dtype=np.int64)
            unknown = np.setdiff1d(np.arange(warm), hidden)
            yield np.union1d(unknown, right), right

    def list_weights(self) -> Doubles:
        """What each query's list counts: the lists of one group share one voice; without a trial a list has none."""
        group = {trial.query: trial.group for trial in self.trials}
        lists = Counter(group.values())
        return np.array([1.0 / lists[group[query]] if query in group else 0.0 for query in range(len(self.hidden))])

    def ranks(self, scores: Floats) -> Doubles:
        """Filtered expected rank of each trial's answer; ``scores`` is queries × items."""
        found = np.empty(len(self.trials))
        places: dict[tuple[int, int], list[int]] = {}
        for place, trial in enumerate(self.trials):
            places.setdefault((trial.query, trial.among), []).append(place)
        for (query, among), own in places.items():
            rivals = np.zeros(scores.shape[1], dtype=np.bool_)
            rivals[:among] = True
            rivals[self.hidden[query]] = False
            answers = [self.trials[place].answer for place in own]
            found[own] = expected_ranks(scores[query, answers], scores[query, rivals])
        return found


@dataclass(frozen=True)
class Figure:
    """One method on one slice of the trials, by measure; ``gain`` is how much better the learned score is, paired."""

    method: str
    part: str
    trials: int
    measures: Mapping[str, Interval]
    gain: Mapping[str, Interval]


def compare(experiment: Experiment, methods: Mapping[str, Floats], best: str) -> list[Figure]:
    """All methods on all slices, each with the paired difference of ``best`` to it."""
    ranks = {name: experiment.ranks(scores) for name, scores in methods.items()}
    parts = dict.fromkeys(part for trial in experiment.trials for part in trial.parts)
    found = []
    for part in sorted(parts):
        at = np.array([place for place, trial in enumerate(experiment.trials) if part in trial.parts])
        chosen = [experiment.trials[place] for place in at]
        drawn = Resampling.of([trial.group for trial in chosen], np.array([trial.weight for trial in chosen]))
        values = {name: {measure: take(rank[at]) for measure, take in MEASURES.items()} for name, rank in ranks.items()}
        found += figures(part, drawn, values, best)
    return found


def figures(part: str, drawn: Resampling, values: Mapping[str, Mapping[str, Doubles]], best: str) -> list[Figure]:
    """One figure a method from the measures of the rows of one slice."""
    found = []
    for name, own in values.items():
        gain = {measure: values[best][measure] - own[measure] for measure in own if name != best}
        measures, gains = ({key: drawn.mean(each) for key, each in one.items()} for one in (own, gain))
        found.append(Figure(name, part, len(drawn.weights), measures, gains))
    return found
