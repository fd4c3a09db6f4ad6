"""How common the words of the lists are: what two names share is worth the more, the fewer firms have it.

The unit is the bit: a text that one firm in 1,024 has is worth 10. Signs follow one another (after 戚 comes 墅), so a
sign is counted after the one before it, by a bigram model with back-off, from which one occurrence on each side (the
pair itself) is taken away; trade words and little lists lean on shares known beforehand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.resolution.lexicon import lexicon
from loaders.resolution.names import Name
from loaders.resolution.records import Prepared

OWN = 2
"""Occurrences that are the pair's own: one on each side."""
BACK_OFF = 4.0
BACKGROUND_SIGNS = 6000.0
BACKGROUND_NAMES = 1000.0
UNSEEN = 1 / 1500
"""A sign nobody counted: names use about 1,500 signs."""
MAX_SIGN_BITS = 11.0
MAX_FIELD_BITS = 13.0
FOLLOWING_IN_WORD = 1.0
"""Bits at most of a sign that continues a trade word."""

Worth = tuple[tuple[float, float], ...]
"""For every sign of a text: bits when it follows its neighbour, bits when it stands alone."""


@dataclass
class Statistics:
    """Counts over both lists."""

    firms: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    cells: dict[str, Counter[str]] = field(
        default_factory=lambda: {"code": Counter(), "town": Counter(), "phone": Counter(), "site": Counter()}
    )
    total_signs: int = 0
    _worth: dict[str, Worth] = field(default_factory=dict)

    @classmethod
    def count(cls, records: Iterable[Prepared]) -> Statistics:
        """Count names, places, codes, towns and phones."""
        found = cls()
        found.include(records)
        return found

    def include(self, records: Iterable[Prepared]) -> None:
        """Count more firms."""
        for record in records:
            self.firms += 1
            for name in record.names:
                self._add(name)
            self.cells["code"].update(code.value for code in record.codes)
            self.cells["site"].update(map(str, record.sites))
            for key, value in (("town", record.town), ("phone", record.phone)):
                if value:
                    self.cells[key][value] += 1
        self.total_signs = self.signs.total()
        self._worth.clear()

    def _add(self, name: Name) -> None:
        body = name.body
        self.signs.update(body)
        self.signs["^"] += 1
        self.pairs.update(a + b for a, b in zip("^" + body, body, strict=False))
        self.places.update(set(name.places))

    def share_bits(self, key: str, value: str) -> float:
        """Bits of two firms agreeing in a cell: few have the value, many bits."""
        others = max(self.cells[key][value] - OWN, 0) + 0.5
        return min(MAX_FIELD_BITS, -math.log2(min(1.0, others / (self.firms + 1))))

    def place_bits(self, place: str) -> float:
        """Bits of two names beginning with one place."""
        known = max(self.places[place] - OWN, 0)
        return -math.log2((known + 0.01 * BACKGROUND_NAMES) / (self.firms + BACKGROUND_NAMES))

    def worth(self, body: str) -> Worth:
        """Bits of every sign of a text."""
        found = self._worth.get(body)
        if found is None:
            found = self._worth[body] = tuple(self._weigh(body))
        return found

    def _weigh(self, body: str) -> Iterable[tuple[float, float]]:
        words, longest = lexicon().trades, lexicon().longest_trade
        word_end, share, start = 0, 0.0, 0
        for at, sign in enumerate(body):
            if at >= word_end:
                for length in range(min(longest, len(body) - at), 1, -1):
                    if (known := words.get(body[at : at + length])) is not None:
                        word_end, share, start = at + length, known, at
                        break
            alone = self._alone(sign)
            following = self._following(body[at - 1] if at else "^", sign, alone)
            bits, single = -math.log2(following), -math.log2(alone)
            if at < word_end:
                ceiling = -math.log2(share) if at == start else FOLLOWING_IN_WORD
                bits, single = min(bits, ceiling), min(single, ceiling + (0 if at == start else 3))
            yield min(bits, MAX_SIGN_BITS), min(single, MAX_SIGN_BITS)

    def _alone(self, sign: str) -> float:
        seen = max(self.signs[sign] - OWN, 0)
        return (seen + BACKGROUND_SIGNS * UNSEEN) / (self.total_signs + BACKGROUND_SIGNS)

    def _following(self, before: str, sign: str, alone: float) -> float:
        seen = max(self.pairs[before + sign] - OWN, 0)
        after = max(self.signs[before] - OWN, 0)
        back_off = BACK_OFF if before != "^" else BACKGROUND_NAMES / 10
        return (seen + back_off * alone) / (after + back_off)
