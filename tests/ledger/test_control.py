"""Reading a day off the holdings: a small campaign, and the shape of the rows."""

from __future__ import annotations

import msgspec
import pytest

from frontledger.ledger.control import control
from frontledger.ledger.fold import fold
from frontledger.model import Place

from .building import PLACES, day, event, events

CAMPAIGN = events(
    "2 red sets-out-from Q; 4 blue holds P; 7 red takes part of P from blue; 9 red takes P from blue;"
    "9 blue leaves P; 14 blue takes P from red; 14–18 red takes part of P (reported); 20 red takes P/d from blue;"
    "27 red takes P from blue"
)


def row(holdings, place, on, layer="assessed"):
    (found,) = [one for one in control(holdings, PLACES, day(on), layer) if one.place == place]
    return found


@pytest.mark.parametrize(
    ("on", "state", "holder", "claimed"),
    [
        (3, "unknown", None, None),
        (4, "held", "blue", None),
        (7, "contested", None, None),
        (9, "held", "red", None),
        (13, "held", "red", None),
        (15, "held", "blue", "unknown"),
        (18, "held", "blue", "contested"),
        (21, "contested", None, None),
        (26, "contested", None, None),
        (27, "held", "red", None),
    ],
)
def test_a_town_through_a_campaign(on, state, holder, claimed):
    rows = {one.layer: one for one in control(fold(CAMPAIGN, PLACES), PLACES, day(on)) if one.place == "P"}
    assert (rows["assessed"].state, rows["assessed"].holder) == (state, holder)
    assert (rows["claimed"].state if "claimed" in rows else None) == claimed


def test_the_same_change_from_both_sides_is_one_with_two_witnesses():
    assert row(fold(CAMPAIGN, PLACES), "P", 10).evidence == ("A300", "A400")


@pytest.mark.parametrize(
    ("told", "on", "since"),
    [
        ("5 red takes P", 9, "2020-01-05"),
        ("5–7 red takes P", 9, "2020-01-05/2020-01-07"),
        ("5 red holds P", 9, "../2020-01-05"),
        ("2 red takes Q; 5 red takes P from blue", 3, None),
        ("2 red takes Q; 5 red takes P", 3, None),
    ],
)
def test_since(told, on, since):
    assert row(fold(events(told), PLACES), "P", on).since == since


def test_rows_are_sorted_by_name_unnamed_last():
    places = [
        Place(id="1", name=None),
        Place(id="2", name="beta"),
        Place(id="3", name="Alpha"),
        Place(id="4", name="Gamma"),
    ]
    base = event("5 red takes P")
    told = [
        msgspec.structs.replace(
            base, id=place.id, places=(msgspec.structs.replace(base.places[0], id=place.id),)
        )
        for place in places[:3]
    ]
    rows = control(fold(told, places), places, day(9))
    assert [one.name for one in rows] == ["Alpha", "beta", None]  # and no row for what no event names


def test_one_layer():
    holdings = fold(events("5 red takes P; 6 blue takes P (reported); 7 red takes Q"), PLACES)
    both = control(holdings, PLACES, day(9))
    assert [(one.place, one.layer, one.holder) for one in both if one.place != "P/d"] == [
        ("P", "assessed", "red"), ("P", "claimed", "blue"), ("Q", "assessed", "red"),
    ]  # fmt: skip
    claimed = control(holdings, PLACES, day(9), "claimed")
    assert [(one.place, one.layer, one.holder) for one in claimed if one.place != "P/d"] == [
        ("P", "claimed", "blue"), ("Q", "claimed", "red"),
    ]  # fmt: skip


def test_years_before_christ():
    told = [
        msgspec.structs.replace(
            one,
            date=msgspec.structs.replace(one.date, earliest=f"-0048-01-0{n}", latest=f"-0048-01-0{n}"),
        )
        for n, one in ((3, event("3 red takes P")), (5, event("5 blue takes P", 100)))
    ]
    holdings = fold(told, PLACES[:1])
    assert [control(holdings, PLACES, f"-0048-01-0{n}")[0].holder for n in (3, 4, 5)] == [
        "red",
        "red",
        "blue",
    ]
    assert control(holdings, PLACES, "-0048-01-02")[0].state == "unknown"
    assert control(holdings, PLACES, "2020-01-01")[0].holder == "blue"


def test_no_such_day():
    with pytest.raises(ValueError, match="no such day"):
        control((), PLACES, "2020-02-30")


def test_a_place_without_an_id_is_the_callers_fault():
    told = event("5 red takes P")
    nowhere = msgspec.structs.replace(told, places=(msgspec.structs.replace(told.places[0], id=None),))
    with pytest.raises(ValueError, match="event A0 names a place without an id"):
        fold([nowhere], PLACES)


def test_parts_in_a_circle_do_no_harm():
    circle = (Place(id="P", name="P", part_of="Q"), Place(id="Q", name="Q", part_of="P"))
    holdings = fold(events("5 red takes P; 7 blue takes Q"), circle)
    assert {one.place: one.holder for one in control(holdings, circle, day(9))} == {"P": "blue", "Q": "blue"}
