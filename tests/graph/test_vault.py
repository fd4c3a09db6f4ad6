"""Sensitive values are ciphertext in the database and themselves everywhere else, whatever is done to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import sealing
from graph.digest import digest
from graph.disclosure import encrypted, encrypted_of, graded
from graph.errors import KeyExposed, KeyFileUnusable, KeyMissing, KeyWrong, SealBroken
from graph.grades import Disclosure
from graph.model import At, Buys, Enterprise, Event, EventRole, Makes, Need, Participation, Posts, Product
from graph.queries import Cardinality, Query, queries
from graph.sealing import prepare, rotate
from graph.store import Store
from graph.vault import Vault, new_key, read_keys, write_keys
from loaders.kept import kept_before
from loaders.runs import note
from loaders.undo import undo
from tests.graphs import clear, source, write

FIRM = Enterprise(name="示例整机有限公司")
PRODUCT = Product(name="RV减速器")
NEED = Need(number="N-900", name="减速器", amount=123_454_321)
BOUGHT = Buys(start=FIRM.id, end=PRODUCT.id, amount=987_654_321, import_share=0.6183, import_country="金丝雀国")
EVENT = Event(number="E-1", name="会", held_on="2026-12-03", starts="09:00", ends="10:00", minutes=20, halls=["A=2"])
COMING = Participation(
    name="参会登记", event=EVENT.id, organisation=FIRM.id, role=EventRole.LEADER, attendees=["金丝雀先生"]
)
FACTS = (
    FIRM,
    PRODUCT,
    NEED,
    BOUGHT,
    Posts(start=FIRM.id, end=NEED.id),
    EVENT,
    COMING,
    At(start=COMING.id, end=EVENT.id),
)
CANARIES = ("987654321", "123454321", "0.6183", "金丝雀")
RAW = Query(
    "raw",
    """
    MATCH (n) RETURN [value IN [key IN keys(n) | n[key]] | toStringOrNull(value)]
      + [value IN [key IN keys(n) | n[key]] WHERE value IS :: LIST<ANY> | toString(size(value))]
      + reduce(all = [], value IN [key IN keys(n) WHERE n[key] IS :: LIST<STRING NOT NULL> | n[key]] | all + value)
      AS texts
    UNION ALL
    MATCH ()-[r]->() RETURN [value IN [key IN keys(r) | r[key]] | toStringOrNull(value)]
      + reduce(all = [], value IN [key IN keys(r) WHERE r[key] IS :: LIST<STRING NOT NULL> | r[key]] | all + value)
      AS texts
    """,
    "Every value of every node and relationship.",
    frozenset(),
    ("texts",),
    Cardinality.MANY,
)
SPOIL = Query(
    "spoil", "MATCH ()-[r:BUYS]->() SET r.amount = left(r.amount, 60) + 'AAAA'", "", frozenset(), (), Cardinality.WRITE
)

ELSEWHERE = Query(
    "elsewhere",
    """
    CREATE (a:Alias {id: 'alias', labels: ['Entity', 'Listing', 'Need'], amount: $sealed})
    CREATE (:Entity:SnapshotEntry {id: 'entry', figures: $sealed})
    CREATE (:Entity:EventChange {id: 'change', before: $sealed})
    CREATE (e:Entity {id: 'one'})-[:WITHIN {within: 'BUYS', amount: $sealed}]->(e)
    """,
    "Where sealed values stand beside statements.",
    frozenset({"sealed"}),
    (),
    Cardinality.WRITE,
)


def raw(store: Store) -> str:
    """All that the database holds, as it holds it."""
    vault, store.vault = store.vault, None
    try:
        return "\n".join(str(text) for row in store.stream(RAW) for text in row["texts"] if text is not None)
    finally:
        store.vault = vault


def shown(store: Store) -> str:
    """All that the database holds, as whoever reads it gets it."""
    return "\n".join(str(text) for row in store.stream(RAW) for text in row["texts"] if text is not None)


@pytest.fixture
def own(store: Store, tmp_path: Path) -> Iterator[tuple[Store, Path]]:
    """The shared graph with a key file of its own."""
    before, path = store.vault, tmp_path / "keys" / "secret.keys"
    store.vault = None
    prepare(store, path)
    yield store, path
    store.vault = before


VALUES = st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | st.lists(st.text() | st.integers())


@given(VALUES)
def test_what_is_sealed_opens_to_the_same_and_never_looks_the_same(value: Any) -> None:
    vault = Vault([new_key()])
    one, other = vault.seal(value), vault.seal(value)
    assert one != other
    assert vault.opened(one) == vault.opened(other) == value
    assert Vault([new_key(), new_key()]).opened(one) == one  # no key of ours: a text like any other


@given(st.text())
def test_a_text_nobody_sealed_is_itself(text: str) -> None:
    vault = Vault([new_key()])
    assert vault.opened(text) == text
    assert vault.opened(f"sealed:{text}") == f"sealed:{text}"


@given(st.integers(min_value=0, max_value=200))
def test_whatever_letter_is_changed_is_noticed(place: int) -> None:
    vault = Vault([b"k" * 32])
    text = vault.seal(987_654_321)
    place = len(vault.prefix) + place % (
        len(text.rstrip("=")) - len(vault.prefix) - 1
    )  # the last one has bits that say nothing
    spoiled = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    with pytest.raises(SealBroken):
        vault.opened(spoiled)


def test_every_sensitive_property_is_kept_encrypted() -> None:
    for owner, field, grade in graded():
        assert grade is not Disclosure.SENSITIVE or field in encrypted_of(owner), (owner, field)
    assert encrypted()["Participation"] == {"attendees", "contact", "email", "mobile"}
    assert "name" not in encrypted()["Need"]


def test_no_secret_stands_in_the_database_and_all_come_back(own: tuple[Store, Path]) -> None:
    store, _ = own
    first = write(store, *FACTS)
    write(store, *FACTS, of=source("other"))  # two sources: the nodes are settled, not written
    plain = digest(store).value
    assert [canary for canary in CANARIES if canary in raw(store)] == []
    assert all(canary in shown(store) for canary in CANARIES)
    changed = BOUGHT.model_copy(update={"amount": 555_555_555})
    again = write(store, *(changed if fact is BOUGHT else fact for fact in FACTS))
    before = kept_before(store, again.run)
    assert before is not None
    assert before.ties[FIRM.id, "BUYS", PRODUCT.id]["props"]["amount"] == 987_654_321
    assert digest(store).value != plain
    assert "555555555" not in raw(store)
    undo(store, again.run)
    assert digest(store).value == plain
    assert [canary for canary in CANARIES if canary in raw(store)] == []
    undo(store, first.run)
    assert digest(store).value != plain


def test_the_same_load_twice_changes_nothing_though_ciphertext_differs(own: tuple[Store, Path]) -> None:
    store, _ = own
    write(store, *FACTS)
    once = digest(store).value
    clear(store)
    write(store, *FACTS)
    assert digest(store).value == once
    kept, store.vault = store.vault, None
    assert digest(store).value != once
    store.vault = kept


def test_cells_that_were_refused_are_kept_encrypted(own: tuple[Store, Path]) -> None:
    store, _ = own
    run = write(store, FIRM).run
    said = json.dumps(
        ["采购 3 行", {"template": "“{value}”不是数字", "values": {"value": "金丝雀万元"}}], ensure_ascii=False
    )
    store.write(lambda tx: note(tx, run, {"drop_notes": [said], "finished_at": datetime.now(UTC)}))
    assert "金丝雀" not in raw(store)
    assert "金丝雀" in shown(store)


def test_rotation_seals_all_anew_and_counts(own: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    store, path = own
    assert store.vault is not None
    write(store, *FACTS)
    plain, old = digest(store).value, store.vault.prefix
    running = Vault(read_keys(path), path)  # a service that knows nothing of it
    monkeypatch.setattr(sealing, "_STEP", 1)
    count = rotate(store, path)
    assert count >= 5  # need and registration, their statements, what was bought
    assert digest(store).value == plain
    assert old not in raw(store)
    assert store.vault.prefix in raw(store)
    assert len(read_keys(path)) == 2
    assert running.opened(store.vault.seal("x")) == "x"
    assert running.current == store.vault.current
    rotate(store, path)
    assert len(read_keys(path)) == 2
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_mark_needs_the_key_and_outlives_one_rotation(own: tuple[Store, Path]) -> None:
    store, path = own
    assert store.vault is not None
    running = Vault(read_keys(path), path)
    (mark,) = running.marks("code")
    assert mark not in Vault([new_key()]).marks("code")
    assert mark not in running.marks("other")
    rotate(store, path)
    assert running.marks("code")[1] == mark
    rotate(store, path)
    assert mark not in running.marks("code")


def test_a_rotation_that_was_killed_goes_on_under_the_key_it_began_with(own: tuple[Store, Path]) -> None:
    store, path = own
    write(store, *FACTS)
    plain = digest(store).value

    def kill(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(store, path, kill)
    begun = read_keys(path)[0]
    assert digest(store).value == plain  # half under one key, half under the other
    assert sealing.status(store, path)["unfinished"]
    prepare(store, path)
    assert digest(store).value == plain
    assert rotate(store, path) > 0
    assert read_keys(path)[0] == begun
    assert not sealing.status(store, path)["unfinished"]
    assert digest(store).value == plain


def test_a_graph_of_before_is_sealed_when_it_is_opened(store: Store, tmp_path: Path) -> None:
    before, store.vault = store.vault, None
    try:
        write(store, *FACTS)
        plain = digest(store).value
        assert "987654321" in raw(store)
        prepare(store, tmp_path / "secret.keys")
        assert [canary for canary in CANARIES if canary in raw(store)] == []
        assert digest(store).value == plain
    finally:
        store.vault = before


def test_without_the_key_nothing_opens_and_the_error_says_what_to_do(own: tuple[Store, Path]) -> None:
    store, path = own
    kept = path.read_bytes()
    path.unlink()
    with pytest.raises(KeyMissing, match=r"secret\.keys") as missing:
        prepare(store, path)
    assert "RONGLIAN_KEY_FILE" in str(missing.value.remedy)
    assert not path.exists()  # no new key in place of the lost one
    write_keys(path, [new_key()])
    with pytest.raises(KeyWrong):
        prepare(store, path)
    path.write_bytes(kept)
    path.chmod(0o644)
    with pytest.raises(KeyExposed) as exposed:
        prepare(store, path)
    assert "chmod 600" in str(exposed.value.remedy)
    path.chmod(0o600)
    for text in (b"", b"# nothing\n", b"c2hvcnQ=\n", b"?" * 44):
        path.write_bytes(text)
        with pytest.raises(KeyFileUnusable):
            prepare(store, path)
    path.write_bytes(kept)
    prepare(store, path)


def test_two_that_make_the_first_key_agree(tmp_path: Path) -> None:
    path = tmp_path / "secret.keys"
    write_keys(path, [b"a" * 32], new=True)
    with pytest.raises(FileExistsError):
        write_keys(path, [b"b" * 32], new=True)
    assert read_keys(path) == (b"a" * 32,)
    assert [file.name for file in tmp_path.iterdir()] == ["secret.keys"]


def test_a_value_changed_in_the_database_is_noticed(own: tuple[Store, Path]) -> None:
    store, _ = own
    write(store, *FACTS, Makes(start=FIRM.id, end=PRODUCT.id, share=0.5))
    store.keep(lambda tx: tx.run(SPOIL))
    with pytest.raises(SealBroken):
        digest(store)


def test_rotation_reaches_what_was_joined_and_what_a_snapshot_and_an_edit_keep(own: tuple[Store, Path]) -> None:
    store, path = own
    write(store, *FACTS)
    store.keep(lambda tx: tx.run(ELSEWHERE, sealed=tx.sealed(["BUYS"], {"amount": 777_777_777})["amount"]))
    old = store.vault.prefix if store.vault else ""
    rotate(store, path)
    assert old not in raw(store)
    assert raw(store).count(store.vault.prefix if store.vault else "?") >= 4
    assert shown(store).count("777777777") == 4


FIELDS = "|".join(sorted({field for fields in encrypted().values() for field in fields} - {"quantity", "payload"}))
COMPUTED = re.compile(
    rf"(?:max|min|sum|avg|coalesce|toFloat|round)\(\w+\.(?:{FIELDS})\b"
    rf"|\.(?:{FIELDS})\s*(?:[<>=+*/-]|STARTS|CONTAINS|IN\b|=~)"
    rf"|ORDER BY[^\n]*\.(?:{FIELDS})\b"
)


PLAIN = {":Review": ".score"}
"""The same word where nothing is sealed: how alike two firms are is no secret, the score of a kept day is."""


@pytest.mark.parametrize("query", list(queries), ids=lambda query: query.name)
def test_no_query_computes_with_what_it_sees_as_ciphertext(query: Query) -> None:
    text = query.text
    for label, word in PLAIN.items():
        text = text.replace(word, "") if label in text else text
    assert not COMPUTED.search(text), "leave it to who reads: graph/vault.py"


def test_that_it_would_be_found() -> None:
    for text in ("max(coalesce(r.share, 0.0))", "WHERE b.amount > 5", "ORDER BY r.share DESC", "sum(b.import_share)"):
        assert COMPUTED.search(text)
