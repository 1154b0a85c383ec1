"""What a reader sees and does: the report opened from disk in a browser.

``show`` fails every test in which the page asks for anything or complains of anything.
"""

from __future__ import annotations

import json

import pytest

from frontledger import cli, pipeline
from frontledger.ledger.storage import Ledger
from frontledger.mentions import calendar

from .browser import reported
from .ledgers import HARBIT, MARKUP, stored

expect = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed").expect

CAMPAIGN = [
    ("2016-03-03", "2016-03-03", "red", "harbit", "blue"),
    ("2016-03-05", "2016-03-08", "blue", "sabin", "red"),
    ("2016-03-09", "2016-03-09", "blue", "harbit", "red"),
]
WHERE = {"harbit": (34.0, 37.0), "sabin": (34.3, 37.4)}
ARABIC = "ال" + "قرية الشرقية الكبيرة " * 14 + "الأخيرة"
EXAMPLE = "eszaki-hadjarat-1919"


def address(**said):
    return "#" + "&".join(f"{key}={value.replace(':', '%3A')}" for key, value in said.items())


def holders(shown):
    """Place id -> (state, side ids) as the list of places says it."""
    rows = shown.page.get_by_test_id("places").locator("[data-place]")
    return {
        row["place"]: (row["state"], tuple(row["holder"].split()))
        for row in rows.evaluate_all("rows => rows.map(row => ({ ...row.dataset }))")
    }


def control(ledger, day, capsys):
    """The same as the command line says it."""
    assert cli.main(["control", str(ledger), "--on", day, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    return {row["place"]: (row["state"], tuple(row["sides"])) for row in rows if row["layer"] == "assessed"}


def slide(shown, day):
    """Move the slider to a day, as a hand does."""
    slider = shown.page.get_by_test_id("slider")
    slider.evaluate(
        "(slider, day) => { slider.value = day; slider.dispatchEvent(new Event('input', { bubbles: true })); }",
        str(calendar.parse_iso(day)),
    )
    shown.settle()


def day_of(shown):
    return shown.page.get_by_test_id("day").inner_text()


def fragment(shown):
    return shown.page.evaluate("decodeURIComponent(location.hash)")


@pytest.fixture
def war(tmp_path, show):
    """A small campaign, opened."""

    def open_(told=CAMPAIGN, fragment="", /, *, places=WHERE, screen=None, **fields):
        stored(tmp_path / "war.gpkg", told, places=places, **fields).close()
        return show(reported(tmp_path / "war.gpkg", tmp_path / "war.html"), fragment, **screen or {})

    return open_


def test_the_holders_of_three_days_are_those_of_control(show, example, capsys):
    ledger, report = example
    shown = show(report, address(tab="places", layers="assessed"))
    for day in ("1919-05-22", "1919-06-08", "1919-07-05"):
        slide(shown, day)
        assert day_of(shown) == day
        read = holders(shown)
        said = control(ledger, day, capsys)
        assert said
        assert {place: row for place, row in read.items() if place in said} == said
        assert {row for place, row in read.items() if place not in said} <= {("unknown", ())}


def test_the_range_of_a_change_is_unknown(war):
    shown = war(CAMPAIGN, address(tab="places"))
    for day, state in (("2016-03-04", "held"), ("2016-03-06", "unknown"), ("2016-03-08", "held")):
        slide(shown, day)
        assert holders(shown)["sabin"][0] == state


INKED = """canvases => canvases.map(canvas => {
  if (canvas.width === 0 || canvas.height === 0) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
  return colours.size;
})"""


@pytest.mark.parametrize("width", [390, 1280, 1700])
@pytest.mark.parametrize("tab", ["map", "chart"])
def test_map_and_chart_are_drawn(show, example, tab, width):
    """Canvases say nothing to a test, so their ink is counted: each has marks in the colours of both sides."""
    shown = show(example[1], address(day="1919-06-08", tab=tab), viewport={"width": width, "height": 900})
    inked = shown.page.locator(f"#panel-{tab} canvas").evaluate_all(INKED)
    assert max(inked) > 10, inked


def test_the_address_keeps_day_and_selection(show, example):
    _, report = example
    shown = show(report, address(day="1919-06-01", event=f"{EXAMPLE}:e19"))
    assert day_of(shown) == "1919-06-01"
    assert f"event={EXAMPLE}:e19" in fragment(shown)
    shown.go("#day=1919-05-30")
    assert day_of(shown) == "1919-05-30"
    shown.go("#day=nonsense&event=none&tab=none&layers=none&side=none&from=never")
    assert shown.page.get_by_test_id("slider").is_visible()


def test_the_address_of_a_moment_opens_that_moment(war, tmp_path, show):
    shown = war(CAMPAIGN, address(day="2016-03-04", tab="places"))
    before = holders(shown)
    again = show(tmp_path / "war.html", shown.page.evaluate("location.hash"))
    assert day_of(again) == "2016-03-04"
    assert holders(again) == before


def test_keys_move_through_time(war):
    shown = war(CAMPAIGN, address(day="2016-03-04"))
    press = shown.page.keyboard.press
    for key, day in (
        ("ArrowRight", "2016-03-05"),
        ("ArrowLeft", "2016-03-04"),
        ("Home", "2016-03-03"),
        ("End", "2016-03-09"),
    ):
        press(key)
        shown.settle()
        assert day_of(shown) == day, key
    press("Home")
    press("n")
    shown.settle()
    assert "event=war:e" in fragment(shown)
    press("Escape")
    shown.settle()
    assert "event=" not in fragment(shown)
    press("/")
    assert shown.page.evaluate("document.activeElement.dataset.testid") == "search"


def test_everything_can_be_reached_with_the_tab_key(war):
    shown = war()
    seen = set()
    for _ in range(60):
        shown.page.keyboard.press("Tab")
        seen.add(shown.page.evaluate("document.activeElement?.dataset?.testid ?? ''"))
    assert {"search", "play", "slider", "previous", "next", "theme", "map"} <= seen


def test_playing_goes_on_by_itself(war):
    shown = war(CAMPAIGN, address(day="2016-03-03"))
    shown.page.get_by_test_id("play").click()
    expect(shown.page.get_by_test_id("day")).not_to_have_text("2016-03-03")
    shown.page.get_by_test_id("play").click()


def test_names_written_from_right_to_left(war):
    shown = war(CAMPAIGN, address(tab="places"), name=lambda name: f"{ARABIC} {name}")
    row = shown.page.get_by_test_id("places").locator("[data-place=harbit]")
    assert ARABIC[:20] in row.inner_text()
    assert (
        row.locator("bdi, [dir=auto], [dir=rtl]").first.evaluate("name => getComputedStyle(name).direction")
        == "rtl"
    )
    assert overflow(shown) <= 0


def overflow(shown):
    """Pixels by which the page is wider than the window."""
    return shown.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (768, 1024), (1280, 800), (2560, 1300)])
