"""Names as people type them: finding what they mean.

What belongs here: comparing names whatever their case and accents, and near misses.  What does not: telling
places of the texts apart (``places``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import process

from frontledger.errors import NotFoundError
from frontledger.model import Event, Place
from frontledger.places.sounds import slug

__all__ = ["find_event", "find_place", "nearest", "plain", "slug"]


def find_event(what: str, events: Iterable[Event]) -> Event | None:
    """The event of that id, in full or after the colon; None when there is none or it could be several."""
    short: list[Event] = []
    for event in events:
        if event.id == what:
            return event
        if event.id == f"{event.account}:{what}":
            short.append(event)
    return short[0] if len(short) == 1 else None


def find_place(name: str, places: Sequence[Place]) -> Place:
    """The place with that id or name, whatever its case and accents."""
    for place in places:
        if place.id == name:
            return place
    wanted = plain(name)
    for place in places:
        if wanted in {plain(known) for known in (place.name or "", *place.names) if known}:
            return place
    raise NotFoundError(f"nothing called {name!r} in this ledger{nearest(name, places)}")


def plain(name: str) -> str:
    """A name without case, accents and the difference between hyphen and space."""
    marks = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).replace("-", " ").split())


def nearest(name: str, places: Iterable[Place]) -> str:
    """A hint with the most similar names, or nothing when none is similar."""
    known = {plain(n): n for place in places for n in (place.name or "", *place.names) if n}
    close = process.extract(plain(name), list(known), limit=3, score_cutoff=70)
    return f"; did you mean {', '.join(known[match] for match, _, _ in close)}?" if close else ""
