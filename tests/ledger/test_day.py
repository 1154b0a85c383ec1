"""The control of a day asked of the database equals that of all holdings, whatever the day, layer and place."""

from __future__ import annotations

import random

import pytest

from frontledger.ledger.control import control
from frontledger.ledger.day import period
from frontledger.ledger.storage import Ledger
from frontledger.model import EventDate

from .test_fold_properties import SIDES
from .test_storage import store

VERBS = ("takes", "takes", "leaves", "holds", "repulses", "attacks")
MARKS = ("", "", "", " (reported)", " (denied)")


def told(dice):
    """A telling in the notation of docs/control.md, with days, ranges, open ends and no day at all."""
    first = dice.randint(1, 28)
    last = min(30, first + dice.randint(0, 9))
    days = dice.choice([f"{first}", f"{first}", f"{first}–{last}", f"{first}–", f"–{last}", "?"])
    places = dice.choice(["P", "P", "Q", "P,Q", "P/d"])
    part = dice.choice(["", "", "part of "])
    return f"{days} {dice.choice(SIDES)} {dice.choice(VERBS)} {part}{places}{dice.choice(MARKS)}"


def agrees(ledger, days):
    for on in days:
        for layer in (None, "assessed", "claimed"):
            all_of_them = control(ledger.holdings, ledger.places, on, layer)
            assert ledger.control_on(on, layer) == all_of_them, (on, layer)
            assert list(ledger.control(on=on, layer=layer)) == all_of_them
            for place in ("P", "Q", "nowhere"):
                wanted = [row for row in all_of_them if row.place == place]
                assert ledger.control_on(on, layer, place) == wanted


@pytest.mark.parametrize("seed", range(6))
def test_the_day_from_the_database(where, seed):
    dice = random.Random(seed)  # noqa: S311 - no secret
    with Ledger.create(where) as ledger:
        for account in ("A", "B"):
            store(ledger, account, "; ".join(told(dice) for _ in range(12)))
        agrees(ledger, ["2019-12-31", *(f"2020-01-{day:02d}" for day in range(1, 31)), "2021-05-05"])
        agrees(ledger, ["-0043-03-15", "0000-01-01", "12020-01-01"])
        assert ledger.span == period(ledger.events)


def test_years_that_do_not_sort_as_texts(where, monkeypatch):
    """Days before the year 0 and behind 9999, whose texts stand in another order than the days."""
    from . import building

    years = {
        1: "-0217-06-22",
        2: "-0216-08-02",
        3: "-0046-02-06",
        4: "0009-09-09",
        5: "2020-01-05",
        6: "12020-01-01",
    }

    def date(days):
        ends = [years[int(one)] if one else None for one in days.split("–")]
        return EventDate(edtf=None, earliest=ends[0], latest=ends[-1], basis="explicit", text=days)

    monkeypatch.setattr(building, "date", date)
    with Ledger.create(where) as ledger:
        store(
            ledger,
            "A",
            "1 red takes P; 2–3 blue takes P; 4 green takes P; 5–6 red takes P; 1–4 red takes Q; 6 blue takes Q",
        )
        assert len(ledger.holdings) > 5
        agrees(
            ledger, [*years.values(), "-0300-01-01", "-0100-01-01", "0001-01-01", "9999-12-31", "13000-01-01"]
        )


def test_what_is_no_day(where):
    with Ledger.create(where) as ledger:
        store(ledger, "A", "5 red takes P")
        for on in ("2020-13-01", "yesterday", ""):
            with pytest.raises(ValueError, match=r"no such day|not an ISO day"):
                ledger.control_on(on)


def test_an_empty_ledger_tells_of_no_day(where):
    with Ledger.create(where) as ledger:
        assert ledger.span is None
        assert ledger.control_on("2020-01-01") == []
