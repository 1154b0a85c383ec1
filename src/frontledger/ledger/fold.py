"""Fold events into holdings: a pure function, the same for any order of events and accounts.

``docs/control.md`` gives every rule with an example.  What belongs here: the two layers and the shape of
the result.  What does not: the rules themselves (``statements``, ``order``, ``tenures``), or asking who
held what on a day (``control``).
"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from frontledger.ledger.statements import DAYS, statements_by_place
from frontledger.ledger.tenures import Tenure, tenures
from frontledger.model import Event, Holding, Layer, Place

__all__ = ["fold"]


def fold(
    events: Iterable[Event],
    places: Iterable[Place],
    *,
    opening: Mapping[str, str] | None = None,
    only: Container[str] | None = None,
) -> tuple[Holding, ...]:
    """Who held what, when, in both layers; sorted by place, layer and time.

    The assessed layer rests on what accounts state.  The claimed layer, which counts reports too, is given
    only for places where it differs; elsewhere the assessed holdings stand for both.  ``events`` are read once,
    and may be a stream.  For a part of a ledger, ``opening`` gives the first day that each account narrates and
    ``only`` the places that ``events`` tell everything about.
    """
    collecting = gc.isenabled()
    gc.disable()  # millions of tuples without a cycle: looking for one costs a third of the time
    try:
        return _fold(events, places, opening, only)
    finally:
        if collecting:
            gc.enable()


def _fold(
    events: Iterable[Event],
    places: Iterable[Place],
    opening: Mapping[str, str] | None,
    only: Container[str] | None,
) -> tuple[Holding, ...]:
    days, names = DAYS, DAYS.names
    said, first = statements_by_place(events, places, days)
    if opening is not None:
        first = {account: days[day] for account, day in opening.items()}
    found: list[Holding] = []
    for place in sorted(said):
        if only is not None and place not in only:
            continue
        everything = sorted(said.pop(place))
        stated = [one for one in everything if not one.reported]
        assessed = tenures(stated, first)
        found.extend(_holdings(place, "assessed", assessed, names))
        if len(stated) < len(everything):
            claimed = tenures(everything, first)
            if _states(claimed) != _states(assessed):
                found.extend(_holdings(place, "claimed", claimed, names))
    return tuple(found)


def _states(track: Sequence[Tenure]) -> list[tuple[object, ...]]:
    """What two layers are compared by: everything but the witnesses."""
    return [(one.state, one.sides, one.earliest, one.latest, one.implied) for one in track]


def _holdings(
    place: str, layer: Layer, track: Sequence[Tenure], names: Mapping[int, str | None]
) -> Iterator[Holding]:
    """The tenures of one place as holdings; each ends where the next begins."""
    for index, tenure in enumerate(track):
        ending = track[index + 1] if index + 1 < len(track) else None
        yield Holding(
            place=place,
            side=tenure.sides[0] if tenure.state == "held" else None,
            layer=layer,
            state=tenure.state,
            since_earliest=names[tenure.earliest],
            since_latest=names[tenure.latest],
            until_earliest=None if ending is None else names[ending.earliest],
            until_latest=None if ending is None else names[ending.latest],
            implied=tenure.implied,
            sides=tenure.sides,
            evidence=tuple(tenure.evidence),
        )
