"""ACLED CSV: the 31 columns of the download of 2023 and later, with the values of ACLED's code book.

Codes are those of the code book: event and sub-event types by their definitions, actor types 1 to 8, interactions as two
digits, precisions 1 to 3.  ``docs/exports.md`` has the dictionary.  What does not belong here: what is no fact (``facts``),
countries (``geography``), kinds of actors (``actors``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from frontledger.exports.cells import flat, line, write_csv
from frontledger.exports.coding.actors import actor
from frontledger.exports.coding.facts import facts, location, placed, sources_of, together, when
from frontledger.exports.coding.geography import Country, Geography
from frontledger.exports.days import long_form, middle, span
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import EventRow, Material

__all__ = ["COLUMNS", "write"]

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

BATTLES, REMOTE, STRATEGIC = "Battles", "Explosions/Remote violence", "Strategic developments"
CLASH = "Armed clash"
TYPES = {
    "attack": (BATTLES, CLASH),
    "clash": (BATTLES, CLASH),
    "offensive": (BATTLES, CLASH),
    "repulse": (BATTLES, CLASH),
    "airstrike": (REMOTE, "Air/drone strike"),
    "shelling": (REMOTE, "Shelling/artillery/missile attack"),
    "handover": (STRATEGIC, "Non-violent transfer of territory"),
    "withdrawal": (STRATEGIC, "Other"),
    "advance": (STRATEGIC, "Other"),
    "siege": (STRATEGIC, "Other"),
    "agreement": (STRATEGIC, "Agreement"),
}
"""Event and sub-event type of each kind but ``capture``, which depends on who takes from whom, and ``hold``, a state."""
DISORDER = {BATTLES: "Political violence", REMOTE: "Political violence", STRATEGIC: "Strategic developments"}
INTER = {"rebel": 2, "militia": 3, "external": 8}
UNIDENTIFIED = 3
"""ACLED counts unidentified armed groups among the political militias."""
WEEK, MONTH = 7, 31
NEAR_KM = 10.0
"""Beyond this uncertainty a point stands for the surroundings of a town (precision 2) …"""
REGION_KM = 40.0
"""… and beyond this for a region (precision 3)."""
REGIONS = frozenset({"area", "region", "province", "governorate", "county", "country", "oblast"})
SAID = {
    "capture": "captured", "handover": "received", "withdrawal": "withdrew from", "offensive": "launched an offensive at",
    "attack": "attacked", "advance": "advanced at", "repulse": "repulsed an attack on", "siege": "besieged",
    "clash": "fought at", "airstrike": "carried out an airstrike on", "shelling": "shelled", "agreement": "agreed on",
}  # fmt: skip


class Coded(NamedTuple):
    """What makes two tellings the same event for ACLED: kind, actors, place, days."""

    event_type: str
    sub_event_type: str
    actors: tuple[str | None, str | None]
    place: str
    earliest: str
    latest: str


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one table only
    """One row an event and place, events told twice joined."""
    geography = Geography(material.places)
    coded = list(_coded(material.rows, geography, losses))
    contested = _exchanged(coded)
    merged = together(
        ((_as_clash(key) if _where(key) in contested else key, row) for key, row in coded), losses
    )
    merged.sort(key=lambda one: (one[0].earliest, one[0].place, one[0].sub_event_type))
    stamp = int(datetime.fromisoformat(material.at).timestamp())
    numbers: dict[str, int] = defaultdict(int)

    def lines() -> Iterator[dict[str, object]]:
        for key, rows in merged:
            country = geography.country(key.place)
            assert country is not None
            numbers[country.iso3] += 1
            yield _line(key, rows, country, numbers[country.iso3], stamp, losses)

    return write_csv(output, COLUMNS, lines())


def _coded(
    rows: Iterable[EventRow], geography: Geography, losses: Losses
) -> Iterator[tuple[Coded, EventRow]]:
    """Each fact that ACLED has a code for, with it."""
    for row in facts(rows, losses):
        if row.kind == "hold":
            losses.leave_out("says who holds a place, which is no event for ACLED")
        elif row.actor is None and row.kind in {"capture", "handover", "withdrawal", "advance", "siege"}:
            losses.leave_out("who did it is not told")
        elif row.actor is None and row.against is None:
            losses.leave_out("no side is named")
        elif placed(row, losses) and (days := when(row, MONTH, losses)):
            country = geography.country(row.place_id)
            if country is None:
                losses.leave_out("country of the place not known")
                continue
            kinds = _capture(row, country) if row.kind == "capture" else TYPES[row.kind]
            if kinds is None:
                losses.leave_out("whether the place's own state or somebody else took it is not known")
                continue
            key = Coded(*kinds, (row.actor_id, row.against_id), str(row.place_id), days[0], days[1])
            yield key, row


def _capture(row: EventRow, country: Country) -> tuple[str, str] | None:
    """Who gains a place decides; of a part of it, the fighting goes on."""
    if row.extent == "partial":
        return BATTLES, CLASH
    taker = actor(row.actor_id)
    if taker.sort == "unknown":
        return None
    if taker.sort == "state" and taker.country == country.iso2:
        return BATTLES, "Government regains territory"
    return BATTLES, "Non-state actor overtakes territory"  # foreign states too, says the code book


def _where(key: Coded) -> tuple[str, str] | None:
    return (key.place, key.earliest) if key.event_type == BATTLES and key.earliest == key.latest else None


def _exchanged(coded: Iterable[tuple[Coded, EventRow]]) -> set[tuple[str, str] | None]:
    """Places and days on which more than one side took the same place: an exchange within a day is an armed clash."""
    takers: dict[tuple[str, str] | None, set[str | None]] = defaultdict(set)
    for key, _ in coded:
        if key.sub_event_type != CLASH and (where := _where(key)):
            takers[where].add(key.actors[0])
    return {where for where, sides in takers.items() if len(sides) > 1}


def _as_clash(key: Coded) -> Coded:
    first, second = sorted(key.actors, key=lambda side: side or "~")
    return key._replace(sub_event_type=CLASH, actors=(first, second))


def _line(
    key: Coded, rows: list[EventRow], country: Country, number: int, stamp: int, losses: Losses
) -> dict[str, object]:
    row = rows[0]
    swapped = (row.actor_id, row.against_id) != key.actors
    names = (row.against, row.actor) if swapped else (row.actor, row.against)
    actor1, inter1 = _actor(key.actors[0], names[0], country, key, needed=True)
    actor2, inter2 = _actor(key.actors[1], names[1], country, key, needed=key.event_type == BATTLES)
    if (actor1 and inter1 is None) or (actor2 and inter2 is None):
        losses.leave_unsaid("type of an actor not known: inter and interaction left empty")
    losses.leave_unsaid("fatalities: accounts are not read for them, and 0 would be a claim")
    date = middle(key.earliest, key.latest)
    return {
        "event_id_cnty": f"{country.iso3}{number}",
        "event_date": date,
        "year": int(date[:4]),
        "time_precision": _time_precision(key.earliest, key.latest),
        "disorder_type": DISORDER[key.event_type],
        "event_type": key.event_type,
        "sub_event_type": key.sub_event_type,
        "actor1": line(actor1),
        "assoc_actor_1": "",
        "inter1": "" if inter1 is None else inter1,
        "actor2": line(actor2),
        "assoc_actor_2": "",
        "inter2": "" if inter2 is None else inter2,
        "interaction": _interaction(inter1, inter2, pair=bool(actor2)),
        "civilian_targeting": "",
        "iso": country.number,
        "region": country.acled,
        "country": country.acled_name,
        "admin1": "",
        "admin2": "",
        "admin3": "",
        "location": line(location(row)),
        "latitude": row.lat,
        "longitude": row.lon,
        "geo_precision": _geo_precision(row),
        "source": line("; ".join(sources_of(rows))),
        "source_scale": "Other",
        "notes": _notes(row, rows, key),
        "fatalities": "",
        "tags": "",
        "timestamp": stamp,
    }


def _actor(
    side: str | None, name: str | None, country: Country, key: Coded, *, needed: bool
) -> tuple[str, int | None]:
    """An actor's name and type; an unnamed one as ACLED names it, where there must be one."""
    if side is None or name is None:
        if not needed or key.event_type == STRATEGIC:
            return "", None
        return f"Unidentified Armed Group ({country.acled_name})", UNIDENTIFIED
    known = actor(side)
    if known.sort == "state":
        return name, 1 if known.country == country.iso2 else 8
    return name, INTER.get(known.sort)


