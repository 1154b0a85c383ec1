"""The whole flow on one page: read an account, code it, place it, fold it, check it, store it.

Each step is a plain function from values to values in the folder of its name; this module only composes
them.  State lives in the ledger file and nowhere else.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

import msgspec

from frontledger import accounts
from frontledger.errors import GazetteerError, InputError, LanguageError, LedgerError
from frontledger.events import coding
from frontledger.events.period import infobox_dates, span_of, stated_period
from frontledger.languages.pack import Pack, load_pack
from frontledger.languages.sentencewords import sentence_words
from frontledger.ledger.corrections import new_places
from frontledger.ledger.day import period
from frontledger.ledger.findings import CODES, GRAVITY, find
from frontledger.ledger.fold import fold
from frontledger.ledger.naming import find_place
from frontledger.ledger.sides import gather_sides
from frontledger.ledger.storage import Ledger, is_address
from frontledger.ledger.views import View
from frontledger.mentions.sentences import split
from frontledger.model import (
    Account,
    Control,
    Event,
    Finding,
    Layer,
    Omission,
    Place,
    PlaceReview,
    Problem,
    Severity,
    Span,
    Time,
    Trigger,
    Value,
)
from frontledger.places.continuing import continued, seniority, unread
from frontledger.places.corrections import apart, corrected, fixed, review_of
from frontledger.places.gazetteers.entries import Source
from frontledger.places.gazetteers.shelf import Found, Shelf, lookup, open_shelf, shared_shelf
from frontledger.places.identity import Resolution, resolve
from frontledger.places.locating import Located, locate, with_coordinates
from frontledger.places.settling import Own
from frontledger.places.settling import settle as settle_names
from frontledger.places.unity import unified

__all__ = [
    "Shelf",
    "Summary",
    "alone",
    "coded",
    "control",
    "dates",
    "events",
    "findings",
    "is_ledger",
    "omissions",
    "open_shelf",
    "read",
    "report",
    "run",
    "sentences",
    "stream",
]

File = str | PathLike[str]
Report = Callable[[Problem], None]
"""Told of what could not be read and stopped nothing."""
Watch = Callable[[int, int, str], None]
"""Told ``(steps done, steps in all, what is under way)``."""


SQLITE = b"SQLite format 3\0"


class Summary(Value, frozen=True):
    """What a run did, and what its ledger holds now."""

    ledger: str
    accounts: tuple[Account, ...]
    """Those read in this run."""
    coded: dict[str, int]
    """Events of each of them, by account id."""
    held: dict[str, int]
    """What the ledger holds: how many accounts, events, places, sides, holdings, findings."""
    findings: dict[str, int]
    """How often each code was found."""
    days: tuple[str, str] | None
    """First and last day told of; None when nothing is dated."""
    notes: tuple[str, ...] = ()
    """What could not be had and stopped nothing: a gazetteer, say."""


def read(path: File, lang: str | None = None, *, report: Report | None = None) -> list[Account]:
    """The accounts of a file, a folder, an archive, a dump; ``lang`` (ISO 639-1) overrides what their text shows.

    Raises :class:`~frontledger.errors.InputError` for a file that cannot be read.  What cannot be read inside a file
    of many accounts is told to ``report`` and the rest goes on; without ``report`` it raises as well.
    """
    return accounts.read(path, lang=lang, report=report)


def stream(path: File, lang: str | None = None, *, report: Report | None = None) -> Iterator[Account]:
    """As :func:`read`, one account at a time: a dump of any size fits in memory."""
    return accounts.stream(path, lang=lang, report=report)


def sentences(account: Account) -> list[str]:
    """The sentences of the narrative, as text."""
    return [account.text[s.start : s.end] for s in split(account, sentence_words(account.lang))]


def dates(account: Account) -> list[Time]:
    """Every time expression of ``account`` that has a value, in reading order.

    Vague words ("later") bound the narrative's date inside the engine and are no dates.
    """
    return [time for time in coding.dates(account, pack_of(account)) if time.type != "VAGUE"]


def events(account: Account, shelf: Shelf | None = None) -> list[Event]:
    """The events of one account, their places identified within it and located.

    ``shelf`` has the gazetteers; without one, those of this machine are opened once for all calls.
    """
    found = coded(account)
    with uncollected():
        return list(placed([account], found, (), shelf or shared_shelf(), variants=False)[0].events)


def omissions(account: Account) -> list[Omission]:
    """What one account announces and says too little of for an event, in reading order.

    Raises :class:`~frontledger.errors.LanguageError` when its language has no pack.
    """
    passed: list[coding.PassedOver] = []
    with uncollected():
        coding.code(account, pack_of(account), passed)
    return [
        Omission(
            account=account.id,
            trigger=Trigger(text=account.text[one.start : one.end], start=one.start, end=one.end),
            lacks=one.lack,
            sentence=Span(start=one.sentence[0], end=one.sentence[1]),
            rule=one.rule,
        )
        for one in sorted(passed)
    ]


def placed(
    given: Sequence[Account],
    found: Sequence[Event],
    known: Sequence[Place],
    shelf: Shelf,
    corrections: Sequence[PlaceReview] = (),
    *,
    former: Sequence[Event] = (),
    variants: bool = True,
) -> tuple[Resolution, Located]:
    """Events with their places told apart and located; ``known`` places, of which ``former`` events tell, keep their ids.

    Names that a gazetteer has for one place become one.  ``corrections`` are what people said about places;
    ``variants`` as for :func:`~frontledger.places.identity.resolve`.
    """
    told = resolve(found, unread(former, known), variants=variants)
    told = corrected(continued(told, former, known, corrections), corrections)
    try:
        located = locate(given, told.events, told.places, shelf, fixed(corrections))
    except GazetteerError as error:  # a damaged index costs the coordinates and nothing else
        shelf.note(f"places stay without coordinates: {error}")
        located = locate(given, told.events, told.places, Shelf(None), fixed(corrections))
    return unified(told, located, apart(corrections), seniority(known, corrections))


def alone(account: Account, found: Sequence[Event], shelf: Shelf | None = None) -> tuple[list[Event], Own]:
    """What an account of which nothing else is known says of its places: its events with them, and the places.

    ``found`` is what :func:`coded` gives.  Any number of such answers can be put together
    (:func:`~frontledger.places.locating.combined`).
    """
    shelf = shelf or shared_shelf()
    with uncollected():
        told = resolve(found, variants=False)
        try:
            own = settle_names(account, told.events, told.places, shelf)
        except GazetteerError as error:
            shelf.note(f"places stay without coordinates: {error}")
            own = settle_names(account, told.events, told.places, Shelf(None))
        return list(with_coordinates(told.events, own.places)), own


def coded(account: Account) -> list[Event]:
    """The events of one account as its sentences assert them, before its places are told apart.

    Ids are ``ACCOUNT:eN``: unique among all accounts, and the same whatever was read before.
    """
    pack = pack_of(account)
    with uncollected():
        found = coding.code(account, pack)
    return [msgspec.structs.replace(event, id=f"{account.id}:{event.id}") for event in found]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector still: nothing of an account can go before it is coded, and looking costs a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def pack_of(account: Account) -> Pack:
    """The language pack of an account; raises :class:`~frontledger.errors.LanguageError` when there is none."""
    where = account.source or account.id
    if account.lang is None:
        raise LanguageError(f"{where}: its language could not be told: name it with --lang")
    try:
        return load_pack(account.lang)
    except LanguageError as error:
        raise LanguageError(f"{where}: {error}") from None


def run(
    paths: Iterable[File],
    output: File,
    lang: str | None = None,
    *,
    by: str | None = None,
    watch: Watch = lambda *_: None,
    report: Report | None = None,
) -> Summary:
    """Read, code, fold, check and store accounts; the main job.

    An existing ledger gains the accounts, and one that it holds already is read anew.  Everything is written in
    one transaction at the end, so a failure at any moment leaves the ledger as it was.  ``by`` is who reads.
    """
    if Ledger.exists(output):
        Ledger.open(output).close()  # what is no ledger should be said before the work, not after it
    given = [account for path in paths for account in read(path, lang, report=report)]
    unique(given)
    new: list[Event] = []
    for done, account in enumerate(given):
        watch(done, len(given) + 1, account.id)
        new += coded(account)
    watch(len(given), len(given) + 1, "places")
    with open_shelf(watch) as shelf, opened(output) as ledger, ledger.writing():
        # Who writes at the same time waits, and then sees all of this.
        fresh = {account.id for account in given}
        former = ledger.readings
        others = [event for event in former if event.account not in fresh]
        note = f"read {', '.join(sorted(fresh))}"
        settled = settle(ledger, given, [*others, *new], shelf, note, former=former, by=by)
        findings = ledger.findings
        held = {
            "account": ledger.accounts,
            "event": settled.events,
            "place": ledger.places,
            "side": ledger.sides,
            "holding": ledger.holdings,
        }
    return Summary(
        ledger=str(output),
        accounts=tuple(given),
        coded={account.id: sum(event.account == account.id for event in new) for account in given},
        held={noun: len(things) for noun, things in held.items()} | {"finding": len(findings)},
        findings=dict(Counter(finding.code for finding in findings)),
        days=period(settled.events),
        notes=shelf.problems,
    )


def settle(
    ledger: Ledger,
    given: Sequence[Account],
    narrated: Iterable[Event],
    shelf: Shelf,
    note: str,
    correction: PlaceReview | None = None,
    *,
    former: Sequence[Event],
    by: str | None = None,
) -> Resolution:
    """Place, judge, fold, check and store all events of a ledger anew, in one transaction.

    ``given`` are accounts just read, ``narrated`` all events as they were read, ``former`` those that the ledger holds;
    ``correction`` is what a person said about a place just now.
    """
    every = {account.id: account for account in (*ledger.accounts, *given)}
    told = {name: every[name] for name in sorted(every)}  # never in the order in which they came
    said = (*ledger.place_reviews, *([correction] if correction else []))
    settled, located = placed(
        list(told.values()),
        sorted(narrated, key=narrative_order),
        ledger.places,
        shelf,
        said,
        former=former,
    )
    counting = ledger.judged(given, settled.events)
    places = (*settled.places, *new_places(counting, settled.places))
    sides = gather_sides(counting)
    holdings = fold(counting, places)
    periods = ledger.periods | periods_of(given, settled.events)
    questions = find(
        told.values(), counting, places, sides, holdings, settled.variants,
        periods=periods, evidence=ledger.evidence(given, settled.events), tellings=located.tellings,
    )  # fmt: skip
    ledger.replace(
        given, settled.events, places, sides, holdings, questions, note,
        by=correction.by if correction else by, periods=periods,
        corrections=[correction] if correction else [], tellings=located.tellings,
    )  # fmt: skip
    return settled


def correct_place(path: File, verdict: str, words: Sequence[str], by: str, why: str = "") -> str:
    """Record what a person says about a place, and place, fold and check the ledger anew; returns it in words.

    ``set NAME LAT LON``, ``merge A B`` (A is B), ``split NAME`` (is a place of its own).  Raises
    :class:`~frontledger.errors.InputError` for other words and
    :class:`~frontledger.errors.NotFoundError` when the ledger has no such place.
    """
    with open_shelf() as shelf, Ledger.open(path) as ledger:
        return correct_place_in(ledger, shelf, verdict, words, by, why)


def correct_place_in(
    ledger: Ledger,
    shelf: Shelf,
    verdict: str,
    words: Sequence[str],
    by: str,
    why: str = "",
    *,
    check: Callable[[str], None] = lambda _: None,
) -> str:
    """As :func:`correct_place`, in an open ledger.

    ``check`` is given the id of the place that is spoken of, when nobody else can write any more and nothing is written.
    """
    with ledger.writing():
        review, said = review_of(verdict, words, ledger.places, by, why)
        check(review.place)
        former = ledger.readings
        settle(ledger, (), former, shelf, said, review, former=former)
    return said


def add_gazetteer(what: str, note: Callable[[str], None] = lambda _: None) -> Source:
    """Keep a gazetteer of the user's: a file, or the two-letter code of a country, which GeoNames is asked for.

    Raises :class:`~frontledger.errors.GazetteerError`.
    """
    from frontledger.places.gazetteers.adding import add

    return add(what, note)


def find_in_gazetteers(name: str, shelf: Shelf, country: str | None = None) -> list[Found]:
    """Places that every gazetteer has under a name: the very name, or else what sounds like it."""
    return lookup(name, shelf, country)


def control(
    ledger: View, on: str | None = None, *, place: str | None = None, layer: Layer | None = None
) -> tuple[str, list[Control]]:
    """The day, and who held what on it; without ``on`` it is the last day that the ledger tells of.

    Raises :class:`~frontledger.errors.InputError` when ``on`` is no day, and
    :class:`~frontledger.errors.NotFoundError` when the ledger has no such place.
    """
    day = on or (ledger.span or ("", ""))[1]
    wanted = find_place(place, ledger.places).id if place else None
    try:
        return day, ledger.control_on(day, layer, wanted) if day else []
    except ValueError:
        raise InputError(f"{day!r} is no day: expected YYYY-MM-DD") from None


def findings(
    ledger: View, *, codes: Collection[str] = (), severity: Severity | None = None, dismissed: bool = False
) -> list[Finding]:
    """What is open to question, or (``dismissed``) no more; only of these codes, only this grave or graver.

    Raises :class:`~frontledger.errors.InputError` for a code that there is not.
    """
    unknown = sorted(set(codes) - CODES.keys())
    if unknown:
        raise InputError(f"no finding {unknown[0]!r}: the codes are {', '.join(CODES)}")
    gone = ledger.dismissed
    least = GRAVITY[severity] if severity else len(GRAVITY)
    return [
        finding
        for finding in ledger.all_findings
        if (finding.id in gone) is dismissed
        and (not codes or finding.code in codes)
        and GRAVITY[finding.severity] <= least
    ]


def report(
    ledger: File,
    output: Path,
    *,
    accounts: Collection[str] = (),
    title: str | None = None,
    revision: int | None = None,
    force: bool = False,
) -> int:
    """Write a ledger, or (``revision``) what it was, as one page that opens in any browser; its size in bytes.

    ``accounts`` limits it to what these tell of.  Raises :class:`~frontledger.errors.ExportError` when it cannot be
    written, and :class:`~frontledger.errors.NotFoundError` for an account that the ledger does not hold.
    """
    from frontledger.exports.report import write

    with Ledger.open(ledger) as opened, opened.reading():
        view = opened if revision is None else opened.at(revision)
        return write(view, output, accounts=accounts, title=title, force=force)


def is_ledger(path: File) -> bool:
    """Whether a file begins as an SQLite database does, or the address is of one: a ledger, then, and no account."""
    if is_address(path):
        return True
    try:
        with Path(path).open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False  # reading it as an account will say what is wrong


def periods_of(told: Iterable[Account], found: Iterable[Event]) -> dict[str, tuple[str, str]]:
    """What each account says it is about, of those that say so."""
    by_account: dict[str, list[Event]] = defaultdict(list)
    for event in found:
        by_account[event.account].append(event)
    stated = {account.id: period_of(account, by_account[account.id]) for account in told}
    return {name: period for name, period in stated.items() if period is not None}


def period_of(account: Account, found: Sequence[Event]) -> tuple[str, str] | None:
    """First and last day of what an account says it is about: its infobox first, else its opening sentence."""
    box = infobox_dates(account)
    if box:
        alone = accounts.from_text(box, account.id, lang=account.lang)
        period = span_of(coding.dates(alone, pack_of(account)), found)
        if period is not None:
            return period
    return stated_period(account, dates(account), found)


def unique(given: Sequence[Account]) -> None:
    """Raise :class:`~frontledger.errors.InputError` when two of the accounts bear one id."""
    seen: dict[str, Account] = {}
    for account in given:
        other = seen.setdefault(account.id, account)
        if other is not account:
            raise InputError(f"two accounts are called {account.id!r}: {other.source} and {account.source}")


def opened(path: File) -> Ledger:
    """The ledger at ``path``, a new one where there is none."""
    if not Ledger.exists(path):
        try:
            return Ledger.create(path)
        except LedgerError:
            if not Ledger.exists(path):  # else somebody else was quicker
                raise
    return Ledger.open(path)


def narrative_order(event: Event) -> tuple[str, int, int, str]:
    """Accounts by id, events as they are told: the same whatever was read first."""
    return event.account, event.sentence.start, event.trigger.start, event.id
