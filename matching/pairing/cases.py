"""Where the right answer is known: supplies the graph holds, and pairs that both sides accepted.

A supply says who should stand high among the makers when its buyer asks for the product; an accepted pair which offer
should when its need asks. What one side alone said is no case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import NotFound
from graph.queries import queries
from graph.store import Store
from matching.learning.examples import Query
from matching.pairing.answers import load_agreed_pairs
from matching.pairing.around import around, tagged
from matching.pairing.context import Context
from matching.pairing.directions import Pool
from matching.pairing.fetch import load_market, load_need, load_network
from matching.pairing.listings import Wanted
from matching.pairing.look import pair_of
from matching.pairing.match import Asking, questions
from matching.pairing.pools import load_pool
from matching.pairing.prospects import prospects
from matching.pairing.recall import recall
from matching.pairing.score import findings, values
from matching.pairing.weighing import Evidence

if TYPE_CHECKING:
    from matching.learning.encoder import Encoder
    from matching.learning.links import Floats, Ints
    from matching.learning.text_vectors import TextVectors
    from matching.pairing.market import Market
    from matching.pairing.pair import Pair
    from matching.pairing.recall import Question

MOST = 300  # cases learned from: bounds the time
STRONG, DRAWN = 25, 40  # rivals: the first by the score and by each part, and some of the rest of what was recalled


@dataclass(frozen=True)
class Case:
    """What a buyer wants, where it is looked for, and the ids of the listings or firms known to be right."""

    wanted: Wanted
    market: Market
    answers: frozenset[str]
    agreed: bool

    @property
    def buyer(self) -> str:
        """Who asks."""
        return self.wanted.party.id if self.wanted.party else self.wanted.id

    @property
    def names(self) -> frozenset[str]:
        """Names of what is wanted and accepted: an encoder that saw them beside the buyer saw the answer."""
        own = {self.wanted.name, *self.wanted.product_names}
        if self.agreed:
            own.update(core for at in self.right for core in self.market.meanings[at].cores)
        return frozenset(own)

    @property
    def right(self) -> Ints:
        """Positions of the answers."""
        found = [at for at, one in enumerate(self.market.offers) if one.id in self.answers]
        return np.array(found, dtype=np.int64)


def load_cases(store: Store, today: date, seed: int = 0) -> list[Case]:
    """All cases of the graph, at most ``MOST`` of them, drawn at random; ``seen_with`` gives them an encoder."""
    network = load_network(store)
    makers = load_pool(store, Pool.MAKERS, today, network=network)
    found = [*_accepted(store, load_market(store, network=network)), *_supplied(store, makers, today)]
    if len(found) <= MOST:
        return found
    kept = np.sort(np.random.default_rng(seed).choice(len(found), MOST, replace=False))
    return [found[at] for at in kept]


def _accepted(store: Store, market: Market) -> Iterator[Case]:
    """One case a need: the offers that it and their firms accepted."""
    offers = {one.id for one in market.offers}
    answers: dict[str, set[str]] = defaultdict(set)
    for wanted, offered in load_agreed_pairs(store):
        if offered in offers:
            answers[wanted].add(offered)
    for wanted, right in answers.items():
        try:
            yield Case(tagged(load_need(store, wanted), market.network), market, frozenset(right), agreed=True)
        except NotFound:  # a firm asked, or the need is gone
            continue


def _supplied(store: Store, makers: Market, today: date) -> Iterator[Case]:
    """One case a buyer and product it is known to be supplied with; or a buyer, where no product is stated."""
    pool = load_pool(store, Pool.BUYERS, today, network=makers.network)
    buyers = {one.id: one for one in pool.offers if isinstance(one, Wanted)}
    known = {one.id for one in makers.offers}
    answers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in store.read(queries.list_pairing_supplies):
        if row["buyer"] in buyers and row["supplier"] in known:
            for product in row["products"] or [""]:
                answers[row["buyer"], product].add(row["supplier"])
    for (buyer, product), right in answers.items():
        firm = buyers[buyer]
        own = tagged(Wanted("", None, product, party=firm.party), makers.network) if product else firm
        yield Case(own, makers, frozenset(right), agreed=False)


def seen_with(cases: Iterable[Case], encoder: Encoder | None, texts: TextVectors | None = None) -> list[Case]:
    """The cases with an encoder over what they look through, and vectors of the words of listings."""
    known = list(cases)
    fresh = {id(case.market): case.market for case in known}
    markets = {mark: replace(market, encoder=encoder, texts=texts) for mark, market in fresh.items()}
    return [replace(case, market=markets[id(case.market)]) for case in known]


def unseen(
    pairs: Iterable[tuple[str, str]], cases: Sequence[Case], made: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """Training pairs of an encoder without those that give a case away: what its buyer makes with what it was given.

    ``made`` names what each buyer makes.
    """
    told = {(asking, name) for case in cases for asking in made.get(case.buyer, ()) for name in case.names}
    return [pair for pair in pairs if pair not in told]


def made_in(cases: Iterable[Case]) -> dict[str, tuple[str, ...]]:
    """Names of what firms make, from the makers that cases look through."""
    markets = {id(case.market): case.market for case in cases if not case.agreed}
    return {one.id: one.product_names for market in markets.values() for one in market.offers}


def evidence_of(cases: Iterable[Case]) -> Evidence:
    """How much the cases say."""
    known = list(cases)
    return Evidence(
        agreed=sum(len(case.answers) for case in known if case.agreed),
        supplied=sum(len(case.answers) for case in known if not case.agreed),
        buyers=len({case.buyer for case in known}),
    )


def rows_of(cases: Iterable[Case], seed: int = 0) -> Iterator[tuple[str, Query]]:
    """Each case twice, with all that is known of its buyer and as if nobody knew who asks; with the buyer's id."""
    random = np.random.default_rng(seed)
    for case in cases:
        known = around(case.wanted, case.market.network)
        nobody = replace(case.wanted, party=None)
        for asking in (Asking(case.wanted, known), Asking(nobody, _of_the_thing(known))):
            (question,) = questions([asking], case.market)
            yield case.buyer, _query(case, question, random)


