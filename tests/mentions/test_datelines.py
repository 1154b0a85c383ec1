"""A report's own day at its head, and what is read against it."""

from __future__ import annotations

import pytest

from frontledger.languages.timewords import date_reader
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize


def values(code: str, text: str) -> list[str | None]:
    return [time.value for time in tag_times(text, tokenize(text), date_reader(code))]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "KARVOL, 8 January 2024 (own report) - The hill fell on Thursday.", "2024-01-04"),
        ("en", "KARVOL, 8 January 2024 - It began on 27 October, they said.", "2023-10-27"),
        ("en", "KARVOL, 8 January 2024 (Agency) – The bridge fell yesterday.", "2024-01-07"),
        ("hu", "Karvol, 2024. január 8. (MTI) – A domb csütörtökön esett el.", "2024-01-04"),
        ("hu", "Karvol, 2024. január 8. – A harcok október 27-én kezdődtek.", "2023-10-27"),
    ],
)
def test_a_dateline_is_the_day_of_the_report(code: str, text: str, expected: str):
    assert values(code, text)[-1] == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "On 8 January 1915 the hill fell. In October it was retaken.", "1915-10"),
        ("en", "The war began, on 8 January 1915: In October it was lost.", "1915-10"),
        (
            "en",
            "Karvol, 8 January 1915 - The hill fell. On 9 May 1916 it burned. In June it rained.",
            "1916-06",
        ),
        ("hu", "1915. január 8. – A domb elesett. Októberben visszafoglalták.", "1915-10"),
    ],
)
def test_the_first_date_of_a_narrative_is_none(code: str, text: str, expected: str):
    assert values(code, text)[-1] == expected


def test_what_a_report_announces_is_no_step_of_the_narrative():
    text = "KARVOL, 8 January 2024 - The hill fell. It will be free by 12 January. The bridge fell too."
    assert [time.moves for time in tag_times(text, tokenize(text), date_reader("en"))] == [True, False]
