"""Records onto standard output, in the four formats that every listing verb offers.

Belongs here: how a list of records becomes a table, JSON, JSON Lines or CSV, and which columns each kind
of record has.  Does not: where the records come from, or any judgement about them.  ``rich`` is imported
only when a table is really drawn: scripts should not pay for it.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from frontledger.ledger.comparing import Said
from frontledger.model import Account, Claim, Event, Time

__all__ = [
    "ACCOUNTS",
    "COMPARED",
    "CONTROL",
    "DATES",
    "EVENTS",
    "EVIDENCE",
    "FINDINGS",
    "GAZETTEERS",
    "MATCHES",
    "OMISSIONS",
    "PLACES",
    "PROGRESS",
    "REVIEWS",
    "USERS",
    "Column",
    "DatedTime",
    "Format",
    "show",
    "show_one",
    "timexes",
]


UNBROKEN = frozenset({"id", "date", "since", "code", "kind", "severity", "state"})
"""Columns that a narrow terminal should not wrap: the others give way first."""


class Format(StrEnum):
    """The formats of a listing: for people, or for programs."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class Column(NamedTuple):
    """One column: its name, how it is read off a record, whether tables and CSV files have it, and whether it
    holds event ids.
    """

    name: str
    read: Callable[[Any], object]
    drawn: bool = True
    written: bool = True
    ids: bool = False


def event_day(event: Event) -> str | None:
    """The event's date as one expression."""
    return event.date.edtf


def place_names(event: Event, *roles: str) -> str:
    """The event's places in those roles (all other roles when none is given), as the text names them."""
    return "; ".join(
        place.name or place.text
        for place in event.places
        if (place.role in roles if roles else place.role != "object")
    )


def points(event: Event, role: str) -> str:
    """Latitude and longitude of the event's places in that role."""
    return "; ".join(f"{p.lat} {p.lon}" for p in event.places if p.role == role and p.lat is not None)


def flags(event: Event) -> str:
    """What keeps the event from being a plain assertion of a full capture."""
    marks = {
        "hedged": event.hedged,
        "negated": event.negated,
        "again": event.again,
        "background": event.background,
        "partial": any(p.extent == "partial" for p in event.places if p.role == "object"),
    }
    return " ".join(mark for mark, holds in marks.items() if holds)


def claim(claimed: Claim) -> str:
    """What reports say of a place: a side, who contends, or that nobody knows."""
    if claimed.state == "contested":
        return f"contested by {' '.join(claimed.sides) or 'somebody'}"
    return claimed.holder or claimed.state


def said(source: Said) -> str:
    """What one account says of a change: day, side, whether all of it."""
    days = (
        source.earliest
        if source.earliest == source.latest
        else f"{cell(source.earliest) or '…'}/{cell(source.latest) or '…'}"
    )
    marks = [] if source.extent == "full" else ["partial"]
    marks += [] if source.happened else ["failed"]
    return " ".join([days or "undated", source.holder or "left", *marks])


EVENTS = (
    Column("id", lambda e: e.id, ids=True),
    Column("account", lambda e: e.account, drawn=False),
    Column("date", event_day),
    Column("basis", lambda e: e.date.basis),
    Column("earliest", lambda e: e.date.earliest, drawn=False),
    Column("latest", lambda e: e.date.latest, drawn=False),
    Column("kind", lambda e: e.kind),
    Column("actor", lambda e: e.actor and e.actor.id),
    Column("against", lambda e: e.against and e.against.id),
    Column("objects", lambda e: place_names(e, "object")),
    Column("coordinates", lambda e: points(e, "object"), drawn=False),
    Column("other_places", place_names, drawn=False),
    Column("flags", flags),
    Column("attributed_to", lambda e: e.attributed_to, drawn=False),
    Column("citations", lambda e: " ".join(e.citations)),
    Column("trigger", lambda e: e.trigger.text),
    Column("rule", lambda e: e.rule, drawn=False),
    Column("start", lambda e: e.sentence.start, drawn=False),
    Column("end", lambda e: e.sentence.end, drawn=False),
    Column("review", lambda e: e.review, drawn=False),
)

OMISSIONS = (
    Column("account", lambda o: o.account, drawn=False),
    Column("start", lambda o: o.trigger.start),
    Column("end", lambda o: o.trigger.end, drawn=False),
    Column("trigger", lambda o: o.trigger.text),
    Column("lacks", lambda o: o.lacks),
    Column("rule", lambda o: o.rule),
)

