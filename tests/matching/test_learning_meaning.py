"""What names mean, by the real encoder: close in meaning is not close in letters."""

from __future__ import annotations

import numpy as np
import pytest

from matching.learning.features import MEANING_FEATURES, Feature
from matching.learning.learned import Learned, learn
from matching.learning.links import Asked, Names
from matching.learning.meanings import LONGEST, WIDTH, Meanings, available
from tests.matching.learning_example import RECIPE, links, pairs


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    assert available()
    return Meanings()


@pytest.fixture(scope="module")
def learned(meanings: Meanings) -> Learned:
    return learn(links(pairs()).meant(meanings), 0, RECIPE)


def test_two_words_for_one_thing_lie_closer_than_two_things_that_share_a_word(meanings: Meanings) -> None:
    found = meanings.of(["马铃薯", "土豆", "马蹄铁", "红薯", "水泥", "轴承"])
    found = found - found.mean(axis=0)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    assert found[0] @ found[1] > found[0] @ found[2]


def test_every_text_is_encoded_once_and_in_its_place(meanings: Meanings) -> None:
    first = meanings.of(["齿轮", "电缆", "齿轮"])
    size = len(meanings.table)
    again = meanings.of(["电缆", "齿轮"])
    assert first.shape == (3, WIDTH)
    assert len(meanings.table) == size
    assert np.array_equal(again, first[[1, 0]])


@pytest.mark.parametrize("text", ["", "\0", "🙂", "\u202e反", "长" * 50_000])
def test_odd_texts_have_a_vector(text: str, meanings: Meanings) -> None:
    found = meanings.of([text])
    assert found.shape == (1, WIDTH)
    assert np.isfinite(found).all()


def test_of_a_very_long_text_the_beginning_is_read(meanings: Meanings) -> None:
    short, long_ = meanings.of(["长" * LONGEST, "长" * LONGEST + "别的"])
    assert np.array_equal(short, long_)


@pytest.mark.parametrize("feature", MEANING_FEATURES, ids=lambda feature: feature.__name__)
def test_every_feature_of_meaning_scores_every_item(feature: Feature, learned: Learned) -> None:
    known = learned.links
    found = np.asarray(feature(learned)(Asked(known.queries, known.given)))
    assert found.shape == known.given.shape
    assert np.isfinite(found).all()
    assert found.std() > 0
    fresh = Names(("从未见过",), known.queries.weighting).meant(learned.links.queries.meanings or Meanings())
    new = np.asarray(feature(learned)(Asked(fresh, known.given[[0]] * 0)))
    assert np.isnan(new).all() == (feature.__name__ == "known_meaning")


@pytest.mark.parametrize("feature", MEANING_FEATURES, ids=lambda feature: feature.__name__)
def test_without_meanings_the_feature_is_missing(feature: Feature) -> None:
    learned = learn(links(pairs()), 0, RECIPE)
    assert np.isnan(feature(learned)(Asked(learned.links.queries, learned.links.given))).all()


def test_names_without_meanings_say_so() -> None:
    with pytest.raises(ValueError, match="without meanings"):
        _ = links(pairs()).queries.meaning


def test_names_that_are_not_read_are_guessed_from_those_that_are() -> None:
    uses = ["高压", "低压", "防爆", "船用", "矿用", "车用", "防水", "耐热", "轻型", "重型"]
    things = ["电缆", "轴承", "齿轮", "阀门", "水泵", "电机"]
    read = [use + thing for use in uses for thing in things if (use, thing) != ("矿用", "水泵")]
    guessed, true = Meanings(), Meanings()
    guessed.prepare(read, ["矿用水泵", "泵"], read=len(read) + 1)
    assert guessed.of(["泵"]) == pytest.approx(true.of(["泵"]), abs=1e-6)
    middle = true.of(read).mean(axis=0)
    own, right, wrong = (each - middle for each in (guessed.of(["矿用水泵"])[0], *true.of(["矿用水泵", "船用齿轮"])))
    assert own @ right > 0.5 * np.linalg.norm(own) * np.linalg.norm(right)
    assert own @ right > 2 * own @ wrong
    assert np.linalg.norm(guessed.of(["矿用水泵"])) == pytest.approx(1.0, abs=0.1)
