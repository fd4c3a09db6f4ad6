"""``evaluate links``: train on a task's files alone, rank the hidden answers, stand beside every baseline."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from graph.messages import Listed
from matching.evaluation.errors import OptionMissing, TaskUnknown
from matching.evaluation.evaluation import Evaluation
from matching.evaluation.experiment import compare
from matching.evaluation.firms import SupplierTask, learn_firms, supplier_task
from matching.evaluation.products import Task, material_task, product_task
from matching.learning.contrast import Recipe
from matching.learning.features import FEATURES
from matching.learning.links import Floats
from matching.learning.model import Model, Plan, in_parts, learn_model

BASELINES = ("popularity", "text", "name_transfer", "factors", "pagerank", "two_tower")
LEARNED = "learned"
MAIN = "nDCG@10"
PORTFOLIO = Recipe(reflexive=True, towers=1, epochs=6)


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


def evaluate_links(kind: Kind, files: Files, seed: int = 0) -> Evaluation:
    """Run a task."""
    if kind is Kind.T3:
        return _evaluate_firms(files, seed)
    if kind is Kind.T1:
        task, recipe = material_task(files.train, files.test, files.pool), Recipe()
    else:
        task, recipe = product_task(files.train, files.test, files.pool, files.profiles), PORTFOLIO
    started = time.monotonic()
    model = learn_model(task.links, Plan(recipe=recipe, describe=task.describe, seed=seed))
    seconds = time.monotonic() - started
    figures = compare(task.experiment, _methods(model, task), LEARNED)
    return Evaluation(kind.value, MAIN, seconds, model.ranker.reach(), figures)


def _methods(model: Model, task: Task) -> dict[str, Floats]:
    """Scores of the baselines and of the learned model."""
    names = [feature.__name__ for feature in FEATURES]
    at = [names.index(name) for name in BASELINES]
    found: dict[str, list[Floats]] = {name: [] for name in (*BASELINES, LEARNED)}
    for _, part in in_parts(task.asked):
        values = model.values(part)
        for name, place in zip(BASELINES, at, strict=True):
            found[name].append(np.nan_to_num(values[..., place], nan=-1e9))
        found[LEARNED].append(model.ranker.score(values))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def _evaluate_firms(files: Files, seed: int) -> Evaluation:
    """T3, asked for the product a buyer needs something for."""
    if files.company_product is None:
        raise OptionMissing(option="--company-product", task=Kind.T3.value)
    task = supplier_task(files.train, files.company_product, files.test)
    started = time.monotonic()
    model = learn_firms(task.trade, seed)
    seconds = time.monotonic() - started
    figures = compare(task.experiment, _firm_methods(model, task), LEARNED)
    return Evaluation(Kind.T3.value, MAIN, seconds, model.ranker.reach(), figures)


def _firm_methods(model: Model, task: SupplierTask) -> dict[str, Floats]:
    """Scores of firms by the baselines (a firm counts as its best item) and by the learned model."""
    found: dict[str, list[Floats]] = {name: [] for name in (*BASELINES, LEARNED)}
    buyers = np.log1p((task.trade.suppliers(model.learned.links.given) > 0).sum(axis=0)).ravel()
    for _, part in in_parts(task.asked):
        values = model.values(part)
        for name in BASELINES:
            plain = np.nan_to_num(values[..., model.ranker.features.index(name)], nan=-1e9)
            found[name].append(task.trade.best(plain))
        found["popularity"][-1] = np.tile(np.asarray(buyers), (len(part), 1))
        found[LEARNED].append(task.trade.together(model.ranker.score(values)))
    return {name: np.concatenate(rows) for name, rows in found.items()}
