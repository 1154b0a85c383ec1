"""What people do at the page of the service: alone, together, and when something goes wrong."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from exports import campaign
from frontledger.ledger.storage import Ledger
from frontledger.web.team import people

from .conftest import ACCOUNT
from .running import Guest, house
from .visitors import PASSWORD, invited, join

expect = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed").expect

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter(one => one.impact === "serious" || one.impact === "critical")
  .map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 300))])"""


def reviews(ledger, event):
    with Ledger.open(ledger) as opened:
        return [(one.by, one.verdict, one.why) for one in opened.history(event)]


@pytest.fixture(params=["geopackage", "postgis"])
def empty(request, tmp_path):
    """Where an empty ledger lies, in each backend."""
    where = tmp_path / "war.gpkg"
    if request.param == "postgis":
        where = f"{request.getfixturevalue('database')}#page"
    Ledger.create(where).close()
    return where


def test_alone_from_an_empty_ledger_to_a_checked_account_and_its_export(visit, empty):
    path = empty
    with house(path) as running:
        ann = visit(running).enter()
        ann.at("welcome-add").click()
        ann.at("file").set_input_files(
            {"name": "spring.txt", "mimeType": "text/plain", "buffer": ACCOUNT.encode()}
        )
        ann.at("add").click()
        ann.at("open-spring").click(timeout=60_000)
        expect(ann.at("text")).to_contain_text("captured Palmyra")

        ann.press("j")
        first = ann.chosen()
        expect(ann.at("verdict")).to_have_text("not checked")
        ann.press("c")
        ann.at("correct-date").fill("5 May")
        ann.at("why").fill("page 12")
        ann.press("Enter")
        expect(ann.at("review")).to_contain_text("No such date")
        ann.at("correct-date").fill("2016-05-04")
        ann.at("correct-extent-0").select_option("partial")
        ann.at("correct-against").select_option("")
        ann.press("Enter")
        expect(ann.at("verdict")).to_have_text("corrected")
        expect(ann.at("detail")).to_contain_text("4 May 2016")

        ann.press("j")
        ann.at("verdict").wait_for()
        ann.press("a")
        expect(ann.at("toasts")).to_contain_text("Accepted")
        second = ann.chosen()
        assert second != first
        ann.press("r")
        ann.at("why").wait_for()
        ann.press("Enter")
        expect(ann.at("review")).to_contain_text("Say why")
        ann.at("why").fill("a plan, no fact")
        ann.press("Enter")
        expect(ann.at("toasts")).to_contain_text("Rejected")
        ann.select(second)
        ann.press("u")
        expect(ann.at("verdict")).to_have_text("not checked")
        for _ in range(6):
            if ann.at("text").page.locator(".checked", has_text="accuracy-checked").count():
                break
            ann.press("j")
            expect(ann.at("verdict")).to_have_text("not checked")
            before = ann.chosen()
            ann.press("a")
            expect(ann.page.locator(f"[data-event='{before}'][data-review=accepted]")).to_have_count(1)
        expect(ann.page.locator(".checked")).to_contain_text("accuracy-checked")
        ann.at("go-accounts").click()
        expect(ann.at("progress-spring")).to_have_text("accuracy-checked")
        ann.at("go-exports").click()
        with ann.page.expect_download() as download:
            ann.at("export-jsonl").click()
        lines = [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]
    assert lines
    assert "2016-05-04" in json.dumps(lines)
    assert reviews(path, first)[-1] == ("Ann", "corrected", "page 12")
    with Ledger.open(path) as ledger:
        corrected = next(one for one in ledger.events if one.id == first)
        assert (corrected.date.edtf, corrected.against, corrected.places[0].extent) == (
            "2016-05-04",
            None,
            "partial",
        )
        assert {one.review for one in ledger.events} <= {"accepted", "corrected", "rejected"}


def test_together_a_verdict_appears_at_once_and_the_second_decides(visit, path):
    codes = invited(path, "Ann", "Béla")
    with house(path, team=True) as running:
        ann, bela = (join(visit(running), code) for code in codes)
        ann.refused.add(412)
        ann.press("j")
        event = ann.chosen()
        ann.at("verdict").wait_for()
        ann.press("r")
        ann.at("why").fill("half a reas")
        ann.at("text").evaluate("text => { text.scrollTop = 3; }")
        bela.select(event)
        bela.press("a")
        expect(bela.at("toasts")).to_contain_text("Accepted")
        begun = time.monotonic()
        expect(ann.at("verdict")).to_have_text("accepted", timeout=5_000)
        assert time.monotonic() - begun < 4  # a second, on a machine that is not loaded
        expect(ann.at("conflict")).to_contain_text("Béla judged this event meanwhile")
        assert ann.at("why").input_value() == "half a reas"
        assert ann.chosen() == event
        assert ann.at("why").evaluate("field => field === document.activeElement")

        ann.at("why").fill("it was a feint")
        ann.press("Enter")  # on the version that she saw first
        expect(ann.at("conflict")).to_contain_text("Yours is not recorded")
        assert reviews(path, event) == [("Béla", "accepted", "as read")]
        ann.at("conflict-mine").click()
        expect(ann.at("toasts")).to_contain_text("Rejected")
        expect(bela.page.locator(f"[data-event='{event}'][data-review=rejected]")).to_have_count(1)
        assert reviews(path, event) == [
            ("Béla", "accepted", "as read"),
            ("Ann", "rejected", "it was a feint"),
        ]


