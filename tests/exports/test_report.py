"""The report's payload and the file around it; what the page makes of it is tested in ``tests/web``."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from frontledger import pipeline
from frontledger.errors import NotFoundError
from frontledger.exports import report
from frontledger.exports.report import building, page, payload
from frontledger.ledger.storage import Ledger
from frontledger.mentions import calendar

from .ledgers import HARBIT, MARKUP, stored

WORLD = b'{"land": [], "borders": []}'
CAMPAIGN = [
    ("2016-03-03", "2016-03-03", "red", "harbit", "blue"),
    ("2016-03-05", "2016-03-08", "blue", "sabin", "red"),
    ("2016-03-09", "2016-03-09", "blue", "harbit", "red"),
]


def build(ledger, **options):
    return report.build(ledger, world=WORLD, **options)


@pytest.fixture
def war(tmp_path):
    with stored(tmp_path / "war.gpkg", CAMPAIGN, places={"harbit": (34.0, 37.0)}) as ledger:
        yield ledger


@pytest.fixture
def read(tmp_path):
    """A ledger that the whole pipeline made."""
    (tmp_path / "harbit.txt").write_text(HARBIT, encoding="utf-8")
    pipeline.run([tmp_path / "harbit.txt"], tmp_path / "read.gpkg")
    with Ledger.open(tmp_path / "read.gpkg") as ledger:
        yield ledger


def on(payload, layer, day):
    """What the page says of a day: the last step that has begun."""
    number = calendar.parse_iso(day)
    found = {}
    for track in payload.control:
        if track.layer == layer:
            step = [one for one in track.steps if one.day is None or one.day <= number][-1]
            place = payload.places[track.place].id
            found[place] = (step.state, tuple(payload.sides[side].id for side in step.holders), step.since)
    return found


@pytest.mark.parametrize(
    "day", ["2016-03-01", "2016-03-03", "2016-03-06", "2016-03-08", "2016-03-09", "2016-04-01"]
)
def test_the_page_says_what_control_says(read, day):
    payload = build(read)
    rows = pipeline.control(read, day, layer="assessed")[1]
    stated = on(payload, "assessed", day)
    assert stated
    for row in rows:
        assert stated.get(row.place, ("unknown", (), None)) == (row.state, row.sides, row.since)
    claimed = stated | on(payload, "claimed", day)
    for row in pipeline.control(read, day, layer="claimed")[1]:
        assert claimed[row.place] == (row.state, row.sides, row.since)


def test_numbers_lead_where_they_should(read):
    payload = build(read)
    events = read.events
    assert [event.id for event in payload.events] == [event.id for event in events]
    for event, told in zip(events, payload.events, strict=True):
        assert payload.accounts[told.account].id == event.account
        text = payload.accounts[told.account].text
        assert text[slice(*told.trigger)] == event.trigger.text
        assert [text[said.start : said.end] for said in told.places] == [ref.text for ref in event.places]
        assert (told.actor and payload.sides[told.actor.side].id) == (event.actor and event.actor.id)
    for finding, told in zip(read.all_findings, payload.findings, strict=True):
        assert [payload.events[number].id for number in told.events] == list(finding.events)
        assert [payload.places[number].id for number in told.places] == list(finding.places)


def test_the_slider_spans_what_is_told(war):
    payload = build(war)
    assert (payload.first, payload.last) == (
        calendar.parse_iso("2016-03-03"),
        calendar.parse_iso("2016-03-09"),
    )


def test_a_stray_date_does_not_stretch_the_slider(tmp_path):
    told = [(f"2016-03-{n % 28 + 1:02d}",) * 2 + ("red", f"place-{n}", "blue") for n in range(60)]
    told.append(("0600-01-01", "0600-01-01", "red", "place-1", "blue"))
    with stored(tmp_path / "w.gpkg", told) as ledger:
        payload = build(ledger)
    assert (payload.first, payload.last) == (
        calendar.parse_iso("2016-03-01"),
        calendar.parse_iso("2016-03-28"),
    )
    assert payload.events[-1].earliest == calendar.parse_iso("0600-01-01")


def test_soft_ends_are_the_range_of_the_change(war):
    payload = build(war)
    (sabin,) = [track for track in payload.control if payload.places[track.place].id == "sabin"]
    number = {day: calendar.parse_iso(f"2016-03-0{day}") for day in (3, 5, 8)}
    steps = {step.day: step for step in sabin.steps}
    assert (steps[number[5]].state, steps[number[5]].soft) == ("unknown", number[8])
    assert (steps[number[8]].state, steps[number[8]].soft) == ("held", number[5])
    assert steps[number[3]].implied
    assert steps[number[3]].soft is None


def test_the_side_with_most_holdings_has_the_first_colour(war):
    payload = build(war)
    assert [side.colour for side in payload.sides] == [0, 1]


def test_an_empty_ledger(tmp_path):
    with Ledger.create(tmp_path / "empty.gpkg") as ledger:
        payload = build(ledger)
    assert (payload.first, payload.last, payload.land, payload.events) == (None, None, None, [])
    assert payload.revision == 0


def test_no_place_has_coordinates(tmp_path):
    with stored(tmp_path / "w.gpkg", CAMPAIGN) as ledger:
        payload = build(ledger)
    assert payload.land is None
    assert all(place.lat is None for place in payload.places)
    assert {finding.code for finding in payload.findings} >= {"unplaced"}


@pytest.mark.parametrize(
    "years", [("-0049-01-10", "-0049-03-17"), ("1337-05-24", "1453-10-19"), ("2016-03-03",) * 2]
)
def test_any_age_and_any_length(tmp_path, years):
    first, last = years
    told = [(first, first, "red", "harbit", "blue"), (last, last, "blue", "sabin", "red")]
    with stored(tmp_path / "w.gpkg", told) as ledger:
        payload = build(ledger)
    assert (payload.first, payload.last) == (calendar.parse_iso(first), calendar.parse_iso(last))
    assert {state for state, _, _ in on(payload, "assessed", last).values()} == {"held"}


def test_undated_events_are_kept(tmp_path):
    with stored(tmp_path / "w.gpkg", [(None, None, "red", "harbit", "blue")]) as ledger:
        payload = build(ledger)
    assert payload.first is None
    assert [event.earliest for event in payload.events] == [None]


def test_only_one_account_and_what_bears_on_its_places(tmp_path):
    for name, text in {
        "first": "On 3 March 2016, the Syrian Army captured Harbit from ISIL.[1]\n",
        "second": "On 9 March 2016, ISIL captured Harbit from the Syrian Army.[1]\nOn 9 March 2016, ISIL captured Sabin.[2]\n",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    pipeline.run([tmp_path / "first.txt", tmp_path / "second.txt"], tmp_path / "w.gpkg")
    with Ledger.open(tmp_path / "w.gpkg") as ledger:
        everything, some = build(ledger), build(ledger, accounts=["first"])
        assert [place.name for place in everything.places] == ["Harbit", "Sabin"]
        assert [place.name for place in some.places] == ["Harbit"]
        assert [event.account for event in some.events] == [0, 1]
        harbit = some.places[0].id
        assert on(some, "assessed", "2016-03-10") == {
            harbit: on(everything, "assessed", "2016-03-10")[harbit]
        }
        with pytest.raises(NotFoundError, match="no account 'third' in this ledger: it has first, second"):
            build(ledger, accounts=["third"])


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)//http://a.example/", None),
        ("data:text/html,<script>1</script>", None),
        ("//a.example", None),
        ("http://", None),
        ("https://[::bad", None),
    ],
)
def test_links_are_of_the_web_or_none(tmp_path, said, url):
    with stored(tmp_path / "w.gpkg", CAMPAIGN[:1], url=said) as ledger:
        assert build(ledger).accounts[0].citations[0].url == url


def test_an_address_in_a_reference_is_found(tmp_path):
    with stored(tmp_path / "w.gpkg", CAMPAIGN[:1], target="A. Reader: News, https://a.example/1.") as ledger:
        assert build(ledger).accounts[0].citations[0].url == "https://a.example/1"


def test_verdicts_and_dismissals_are_shown(war):
    war.review("war:e0", "accept", by="Ann", why="page 12")
    war.review("war:e0", "dispute", by="Ben", why="page 13", version=war.version("war:e0"))
    finding = war.all_findings[0]
    war.dismiss(finding.id, by="Ann", why="known")
    payload = build(war)
    assert payload.events[0].review == "disputed"
    assert [(one.verdict, one.by) for one in payload.events[0].judgements] == [
        ("accepted", "Ann"),
        ("disputed", "Ben"),
    ]
    assert payload.accounts[0].checked.reviewed == 1
    assert [one.dismissed for one in payload.findings if one.id == finding.id] == ["Ann: known"]


class Elements(HTMLParser):
    """Every start tag of a page, and the text of its scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in {"script", "style"}:
            self.texts.append((self.tags[-1], data))


