"""Hard pairs and made-up listings in one graph: our matcher beside neo4j-graphrag's hybrid retriever.

``python -m benchmarks.pairing_peer``; neo4j-graphrag comes with the extra ``bench``. The retriever searches the vector
index that ``ronglian db vectors`` fills, with our encoder as its embedder, and a full-text index of all words of the
listings, cut for Chinese. Quality: nDCG of each need's labelled pairs in the order found (``yes`` counts 1, ``near`` a
half; what is not labelled is left out; what is not found comes last). Latency: ten answers to a need of the graph, ours
with all that the graph says around it; processor time is that of both processes, server and this one, which a busy
machine does not stretch.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from math import log2
from pathlib import Path
from statistics import mean, median
from typing import Any

import neo4j
from neo4j_graphrag.embeddings.base import Embedder
from neo4j_graphrag.retrievers import HybridRetriever

from api.pairing import SHIPPED
from benchmarks.harness import Result, Server, own_server
from benchmarks.made_up_listings import make_up
from graph.model import ControlledBy, Enterprise, FirmStatus, Grade, Group, Need, Offer, Posts, SuppliesTo
from graph.store import Store
from loaders.base import Job, load
from loaders.catalog.loader import open_catalog
from loaders.provenance import Fact, Row, Source
from matching import pairing
from matching.learning.encoder import Encoder
from matching.learning.encoder import load as load_encoder
from matching.pairing.subject import subjects
from matching.pairing.vectors import INDEX, keep_vectors

PAIRS = Path(__file__).parents[1] / "tests" / "matching" / "hard_pairs.csv"
TODAY = date(2026, 12, 1)
NOISE, TOP, DEEP, TIMED, ROUNDS = 10_000, 10, 300, 60, 3
GAIN = {"yes": 1.0, "near": 0.5, "no": 0.0}
OF_NEED = ("need", "need_limit", "need_certificate", "need_quantity", "need_unit", "need_days")
FULLTEXT = "bench_listing_words"
WORDS = """
MATCH (v:ListingVector) MATCH (n:Listing {id: v.id})
SET v.words = n.name + ' ' + coalesce(n.text, '')
"""
MADE_UP = """
UNWIND $rows AS row
CREATE (n:Entity:Listing:Offer {id: row.id, number: row.id, name: row.name, text: row.text, state: 'open'})
"""
INDICES = (
    f"CREATE FULLTEXT INDEX {FULLTEXT} IF NOT EXISTS FOR (v:ListingVector) ON EACH [v.words] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
    "CALL db.awaitIndexes(300)",
)
Case = dict[str, str]
Judged = dict[str, dict[str, float]]  # need → listing → gain
Search = Callable[[str, int], list[str]]


class OurEmbedder(Embedder):
    """Our encoder of what is wanted, for the retriever."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def embed_query(self, text: str) -> list[float]:
        """The vector of what a need is about; any direction where the encoder knows none of its words."""
        vector = self.encoder.document.encode(["；".join(item.core for item in subjects(text))])[0]
        found: list[float] = (vector if vector.any() else vector + 1.0).tolist()
        return found


def _facts(cases: list[Case], judged: Judged) -> Iterator[Fact]:
    """Needs, offers and firms of the hard pairs; every offer is another firm's."""
    buyer, group = Enterprise(name="示例重工有限公司", status=FirmStatus.ACTIVE), Group(name="示例集团")
    yield from (buyer, group, ControlledBy(start=buyer.id, end=group.id))
    known: dict[tuple[str, ...], Need] = {}
    for number, case in enumerate(cases):
        key = tuple(case[column] for column in OF_NEED)
        if key not in known:
            known[key] = need = Need(number=f"N-{number}", name=case["need"], **_terms(case, "need"))
            yield from (need, Posts(start=buyer.id, end=need.id))
        state, until = case["state"] or "open", case["expires_on"] or None
        more = _terms(case, "offer") | {"state": state, "expires_on": until}
        offer = Offer(number=f"O-{number}", name=case["offer"], **more)
        firm = Enterprise(name=f"示例供方{number}有限公司", status=FirmStatus(case["status"] or "active"))
        judged[known[key].id][offer.id] = GAIN[case["right"]]
        seller = buyer if case["itself"] else firm
        yield from (offer, firm, Posts(start=seller.id, end=offer.id))
        if case["group"]:
            yield ControlledBy(start=firm.id, end=group.id)
        if case["partner"]:
            products = [] if case["partner"] == "-" else [case["partner"]]
            yield SuppliesTo(start=firm.id, end=buyer.id, products=products)


