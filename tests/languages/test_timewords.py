"""What a broken ``dates.toml`` is told."""

from __future__ import annotations

import msgspec
import pytest

from frontledger.errors import PackError
from frontledger.languages.timetable import NumeralClass, Rule, TimeTable, WordClass
from frontledger.languages.timewords import DateReader

CLASSES = {"month": WordClass(values={"may": 5}), "the": WordClass(words=["the"])}


def reader(pattern: str, means: str = "date", **fill: str | int) -> DateReader:
    rule = msgspec.convert({"name": "x.rule", "pattern": pattern, "means": means, "fill": fill}, Rule)
    return DateReader("x", TimeTable(classes=CLASSES, numerals={"day": NumeralClass(1, 31)}, rule=[rule]))


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("month dya", "no class 'dya'"),
        ("month (day", r"no '\)'"),
        ("month ) day", "unexpected"),
        ("month?", "nothing at all"),
        ("month & day", "cannot read"),
        ("@absent month", "cannot read '@'"),
        ("moment=month", "no such field: moment"),
    ],
)
def test_patterns_are_checked(pattern: str, complaint: str):
    with pytest.raises(PackError, match=complaint) as error:
        reader(pattern)
    assert "languages/x/dates.toml: rule x.rule" in str(error.value)


def test_a_shift_needs_a_unit():
    with pytest.raises(PackError, match="captures no 'unit'"):
        reader("the month", "shift")


def test_longest_match_wins():
    assert reader("month | month day").expressions(reader("month")["may"])
    both = reader("month day?")
    tags = both["may"] + both["5"]
    assert [where[:2] for _, where in both.expressions(tags)] == [(0, 2)]
