"""Where accounts tell one change of hands differently.

What belongs here: checks between accounts.  What does not: which tellings tell one change (``changes``), or rival
holders in the folded record (``questions_of_control``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frontledger.ledger.changes import SAME_CHANGE_DAYS, Telling, apart, differences, gathered, told_of
from frontledger.ledger.phrasing import listed
from frontledger.ledger.record import Record, finding
from frontledger.model import Finding, Severity

__all__ = ["disagreement"]

INHERITED = frozenset({"inherited", "bounded"})
"""How a date was found that the sentence itself does not tell."""
LONGEST_QUOTE = 240
"""Characters of a sentence in a message; ``explain`` has it whole."""


def disagreement(record: Record) -> Iterator[Finding]:
    """One change of hands told differently in different accounts, with what each says; one a change.

    Rival holders at one time are ``two-holders`` and not told again here.
    """
    for place, tellings in told_of(record.events, record.days).items():
        if len({telling.account for telling in tellings}) < 2:
            continue
        for change in gathered(tellings):
            if len(change) < 2:
                continue
            leads = [group[0] for group in change]
            differing = _differing(leads)
            if differing:
                yield _finding(record, place, leads, differing)


def _differing(leads: Sequence[Telling]) -> dict[str, list[Telling]]:
    """In what the accounts differ: for each kind of difference the first telling and those that contradict it."""
    found: dict[str, list[Telling]] = {}
    first = leads[0]
    for other in leads[1:]:
        if first.failed and other.failed:
            continue  # nothing changed hands: how far two attempts went, and on which day, decides nothing
        for kind in differences(first, other):
            if kind == "side" and _rivals(first, other):
                continue
            found.setdefault(kind, [first]).append(other)
    return found


def _rivals(one: Telling, other: Telling) -> bool:
    """Whether the record itself shows both as holders at one time."""
    full = one.extent == other.extent == "full"
    stated = not (one.reported or other.reported)
    return full and stated and bool(one.gainer and other.gainer) and apart(one, other) == 0


def _finding(
    record: Record, place: str, leads: Sequence[Telling], differing: dict[str, list[Telling]]
) -> Finding:
    concerned = {telling.event for tellings in differing.values() for telling in tellings}
    told = [telling for telling in leads if telling.event in concerned]
    said = "; ".join(
        f"{record.say.account(t.account)}: {_said(record, t)} (“{_quote(record, t)}”)" for t in told
    )
    what = listed(differing)
    return finding(
        "disagreement", _severity(record, differing), f"{record.say.place(place)}: accounts differ in {what}. {said}.",
        places=[place], events=[record.by_id[telling.event] for telling in told],
    )  # fmt: skip


def _severity(record: Record, differing: dict[str, list[Telling]]) -> Severity:
    """High where it decides who held the place, low where it is a matter of a day or two, or of a day that a
    sentence does not tell but has from those before it.
    """
    if "side" in differing or "outcome" in differing:
        return "high"
    if list(differing) == ["date"]:
        first, *others = differing["date"]
        if all(_near_or_inherited(record, first, other) for other in others):
            return "low"
    return "medium"


def _near_or_inherited(record: Record, one: Telling, other: Telling) -> bool:
    told = (record.by_id[telling.event].date.basis for telling in (one, other))
    return apart(one, other) <= SAME_CHANGE_DAYS or not INHERITED.isdisjoint(told)


def _said(record: Record, telling: Telling) -> str:
    event = record.by_id[telling.event]
    when = record.say.when(event)
    part = "part of it" if telling.extent == "partial" else "it"
    if telling.failed:
        return f"{record.say.side(telling.gainer)} fails to take {part} {when}"
    if not telling.gainer:
        return f"{record.say.side(telling.loser)} leaves {part} {when}"
    return f"{record.say.side(telling.gainer)} takes {part} {when}"


def _quote(record: Record, telling: Telling) -> str:
    words = " ".join(record.quote(record.by_id[telling.event]).split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()}…"
