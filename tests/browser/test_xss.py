"""Scripts in every text of the model, through every way in: none runs on any page, and the browser would have told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from api.auth.accounts import Accounts
from api.auth.roles import Role
from api.auth.tokens import GRANTABLE, Tokens
from graph.model import EventRole, Participation
from graph.queries import Cardinality, Query
from graph.store import Store
from matching.gaps.classify import GapClass
from tests.auth.people import PASSWORD, add, forget
from tests.browser.watch import Watched, watched
from tests.graphs import source, write
from tests.poison import ABSTRACT, KINDS, Poisoned, hostile, texts
from tests.poison_doors import FREE, LIST_CELLS, by_list, by_requests, by_workbook, cells
from tests.service import DRIVE, EVENT, FORCE, GEAR, OFFICE, RV, example_app, load_event, load_example, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]
NAMED = Query(
    "poisoned",
    "MATCH (n:Entity) WHERE n.name CONTAINS '⟦' RETURN n.id AS id",
    "",
    frozenset(),
    ("id",),
    Cardinality.MANY,
)
_IDS = "an id that the program sets, shown by the name of what it is of"
_FORMED = "a time, a span or a number of a form of its own, checked when it is read"
_WORDS = "a word out of a list"
_KEPT = "kept to undo, never shown"
NOT_SHOWN: dict[str, dict[str, tuple[str, ...]]] = {
    _FORMED: {
        "Event": ("starts", "ends", "breaks", "ways"),
        "Participation": ("away",),
        "Meeting": ("slot",),
        "DayChange": ("slot",),
        "Target": ("period",),
        "LINKED_TO": ("parts",),
    },
    _WORDS: {
        "DayChange": ("kind",),
        "Target": ("comparison",),
        "FollowUp": ("kind",),
        "SettingChange": ("scope", "setting"),
        "Snapshot": ("ring",),
        "SnapshotEntry": ("kind", "gap_class", "measures", "traced_measures"),
    },
    _IDS: {
        "Participation": ("event", "organisation", "wishes", "musts", "nevers"),
        "Meeting": ("event", "a", "b"),
        "DayChange": ("event",),
        "FollowUp": ("meeting",),
        "LeftOut": ("event", "organisation"),
        "Outcome": ("meeting", "absent"),
        "EventChange": ("event",),
        "VerificationTask": ("about", "firm", "segment"),
        "LinkDecision": ("firm", "segment", "undoes"),
        "PairAnswer": ("wanted", "offered", "undoes"),
        "SnapshotEntry": ("snapshot",),
        "Attachment": ("meeting",),
        "TargetReading": ("target",),
    },
    _KEPT: {"EventChange": ("before", "after")},
}
"""Texts of the model that no page shows as somebody wrote them, by the reason."""
CELLS_NOT_SHOWN = {"核查表!待核实事项", "排查表!待核实事项"}
"""Cells that no page shows: what the form itself asks, which is not taken back."""


NO_PAGES = {"api", "nodes", "i18n", "metrics", "sign-out", "static"}
REFS = {
    **{"chains": ["Chain"], "segments": ["Segment"], "needs": ["Need"], "events": ["Event"], "firms": ["Enterprise"]},
    **{"targets": ["Segment", "Chain"], "reports": ["Chain"]},
}
"""Labels of what is in an address, by its first part."""
MORE = (
    "/what-if?segment={Segment}&firm={Enterprise}",
    "/settings?scope={Chain}",
    "/events/{Event}/party?of={Enterprise}",
    "/match?way=offer-need&ref={Offer}",
    "/segments/{Segment}?part=panel",
    "/gaps?chain={Chain}" + "".join(f"&class={one}" for one in GapClass),
    f"/segments/{RV}",
    *(f"/{page}/{one}" for page in ("nodes", "segments") for one in (RV, FORCE)),
    "/changes?since=2026-11-21&until=2026-11-22",
    *(f"/nodes/{one.id}" for one in (DRIVE, GEAR, OFFICE)),
    *(f"/firms/{one.id}" for one in (DRIVE, GEAR)),
    *(f"/events/{EVENT.number}{page}" for page in ("", "/setup", "/outcomes", "/day", "/codes")),
    f"/events/{EVENT.number}/party?of={DRIVE.id}",
    f"/nodes/{Participation(name='-', event=EVENT.id, organisation=DRIVE.id, role=EventRole.SME).id}",
    "/what-if?__proto__[ran]=1&constructor[prototype][ran]=1&__proto__=1",
    "/tasks?state=open&state=assigned&state=done",
)
ASKED = ("/needs?q=", "/match?text=", "/seen?firm=", "/tasks?town=", "/nodes/", "/audit?who=", "/sign-in?next=/")
"""Addresses that take words."""
SAID = """
() => [document.documentElement.textContent, ...[...document.querySelectorAll("*")].flatMap((one) =>
  [...one.attributes].map((attribute) => attribute.value))].join("\\n")
