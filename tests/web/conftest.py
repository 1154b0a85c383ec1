"""The page of the report in a real browser: Debian's Chromium, or whatever Chromium this machine has.

Nothing is downloaded; where there is no browser, no Playwright or no built page, these tests are skipped and say why.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from frontledger import pipeline
from frontledger.errors import ExportError
from frontledger.exports.report import page as pages

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).resolve().parents[2]


def found_browser():
    """Where the browser is; None when there is none.  ``FRONTLEDGER_BROWSER`` names another one."""
    named = os.environ.get("FRONTLEDGER_BROWSER")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser():
    path = found_browser()
    if path is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("Playwright for Python is not installed")
    try:
        pages.asset("report.js")
    except ExportError as error:
        pytest.skip(str(error))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


class Opened:
    """A page from disk, with everything that it asked for or complained about."""

    def __init__(self, browser, path, fragment="", **options):
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        self.page = self.context.new_page()
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None,
        )
        self.address = path.as_uri()
        self.page.goto(f"{self.address}{fragment}")
        self.page.wait_for_function("document.documentElement.dataset.ready === 'true'", timeout=30_000)

    def go(self, fragment):
        """Change the address behind the #, as a reader who pastes another address does."""
        self.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        self.settle()

    def settle(self):
        """Wait until what follows from the last change is drawn."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def close(self):
        self.context.close()


@pytest.fixture
def show(browser):
    """Open a report; what it complains about fails the test, and so does any request but the one for the file."""
    opened = []

    def open_(path, fragment="", **options):
        opened.append(Opened(browser, path, fragment, **options))
        return opened[-1]

    yield open_
    for one in opened:
        requests = [url for url in one.requests if not url.startswith(("data:", "blob:"))]
        complaints = one.complaints
        one.close()
        assert [url.partition("#")[0] for url in requests] == [one.address]
        assert complaints == []


def reported(ledger, output, **options):
    """The report of a ledger file."""
    pipeline.report(ledger, output, force=True, **options)
    return output


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The example account's ledger and its report."""
    folder = tmp_path_factory.mktemp("example")
    account = next((ROOT / "examples").glob("*.txt"))
    pipeline.run([account], folder / "front.gpkg")
    return folder / "front.gpkg", reported(folder / "front.gpkg", folder / "front.html")
