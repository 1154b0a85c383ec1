"""People at the page of the service, in browsers of their own; whatever the browser complains of fails the test."""

from __future__ import annotations

import re
from contextlib import contextmanager

from frontledger.ledger import people
from frontledger.ledger.storage import Ledger
from frontledger.web.routes_house import ASSETS
from frontledger.web.team import invitation

PASSWORD = "a long and quiet evening"  # noqa: S105 - of the tests alone
STATUS = re.compile(r"status of (\d+)")


def built():
    """Whether the front end is there."""
    return (ASSETS / "service.js").is_file()


class Visitor:
    """One browser context at the page."""

    def __init__(self, browser, running, **options):
        self.running = running
        self.base = f"http://127.0.0.1:{running.port}"
        self.context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | options
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.refused: set[int] = set()
        """Statuses that this test provokes: the browser logs each as an error."""
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._said)

    def _said(self, message):
        status = STATUS.search(message.text)
        stopped = self.running.server.should_exit and (
            "ERR_" in message.text or "EventSource" in message.text
        )
        expected = stopped or (status and int(status[1]) in self.refused)
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(message.text)

    def enter(self):
        """Come in by a one-time address."""
        self.page.goto(f"{self.base}/enter?token={self.running.service.door.new_entry()}")
        return self.ready()

    def go(self, path="/"):
        self.page.goto(f"{self.base}{path}")
        return self.ready()

    def ready(self):
        self.page.locator("html[data-ready=true]").wait_for(state="attached")
        return self

    def at(self, testid):
        return self.page.get_by_test_id(testid)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def live(self):
        """Wait until others' changes reach this page."""
        self.page.locator("[data-testid=line][data-line=open]").wait_for()
        return self

    def select(self, event):
        """Choose an event by the address."""
        self.page.evaluate("event => { location.hash = `event=${event}&tab=account`; }", event)
        self.page.locator("[data-testid=verdict][data-version]").wait_for()
        return self

    def chosen(self):
        """The id of the selected event, as the address says it."""
        self.page.wait_for_url(re.compile("event="))
        return re.search(r"event=([^&]*)", self.page.evaluate("decodeURIComponent(location.hash)"))[1]


@contextmanager
def visitors(browser):
    """Opens visitors, and closes them; fails when a browser complained."""
    opened = []

    def open_(running, **options):
        opened.append(Visitor(browser, running, **options))
        return opened[-1]

    try:
        yield open_
    finally:
        for one in opened:
            one.context.close()
    complaints = [complaint for one in opened for complaint in one.complaints]
    assert not complaints, complaints


def invited(ledger, *names):
    """Codes of invitations: the first for an admin, the others for reviewers."""
    with Ledger.open(ledger) as opened:
        for name in names:
            people.add(opened, name, "admin" if name == names[0] else "reviewer")
        return [invitation(opened, name, "test")[1] for name in names]


def join(visitor, code):
    visitor.refused.add(401)  # asking who one is before one is anybody
    visitor.page.goto(f"{visitor.base}/join#{code}")
    visitor.at("password").fill(PASSWORD)
    visitor.at("password-again").fill(PASSWORD)
    visitor.at("enter").click()
    visitor.at("bar").wait_for()
    return visitor.ready().live()