def test_from_phone_to_wide_screen(show, example, size):
    _, report = example
    shown = show(report, viewport={"width": size[0], "height": size[1]})
    for tab in ("map", "chart", "account", "findings", "places"):
        shown.go(address(tab=tab))
        assert overflow(shown) <= 0, tab
        assert shown.page.get_by_test_id("slider").is_visible()


def test_a_hostile_account_stays_text(war):
    told = [("2016-03-03", "2016-03-03", "red", "harbit", "blue")]
    shown = war(
        told, account=MARKUP, title=MARKUP, name=lambda name: f"{name}{MARKUP}", by=MARKUP,
        target=f"{MARKUP} javascript:alert(1)", url="javascript:alert(1)", type=MARKUP, located=MARKUP,
    )  # fmt: skip
    page = shown.page
    for tab in ("map", "chart", "account", "events", "findings", "places"):
        shown.go(address(tab=tab))
    assert page.title() != "broken"
    assert page.locator("img, iframe, object, embed, #app script, [onerror], [onclick]").count() == 0
    links = page.locator("a[href]").evaluate_all("links => links.map(link => link.protocol)")
    assert set(links) <= {"http:", "https:", "file:"}
    assert MARKUP[:30] in page.locator("#app").inner_text()


def test_a_hostile_file_name(tmp_path, show):
    stored(tmp_path / "war.gpkg", CAMPAIGN).close()
    name = "<img src=x onerror=alert(1)>#?&%20.html"
    show(reported(tmp_path / "war.gpkg", tmp_path / name))