"""
"""All text of a page, that of attributes included."""
BROKEN_OUT = """
() => [...document.querySelectorAll("*")].filter((one) => one.hasAttribute("data-ran") || one.hasAttribute("srcdoc")
  || [...one.attributes].some(({ name, value }) => name.startsWith("on")
    || (["href", "src", "action", "formaction", "xlink:href"].includes(name) && /^\\s*javascript:/i.test(value)))
).map((one) => one.outerHTML.slice(0, 200))
"""
"""Elements and attributes that a text has become."""
REFUSED = re.compile("Failed to load resource.*status of 4")
"""What browsers say of a page that is refused."""


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    return _opened


@pytest.fixture(scope="module")
def app(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A service whose graph is full of scripts, brought in through every door there is."""
    load_example(graph)
    load_event(graph)
    made = [Poisoned(kind) for kind in KINDS]
    facts = [fact for place, one in enumerate(made) for fact in one.facts(made[place - 1])]
    write(graph, *facts, of=source(hostile("Source.name"), rank=0))
    served_here = example_app(graph)
    with TestClient(served_here, base_url="http://127.0.0.1") as client:
        folder = tmp_path_factory.mktemp("poison")
        by_workbook(client, folder)
        by_list(client, folder)
        by_requests(client)
    return example_app(graph)


@pytest.fixture(scope="module")
def site(app: FastAPI, graph: Store) -> Iterator[str]:
    """The service with somebody who may do everything."""
    firm = Poisoned("markup").nodes["Enterprise"].id
    add(graph, "admin", *Role, firm=firm)
    Tokens(graph).issue(Accounts(graph).get("admin"), hostile("ApiToken.label"), GRANTABLE, 1)
    with served(app) as url:
        yield url
    forget(graph)


def _routes(app: FastAPI) -> list[str]:
    """The addresses of pages, as declared."""
    found = []
    for route in iter_route_contexts(app.routes):
        first = route.path.split("/")[1]
        if "GET" in (route.methods or ()) and "." not in route.path and first not in NO_PAGES:
            found.append(route.path)
    return [path for path in found if not path.endswith(("/files/{paper}", "/export", "/form"))]


def _pages(app: FastAPI, store: Store) -> list[str]:
    """Every page there is, for hostile things of every label, and with hostile words asked for."""
    found = [f"/nodes/{row['id']}" for row in store.read(NAMED)]
    for kind in KINDS:
        ids = {label: node.id for label, node in Poisoned(kind).nodes.items()}
        for path in _routes(app):
            wanted = REFS[path.split("/")[1]] if "{" in path else [""]
            found += [re.sub(r"{[\w:]+}", ids.get(label, ""), path) for label in wanted]
        found += [address.format(**ids) for address in MORE]
        found += [address + quote(hostile("typed", kind)) for address in ASKED]
    return list(dict.fromkeys(found))


def _open(watch: Watched, path: str) -> tuple[int, str]:
    """Go to a page, wait until its scripts have run, unfold what is folded; its status and all it says."""
    page = watch.page
    answer = page.goto(watch.site + path, wait_until="load")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    said: str = page.evaluate(SAID)
    return answer.status if answer else 0, said


def _sign_in(watch: Watched) -> None:
    page = watch.open("/sign-in")
    page.locator("[name=name]").fill("admin")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_no_script_from_an_imported_text_runs(browser: Browser, site: str, app: FastAPI, graph: Store) -> None:
    seen: set[str] = set()
    with watched(browser, site) as watch:
        watch.page.on("dialog", lambda dialog: watch.troubles.append(f"dialog: {dialog.message}"))
        _sign_in(watch)
        for path in _pages(app, graph):
            status, said = _open(watch, path)
            watch.troubles = [one for one in watch.troubles if status < 400 or not REFUSED.search(one)]
            assert status in {200, 303, 400, 404, 409, 422}, path
            assert watch.page.evaluate("[window.ran, ...Object.keys(Object.prototype)]") == [None], path
            assert watch.page.evaluate(BROKEN_OUT) == [], path
            assert not watch.troubles, (path, watch.troubles)
            assert "⟧49" not in said, path
            seen |= set(re.findall("⟦([^⟧]+)⟧", said))
    missing = {one for one in texts() if ".".join(one) not in seen and one[0] not in ABSTRACT}
    reasons = [(owner, name) for one in NOT_SHOWN.values() for owner, names in one.items() for name in names]
    assert missing == set(reasons), "every text of the model is seen on a page, or named with the reason why not"
    assert (cells() | LIST_CELLS) - seen == CELLS_NOT_SHOWN
    kept = set(FREE) - {"text"}  # that of a question is asked and forgotten; pages take it as "typed"
    assert {f"request!{name}" for name in kept} | {"Source.name", "ApiToken.label", "typed"} <= seen


def _write_into_a_page(browser: Browser, site: str, text: str) -> None:
    with watched(browser, site) as watch:
        watch.open("/sign-in").evaluate("(text) => { document.body.innerHTML = text }", text)
        watch.page.wait_for_timeout(200)


def test_the_watch_would_notice_a_script(browser: Browser, site: str) -> None:
    """The same texts in a page without our protection do run, and with it are refused aloud: the test can fail."""
    page = browser.new_page()
    page.set_content(f"<title>{hostile('here')}</title>")
    page.wait_for_function("window.ran === 1")
    assert page.evaluate(BROKEN_OUT)
    page.set_content(f'<a href="{hostile("here", "link")}">x</a>')
    assert page.evaluate(BROKEN_OUT)
    page.close()
    with pytest.raises(AssertionError, match="Content Security Policy"):
        _write_into_a_page(browser, site, hostile("here"))
