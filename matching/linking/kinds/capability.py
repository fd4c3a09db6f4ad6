"""Machining and testing capabilities, certified or not."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Listed, Message
from graph.model import Capability, Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.kinds.naming import named
from matching.linking.lexicon import Lexicon

TITLE = N_("加工与检测能力")
CERTIFIED = N_("登记能力“{name}”，证书 {certificates}（{source}）")
PLAIN = N_("登记能力“{name}”，没有证书（{source}）")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """A capability on the shared platform: strong with a certificate, else medium."""
    for post in firm.posted:
        if post.label != Capability.LABEL:
            continue
        certificates = Listed(post.certificates)
        values: dict[str, object] = {"name": post.name, "certificates": certificates, "source": post.origin.source}
        grade = Grade.STRONG if post.certificates else Grade.MEDIUM
        said = Message(CERTIFIED if post.certificates else PLAIN, values)
        for segment, phrase, hit in named(post, lexicon):
            yield Evidence("capability", segment, phrase, grade, post.origin, said, hit)