def payload_of(content):
    ((_, attributes), text) = next(
        one for one in Elements(content).texts if one[0][1].get("id") == "payload" and one[1].strip()
    )
    packed = attributes.get("data-encoding") == "gzip"
    return json.loads(gzip.decompress(base64.b64decode(text)) if packed else text)


@pytest.mark.usefixtures("built")
def test_markup_in_every_field_stays_text(tmp_path):
    told = [("2016-03-03", "2016-03-03", "red", "harbit", "blue")]
    with stored(
        tmp_path / "w.gpkg", told, places={"harbit": (34.0, 37.0)}, account=MARKUP, title=MARKUP,
        name=lambda name: f"{name}{MARKUP}", by=MARKUP, target=MARKUP, url=MARKUP, type=MARKUP, located=MARKUP,
    ) as ledger:  # fmt: skip
        content = report.render(build(ledger, title=MARKUP)).decode()
    harmless = report.render(build(Ledger.create(tmp_path / "empty.gpkg"))).decode()
    assert [tag for tag, _ in Elements(content).tags] == [tag for tag, _ in Elements(harmless).tags]
    assert payload_of(content)["places"][0]["name"] == f"harbit{MARKUP}"
    assert not [
        name for _, attributes in Elements(content).tags for name in attributes if name.startswith("on")
    ]


