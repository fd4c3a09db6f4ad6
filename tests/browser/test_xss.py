"""Scripts typed into every text that can be imported: none runs on any page, and the browser would have told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from graph.model import (
    About,
    Buys,
    Capability,
    Enterprise,
    In,
    LinkedTo,
    LinkState,
    Makes,
    Need,
    Offer,
    Posts,
    Product,
)
from graph.store import Store
from tests.browser.watch import watched
from tests.graphs import source, write
from tests.service import RV, WUJIN, example_app, load_example, served

pytestmark = pytest.mark.browser

PAYLOADS = {
    "tag": "<script>window.ran=1</script>",
    "image": '"><img src=x onerror="window.ran=1">',
    "svg": "<svg/onload=window.ran=1>",
    "attribute": "' autofocus onfocus=window.ran=1 x='",
    "link": "javascript:window.ran=1",
    "template": "{{ 7*7 }}${window.ran=1}",
    "close": "</script><script>window.ran=1</script>",
}


def _poison(number: int, payload: str) -> tuple[Enterprise, list[object]]:
    firm = Enterprise(
        name=f"坏{number}{payload}", short_name=payload, city=payload, profile=payload, main_products=[payload]
    )
    product = Product(name=f"件{number}{payload}")
    words = {"text": payload, "limits": [payload], "certificates": [payload], "process": payload, "unit": payload}
    need = Need(number=f"X-{number}", name=f"求{number}{payload}", quantity=1, **words)
    offer = Offer(number=f"Y-{number}", name=f"供{number}{payload}", quantity=1, **words)
    able = Capability(number=f"Z-{number}", name=f"能{number}{payload}", quantity=1, **words)
    ties = [
        *(Posts(start=firm.id, end=post.id) for post in (need, offer, able)),
        *(About(start=post.id, end=product.id) for post in (need, offer, able)),
        Makes(start=firm.id, end=product.id),
        Buys(start=firm.id, end=product.id, import_country=payload),
        In(start=firm.id, end=WUJIN),
        LinkedTo(start=firm.id, end=RV, state=LinkState.UNCERTAIN, evidence=payload),
    ]
    return firm, [firm, product, need, offer, able, *ties]


@pytest.fixture(scope="module")
def poisoned(_opened: Store) -> Iterator[tuple[str, list[str]]]:
    """A service on a graph full of scripts, and the pages that show them."""
    load_example(_opened)
    made = [_poison(number, payload) for number, payload in enumerate(PAYLOADS.values())]
    write(_opened, *(fact for _, facts in made for fact in facts), of=source("poison", rank=0))  # type: ignore[arg-type]
    paths = ["/", "/chains/robotics", f"/segments/{RV}", "/gaps?class=at_risk&class=unverified&class=weak", "/needs"]
    for number, (firm, _) in enumerate(made):
        paths += [f"/nodes/{firm.id}", f"/firms/{firm.id}", f"/nodes/X-{number}", f"/needs/X-{number}"]
    with served(example_app(_opened)) as url:
        yield url, paths


def test_no_script_from_an_imported_text_runs(browser: Browser, poisoned: tuple[str, list[str]]) -> None:
    url, paths = poisoned
    shown = 0
    with watched(browser, url) as watch:
        for path in paths:
            page = watch.open(path)
            assert page.evaluate("window.ran") is None, path
            assert page.locator("img[src='x'], svg[onload], [onfocus], [onerror]").count() == 0, path
            assert page.locator("a[href^='javascript:']").count() == 0, path
            shown += "window.ran=1" in page.locator("body").inner_text()
    assert shown > len(PAYLOADS) * 2, "the texts are not on the pages, so nothing was tried"


def test_the_watch_would_notice_a_script(browser: Browser, poisoned: tuple[str, list[str]]) -> None:
    """The same payloads in a page without our protection do run: the test can fail."""
    page = browser.new_page()
    page.set_content(f"<body>{PAYLOADS['image']}</body>")
    page.wait_for_function("window.ran === 1")
    page.close()
