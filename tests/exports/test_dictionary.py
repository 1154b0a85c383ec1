"""docs/exports.md describes every column of every format."""

import re
from pathlib import Path

import pytest

from frontledger.exports import acled, plover, tables, ucdp
from frontledger.exports.formats import FORMATS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def section(title):
    return PAGE.partition(f"## `{title}`")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (section("acled"), acled.COLUMNS),
        (section("ucdp"), ucdp.COLUMNS),
        (section("plover"), plover.FIELDS),
        *((PAGE.partition(f"### {name}:")[2].partition("\n##")[0], tables.COLUMNS[name]) for name in tables.COLUMNS),
    ],
)  # fmt: skip
def test_every_column_is_described(text, columns):
    told = set(re.findall(r"`([^`]+)`", text))
    assert [column for column in columns if column not in told] == []


def test_every_format_is_listed():
    told = set(re.findall(r"`(\w+)`", PAGE.partition("## What a format")[0]))
    assert set(FORMATS) <= told