def _terms(case: Case, side: str) -> dict[str, Any]:
    said = {
        "limits": [case[f"{side}_limit"]] if case[f"{side}_limit"] else [],
        "certificates": [case[f"{side}_certificate"]] if case[f"{side}_certificate"] else [],
        "quantity": case[f"{side}_quantity"] or None,
        "unit": case[f"{side}_unit"] or None,
        "lead_time_days": case[f"{side}_days"] or None,
    }
    return {name: value for name, value in said.items() if value}


def _fill(store: Store, driver: neo4j.Driver, encoder: Encoder) -> Judged:
    cases = list(csv.DictReader(PAIRS.read_text(encoding="utf-8").splitlines()))
    judged: Judged = defaultdict(dict)
    load(store, open_catalog())
    source = Source("hard-pairs", "困难样例", 1, TODAY, Grade.STRONG, 0, sample=True)
    load(store, Job(source, [Row(f"{at}", (one,)) for at, one in enumerate(_facts(cases, judged))], "1"))
    rows = [{"id": one.id, "name": one.name, "text": one.text} for one in make_up(NOISE, 0).offers]
    driver.execute_query(MADE_UP, rows=rows)
    keep_vectors(store, encoder, SHIPPED.name, TODAY)
    driver.execute_query(WORDS)
    for statement in INDICES:
        driver.execute_query(statement)
    return judged


def _peer(driver: neo4j.Driver, encoder: Encoder, names: dict[str, str]) -> Search:
    retriever = HybridRetriever(driver, INDEX, FULLTEXT, OurEmbedder(encoder), return_properties=["id"])

    def search(need: str, limit: int) -> list[str]:
        found = retriever.get_search_results(query_text=names[need], top_k=limit).records
        return [record["node"]["id"] for record in found]

    return search


def _ours(store: Store, encoder: Encoder) -> Search:
    market = pairing.load_market(store, encoder).prepare()

    def search(need: str, limit: int) -> list[str]:
        found = pairing.find(store, pairing.load_need(store, need), market, TODAY, limit=limit)
        listed = [*found.candidates, *found.near_misses]
        return [id_ for one in listed for id_ in (one.offered.id, *(other.id for other in one.others))]

    return search


def ndcg(order: list[str], gains: dict[str, float]) -> float:
    """Of the labelled listings, in the order found."""
    found = [gains[one] for one in order if one in gains]
    best = sorted(gains.values(), reverse=True)
    return _discounted(found) / _discounted(best)


def _discounted(gains: list[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def _timed(search: Search, needs: list[str], server: Server) -> tuple[float, float]:
    """Median seconds of an answer, and mean seconds of processor time; the first round is not counted."""
    for need in needs:
        search(need, TOP)
    spent, before = [], server.processor_time()
    for need in needs * ROUNDS:
        started = time.perf_counter()
        search(need, TOP)
        spent.append(time.perf_counter() - started)
    return median(spent), (server.processor_time() - before) / len(spent)


def run(server: Server) -> list[Result]:
    """Compare both; the loss of quality (1 − nDCG) is held against the peer's, and so is the time."""
    encoder = load_encoder(SHIPPED)
    with server.store() as store, neo4j.GraphDatabase.driver(server.connection.uri, auth=server.auth) as driver:
        judged = _fill(store, driver, encoder)
        needs = [need for need, gains in judged.items() if any(gains.values())]
        names = {need: pairing.load_need(store, need).name for need in needs}
        both = {"ours": _ours(store, encoder), "peer": _peer(driver, encoder, names)}
        quality = {who: mean(ndcg(search(need, DEEP), judged[need]) for need in needs) for who, search in both.items()}
        timed = {who: _timed(search, needs[:TIMED], server) for who, search in both.items()}
    listings = f"{len(needs)} needs, {NOISE + sum(map(len, judged.values())):,} offers"
    note = f"{listings}; nDCG {quality['ours']:.3f} against {quality['peer']:.3f}"
    return [
        Result("pairing, loss of nDCG / hybrid retriever's", 1 - quality["ours"], 1 - quality["peer"], 1.0, note),
        *(
            Result(f"pairing, {what} of an answer / hybrid retriever's", ours, peer, 1.0, listings)
            for what, ours, peer in zip(("time", "processor time"), timed["ours"], timed["peer"], strict=True)
        ),
    ]


def main() -> int:
    """Print the ratios."""
    with own_server() as server:
        results = run(server)
    for one in results:
        print(f"{one.name}: {one.ours:.4f} / {one.reference:.4f} = {one.ratio:.2f}, limit {one.limit:g}; {one.note}")
    return 0 if all(one.ok for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
