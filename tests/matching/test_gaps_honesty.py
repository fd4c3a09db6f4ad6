"""A gap that is only missing data is not called a missing link."""

from __future__ import annotations

from graph.model import LinkState
from graph.store import Store
from matching.evaluation.honesty import SHARES, hide, honesty
from matching.gaps import Facts
from tests.matching.gaps_example import EXAMPLE, TODAY
from tests.matching.sample_facts import sample_facts
from tests.service import TODAY as SAMPLE_DAY


def test_covered_segments_of_the_sample_are_not_called_missing(store: Store) -> None:
    curve = honesty(sample_facts(store), SAMPLE_DAY)
    assert [point.share for point in curve] == [*SHARES, *SHARES]
    told = {(point.share, point.blind): point for point in curve}
    assert min(point.lowest for point in curve if not point.blind) >= 0.9
    assert told[0.3, False].emptied > 20, "enough was hidden to tempt it"
    assert told[0.3, True].kept >= 0.9, "even when those who searched overlooked the same firms"
    assert told[0.7, True].kept < told[0.3, True].kept < 1, "the worst case does get worse, so the figure can fail"


def test_hiding_takes_what_gives_the_firm_away() -> None:
    bare = hide(EXAMPLE, 1.0, 0, blind=True)
    assert {fact.state for fact in bare.links} == {LinkState.UNCERTAIN}
    assert bare.makers == ()
    assert hide(EXAMPLE, 0.0, 0, blind=True) == EXAMPLE
    assert hide(EXAMPLE, 0.5, 1, blind=False) == hide(EXAMPLE, 0.5, 1, blind=False)


def test_nothing_covered_gives_no_curve() -> None:
    assert honesty(Facts(), TODAY) == []