def test_the_page_says_when_the_service_is_away_and_comes_back(visit, path):
    [code] = invited(path, "Ann")
    with house(path, team=True) as running:
        ann = join(visit(running), code)
        ann.press("j")
        ann.at("verdict").wait_for()
        ann.press("d")
        ann.at("why").fill("the other side denies it")
        port = running.port
    expect(ann.at("line")).to_have_text("away")
    ann.press("Enter")
    expect(ann.at("review-error")).to_contain_text("does not answer")
    with house(path, team=True, port=port):
        ann.live()
        assert ann.at("why").input_value() == "the other side denies it"
        ann.at("send").click()
        expect(ann.at("toasts")).to_contain_text("Disputed")


def test_findings_and_places_are_judged_where_they_stand(visit, path):
    with house(path) as running:
        ann = visit(running).enter()
        ann.at("tab-findings").click()
        row = ann.at("findings").locator("[data-finding]").first
        finding = row.get_attribute("data-finding")
        row.click()
        ann.at("dismiss").click()
        ann.at("dismissal-why").fill("two quarters of the town")
        ann.press("Enter")
        ann.at("restore").wait_for()
        expect(ann.at("detail")).to_contain_text("two quarters of the town")
        with Ledger.open(path) as ledger:
            assert finding in ledger.dismissed
        ann.at("restore").click()
        ann.at("dismissal-why").fill("they are one")
        ann.press("Enter")
        ann.at("dismiss").wait_for()

        ann.at("tab-places").click()
        ann.at("places").locator("[data-place=mahin]").click()
        ann.at("move").click()
        ann.at("lat").fill("north")
        ann.press("Enter")
        expect(ann.at("placing")).to_contain_text("A number from")
        ann.at("lat").fill("34.25")
        ann.at("lon").fill("37.05")
        ann.press("Enter")
        expect(ann.at("detail")).to_contain_text("34.2500, 37.0500", timeout=60_000)
        with Ledger.open(path) as ledger:
            assert next((one.lat, one.lon) for one in ledger.places if one.id == "mahin") == (34.25, 37.05)


def test_a_reader_reads(visit, path):
    codes = invited(path, "Ann", "Rita")
    with Ledger.open(path) as ledger:
        people.change(ledger, "Rita", role="reader")
    with house(path, team=True) as running:
        rita = join(visit(running), codes[1])
        rita.press("j")
        expect(rita.at("review")).to_contain_text("judging needs the role reviewer")
        assert rita.at("accept").count() == rita.at("go-people").count() == 0
        rita.at("go-accounts").click()
        assert rita.at("adding").count() == 0
        rita.at("sign-out").click()
        rita.at("name").fill("Rita")
        rita.at("password").fill("wrong")
        rita.at("enter").click()
        expect(rita.at("enter-error")).to_contain_text("Name or password is wrong")
        rita.at("password").fill(PASSWORD)
        rita.at("enter").click()
        rita.at("bar").wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_no_serious_fault_of_accessibility(visit, path, scheme, width):
    if not AXE.exists():
        pytest.skip("axe-core is not there: `make web` with npm reachable fetches it")
    [code] = invited(path, "Ann")
    with house(path, team=True) as running:
        ann = visit(running, color_scheme=scheme, viewport={"width": width, "height": 800})
        axe = AXE.read_text("utf-8")

        def faults():
            ann.page.evaluate(axe)
            return ann.page.evaluate(FAULTS)

        ann.refused.add(401)
        found = {}
        ann.page.goto(f"{ann.base}/")
        ann.at("name").wait_for()
        found["sign in"] = faults()
        join(ann, code)
        ann.press("j")
        ann.at("verdict").wait_for()
        ann.press("c")
        ann.at("why").wait_for()
        found["correcting"] = faults()
        ann.press("Escape")
        ann.press("?")
        found["help"] = faults()
        ann.press("Escape")
        for name in ("accounts", "compare", "history", "search", "exports", "people", "you"):
            ann.go(
                {
                    "search": "/?view=search&q=Palmyra",
                    "compare": "/?view=compare&first=first&second=second",
                }.get(name, f"/?view={name}")
            )
            ann.at(f"page-{name}").wait_for()
            ann.page.wait_for_timeout(300)
            found[name] = faults()
        assert {name: fault for name, fault in found.items() if fault} == {}


def test_hostile_text_stays_text(visit, tmp_path):
    ledger = campaign.hostile(tmp_path / "hostile.gpkg")
    with house(ledger) as running:
        ann = visit(running).enter()
        ann.page.evaluate("() => { window.struck = 0; window.alert = () => { window.struck += 1; }; }")
        ann.press("j", "c")
        ann.at("why").wait_for()
        guest = Guest(running.port, {})
        assert guest.get("/").headers["content-security-policy"].count("unsafe") == 0
        for name in ("accounts", "history", "search", "exports", "you"):
            ann.at(f"go-{name}" if name != "you" else "you").click()
            ann.at(f"page-{name}").wait_for()
        assert ann.page.evaluate("window.struck") == 0
        assert (
            ann.page.locator(
                "#app img, .stage img, #app script, .stage script, #app iframe, [onerror], [style*=url]"
            ).count()
            == 0
        )
