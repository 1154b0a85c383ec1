"""What the page is given: the contract between Python and ``web/src/payload.ts``, field by field.

Days are day numbers (day 0 is 1970-01-01, proleptic Gregorian, years before 1 included); None is open or unknown.
Numbers that refer to accounts, events, places and sides are indexes into the payload's arrays.  Offsets count UTF-16
code units of :attr:`Account.text`, as the page's language does, not code points.  What belongs here: shapes and what
they mean.  What does not: how they are filled (``building``).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from frontledger.model import Extent, Kind, Layer, Role, Severity, State, Verdict

__all__ = [
    "FORMAT",
    "Account",
    "Checked",
    "Citation",
    "Control",
    "Event",
    "Finding",
    "Judgement",
    "Land",
    "Mention",
    "Party",
    "Payload",
    "Place",
    "Said",
    "Side",
    "Step",
]

FORMAT = 1
"""Grows when a page of an older format could not read the payload."""

Line = list[tuple[float, float]]
"""Longitude and latitude in degrees."""


class Struct(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every shape here."""


class Side(Struct, frozen=True):
    """A side; ``colour`` counts from 0 for the one with the most holdings."""

    id: str
    name: str
    names: list[str]
    colour: int


class Place(Struct, frozen=True):
    """A place; ``located`` says in one line how its point was found, ``radius`` (km) how far off it may be."""

    id: str
    name: str
    names: list[str]
    type: str | None
    lat: float | None
    lon: float | None
    radius: float | None
    located: str | None


class Citation(Struct, frozen=True):
    """A reference mark; ``url`` is http or https and nothing else."""

    start: int
    end: int
    label: str
    target: str | None
    url: str | None


class Mention(Struct, frozen=True):
    """Words of an account that mean something; ``events`` rest on them.  No two mentions of a text overlap."""

    start: int
    end: int
    what: Literal["time", "place", "actor", "trigger"]
    events: list[int]


class Checked(Struct, frozen=True):
    """How far the accuracy check of an account is."""

    reviewed: int
    total: int
    done: bool


class Account(Struct, frozen=True):
    """An account as it was read."""

    id: str
    title: str
    language: str | None
    rtl: bool
    text: str
    citations: list[Citation]
    mentions: list[Mention]
    checked: Checked


class Party(Struct, frozen=True):
    """Who acts or suffers, and the words for it."""

    side: int
    text: str | None
    inferred: bool


class Said(Struct, frozen=True):
    """A place as an event names it."""

    place: int | None
    text: str
    role: Role
    extent: Extent
    start: int
    end: int


class Judgement(Struct, frozen=True):
    """A person's verdict; ``at`` is ISO 8601 in UTC."""

    verdict: Verdict
    by: str
    why: str
    at: str


class Event(Struct, frozen=True):
    """An event as it counts; ``dated`` are the words of its date, ``by`` whom the text attributes it to."""

    id: str
    account: int
    kind: Kind
    edtf: str | None
    earliest: int | None
    latest: int | None
    basis: str
    dated: str | None
    actor: Party | None
    against: Party | None
    places: list[Said]
    again: bool
    hedged: bool
    negated: bool
    background: bool
    by: str | None
    trigger: tuple[int, int]
    sentence: tuple[int, int]
    citations: list[str]
    rule: str
    review: Verdict
    judgements: list[Judgement]


class Step(Struct, frozen=True):
    """What ``frontledger control`` says from day ``day`` (None: ever since) until the next step.

    ``soft`` is the other end of the days between which the change lies; None when its day is known.  It is never
    outside the days that the payload spans.  ``since`` is EDTF, ``evidence`` are events.
    """

    day: int | None = msgspec.field(name="from")
    soft: int | None
    state: State
    holders: list[int]
    implied: bool
    since: str | None
    evidence: list[int]


class Control(Struct, frozen=True):
    """A place in one layer; the claimed layer is given only where it is not the assessed one."""

    place: int
    layer: Layer
    steps: list[Step]


class Finding(Struct, frozen=True):
    """What a careful reader would question; ``dismissed`` says by whom and why it is questioned no more."""

    id: str
    code: str
    severity: Severity
    message: str
    resolve: str | None
    account: int | None
    events: list[int]
    places: list[int]
    dismissed: str | None


class Land(Struct, frozen=True):
    """Natural Earth within ``box`` (west, south, east, north): coordinates of a MultiPolygon and a MultiLineString."""

    box: tuple[float, float, float, float]
    land: list[list[Line]]
    borders: list[Line]


class Payload(Struct, frozen=True):
    """Everything that the page shows."""

    format: int
    generator: str
    title: str
    revision: int
    revised: str | None
    first: int | None
    """First day that the slider spans: of what is narrated.  A few stray events may lie outside."""
    last: int | None
    sides: list[Side]
    places: list[Place]
    accounts: list[Account]
    events: list[Event]
    control: list[Control]
    findings: list[Finding]
    land: Land | None
