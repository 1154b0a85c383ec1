"""The date that an account states for itself: a dateline or a line that is only a date.

Only a full and unambiguous date counts, and only when no other line begins with one: a chronology is no
dateline.  What does not belong here: dates of the narrative.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from frontledger.accounts.lines import Line
from frontledger.languages.accountwords import account_words

__all__ = ["stated"]

HEAD_LINES = 6
WEEKDAY = re.compile(
    r",?\s*[^\W\d_]{3,12}\.?"
)  # after a date that stands alone; which word it is does not matter
YEAR = r"(?P<{0}>1[0-9]{{3}}|20[0-9]{{2}})"


@cache
def _month_numbers() -> dict[str, int]:
    return {name: number for number, names in enumerate(account_words().months, 1) for name in names}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A date at the start of a line, and the dateline of an agency: "KYIV, Sept 12, 2022 (Agency) –"."""
    months = "|".join(sorted(map(re.escape, _month_numbers()), key=len, reverse=True))
    day = (
        rf"(?:{YEAR.format('y1')}-(?P<n1>\d\d)-(?P<d1>\d\d)"
        rf"|{YEAR.format('y2')}\.?\s(?P<m2>{months})\.?\s(?P<d2>\d{{1,2}})\.?"
        rf"|(?P<d3>\d{{1,2}})\.?\s(?P<m3>{months})\.?,?\s{YEAR.format('y3')}"
        rf"|(?P<m4>{months})\.?\s(?P<d4>\d{{1,2}}),?\s{YEAR.format('y4')})(?!\w|-\w)"
    )
    return (
        re.compile(rf"(?:[^\W\d_]+:\s*)?{day}", re.IGNORECASE),
        re.compile(
            rf"[^\W\d_][^\d:;.!?]{{1,40}},\s{day}(?:,\s[^\W\d_]{{3,12}})?\s*(?:\([^)]{{1,40}}\)\s*)?[–—:-]",
            re.IGNORECASE,
        ),
    )


def stated(lines: list[Line]) -> str | None:
    """The ISO day that the head of the text states for the account, or None."""
    alone, agency = _patterns()
    starting = [(index, found) for index, line in enumerate(lines) if (found := alone.match(line.text))]
    if len(starting) == 1:
        index, found = starting[0]
        rest = lines[index].text[found.end() :].strip()
        if index < HEAD_LINES and (not rest or rest[0] in "–—" or WEEKDAY.fullmatch(rest)):
            return _iso(found)
    if not starting:
        for line in lines[:HEAD_LINES]:
            found = agency.match(line.text)
            if found:
                return _iso(found)
    return None


def _iso(found: re.Match[str]) -> str | None:
    parts = {name[0]: value for name, value in found.groupdict().items() if value}
    month = int(parts["n"]) if "n" in parts else _month_numbers()[parts["m"].lower()]
    try:
        return date(int(parts["y"]), month, int(parts["d"])).isoformat()
    except ValueError:
        return None
