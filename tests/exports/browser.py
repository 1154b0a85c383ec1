"""A real browser for the page of the report: Debian's Chromium, or whatever Chromium this machine has."""

from __future__ import annotations

import os
import shutil

from frontledger import pipeline

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


def found_browser():
    """Where the browser is; None when there is none.  ``FRONTLEDGER_BROWSER`` names another one."""
    named = os.environ.get("FRONTLEDGER_BROWSER")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


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
        self.page.locator("html[data-ready=true]").wait_for(state="attached", timeout=30_000)

    def go(self, fragment):
        """Change the address behind the #, as a reader who pastes another address does."""
        self.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        self.settle()

    def settle(self):
        """Wait until what follows from the last change is drawn."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def close(self):
        self.context.close()


def reported(ledger, output, **options):
    """The report of a ledger file."""
    pipeline.report(ledger, output, force=True, **options)
    return output
