"""What always holds of the fold, whatever the events."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontledger.ledger.control import control
from frontledger.ledger.fold import fold
from frontledger.mentions import calendar

from .building import PLACES, VERBS, day, event

LAYERS = ("assessed", "claimed")
SIDES = ("red", "blue", "green")
VERB = st.sampled_from(sorted(VERBS))
MARKS = st.sampled_from(
    ["", "", "", "", " (reported)", " (denied)", " (background)", " (rejected)", " (disputed)", " (again)"]
)


@st.composite
def tellings(draw, first=1, last=30, verbs=VERB):
    """One event in the notation of docs/control.md."""
    start = draw(st.integers(first, last))
    end = draw(st.one_of(st.just(start), st.integers(start, last)))
    when = draw(
        st.sampled_from([f"{start}–{end}" if end > start else f"{start}"] * 9 + ["?", f"{start}–", f"–{end}"])
    )
    if last < 30 or first > 1:
        when = f"{start}–{end}" if end > start else f"{start}"
    against = draw(st.sampled_from(["", "", " from red", " from blue"]))
    part = draw(st.sampled_from(["", "", "", "part of "]))
    place = draw(st.sampled_from(["P", "P", "P", "P/d", "Q", "P,Q"]))
    account = draw(st.sampled_from(["A", "A", "B"]))
    side = draw(st.sampled_from(SIDES))
    return f"{account}: {when} {side} {draw(verbs)} {part}{place}{against}{draw(MARKS)}"


def build(told):
    return [event(one, offset=100 * index) for index, one in enumerate(told)]


@given(st.lists(tellings(), max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_any_order_gives_one_ledger(told, random):
    events = build(told)
    shuffled = events[:]
    random.shuffle(shuffled)
    places = list(PLACES)
    random.shuffle(places)
    assert fold(shuffled, places) == fold(events, PLACES)


def tracks(holdings):
    found = defaultdict(list)
    for holding in holdings:
        found[holding.place, holding.layer].append(holding)
    return found.values()


def number(iso, *, otherwise):
    return otherwise if iso is None else calendar.parse_iso(iso)


@example(["A: –3 red holds P", "A: –4 blue holds P", "A: 1–2 blue takes P"])
@example(["A: –1 red holds P", "A: –1 red leaves P"])
@example(["A: 1 red attacks P", "A: –1 blue takes P from red"])
@given(st.lists(tellings(), max_size=14))
@settings(max_examples=400, deadline=None)
def test_holdings_follow_each_other_without_gap_or_overlap(told):
    for track in tracks(fold(build(told), PLACES)):
        for before, after in pairwise(track):
            assert (before.until_earliest, before.until_latest) == (after.since_earliest, after.since_latest)
            for field, least in (("since_earliest", -(10**9)), ("since_latest", 10**9)):
                was = number(getattr(before, field), otherwise=least)
                assert was <= number(getattr(after, field), otherwise=least)
        assert track[-1].until_earliest is track[-1].until_latest is None
        for holding in track:
            earliest = number(holding.since_earliest, otherwise=-(10**9))
            assert earliest <= number(holding.since_latest, otherwise=10**9)
            assert (holding.state == "held") == (holding.side is not None)
            assert len(holding.sides) == (1 if holding.state == "held" else len(set(holding.sides)))
            assert holding.sides == tuple(sorted(holding.sides))
            assert holding.evidence


@given(st.lists(tellings(), max_size=14))
@settings(max_examples=200, deadline=None)
def test_never_two_full_holders_at_once(told):
    """On no day do two holdings of one place and layer hold for certain."""
    for track in tracks(fold(build(told), PLACES)):
        for on in range(calendar.parse_iso("2019-12-28"), calendar.parse_iso("2020-02-03")):
            certain = [
                holding
                for holding in track
                if number(holding.since_latest, otherwise=10**9)
                <= on
                < number(holding.until_earliest or holding.until_latest, otherwise=10**9)
            ]
            assert len(certain) <= 1


@given(st.lists(tellings(), max_size=10))
@settings(max_examples=100, deadline=None)
def test_every_place_has_one_assessed_row_a_day(told):
    holdings = fold(build(told), PLACES)
    listed = sorted({holding.place for holding in holdings})
    for on in (1, 8, 15, 30):
        rows = control(holdings, PLACES, day(on))
        assert sorted(row.place for row in rows if row.layer == "assessed") == listed
        assert all((row.state == "held") == (row.holder is not None) for row in rows)
        claimed = control(holdings, PLACES, day(on), "claimed")
        assert sorted(row.place for row in claimed) == listed


@given(st.lists(tellings(last=15), max_size=8), st.lists(tellings(first=16), min_size=1, max_size=6))
@settings(max_examples=400, deadline=None)
def test_a_later_event_never_gives_an_earlier_day_to_another_side(early, late):
    """It may imply a holder where nothing was known, and an observation may make days uncertain."""
    events = build([*early, *late])
    before, after = fold(events[: len(early)], PLACES), fold(events, PLACES)
    seen = any(one.kind in {"hold", "repulse", "offensive"} for one in events[len(early) :])
    for layer in LAYERS:
        for on in (1, 5, 10, 15):
            was = {row.place: row for row in control(before, PLACES, day(on), layer)}
            for row in control(after, PLACES, day(on), layer):
                old = was.get(row.place)
                if old is not None and (old.state, old.sides) == (row.state, row.sides):
                    continue
                if row.state == "unknown":
                    assert old is None or old.state == "unknown" or seen
                else:
                    assert row.implied
                    assert old is None or old.state == "unknown"


@given(st.lists(tellings(), max_size=10))
@settings(max_examples=100, deadline=None)
def test_without_reports_the_layers_agree(told):
    stated = [one.replace(" (reported)", "").replace(" (disputed)", "") for one in told]
    assert all(holding.layer == "assessed" for holding in fold(build(stated), PLACES))


@given(st.lists(tellings(), max_size=10))
@example(["A: 1 red takes P", "A: 1 blue receives P", "A: –2 blue receives P (background)"])
@example(["A: 1 blue receives P", "A: 1– red receives P", "A: –1 blue receives P"])
@settings(max_examples=300, deadline=None)
def test_an_account_told_twice_holds_what_it_holds_once(told):
    """A second account that tells the very same changes of whole places adds witnesses and nothing else."""
    changes = ("takes", "receives", "leaves")
    once = [one.replace("B: ", "A: ", 1) for one in told if any(f" {verb} " in one for verb in changes)]
    once = [one.replace("part of ", "").replace("P/d", "P") for one in once]
    twice = once + [one.replace("A: ", "B: ", 1) for one in once]

    def states(events):
        return [
            (one.place, one.layer, one.state, one.sides, one.since_earliest, one.since_latest)
            for one in fold(events, PLACES)
        ]

    second = [event(one, offset=100 * (index % len(once))) for index, one in enumerate(twice)] if once else []
    assert states(second) == states(build(once))


@given(st.lists(tellings(), max_size=12))
@settings(max_examples=150, deadline=None)
def test_every_holding_rests_on_events_of_its_layer(told):
    events = {one.id: one for one in build(told)}
    for holding in fold(events.values(), PLACES):
        for name in holding.evidence:
            one = events[name]
            assert not one.negated
            assert one.review != "rejected"
            if holding.layer == "assessed":
                assert not one.hedged
                assert one.review != "disputed"


@given(st.lists(tellings(), max_size=12), st.sets(st.sampled_from(["P", "P/d", "Q"])))
@settings(max_examples=100, deadline=None)
def test_a_part_of_a_ledger_folds_as_the_whole(told, only):
    events = build(told)
    whole = fold(events, PLACES)
    assert fold(iter(events), PLACES, only=only) == tuple(one for one in whole if one.place in only)
