"""The outcome of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from matching.evaluation.experiment import Figure


@dataclass(frozen=True)
class Evaluation:
    """All figures of a run, how long training took, and what a unit of each feature adds to the score."""

    task: str
    main: str  # the measure the task is judged by
    training_seconds: float
    weights: dict[str, tuple[float, float]]  # for known queries, for new ones
    figures: list[Figure]
