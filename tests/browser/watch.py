"""A page that is watched: whatever goes wrong in it, and whomever it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.auth.people import PASSWORD

CONTRAST = """
() => {
  const parse = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    return { rgb: found.slice(0, 3), alpha: found.length > 3 ? found[3] : 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.alpha === 1) return colour.rgb;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const unseen = "script, noscript, [hidden], .visually-hidden, .skip, :disabled, .closed";
    if (!walker.currentNode.textContent.trim() || element.closest(unseen) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(parse(style.color).rgb), luminance(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.add(`${ratio.toFixed(2)} ${element.className || element.tagName}`);
  }
  return [...poor];
}
"""
"""Texts whose contrast is below WCAG 2.2 AA (1.4.3)."""


class Watched:
    """A page and everything that went wrong in it."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.troubles: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", self._asked)

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{message.type}: {message.text}")

    def _asked(self, request: Any) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and asked.netloc != urlsplit(self.site).netloc:
            self.troubles.append(f"asked another host: {request.url}")

    def open(self, path: str) -> Page:
        """Go to a path and wait until nothing more is being fetched."""
        self.page.goto(self.site + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@contextmanager
def watched(browser: Browser, site: str, **options: Any) -> Iterator[Watched]:
    """A fresh page that is watched; at the end nothing may have gone wrong in it."""
    options = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"} | options
    context = browser.new_context(**options)
    watch = Watched(context.new_page(), site)
    try:
        yield watch
        assert not watch.troubles, watch.troubles
    finally:
        context.close()


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press the first button of a name that leads to another page, or to this one anew, and wait for it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).first.click()
    page.wait_for_load_state("networkidle")


def sign_in(page: Page, name: str) -> None:
    """Fill in the sign-in form that the page shows, and wait for what comes after it."""
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def assert_sound(page: Page) -> None:
    """Every text can be read and nothing is wider than the window."""
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