PLACES = (
    Column("id", lambda p: p.id, drawn=False),
    Column("name", lambda p: p.name or p.id),
    Column("also", lambda p: "; ".join(name for name in p.names if name != p.name)),
    Column("type", lambda p: p.type),
    Column("lat", lambda p: p.lat),
    Column("lon", lambda p: p.lon),
    Column("radius_km", lambda p: p.radius_km),
    Column("placing", lambda p: p.placing),
    Column("located_by", lambda p: p.located_by or "; ".join(p.reasons)),
    Column("reasons", lambda p: "; ".join(p.reasons), drawn=False),
    Column("gazetteer", lambda p: p.gazetteer, drawn=False),
    Column("part_of", lambda p: p.part_of, drawn=False),
    Column("anchors", lambda p: " ".join(p.anchors), drawn=False),
)

GAZETTEERS = (
    Column("name", lambda s: s.name),
    Column("kind", lambda s: s.kind),
    Column("places", lambda s: s.places),
    Column("names", lambda s: s.names),
    Column("country", lambda s: s.country),
    Column("added", lambda s: s.added),
    Column("path", lambda s: s.path),
)

MATCHES = (
    Column("name", lambda m: m.name),
    Column("found_as", lambda m: m.found_as),
    Column("alike", lambda m: m.alike),
    Column("type", lambda m: m.type),
    Column("country", lambda m: m.country),
    Column("lat", lambda m: m.lat),
    Column("lon", lambda m: m.lon),
    Column("population", lambda m: m.population or None),
    Column("gazetteer", lambda m: m.gazetteer),
    Column("id", lambda m: m.id),
)

CONTROL = (
    Column("place", lambda c: c.place, drawn=False),
    Column("name", lambda c: c.name, drawn=False),
    Column("place", lambda c: c.name or c.place, written=False),
    Column("holder", lambda c: c.holder),
    Column("state", lambda c: c.state),
    Column("contested_by", lambda c: " ".join(c.sides) if c.state == "contested" else ""),
    Column("since", lambda c: c.since),
    Column("implied", lambda c: "implied" if c.implied else ""),
    Column("claimed", lambda c: c.claimed and claim(c.claimed)),
    Column("layer", lambda c: c.layer, drawn=False),
    Column("evidence", lambda c: " ".join(c.evidence), ids=True),
)

FINDINGS = (
    Column("id", lambda f: f.id),
    Column("severity", lambda f: f.severity),
    Column("code", lambda f: f.code),
    Column("message", lambda f: f.message),
    Column("places", lambda f: " ".join(f.places), drawn=False),
    Column("events", lambda f: " ".join(f.events), ids=True),
    Column("account", lambda f: f.account, drawn=False),
    Column("resolve", lambda f: f.resolve, drawn=False),
)

PROGRESS = (
    Column("account", lambda p: p.account),
    Column("accuracy_checked", lambda p: "yes" if p.accuracy_checked else "no"),
    Column("events", lambda p: p.events),
    Column("unchecked", lambda p: p.unchecked),
    Column("accepted", lambda p: p.accepted),
    Column("corrected", lambda p: p.corrected),
    Column("rejected", lambda p: p.rejected),
    Column("disputed", lambda p: p.disputed),
)

REVIEWS = (
    Column("at", lambda r: r.at),
    Column("version", lambda r: r.revision),
    Column("verdict", lambda r: r.verdict),
    Column("by", lambda r: r.by),
    Column("why", lambda r: r.why),
    Column("changes", lambda r: "; ".join(f"{key}={value}" for key, value in r.changes)),
    Column("event", lambda r: r.event, drawn=False),
)

USERS = (
    Column("name", lambda u: u.name),
    Column("role", lambda u: u.role),
    Column("active", lambda u: "yes" if u.active else "no"),
    Column("invited", lambda u: "yes" if u.invited else ""),
    Column("since", lambda u: u.since),
)

COMPARED = (
    Column("verdict", lambda c: c.verdict),
    Column("differences", lambda c: " ".join(c.differences)),
    Column("place", lambda c: c.name or c.place),
    Column("first", lambda c: c.first and said(c.first)),
    Column("second", lambda c: c.second and said(c.second)),
    Column("first_events", lambda c: " ".join(c.first.events) if c.first else "", ids=True),
    Column("second_events", lambda c: " ".join(c.second.events) if c.second else "", ids=True),
    Column("message", lambda c: c.message, drawn=False),
)


