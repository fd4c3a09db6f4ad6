"""All open needs of a chain, or of all, matched at once: taken up again where it stopped, weighed for both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.auth import traces
from api.auth.disclosure import may_for
from api.auth.matches import disclosed_result, sees
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.i18n import language
from api.journal import Journal
from api.pairing import load_market, load_reach, model_stamp
from api.schemas.batch import NeedProposals
from graph.queries import queries
from matching import pairing
from matching.pairing.exposure import Place, weigh

if TYPE_CHECKING:
    from graph.store import Store
    from matching.gaps import Ring
    from matching.pairing import Market, Result

MOST = 10
JOURNAL = ".jsonl"
_TOWN = "town"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """Which needs, and how far away who answers them may work; None asks for all."""

    chain: str | None = None
    ring: Ring | None = None
    town: str | None = None
    limit: int = 5


@dataclass(frozen=True)
class OpenNeed:
    """An open need: who posts it, its chains, the places its buyer works in as id, name and level."""

    id: str
    number: str | None
    name: str
    buyer: str | None
    buyer_name: str | None
    chains: Sequence[str]
    places: Sequence[Sequence[str]]

    @property
    def towns(self) -> dict[str, str]:
        """Names of the buyer's towns by id."""
        return {id_: name for id_, name, level in self.places if level == _TOWN}


@dataclass(frozen=True)
class Found:
    """What was found for a need, and which graded fields of whom it tells."""

    proposals: NeedProposals
    subjects: Sequence[str] = ()
    fields: Sequence[str] = ()

    def kept(self) -> dict[str, Any]:
        """As a journal keeps it."""
        return {"proposals": self.proposals.model_dump(), "subjects": self.subjects, "fields": self.fields}

    @classmethod
    def taken_up(cls, kept: dict[str, Any]) -> Found:
        """From a journal."""
        return cls(NeedProposals.model_validate(kept["proposals"]), kept["subjects"], kept["fields"])


@dataclass
class Run:
    """Needs asked for, and what was found so far, by need; ``resumed`` were taken over from before."""

    needs: Sequence[str] = ()
    done: dict[str, Found] = field(default_factory=dict)
    resumed: int = 0

    def found(self, skip: int = 0, limit: int | None = None, *, most: int = MOST) -> list[NeedProposals]:
        """What was found so far, in the order of the needs, each place weighed for both sides; noted as shown."""
        known = self._known
        part = slice(skip, None if limit is None else skip + limit)
        for one in known[part]:
            traces.shown(one.subjects, one.fields)
        return weighed([one.proposals for one in known], most)[part]

    def counts(self, most: int = MOST) -> Batch:
        """What came of it so far."""
        found = weighed([one.proposals for one in self._known], most)
        beyond = sum(not one.within for need in found for one in need.candidates)
        return Batch(len(self.needs), sum(bool(need.candidates) for need in found), self.resumed, beyond)

    @property
    def _known(self) -> list[Found]:
        return [self.done[need] for need in self.needs if need in self.done]


@dataclass(frozen=True)
class Batch:
    """What came of it: needs, those with a candidate, those taken over from before, places beyond a firm's limit."""

    needs: int
    served: int
    resumed: int
    beyond: int


def open_needs(store: Store, today: date) -> list[OpenNeed]:
    """The open needs the viewer may match: a contact its own firm's, an official with towns those of firms there."""
    towns = viewer().towns
    found = (OpenNeed(**row) for row in store.read(queries.list_open_needs, today=today))
    return [
        need
        for need in found
        if may_for({need.buyer} if need.buyer else set(), Action.MATCH)
        and (not towns or any(id_ in towns for id_, _name, _level in need.places))
    ]


def chosen(needs: Iterable[OpenNeed], asked: Asked) -> list[OpenNeed]:
    """Those of a chain and town."""
    return [need for need in needs if asked.chain in (None, *need.chains) and asked.town in (None, *need.towns)]


def question(store: Store, asked: Asked, today: date) -> dict[str, Any]:
    """All that what is found depends on, but the needs: a journal of another question is not taken up."""
    who = viewer()
    (answers,) = store.read(queries.count_pair_answers)
    return {
        "sight": [sorted(who.roles), sorted(who.towns), who.firm, who.local],
        "language": language(),
        "revision": store.revision(),
        "answers": answers["count"],
        "day": today.isoformat(),
        "limit": asked.limit,
        "ring": asked.ring,
        "model": str(model_stamp()),
    }


def find_all(
    store: Store,
    asked: Asked,
    today: date,
    journal: Journal,
    *,
    run: Run,
    market: Callable[[Store], Market] = load_market,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Match the needs asked for that the journal does not know, until stopped; ``run`` holds what is found so far."""
    run.needs = [need.id for need in chosen(open_needs(store, today), asked)]
    known = journal.take_up(question(store, asked, today))
    run.done = {need: Found.taken_up(known[need]) for need in run.needs if need in known}
    run.resumed = len(run.done)
    rest = [need for need in run.needs if need not in run.done]
    if not rest:
        return
    wanted = _until(stop, rest)
    listings = (pairing.load_need(store, need) for need in wanted)
    reach = load_reach(store, asked.ring)
    found_all = pairing.find_all(store, listings, market(store), today, limit=asked.limit, reach=reach, see=sees())
    for result in found_all:
        found = _found(store, result)
        run.done[found.proposals.need.id] = found
        journal.add(found.proposals.need.id, found.kept())
        if progress:
            progress(len(run.done), len(run.needs))
        if stop():
            return


def _until(stop: Callable[[], bool], needs: Iterable[str]) -> Iterator[str]:
    for need in needs:
        if stop():
            return
        yield need


def _found(store: Store, result: Result) -> Found:
    """What a need finds, as the viewer may see it."""
    with traces.collecting() as shown:
        proposals = NeedProposals.of(disclosed_result(store, result))
    return Found(proposals, sorted(shown.subjects), sorted(shown.fields))


def weighed(found: Sequence[NeedProposals], most: int = MOST) -> list[NeedProposals]:
    """The same with both sides' view of every place, and whether the firm stands there within its limit."""
    places = [Place(one.need.id, proposal.who, proposal.score) for one in found for proposal in one.candidates]
    values = iter(weigh(places, most))

    def told(one: NeedProposals) -> NeedProposals:
        both = [(proposal, next(values)) for proposal in one.candidates]
        changed = [p.model_copy(update={"mutual": round(w.mutual, 2), "within": w.within}) for p, w in both]
        return one.model_copy(update={"candidates": changed})

    return [told(one) for one in found]


def match_all(
    store: Store,
    path: Path,
    today: date,
    *,
    asked: Asked = Asked(),
    most: int = MOST,
    progress: Progress | None = None,
) -> Batch:
    """Match open needs and write the list; a run that was cut off goes on where it was.

    What is done stands in a journal beside the file.
    """
    from api.reports.pairing_list import write_pairings

    journal, run = Journal(path.with_suffix(JOURNAL), store.vault), Run()
    find_all(store, asked, today, journal, run=run, progress=progress)
    write_pairings(path, run.found(most=most), most)
    journal.close()
    return run.counts(most)
