"""All open needs matched at once: taken up again where it stopped, weighed for both sides, written to Excel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.auth.disclosure import disclosed_result
from api.auth.viewer import viewer
from api.i18n import _
from api.pairing import load_market, load_reach, model_stamp
from api.reports.pairing_list import columns, row
from api.reports.tables import Cell, Sheet, write_workbook
from graph.queries import queries
from matching import pairing
from matching.pairing.exposure import Place, weigh

if TYPE_CHECKING:
    from graph.store import Store
    from matching.gaps import Ring
    from matching.pairing import Reach, Result

MOST = 10
JOURNAL = ".jsonl"
Line = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """What came of it: needs, those with a candidate, those taken over from before, places beyond a firm's limit."""

    needs: int
    served: int
    resumed: int
    beyond: int


def match_all(
    store: Store,
    path: Path,
    today: date,
    *,
    limit: int = 5,
    most: int = MOST,
    chain: str | None = None,
    ring: Ring | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Batch:
    """Match every open need, of one chain or of all, and write the list; a run that was cut off goes on where it was.

    What is done stands in a journal beside the file, which counts only for the same graph, day, model and limits.
    """
    needs = [found["id"] for found in store.read(queries.list_open_needs) if chain in (None, *found["chains"])]
    journal = path.with_suffix(JOURNAL)
    sight = sorted(viewer().roles)
    head = {
        "sight": sight,
        "revision": store.revision(),
        "day": today.isoformat(),
        "limit": limit,
        "ring": ring,
        "model": str(model_stamp()),
    }
    done = _taken_up(journal, head)
    rest = [need for need in needs if need not in done]
    resumed = len(needs) - len(rest)
    with journal.open("a", encoding="utf-8") as file:
        for at, (need, lines) in enumerate(_found(store, rest, today, limit, load_reach(store, ring)), resumed + 1):
            done[need] = lines
            file.write(json.dumps({"need": need, "lines": lines}, ensure_ascii=False) + "\n")
            file.flush()
            if progress:
                progress(at, len(needs))
    lines = [line for need in needs for line in done[need]]
    beyond = _write(path, lines, most)
    journal.unlink()
    return Batch(len(needs), sum(any(line["good"] for line in done[need]) for need in needs), resumed, beyond)


def _found(
    store: Store, needs: list[str], today: date, limit: int, reach: Reach | None
) -> Iterator[tuple[str, list[Line]]]:
    """What each need finds."""
    if not needs:
        return
    wanted = (pairing.load_need(store, need) for need in needs)
    results = pairing.find_all(store, wanted, load_market(store), today, limit=limit, reach=reach)
    for need, result in zip(needs, results, strict=True):
        yield need, _lines(disclosed_result(store, result))


def _taken_up(journal: Path, head: Line) -> dict[str, list[Line]]:
    """What an earlier run did for the same question; a journal of another one is begun anew."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    known = list(_readable(journal)) if journal.exists() else []
    kept = known[1:] if known[:1] == [head] else []
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (head, *kept))
    journal.write_text(text, encoding="utf-8")
    return {one["need"]: one["lines"] for one in kept}


def _readable(journal: Path) -> Iterator[Line]:
    """The whole lines of a journal: the last may have been cut off."""
    for text in journal.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(text)
        except ValueError:
            return


def _lines(result: Result) -> list[Line]:
    found = []
    for good, candidates in ((True, result.candidates), (False, result.near_misses)):
        for one in candidates:
            firm = one.offered.party.id if one.offered.party else one.offered.id
            verdict = _("推荐") if good else _("差一项")
            cells = row(result, one, verdict)
            found.append({"need": result.wanted.id, "firm": firm, "score": one.score, "good": good, "cells": cells})
    return found


def _write(path: Path, lines: list[Line], most: int) -> int:
    """Write the list; return how many places are beyond a firm's limit."""
    good = [line for line in lines if line["good"]]
    weighed = weigh([Place(line["need"], line["firm"], line["score"]) for line in good], most)
    for line, one in zip(good, weighed, strict=True):
        line["mutual"], line["within"] = round(one.mutual, 2), one.within
    sheet = Sheet(
        _("对接建议"),
        _("全部需求的对接建议"),
        [*columns(), (_("双方契合"), 10), (_("名单"), 24)],
        (_cells(line, most) for line in lines),
    )
    write_workbook(path, [sheet])
    return sum(not line["within"] for line in good)


def _cells(line: Line, most: int) -> list[Cell]:
    if not line["good"]:
        return [*line["cells"], None, ""]
    beyond = "" if line["within"] else _("该单位已列入 {most} 条需求，另作备选").format(most=most)
    return [*line["cells"], line["mutual"], beyond]
