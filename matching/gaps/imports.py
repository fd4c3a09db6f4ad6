"""What home buys of a segment from abroad, and how much of it goes with a country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.messages import N_, Message
from matching.gaps.facts import PurchaseFact
from matching.gaps.figure import Counts, Figure, Secret, Secrets, missing, ratio, sums
from matching.gaps.removal import ALL_IMPORTS

NOTE = N_("依据 {total} 笔采购中的 {known} 笔（采购额、进口占比和国别均已知）")
UNKNOWN = N_("{total} 笔采购中没有一笔的采购额、进口占比和国别均已知")


@dataclass(frozen=True)
class Imports:
    """Purchases of one segment at home: ``lost`` is what goes with a country (``*``: all imports), in CNY a year.

    ``whole`` and ``known`` count, for one country and for all imports, the purchases that say enough; ``total`` all.
    ``importing`` and ``buying`` are the purchases added up in ``lost`` and ``whole``.
    """

    lost: Mapping[str, float]
    whole: Mapping[bool, int]
    known: Mapping[bool, int]
    total: int
    importing: Mapping[str, Secrets]
    buying: Mapping[bool, Secrets]

    def without(self, countries: Collection[str]) -> Figure:
        """Part of the purchases that no longer comes in without ``countries``, weighted by amount; range 0-1.

        Countries are added up; where all imports go, too, the larger of the two parts stands.
        """
        named = [country for country in sorted(countries) if country != ALL_IMPORTS]
        parts = [self._part(named, every=False)] if named else []
        if ALL_IMPORTS in countries:
            parts.append(self._part([ALL_IMPORTS], every=True))
        return max(parts, key=lambda figure: -1.0 if figure.value is None else figure.value)

    def _part(self, countries: Iterable[str], *, every: bool) -> Figure:
        counts: Counts = {"known": self.known[every], "total": self.total}
        if not self.whole[every]:
            return missing(UNKNOWN, **counts)
        gone = [country for country in countries if country in self.lost]
        lost = sum(self.lost[country] for country in gone)
        secrets = sums((one for country in gone for one in self.importing[country]), self.buying[every])
        return ratio(lost, self.whole[every], Message(NOTE, dict(counts)), **counts, secrets=secrets)


def imports(purchases: Iterable[PurchaseFact]) -> Imports:
    """Add up the purchases of one segment.

    A purchase counts for all imports when its amount and import share are known; for one country when it imports
    nothing, or names its main country and that country's share of the purchase.
    """
    lost: dict[str, float] = defaultdict(float)
    whole, known, total = {True: 0, False: 0}, {True: 0, False: 0}, 0
    importing: dict[str, set[Secret]] = defaultdict(set)
    buying: dict[bool, set[Secret]] = {True: set(), False: set()}
    for fact in purchases:
        total += 1
        if not fact.amount or fact.import_share is None:
            continue
        secret = Secret(fact.buyer, fact.product)
        named = fact.import_country is not None and fact.single_country_share is not None
        if fact.import_share:
            lost[ALL_IMPORTS] += fact.amount * fact.import_share
            importing[ALL_IMPORTS].add(secret)
        for every in (True, *((False,) if named or fact.import_share == 0 else ())):
            whole[every] += fact.amount
            known[every] += 1
            buying[every].add(secret)
        if named and fact.import_share:
            lost[str(fact.import_country)] += fact.amount * min(fact.single_country_share or 0.0, fact.import_share)
            importing[str(fact.import_country)].add(secret)
    return Imports(
        lost=dict(lost),
        whole=whole,
        known=known,
        total=total,
        importing={country: frozenset(secrets) for country, secrets in importing.items()},
        buying={every: frozenset(secrets) for every, secrets in buying.items()},
    )
