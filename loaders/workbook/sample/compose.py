"""All parts of the sample put together."""

from __future__ import annotations

import random

from loaders.workbook.sample.catalogue import Catalogue
from loaders.workbook.sample.codes import fictitious_codes
from loaders.workbook.sample.draft import Draft, plan_coverage
from loaders.workbook.sample.events import add_event
from loaders.workbook.sample.evidence import add_doubts, add_links, add_searches
from loaders.workbook.sample.firms import add_firms, generate_firms
from loaders.workbook.sample.flaws import add_flaws, repeat_rows
from loaders.workbook.sample.listings import add_needs, add_offers
from loaders.workbook.sample.organisations import add_organisations
from loaders.workbook.sample.outsiders import add_outsiders
from loaders.workbook.sample.pairs import pair_firms, set_traps
from loaders.workbook.sample.services import add_achievements, add_capabilities, add_solutions
from loaders.workbook.sample.stories import TOLD, story_firms, tell_stories
from loaders.workbook.sample.tables import Tables
from loaders.workbook.sample.trade import add_purchases, add_supplies

_NUMBERED = ("需求", "供给", "加工与检测能力", "系统解决方案", "科技成果")


def compose(catalogue: Catalogue, seed: int = 35) -> Tables:
    """Write every sheet; the same seed and catalog give the same rows.

    Firms at hand come first, then what follows from them, so that a story row is never crowded out.
    """
    rng = random.Random(seed)  # noqa: S311  a sample, not a secret
    codes = fictitious_codes()
    told = story_firms(codes) + pair_firms(codes)
    draft = Draft(rng, Tables(), catalogue, plan_coverage(rng, catalogue, TOLD), frozenset(TOLD))
    generated = generate_firms(draft, codes)
    firms = told + generated

    add_organisations(draft.tables)
    add_firms(draft, firms)
    tell_stories(draft.tables, catalogue)
    set_traps(draft.tables, catalogue)
    add_links(draft, firms)
    add_doubts(draft, generated)
    add_searches(draft, firms)
    purchases = add_purchases(draft, generated)
    add_supplies(draft, purchases, firms)
    add_needs(draft, purchases)
    add_offers(draft, generated)
    add_capabilities(draft, generated)
    add_solutions(draft, generated)
    add_achievements(draft)
    add_outsiders(draft, generated, codes, seed)
    for sheet in _NUMBERED:
        draft.tables.rows[sheet].sort(key=lambda record: str(record["编号"]))
    add_event(draft.tables)
    repeat_rows(rng, draft.tables)
    add_flaws(draft.tables, catalogue.ref("robotics.servo-motor"))
    return draft.tables
