"""The map of every day in memory, ready to be drawn: one sign a place, kept up to date place by place.

A ledger of 300,000 holdings takes tens of milliseconds to ask for one day; a service that many people drag a slider
over has one.  Time is cut where enough has changed; each piece keeps the state of every place at its beginning and
the changes within, so a day costs a copy and a few thousand steps, and a verdict touches the places that it changed.
What belongs here: that memory.  What does not: the database's own answer, ``Ledger.map``, which it must equal.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from frontledger.ledger.statements import AFTER
from frontledger.ledger.store import select_in
from frontledger.ledger.views import View
from frontledger.mentions import calendar
from frontledger.model import Layer, State, Value

__all__ = ["Atlas", "MapPlace", "Meaning", "decoded"]

PIECE = 1024
"""Changes to a piece of time."""
UNKNOWN = ord(".")
SIGNS = (UNKNOWN, *range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x30, 0x3A), *range(0xC0, 0xD800))
"""A sign for every meaning, as code points: none of them is written otherwise in JSON."""


class Meaning(Value, frozen=True):
    """What a sign of a map stands for; ``holder`` is a side, ``sides`` all that contend."""

    sign: str
    state: State
    holder: str | None
    sides: tuple[str, ...]


class MapPlace(Value, frozen=True):
    """A place of the map, at the index at which its sign stands."""

    id: str
    name: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None


class _Step(NamedTuple):
    """From this day on, this sign."""

    day: int
    sign: int
    """As a code point."""


_Flat = tuple["array[int]", "array[int]", "array[int]"]
"""Days, places, signs of the changes of a piece."""


class Atlas:
    """One layer of a ledger, day by day; not for several threads at once."""

    def __init__(self, view: View, layer: Layer = "assessed") -> None:
        """Reads all holdings once."""
        self.layer = layer
        self.places: list[MapPlace] = []
        self.meanings: list[Meaning] = [Meaning(sign=".", state="unknown", holder=None, sides=())]
        self._index: dict[str, int] = {}
        self._known: dict[tuple[str, str], int] = {}
        self._edges: list[int] = []
        self._bases: list[array[int]] = []
        self._changes: list[dict[int, tuple[_Step, ...]]] = []
        self._flat: list[_Flat | None] = []
        tracks = self._tracks(view, None)
        self._enter(view, tracks)
        self._cut(tracks)

    def update(self, view: View, changed: Iterable[str]) -> None:
        """Read the holdings of these places anew."""
        tracks = self._tracks(view, sorted(set(changed)))
        self._enter(view, [place for place in tracks if place not in self._index])
        for place, steps in tracks.items():
            self._put(self._index[place], steps)

    def day(self, on: int) -> str:
        """The sign of every place on a day (a day number)."""
        piece = bisect_right(self._edges, on) - 1
        if piece < 0:
            return chr(UNKNOWN) * len(self.places)
        signs = self._bases[piece][:]
        days, places, fresh = self._flat[piece] or self._flattened(piece)
        until = bisect_right(days, on)
        for place, sign in zip(places[:until], fresh[:until], strict=True):
            signs[place] = sign
        return signs.tobytes().decode(UTF16)

    def _flattened(self, piece: int) -> _Flat:
        """The changes of a piece in the order of time; kept until one of them is another."""
        steps = sorted(
            (step.day, place, step.sign) for place, steps in self._changes[piece].items() for step in steps
        )
        flat = self._flat[piece] = (
            array("q", (day for day, _, _ in steps)),
            array("L", (place for _, place, _ in steps)),
            array("H", (sign for _, _, sign in steps)),
        )
        return flat

    def _tracks(self, view: View, only: Sequence[str] | None) -> dict[str, list[_Step]]:
        """The steps of every place, or of these alone (which may have none any more)."""
        columns = "SELECT place, layer, certain_from, certain_until, state, sides FROM holdings"
        store = view._store  # noqa: SLF001 - of one house
        found = store.rows(columns) if only is None else select_in(store, f"{columns} WHERE place IN", only)
        apart = {row[0] for row in found if row[1] == "claimed"} if self.layer == "claimed" else set()
        held: dict[str, list[tuple[int, int, int]]] = {place: [] for place in only or ()}
        for place, layer, first, last, state, sides in found:
            spans = held.setdefault(place, [])
            if layer == ("claimed" if place in apart else "assessed") and first < last and state != "unknown":
                spans.append((first, last, self._meaning(state, sides)))
        return {place: _steps(spans) for place, spans in held.items()}

    def _meaning(self, state: State, sides: str) -> int:
        """The sign of a meaning, which is given out once."""
        sign = self._known.get((state, sides))
        if sign is None:
            sign = self._known[state, sides] = SIGNS[len(self.meanings)]
            who: tuple[str, ...] = tuple(msgspec.json.decode(sides, type=list[str]))
            holder = who[0] if state == "held" and who else None
            self.meanings.append(Meaning(sign=chr(sign), state=state, holder=holder, sides=who))
        return sign

    def _enter(self, view: View, fresh: Iterable[str]) -> None:
        """Give places that are new the next indexes."""
        wanted = list(fresh)
        columns = "SELECT id, name, lat, lon, radius_km FROM places WHERE id IN"
        found = {row[0]: row for row in select_in(view._store, columns, wanted)}  # noqa: SLF001 - of one house
        for place in wanted:
            row = found.get(place, (place, None, None, None, None))
            self._index[place] = len(self.places)
            self.places.append(MapPlace(id=place, name=row[1], lat=row[2], lon=row[3], radius_km=row[4]))
        for base in self._bases:
            base.extend([UNKNOWN] * len(wanted))

    def _cut(self, tracks: dict[str, list[_Step]]) -> None:
        """Cut time into pieces of about :data:`PIECE` changes, and fill them."""
        per_day = Counter(step.day for steps in tracks.values() for step in steps)
        count = PIECE
        for day in sorted(per_day):
            if count >= PIECE:
                self._edges.append(day)
                count = 0
            count += per_day[day]
        steps = sorted(
            (step.day, self._index[place], step.sign) for place, track in tracks.items() for step in track
        )
        now = array("H", [UNKNOWN]) * len(self.places)
        at = 0
        for following in [*self._edges[1:], None][: len(self._edges)]:
            edge = self._edges[len(self._bases)]
            while at < len(steps) and steps[at][0] <= edge:
                now[steps[at][1]] = steps[at][2]
                at += 1
            self._bases.append(now[:])
            within: dict[int, list[_Step]] = {}
            while at < len(steps) and (following is None or steps[at][0] < following):
                day, place, sign = steps[at]
                within.setdefault(place, []).append(_Step(day, sign))
                now[place] = sign
                at += 1
            self._changes.append({place: tuple(changes) for place, changes in within.items()})
            self._flat.append(None)

    def _put(self, place: int, steps: Sequence[_Step]) -> None:
        """Make these the steps of a place, in every piece of time."""
        if steps and (not self._edges or steps[0].day < self._edges[0]):
            self._edges.insert(0, steps[0].day)
            self._bases.insert(0, array("H", [UNKNOWN]) * len(self.places))
            self._changes.insert(0, {})
            self._flat.insert(0, None)
        at, now = 0, UNKNOWN
        for piece, edge in enumerate(self._edges):
            end = self._edges[piece + 1] if piece + 1 < len(self._edges) else None
            while at < len(steps) and steps[at].day <= edge:
                now = steps[at].sign
                at += 1
            self._bases[piece][place] = now
            within = []
            while at < len(steps) and (end is None or steps[at].day < end):
                now = steps[at].sign
                within.append(_Step(steps[at].day, now))
                at += 1
            changes = self._changes[piece]
            if changes.get(place, ()) != tuple(within):
                self._flat[piece] = None
                changes[place] = tuple(within)


UTF16 = "utf-16-le" if array("H", [1]).tobytes() == b"\x01\x00" else "utf-16-be"


def _steps(spans: list[tuple[int, int, int]]) -> list[_Step]:
    """Spans that do not overlap as steps: each begins, and ends in the unknown unless another begins there."""
    found: list[_Step] = []
    for first, last, meaning in sorted(spans):
        if found and found[-1].day == first:
            found.pop()
        found.append(_Step(first, meaning))
        if last < AFTER:
            found.append(_Step(last, UNKNOWN))
    return found


def decoded(
    signs: str, places: Sequence[MapPlace], meanings: Sequence[Meaning]
) -> list[tuple[str, State, str | None]]:
    """A map as ``Ledger.map`` gives it: place, state and holder of every place of which something is known."""
    known = {one.sign: one for one in meanings}
    found = ((place.id, known[sign]) for place, sign in zip(places, signs, strict=True))
    return [(place, one.state, one.holder) for place, one in found if one.state != "unknown"]


def day_number(on: str) -> int:
    """The number of an ISO day; raises :class:`ValueError` when it is none."""
    return calendar.parse_iso(on)
