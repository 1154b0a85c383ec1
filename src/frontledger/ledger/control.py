"""Who held what on a day.

What belongs here: reading one day off the holdings.  What does not: making holdings (``fold``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from frontledger.ledger.statements import AFTER, BEFORE, Days
from frontledger.mentions import calendar
from frontledger.model import Claim, Control, Holding, Layer, Place

__all__ = ["Track", "Tracks", "boundary", "control", "row_between", "rows_on", "since_of"]

Track = Sequence[Holding]
Tracks = dict[str, dict[Layer, list[Holding]]]


def control(
    holdings: Iterable[Holding], places: Iterable[Place], on: str, layer: Layer | None = None
) -> list[Control]:
    """One row for each place that has a holding, as of the day ``on`` (ISO), sorted by name.

    Without ``layer``: the assessed row of every place, and a claimed row where it says something else.  Assessed
    rows carry in ``claimed`` what the claimed layer says, where that is something else.
    A day within the range of a change is unknown, unless before and after agree.  Raises
    :class:`ValueError` when ``on`` is no ISO day.
    """
    day = calendar.parse_iso(on)
    tracks: Tracks = {}
    for holding in holdings:
        tracks.setdefault(holding.place, {}).setdefault(holding.layer, []).append(holding)
    return rows_on(tracks, {place.id: place.name for place in places}, day, layer)


def rows_on(tracks: Tracks, names: Mapping[str, str | None], day: int, layer: Layer | None) -> list[Control]:
    """As :func:`control`, of holdings by place and layer in the order of time; a day number, names by id.

    Of each track only those holdings count that the day depends on: from the last one that has surely begun by then
    to the last one that may have.
    """
    days = Days()
    rows: list[Control] = []
    for place, layers in tracks.items():
        name = names.get(place)
        stated = layers.get("assessed", [])
        assessed = _row(place, name, stated, "assessed", day=day, days=days)
        if layer == "claimed" or "claimed" in layers:  # else it says the same
            claimed = _row(place, name, layers.get("claimed", stated), "claimed", day=day, days=days)
            differs = "claimed" in layers and _says(claimed) != _says(assessed)
            if layer == "claimed" or (layer is None and differs):
                rows.append(claimed)
            if differs:
                assessed = replace(assessed, claimed=_claim(claimed))
        if layer != "claimed":
            rows.append(assessed)
    rows.sort(key=lambda row: (row.name is None, (row.name or "").casefold(), row.place, row.layer))
    return rows


def since_of(holding: Holding) -> str | None:
    """The beginning of a holding as EDTF: a day, a range, ``../DAY`` for "by then"; None when implied by a loss."""
    first, last = holding.since_earliest, holding.since_latest
    if first is None and (holding.implied or last is None):
        return None
    if first == last:
        return first
    return f"{first or '..'}/{last or '..'}"


def _claim(row: Control) -> Claim:
    return Claim(holder=row.holder, state=row.state, since=row.since, sides=row.sides, evidence=row.evidence)


def _says(row: Control) -> tuple[object, ...]:
    return row.state, row.holder, row.sides


def _row(place: str, name: str | None, track: Track, layer: Layer, *, day: int, days: Days) -> Control:
    """The row of one place in one layer; ``track`` is in the order of time."""
    begun = started = -1
    for index, holding in enumerate(track):
        first, last = boundary(holding, days)
        if last <= day:
            begun = index
        if first <= day:
            started = index
    return row_between(place, name, track, layer, begun, started)


def boundary(holding: Holding, days: Days) -> tuple[int, int]:
    """First and last possible day of the beginning of a holding."""
    first, last = holding.since_earliest, holding.since_latest
    return BEFORE if first is None else days[first], AFTER if last is None else days[last]


def row_between(
    place: str, name: str | None, track: Track, layer: Layer, begun: int, started: int
) -> Control:
    """The row of a day on which holding ``begun`` of the track has surely begun and ``started`` may have (-1: none)."""
    possible = [None if index < 0 else track[index] for index in range(begun, max(begun, started) + 1)]
    certain = possible[0]
    evidence = tuple(dict.fromkeys(event for one in possible if one is not None for event in one.evidence))
    if certain is None or any(
        one is None or (one.state, one.sides) != (certain.state, certain.sides) for one in possible
    ):
        return Control(
            place=place, name=name, holder=None, state="unknown", since=None, layer=layer, evidence=evidence
        )
    return Control(
        place=place,
        name=name,
        holder=certain.side,
        state=certain.state,
        since=since_of(certain),
        layer=layer,
        evidence=certain.evidence,
        sides=certain.sides,
        implied=certain.implied,
    )
