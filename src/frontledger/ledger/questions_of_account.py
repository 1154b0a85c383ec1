"""What an account's own text makes questionable: its dates, its period, its citations.

What belongs here: checks that need no holding.  What does not: control (``questions_of_control``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from frontledger.ledger.phrasing import listed, span
from frontledger.ledger.record import Record, finding, objects
from frontledger.ledger.statements import bears_on_control
from frontledger.model import CONTROL_KINDS, Account, Event, Finding

__all__ = ["citation_gap", "out_of_order", "outside_period", "uncited"]

ISO_DAY = re.compile(r"(?<![\d-])-?\d{4}-\d\d-\d\d(?!\d)")
MOST_MISSING = 0.5
"""Where more of the numbers are missing, they are no consecutive numbering (years, say)."""


def outside_period(record: Record) -> Iterator[Finding]:
    """Events that lie outside the account's own period, background apart; one for each date."""
    for account in record.accounts:
        period = _period(record, account)
        if period is None:
            continue
        first, last = record.days[period[0]], record.days[period[1]]
        strays: dict[tuple[int, int], list[Event]] = {}
        for event in record.by_account[account.id]:
            window = record.days.window(event)
            if event.background or not bears_on_control(event) or window is None:
                continue
            if window[1] < first or window[0] > last:
                strays.setdefault(window, []).append(event)
        for _, events in sorted(strays.items()):
            yield finding(
                "outside-period", "medium", _stray(record, events, period),
                places=[ref.id for event in events for ref in objects(event)], events=events,
            )  # fmt: skip


def _stray(record: Record, events: Sequence[Event], period: tuple[str, str]) -> str:
    what = f"{len(events)} events" if len(events) > 1 else f"“{events[0].trigger.text}”"
    by = f" (“{events[0].date.text}”)" if events[0].date.text else ""
    when = record.say.when(events[0])
    return f"The account is about {period[0]} to {period[1]}, but puts {what} {when}{by}."


def _period(record: Record, account: Account) -> tuple[str, str] | None:
    """First and last day of what the account is about, as its infobox or else ``periods`` gives them."""
    for field in account.infobox:
        days = ISO_DAY.findall(field.value) if field.key == "date" else []
        if days:
            return days[0], days[-1]
    return record.periods.get(account.id)


def out_of_order(record: Record) -> Iterator[Finding]:
    """Explicit dates that run backwards from sentence to sentence, flashbacks apart; one for each step.

    A heading starts afresh, and so does what follows the opening paragraph, which sums up.
    """
    for account in record.accounts:
        starts = _strands(account)
        last: tuple[int, tuple[int, int], Event] | None = None
        for events, now in _dated_sentences(record, account):
            strand = bisect_right(starts, events[0].sentence.start)
            if last is not None and last[0] == strand and now[1] < last[1][0]:
                before, event = last[2], events[-1]
                yield finding(
                    "out-of-order", "medium",
                    f"The narrative runs backwards: {_dated(event)} is told after {_dated(before)}.",
                    places=[ref.id for ref in objects(event)], events=[before, event],
                )  # fmt: skip
            last = (strand, now, events[-1])


def _dated(event: Event) -> str:
    day = span(event.date.earliest, event.date.latest).removeprefix("on ")
    return f"{day} (“{event.date.text}”)" if event.date.text else day


def _dated_sentences(record: Record, account: Account) -> Iterator[tuple[Sequence[Event], tuple[int, int]]]:
    """The narrated events with an explicit date, sentence by sentence, with the first and last day of each."""
    sentence: list[Event] = []
    first = last = start = 0
    for event in record.by_account[account.id]:
        if event.background or event.date.basis != "explicit" or event.review == "rejected":
            continue
        window = record.days.window(event)
        if window is None:
            continue
        if sentence and event.sentence.start != start:
            yield sentence, (first, last)
            sentence = []
        if sentence:
            first, last = min(first, window[0]), max(last, window[1])
        else:
            start, (first, last) = event.sentence.start, window
        sentence.append(event)
    if sentence:
        yield sentence, (first, last)


def _strands(account: Account) -> list[int]:
    """Where the narrative may start afresh."""
    starts = [section.start for section in account.sections]
    running = [block for block in account.blocks if block.kind in ("paragraph", "bullet")]
    return sorted([*starts, *(block.end for block in running[:1])])


def uncited(record: Record) -> Iterator[Finding]:
    """Changes of hands and statements of possession without a citation, in accounts that cite; one an event."""
    citing = {account.id for account in record.accounts if account.citations}
    for event in record.events:
        if event.account not in citing or event.citations or event.kind not in CONTROL_KINDS:
            continue
        if event.background or not bears_on_control(event) or not objects(event):
            continue
        deed = record.say.deed(event, objects(event))
        yield finding(
            "uncited", "low",
            f"No citation: {deed} {record.say.when(event)} (“{event.trigger.text}”).",
            places=[ref.id for ref in objects(event)], events=[event],
        )  # fmt: skip


def citation_gap(record: Record) -> Iterator[Finding]:
    """Numbers that are missing between the smallest and the largest citation; one an account."""
    for account in record.accounts:
        labels = {int(one.label) for one in account.citations if one.label.isascii() and one.label.isdigit()}
        if len(labels) < 2:
            continue
        low, high = min(labels), max(labels)
        count = high - low + 1 - len(labels)
        if not count or count > MOST_MISSING * (high - low + 1):
            continue
        runs = list(_runs(sorted(labels)))
        told = listed(part for first, last in runs for part in _run(first, last))
        noun, verb = ("number", "occurs") if count == 1 else ("numbers", "occur")
        yield finding(
            "citation-gap", "low", f"Citation {noun} {told} never {verb}, though {low} to {high} are in use.",
            account=account.id,
        )  # fmt: skip


def _run(first: int, last: int) -> tuple[str, ...]:
    """``16``, ``17``; longer ones as ``16–19``."""
    return (f"{first}–{last}",) if last - first > 1 else (str(first), str(last))


def _runs(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of numbers missing between neighbours."""
    for before, after in pairwise(labels):
        if after - before > 1:
            yield before + 1, after - 1
