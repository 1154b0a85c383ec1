"""UCDP GED CSV: the 49 columns of the Georeferenced Event Dataset, with the values of its code book.

What does not belong here: what is no fact (``facts``), countries (``geography``), kinds of actors (``actors``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from frontledger.exports.cells import line, write_csv
from frontledger.exports.coding.actors import actor
from frontledger.exports.coding.facts import facts, location, placed, sources_of, together, when
from frontledger.exports.coding.geography import Geography, countries, prio_cell
from frontledger.exports.days import span, year
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import EventRow, Material

__all__ = ["COLUMNS", "write"]

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip

ARMED = frozenset({"capture", "attack", "clash", "offensive", "repulse", "siege", "airstrike", "shelling"})
"""The kinds in which armed force is used; UCDP has no others."""
MONTH, YEAR = 31, 366
NEAR_KM = 25.0
"""Within this of a known place: precision 2 (the code book's own figure)."""
DISTRICTS = frozenset({"district", "subdistrict", "raion", "county", "municipality"})
PROVINCES = frozenset({"province", "governorate", "oblast", "region", "state"})
FUZZY = frozenset(
    {"area", "road", "river", "front", "border", "mountain", "mountains", "desert", "valley", "forest"}
)
JUDGED = frozenset({"accepted", "corrected"})


class Coded(NamedTuple):
    """What makes two tellings the same event for UCDP."""

    sides: tuple[str, str]
    place: str
    earliest: str
    latest: str


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one table only
    """One row an event and place, events told twice joined."""
    geography = Geography(material.places)
    merged = together(_coded(material.rows, losses), losses)
    merged.sort(key=lambda one: (one[0].earliest, one[0].place, one[0].sides))

    def lines() -> Iterator[dict[str, object]]:
        for number, (key, rows) in enumerate(merged, 1):
            yield _line(number, key, rows, geography, losses)

    return write_csv(output, COLUMNS, lines())


def _coded(rows: Iterable[EventRow], losses: Losses) -> Iterator[tuple[Coded, EventRow]]:
    for row in facts(rows, losses):
        if row.kind not in ARMED:
            losses.leave_out("no use of armed force, which is all that UCDP records")
        elif row.actor_id is None or row.against_id is None:
            losses.leave_out("a side is not named, and UCDP has dyads only")
        elif placed(row, losses) and (days := when(row, YEAR, losses)):
            sides = _ordered(row.actor_id, row.against_id)
            yield Coded(sides, str(row.place_id), days[0], days[1]), row


def _ordered(first: str, second: str) -> tuple[str, str]:
    """Side A is the state where one fights another's rebels; else the order of names, as the same dyad has one name."""
    ranks = [(actor(side).sort != "state", side) for side in (first, second)]
    return (first, second) if ranks[0] <= ranks[1] else (second, first)


def _line(
    number: int, key: Coded, rows: list[EventRow], geography: Geography, losses: Losses
) -> dict[str, object]:
    row = rows[0]
    side_a, side_b = (_name(side, rows) for side in key.sides)
    kinds = [actor(side).sort for side in key.sides]
    violence = _violence(kinds)
    if not violence:
        losses.leave_unsaid("type of violence: whether a side is a state is not known")
    losses.leave_unsaid("deaths: accounts are not read for them; UCDP records events with a death only")
    country = geography.country(row.place_id)
    if country is None:
        losses.leave_unsaid("country of the place not known")
    works = [source.reference for one in rows for source in one.sources if source.reference]
    articles = sources_of(rows)
    return {
        "id": number,
        "relid": row.row,
        "year": year(key.earliest),
        "active_year": "",
        "code_status": "Clear" if all(one.review in JUDGED for one in rows) else "Check",
        "type_of_violence": violence,
        "conflict_dset_id": "",
        "conflict_new_id": "",
        "conflict_name": line(f"{side_a} - {side_b}") if violence == 2 else "",
        "dyad_dset_id": "",
        "dyad_new_id": "",
        "dyad_name": line(f"{side_a} - {side_b}"),
        "side_a_dset_id": "",
        "side_a_new_id": "",
        "side_a": line(side_a),
        "side_b_dset_id": "",
        "side_b_new_id": "",
        "side_b": line(side_b),
        "number_of_sources": len(articles),
        "source_article": line("; ".join(articles)),
        "source_office": line(_joined(one.publisher for one in works)),
        "source_date": line(_joined(one.date for one in works)),
        "source_headline": line(_joined(one.title for one in works)),
        "source_original": line(_joined(one.title or one.account for one in rows)),
        "where_prec": _where_prec(row),
        "where_coordinates": line(location(row)),
        "where_description": line(" | ".join(one.quote for one in rows)),
        "adm_1": "",
        "adm_2": "",
        "latitude": row.lat,
        "longitude": row.lon,
        "geom_wkt": f"POINT ({row.lon} {row.lat})",
        "priogrid_gid": prio_cell(row.lat or 0.0, row.lon or 0.0),
        "country": country.ucdp_name if country else "",
        "country_id": country.gw if country and country.gw else "",
        "region": country.ucdp if country else "",
        "event_clarity": 2 if row.actor_inferred or row.against_inferred else 1,
        "date_prec": _date_prec(row, key),
        "date_start": f"{key.earliest} 00:00:00.000",
        "date_end": f"{key.latest} 00:00:00.000",
        "deaths_a": "",
        "deaths_b": "",
        "deaths_civilians": "",
        "deaths_unknown": "",
        "best": "",
        "high": "",
        "low": "",
        "gwnoa": _state_number(key.sides[0]),
        "gwnob": _state_number(key.sides[1]),
    }


def _name(side: str, rows: list[EventRow]) -> str:
    row = rows[0]
    return (row.actor if side == row.actor_id else row.against) or side


def _violence(kinds: Sequence[str]) -> int | str:
    """1 with a government on a side, 2 between others, nothing where a side may be either."""
    if "state" in kinds:
        return 1
    return "" if "unknown" in kinds or "external" in kinds else 2


def _joined(texts: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _where_prec(row: EventRow) -> int:
    """1 exact, 2 within 25 km of a known point, 3 district, 4 province, 5 a line, an area or fuzzier, 6 country."""
    by_type = [(frozenset({"country"}), 6), (PROVINCES, 4), (DISTRICTS, 3), (FUZZY, 5)]
    for types, precision in by_type:
        if row.place_type in types:
            return precision
    if (row.radius_km or 0.0) > NEAR_KM:
        return 5
    return 2 if row.role != "object" or row.place is None or row.placing == "relation" else 1


def _date_prec(row: EventRow, key: Coded) -> int:
    """1 a day, 2 two to six days, 3 a week up to a month, 4 the month, 5 up to a year."""
    days = span(key.earliest, key.latest) or 1
    if days == 1:
        return 1
    if days < 7:
        return 2
    if days > MONTH:
        return 5
    return 4 if row.edtf == key.earliest[:7] else 3


def _state_number(side: str) -> int | str:
    known = actor(side)
    country = countries().get(known.country or "")
    return country.gw if country and country.gw else ""
