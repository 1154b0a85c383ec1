"""The nouns of the project, as frozen structs; imports nothing of ours.

Everything that flows from one step to the next is one of these values.  They are immutable,
compare by value and encode to JSON through ``msgspec`` as they stand.  What belongs here: fields
and what they mean.  What does not: any behaviour beyond a property that reads fields.

Offsets are code points into :attr:`Account.text`; ``text[start:end]`` is the surface.  Days
outside are ISO 8601 strings (``2015-11-16``; years before 1 as ``-0043-03-15``, astronomical
numbering, so that year 0 is 1 BC); date expressions are ISO 8601-2 (EDTF).
"""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "Account",
    "ActorRef",
    "Block",
    "Citation",
    "Claim",
    "Control",
    "Dismissal",
    "Event",
    "EventDate",
    "Finding",
    "Holding",
    "InfoboxField",
    "Link",
    "Omission",
    "Place",
    "PlaceRef",
    "PlaceReview",
    "Problem",
    "Reference",
    "Review",
    "Section",
    "Sentence",
    "Side",
    "Span",
    "Telling",
    "Time",
    "Trigger",
]

Kind = Literal[
    "capture",
    "withdrawal",
    "handover",
    "hold",
    "offensive",
    "attack",
    "advance",
    "repulse",
    "siege",
    "clash",
    "airstrike",
    "shelling",
    "agreement",
]
Role = Literal["object", "source", "direction", "near", "part-of", "via", "except"]
Extent = Literal["full", "partial"]
Basis = Literal["explicit", "relative", "inherited", "bounded", "undated"]
Layer = Literal["assessed", "claimed"]
State = Literal["held", "contested", "unknown"]
Verdict = Literal["unchecked", "accepted", "corrected", "rejected", "disputed"]
Placing = Literal["set", "file", "gazetteer", "online", "relation", "ask", "none"]
Severity = Literal["high", "medium", "low"]

CONTROL_KINDS: frozenset[str] = frozenset({"capture", "withdrawal", "handover", "hold"})
"""The kinds that bear on control (DESIGN, "The event record")."""


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every value here: immutable, compared by content, keyword arguments only.

    What is immutable cannot refer to itself, so the garbage collector need not look at it.
    """


class Span(Value, frozen=True):
    """A stretch of the account's text, ``start`` inclusive, ``end`` exclusive, in code points."""

    start: int
    end: int


class Problem(Value, frozen=True):
    """Something about an input that a person should know and that stopped nothing.

    ``code`` is stable (``empty``, ``no-language``, ``bad-encoding`` …), ``where`` says file and
    place in words, ``message`` what was expected.
    """

    code: str
    where: str
    message: str
    start: int | None = None
    end: int | None = None


class Reference(Value, frozen=True):
    """What a citation points to, field by field, as the account states it; dates in its own words."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    """Publisher, newspaper, site or work: who brought it out."""
    date: str | None = None
    accessed: str | None = None
    url: str | None = None


class Citation(Value, frozen=True):
    """A reference marker in the account (one number or label) and what it points to."""

    label: str
    start: int
    end: int
    target: str | None = None
    """What the marker points to, as text (title, author, address), when the account says."""
    editorial: bool = False
    """A tag of the editors ("citation needed"), which points to nothing and supports nothing."""
    reference: Reference | None = None
    """The same as fields, where the account's markup has them."""


class Link(Value, frozen=True):
    """A link of the account's markup to another article: the words that bear it and the article's title."""

    start: int
    end: int
    target: str


class InfoboxField(Value, frozen=True):
    """One infobox parameter or residue line: ``key`` is one of ``flag``, ``result``,
    ``belligerent``, ``support``, ``date``, ``place``, ``commander``, ``casualties`` or the
    account's own parameter name.
    """

    key: str
    value: str
    start: int
    end: int
    side: int | None = None
    """The column of the infobox, from 1, where its parameter belongs to one of the parties."""
    name: str | None = None
    """The parameter's own name in the account's markup (``combatant1``)."""


class Section(Value, frozen=True):
    """A heading and the stretch that it governs."""

    title: str
    level: int
    start: int
    """Where the heading starts."""
    body: int
    """Where the text under it starts."""
    end: int


class Block(Value, frozen=True):
    """A run of text that sentences never cross: a paragraph, a bullet, a heading, infobox residue,
    an entry of the list of references.
    """

    kind: Literal["paragraph", "bullet", "heading", "infobox", "quote", "reference"]
    start: int
    end: int


