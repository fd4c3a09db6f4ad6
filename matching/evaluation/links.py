"""``evaluate links``: train on a task's files alone, rank the hidden answers, stand beside every baseline."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from graph.messages import Listed
from matching.evaluation.errors import OptionMissing, TaskUnknown
from matching.evaluation.evaluation import Evaluation
from matching.evaluation.experiment import Experiment, compare
from matching.evaluation.firms import FirmModel, SupplierTask, learn_firms, supplier_task
from matching.evaluation.products import Task, material_task, product_task
from matching.evaluation.reliability import Reliability
from matching.learning.contrast import Recipe
from matching.learning.features import MATERIAL_FEATURES
from matching.learning.links import Doubles, Floats
from matching.learning.meanings import NAME, Meanings
from matching.learning.model import Model, Plan, in_parts, learn_model
from matching.learning.ranker import STRAIGHT

BASELINES = ("popularity", "text", "name_transfer", "factors", "pagerank", "two_tower")
LEARNED = "learned"
MAIN = "nDCG@10"
MATERIALS = Plan(features=MATERIAL_FEATURES, marks=STRAIGHT)
PORTFOLIOS = Plan(recipe=Recipe(reflexive=True, towers=1, epochs=6), marks=STRAIGHT)


class Kind(StrEnum):
    """The questions of the supply-link benchmark."""

    T1 = "T1"  # product → material
    T2 = "T2"  # company → product
    T3 = "T3"  # buyer → supplier


@dataclass(frozen=True)
class Files:
    """The files of a task."""

    train: Path
    test: Path
    pool: Path | None = None
    company_product: Path | None = None
    profiles: Path | None = None


def kind_of(task: str) -> Kind:
    """The task of that name.

    Raises:
        TaskUnknown: there is none.
    """
    try:
        return Kind(task.strip().upper())
    except ValueError as error:
        raise TaskUnknown(task=task, known=Listed(Kind)) from error


def evaluate_links(kind: Kind, files: Files, seed: int = 0, meanings: Meanings | None = None) -> Evaluation:
    """Run a task; with ``meanings`` T1 and T3 also go by what names mean to an encoder that has seen no link."""
    if kind is Kind.T3:
        return _evaluate_firms(files, seed, meanings)
    if kind is Kind.T1:
        task, plan = material_task(files.train, files.test, files.pool), MATERIALS
    else:
        task, plan = product_task(files.train, files.test, files.pool, files.profiles), PORTFOLIOS
    started = time.monotonic()
    task = task.meant(meanings) if meanings and kind is Kind.T1 else task
    model = learn_model(task.links.linked(), replace(plan, describe=task.describe, seed=seed)).over(task.links)
    seconds = time.monotonic() - started
    scores = _methods(model, task)
    figures = compare(task.experiment, scores.by_method, LEARNED)
    kept = scores.reliability(task.experiment)
    encoder = NAME if meanings and kind is Kind.T1 else None
    outside = task.experiment.outside
    reach = model.ranker.reach()
    return Evaluation(kind.value, MAIN, seconds, reach, figures, outside=outside, reliability=kept, encoder=encoder)


class _Scores:
    """Scores by method and chances of the learned one, gathered a part of the queries at a time."""

    def __init__(self) -> None:
        self.parts: dict[str, list[Floats]] = {name: [] for name in (*BASELINES, LEARNED)}
        self.chances: list[Doubles] = []

    @property
    def by_method(self) -> dict[str, Floats]:
        """Queries × items of each method."""
        return {name: np.concatenate(parts) for name, parts in self.parts.items()}

    def reliability(self, experiment: Experiment) -> Reliability:
        """Whether the learned chances keep their word."""
        return Reliability.of(experiment, np.concatenate(self.parts[LEARNED]), np.concatenate(self.chances))


def _methods(model: Model, task: Task) -> _Scores:
    """The baselines and the learned model."""
    found = _Scores()
    for _, part in in_parts(task.asked):
        values = model.values(part)
        for name in BASELINES:
            plain = values[..., model.ranker.features.index(name)]
            found.parts[name].append(np.nan_to_num(plain, nan=-1e9))
        found.parts[LEARNED].append(model.ranker.score(values))
        found.chances.append(model.chances(values))
    return found


def _evaluate_firms(files: Files, seed: int, meanings: Meanings | None) -> Evaluation:
    """T3, asked for the product a buyer needs something for."""
    if files.company_product is None:
        raise OptionMissing(option="--company-product", task=Kind.T3.value)
    task = supplier_task(files.train, files.company_product, files.test)
    started = time.monotonic()
    task = task.meant(meanings) if meanings else task
    learned = learn_firms(task.trade, seed)
    seconds = time.monotonic() - started
    model, scores = learned.model, _firm_methods(learned, task)
    figures = compare(task.experiment, scores.by_method, LEARNED)
    kept = scores.reliability(task.experiment)
    encoder = NAME if meanings else None
    outside = task.experiment.outside
    reach = model.ranker.reach()
    return Evaluation(Kind.T3.value, MAIN, seconds, reach, figures, outside=outside, reliability=kept, encoder=encoder)


def _firm_methods(learned: FirmModel, task: SupplierTask) -> _Scores:
    """A firm counts as its best item by a baseline; by the learned model all its items count together.

    Likeness of names counts for known materials only: the firm that makes the product itself is no supplier.
    """
    found, model = _Scores(), learned.model
    material = model.learned.item_degree > 0
    buyers = np.log1p((task.trade.suppliers(model.learned.links.given) > 0).sum(axis=0)).ravel()
    for _, part in in_parts(task.asked):
        values = model.values(part)
        for name in BASELINES:
            plain = np.nan_to_num(values[..., model.ranker.features.index(name)], nan=-1e9)
            found.parts[name].append(task.trade.best(np.where(material, plain, -1e9) if name == "text" else plain))
        found.parts["popularity"][-1] = np.tile(np.asarray(buyers), (len(part), 1))
        found.parts[LEARNED].append(task.trade.together(model.ranker.score(values)))
        found.chances.append(learned.chances.of(found.parts[LEARNED][-1], model.ranker.is_new(values)[:, 0]))
    return found