EVIDENCE = (
    Column("event", lambda e: e.event.id, ids=True),
    Column("kind", lambda e: e.event.kind),
    Column("date", lambda e: e.event.date.edtf),
    Column("objects", lambda e: place_names(e.event, "object")),
    Column("trigger", lambda e: e.trigger),
    Column("sentence", lambda e: e.sentence),
    Column("citations", lambda e: "; ".join(f"{c.label} {c.target or ''}".strip() for c in e.citations)),
    Column("rule", lambda e: e.event.rule),
)

ACCOUNTS = (
    Column("id", lambda a: a.id),
    Column("source", lambda a: a.source),
    Column("lang", lambda a: a.lang),
    Column("format", lambda a: a.format),
    Column("title", lambda a: a.title),
    Column("date", lambda a: a.date),
    Column("modified", lambda a: a.modified),
    Column("revision", lambda a: a.revision),
    Column("sections", lambda a: "; ".join(section.title for section in a.sections)),
    Column("characters", lambda a: len(a.text)),
    Column("infobox", lambda a: "; ".join(f"{field.key}: {field.value}" for field in a.infobox)),
    Column("citations", lambda a: " ".join(dict.fromkeys(c.label for c in a.citations))),
    Column("problems", lambda a: "; ".join(problem.message for problem in a.problems)),
)


class DatedTime(NamedTuple):
    """A time expression with the account that it stands in."""

    doc: str
    time: Time


DATES = (
    Column("doc", lambda d: d.doc),
    Column("start", lambda d: d.time.start),
    Column("end", lambda d: d.time.end),
    Column("text", lambda d: d.time.text),
    Column("type", lambda d: d.time.type),
    Column("value", lambda d: d.time.value),
    Column("basis", lambda d: d.time.basis),
    Column("rule", lambda d: d.time.rule, drawn=False),
)


def timexes(account: Account, times: Iterable[Time]) -> dict[str, object]:
    """An account's times in the form that scorers of TIMEX3 read."""
    return {
        "doc": account.id,
        "text": account.text,
        "timexes": [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in times],
    }


def show(
    given: Iterable[Any],
    columns: Sequence[Column],
    form: Format,
    *,
    title: str = "",
) -> None:
    """Print records to standard output; JSON holds them whole, tables and CSV the ``columns``.

    JSON Lines are printed one by one as ``given`` gives them.
    """
    records = given if form is Format.jsonl or isinstance(given, Sequence) else list(given)
    if form is Format.table:
        assert isinstance(records, Sequence)
        draw(records, columns, title)
    elif form is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        columns = [column for column in columns if column.written]
        writer.writerow([column.name for column in columns])
        writer.writerows([[cell(column.read(record)) for column in columns] for record in records])
    elif form is Format.jsonl:
        for record in records:
            sys.stdout.write(msgspec.json.encode(record).decode() + "\n")
    else:
        show_one(records)


def show_one(value: object) -> None:
    """Print one value as indented JSON."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def cell(value: object) -> str:
    """A value as a table or CSV cell; what is not there is empty."""
    return "" if value is None else str(value)


def draw(records: Sequence[Any], columns: Sequence[Column], title: str) -> None:
    """Draw a table as wide as the terminal, or 140 columns where there is none.

    A column that is empty in every row is left out, so that the ones that say something have room.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = [column for column in columns if column.drawn]
    read = [[cell(column.read(record)) for record in records] for column in drawn]
    ids = [i for i, column in enumerate(drawn) if column.ids]
    for i, shorter in zip(ids, short_ids([read[i] for i in ids]), strict=True):
        read[i] = shorter
    filled = [i for i, cells in enumerate(read) if any(cells)]
    if not filled:
        console().print("nothing to list" if not title else f"{title}: nothing to list", markup=False)
        return
    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for i in filled:
        table.add_column(drawn[i].name.replace("_", " "), overflow="fold", no_wrap=drawn[i].name in UNBROKEN)
    for row in zip(*(read[i] for i in filled), strict=True):
        table.add_row(*map(Text, row))
    console().print(table)


def short_ids(columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same cells of event ids without their account, where all of them have the same one."""
    accounts = {name.rpartition(":")[0] for cells in columns for text in cells for name in text.split()}
    if len(accounts) > 1:
        return [list(cells) for cells in columns]
    return [
        [" ".join(name.rpartition(":")[2] for name in text.split()) for text in cells] for cells in columns
    ]


def console() -> Any:
    """A ``rich`` console on the present standard output."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 140
    return Console(file=sys.stdout, width=wide, highlight=False, soft_wrap=False)
