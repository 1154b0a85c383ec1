"""Days on an axis, in any year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.exports.pictures.axis import MOST, ticks
from frontledger.mentions import calendar


def labels(first, last):
    return [label for _, label in ticks(calendar.parse_iso(first), calendar.parse_iso(last))]


@pytest.mark.parametrize(
    ("first", "last", "some"),
    [
        ("2015-11-05", "2015-11-05", ["2015-11-05"]),
        ("2015-11-05", "2015-11-09", ["2015-11-05", "2015-11-06"]),
        ("2015-11-05", "2015-12-29", ["2015-11-05", "2015-11-12"]),
        ("2015-01-01", "2015-12-31", ["2015-01", "2015-03"]),
        ("1337-05-24", "1453-10-19", ["1340", "1360"]),
        ("-0048-01-10", "-0047-08-09", ["-0048-04", "-0048-07"]),
        ("-0219-01-01", "-0200-12-31", ["-0215", "-0210"]),
    ],
)
def test_labels_are_iso(first, last, some):
    assert set(some) <= set(labels(first, last))


@given(st.integers(-1_000_000, 3_000_000), st.integers(0, 400_000))
def test_there_are_a_few_ticks_inside(first, length):
    found = ticks(first, first + length)
    assert len(found) <= MOST + 1
    assert length > 60 or found
    assert all(first <= day <= first + length for day, _ in found)
    assert [day for day, _ in found] == sorted({day for day, _ in found})