def _interaction(first: int | None, second: int | None, *, pair: bool) -> str:
    """The lower type first; a lone actor's with 0."""
    if first is None or (pair and second is None):
        return ""
    return f"{first}0" if second is None else f"{min(first, second)}{max(first, second)}"


def _time_precision(earliest: str, latest: str) -> int:
    days = span(earliest, latest) or 1
    return 1 if days == 1 else 2 if days <= WEEK else 3


def _geo_precision(row: EventRow) -> int:
    if row.place_type in REGIONS or (row.radius_km or 0.0) > REGION_KM:
        return 3
    near = (
        row.role != "object"
        or row.place is None
        or row.placing == "relation"
        or (row.radius_km or 0.0) > NEAR_KM
    )
    return 2 if near else 1


def _notes(row: EventRow, rows: list[EventRow], key: Coded) -> str:
    """What happened, in ACLED's manner, the words that say so, and where they stand."""
    when_said = long_form(key.earliest)
    if key.earliest != key.latest:
        when_said = f"Between {when_said} and {long_form(key.latest)}"
    else:
        when_said = f"On {when_said}"
    part = "part of " if row.extent == "partial" else ""
    where = f"{part}{row.place or row.place_text}"
    whom = (
        f" ({'from' if row.kind in {'capture', 'handover'} else 'against'} {row.against})"
        if row.against
        else ""
    )
    told = " | ".join(f"“{flat(one.quote)}” [{one.row}]" for one in rows)
    return line(f"{when_said}, {row.actor or 'an unnamed actor'} {SAID[row.kind]} {where}{whom}. {told}")
