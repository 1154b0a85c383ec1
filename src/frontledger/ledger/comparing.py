"""Two accounts side by side, or one against all others of its ledger: what they agree on, and what not.

What belongs here: the comparison as people read it.  What does not: which tellings tell one change (``changes``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from frontledger.errors import NotFoundError
from frontledger.ledger.changes import Difference, Telling, aligned, changes_in, differences, told_of
from frontledger.ledger.phrasing import Phrasing, span
from frontledger.ledger.statements import Days
from frontledger.ledger.views import View
from frontledger.model import Account, Event, Value

__all__ = ["Compared", "Comparison", "Said", "compare"]

Verdict = Literal["agree", "differ", "only first", "only second"]


class Said(Value, frozen=True):
    """What one side of the comparison says, and where."""

    events: tuple[str, ...]
    account: str
    earliest: str | None
    latest: str | None
    holder: str | None
    """Who has the place afterwards; null where somebody only leaves it."""
    extent: str
    happened: bool
    """False: it was attempted or repulsed."""
    quotation: str
    citations: tuple[str, ...]


class Compared(Value, frozen=True):
    """One change of hands as both tell it."""

    verdict: Verdict
    differences: tuple[Difference, ...]
    place: str
    name: str | None
    first: Said | None
    second: Said | None
    message: str


class Comparison(Value, frozen=True):
    """Everything that two sources say of who took what."""

    first: str
    second: str
    agree: int
    differ: int
    only_first: int
    only_second: int
    agreement: float | None
    """Of the changes that both tell, the share on which they agree in everything; null when they share none."""
    changes: tuple[Compared, ...]


def compare(ledger: View, first: str, second: str | None = None) -> Comparison:
    """What two accounts of a ledger say; without ``second``, one account and all others together.

    Only what both tell can agree or differ: in date (windows that do not overlap), side, extent or outcome.
    Raises :class:`~frontledger.errors.NotFoundError` when the ledger has no such account, or no other one.
    """
    accounts = {account.id: account for account in ledger.accounts}
    one = _account(first, accounts)
    if second is not None:
        others = {_account(second, accounts)}
    else:
        others = accounts.keys() - {one}
        if not others:
            raise NotFoundError(f"{one} is the only account of this ledger: nothing to compare it with")
    if one in others:
        raise NotFoundError("an account cannot be compared with itself")
    events = {event.id: event for event in ledger.events}
    say = Phrasing(accounts.values(), ledger.places, ledger.sides)
    names = {place.id: place.name for place in ledger.places}
    told = told_of(events.values(), Days())
    rows: list[Compared] = []
    for place in sorted(told, key=lambda place: ((names.get(place) or "~").casefold(), place)):
        ours = changes_in([t for t in told[place] if t.account == one])
        theirs = changes_in([t for t in told[place] if t.account in others])
        by_lead = {id(group[0]): group for group in (*ours, *theirs)}
        for mine, other in aligned([g[0] for g in ours], [g[0] for g in theirs]):
            said = [None if t is None else _said(by_lead[id(t)], events, accounts) for t in (mine, other)]
            row = _row(place, names.get(place), (mine, other), (said[0], said[1]), say)
            if row is not None:
                rows.append(row)
    count = {
        verdict: sum(row.verdict == verdict for row in rows)
        for verdict in ("agree", "differ", "only first", "only second")
    }
    shared = count["agree"] + count["differ"]
    return Comparison(
        first=one,
        second=(second and next(iter(others))) or "all others",
        agree=count["agree"],
        differ=count["differ"],
        only_first=count["only first"],
        only_second=count["only second"],
        agreement=round(count["agree"] / shared, 3) if shared else None,
        changes=tuple(rows),
    )


def _account(name: str, accounts: Iterable[str]) -> str:
    if name in accounts:
        return name
    raise NotFoundError(
        f"no account {name!r} in this ledger: it holds {', '.join(sorted(accounts)) or 'none'}"
    )


def _said(group: Sequence[Telling], events: dict[str, Event], accounts: dict[str, Account]) -> Said:
    lead = group[0]
    event = events[lead.event]
    text = accounts[lead.account].text[event.sentence.start : event.sentence.end]
    return Said(
        events=tuple(dict.fromkeys(telling.event for telling in group)),
        account=lead.account,
        earliest=event.date.earliest,
        latest=event.date.latest,
        holder=lead.gainer or None,
        extent=lead.extent,
        happened=not lead.failed,
        quotation=" ".join(text.split()),
        citations=event.citations,
    )


def _row(
    place: str,
    name: str | None,
    pair: tuple[Telling | None, Telling | None],
    said: tuple[Said | None, Said | None],
    say: Phrasing,
) -> Compared | None:
    mine, other = pair
    if mine is None or other is None:
        lone, one = (mine, said[0]) if mine is not None else (other, said[1])
        if lone is None or one is None or lone.failed:
            return None  # that something failed is no change of hands: its silence is no difference
        verdict: Verdict = "only first" if mine is not None else "only second"
        message = f"{say.place(place)}: only {say.account(one.account)} tells that {told(lone, one, say)}"
        differing: tuple[Difference, ...] = ()
    elif mine.failed and other.failed:
        return None
    else:
        differing = differences(mine, other)
        verdict = "differ" if differing else "agree"
        both = [
            f"{say.account(s.account)}: {told(t, s, say)}" for t, s in zip(pair, said, strict=True) if t and s
        ]
        message = f"{say.place(place)}: {'; '.join(both)}"
    return Compared(
        verdict=verdict, differences=differing, place=place, name=name, first=said[0], second=said[1],
        message=message,
    )  # fmt: skip


def told(telling: Telling, said: Said, say: Phrasing) -> str:
    """``Red takes part of it on 2020-01-05``."""
    part = "part of it" if telling.extent == "partial" else "it"
    when = span(said.earliest, said.latest)
    if telling.failed:
        return f"{say.side(telling.gainer)} fails to take {part} {when}"
    if not telling.gainer:
        return f"{say.side(telling.loser)} leaves {part} {when}"
    reported = " (only reported)" if telling.reported else ""
    return f"{say.side(telling.gainer)} takes {part} {when}{reported}"
