"""Addresses that read the ledger: summary, accounts, events, places, sides, findings, history, search.

What belongs here: their parameters and pages.  What does not: changing anything (``routes_review``), or maps (``routes_control``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Response
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from frontledger.errors import InputError
from frontledger.ledger import browsing, browsing_accounts
from frontledger.ledger.browsing import EventFilter, LedgerCard, VersionedPlace
from frontledger.ledger.browsing_accounts import AccountChange, AccountRevision
from frontledger.ledger.comparing import Comparison, compare
from frontledger.ledger.explanation import Explanation, explain, quote
from frontledger.ledger.findings import GRAVITY
from frontledger.ledger.searching import search as searched
from frontledger.ledger.storage import Ledger
from frontledger.model import Kind, Severity, Side, Verdict
from frontledger.web.answers import (
    AccountPage,
    EventPage,
    FindingPage,
    FullAccount,
    FullEvent,
    JudgedFinding,
    PlacePage,
    RevisionPage,
    SearchResult,
)
from frontledger.web.declaring import JSONL, Asked, desk_of, reads, sent
from frontledger.web.desk import Desk

__all__ = ["ROUTES", "After", "Limit", "further", "streamed"]

Limit = Annotated[int, QueryParameter(ge=1, le=1000, description="So many to a page.")]
After = Annotated[
    int, QueryParameter(ge=0, le=2**62, description="Where to go on: as `next` of the page before says.")
]
Day = Annotated[str | None, QueryParameter(pattern=r"^-?\d{4,6}-\d\d-\d\d$", description="An ISO day.")]
BATCH = 1000


def further(path: str, after: int | None, given: dict[str, Any]) -> str | None:
    """The address of the next page."""
    if after is None:
        return None
    pairs = [
        (key, one)
        for key, value in {**given, "after": after}.items()
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]
    return f"{path}?{urlencode(pairs)}"


Batch = Callable[[Ledger, int], tuple[list[Any], int | None]]


def streamed(desk: Desk, batch: Batch) -> Stream:
    """A list of any length as JSON Lines, a batch at a time."""

    async def lines() -> AsyncIterator[bytes]:
        after: int | None = 0
        while after is not None:
            at = after
            some, after = await desk.read(lambda ledger, at=at: batch(ledger, at))  # type: ignore[misc]
            if some:
                yield b"\n".join(map(msgspec.json.encode, some)) + b"\n"

    return Stream(lines(), media_type=JSONL)


@reads("/ledger", tags=["ledger"])
async def ledger_card(request: Asked) -> Response[LedgerCard]:
    """The ledger at a glance."""
    return sent(request, await desk_of(request).ready("ledger", browsing.summary))


@reads("/accounts", tags=["accounts"])
async def accounts(request: Asked, limit: Limit = 100, after: After = 0) -> Response[AccountPage]:
    """Accounts without their texts, and how far the check of each is."""

    def page(ledger: Ledger) -> AccountPage:
        items, at, total = browsing_accounts.accounts(ledger, after=after, limit=limit)
        return AccountPage(
            items=tuple(items), total=total, next=further("/api/v1/accounts", at, {"limit": limit})
        )

    return sent(request, await desk_of(request).ready(f"accounts {limit} {after}", page))


@reads("/accounts/{account:str}", 404, tags=["accounts"])
async def account(request: Asked, account: FromPath[str]) -> Response[FullAccount]:
    """An account with its text."""

    def full(ledger: Ledger) -> FullAccount:
        text, card = browsing_accounts.account(ledger, account)
        return FullAccount(card=card, account=text)

    return sent(request, await desk_of(request).ready(f"account {account}", full))


@reads("/accounts/{account:str}/revisions", 404, tags=["accounts"])
async def account_revisions(request: Asked, account: FromPath[str]) -> list[AccountRevision]:
    """Every reading of an account, the newest first."""
    return await desk_of(request).read(lambda ledger: browsing_accounts.account_revisions(ledger, account))


@reads("/accounts/{account:str}/revisions/{revision:int}", 404, tags=["accounts"])
async def account_changes(request: Asked, account: FromPath[str], revision: FromPath[int]) -> AccountChange:
    """What one reading of an account changed."""
    return await desk_of(request).read(
        lambda ledger: browsing_accounts.account_changes(ledger, account, revision)
    )


Kinds = Annotated[list[Kind] | None, QueryParameter(description="Only of these kinds; may be repeated.")]
Reviews = Annotated[
    list[Verdict] | None, QueryParameter(description="Only with these verdicts; may be repeated.")
]
Account = Annotated[str | None, QueryParameter(description="Only of this account.", max_length=200)]
OfSide = Annotated[
    str | None, QueryParameter(description="Only with this side as actor or opponent.", max_length=200)
]
OfPlace = Annotated[str | None, QueryParameter(description="Only about this place.", max_length=200)]


def _wanted(
    account: str | None, kind: list[Kind] | None, review: list[Verdict] | None, side: str | None,
    place: str | None, since: str | None, until: str | None,
) -> EventFilter:  # fmt: skip
    return EventFilter(account, tuple(kind or ()), tuple(review or ()), side, place, since, until)


def _events(ledger: Ledger, wanted: EventFilter, after: int, limit: int) -> tuple[list[Any], int | None, int]:
    try:
        return browsing.events(ledger, wanted, after=after, limit=limit)
    except ValueError:
        raise InputError("since and until: expected days, as 2015-12-16") from None


@reads("/events", 422, tags=["events"])
async def events(
    request: Asked, account: Account = None, kind: Kinds = None, review: Reviews = None, side: OfSide = None,
    place: OfPlace = None, since: Day = None, until: Day = None, limit: Limit = 100, after: After = 0,
) -> Response[EventPage]:  # fmt: skip
    """Event records with their versions, in the order in which they came."""
    wanted = _wanted(account, kind, review, side, place, since, until)

    def page(ledger: Ledger) -> EventPage:
        items, at, total = _events(ledger, wanted, after, limit)
        given = {**wanted._asdict(), "kind": kind, "review": review, "limit": limit}
        del given["kinds"], given["reviews"]
        return EventPage(items=tuple(items), total=total, next=further("/api/v1/events", at, given))

    return sent(request, await desk_of(request).ready(f"events {wanted} {limit} {after}", page))


@reads("/events.jsonl", 422, tags=["events"], media_type=JSONL)
async def events_lines(
    request: Asked, account: Account = None, kind: Kinds = None, review: Reviews = None, side: OfSide = None,
    place: OfPlace = None, since: Day = None, until: Day = None,
) -> Stream:  # fmt: skip
    """The event records themselves, one a line, as `frontledger events --format jsonl` prints them."""
    wanted = _wanted(account, kind, review, side, place, since, until)
    await desk_of(request).read(
        lambda ledger: _events(ledger, wanted, 0, 1)
    )  # a bad day is said before the first line

    def batch(ledger: Ledger, after: int) -> tuple[list[Any], int | None]:
        items, at, _ = _events(ledger, wanted, after, BATCH)
        return [one.event for one in items], at

    return streamed(desk_of(request), batch)


@reads("/events/{event:str}", 404, tags=["events"])
async def event(request: Asked, event: FromPath[str]) -> Response[FullEvent]:
    """An event with the words it rests on and every verdict on them; its version is the ETag."""

    def full(ledger: Ledger) -> FullEvent:
        found = browsing.event(ledger, event)
        text, _ = browsing_accounts.account(ledger, found.event.account)
        words = msgspec.structs.replace(quote(found.event, text), reviews=tuple(ledger.history(event)))
        return FullEvent(version=found.version, event=found.event, evidence=words)

    found = await desk_of(request).read(full)
    return Response(content=found, headers={"ETag": f'"{found.version}"'})


@reads("/places", tags=["places"])
async def places(request: Asked, limit: Limit = 100, after: After = 0) -> Response[PlacePage]:
    """Places with their versions: names, where, how sure and by what."""

    def page(ledger: Ledger) -> PlacePage:
        items, at, total = browsing.places(ledger, after=after, limit=limit)
        return PlacePage(
            items=tuple(items), total=total, next=further("/api/v1/places", at, {"limit": limit})
        )

    return sent(request, await desk_of(request).ready(f"places {limit} {after}", page))


@reads("/places.jsonl", tags=["places"], media_type=JSONL)
async def places_lines(request: Asked) -> Stream:
    """All places, one a line."""

    def batch(ledger: Ledger, after: int) -> tuple[list[Any], int | None]:
        items, at, _ = browsing.places(ledger, after=after, limit=BATCH)
        return [one.place for one in items], at

    return streamed(desk_of(request), batch)


@reads("/places/{place:str}", 404, tags=["places"])
async def place(request: Asked, place: FromPath[str]) -> Response[VersionedPlace]:
    """One place by its id; its version is the ETag."""
    found = await desk_of(request).read(lambda ledger: browsing.place(ledger, place))
    return Response(content=found, headers={"ETag": f'"{found.version}"'})


@reads("/sides", tags=["sides"])
async def sides(request: Asked) -> Response[list[Side]]:
    """All sides, with every name that the accounts give them."""
    return sent(request, await desk_of(request).ready("sides", lambda ledger: list(ledger.sides)))


def _findings(
    ledger: Ledger, codes: list[str] | None, severity: Severity | None, dismissed: bool | None
) -> list[JudgedFinding]:
    gone = ledger.dismissed
    least = GRAVITY[severity] if severity else len(GRAVITY)
    return [
        JudgedFinding(finding=one, dismissed=gone.get(one.id))
        for one in ledger.all_findings
        if (not codes or one.code in codes)
        and GRAVITY[one.severity] <= least
        and dismissed in (None, one.id in gone)
    ]


Codes = Annotated[list[str] | None, QueryParameter(description="Only of these codes; may be repeated.")]
Grave = Annotated[Severity | None, QueryParameter(description="Only this grave, or graver.")]
Dismissed = Annotated[
    bool | None, QueryParameter(description="Only the dismissed ones, or only the open ones.")
]


@reads("/findings", tags=["findings"])
async def findings(
    request: Asked, code: Codes = None, severity: Grave = None, dismissed: Dismissed = None,
    limit: Limit = 1000, after: After = 0,
) -> Response[FindingPage]:  # fmt: skip
    """What a careful reader would question, the gravest first."""

    def page(ledger: Ledger) -> FindingPage:
        found = _findings(ledger, code, severity, dismissed)
        at = after + limit if after + limit < len(found) else None
        given: dict[str, Any] = {"code": code, "severity": severity, "limit": limit}
        if dismissed is not None:
            given["dismissed"] = str(dismissed).lower()
        return FindingPage(
            items=tuple(found[after : after + limit]), total=len(found),
            next=further("/api/v1/findings", at, given),
        )  # fmt: skip

    name = f"findings {code} {severity} {dismissed} {limit} {after}"
    return sent(request, await desk_of(request).ready(name, page))


@reads("/findings.jsonl", tags=["findings"], media_type=JSONL)
async def findings_lines(
    request: Asked, code: Codes = None, severity: Grave = None, dismissed: Dismissed = None
) -> Stream:
    """The findings themselves, one a line."""

    def batch(ledger: Ledger, after: int) -> tuple[list[Any], int | None]:
        del after
        return [one.finding for one in _findings(ledger, code, severity, dismissed)], None

    return streamed(desk_of(request), batch)


@reads("/explanations", 404, tags=["ledger"])
async def explanation(
    request: Asked, what: Annotated[str, QueryParameter(min_length=1, max_length=200)]
) -> Response[Explanation]:
    """The words, citations and rules behind an event, a place or a finding, and who judged them."""
    return sent(
        request, await desk_of(request).ready(f"explain {what}", lambda ledger: explain(ledger, what))
    )


@reads("/comparisons", 404, tags=["ledger"])
async def comparison(
    request: Asked, first: Annotated[str, QueryParameter(min_length=1, max_length=200)],
    second: Annotated[str | None, QueryParameter(max_length=200, description="Without it, all others together.")] = None,
) -> Response[Comparison]:  # fmt: skip
    """Where two accounts agree and disagree."""
    name = f"compare {first!r} {second!r}"
    return sent(request, await desk_of(request).ready(name, lambda ledger: compare(ledger, first, second)))


@reads("/history", tags=["ledger"])
async def history(
    request: Asked, limit: Limit = 100,
    before: Annotated[int | None, QueryParameter(ge=1, le=2**62, description="Only older ones.")] = None,
) -> Response[RevisionPage]:  # fmt: skip
    """Every change of the ledger, the newest first: who, when, why."""

    def page(ledger: Ledger) -> RevisionPage:
        items, at, total = browsing.revisions(ledger, before=before, limit=limit)
        following = None if at is None else f"/api/v1/history?{urlencode({'limit': limit, 'before': at})}"
        return RevisionPage(items=tuple(items), total=total, next=following)

    return sent(request, await desk_of(request).ready(f"history {limit} {before}", page))


@reads("/search", tags=["ledger"])
async def search(
    request: Asked, q: Annotated[str, QueryParameter(min_length=1, max_length=200, description="What to look for.")],
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
) -> Response[SearchResult]:  # fmt: skip
    """Accounts, places, sides, events and findings that are called so or speak of it."""

    def found(ledger: Ledger) -> SearchResult:
        return SearchResult(items=tuple(searched(ledger, q, limit=limit)))

    return sent(request, await desk_of(request).ready(f"search {limit} {q}", found))


ROUTES = [
    ledger_card, accounts, account, account_revisions, account_changes, events, events_lines, event, places,
    places_lines, place, sides, findings, findings_lines, explanation, comparison, history, search,
]  # fmt: skip
