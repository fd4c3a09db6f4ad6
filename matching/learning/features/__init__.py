"""Features of a (query, item) pair, one file each thing that varies; the docstring is the published explanation.

A feature is a function from ``Learned`` to a ``Scorer``; its name is its key in the ranker.
"""

from __future__ import annotations

from collections.abc import Callable

from matching.learning.features.co_items import co_items
from matching.learning.features.factors import factors
from matching.learning.features.heads import first_share, head_share, item_length, last_share, same_first, same_last
from matching.learning.features.industry import industry_pair, sector_rate
from matching.learning.features.kernel_ridge import kernel_ridge
from matching.learning.features.meaning import known_meaning, like_meant, meaning, meaning_transfer, nearest_meaning
from matching.learning.features.pagerank import pagerank
from matching.learning.features.popularity import item_asks, popularity
from matching.learning.features.sales import own_customer, sales_transfer, same_customers
from matching.learning.features.text import firm_name, known_text, text
from matching.learning.features.transfer import like_bought, name_transfer, nearest_name, tower_transfer
from matching.learning.features.two_tower import two_tower
from matching.learning.learned import Learned, Scorer

Feature = Callable[[Learned], Scorer]

FEATURES: list[Feature] = [
    two_tower,
    tower_transfer,
    name_transfer,
    nearest_name,
    head_share,
    last_share,
    first_share,
    factors,
    pagerank,
    co_items,
    text,
    known_text,
    same_last,
    same_first,
    popularity,
    item_asks,
    item_length,
]

# By a general text encoder; missing where names come without meanings.
MEANING_FEATURES: list[Feature] = [meaning, meaning_transfer, nearest_meaning, like_meant, known_meaning]

# What goes into a product: its known materials and those of its like lie close together.
MATERIAL_FEATURES: list[Feature] = [*FEATURES, like_bought, *MEANING_FEATURES]

# Between whole firms: a text is a name and many products, so its ends say nothing, and industries are known.
FIRM_FEATURES: list[Feature] = [
    two_tower,
    tower_transfer,
    name_transfer,
    nearest_name,
    factors,
    pagerank,
    co_items,
    text,
    firm_name,
    popularity,
    item_asks,
    kernel_ridge,
    sector_rate,
    industry_pair,
    sales_transfer,
    same_customers,
    own_customer,
]

__all__ = ["FEATURES", "FIRM_FEATURES", "MATERIAL_FEATURES", "MEANING_FEATURES", "Feature"]
