"""Several words in one value: Chinese by itself, in the reader's language when rendered."""

import pytest

from api.i18n import render, use
from graph.messages import Listed, Message, pack, wording
from graph.model import LeftOut, LinkedTo, LinkState


@pytest.mark.parametrize(
    ("words", "limit", "chinese", "english"),
    [
        ([], None, "", ""),
        (["甲"], None, "甲", "甲"),
        (["甲", "乙"], None, "甲、乙", "甲, 乙"),
        (["甲", "乙", "丙"], 2, "甲、乙…", "甲, 乙…"),
        (["甲", "乙"], 2, "甲、乙", "甲, 乙"),
    ],
)
def test_words_are_joined_in_the_language_of_the_reader(
    words: list[str], limit: int | None, chinese: str, english: str
) -> None:
    value = Listed(iter(words), limit)
    message = Message("{names}", {"names": value})
    assert (value, str(message), render(message)) == (chinese, chinese, chinese)
    use("en")
    try:
        assert render(message) == english
    finally:
        use("zh")


@pytest.mark.parametrize(
    "said",
    [{"parts": ["<script>"]}, {"parts": ["scope x"]}, {"parts": ["scope nan"]}, {"wording": ["question {"]}],
    ids=str,
)
def test_what_a_page_could_not_read_back_is_not_kept_with_a_link(said: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=next(iter(said))):
        LinkedTo.model_validate({"start": "a", "end": "b", "state": LinkState.UNCERTAIN, "evidence": "x"} | said)


def test_sentences_and_points_are_kept_as_they_are_made() -> None:
    said = Message("{name}：{count}", {"name": "甲", "count": 2})
    kept = wording({"question": [said]})
    parts = [f"scope {points:g}" for points in (0.35, -0.2, 1, 1e-7)]
    link = LinkedTo(start="a", end="b", state=LinkState.UNCERTAIN, evidence="x", parts=parts, wording=kept)
    assert (link.parts, link.wording) == (parts, kept)
    assert LeftOut(name="x", event="e", organisation="o", reason=pack(said)).reason == pack(said)
    for text in ("x", pack(Message("{missing}"))):
        with pytest.raises(ValueError, match="reason"):
            LeftOut(name="x", event="e", organisation="o", reason=text)
