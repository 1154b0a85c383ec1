"""Whatever a ledger holds, nothing is dropped silently and no claim becomes a fact."""

import csv
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from frontledger.exports import formats
from frontledger.exports.rows import Material
from frontledger.ledger.fold import fold
from frontledger.ledger.sides import gather_sides
from frontledger.mentions import calendar
from frontledger.model import Account, ActorRef, Event, EventDate, Place, PlaceRef, Span, Trigger

SIDES = ("syrian-government", "isil", "turkey", "nobody-knows")
PLACES = (
    Place(id="p", name="P", lat=34.24, lon=37.06),
    Place(id="q", name="Q", type="area", lat=34.4, lon=38.0, radius_km=45.0, placing="relation"),
    Place(id="r", name="R"),
    Place(id="s", name=None, lat=34.3, lon=36.9),
)
KINDS = (
    "capture", "withdrawal", "handover", "hold", "offensive", "attack", "advance", "repulse", "siege", "clash",
    "airstrike", "shelling", "agreement",
)  # fmt: skip
days = st.integers(-720_000, 20_000).map(calendar.iso)
sides = st.sampled_from(SIDES).map(lambda side: ActorRef(id=side, name=side)) | st.none()
refs = st.builds(
    lambda place, role, extent: PlaceRef(
        id=place.id, name=place.name, text=place.id, start=0, end=1, role=role, extent=extent
    ),
    st.sampled_from(PLACES),
    st.sampled_from(["object", "near", "direction", "source", "part-of", "except"]),
    st.sampled_from(["full", "partial"]),
)


@st.composite
def dates(draw):
    first, length = draw(days | st.none()), draw(st.integers(0, 400))
    last = calendar.iso(calendar.parse_iso(first) + length) if first and draw(st.booleans()) else first
    return EventDate(edtf=first if first == last else None, earliest=first, latest=last, basis="explicit")


@st.composite
def materials(draw):
    events = [
        Event(
            id=f"a:e{number}", account="a", kind=draw(st.sampled_from(KINDS)), date=draw(dates()), actor=draw(sides),
            against=draw(sides), places=tuple(draw(st.lists(refs, max_size=3))), again=False, hedged=draw(st.booleans()),
            attributed_to=draw(st.sampled_from([None, "the army"])), negated=draw(st.booleans()),
            trigger=Trigger(text="took", start=0, end=4), sentence=Span(start=0, end=4), citations=(), rule="test",
            review=draw(st.sampled_from(["unchecked", "accepted", "rejected", "disputed"])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    return Material(
        name="x", accounts={"a": Account(id="a", text="took")}, events=tuple(events),
        places={place.id: place for place in PLACES}, sides={side.id: side for side in gather_sides(events)},
        held=tuple(fold(events, PLACES)), reviews=(), at="2026-01-01T00:00:00+00:00",
    )  # fmt: skip


def written(material, form):
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "x"
        rows, losses = formats.write(material, form, output)
        return output.read_text(encoding="utf-8"), rows, losses


def vouched_for(event):
    claimed = event.hedged or event.attributed_to or event.review == "disputed"
    return not (event.negated or claimed or event.review == "rejected")


@settings(max_examples=60, deadline=None)
@given(materials())
def test_code_books_account_for_every_row_and_have_facts_alone(material):
    facts = {event.id for event in material.events if vouched_for(event)}
    for form, name in (("acled", "notes"), ("ucdp", "relid")):
        text, rows, losses = written(material, form)
        assert rows + sum(losses.left_out.values()) == len(material.rows)
        for row in csv.DictReader(text.splitlines()):
            named = {word.strip("[]").partition("#")[0] for word in row[name].split() if "a:e" in word}
            assert named
            assert named <= facts
    text, rows, losses = written(material, "plover")
    assert rows + sum(losses.left_out.values()) == len(material.events)
    assert {record["id"] for record in json.loads(text)} <= facts


@settings(max_examples=40, deadline=None)
@given(materials())
def test_the_other_formats_have_every_row_and_mark_the_claims(material):
    facts = {event.id for event in material.events if vouched_for(event)}
    rows = list(csv.DictReader(written(material, "csv")[0].splitlines()))
    assert {row["event"] for row in rows} == {event.id for event in material.events}
    assert {row["event"] for row in rows if row["status"] == "stated"} == facts
    features = json.loads(written(material, "geojson")[0])["features"]
    assert len(features) == len(material.rows) + len(material.held)
    for form in ("kml", "wikitext", "jsonld"):
        assert not written(material, form)[2].left_out
