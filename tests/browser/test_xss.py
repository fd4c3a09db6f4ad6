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
from graph.queries import Cardinality, Query
from graph.store import Store
from tests.auth.people import PASSWORD, add, forget
from tests.browser.watch import Watched, watched
from tests.graphs import source, write
from tests.poison import ABSTRACT, KINDS, Poisoned, hostile, texts
from tests.poison_doors import by_list, by_requests, by_workbook
from tests.service import RV, example_app, load_event, load_example, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]
NAMED = Query(
    "poisoned",
    "MATCH (n:Entity) WHERE n.name CONTAINS 'window.ran' RETURN n.id AS id",
    "",
    frozenset(),
    ("id",),
    Cardinality.MANY,
)
NOT_SHOWN = {
    *(("Event", name) for name in ("starts", "ends", "breaks", "ways")),
    *(("Participation", name) for name in ("away", "event", "organisation", "wishes", "musts", "nevers")),
    *(("Meeting", name) for name in ("slot", "event", "a", "b")),
    *(("DayChange", name) for name in ("slot", "kind", "event")),
    *(("Target", name) for name in ("period", "comparison")),
    *(("FollowUp", name) for name in ("kind", "meeting")),
    *(("LeftOut", name) for name in ("event", "organisation")),
    *(("Outcome", name) for name in ("meeting", "absent")),
    *(("EventChange", name) for name in ("event", "before", "after")),
    *(("SettingChange", name) for name in ("scope", "setting")),
    *(("VerificationTask", name) for name in ("about", "firm", "segment")),
    *(("LinkDecision", name) for name in ("firm", "segment", "undoes")),
    *(("PairAnswer", name) for name in ("wanted", "offered", "undoes")),
    *(("SnapshotEntry", name) for name in ("snapshot", "kind", "gap_class", "measures")),
    *(("Attachment", "meeting"), ("Snapshot", "ring"), ("TargetReading", "target"), ("LINKED_TO", "parts")),
}
"""Ids, times and words out of a list: they have a form of their own, which has no room for a script."""


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
    "/gaps?chain={Chain}&class=missing&class=thin&class=weak&class=unverified&class=at_risk",
    f"/segments/{RV}",
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
REFUSED, CHECKED = (
    re.compile("Failed to load resource.*status of 4"),
    re.compile("Failed to load resource.*status of 422"),
)
"""What browsers say of a page that is refused, and of a form whose words the server checks while it is shown."""


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
            expected = REFUSED if status >= 400 else CHECKED
            watch.troubles = [one for one in watch.troubles if not expected.search(one)]
            assert status in {200, 303, 400, 404, 409, 422}, path
            assert watch.page.evaluate("[window.ran, ...Object.keys(Object.prototype)]") == [None], path
            assert watch.page.evaluate(BROKEN_OUT) == [], path
            assert not watch.troubles, (path, watch.troubles)
            assert "⟧49" not in said, path
            seen |= set(re.findall("⟦([^⟧]+)⟧", said))
    unseen = {(owner, name) for owner, name in texts() if f"{owner}.{name}" not in seen and owner not in ABSTRACT}
    assert len(set(texts()) - unseen - NOT_SHOWN) > 120, "most texts are on no page, so nothing was tried"
    assert {"Source.name", "ApiToken.label", "typed"} <= seen
    cells = {one for one in seen if "!" in one}
    assert len(cells) > 10, cells


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
