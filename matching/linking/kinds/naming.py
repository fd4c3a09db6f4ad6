"""Which segments a listing speaks of: those it names itself, those of its products and of its title."""

from __future__ import annotations

from collections.abc import Iterator

from matching.linking.facts import Posted
from matching.linking.lexicon import Lexicon
from matching.linking.words import Hit


def named(post: Posted, lexicon: Lexicon) -> Iterator[tuple[str, str, Hit | None]]:
    """Yield segment, phrase and how the phrase holds a term; None where the listing names the segment itself."""
    for segment in post.segments:
        if segment in lexicon.segments:
            yield segment, post.name, None
    title = post.name.split("，")[0].split(",")[0]
    for phrase in dict.fromkeys([title, *post.products, *filter(None, [post.process])]):
        for hit in lexicon.read(phrase):
            yield hit.segment, phrase, hit
