"""Research results and patents."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Listed, Message
from graph.model import Achievement, Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.kinds.naming import named
from matching.linking.lexicon import Lexicon

TITLE = N_("专利与成果")
PATENTED = N_("成果“{name}”，专利 {patents}（{source}）")
PLAIN = N_("成果“{name}”，未列专利（{source}）")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """A research result of the firm: strong with a patent, else medium."""
    for post in firm.posted:
        if post.label != Achievement.LABEL:
            continue
        values: dict[str, object] = {
            "name": post.name,
            "patents": Listed(post.patents),
            "source": post.origin.source,
        }
        said = Message(PATENTED if post.patents else PLAIN, values)
        grade = Grade.STRONG if post.patents else Grade.MEDIUM
        for segment, phrase, hit in named(post, lexicon):
            yield Evidence("achievement", segment, phrase, grade, post.origin, said, hit)
