"""Steps say of every day what ``control`` says."""

from __future__ import annotations

import itertools

from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontledger.ledger.control import control
from frontledger.ledger.fold import fold
from frontledger.ledger.statements import AFTER, BEFORE, Days
from frontledger.ledger.steps import steps, tracks
from frontledger.mentions import calendar

from .building import PLACES, day, events
from .test_fold_properties import build, tellings


def all_steps(holdings):
    return {(place, layer): steps(place, layer, track, Days()) for place, layer, track in tracks(holdings)}


def said(row):
    return row.state, row.holder, row.sides, row.since, row.implied, row.evidence


@example(["A: –4 blue takes P from red (reported)", "A: 1–9 red takes P"])
@example(["A: ? red takes P"])
@given(st.lists(tellings(), max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_step_and_the_day_agree(told):
    holdings = fold(build(told), PLACES)
    found = all_steps(holdings)
    for on in range(calendar.parse_iso("2019-12-30"), calendar.parse_iso("2020-02-02")):
        for layer in ("assessed", "claimed"):
            for row in control(holdings, PLACES, calendar.iso(on), layer):
                track = found.get((row.place, layer)) or found.get((row.place, "assessed"))
                if track is None:  # reported and nothing else
                    assert (row.state, row.evidence) == ("unknown", ())
                    continue
                in_force = [step for step in track if step.first is None or step.first <= on][-1]
                assert said(in_force.row) == said(row)


@given(st.lists(tellings(), max_size=12))
@settings(max_examples=100, deadline=None)
def test_steps_go_forward_and_each_says_something_else(told):
    for track in all_steps(fold(build(told), PLACES)).values():
        assert track[0].first is None
        days = [step.first for step in track[1:]]
        assert days == sorted(set(days))
        assert all(BEFORE < day < AFTER for day in days)
        assert all(one.row != next_.row for one, next_ in itertools.pairwise(track))


def test_the_range_of_a_change_is_told():
    ((_, track),) = all_steps(fold(events("3 red takes Q; 10–15 blue takes Q from red"), PLACES)).items()
    at = {step.first: step for step in track}
    number = {n: calendar.parse_iso(day(n)) for n in ("3", "10", "15")}
    assert at[number["3"]].other is None
    assert (at[number["10"]].row.state, at[number["10"]].other) == ("unknown", number["15"])
    assert (at[number["15"]].row.holder, at[number["15"]].other) == ("blue", number["10"])


def test_by_then_has_an_open_beginning():
    ((_, track),) = all_steps(fold(events("9 red holds Q"), PLACES)).items()
    assert [(step.row.state, step.other) for step in track] == [
        ("unknown", calendar.parse_iso(day("9"))),
        ("held", BEFORE),
    ]
