"""The outcome of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from matching.evaluation.experiment import Figure
from matching.evaluation.reliability import Reliability


@dataclass(frozen=True)
class Evaluation:
    """All figures of a run, how long training took, and how much a feature's high values add over its low ones.

    ``encoder`` is the general text encoder that features of meaning rest on, None without. ``left_out`` are known links
    that were not learned from, because the test asks about them; ``outside`` are answers that nobody could find, since
    they are not among what is ranked.
    """

    task: str
    main: str  # the measure the task is judged by
    training_seconds: float
    weights: dict[str, tuple[float, float]]  # for known queries, for new ones
    figures: list[Figure]
    left_out: int = 0
    outside: int = 0
    encoder: str | None = None
    reliability: Reliability | None = None  # of the learned chances
