"""Ids that places keep: what a ledger has once called a place, it goes on calling it, whatever it reads later.

Each reading tells the places of all accounts apart anew, so identity, names and types follow from what the accounts
say and never from which of them was read first.  Only ids are handed on, from the mentions of the former reading to
the same mentions now.  What belongs here: that.  What does not: which mentions are one place (``identity``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from frontledger.model import Event, Place, PlaceReview
from frontledger.places.identity import Resolution
from frontledger.places.unity import joined, under

__all__ = ["continued", "renumbered", "seniority", "unread"]


def unread(former: Iterable[Event], known: Sequence[Place]) -> list[Place]:
    """The ``known`` places that no ``former`` reading needs: those that people brought in."""
    places = {place.id: place for place in known}
    waiting = list({ref.id for event in former for ref in event.places if ref.id is not None})
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed and name in places:
            needed.add(name)
            waiting += _leans(places[name])
    return [place for place in known if place.id not in needed]


def seniority(known: Iterable[Place], reviews: Iterable[PlaceReview]) -> dict[str, int]:
    """Of several ids of one place the one with the lowest number stays: one that people spoke of, else the oldest."""
    said = {name for review in reviews for name in (review.place, review.other) if name}
    ordered = sorted(known, key=lambda place: place.id not in said)
    return {place.id: number for number, place in enumerate(ordered)}


def continued(
    told: Resolution,
    former: Iterable[Event],
    known: Sequence[Place],
    reviews: Sequence[PlaceReview] = (),
) -> Resolution:
    """``told`` under the ids of the ``known`` places that the same mentions had in the ``former`` events.

    Where mentions of one place have come to several, most of them keep its id; where places have become one, the id
    of lowest :func:`seniority` stays.  What a person has made one place, or put on the map as one, stays one.  New ids take nobody else's.
    """
    if not known:
        return told
    rank = seniority(known, reviews)
    votes = _votes(told.events, former, rank)
    claims = _claims(told.places, votes, known)
    ids = _chosen(
        claims, votes, rank, {r.other: r.place for r in reviews if r.verdict == "split" and r.other}
    )
    _led(ids, told.places, known)
    again = _again(ids, votes, claims, _spoken_of(reviews))
    if again:
        events, places, variants = joined(told.events, told.places, told.variants, again)
        told = Resolution(events=events, places=places, variants=variants)
    return renumbered(told, _free(ids, told.places, rank))


def renumbered(told: Resolution, ids: Mapping[str, str]) -> Resolution:
    """``told`` with other ids for some places."""
    if not ids:
        return told
    return Resolution(
        events=tuple([_event_under(event, ids) for event in told.events]),
        places=tuple([under(place, ids) for place in told.places]),
        variants=tuple(sorted((ids.get(one, one), name, main) for one, name, main in told.variants)),
    )


def _event_under(event: Event, ids: Mapping[str, str]) -> Event:
    if not any(ref.id in ids for ref in event.places):
        return event
    return replace(
        event, places=tuple([replace(ref, id=ids.get(ref.id or "", ref.id)) for ref in event.places])
    )


def _votes(
    events: Iterable[Event], former: Iterable[Event], known: Collection[str]
) -> dict[str, Counter[str]]:
    """For each place of now, how many of its mentions had which id.

    An account that was read anew may have other words before a mention: its names are looked for, too.
    """
    at: dict[tuple[str, int, int, str | None], str] = {}
    called: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for event in former:
        for ref in event.places:
            if ref.id is not None and ref.id in known:
                at[event.account, ref.start, ref.end, ref.name] = ref.id
                if ref.name is not None:
                    called[event.account, ref.name][ref.id] += 1
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for ref in event.places:
            was = at.get((event.account, ref.start, ref.end, ref.name))
            if was is None and ref.name is not None and (event.account, ref.name) in called:
                was = called[event.account, ref.name].most_common(1)[0][0]
            if was is not None:
                votes[ref.id or ""][was] += 1
    return votes


def _claims(
    places: Iterable[Place], votes: Mapping[str, Counter[str]], known: Iterable[Place]
) -> dict[str, str]:
    """For each former id the place that it goes to: the one of its name, else that with most of its mentions."""
    called = {place.id: place.name for place in known}
    best: dict[str, tuple[bool, int]] = {}
    claims: dict[str, str] = {}
    for place in places:  # in reading order: of equals, the first
        for was, count in votes.get(place.id, Counter[str]()).items():
            weight = place.name == called[was], count
            if was not in best or weight > best[was]:
                best[was], claims[was] = weight, place.id
    return claims


def _chosen(
    claims: Mapping[str, str],
    votes: Mapping[str, Counter[str]],
    rank: Mapping[str, int],
    split: Mapping[str, str],
) -> dict[str, str]:
    """The former id of each place that has one; what people split off goes with the place that it is split from again."""
    ids: dict[str, str] = {}
    for was in sorted(claims, key=rank.__getitem__):
        place = claims[was]
        if split.get(was) in votes[place] or place in ids:
            continue
        ids[place] = was
    return ids


def _led(ids: dict[str, str], places: Iterable[Place], known: Iterable[Place]) -> None:
    """Hand ids on to what only locates others: by its name, beside a place whose id is known."""
    now, before = {place.id: place for place in places}, {place.id: place for place in known}
    given = set(ids.values())
    waiting = list(ids)
    while waiting:
        here = waiting.pop(0)
        for lean in _leans(now[here]):
            if lean in ids or lean not in now:
                continue
            names = {now[lean].name, *now[lean].names}
            for was in _leans(before[ids[here]]):
                if was in before and was not in given and names & {before[was].name, *before[was].names}:
                    ids[lean] = was
                    given.add(was)
                    waiting.append(lean)
                    break


def _spoken_of(reviews: Iterable[PlaceReview]) -> set[str | None]:
    """What others were made by a person, and what a person has put on the map: no gazetteer joins it any more."""
    merged = {review.other for review in reviews if review.verdict == "merge"}
    return merged | {review.place for review in reviews if review.verdict == "set"}


def _again(
    ids: Mapping[str, str],
    votes: Mapping[str, Counter[str]],
    claims: Mapping[str, str],
    spoken_of: Collection[str | None],
) -> dict[str, str]:
    """Places of now that were one that a person spoke of: all their mentions had its id (place → the one that has it)."""
    return {
        place: claims[next(iter(had))]
        for place, had in votes.items()
        if place not in ids and len(had) == 1 and next(iter(had)) in spoken_of
    }


def _free(ids: Mapping[str, str], places: Iterable[Place], rank: Collection[str]) -> dict[str, str]:
    """Every id that changes: those handed on, and others for new places that would take one of them."""
    taken = set(ids.values())
    found: dict[str, str] = {}
    for place in places:
        name = ids.get(place.id)
        if name is None:
            name, number = place.id, 1
            while name in taken or (number > 1 and name in rank):
                number += 1
                name = f"{place.id}-{number}"
            taken.add(name)
        if name != place.id:
            found[place.id] = name
    return found


def _leans(place: Place) -> tuple[str, ...]:
    return (*([place.part_of] if place.part_of else []), *place.anchors)
