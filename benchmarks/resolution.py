"""One firm, one node: quality beside splink's on the same pairs, and the time for 100,000 firms.

``python -m benchmarks.resolution [FOLDER of ChainKnowledgeGraph] [--learn] [--seed=N] [--only=WORD]``; the word is part
of a scene's title (``codes``, ``cells:``, ``twins:``), then nothing else is run. splink comes with the extra ``bench``;
it gets our candidate pairs, its own EM training, one-to-one links, and the threshold that is best for it given the
truth; ours keeps its fixed weights and thresholds.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.cells import CELLS, CellHabit
from benchmarks.corruption import Lists, Rates, corrupt, read_listed
from benchmarks.harness import Result
from benchmarks.spellings import SPELLINGS, Spelling
from loaders.resolution import Firm, evaluate, resolve
from loaders.resolution.blocking import candidates
from loaders.resolution.comparison import compare
from loaders.resolution.records import prepare_all
from loaders.resolution.statistics import Statistics

FOLDER = Path("../shared/data/chainkg")
SCENES = {
    "social credit codes": Rates(),
    "exchange codes": Rates(digits=6),
    "exchange codes, harsh": Rates(
        digits=6, cell_missing=0.5, code_missing=0.2, code_slip=0.3, short_name=0.4, typo=0.3, former=0.1
    ),
    "half without partner": Rates(digits=6, absent=0.6, strangers=0.4),
    "names only": Rates(digits=6, cell_missing=1.0, code_missing=1.0),
}
NAMES_ALONE = SCENES["names only"]
WITH_CODES = Rates(digits=6, code_missing=0.3, code_slip=0.15)
TWINS = {
    "codes": Rates(absent=0.6, twins=0.15),
    "towns and phones": Rates(absent=0.6, twins=0.15, code_missing=1.0),
    "names only": Rates(absent=0.6, twins=0.15, code_missing=1.0, cell_missing=1.0),
}
MINUTES = 5.0
MANY = 100_000


class Scene(NamedTuple):
    """One pair of lists: how it is corrupted."""

    title: str
    rates: Rates
    spelling: Spelling | None = None
    cells: CellHabit | None = None


def scenes() -> Iterator[Scene]:
    """Plain corruptions, every spelling of names with and without codes, every habit with other cells, twins."""
    for title, rates in SCENES.items():
        yield Scene(title, rates)
    for title, spelling in SPELLINGS.items():
        yield Scene(f"{title}, names only", NAMES_ALONE, spelling)
        yield Scene(f"{title}, codes", WITH_CODES, spelling)
    for title, cells in CELLS.items():
        yield Scene(f"cells: {title}", Rates(), cells=cells)
    for title, rates in TWINS.items():
        yield Scene(f"twins: {title}", rates)


def run(folder: Path = FOLDER, seed: int = 35, only: str = "") -> list[Result]:
    """Quality and speed; F1 stands as misses (1 - F1), ours over splink's, so that less is better."""
    listed = read_listed(folder)
    table = Table("corruption", "precision", "recall", "F1", "F1 with ask", "splink F1", "s")
    results = []
    for title, rates, spelling, cells in scenes():
        if only not in title:
            continue
        lists = corrupt(listed, rates, seed, spelling, cells)
        started = time.process_time()
        found = evaluate(resolve(lists.left, lists.right), set(lists.truth))
        seconds = time.process_time() - started
        reference = splink_f1(lists)
        same, ask = found.same, found.same_and_ask
        figures = (same.precision.value, same.recall.value, same.f1, ask.f1, reference)
        table.add_row(title, *(f"{figure or 0:.4f}" for figure in figures), f"{seconds:.1f}")
        note = f"F1 {same.f1 or 0:.4f}, splink {reference:.4f}"
        results.append(Result(f"resolution misses, {title}", 1 - (same.f1 or 0), 1 - reference, 1.0, note))
    Console().print(table)
    if not only:
        results.append(Result("resolution of 100,000 firms", time_many(), MINUTES * 60, 1.0))
    return results


