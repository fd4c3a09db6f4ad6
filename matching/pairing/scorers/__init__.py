"""The parts of a score, one file each. A scorer's docstring is its published explanation.

A scorer is a function from a pair to a ``Finding``; its name is the key of its weight in ``score.WEIGHTS``.
"""

from __future__ import annotations

from matching.pairing.scorers.direction import direction
from matching.pairing.scorers.finding import Finding, Scorer
from matching.pairing.scorers.identity import identity
from matching.pairing.scorers.learned import learned
from matching.pairing.scorers.meaning import meaning
from matching.pairing.scorers.shared_buyers import shared_buyers
from matching.pairing.scorers.text import text

SCORERS: list[Scorer] = [identity, direction, text, meaning, shared_buyers, learned]

__all__ = ["SCORERS", "Finding", "Scorer", "identity"]