class Account(Value, frozen=True):
    """One narrative source document, as read; nothing in it is coded yet."""

    id: str
    text: str
    lang: str | None = None
    """ISO 639-1 code of the account's language; None when it could not be told."""
    title: str | None = None
    date: str | None = None
    """Document date (publication or revision), ISO; None when the account does not say."""
    source: str | None = None
    """Path or address that it was read from."""
    format: Literal["text", "wikitext", "html"] = "text"
    """What it was written in, recognised by content."""
    revision: str | None = None
    """The account's own number of this revision (MediaWiki), when it says."""
    modified: str | None = None
    """When it was last changed, ISO, where that is told apart from ``date``."""
    sha256: str = ""
    """Digest of the text, the account's revision key."""
    citations: tuple[Citation, ...] = ()
    infobox: tuple[InfoboxField, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    origin: tuple[tuple[int, int], ...] = ()
    """Where the text stood in the source: ``(offset in text, offset in source)``, ascending, both in code points;
    from each pair to the next the two run side by side.  Empty where the text is the source unchanged.
    """
    problems: tuple[Problem, ...] = ()


class Sentence(Value, frozen=True):
    """A sentence without its trailing reference markers; ``citations`` are the labels that it bears."""

    start: int
    end: int
    block: int
    citations: tuple[str, ...] = ()


class Time(Value, frozen=True):
    """A time mention with its meaning.

    ``type`` and ``value`` are TIMEX3 (``DATE`` ``2015-11-05``, ``DURATION`` ``P2D`` …); ``earliest`` and
    ``latest`` bound it as ISO days (None: open or no date); ``basis`` says how the value was found.
    ``vague`` marks words such as "later" that bound the narrative date without moving it.
    """

    start: int
    end: int
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET", "VAGUE"]
    value: str | None
    earliest: str | None = None
    latest: str | None = None
    basis: Basis = "explicit"
    moves: bool = True
    """Whether the narrative stands at this date afterwards (flashbacks and vague words do not move it)."""
    rule: str = ""
    background: bool = False
    """Says when something else was ("the spring offensive"): dates an event for want of better only."""
    since: bool = False
    """When a state began ("since December"): dates no event of its clause."""
    leads: bool = False
    """Holds for the clause behind it as well: "said on Monday that …", "since 2014, when …"."""
    by: bool = False
    """What happened had happened then ("by 9 May"): it bounds an event, ``stood`` from below."""
    until: bool = False
    """What went on then ended ("until 9 May")."""
    stood: str | None = None
    """The first day of where the narrative stood before a date with ``by``; None where it is not known to be earlier."""
    counts: bool = False
    """Counts days from an event that is named behind it: in the background it dates that event, else all but it."""
    stretch: tuple[str, str] | None = None
    """First and last day of the range that it opens or closes with the mention beside it ("4 and 5 May")."""


class EventDate(Value, frozen=True):
    """When an event happened: an EDTF expression and the ISO days that bound it."""

    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: Basis
    text: str | None = None
    """The words that say so; None where the date is inherited."""
    until: str | None = None
    """The last day of what went on and ended ("contested from 4 to 9 May"); None where the text gives no end."""


class ActorRef(Value, frozen=True):
    """An armed actor as an event names it, resolved to a side."""

    id: str
    name: str
    text: str | None = None
    inferred: bool = False


class PlaceRef(Value, frozen=True):
    """A place as an event names it; ``name`` is None for unnamed objects ("two further hills")."""

    id: str | None
    name: str | None
    text: str
    start: int
    end: int
    role: Role
    type: str | None = None
    extent: Extent = "full"
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    located_by: str | None = None
    count: int | None = None
    generic: bool = False
    """The name is made of class words alone ("the Great Military Depot"): only type and anchors identify it."""
    part_of: str | None = None
    """Name of the place that this one is a piece of ("Mahin" for "Mahin 5. kerülete")."""
    anchors: tuple[str, ...] = ()
    """Names of the places that only locate it: both ends of a road, the town that a depot lies beside."""
    link: str | None = None
    """Title of the article that the account's markup links its name to."""


class Trigger(Value, frozen=True):
    """The word or idiom that announces an event."""

    text: str
    start: int
    end: int


class Omission(Value, frozen=True):
    """What an account announces and what became no event, with the reason."""

    account: str
    trigger: Trigger
    lacks: str
    """What it does not say: "no place", "no holder", …"""
    sentence: Span
    rule: str


class Event(Value, frozen=True):
    """One dated happening at places between actors, asserted by a sentence (the event record)."""

    id: str
    account: str
    kind: Kind
    date: EventDate
    actor: ActorRef | None
    against: ActorRef | None
    places: tuple[PlaceRef, ...]
    again: bool
    hedged: bool
    attributed_to: str | None
    negated: bool
    trigger: Trigger
    sentence: Span
    citations: tuple[str, ...]
    rule: str
    review: Verdict = "unchecked"
    background: bool = False
    """The text mentions it in passing (a participle, a flashback); not part of the narrated period."""


class Side(Value, frozen=True):
    """A side of the conflict under a stable slug, with every surface that named it."""

    id: str
    name: str
    names: tuple[str, ...] = ()


class Place(Value, frozen=True):
    """One location under all its names.  ``part_of`` is the id of the place that it is a piece of
    ("Mahin 5. kerülete"); ``anchors`` are ids of the places that only locate it.
    """

    id: str
    name: str | None
    names: tuple[str, ...] = ()
    type: str | None = None
    part_of: str | None = None
    anchors: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    """How far off the point may be."""
    located_by: str | None = None
    """In words: the gazetteer's entry, the relation, the person."""
    placing: Placing = "none"
    """What kind of knowledge that is; ``ask`` has candidates, but a person must say which."""
    gazetteer: str | None = None
    """The entry that it is (``geonames:163808``); None when it is none or only lies by one."""
    reasons: tuple[str, ...] = ()
    """Why this one, or why none."""


class Telling(Value, frozen=True):
    """What an account says of where places lie: so far, or in that direction, from another place.

    ``subjects`` and ``anchor`` are place ids; no subject means that the text speaks of troops, no anchor that it
    counts from something that no event names, whose words ``anchor_name`` gives.  ``degrees`` count clockwise from
    north.  ``loose`` tellings are about a front line rather than about a place.
    """

    account: str
    start: int
    end: int
    text: str
    anchor: str | None
    anchor_name: str | None = None
    subjects: tuple[str, ...] = ()
    km: float | None = None
    degrees: float | None = None
    loose: bool = False


class Holding(Value, frozen=True):
    """An interval during which a side holds a place, in one layer.

    Both ends are ranges: ``since`` lies in ``[since_earliest, since_latest]``, ``until`` likewise; None is
    an open end.  ``implied`` marks a holder known only because somebody took the place from them,
    or because nothing else is told of the end of their contest for it.
    """

    place: str
    side: str | None
    layer: Layer
    state: State
    since_earliest: str | None
    since_latest: str | None
    until_earliest: str | None
    until_latest: str | None
    implied: bool
    sides: tuple[str, ...]
    """The sides that contend when ``state`` is ``contested``; else the holder alone."""
    evidence: tuple[str, ...]
    """Event ids."""


class Claim(Value, frozen=True):
    """What reports say of a place on a day, where that is not what the accounts state."""

    holder: str | None
    state: State
    since: str | None
    sides: tuple[str, ...]
    evidence: tuple[str, ...]


class Control(Value, frozen=True):
    """Who held a place on a day: one row of ``frontledger control``."""

    place: str
    name: str | None
    holder: str | None
    state: State
    since: str | None
    layer: Layer
    evidence: tuple[str, ...]
    sides: tuple[str, ...] = ()
    implied: bool = False
    claimed: Claim | None = None
    """In an assessed row: what the claimed layer says, where it says something else."""


class Finding(Value, frozen=True):
    """Something a careful reader would question."""

    code: str
    severity: Severity
    message: str
    places: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    account: str | None = None
    resolve: str = ""
    """What would settle it, in one sentence."""
    id: str = ""
    """Changes with the evidence: a dismissal names it, and lapses when it is gone."""


class Review(Value, frozen=True):
    """A person's verdict on an event; never overwritten, only followed by another."""

    event: str
    """Id that the event had when the verdict was given."""
    verdict: Verdict
    by: str
    why: str
    at: str
    """When, ISO 8601 in UTC."""
    changes: tuple[tuple[str, str], ...] = ()
    """Corrections in force after this verdict, as (field, value)."""
    account: str = ""
    evidence: str = ""
    """Digest of the words that the event rests on: the verdict holds wherever they stand unchanged."""
    meaning: str = ""
    """Digest of what was read from these words."""
    revision: int = 0
    """The revision of the ledger that the verdict made."""
    undoes: int = 0
    """Of an undoing: the revision of the verdict that it takes back; ``verdict`` is what held before that one."""


class Dismissal(Value, frozen=True):
    """A person's reason to question a finding no more; holds while the finding keeps its id."""

    finding: str
    """Its id."""
    code: str
    message: str
    by: str
    why: str
    at: str
    restored: bool = False
    """Takes an earlier dismissal back."""
    revision: int = 0


class PlaceReview(Value, frozen=True):
    """What a person said about a place; never overwritten, only followed by another.

    ``set`` puts ``place`` at ``lat``, ``lon`` (degrees); ``merge`` says that ``place`` is ``other``; ``split``
    says that the name ``name``, so far one of ``place``, is another place, ``other``.
    """

    verdict: Literal["set", "merge", "split"]
    place: str
    by: str
    why: str
    at: str
    other: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
