"""Circles out of statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.model import Event, EventDate, Place, PlaceRef, Span, Telling, Trigger
from frontledger.places.geometry import distance
from frontledger.places.relating import relate
from frontledger.places.relations import Circle, around, between, meeting, told

A, B = Place(id="a", name="A"), Place(id="b", name="B")
CIRCLES = {"a": Circle((34.0, 37.0), 2.0, "", exact=True), "b": Circle((34.0, 37.4), 2.0, "", exact=True)}


def event(*refs):
    return Event(
        id="e1",
        account="x",
        kind="capture",
        date=EventDate(edtf=None, earliest=None, latest=None, basis="undated"),
        actor=None,
        against=None,
        places=refs,
        again=False,
        hedged=False,
        attributed_to=None,
        negated=False,
        trigger=Trigger(text="took", start=0, end=4),
        sentence=Span(start=0, end=100),
        citations=(),
        rule="",
    )


def ref(place, role="object", start=10):
    return PlaceRef(id=place, name=place, text=place, start=start, end=start + 5, role=role)


def located(place, *events, tellings=(), places=()):
    known = {one.id: one for one in (A, B, *places, place)}
    return relate(known, events, tellings, CIRCLES).get(place.id)


def test_a_distance_and_a_direction():
    telling = Telling(
        account="x", start=0, end=1, text="10 km east of A", anchor="a", subjects=("x",), km=10, degrees=90
    )
    place = located(Place(id="x", name="X", type="village"), tellings=[telling])
    assert (place.lat, place.lon) == pytest.approx((34.0, 37.108), abs=0.01)
    assert place.radius_km == pytest.approx(7.5)
    assert place.located_by == "10 km east of A by “10 km east of A”"
    assert place.placing == "relation"


def test_a_direction_alone_is_a_wide_circle_that_begins_at_the_anchor():
    telling = Telling(account="x", start=0, end=1, text="west of A", anchor="a", degrees=270)
    village = told(Place(id="x", name="X", type="village"), telling, A, CIRCLES["a"])
    airbase = told(Place(id="x", name="X", type="airbase"), telling, A, CIRCLES["a"])
    assert village.radius < airbase.radius
    for circle in (village, airbase):
        assert distance(circle.point, CIRCLES["a"].point) <= circle.radius


def test_between_two_places():
    road = located(Place(id="x", name="A–B road", type="road", anchors=("a", "b")))
    assert (road.lat, road.lon) == pytest.approx((34.0, 37.2), abs=0.01)
    assert all(distance((road.lat, road.lon), CIRCLES[one].point) <= road.radius_km for one in "ab")
    assert road.located_by == "the road between A and B"


def test_ends_of_a_road_across_the_country_locate_nothing():
    far = [CIRCLES["a"], Circle((39.0, 37.0), 2.0, "")]
    assert between(Place(id="x", name="X"), [A, B], far) is None


def test_part_of_a_whole():
    place = located(Place(id="x", name="A's fifth district", type="district", part_of="a"))
    assert (place.lat, place.lon, place.radius_km) == (34.0, 37.0, 4.0)


def test_facilities_lie_closer_than_hills():
    depot = around(Place(id="x", name="A depot", type="depot"), A, CIRCLES["a"])
    hill = around(Place(id="x", name="X", type="hill"), A, CIRCLES["a"])
    area = around(Place(id="x", name="eastern A", type="area"), A, CIRCLES["a"])
    assert depot.radius < hill.radius < area.radius


def test_near_at_the_head_of_the_sentence_is_said_of_all():
    place = located(
        Place(id="x", name="X"), event(ref("a", "near", 0), ref("y", start=20), ref("x", start=60))
    )
    assert place.located_by == "near A"


def test_near_behind_a_list_is_said_of_the_last():
    told_of = event(ref("y", start=0), ref("x", start=60), ref("a", "near", 70))
    assert located(Place(id="x", name="X"), told_of).located_by == "near A"
    assert located(Place(id="y", name="Y"), told_of, places=[]) is None


def test_what_is_listed_with_located_places_lies_by_them():
    place = located(Place(id="x", name="X"), event(ref("a"), ref("b", start=20), ref("x", start=40)))
    assert place.located_by == "named together with A, B"
    assert all(distance((place.lat, place.lon), CIRCLES[one].point) < place.radius_km for one in "ab")


def test_chains_end_before_they_say_nothing():
    """Located by one that is located by one … grows until it is openly nowhere."""
    places = [Place(id=f"p{i}", name=f"P{i}") for i in range(4)]
    told_of = [event(ref("a"), ref("p0", start=20))]
    told_of += [event(ref(f"p{i}"), ref(f"p{i + 1}", start=20)) for i in range(3)]
    found = relate({one.id: one for one in (A, *places)}, told_of, [], CIRCLES)
    radii = [found[f"p{i}"].radius_km for i in range(4) if f"p{i}" in found]
    assert radii == sorted(radii)
    assert len(radii) < 4


@given(st.floats(0, 40), st.floats(5, 20), st.floats(5, 40))
def test_where_circles_meet(apart, small, large):
    one = Circle((34.0, 37.0), small, "one")
    two = Circle((34.0 + apart / 111.2, 37.0), large, "two")
    met = meeting([one, two])
    assert met.radius <= max(small, 0) + 1e-6 or met.radius <= min(small, large) + 1e-6
    if apart < small + large - 0.5:  # a point of both lies within the circle where they meet
        both = (34.0 + max(0.0, apart - large) / 111.2, 37.0) if apart > large else (34.0, 37.0)
        if distance(both, one.point) <= small and distance(both, two.point) <= large:
            assert distance(both, met.point) <= met.radius + 0.2
