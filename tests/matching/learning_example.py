"""A small made-up market: what a name ends with decides what it needs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from matching.learning.contrast import Recipe
from matching.learning.grams import Weighting
from matching.learning.links import Links, Names, incidence
from matching.learning.model import Plan

KINDS = ("电机", "电池", "轴承", "涂料", "玻璃", "纤维", "芯片", "阀门")
NEEDS = ("硅钢片", "正极材料", "轴承钢", "树脂", "石英砂", "丙烯腈", "光刻胶", "铸钢件")
USES = ["高速", "微型", "重载", "精密", "防爆", "船用", "车用", "军用", "工业", "家用", "低温", "耐磨"]
GRADES = ("一级", "二级", "特种")
RECIPE = Recipe(width=32, epochs=6, batch=64, towers=1)
PLAN = Plan(recipe=RECIPE, folds=2)


def pairs(seed: int = 0) -> list[tuple[str, str]]:
    """Product and material: the kind decides the material, the use its grade, a few at random."""
    random = np.random.default_rng(seed)
    found = []
    for kind, need in zip(KINDS, NEEDS, strict=True):
        for place, use in enumerate(USES):
            found.append((use + kind, GRADES[place % 3] + need))
            found.append((use + kind, need))
            if random.random() < 0.3:
                found.append((use + kind, str(random.choice(NEEDS))))
    return sorted(set(found))


def links(known: Sequence[tuple[str, str]]) -> Links:
    """Known links of the market."""
    queries = tuple(dict.fromkeys(query for query, _ in known))
    items = tuple(dict.fromkeys(item for _, item in known))
    weighting = Weighting.fit((*queries, *items))
    places = [(queries.index(query), items.index(item)) for query, item in known]
    return Links(Names(queries, weighting), Names(items, weighting), incidence(places, (len(queries), len(items))))


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A benchmark file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
    return path