def _of_the_thing(known: Context) -> Context:
    """What is known of the wanted thing, whoever wants it."""
    return Context(related=known.related)


def _query(case: Case, question: Question, random: np.random.Generator) -> Query:
    """What recall found, as the product would weigh it: the answers, the strongest by any part, some of the rest."""
    own = np.flatnonzero([one.party is not None and one.party.id == case.buyer for one in case.market.offers])
    positions = np.setdiff1d(recall(question, case.market).positions, own)
    found = prospects(question, case.market, positions)
    answer = np.isin(found.positions, case.right)
    leading = [found.points, *found.values[:, :-1].T]
    strong = np.unique(np.concatenate([np.argsort(-one, kind="stable")[:STRONG] for one in leading]))
    rest = np.setdiff1d(np.flatnonzero(~answer), strong)
    drawn = random.choice(rest, min(DRAWN, len(rest)), replace=False)
    places = np.concatenate([np.flatnonzero(answer), strong[~answer[strong]], drawn])
    count = np.ones(len(places), dtype=np.float32)
    if len(drawn):
        count[-len(drawn) :] = len(rest) / len(drawn)
    right = np.arange(int(answer.sum()))
    numbers = numbers_of([pair_of(question, case.market, found, at, date.min) for at in places.tolist()])
    return Query(numbers, right, np.arange(len(right), len(places)), count, 1.0 / max(len(case.right), 1))


def numbers_of(pairs: list[Pair]) -> Floats:
    """Feature values of pairs, by the product's own scorers."""
    return values(pairs, [findings(pair) for pair in pairs])
