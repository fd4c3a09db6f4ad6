"""Dependence 外部依赖 of a segment."""

from __future__ import annotations

from graph.messages import N_, Message
from graph.model import Substitutability
from matching.gaps.facts import PurchaseFact
from matching.gaps.figure import CNY, Counts, Figure, ratio, sums
from matching.gaps.view import View

NOTE = N_("依据 {total} 笔采购中的 {known} 笔（采购额、进口与单一国家占比均已知）")
UNKNOWN = N_("{total} 笔采购中没有一笔的采购额、进口与单一国家占比均已知")
UNJUDGED = N_("环节的可替代性尚未评定")

HARDNESS = {Substitutability.NONE: 1.0, Substitutability.CERTIFIED: 0.6, Substitutability.FREE: 0.2}
"""How hard it is to change the supplier (DOMAIN 4.7)."""


def _exposure(fact: PurchaseFact) -> float | None:
    """Half of import share + single-country share; what is not imported at all depends on no country."""
    if fact.import_share is None:
        return None
    single = 0.0 if fact.import_share == 0 else fact.single_country_share
    return None if single is None else (fact.import_share + single) / 2


def dependence(view: View) -> dict[str, Figure]:
    """Dependence on imports: ``(import share + single-country share)/2 · substitutability`` (DOMAIN 4.7).

    Shares are averages over the purchases at home weighted by amount. The sum of two shares is halved to stay in 0-1;
    substitutability is 1 for none, 0.6 where a certificate is needed, 0.2 when free.
    """
    figures = {}
    for segment in view.segments.values():
        facts = view.purchases(segment.id)
        usable = [(f, exposure) for f in facts if f.amount and (exposure := _exposure(f)) is not None]
        known = [(f.amount or 0, exposure) for f, exposure in usable]
        counts: Counts = {"known": len(known), "total": len(facts)}
        if segment.substitutability not in HARDNESS:
            figures[segment.id] = Figure(None, Message(UNJUDGED), **counts)
            continue
        if not known:
            figures[segment.id] = Figure(None, Message(UNKNOWN, dict(counts)), **counts)
            continue
        exposed = HARDNESS[segment.substitutability] * sum(amount * exposure for amount, exposure in known)
        whole = sum(amount for amount, _ in known)
        secrets = sums((f.buyer, f.product) for f, _ in usable)
        figures[segment.id] = ratio(exposed, whole, Message(NOTE, dict(counts)), **counts, secrets=secrets, unit=CNY)
    return figures
