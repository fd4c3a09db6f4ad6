"""Kinds of evidence, one module each: ``find(firm, lexicon, rules)`` yields what it says of any segment.

To add one: a module with a ``TITLE`` and such a function, whose docstring is its published explanation, and a line in
``KINDS``. The tests run over the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.kinds import (
    achievement,
    capability,
    contract,
    declared_product,
    main_product,
    name,
    offer,
    profile,
    purchase,
    scope,
)
from matching.linking.lexicon import Lexicon

Finder = Callable[[Firm, Lexicon, Rules], Iterator[Evidence]]

KINDS: dict[str, Finder] = {
    "capability": capability.find,
    "main_product": main_product.find,
    "contract": contract.find,
    "achievement": achievement.find,
    "declared_product": declared_product.find,
    "offer": offer.find,
    "profile": profile.find,
    "scope": scope.find,
    "name": name.find,
    "purchase": purchase.find,
}
"""The strongest first; where parts of a score are equal they stand in this order."""

KIND_TITLES: dict[str, str] = {
    "capability": capability.TITLE,
    "main_product": main_product.TITLE,
    "contract": contract.TITLE,
    "achievement": achievement.TITLE,
    "declared_product": declared_product.TITLE,
    "offer": offer.TITLE,
    "profile": profile.TITLE,
    "scope": scope.TITLE,
    "name": name.TITLE,
    "purchase": purchase.TITLE,
}
