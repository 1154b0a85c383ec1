"""Which mentions in a set of events are one place.

:func:`resolve` gives every place mention the id of its place and makes the record of each place.  What
belongs here: the order of the steps.  How names compare is in ``names`` and ``sounds``; which named mentions
go together in ``named``; places without a name of their own in ``described``.  Coordinates come elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from frontledger.model import Event, Place, PlaceRef
from frontledger.places.described import (
    DescribedSites,
    is_described,
    is_local,
    merge_misspelt_ends,
)
from frontledger.places.descriptions import Descriptions
from frontledger.places.named import NamedSites
from frontledger.places.sites import Site, give_ids
from frontledger.places.sounds import slug
from frontledger.places.uses import Use, gather, listings
from frontledger.places.variants import name_variants

__all__ = ["Resolution", "identified", "resolve"]


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """Events with the ids of their places, the places, and names that a person should look at.

    ``variants`` are (id of the place kept, suspicious name, main name of the place): probably one place, and
    merged at most on circumstantial evidence.  A suspicious name is not among the names of the place.
    """

    events: tuple[Event, ...]
    places: tuple[Place, ...]
    variants: tuple[tuple[str, str, str], ...]


def resolve(events: Sequence[Event], known: Sequence[Place] = (), *, variants: bool = True) -> Resolution:
    """Find the places of ``events``: same events, each place mention with the id of its place.

    ``known`` places keep id, name and type and may gain names, a whole and anchors; they come first in
    ``places``, the new ones follow in reading order.  The order of ``events`` does not matter.  Whom nobody will show
    suspicious names to need not have them looked for (``variants``).
    """
    placed = _placed(events, known)
    suspicious = name_variants(placed.named) if variants else ()
    return Resolution(
        events=placed.events,
        places=tuple(site.place() for site in placed.sites),
        variants=tuple(sorted((site.id, name, site.name or "") for site, name in suspicious)),
    )


def identified(events: Sequence[Event]) -> tuple[Event, ...]:
    """The same events, each place mention with the id of its place: what :func:`resolve` says of them alone."""
    return _placed(events, ()).events


class _Placed(NamedTuple):
    """Events with the ids of their places, and the sites that these were made of."""

    events: tuple[Event, ...]
    sites: list[Site]
    named: NamedSites


def _placed(events: Sequence[Event], known: Sequence[Place]) -> _Placed:
    uses, mentions = gather(events)
    descriptions = Descriptions(uses)
    by_description = {use: descriptions.of(use) for use in uses}
    old = _known_sites(known)
    accounts = {slug(event.account) for event in events} if old else set()
    local = {site for site in old if is_local(site, accounts)}
    old_described = [site for site in old if site in local or is_described(site)]
    old_named = [site for site in old if site not in local and site.name is not None]

    named = NamedSites(old_named, listings(events))
    named.place_all(use for use in uses if by_description[use] is None)
    merge_misspelt_ends((use for use in uses if by_description[use]), old_described, named)
    described = DescribedSites(old_described, descriptions.leaders, named)

    home: dict[Use, Site] = {}
    for use in uses:
        leader = by_description[use]
        if leader:
            home[use] = described.of(leader)
            home[use].take(use)
        else:
            home[use] = named.of(use)
            home[use].lean_on(_anchors(use.account, use.anchors, described))
    unnamed = _unnamed_sites(events, old, described)

    sites = _in_order([*old, *named.sites, *described.sites, *unnamed.values()])
    for site in sites:
        site.seal()
    give_ids(sites)
    return _Placed(
        tuple(_with_ids(event, own, home, unnamed) for event, own in zip(events, mentions, strict=True)),
        sites,
        named,
    )


def _known_sites(known: Sequence[Place]) -> list[Site]:
    sites = {place.id: Site(place) for place in known}
    for place in known:
        site = sites[place.id]
        site.whole = sites.get(place.part_of) if place.part_of else None
        site.lean_on(sites[anchor] for anchor in place.anchors if anchor in sites)
    return list(sites.values())


def _anchors(account: str, names: Iterable[str], described: DescribedSites) -> list[Site]:
    return [site for name in names if (site := described.called(account, name))]


def _unnamed_stem(account: str, ref: PlaceRef) -> str:
    return f"unnamed-{account}-{ref.start}"


def _unnamed_sites(
    events: Iterable[Event], old: Iterable[Site], described: DescribedSites
) -> dict[str, Site]:
    """A site for each unnamed object, by what its id is made from."""
    known = {site.id: site for site in old if site.name is None}
    found: dict[str, Site] = {}
    for event in events:
        for ref in event.places:
            if ref.name is not None:
                continue
            stem = _unnamed_stem(event.account, ref)
            if stem in found:
                continue
            site = found[stem] = known.get(slug(stem)) or Site()
            site.stem = partial(str, stem)
            site.first = (event.account, ref.start, ref.end)
            site.types.update([ref.type] if ref.type else [])
            site.whole = site.whole or (described.called(event.account, ref.part_of) if ref.part_of else None)
            site.lean_on(_anchors(event.account, ref.anchors, described))
    return found


def _in_order(sites: Iterable[Site]) -> list[Site]:
    """Each site once: known ones as they came, then those that others lean on … in reading order."""
    once = list(dict.fromkeys(sites))
    return [site for site in once if site.known] + sorted(
        (site for site in once if not site.known), key=lambda site: site.first
    )


def _with_ids(
    event: Event, mentions: Sequence[Use | None], home: dict[Use, Site], unnamed: dict[str, Site]
) -> Event:
    refs = []
    for ref, use in zip(event.places, mentions, strict=True):
        site = home[use] if use else unnamed[_unnamed_stem(event.account, ref)]
        refs.append(replace(ref, id=site.id))
    return replace(event, places=tuple(refs))
