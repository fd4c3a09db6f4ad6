"""The encoder trained from the graph or from the public data set, kept with its card; the weights of the score."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.i18n import _, listed
from api.pairing import CARD
from graph.messages import N_

if TYPE_CHECKING:
    from graph.store import Store
    from matching.learning.encoder import Encoder
    from matching.pairing.cases import Case
    from matching.pairing.training import Pair, Size, Trained
    from matching.pairing.weights import Weights

MOST = 2_000_000
KINDS = {
    "material": N_("材料关系"), "purchase": N_("采购"), "supply": N_("供货"), "feeds": N_("环节供应"),
    "agreed": N_("双方接受"),
}  # fmt: skip


@dataclass(frozen=True)
class Data:
    """What is learned from: a title, the same in English for the model card, and the pairs."""

    title: str
    origin: str
    pairs: list[Pair]


def from_graph(store: Store) -> Data:
    """Supply relations of the graph, and pairs that both sides accepted."""
    from matching.pairing.answers import load_agreed
    from matching.pairing.fetch import load_training_links

    found = load_training_links(store, MOST)
    if agreed := load_agreed(store):
        found["agreed"] = agreed
    counts = listed(f"{_(KINDS[kind])} {len(pairs):,}" for kind, pairs in found.items())
    title = _("图谱中的供应关系（{counts}）").format(counts=counts)
    origin = ", ".join(f"{kind} {len(pairs):,}" for kind, pairs in found.items())
    return Data(title, f"relations of the graph ({origin})", [pair for pairs in found.values() for pair in pairs])


def from_chainkg(folder: Path) -> Data:
    """What products are made of, as the public data set says."""
    origin = "materials of products in ChainKnowledgeGraph (public, no licence stated: keep the model to yourself)"
    return Data(_("ChainKnowledgeGraph 公开数据集的上游材料关系"), origin, list(_materials(folder)))


def _materials(folder: Path) -> Iterator[Pair]:
    from graph.model import MaterialOf, Product
    from loaders.chainkg import open_folder
    from loaders.provenance import Row

    names: dict[str, str] = {}
    for row in open_folder(folder, ()).rows:
        if not isinstance(row, Row):
            continue
        for fact in row.facts:
            if isinstance(fact, Product):
                names[fact.id] = fact.name
            elif isinstance(fact, MaterialOf) and fact.start in names and fact.end in names:
                yield names[fact.end], names[fact.start]


def train(
    data: Data, size: Size, folder: Path, *, command: str, seed: int, progress: Callable[[str], None] | None = None
) -> Trained:
    """Train and put the model in the place of the one before, whole or not at all."""
    from matching.learning.two_tower import save
    from matching.pairing.training import train as learn

    found = learn(data.pairs, size, seed=seed, progress=progress)
    fresh, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    save(found.towers, fresh)
    (fresh / CARD).write_text(card(found, data, size, command, seed), encoding="utf-8")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return found


def weigh(
    store: Store, data: Data | None, size: Size, *, seed: int, progress: Callable[[str], None] | None = None
) -> Weights:
    """Learn the weights of the score from what the graph knows to be right, and keep them for the encoder in use.

    ``data`` is what that encoder was just trained on, where it came from the graph: cases are then looked at with
    another one, trained without them.
    """
    from api.pairing import encoder, fill_texts, mark, prior, texts, weights_file
    from matching.pairing.cases import evidence_of, load_cases, rows_of, seen_with
    from matching.pairing.weighing import learn_weights

    today, in_use = date.today(), encoder()
    if progress and texts():
        progress(N_("正在计算文字向量…"))
    fill_texts(store, today)
    if progress:
        progress(N_("正在学习得分权重…"))
    cases = load_cases(store, today, seed)
    evidence = evidence_of(cases)
    seeing = _blind(data, cases, size, seed) if data and evidence.enough else in_use
    found = learn_weights(rows_of(seen_with(cases, seeing, texts()), seed), evidence, today, seed, prior())
    file = weights_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(found.write(mark()), encoding="utf-8")
    fresh.replace(file)
    return found


def _blind(data: Data, cases: list[Case], size: Size, seed: int) -> Encoder | None:
    """An encoder that was not told the cases; the one that comes with the package where too little else is known."""
    from api.pairing import SHIPPED
    from matching.learning import encoder
    from matching.pairing.cases import made_in, unseen
    from matching.pairing.training import FEWEST, clean
    from matching.pairing.training import train as learn

    pairs = clean(unseen(data.pairs, cases, made_in(cases)))
    if len(pairs) < FEWEST:
        return encoder.load(SHIPPED)
    return encoder.of(learn(pairs, size, seed=seed, check=False).towers)


def card(found: Trained, data: Data, size: Size, command: str, seed: int) -> str:
    """The model card, in English: for whoever opens the folder."""
    lines = [
        "---",
        "language: zh",
        "library_name: sentence-transformers",
        "tags: [sentence-transformers, supply-chain, two-tower]",
        "---",
        "",
        "# Ronglian pairing encoder",
        "",
        "Two towers over hashed character 1-3-grams: `encode_query` of what a firm makes, `encode_document` of what is",
        "offered; the dot product of the two says how usual it is that makers of the one buy the",
        "other. Numbers are 8-bit.",
        "",
        f"- Data: {data.origin}; {found.pairs:,} pairs of {found.asking:,} asking and {found.offered:,} offered names",
        f"- Command: `{command}`",
        f"- Date: {date.today().isoformat()}",
        f"- Size: {size.width} numbers a tower, {size.buckets:,} buckets, {size.towers} pair(s) of towers, seed {seed}",
    ]
    if found.check:
        check = found.check
        lines += [
            "",
            "Relations kept out of a first training (a twentieth of the queries, of the others a twentieth),",
            f"{check.relations:,} of them; share whose item is among the first ten of all items, known ones left out:",
            "",
            "| way | R@10 |",
            "|---|--:|",
            f"| this encoder | {check.encoder:.3f} |",
            f"| likeness of names (TF-IDF) | {check.text:.3f} |",
            f"| how often an item is asked for | {check.popularity:.3f} |",
        ]
    lines += [
        "",
        "Loading with `SentenceTransformer(folder, trust_remote_code=True)` needs this package installed;",
        "`matching.learning.encoder.load(folder)` reads it with numpy alone. A prediction is a lead, no fact.",
        "",
    ]
    return "\n".join(lines)
