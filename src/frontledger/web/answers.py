"""What goes over the wire and is no noun of ours: envelopes, requests, problems.

Every record inside is a struct of ``model`` or ``ledger`` as it stands; there is no second set of them.  What belongs
here: what only HTTP needs.  What does not: anything that a ledger holds.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from frontledger.ledger.atlas import MapPlace, Meaning
from frontledger.ledger.browsing import HoldingAt, VersionedEvent, VersionedPlace
from frontledger.ledger.browsing_accounts import AccountCard
from frontledger.ledger.explanation import Evidence
from frontledger.ledger.rows import Revision
from frontledger.ledger.searching import Found
from frontledger.model import Account, Dismissal, Event, Finding, Layer, Problem, Review, Value

NO_NUL = r"^[^\x00]*$"
"""NUL is no character of any text, and no database keeps it."""
Text = Annotated[str, Meta(max_length=2000, pattern=NO_NUL)]
"""A reason, a name: a line or two."""
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=NO_NUL)]


class ProblemDetails(Value, frozen=True, omit_defaults=True):
    """What went wrong, after RFC 9457."""

    title: str
    status: int
    type: str = "about:blank"
    """``about:blank``, or ``/problems/NAME`` where a program can do something about it."""
    detail: str = ""
    instance: str = ""
    """The number of this request in the log."""
    errors: tuple[dict[str, Any], ...] = ()
    """Which fields of the request were wrong."""
    version: int | None = None
    """Of a conflict: the version that the event or place has now."""
    event: Event | None = None
    """Of a conflict: the event as it counts now."""
    verdicts: tuple[Review, ...] = ()
    """Of a conflict: every verdict on the event, oldest first."""
    accounts: tuple[str, ...] = ()
    """Of an upload: the accounts that are there already."""


class AccountPage(Value, frozen=True):
    """Accounts without their texts; ``next`` is the address of the next page."""

    items: tuple[AccountCard, ...]
    total: int
    next: str | None = None


class EventPage(Value, frozen=True):
    """Events with their versions."""

    items: tuple[VersionedEvent, ...]
    total: int
    next: str | None = None


class PlacePage(Value, frozen=True):
    """Places with their versions."""

    items: tuple[VersionedPlace, ...]
    total: int
    next: str | None = None


class HoldingPage(Value, frozen=True):
    """Holdings with the points of their places."""

    items: tuple[HoldingAt, ...]
    total: int
    next: str | None = None


class RevisionPage(Value, frozen=True):
    """Revisions of the ledger, the newest first."""

    items: tuple[Revision, ...]
    total: int
    next: str | None = None


class JudgedFinding(Value, frozen=True):
    """A finding, and the dismissal in force, if any."""

    finding: Finding
    dismissed: Dismissal | None


class FindingPage(Value, frozen=True):
    """Findings, the gravest first."""

    items: tuple[JudgedFinding, ...]
    total: int
    next: str | None = None


class FullAccount(Value, frozen=True):
    """An account with its text, and how far its check is."""

    card: AccountCard
    account: Account


class FullEvent(Value, frozen=True):
    """An event with its version, the words it rests on and every verdict on them."""

    version: int
    event: Event
    evidence: Evidence


class SearchResult(Value, frozen=True):
    """What a search found."""

    items: tuple[Found, ...]


class DayMap(Value, frozen=True):
    """The map of a day: the sign at index *n* of ``signs`` is the state of the place at index *n* of ``/map/places``."""

    on: str
    layer: Layer
    revision: int
    """The ledger's revision that the map is at least of."""
    places: int
    """The version of the list of places: ask for it again when it is another."""
    meanings: tuple[Meaning, ...]
    signs: str


class MapPlaces(Value, frozen=True):
    """The places of the maps, in the order of their signs; new ones are added at the end."""

    version: int
    items: tuple[MapPlace, ...]


class PastedAccount(Value, frozen=True, forbid_unknown_fields=True):
    """An account as text: plain, wikitext or HTML, recognised by content."""

    name: Annotated[
        str, Meta(min_length=1, max_length=100, pattern=NO_NUL, description="Its id is made of it.")
    ]
    text: Annotated[str, Meta(min_length=1)]
    lang: Annotated[str, Meta(pattern="^[a-z]{2}$")] | None = None
    revise: bool = False
    """It may take the place of an account of that id, as a new revision of it."""


class Taken(Value, frozen=True):
    """What reading an upload came to."""

    id: str
    state: Literal["waiting", "reading", "done", "failed"]
    accounts: tuple[str, ...] = ()
    coded: dict[str, int] = field(default_factory=dict)
    """Events of each account."""
    problems: tuple[Problem, ...] = ()
    """What could not be read and stopped nothing."""
    notes: tuple[str, ...] = ()
    revision: int | None = None
    error: ProblemDetails | None = None


class NewVerdict(Value, frozen=True, forbid_unknown_fields=True):
    """A verdict on an event."""

    verdict: Literal["accept", "correct", "reject", "dispute", "undo"]
    why: Text = ""
    """The reason; only ``accept`` and ``undo`` may go without."""
    changes: dict[str, Text] = field(default_factory=dict)
    """With ``correct``: field and value, as ``frontledger review --set`` takes them."""


class GivenVerdict(Value, frozen=True):
    """The verdict as it is recorded, and the event in its light."""

    review: Review
    version: int
    event: Event


class NewDismissal(Value, frozen=True, forbid_unknown_fields=True):
    """Why a finding is questioned no more, or again."""

    why: Annotated[str, Meta(min_length=1, max_length=2000, pattern=NO_NUL)]
    restore: bool = False


class PlaceMove(Value, frozen=True, forbid_unknown_fields=True):
    """Where a place is."""

    place: Name
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    why: Text = ""


class PlaceMerge(Value, frozen=True, forbid_unknown_fields=True):
    """One place is another: ``place`` goes, ``into`` stays."""

    place: Name
    into: Name
    why: Text = ""


class PlaceSplit(Value, frozen=True, forbid_unknown_fields=True):
    """A name is that of a place of its own."""

    name: Name
    why: Text = ""


class PlaceSaid(Value, frozen=True):
    """What was recorded about a place, in words, and the revision that it made."""

    said: str
    revision: int


class ExportFormat(Value, frozen=True):
    """A format that the ledger can be had in."""

    name: str
    title: str
    media_type: str
    tables: bool = False
    """Whether it holds one table."""


class Me(Value, frozen=True):
    """Who is asking, and how the service is set up for them."""

    name: str
    role: Literal["reader", "reviewer", "editor", "admin"]
    team: bool
    ledger: str
    """What the ledger is called."""
    revision: int
    version: str
    """Of frontledger."""
