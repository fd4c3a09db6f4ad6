"""A real browser on a real server with the whole catalog and the sample workbook."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from tests.graphs import clear
from tests.service import example_app, served

CHROMIUM = os.environ.get("RONGLIAN_TEST_BROWSER", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; the sandbox needs an ordinary user."""
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(_opened: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with everything loaded."""
    clear(_opened)
    workbook = tmp_path_factory.mktemp("workbook") / "样例工作簿.xlsx"
    write_sample(workbook)
    load(_opened, open_catalog())
    load(_opened, open_workbook(workbook))
    with served(example_app(_opened)) as url:
        yield url


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of the pages go, to be looked at."""
    folder = Path("out/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
