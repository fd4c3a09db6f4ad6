"""Answers kept in the graph: read for a list, written down, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graph.errors import InputError
from graph.messages import N_
from graph.model import Answer, DeclineReason, PairAnswer, PairSide
from graph.queries import queries
from graph.store import Row, Store, Transaction
from matching.pairing.fetch import made_by
from matching.pairing.opinion import Opinion, Said, agreed, standing
from matching.pairing.subject import things


class NoReasonGiven(InputError):
    """A decline without its reason."""

    message = N_("谢绝须写明理由")
    cure = N_("请从八个理由中选一个；其他情况可写在备注里")


class NothingAnswered(InputError):
    """No answer to take back."""

    message = N_("这一方对这一对没有可以撤销的答复")
    cure = N_("答复记录见需求页，或用 ronglian pair list 查看")


@dataclass(frozen=True)
class Stated:
    """An answer with the names of both ends, and whether it stands."""

    answer: PairAnswer
    wanted_name: str
    wanted_firm: str | None
    wanted_firm_id: str | None
    offered_name: str
    offered_firm: str | None
    offered_firm_id: str | None
    stands: bool


def load_opinion(store: Store, listing: str, side: PairSide, today: date) -> Opinion:
    """What the answers mean for the list of a listing that asks as ``side``; free text has none."""
    if not listing:
        return Opinion()
    rows = store.read(queries.list_listing_answers, listing=listing)
    return Opinion.of(_said(rows, side), listing, side, today)


def load_answers(store: Store, listing: str | None = None) -> list[Stated]:
    """Every answer on a listing, or all, the first first."""
    if listing is None:
        return _stated(store.read(queries.list_pair_answers))
    return _stated(store.read(queries.list_listing_answers, listing=listing))


def load_agreed_pairs(store: Store) -> list[tuple[str, str]]:
    """Pairs that both sides accepted, as ids of what is wanted and what is offered."""
    return agreed(one.answer for one in load_answers(store))


def load_agreed(store: Store) -> list[tuple[str, str]]:
    """What buyers make and the offer both sides accepted, as names: one side's word alone teaches nothing."""
    known = load_answers(store)
    found = {(one.answer.wanted, one.answer.offered): one for one in known}
    pairs = []
    for pair in agreed(one.answer for one in known):
        one = found[pair]
        items = [item.core for item in things(one.offered_name, ())]
        made = made_by(store, one.wanted_firm_id) if one.wanted_firm_id else ()
        pairs += [(asking, item) for asking in made for item in items]
    return pairs


def _stated(rows: list[Row]) -> list[Stated]:
    answers = [PairAnswer.model_validate(row["answer"]) for row in rows]
    stand = {one.id for one in standing(answers)}
    return [
        Stated(
            one,
            row["wanted"]["name"] or one.wanted,
            row["wanted"]["firm_name"],
            row["wanted"]["firm"],
            row["offered"]["name"] or one.offered,
            row["offered"]["firm_name"],
            row["offered"]["firm"],
            one.id in stand,
        )
        for one, row in zip(answers, rows, strict=True)
    ]


def _said(rows: list[Row], side: PairSide) -> list[Said]:
    answers = [PairAnswer.model_validate(row["answer"]) for row in rows]
    stand = {one.id for one in standing(answers)}
    return [
        Said(one, *_other(row["offered" if side is PairSide.BUYER else "wanted"]))
        for one, row in zip(answers, rows, strict=True)
        if one.id in stand
    ]


def _other(row: Row) -> tuple[str, tuple[str, ...], str | None, str | None]:
    return row["name"] or "", tuple(row["products"]), row["firm"], row["group"]


def answer(
    store: Store,
    wanted: str,
    offered: str,
    side: PairSide,
    said: Answer,
    *,
    by: str,
    at: datetime,
    reason: DeclineReason | None = None,
    note: str | None = None,
) -> PairAnswer:
    """Write down what one side says of a pair.

    Raises:
        NoReasonGiven: when a decline has no reason.
    """
    if said is Answer.DECLINED and reason is None:
        raise NoReasonGiven(where="reason")
    kept = PairAnswer(
        name=said.value,
        wanted=wanted,
        offered=offered,
        side=side,
        answer=said,
        reason=reason if said is Answer.DECLINED else None,
        note=(note or "").strip() or None,
        by=by,
        at=at,
    )
    _append(store, kept)
    return kept


def undo(store: Store, wanted: str, offered: str, side: PairSide, *, by: str, at: datetime) -> PairAnswer:
    """Take back the answer of a side that stands on a pair; the one before it stands again.

    Raises:
        NothingAnswered: when there is none.
    """
    known = [one.answer for one in load_answers(store, wanted)]
    here = [one for one in standing(known) if (one.wanted, one.offered, one.side) == (wanted, offered, side)]
    if not here:
        raise NothingAnswered()
    (last,) = here
    taken = last.model_copy(update={"id": "", "by": by, "at": at, "undoes": last.id, "note": None})
    kept = PairAnswer.model_validate(taken.model_dump(exclude_none=True))
    _append(store, kept)
    return kept


def _append(store: Store, kept: PairAnswer) -> None:
    values: dict[str, Any] = kept.model_dump(exclude_none=True)

    def work(tx: Transaction) -> None:
        tx.run(queries.append_pair_answer, answer=values)

    store.keep(work)
