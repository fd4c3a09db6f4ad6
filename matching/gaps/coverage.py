"""Coverage 环节覆盖率 of a chain."""

from __future__ import annotations

from graph.messages import N_, Message
from matching.gaps.figure import Figure, missing, ratio
from matching.gaps.view import View

NOTE = N_("{total} 个环节中 {known} 个有确认企业；覆盖率不反映深度")
NO_SEGMENTS = N_("该链尚无环节")


def coverage(view: View) -> dict[str, Figure]:
    """Coverage of each chain: ``Σ I_k·1[n_k(r) ≥ 1] / Σ I_k`` over its segments (DOMAIN 4.1).

    ``I_k`` is the importance of segment k (1-3), ``n_k(r)`` the number of firms confirmed there inside ring r, those
    of finer segments included. It says nothing of depth, so ``depth`` stands beside it. Range 0-1.
    """
    figures = {}
    for chain in view.chains:
        members = view.members(chain)
        if not members:
            figures[chain] = missing(NO_SEGMENTS)
            continue
        covered = [segment for segment in members if view.suppliers(segment.id)]
        note = Message(NOTE, {"known": len(covered), "total": len(members)})
        weight = float(sum(segment.importance for segment in covered))
        whole = float(sum(segment.importance for segment in members))
        figures[chain] = ratio(weight, whole, note, known=len(covered), total=len(members))
    return figures
