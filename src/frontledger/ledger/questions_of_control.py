"""What the folded record makes questionable: gains without loss, losses without hold, rival holders.

What belongs here: checks that compare events with holdings.  What does not: checks of the account's own
text (``questions_of_account``) or of places (``questions_of_place``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from frontledger.ledger.changes import MOST_DAYS_APART, SAME_CHANGE_DAYS
from frontledger.ledger.phrasing import listed
from frontledger.ledger.record import GAINS, Record, finding, objects
from frontledger.ledger.statements import AFTER, BEFORE
from frontledger.model import Account, Event, Finding, Holding

__all__ = ["hedged_only", "loss_without_hold", "outcome_mismatch", "retaken_without_loss", "two_holders"]

CHANGES = frozenset({"capture", "handover", "withdrawal"})


def retaken_without_loss(record: Record) -> Iterator[Finding]:
    """A side captures in full what it already holds, with no loss recorded in between; one a place."""
    for place, track in record.tracks.items():
        found: list[tuple[Holding, Event, list[Event]]] = []
        for holding in track:
            again = _retakings(record, holding)
            if again is not None:
                found.append((holding, *again))
        if not found:
            continue
        told = "; ".join(_retaking(record, *one) for one in found)
        events = [event for _, first, again in found for event in (first, *again)]
        yield finding(
            "retaken-without-loss",
            "high",
            f"{record.say.place(place)}: {told}.",
            places=[place],
            events=events,
        )


def _retakings(record: Record, holding: Holding) -> tuple[Event, list[Event]] | None:
    """What made a side the holder, and its later captures of the same place."""
    if len(holding.evidence) < 2 or holding.state != "held" or holding.implied:
        return None
    known, side = record.by_id, holding.side
    own = [
        event
        for one in holding.evidence
        if (event := known.get(one)) is not None
        and event.kind != "withdrawal"
        and event.actor is not None
        and event.actor.id == side
    ]
    if len(own) < 2:
        return None
    first = own[0]
    accounts = {first.account}
    known_by = _last_day(record, first)
    again: list[Event] = []
    for event in own[1:]:
        slack = (
            0 if event.account in accounts else MOST_DAYS_APART
        )  # nearer, it is a disagreement about the day
        if record.takes_all(event, holding.place) and _first_day(record, event) > known_by + slack:
            again.append(event)
        accounts.add(event.account)
    return (first, again) if again else None


def _retaking(record: Record, holding: Holding, first: Event, again: list[Event]) -> str:
    say = record.say
    side = say.side(holding.side)
    seen = "was seen to hold it" if first.kind not in GAINS else "had held it"
    since = say.when(first) if first.kind not in GAINS else say.since(holding)
    return f"{side} captures it {listed(map(say.when, again))}, but {seen} {since} and is not recorded to have lost it"


def loss_without_hold(record: Record) -> Iterator[Finding]:
    """A side leaves, or is robbed of, what the record gives to somebody else at that time; one a place."""
    found: dict[str, list[tuple[Event, str]]] = {}
    witnessed: dict[str, set[str]] = {}
    for event in record.stated:
        if event.kind == "withdrawal" and event.actor is not None and record.days.window(event) is not None:
            for ref in objects(event):
                place = ref.id or ""
                if place not in witnessed:
                    witnessed[place] = {told for one in record.tracks.get(place, ()) for told in one.evidence}
                if event.id not in witnessed[place] and not _told_elsewhere(record, event, place):
                    found.setdefault(place, []).append((event, event.actor.id))
    for place, track in record.tracks.items():
        for former, holding in pairwise(track):
            robbed = _robbed(record, former, holding)
            if robbed is not None:
                found.setdefault(place, []).append(robbed)
    for place, losses in found.items():
        told = "; ".join(_loss(record, place, event, loser) for event, loser in losses)
        yield finding(
            "loss-without-hold", "medium", f"{record.say.place(place)}: {told}.",
            places=[place], events=[event for event, _ in losses],
        )  # fmt: skip


def _told_elsewhere(record: Record, event: Event, place: str) -> bool:
    """Whether another account records the same loss a day or two away."""
    day = _first_day(record, event)
    for holding in record.tracks.get(place, ()):
        if event.actor is None or event.actor.id not in holding.sides or holding.until_earliest is None:
            continue
        gone = record.days[holding.until_earliest]
        others = {record.by_id[one].account for one in holding.evidence if one in record.by_id} - {
            event.account
        }
        if others and abs(day - gone) <= SAME_CHANGE_DAYS:
            return True
    return False


def _robbed(record: Record, former: Holding, holding: Holding) -> tuple[Event, str] | None:
    """The capture that begins ``holding``, if it names a loser other than the recorded holder."""
    event = record.by_id.get(holding.evidence[0]) if former.state == "held" else None
    loser = event.against if event is not None else None
    if event is None or loser is None or loser.inferred:
        return None
    if (
        loser.id == former.side
        or holding.side in (loser.id, None)
        or not record.takes_all(event, holding.place)
    ):
        return None
    return event, loser.id


def _loss(record: Record, place: str, event: Event, loser: str) -> str:
    day = _first_day(record, event)
    holder = "nobody"
    for holding in record.tracks.get(place, ()):
        if holding.since_earliest is None or record.days[holding.since_earliest] < day:
            holder = listed(map(record.say.side, holding.sides)) if holding.sides else "nobody"
    return f"{record.say.side(loser)} loses it {record.say.when(event)}, when the record has {holder} there"


def two_holders(record: Record) -> Iterator[Finding]:
    """Full gains by different sides at one time in different accounts; one a place."""
    for place, track in record.tracks.items():
        for holding in track:
            if holding.state != "contested":
                continue
            rivals = [record.by_id[one] for one in holding.evidence if one in record.by_id]
            rivals = [event for event in rivals if record.takes_all(event, place)]
            if len({event.actor.id for event in rivals if event.actor is not None}) < 2:
                continue
            told = listed(
                f"{record.say.account(event.account)} to {record.say.actor(event.actor)} {record.say.when(event)}"
                for event in rivals
            )
            name = record.say.place(place)
            yield finding("two-holders", "high", f"{name} is given by {told}.", places=[place], events=rivals)
            break


def hedged_only(record: Record) -> Iterator[Finding]:
    """A change of hands that is reported and nowhere stated; one an event, with its places."""
    reported = [event for event in record.reported if event.kind in CHANGES]
    stated: dict[tuple[str, str], list[tuple[int, int]]] = {
        (ref.id or "", event.actor.id): []
        for event in reported
        if event.actor is not None
        for ref in objects(event)
    }
    for event in record.stated if stated else ():
        if event.kind in CHANGES and event.actor is not None:
            asked = [
                windows
                for ref in objects(event)
                if (windows := stated.get((ref.id or "", event.actor.id))) is not None
            ]
            window = record.days.window(event) if asked else None
            if window is not None:
                for windows in asked:
                    windows.append(window)
    for event in reported:
        side = event.actor.id if event.actor is not None else ""
        first, last = record.days.window(event) or (BEFORE, AFTER)
        refs = [
            ref
            for ref in objects(event)
            if not any(start <= last and first <= end for start, end in stated.get((ref.id or "", side), ()))
        ]
        if refs:
            source = f" (by {event.attributed_to})" if event.attributed_to else ""
            message = (
                f"Only reported{source}, not stated: {record.say.deed(event, refs)} {record.say.when(event)}."
            )
            yield finding("hedged-only", "medium", message, places=[ref.id for ref in refs], events=[event])


def outcome_mismatch(record: Record) -> Iterator[Finding]:
    """The infobox names a winner, and at the end somebody else holds most; one an account."""
    for account in record.accounts:
        result = next((field.value for field in account.infobox if field.key == "result"), None)
        if result is None:
            continue
        winner = record.winners[account.id] if account.id in record.winners else _named(record, account)
        if winner is None:
            continue
        held: Counter[str] = Counter()
        for place in sorted(
            {ref.id or "" for event in record.by_account[account.id] for ref in objects(event)}
        ):
            track = record.tracks.get(place)
            if track and track[-1].side is not None:
                held[track[-1].side] += 1
        if not held:
            continue
        most, count = max(held.items(), key=lambda one: (one[1], one[0]))
        if count > held[winner] and 2 * count > held.total():
            say = record.say
            message = (
                f"The infobox says “{result}”, but at the end {say.side(most)} holds {count} of the "
                f"{held.total()} places with a known holder, {say.side(winner)} {held[winner]}."
            )
            yield finding("outcome-mismatch", "high", message, account=account.id)


def _named(record: Record, account: Account) -> str | None:
    """The only side that the result names."""
    result = " ".join(field.value for field in account.infobox if field.key == "result").casefold()
    named = {side.id for side in record.sides if _any_in({side.name, *side.names}, result)}
    return named.pop() if len(named) == 1 else None


def _any_in(names: Iterable[str], text: str) -> bool:
    """Whether a name stands in the text, perhaps with an ending; its first letters must begin a word."""
    return any(re.search(rf"(?<!\w){re.escape(name.casefold())}", text) for name in names if len(name) > 2)


def _first_day(record: Record, event: Event) -> int:
    return (record.days.window(event) or (BEFORE, AFTER))[0]


def _last_day(record: Record, event: Event) -> int:
    return (record.days.window(event) or (BEFORE, AFTER))[1]