def test_an_infobox_and_a_text_full_of_markup(tmp_path, show):
    text = (
        f"{{{{Infobox military conflict\n| conflict = {MARKUP}\n| result = {MARKUP}\n}}}}\n{HARBIT}{MARKUP}\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    pipeline.run([tmp_path / "a.txt"], tmp_path / "a.gpkg", "en")
    shown = show(reported(tmp_path / "a.gpkg", tmp_path / "a.html"), address(tab="account"))
    assert "<img src=x onerror=alert(1)>" in shown.page.get_by_test_id("text").inner_text()
    assert shown.page.title() != "broken"


def test_links_of_citations_open_elsewhere_and_tell_nothing(war):
    shown = war(CAMPAIGN, address(tab="account"), target="News", url="https://a.example/1")
    shown.page.get_by_test_id("text").get_by_role("button", name="Citation 1", exact=True).click()
    link = shown.page.get_by_role("link").filter(visible=True).first
    assert link.get_attribute("href") == "https://a.example/1"
    assert {"noopener", "noreferrer"} & set((link.get_attribute("rel") or "").split())


@pytest.fixture
def fall_of_kassa(show, example):
    """The example, with nothing chosen, and the event of a town's fall."""
    ledger, report = example
    with Ledger.open(ledger) as opened:
        event = next(
            one
            for one in opened.events
            if one.places and one.places[0].id == "kassa" and one.kind == "capture"
        )
    return show(report, address(day="1919-05-01")), event


def chosen(shown, list_):
    """The ids of the rows of a list that are marked as belonging to what is chosen."""
    rows = shown.page.get_by_test_id(list_).locator(".lit, [aria-selected=true]")
    return rows.evaluate_all(
        "rows => rows.map(row => row.dataset.place ?? row.dataset.event ?? row.dataset.finding ?? '')"
    )


def words_lit(shown):
    return shown.page.get_by_test_id("text").locator(".lit").all_inner_texts()


def test_choosing_words_lights_up_the_place_and_its_lane(fall_of_kassa):
    shown, event = fall_of_kassa
    assert words_lit(shown) == []
    shown.page.get_by_test_id("text").locator(f".trigger[data-events~='{event.id}']").first.click()
    shown.settle()
    assert event.trigger.text in words_lit(shown)
    assert event.places[0].text in words_lit(shown)
    assert "kassa" in chosen(shown, "lanes")
    assert day_of(shown) == event.date.latest
    detail = shown.page.get_by_test_id("detail")
    assert event.trigger.text in detail.get_by_test_id("quotation").inner_text()
    assert all(f"[{label}]" in detail.inner_text() for label in event.citations)
    assert f"event={event.id}" in fragment(shown)


def test_choosing_a_lane_lights_up_its_words(fall_of_kassa):
    shown, event = fall_of_kassa
    lane = shown.page.get_by_test_id("lanes").locator("[data-place=kassa]")
    lane.scroll_into_view_if_needed()
    lane.click()
    shown.settle()
    assert "place=kassa" in fragment(shown)
    assert event.places[0].text in words_lit(shown)


def test_choosing_an_event_in_the_list_lights_up_its_words(fall_of_kassa):
    shown, event = fall_of_kassa
    shown.go(address(tab="events"))
    row = shown.page.get_by_test_id("events").locator(f"[data-event='{event.id}']")
    row.scroll_into_view_if_needed()
    row.click()
    shown.settle()
    assert chosen(shown, "events") == [event.id]
    assert "kassa" in chosen(shown, "lanes")
    shown.go(address(tab="account", event=event.id))
    assert event.trigger.text in words_lit(shown)


def test_choosing_a_finding_lights_up_what_it_is_about(show, example):
    ledger, report = example
    with Ledger.open(ledger) as opened:
        finding = next(one for one in opened.findings if one.code == "retaken-without-loss")
    shown = show(report, address(tab="findings"))
    shown.page.get_by_test_id("findings").locator(f"[data-finding='{finding.id}']").click()
    shown.settle()
    assert set(finding.places) <= set(chosen(shown, "lanes"))
    assert finding.message in shown.page.get_by_test_id("detail").inner_text()


def test_going_back_undoes_a_choice(fall_of_kassa):
    shown, event = fall_of_kassa
    shown.page.get_by_test_id("text").locator(f".trigger[data-events~='{event.id}']").first.click()
    shown.settle()
    shown.page.go_back()
    shown.settle()
    assert words_lit(shown) == []
    shown.page.go_forward()
    shown.settle()
    assert event.trigger.text in words_lit(shown)


def test_search_narrows_what_is_listed(show, example):
    _, report = example
    shown = show(report, address(tab="places"))
    everything = len(holders(shown))
    shown.page.get_by_test_id("search").fill("Kassa")
    shown.page.wait_for_function(
        "count => document.querySelectorAll('[data-testid=places] [data-place]').length < count",
        arg=everything,
    )
    assert "kassa" in holders(shown)


def test_dark_and_light(show, example):
    _, report = example
    brightness = {}
    for scheme in ("light", "dark"):
        shown = show(report, color_scheme=scheme)
        colour = shown.page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness[scheme] = sum(map(int, colour.strip("rgba()").split(",")[:3]))
    assert brightness["dark"] < 200
    assert brightness["light"] > 500


def test_print(show, example):
    _, report = example
    shown = show(report)
    paper = shown.page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    shown.page.emulate_media(media="print")
    assert not shown.page.get_by_test_id("play").is_visible()
    assert "Kassa" in shown.page.locator("#app").inner_text()


def test_without_scripts_the_page_says_what_it_needs(browser, example):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(example[1].as_uri())
    assert "allow scripts" in page.locator("body").inner_text()
    context.close()


def test_an_empty_ledger(tmp_path, show):
    Ledger.create(tmp_path / "empty.gpkg").close()
    shown = show(reported(tmp_path / "empty.gpkg", tmp_path / "empty.html"))
    assert "empty" in shown.page.locator("#app").inner_text().lower()
    for tab in ("map", "chart", "account", "events", "findings", "places"):
        shown.go(address(tab=tab))


def test_no_place_has_a_point(war):
    shown = war(CAMPAIGN, address(tab="places"), places=None)
    assert set(holders(shown)) == {"harbit", "sabin"}
    shown.go(address(tab="map"))
    assert shown.page.get_by_test_id("map").is_visible()


def test_nothing_is_dated(war):
    shown = war([(None, None, "red", "harbit", "blue")], address(tab="events"))
    assert "undated" in shown.page.get_by_test_id("events").inner_text()
    assert shown.page.get_by_test_id("slider").is_disabled()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("-0049-01-10", "-0044-03-15"),
        ("-0001-12-31", "0001-01-01"),
        ("1337-05-24", "1453-10-19"),
        ("2016-03-03",) * 2,
    ],
)
def test_any_age_and_any_length(war, first, last):
    told = [(first, first, "red", "harbit", "blue"), (last, last, "blue", "sabin", "red")]
    shown = war(told, address(tab="places"))
    slide(shown, last)
    assert day_of(shown) == last
    assert holders(shown)["sabin"] == ("held", ("blue",))
    slide(shown, first)
    assert holders(shown)["harbit"] == ("held", ("red",))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """20,000 events at 800 places."""
    folder = tmp_path_factory.mktemp("large")
    first = calendar.parse_iso("2011-03-01")
    told = [
        (calendar.iso(first + n // 10),) * 2 + (("red", "blue")[n // 800 % 2], f"place-{n % 800}", ("blue", "red")[n // 800 % 2])
        for n in range(20_000)
    ]  # fmt: skip
    where = {f"place-{n}": (30 + n % 29 / 10, 35 + n // 29 / 10) for n in range(800)}
    stored(folder / "war.gpkg", told, places=where).close()
    return reported(folder / "war.gpkg", folder / "war.html")


def test_twenty_thousand_events(large, show):
    shown = show(large, address(day="2014-01-01"))
    for tab in ("chart", "account", "events", "findings", "places", "map"):
        shown.go(address(tab=tab, day="2014-01-01"))
        assert day_of(shown) == "2014-01-01"
    shown.page.keyboard.press("n")
    shown.settle()
    assert "event=war:e" in fragment(shown)
