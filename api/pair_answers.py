"""What one side says of a proposed pair: checked, kept, taken back, listed; for the command line, the API and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from api.answers import who
from api.auth.disclosure import check_own, may_for
from api.auth.roles import Action
from graph.errors import InputError, NobodyNamed, NotFound
from graph.messages import N_
from graph.model import Answer, DeclineReason, PairAnswer, PairSide
from graph.queries import queries
from matching.pairing import answers

if TYPE_CHECKING:
    from graph.store import Row, Store
    from matching.pairing.answers import Stated


class NotAPair(InputError):
    """Two listings between which there is nothing to answer."""

    message = N_("“{wanted}”与“{offered}”不是一条需求和一条供给")
    cure = N_("需求在前、供给在后；可写编号（如 N-017 和 O-011）或图谱编号")


@dataclass(frozen=True)
class Ends:
    """The two listings and who posts them."""

    wanted: str
    offered: str
    buyer: str | None
    seller: str | None

    def firm(self, side: PairSide) -> str | None:
        """Who speaks for a side."""
        return self.buyer if side is PairSide.BUYER else self.seller


def ends(store: Store, wanted: str, offered: str) -> Ends:
    """The two listings by id or number.

    Raises:
        NotFound: when one of them is not there.
        NotAPair: when they are not a need and an offer.
    """
    asks, gives = _end(store, wanted), _end(store, offered)
    if not asks["asks"] or not gives["gives"]:
        raise NotAPair(wanted=wanted, offered=offered)
    return Ends(asks["id"], gives["id"], asks["firm"], gives["firm"])


def _end(store: Store, ref: str) -> Row:
    row = store.one(queries.get_pair_end, ref=ref)
    if row is None:
        raise NotFound(id=ref)
    return row


def answer(
    store: Store,
    wanted: str,
    offered: str,
    side: PairSide,
    said: Answer,
    *,
    by: str,
    reason: DeclineReason | None = None,
    note: str | None = None,
) -> PairAnswer:
    """Keep an answer in the name of whoever is signed in; a contact answers for its own firm's side only.

    Raises:
        NotFound: when a listing is not there, or not the contact's own.
        NobodyNamed, NoReasonGiven, NotAPair: when it is not complete.
    """
    found, by = _checked(store, wanted, offered, side, by)
    at = datetime.now(UTC)
    return answers.answer(store, found.wanted, found.offered, side, said, by=by, at=at, reason=reason, note=note)


def undo(store: Store, wanted: str, offered: str, side: PairSide, *, by: str) -> PairAnswer:
    """Take back the answer that stands of a side on a pair.

    Raises:
        NotFound: when a listing is not there, or not the contact's own.
        NothingAnswered: when there is none.
    """
    found, by = _checked(store, wanted, offered, side, by)
    return answers.undo(store, found.wanted, found.offered, side, by=by, at=datetime.now(UTC))


def _checked(store: Store, wanted: str, offered: str, side: PairSide, by: str) -> tuple[Ends, str]:
    found = ends(store, wanted, offered)
    own = found.firm(side)
    check_own({own} if own else set(), wanted if side is PairSide.BUYER else offered, Action.ANSWER)
    named = who(by).strip()
    if not named:
        raise NobodyNamed(where="by")
    return found, named


def listed(store: Store, ref: str | None = None) -> list[Stated]:
    """Every answer on a listing, or all, the first first; a contact sees what its own firm said.

    Raises:
        NotFound: when there is no such listing.
    """
    listing = None if ref is None else _end(store, ref)["id"]
    return [one for one in answers.load_answers(store, listing) if may_for(_speaker(one), Action.ANSWER)]


def _speaker(one: Stated) -> set[str]:
    firm = one.wanted_firm_id if one.answer.side is PairSide.BUYER else one.offered_firm_id
    return {firm} if firm else set()
