"""Who can meet a need: encode → recall → gate → score → rank → explain.

``recall/``, ``gates/`` and ``scorers/`` hold one file for each thing that varies and the list of them. All is plain
data but ``fetch``, which asks the store::

    market = load_market(store)            # once a revision of the graph
    wanted = load_need(store, "N-017")     # or Wanted.from_text("高精度行星减速器，背隙≤1角分")
    result = find(store, wanted, market, today)
    for candidate in result.candidates:
        explain(candidate)
"""

from __future__ import annotations

from matching.pairing.answers import load_opinion
from matching.pairing.around import around, tagged
from matching.pairing.context import Context
from matching.pairing.explain import evidence_of, explain
from matching.pairing.fetch import load_market, load_need, load_network, load_offers
from matching.pairing.find import find, find_all
from matching.pairing.listings import Evidence, Offered, Party, Wanted
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.reach import Reach, load_places
from matching.pairing.result import Candidate, Counts, Result

__all__ = [
    "Candidate",
    "Context",
    "Counts",
    "Evidence",
    "Market",
    "Offered",
    "Party",
    "Reach",
    "Result",
    "Wanted",
    "around",
    "evidence_of",
    "explain",
    "find",
    "find_all",
    "load_market",
    "load_need",
    "load_network",
    "load_offers",
    "load_opinion",
    "load_places",
    "match",
    "tagged",
]
