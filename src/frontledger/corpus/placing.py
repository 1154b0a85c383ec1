"""The first half of a fold: accounts go home to their regions, and each region tells its places apart.

What belongs here: sorting a shard by region, and one region's places.  What does not: how places are told apart and
located (``places``), and putting the regions together (``world``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from frontledger.corpus.parcels import Named, Parcel, Region, Told, load, save
from frontledger.corpus.records import mapped, unpack
from frontledger.corpus.regions import region_of
from frontledger.corpus.schema import columns
from frontledger.errors import CorpusError
from frontledger.ledger.record import NARRATIVE
from frontledger.ledger.sides import Gathered
from frontledger.ledger.statements import bears_on_control, is_reported
from frontledger.model import Event, PlaceRef, Telling
from frontledger.pipeline import uncollected
from frontledger.places.identity import resolve
from frontledger.places.locating import combined, renamed
from frontledger.places.settling import Own
from frontledger.places.unity import listed_together

__all__ = ["place", "sort"]


def sort(corpus: Path, shard: str, number: int, work: Path) -> dict[str, int]:
    """Write a shard's accounts into a parcel for each region; returns how many events went into each."""
    told = unpack(corpus / "events" / f"{shard}.parquet", work / f"records-{number}")
    parcels: dict[str, list[Parcel]] = defaultdict(list)
    accounts = columns(corpus / "accounts" / f"{shard}.parquet", ("id", "country", "own", "events"))
    first = 0
    for account, country, own, count in zip(*accounts, strict=True):
        if own is not None:
            parcels[region_of(country)].append(Parcel(account, own.encode(), first, first + count))
        first += count
    if first != told:
        raise CorpusError(
            f"shard {shard}: {told} events, and its accounts tell of {first}: give `corpus run` again"
        )
    for region, given in parcels.items():
        save(work / f"parcel-{region}-{number}", given)
    return {region: sum(one.last - one.first for one in given) for region, given in parcels.items()}


def place(region: str, numbers: Sequence[int], work: Path) -> None:
    """Tell the places of a region apart and locate them, as for one ledger of its accounts."""
    with uncollected():
        _place(region, numbers, work)


def _place(region: str, numbers: Sequence[int], work: Path) -> None:
    owns: dict[str, Own] = {}
    alone: dict[str, list[Told]] = {}
    shard: dict[str, int] = {}
    decode = msgspec.json.Decoder(Told).decode
    decode_own = msgspec.json.Decoder(Own).decode
    for number in numbers:
        path = work / f"parcel-{region}-{number}"
        with mapped(work / f"records-{number}") as records:
            for parcel in load(path, list[Parcel]):
                owns[parcel.account] = decode_own(parcel.own)
                told_alone = [decode(record) for record in records.between(parcel.first, parcel.last)]
                alone[parcel.account] = sorted(told_alone, key=NARRATIVE)
                shard[parcel.account] = number
        path.unlink()
    told = [event for account in sorted(alone) for event in alone[account]]
    resolution = resolve(_events(told))
    by_account: dict[str, list[Event]] = defaultdict(list)
    for event in resolution.events:
        by_account[event.account].append(event)
    known = {one.id: one for one in resolution.places}
    names = {
        account: renamed(
            by_account[account], known, _events(alone[account]), {one.id: one for one in own.places}
        )
        for account, own in owns.items()
    }
    parted = {account: _parted(by_account[account], alone[account], names[account]) for account in owns}
    alone.clear()
    located = combined(
        ((owns[account], names[account]) for account in sorted(owns)), resolution.events, resolution.places
    )
    told_of: dict[str, list[Telling]] = defaultdict(list)
    for telling in located.tellings:
        told_of[telling.account].append(telling)
    back: dict[int, dict[str, Named]] = {number: {} for number in numbers}
    for account, number in shard.items():
        back[number][account] = Named(names[account], tuple(told_of[account]), parted[account])
    for number, given in back.items():
        save(work / f"names-{region}-{number}", given)
    gathered = Gathered()
    gathered.take(resolution.events)
    entries = {one.id for one in located.places if one.gazetteer is not None and one.id in located.exact}
    save(
        work / f"region-{region}",
        Region(
            places=located.places,
            exact=located.exact,
            listed=_pairs(resolution.events, entries),
            variants=resolution.variants,
            used=dict(
                Counter(ref.id for event in resolution.events for ref in event.places if ref.id is not None)
            ),
            together=_together(resolution.events),
            names={side: dict(given) for side, given in gathered.names.items()},
            surfaces={side: sorted(given) for side, given in gathered.surfaces.items()},
        ),
    )


def _parted(
    events: Iterable[Event], alone: Iterable[Told], names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The places of those events that ``names`` does not get right: by id of the event."""
    found = {}
    for event, own in zip(events, alone, strict=True):
        for ref, other in zip(event.places, own.places, strict=True):
            if ref.id != names.get(other.id or ""):
                found[event.id] = tuple([one.id or "" for one in event.places])
                break
    return found


def _events(told: Sequence[Told]) -> Sequence[Event]:
    """Parts of events, for steps that read no more of them."""
    return cast("Sequence[Event]", told)


def _pairs(events: Iterable[Event], entries: set[str]) -> list[tuple[str, str]]:
    """Pairs of the places ``entries`` that an event lists side by side."""
    found = listed_together(
        event for event in events if sum(_listed(ref, entries) for ref in event.places) > 1
    )
    return sorted(cast("tuple[str, str]", tuple(sorted(pair))) for pair in found if pair <= entries)


def _listed(ref: PlaceRef, entries: set[str]) -> bool:
    return ref.role == "object" and ref.id in entries


def _together(events: Iterable[Event]) -> list[tuple[str, ...]]:
    """Places that must be checked together: those of one report (``hedged-only`` is one finding for all of them)."""
    found = {
        tuple(sorted({ref.id for ref in event.places if ref.role == "object" and ref.id is not None}))
        for event in events
        if bears_on_control(event) and is_reported(event)
    }
    return sorted(places for places in found if len(places) > 1)
