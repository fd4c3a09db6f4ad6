"""What the matcher's parts and gates are called: one name each, wherever they are shown."""

from __future__ import annotations

from api.schemas.needs import MatchPart
from api.titles import GATES
from graph.messages import Message
from matching.pairing import gates, scorers
from matching.pairing.score import PART_TITLES, Part


def test_every_part_and_every_gate_has_a_title() -> None:
    assert {one.__name__ for one in scorers.SCORERS} == set(PART_TITLES)
    assert {one.__name__ for one in gates.GATES} == set(GATES)


def test_a_part_is_called_the_same_on_a_page_as_in_a_command() -> None:
    for name, title in PART_TITLES.items():
        part = Part(name=name, weight=7, points=7, value=1.0, reason=Message("x", {}))
        assert MatchPart.of(part).title == title