def splink_f1(lists: Lists) -> float:
    """The best F1 splink reaches on our candidates at any threshold."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI
    from splink.internals.exceptions import EMTrainingException

    ours, theirs = prepare_all(lists.left), prepare_all(lists.right)
    pairs = candidates(ours, theirs).tolist()
    keys: tuple[dict[int, list[str]], dict[int, list[str]]] = ({}, {})
    for number, pair in enumerate(pairs):
        for side in (0, 1):
            keys[side].setdefault(pair[side], []).append(str(number))
    frames = [
        pd.DataFrame(
            [
                {"unique_id": firm.id, "pairs": keys[side].get(place, [f"none{side}"])}
                | {column: getattr(firm, column) or None for column in ("name", "code", "town", "phone")}
                for place, firm in enumerate(firms)
            ]
        )
        for side, firms in enumerate((lists.left, lists.right))
    ]
    columns = [column for column in ("code", "town", "phone") if all(frame[column].notna().any() for frame in frames)]
    comparisons: dict[str, Any] = {
        "code": cl.LevenshteinAtThresholds("code", [1, 2]),
        "town": cl.ExactMatch("town").configure(term_frequency_adjustments=True),
        "phone": cl.LevenshteinAtThresholds("phone", [1]),
    }
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85, 0.75, 0.6])]
        + [comparisons[column] for column in columns],
        blocking_rules_to_generate_predictions=[block_on("pairs", arrays_to_explode=["pairs"])],
        probability_two_random_records_match=0.9 / len(lists.right),
        retain_matching_columns=False,
    )
    database = DuckDBAPI()
    registered = [
        database.register(frame, dataset_display_name=name)
        for frame, name in zip(frames, ("ours", "theirs"), strict=True)
    ]
    linker = Linker(registered, settings, log_level=40)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=35)
    for rule in ("name", *columns[:1]):
        with suppress(EMTrainingException):  # where no two rows agree in it, splink keeps its defaults
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    rows = linker.inference.predict().as_pandas_dataframe()
    scored = sorted(
        zip(rows["match_weight"], rows["unique_id_l"], rows["unique_id_r"], strict=True),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    return _best_f1([(left, right) for _, left, right in scored], set(lists.truth))


def _best_f1(ranked: list[tuple[str, str]], truth: set[tuple[str, str]]) -> float:
    """Links taken one by one from the best on, each firm once; the best F1 on the way."""
    taken: set[str] = set()
    hits = links = 0
    best = 0.0
    for one, other in ranked:
        left, right = (one, other) if one.startswith("L") else (other, one)
        if left in taken or right in taken:
            continue
        taken |= {left, right}
        links += 1
        hits += (left, right) in truth
        best = max(best, 2 * hits / (links + len(truth)))
    return best


def time_many(firms: int = MANY) -> float:
    """Seconds of processor time for two lists of so many firms together, half of them with a partner."""
    chance = random.Random(35)
    lists = made_up(firms // 2, chance)
    started = time.process_time()
    found = resolve(*lists)
    seconds = time.process_time() - started
    Console().print(f"{firms:,} firms: {found.compared:,} pairs, {len(found.decisions):,} decided, {seconds:.0f} s")
    return seconds


def made_up(count: int, chance: random.Random) -> tuple[list[Firm], list[Firm]]:
    """Names such as a district's register has them: few towns, few trades, brands of common signs."""
    towns = ("常州", "无锡", "苏州", "武进", "江苏", "南京", "")
    signs = "华新金天东海中达力源利泰通宏鑫恒盛瑞德佳康安龙星光云博科永信嘉兴福顺凯诚润远美正立邦亚联宇格奥优旭"
    trades = (
        "机械",
        "科技",
        "电子",
        "精密机械",
        "新材料",
        "化工",
        "电气",
        "智能装备",
        "汽车部件",
        "贸易",
        "五金制品",
        "模具",
    )
    forms = ("有限公司", "有限公司", "股份有限公司", "科技有限公司", "厂", "集团有限公司")

    def name() -> str:
        brand = "".join(chance.choices(signs, k=chance.choice((2, 2, 3))))
        return chance.choice(towns) + brand + chance.choice(trades) + chance.choice(forms)

    left = [
        Firm(f"L{n}", name(), f"{chance.randrange(10**9):09d}", "", f"8{chance.randrange(10**7):07d}")
        for n in range(count)
    ]
    right = []
    for number, firm in enumerate(left):
        if number % 2:
            code = firm.code if number % 3 else ""
            right.append(
                Firm(f"R{number}", firm.name.replace("有限公司", ""), code, "", firm.phone if number % 5 else "")
            )
        else:
            right.append(Firm(f"R{number}", name(), f"{chance.randrange(10**9):09d}"))
    return left, right


def learn(folder: Path = FOLDER) -> None:
    """Print for every field how often each level stands among true pairs (m) and random pairs (u)."""
    listed = read_listed(folder)
    table = Table("field", "level", *(f"m {title}" for title in SCENES), "u random")
    shares: dict[tuple[str, str], dict[str, float]] = {}
    for title, rates in SCENES.items():
        lists = corrupt(listed, rates)
        left = {record.firm.id: record for record in prepare_all(lists.left)}
        right = {record.firm.id: record for record in prepare_all(lists.right)}
        statistics = Statistics.count([*left.values(), *right.values()])
        chance = random.Random(35)
        strangers = [(chance.choice(lists.left).id, chance.choice(lists.right).id) for _ in range(20_000)]
        for label, pairs in ((f"m {title}", lists.truth), ("u random", strangers)):
            counts = Counter(
                (part.field, part.level)
                for one, other in pairs
                for part in compare(left[one], right[other], statistics).parts
            )
            fields = Counter(field for field, _ in counts.elements())
            for key, count in counts.items():
                shares.setdefault(key, {})[label] = count / fields[key[0]]
    for (field, level), found in sorted(shares.items()):
        labels = [*(f"m {title}" for title in SCENES), "u random"]
        table.add_row(field, level, *(f"{found.get(label, 0):.4f}" for label in labels))
    Console(width=180).print(table)


def main(arguments: list[str]) -> int:
    """Print tables; fail when a ratio is beyond its limit."""
    folder = next((Path(word) for word in arguments if not word.startswith("-")), FOLDER)
    options = {name: value for name, _, value in (word.partition("=") for word in arguments)}
    seed, only = int(options.get("--seed", "35")), options.get("--only", "")
    if "--learn" in arguments:
        learn(folder)
        return 0
    results = run(folder, seed, only)
    for result in results:
        Console().print(f"{'ok  ' if result.ok else 'OVER'} {result.name}: {result.ratio:.3f} {result.note}")
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
