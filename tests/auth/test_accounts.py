"""Accounts, passwords, the throttle: what the command line and the pages rest on."""

from __future__ import annotations

import pytest

from api.auth import passwords
from api.auth.accounts import Accounts, account_id
from api.auth.doorkeeper import Doorkeeper
from api.auth.errors import (
    AccountExists,
    AdministratorFirst,
    CommonPassword,
    LastAdministrator,
    NameUnusable,
    NoSuchAccount,
    TooManyAttempts,
    WeakPassword,
    WrongCredentials,
)
from api.auth.roles import Role
from api.auth.throttle import FREE, LONGEST_WAIT, QUIET, Throttle
from graph.digest import digest
from graph.queries import queries
from graph.records import RECORDS
from graph.store import Store
from tests.auth.people import PASSWORD, add

ELSEWHERE = "192.0.2.7"


def test_the_first_account_is_an_administrator(store: Store) -> None:
    accounts = Accounts(store)
    assert not accounts.required()
    with pytest.raises(AdministratorFirst):
        accounts.add("reader", PASSWORD, [Role.VIEWER])
    first = accounts.add("admin", PASSWORD, [Role.ADMIN])
    assert accounts.required()
    assert not first.must_change
    assert accounts.add("reader", PASSWORD, [Role.VIEWER]).must_change
    assert [one.account.name for one in accounts.all()] == ["admin", "reader"]


def test_names_that_look_alike_are_one(store: Store) -> None:
    accounts = Accounts(store)
    accounts.add("Admin", PASSWORD, [Role.ADMIN])
    for name in ("admin", "ADMIN", "Ａｄｍｉｎ"):
        with pytest.raises(AccountExists):
            accounts.add(name, PASSWORD, [Role.ADMIN])
        assert accounts.get(name).name == "Admin"
    with pytest.raises(NoSuchAccount):
        accounts.get("somebody")


@pytest.mark.parametrize("name", ["", "a", "a b", "a\nb", "<script>", "../etc", "x" * 65, "a\x00b", "名 字"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(NameUnusable):
        account_id(name)


@pytest.mark.parametrize(
    "password",
    ["", "short", "aaaaaaaaaaaaaaaa", "abababababababab", "0123456789012345", "my-admin-word-1", "x1y2z3" * 50],
)
def test_what_is_too_easy_to_guess(password: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_strength("Admin", password)


@pytest.mark.parametrize(
    "password",
    [
        "Passw0rd12345",
        "password123456",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "woaini1314520",
        "ronglian2026",
    ],
)
def test_what_is_long_enough_and_yet_common(password: str) -> None:
    with pytest.raises(CommonPassword):
        passwords.check_strength("Admin", password)


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "四个不相干的词语连在一起", "gT7#pQ9!xZ2&", "a quiet harbour, seven lamps, " * 4],
)
def test_what_nobody_would_try_first(password: str) -> None:
    passwords.check_strength("admin", password)


def test_only_a_hash_is_kept(store: Store) -> None:
    account = Accounts(store).add("admin", PASSWORD, [Role.ADMIN])
    row = store.one(queries.get_account, id=account.id)
    assert row is not None
    assert row["account"]["password"].startswith("$argon2id$")
    assert PASSWORD not in str(row)


def test_records_are_no_part_of_the_graph_about_the_world(store: Store) -> None:
    before, revision = digest(store), store.revision()
    add(store, "admin", Role.ADMIN)
    Doorkeeper(store).sign_in("admin", PASSWORD, ELSEWHERE)
    assert digest(store) == before
    assert store.revision() == revision
    assert all("Entity" not in record.LABEL for record in RECORDS.values())


def test_the_last_administrator_stays(store: Store) -> None:
    accounts = Accounts(store)
    add(store, "admin", Role.ADMIN)
    with pytest.raises(LastAdministrator):
        accounts.disable("admin")
    add(store, "second", Role.ADMIN)
    accounts.disable("admin")
    assert not accounts.get("admin").enabled
    with pytest.raises(LastAdministrator):
        accounts.disable("second")
    accounts.enable("admin")
    accounts.disable("second")


def test_wrong_name_wrong_password_and_a_disabled_account_look_the_same(store: Store) -> None:
    add(store, "admin", Role.ADMIN)
    add(store, "gone", Role.VIEWER)
    Accounts(store).disable("gone")
    doorkeeper = Doorkeeper(store)
    said = set()
    for name, password in (("admin", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD), ("<x>", PASSWORD)):
        with pytest.raises(WrongCredentials) as caught:
            doorkeeper.sign_in(name, password, ELSEWHERE)
        said.add((str(caught.value), str(caught.value.remedy)))
    assert len(said) == 1


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_guessing_gets_slower_and_never_locks_out_for_good() -> None:
    clock = _Clock()
    throttle = Throttle(clock)
    waits = []
    for _ in range(30):
        try:
            throttle.begin("a", ELSEWHERE)
            waits.append(0)
        except TooManyAttempts as error:
            waits.append(error.values["seconds"])
            clock.now += float(str(error.values["seconds"]))
    assert waits[: FREE["both"]] == [0] * FREE["both"]
    stops = [wait for wait in waits if wait]
    assert stops == sorted(stops)
    assert max(stops) <= LONGEST_WAIT + 1
    clock.now += QUIET
    throttle.begin("a", ELSEWHERE)


def test_spraying_one_password_over_many_accounts_stops_at_the_address() -> None:
    throttle = Throttle(_Clock())
    for number in range(FREE["address"]):
        throttle.begin(f"a{number}", ELSEWHERE)
    with pytest.raises(TooManyAttempts):
        throttle.begin("another", ELSEWHERE)
    throttle.begin("another", "198.51.100.9")


def test_success_clears_the_way() -> None:
    throttle = Throttle(_Clock())
    for _ in range(50):
        throttle.begin("a", ELSEWHERE)
        throttle.succeeded("a", ELSEWHERE)
    throttle.begin("a", ELSEWHERE)