@pytest.mark.usefixtures("built")
def test_the_policy_names_the_script_and_the_style_that_are_there(war):
    content = report.render(build(war)).decode()
    elements = Elements(content)
    policy = next(a["content"] for tag, a in elements.tags if tag == "meta" and a.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", content, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not [tag for tag, attributes in elements.tags if {"src", "href", "action"} & attributes.keys()]


@pytest.mark.usefixtures("built")
def test_a_large_payload_is_packed(war, monkeypatch):
    payload = build(war)
    plain = report.render(payload).decode()
    monkeypatch.setattr(page, "PLAIN", 100)
    packed = report.render(payload).decode()
    assert 'data-encoding="gzip"' in packed
    assert payload_of(packed) == payload_of(plain)


@pytest.mark.usefixtures("built")
def test_licences_travel_with_the_page(war):
    content = report.render(build(war)).decode()
    assert "Leaflet" in content
    assert "Natural Earth" in content


def test_every_field_of_the_payload_is_in_the_pages_types():
    """The two sides of the contract: a field that Python writes and TypeScript does not know is a mistake."""
    source = Path(__file__).resolve().parents[2] / "web" / "src" / "payload.ts"
    if not source.exists():
        pytest.skip("no sources of the page here")
    words = set(re.findall(r"\w+", source.read_text(encoding="utf-8")))
    shapes = [
        one for one in vars(payload).values() if isinstance(one, type) and issubclass(one, msgspec.Struct)
    ]
    fields = {(shape.__name__, field) for shape in shapes for field in shape.__struct_encode_fields__}
    assert sorted(one for one in fields if one[1] not in words) == []


def test_the_order_of_building_does_not_show(war):
    assert building.build(war, world=WORLD) == building.build(war, world=WORLD)
