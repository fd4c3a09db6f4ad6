"""What of the matcher's answers the viewer may see: whom they are matched by, and what the sentences quote."""

from __future__ import annotations

from dataclasses import replace

from api.auth import traces
from api.auth.disclosure import Sight, clearance
from api.auth.viewer import viewer
from graph.disclosure import declared, of_property
from graph.grades import Disclosure
from graph.messages import N_, Message
from graph.model import Enterprise
from graph.store import Store
from matching.pairing import Candidate, Result
from matching.pairing.context import Context
from matching.pairing.find import See
from matching.pairing.gates import QUOTED, Verdict
from matching.pairing.listings import Listing, Wanted
from matching.pairing.score import Part

QUOTE_WITHHELD = N_("已核对；数值为敏感数据，不显示")
BUYERS_WITHHELD = N_("谁采购、谁供货为内部数据，不显示，也不计分")
DIRECTION_WITHHELD = N_("按公开的产品关系看不出采购方向；需方的挂链为内部数据，不计分")


def _whole() -> bool:
    """Whether the viewer may know who buys, who supplies whom, and in which segments firms work."""
    return clearance(viewer()).rank >= Disclosure.INTERNAL.rank


def _own(asking: Listing) -> bool:
    return asking.party is not None and asking.party.id == viewer().firm


def sees() -> See | None:
    """What of the graph around a need the viewer may be matched by; None: all."""
    return None if _whole() else _told_around


def _told_around(wanted: Wanted, context: Context) -> Context:
    """The graph around a need without the purchases, supplies and segments of other firms."""
    own, firm = _own(wanted), viewer().firm
    partners = {id_: one for id_, one in context.partners.items() if own or id_ == firm}
    feeding = context.feeding if own else {}
    return replace(context, partners=partners, feeding=feeding, shared_buyers={}, other_buyers=0, whole=False)


def _parts(result: Result, candidate: Candidate) -> Candidate:
    """The parts of a score; one that internal facts would have gone into says so, for it is not missing."""
    if _whole():
        return candidate
    asking = candidate.wanted or result.wanted

    def told(part: Part) -> Part:
        if part.name == "shared_buyers":
            return replace(part, reason=Message(BUYERS_WITHHELD))
        if part.name == "direction" and not part.value and not _own(asking):
            return replace(part, reason=Message(DIRECTION_WITHHELD))
        return part

    scored = replace(candidate.scored, parts=tuple(map(told, candidate.parts)))
    return replace(candidate, scored=scored, proposed=())


def _verdict(sight: Sight, candidate: Candidate, verdict: Verdict) -> Verdict:
    field, party = QUOTED.get(verdict.gate), candidate.offered.party
    if field is None:
        return verdict
    firms = {party.id} if party else set()
    grade = of_property(candidate.offered.kind, field)
    if grade.rank <= sight.of(firms).rank:
        traces.shown(firms, [f"{candidate.offered.kind}.{field}"] if grade is Disclosure.SENSITIVE else [])
        return verdict
    return replace(
        verdict, detail=Message(QUOTE_WITHHELD, {}), ask=_said_only(verdict.ask), gap=_said_only(verdict.gap)
    )


def _said_only(message: Message | None) -> Message | None:
    """A sentence without the values it carries and does not say."""
    if message is None:
        return None
    said = {name: value for name, value in message.values.items() if f"{{{name}" in message.template}
    return Message(message.template, said)


def _asking(sight: Sight, asking: Listing) -> Listing:
    """Who asks, without a quantity the viewer may not see."""
    firms = {asking.party.id} if asking.party else set()
    if asking.quantity is None or declared(asking.kind) is Enterprise:
        return asking
    grade = of_property(asking.kind, "quantity")
    if grade.rank > sight.of(firms).rank:
        return replace(asking, quantity=None)
    traces.shown(firms, [f"{asking.kind}.quantity"] if grade is Disclosure.SENSITIVE else [])
    return asking


def disclosed_result(store: Store, result: Result) -> Result:
    """An answer of the matcher as the viewer may see it: its sentences quote no value that is withheld."""
    found = (*result.candidates, *result.near_misses)
    parties = [one.offered.party for one in found] + [result.wanted.party]
    sight = Sight.on(store, {party.id for party in parties if party})

    def shown(candidate: Candidate) -> Candidate:
        candidate = _parts(result, candidate)
        verdicts = tuple(_verdict(sight, candidate, verdict) for verdict in candidate.verdicts)
        offered = candidate.offered
        firms = {offered.party.id} if offered.party else set()
        if of_property(offered.kind, "quantity").rank > sight.of(firms).rank:
            candidate = replace(candidate, offered=replace(offered, quantity=None))
        return replace(candidate, verdicts=verdicts)

    return replace(
        result,
        wanted=_asking(sight, result.wanted),
        candidates=tuple(shown(one) for one in result.candidates),
        near_misses=tuple(shown(one) for one in result.near_misses),
    )
