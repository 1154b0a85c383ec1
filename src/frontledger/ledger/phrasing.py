"""English words for what findings speak of: sides, places, days, deeds.

What belongs here: how a thing is called in a sentence.  What does not: what is worth a sentence
(``findings``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frontledger.ledger.statements import DAYS
from frontledger.model import Account, ActorRef, Event, Holding, Place, PlaceRef, Side

__all__ = ["Phrasing", "listed", "span"]

DEEDS = {
    "capture": "captures",
    "handover": "takes over",
    "withdrawal": "withdraws from",
    "hold": "holds",
    "repulse": "repulses an attack on",
}
BEINGS = {"offensive": "sets out from", "attack": "attacks from"}


class Phrasing:
    """Names looked up once for all findings of a ledger."""

    def __init__(self, accounts: Iterable[Account], places: Iterable[Place], sides: Iterable[Side]) -> None:
        self.days = DAYS
        self._places = {place.id: place for place in places}
        self._sides = {side.id: side.name for side in sides}
        self._titles = {account.id: account.title or account.id for account in accounts}

    def side(self, side: str | None) -> str:
        """The name of a side."""
        return self._sides.get(side, side) if side else "somebody unnamed"

    def actor(self, actor: ActorRef | None) -> str:
        """The name of the side that an actor stands for."""
        return self._sides.get(actor.id, actor.name) if actor is not None else "somebody unnamed"

    def place(self, place: str) -> str:
        """The name of a place, or how the text calls it."""
        known = self._places.get(place)
        if known is None:
            return place
        if known.name is not None:
            return known.name
        return f"the unnamed “{known.names[0]}”" if known.names else "an unnamed place"

    def ref(self, ref: PlaceRef) -> str:
        """The name of a place, or the words that an event has for it."""
        return self.place(ref.id) if ref.name is not None and ref.id is not None else f"“{ref.text}”"

    def account(self, account: str) -> str:
        """The title of an account."""
        return f"“{self._titles.get(account, account)}”"

    def when(self, event: Event) -> str:
        """``on 2015-12-07``, or as precisely as is known."""
        return span(event.date.earliest, event.date.latest)

    def since(self, holding: Holding) -> str:
        """``since 2015-11-16``, or as precisely as is known."""
        if holding.implied and holding.since_earliest is None:
            return "from before"
        first, last = holding.since_earliest, holding.since_latest
        if first is None:
            return f"since {last} at the latest" if last else "from before"
        return f"since {first}" if first == last else f"since a day {span(first, last)}"

    def deed(self, event: Event, refs: Sequence[PlaceRef]) -> str:
        """``ISIL captures part of Mahin and Huwwarin``."""
        verb = DEEDS.get(event.kind) or BEINGS.get(event.kind) or f"({event.kind})"
        part = "part of " if refs and all(ref.extent == "partial" for ref in refs) else ""
        named = self.ref(refs[0]) if len(refs) == 1 else listed(map(self.ref, refs))
        return f"{self.actor(event.actor)} {verb} {part}{named}"


def span(first: str | None, last: str | None) -> str:
    """A range of days in words."""
    if first is None and last is None:
        return "at an unknown date"
    if first is None:
        return f"by {last}"
    if last is None:
        return f"after {first}"
    return f"on {first}" if first == last else f"between {first} and {last}"


def listed(names: Iterable[str]) -> str:
    """``A, B and C``."""
    *most, last = [*dict.fromkeys(names)] or ["no place"]
    return f"{', '.join(most)} and {last}" if most else last
