"""Addresses by which people judge: verdicts on events, dismissals of findings, words about places.

What belongs here: who may, on which version, and what a conflict shows.  What does not: what follows from a verdict
(``ledger``).
"""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath, JSONBody

from frontledger.errors import ConflictError, ReviewError
from frontledger.ledger import browsing
from frontledger.ledger.reviews import UNDO
from frontledger.ledger.storage import Ledger
from frontledger.model import Dismissal
from frontledger.web.answers import (
    GivenVerdict,
    NewDismissal,
    NewVerdict,
    PlaceMerge,
    PlaceMove,
    PlaceSaid,
    PlaceSplit,
)
from frontledger.web.declaring import Asked, changes, desk_of, matched, person_of
from frontledger.web.measures import Measures
from frontledger.web.problems import Refused, details, of_error
from frontledger.web.readings import Readings, Task

__all__ = ["ROUTES"]

WITHOUT_REASON = {"accept": "as read", UNDO: "undone"}
"""What stands as the reason where none is asked for: a reader who steps through a text gives none."""


@changes("/events/{event:str}/verdicts", 404, role="reviewer", tags=["events"])
async def give_verdict(
    request: Asked, event: FromPath[str], data: JSONBody[NewVerdict]
) -> Response[GivenVerdict]:
    """Judge an event: accept, correct, reject, dispute, or undo the last verdict on it.

    `If-Match` names the version that was judged, as `"12"`.  Where it is no more (412), or where it is not named and
    somebody else has judged (409), nothing is recorded, and the problem shows the event and the verdicts on it.
    """
    by, seen = person_of(request).name, matched(request)
    why = data.why.strip() or WITHOUT_REASON.get(data.verdict, "")
    measures: Measures = request.app.state.measures

    def given(ledger: Ledger) -> GivenVerdict:
        made = ledger.review(
            event, data.verdict, by=by, why=why, changes=list(data.changes.items()), version=seen
        )
        now = browsing.event(ledger, event)
        return GivenVerdict(review=made, version=now.version, event=now.event)

    browsed = await desk_of(request).read(lambda ledger: browsing.event(ledger, event))
    try:
        done = await desk_of(request).write(given)
    except ConflictError as error:
        measures.conflicts.inc()
        raise await _conflict(request, browsed.event.id, error, seen) from None
    except ReviewError as error:
        raise Refused(of_error(error)) from None
    measures.verdicts.inc()
    return Response(content=done, headers={"ETag": f'"{done.version}"'})


async def _conflict(request: Asked, event: str, error: ConflictError, seen: int | None) -> Refused:
    """What the other one has said, for the second to decide."""
    now, history = await desk_of(request).read(
        lambda ledger: (browsing.event(ledger, event), tuple(ledger.history(event)))
    )
    problem = details(
        412 if seen is not None else 409, of_error(error).detail,
        "conflict", version=now.version, event=now.event, verdicts=history,
    )  # fmt: skip
    return Refused(problem, {"ETag": f'"{now.version}"'})


@changes("/findings/{finding:str}/dismissals", 404, role="reviewer", tags=["findings"])
async def dismiss(request: Asked, finding: FromPath[str], data: JSONBody[NewDismissal]) -> Dismissal:
    """Question a finding no more, or (`restore`) question it again; with a reason."""
    by = person_of(request).name
    try:
        return await desk_of(request).write(
            lambda ledger: ledger.dismiss(finding, by=by, why=data.why, restore=data.restore)
        )
    except ReviewError as error:
        raise Refused(details(409, str(error), "dismissal")) from None


async def _place(request: Asked, verdict: str, words: tuple[str, ...], why: str) -> PlaceSaid:
    readings: Readings = request.app.state.readings
    if readings.full:
        raise Refused(details(503, "too much is waiting to be read", "busy"), {"Retry-After": "10"})
    task = Task(
        ledger=request.app.state.settings.ledger, by=person_of(request).name, verdict=verdict, words=words,
        why=why, version=matched(request),
    )  # fmt: skip
    try:
        return await readings.place(task)
    except ConflictError as error:
        raise Refused(details(412, str(error), "conflict")) from None


@changes("/place-moves", 404, role="editor", tags=["places"])
async def move_place(request: Asked, data: JSONBody[PlaceMove]) -> PlaceSaid:
    """Say where a place is; `If-Match` names the version of the place that was seen."""
    return await _place(request, "set", (data.place, repr(data.lat), repr(data.lon)), data.why)


@changes("/place-merges", 404, role="editor", tags=["places"])
async def merge_places(request: Asked, data: JSONBody[PlaceMerge]) -> PlaceSaid:
    """Say that one place is another."""
    return await _place(request, "merge", (data.place, data.into), data.why)


@changes("/place-splits", 404, role="editor", tags=["places"])
async def split_place(request: Asked, data: JSONBody[PlaceSplit]) -> PlaceSaid:
    """Say that a name is that of a place of its own."""
    return await _place(request, "split", (data.name,), data.why)


ROUTES = [give_verdict, dismiss, move_place, merge_places, split_place]
