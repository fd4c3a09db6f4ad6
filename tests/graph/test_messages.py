"""Several words in one value: Chinese by itself, in the reader's language when rendered."""

import pytest

from api.i18n import render, use
from graph.messages import Listed, Message


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
