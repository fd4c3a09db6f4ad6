"""Fit 契合 of a firm to a segment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from graph.messages import N_, Message
from graph.model import LinkState
from matching.gaps.candidates import CONFIRMED, doubtful
from matching.gaps.targets.finding import Finding
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View
from matching.pairing.scorers.identity import NARROWER, SAME
from matching.pairing.subject import subject

PRODUCT = N_("产品“{product}”属于该环节，尚未核实")
UNNAMED = N_("已向本地企业供应该环节产品，品名未写明")
PRODUCED, DOUBTED = 0.8, 0.5
"""How far a product said to be made or supplied, and a link nobody confirmed, vouch for a firm."""


@lru_cache(maxsize=50_000)
def _core(name: str) -> str | None:
    found = subject(name)
    return found.core if found else None


def likeness(product: str, terms: Iterable[str]) -> float:
    """How pairing compares names: the same product 1, a kind of it 0.9 (its name ends in a term of the segment)."""
    named = _core(product)
    return SAME if named and any(_core(term) == named for term in terms) else NARROWER


def fit(view: View, prospect: Prospect) -> Finding:
    """How surely the firm does what the segment needs: the best of what vouches for it (DOMAIN 4.11).

    ``1`` when confirmed in the segment; ``0.8 · likeness`` for a product it makes or supplies here, the likeness of
    names being that of the pairing scorer *identity*; ``0.5`` for a link stated and not confirmed, or a supply that
    names no product. Never missing: a firm with none of these is no prospect.
    """
    found: list[tuple[float, Message]] = []
    link = prospect.link
    if link and link.state is LinkState.CONFIRMED:
        found.append((1.0, Message(CONFIRMED, {"evidence": link.evidence})))
    found += [
        (PRODUCED * likeness(product, prospect.segment.terms), Message(PRODUCT, {"product": product}))
        for product in prospect.products
    ]
    if link and link.state is LinkState.UNCERTAIN and not link.implied:
        found.append((DOUBTED, doubtful(link).reason))
    if not found:
        found.append((DOUBTED, Message(UNNAMED)))
    found.sort(key=lambda one: (-one[0], str(one[1])))
    return Finding(found[0][0], tuple(reason for _, reason in found))
