"""Lists of dates under one noun: "Years of their recapture: Esztergom 1683, Buda 1686".

What stands before the colon says what happened, each name behind it where, the date beside the name when.

What does not belong here: lists of names without dates, which one verb governs.
"""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from frontledger.events.dating import Timeline
from frontledger.events.drafts import Draft
from frontledger.events.filled import Filled
from frontledger.events.flags import Flags
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged
from frontledger.model import CONTROL_KINDS, EventDate, Time

__all__ = ["dated_items"]

_FEWEST = 2
"""Items that make a list."""
_DIGITS = 4
_NEAR = 2
"""Tokens between a name and its date: a preposition, a bracket."""


def dated_items(
    account: AccountTokens, tagged: Tagged, groups: list[Group], drafts: list[Draft], timeline: Timeline
) -> list[Draft] | None:
    """The drafts of a sentence that is such a list, in place of ``drafts``; None where it is none."""
    colon = next((at for at, base in enumerate(tagged.bases) if base == ":" and tagged.tags[at] == "."), None)
    if colon is None:
        return None
    offset = account.tokens.start[tagged.first + colon]
    head = next(
        (d for d in drafts if d.nominal and d.trigger[1] <= offset and d.frame.kind in CONTROL_KINDS), None
    )
    behind = [group for group in groups if group.first > colon and group.kind != "actor"]
    if head is None or len(behind) < _FEWEST:
        return None
    by = head.filled.actor if head.filled.actor is not None and head.filled.actor.last <= colon else None
    items: list[Draft] = []
    for group in behind:
        time = _date_of(account, tagged, group)
        if group.kind != "place":
            return None
        date = (
            timeline.date([], head.trigger[0], (head.sentence.start, head.sentence.end), own=time)
            if time is not None
            else _year_of(tagged, group)
        )
        if date is None:
            return None
        items.append(
            msgspec.structs.replace(
                head,
                filled=Filled(objects=[group], actor=by),
                flags=Flags(),
                date=date,
                places=[],
            )
        )
    return items


def _date_of(account: AccountTokens, tagged: Tagged, group: Group) -> Time | None:
    """The date right behind a name."""
    starts = account.tokens.start
    for time in tagged.times:
        at = bisect_left(starts, time.start) - tagged.first
        if 0 <= at - group.last <= _NEAR and "," not in tagged.tags[group.last : at]:
            return time
    return None


def _year_of(tagged: Tagged, group: Group) -> EventDate | None:
    """The bare year right behind a name, which only such a list shows to be one."""
    year = tagged.bases[group.last].rstrip(".") if group.last < len(tagged.bases) else ""
    if not (year.isdecimal() and 3 <= len(year) <= _DIGITS):
        return None
    year = year.zfill(_DIGITS)
    return EventDate(
        edtf=year,
        earliest=f"{year}-01-01",
        latest=f"{year}-12-31",
        basis="explicit",
        text=tagged.bases[group.last],
    )
