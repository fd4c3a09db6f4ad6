"""What is wanted and what is offered, as plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Self

from graph.errors import EmptyQuery, InputError
from graph.ids import normalise
from graph.messages import N_, Message
from graph.model import ListingState
from graph.values import Certificate, Limit
from matching.pairing.subject import clauses, is_modifier

_MONTHLY = re.compile(
    r"^(?:每月|月)(?:需求?|采购|用|供应?)?量?[:约]?\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s]+)$"
)
_LEAD_TIME = re.compile(
    r"^(?:最长)?交货?期\D{0,4}?(?P<days>\d+)\s*[天日](?:以?内)?$|^(?P<within>\d+)\s*[天日]以?内交货$"
)
_CERTIFICATE = re.compile(
    r"^(?:需|要求|通过|具备|持有)*(?P<name>(?:IATF|ISO|GJB|AS|EN|CNAS|CMA|CCC|UL|CE)[\s/]*[\d:]*)\s*(?:认证|证书)?$"
)


LONGEST = 2_000  # characters of a need in words


class TextTooLong(InputError):
    """More than anybody needs to say what is wanted."""

    message = N_("文字共 {count:,} 字，最多 {most:,} 字")
    cure = N_("请只写产品名称、技术指标、数量、交期和证书")


@dataclass(frozen=True)
class Evidence:
    """Where a fact comes from: the id of its source and the day it was observed."""

    source: str
    observed_on: date | None = None


@dataclass(frozen=True)
class Party:
    """Who posts a listing. A field that is None is unknown.

    ``kind`` is the most special label (``Enterprise``, ``Institute`` …); ``customers_known`` says whether the graph
    knows any firm this one supplies, so that "no shared buyer" can be told from "buyers unknown".
    """

    id: str
    name: str
    kind: str = "Enterprise"
    status: str | None = None
    group: str | None = None
    sample: bool | None = None
    town: str | None = None
    customers_known: bool = False


@dataclass(frozen=True)
class Terms:
    """What need and offer state alike.

    ``product_ids`` and ``product_names`` run in parallel. ``limits`` are the bounds that could be read,
    ``unread_limits`` those that are only words. ``quantity`` is a month's, in ``unit``. ``state`` is open or closed.
    """

    id: str
    number: str | None
    name: str
    text: str = ""
    product_ids: tuple[str, ...] = ()
    product_names: tuple[str, ...] = ()
    segment_ids: tuple[str, ...] = ()
    process: str | None = None
    limits: tuple[Limit, ...] = ()
    unread_limits: tuple[str, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    quantity: float | None = None
    unit: str | None = None
    lead_time_days: int | None = None
    party: Party | None = None
    sample: bool | None = None
    evidence: tuple[Evidence, ...] = ()
    state: str | None = None
    expires_on: date | None = None

    def lapsed(self, today: date) -> Message | None:
        """That it is closed, or that its last day has passed; None where it stands, or nobody said."""
        if self.state is not None and self.state != ListingState.OPEN:
            return Message(N_("已关闭；如仍有效，请先重新开放"))
        if self.expires_on is not None and self.expires_on < today:
            return Message(N_("已于 {until} 截止；如仍有效，请更新截止日期"), {"until": self.expires_on})
        return None

    @property
    def words(self) -> str:
        """All words of the listing, for comparing texts."""
        return " ".join(word for word in (self.name, *self.product_names, self.process, self.text) if word)

    @classmethod
    def shared(cls) -> tuple[str, ...]:
        """Names of the fields need and offer have in common."""
        return tuple(one.name for one in fields(Terms))

    @property
    def meant_products(self) -> dict[str, str]:
        """Names by id of the products tagged, without those the title shows to be modifiers."""
        tagged = zip(self.product_ids, self.product_names, strict=True)
        return {id_: name for id_, name in tagged if not is_modifier(name, self.name)}


class Basis(StrEnum):
    """How a want is known: said, inferred from what goes into the firm's products, or only made or bought there."""

    STATED = "stated"
    INFERRED = "inferred"
    MADE = "made"


@dataclass(frozen=True)
class Wanted(Terms):
    """A need: a stored one, or one made from free text (then ``id`` is empty and ``party`` unknown).

    ``second_source`` says that a supplier beside the present ones is wanted. ``answered``: whether anything was said of
    its proposals when it was read; None where nobody looked.
    """

    second_source: bool | None = None
    kind: str = "Need"
    basis: Basis = Basis.STATED
    answered: bool | None = field(default=None, compare=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a need as somebody types it: ``高精度行星减速器，背隙≤1角分，月800台，交期≤30天，IATF 16949``.

        The first clause names what is wanted; the others are read as monthly quantity, lead time, certificate or
        limit where they have that form, and stay in the text in any case.

        Raises:
            EmptyQuery: when the text holds no word.
            TextTooLong: when it is longer than ``LONGEST`` characters.
        """
        if len(text) > LONGEST:
            raise TextTooLong(count=len(text), most=LONGEST)
        parts = clauses(text)
        if not parts or not any(character.isalnum() for character in parts[0]):
            raise EmptyQuery()
        wanted = cls(id="", number=None, name=parts[0], text=text.strip())
        for part in parts[1:]:
            wanted = wanted._with(part)
        return wanted

    def _with(self, clause: str) -> Self:
        if found := _MONTHLY.match(clause):
            return replace(self, quantity=float(found["number"]), unit=found["unit"])
        if found := _LEAD_TIME.match(clause):
            return replace(self, lead_time_days=int(found["days"] or found["within"]))
        if found := _CERTIFICATE.match(clause.upper()):
            return replace(self, certificates=(*self.certificates, Certificate(found["name"].strip(), None)))
        if limit := Limit.parse(clause):
            return replace(self, limits=(*self.limits, limit))
        return self


@dataclass(frozen=True)
class Offered(Terms):
    """An offer, capability, solution or achievement; ``kind`` is its label."""

    kind: str = "Offer"


Listing = Offered | Wanted


def read_certificate(text: str) -> Certificate:
    """Read a certificate; a last day that is no date of the calendar is an unknown one."""
    try:
        return Certificate.parse(text)
    except ValueError:
        return Certificate(normalise(text), None)


def read_limits(texts: list[str]) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """Read bounds; return those with numbers and those that are only words."""
    read = [(text, Limit.parse(text)) for text in texts]
    return tuple(limit for _, limit in read if limit), tuple(text for text, limit in read if limit is None)
