"""The period that an account says it is about: the dates of its opening sentence.

What belongs here: telling a statement of scope ("the offensive of May and June 1919") from the first event
of a narrative.  What does not: what follows from it (``ledger``), or the dates of single events (``dating``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontledger.languages.sentencewords import sentence_words
from frontledger.mentions.calendar import parse_iso
from frontledger.mentions.sentences import split
from frontledger.model import CONTROL_KINDS, Account, Event, Time

__all__ = ["infobox_dates", "span_of", "stated_period", "titled_year"]

LEAST_INSIDE = 0.5
"""Share of the dated events that must lie inside: "began in May" names a month, but no period."""


def stated_period(account: Account, times: Sequence[Time], events: Sequence[Event]) -> tuple[str, str] | None:
    """First and last ISO day of what ``account`` says it is about; None when it does not say.

    Only an opening sentence that tells of no change of hands states a period, and only explicit dates that
    span more than a day.  ``times`` and ``events`` are those of the account.
    """
    opening = next(iter(split(account, sentence_words(account.lang))), None)
    if opening is None:
        return None
    if any(
        event.kind in CONTROL_KINDS and not event.background and event.sentence.start < opening.end
        for event in events
    ):
        return None
    days = [
        day
        for time in times
        if opening.start <= time.start < opening.end and time.type == "DATE" and time.basis == "explicit"
        for day in (time.earliest, time.latest)
        if day is not None
    ]
    if not days:
        return None
    first, last = min(days, key=parse_iso), max(days, key=parse_iso)
    return (first, last) if first != last and holds_most(first, last, events) else None


def infobox_dates(account: Account) -> str:
    """What the infobox says of when it was, as text of its own; empty where it does not say."""
    return "\n".join(field.value for field in account.infobox if field.key == "date")


_YEAR = re.compile(r"(?<![\w.,])(1\d{3}|20\d\d)(?!\w|[.,]\d)")
"""A bare number that can only be a year."""
_TITLE = 15
"""Words up to which the first line of an account is its title."""


def titled_year(account: Account) -> int | None:
    """The year that the title of an account gives, for a diary whose entries leave it to the title; the first of a span."""
    title = account.title
    if not title:
        first = account.text.lstrip().partition("\n")[0].strip()
        title = first if len(first.split()) <= _TITLE and not first.endswith((".", "!", "?")) else ""
    found = _YEAR.search(title)
    return int(found[1]) if found else None


def span_of(times: Sequence[Time], events: Sequence[Event]) -> tuple[str, str] | None:
    """First and last ISO day of explicit dates that state a period, such as those of an infobox.

    None where there are none, or where most of the events lie outside, so that they were misread.
    """
    days = [
        day
        for time in times
        if time.type == "DATE" and time.earliest is not None and time.latest is not None
        for day in (time.earliest, time.latest)
    ]
    if not days:
        return None
    first, last = min(days, key=parse_iso), max(days, key=parse_iso)
    return (first, last) if holds_most(first, last, events) else None


def holds_most(first: str, last: str, events: Sequence[Event]) -> bool:
    """Whether most of the narrated, dated events may lie between two days."""
    begin, end = parse_iso(first), parse_iso(last)
    windows = [
        (parse_iso(event.date.earliest), parse_iso(event.date.latest))
        for event in events
        if not event.background and event.date.earliest is not None and event.date.latest is not None
    ]
    inside = sum(low <= end and high >= begin for low, high in windows)
    return inside >= LEAST_INSIDE * len(windows)
