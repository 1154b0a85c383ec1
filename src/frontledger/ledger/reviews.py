"""Verdicts of people on events: what holds now, and what follows for the event.

A verdict holds for words and for what was read from them (``evidence``), so it outlives a new revision of the
account wherever both stand unchanged.  Pure functions.  What belongs here: which verdict holds, the event in its
light, the progress of a check.  What does not: storing (``storage``), the fields of corrections (``corrections``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from frontledger.errors import ConflictError, ReviewError
from frontledger.ledger.corrections import Known, apply, checked
from frontledger.ledger.evidence import meaning_of
from frontledger.model import Account, Event, Review, Value, Verdict

__all__ = ["UNDO", "VERDICTS", "Deed", "Progress", "in_force", "judged", "next_review", "progress"]

Deed = Literal["accept", "correct", "reject", "dispute", "undo"]
UNDO = "undo"
VERDICTS: dict[str, Verdict] = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "dispute": "disputed",
}
"""What a reviewer says, and what the event is then."""

Holding = Mapping[tuple[str, str], Review]


class Progress(Value, frozen=True):
    """How far the check of an account is: how many of its events have which verdict."""

    account: str
    events: int
    unchecked: int
    accepted: int
    corrected: int
    rejected: int
    disputed: int
    accuracy_checked: bool
    """Every event of the present revision has been judged, and no judgement is in dispute."""


def in_force(reviews: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """The last verdict on each (evidence, meaning); ``reviews`` are in the order in which they were given."""
    return {(review.evidence, review.meaning): review for review in reviews}


def judged(readings: Iterable[Event], evidence: Mapping[str, str], last: Holding) -> tuple[Event, ...]:
    """The readings in the light of the verdicts that hold on them; ``evidence`` by event id."""
    if not last:
        return tuple(readings)
    found = []
    for event in readings:
        review = last.get((evidence[event.id], meaning_of(event)))
        found.append(event if review is None else under(event, review))
    return tuple(found)


def under(reading: Event, review: Review) -> Event:
    """An event under one verdict."""
    return replace(apply(reading, review.changes), review=review.verdict)


def next_review(
    reading: Event,
    given: Sequence[Review],
    deed: str,
    *,
    by: str,
    why: str,
    changes: Sequence[tuple[str, str]],
    known: Known,
    evidence: str,
    seen: int | None,
    version: int,
) -> Review:
    """The verdict as it will be stored, without time and revision.

    ``given`` are the verdicts on this reading so far, oldest first: the last holds now.  ``version`` is the version of
    the event, ``seen`` the one that the reviewer saw: without it, the verdict is refused where somebody else has
    judged before.  Corrections add to those in force; ``undo`` takes the last verdict back that nobody has taken back
    yet.  Raises :class:`~frontledger.errors.ReviewError` for a verdict that cannot be given and
    :class:`~frontledger.errors.ConflictError` for one on a version that is no more.
    """
    by, why = " ".join(by.split()), " ".join(why.split())
    former = given[-1] if given else None
    if deed not in VERDICTS and deed != UNDO:
        raise ReviewError(f"no verdict {deed!r}: expected {', '.join(VERDICTS)} or {UNDO}")
    if not by or not why:
        raise ReviewError("a verdict needs --by NAME and --why TEXT")
    asked = f"{deed} by {by} ({why})"
    if seen is not None and seen != version:
        raise ConflictError(
            f"{reading.id}: not recorded: {asked}, given on version {seen}; {_now(former, version)}"
        )
    if seen is None and former is not None and former.by != by:
        raise ConflictError(
            f"{reading.id}: not recorded: {asked}; {_now(former, version)}: to go on, add --version {version}"
        )
    if deed == UNDO:
        if changes:
            raise ReviewError(f"--set goes with correct, not with {deed}")
        return _undone(reading, given, by=by, why=why, evidence=evidence)
    kept = dict(former.changes) if former is not None else {}
    fresh = checked(changes, reading if former is None else apply(reading, former.changes), known)
    if deed == "correct" and not fresh:
        raise ReviewError("a correction needs at least one --set FIELD=VALUE")
    if deed != "correct" and fresh:
        raise ReviewError(f"--set goes with correct, not with {deed}")
    for key, value in fresh:
        if ":" not in key:  # all places at once: what was said of one of them is settled by it
            kept = {old: former_value for old, former_value in kept.items() if old.partition(":")[0] != key}
        kept[key] = value
    return Review(
        event=reading.id, verdict=VERDICTS[deed], by=by, why=why, at="", changes=tuple(kept.items()),
        account=reading.account, evidence=evidence, meaning=meaning_of(reading),
    )  # fmt: skip


def _undone(reading: Event, given: Sequence[Review], *, by: str, why: str, evidence: str) -> Review:
    """What held before the last verdict that still stands."""
    standing: list[Review] = []
    for review in given:
        if not review.undoes:
            standing.append(review)
        elif standing:
            standing.pop()
    if not standing:
        raise ReviewError(f"{reading.id}: nobody has judged it: there is nothing to undo")
    before = standing[-2] if len(standing) > 1 else None
    return Review(
        event=reading.id, verdict=before.verdict if before else "unchecked", by=by, why=why, at="",
        changes=before.changes if before else (), account=reading.account, evidence=evidence,
        meaning=meaning_of(reading), undoes=standing[-1].revision,
    )  # fmt: skip


def _now(former: Review | None, version: int) -> str:
    if former is None:
        return f"the account has been read anew since, and it is version {version} now"
    changes = "".join(f", {key}={value.partition('=')[2] or value}" for key, value in former.changes)
    return f"{former.by} {former.verdict} it on {former.at[:10]} ({former.why}{changes}), which is version {version}"


def progress(accounts: Iterable[Account], events: Iterable[Event]) -> list[Progress]:
    """One row for each account, in the order in which they came."""
    counts: dict[str, dict[str, int]] = {}
    for event in events:
        of_account = counts.setdefault(event.account, {})
        of_account[event.review] = of_account.get(event.review, 0) + 1
    found = []
    for account in accounts:
        count = counts.get(account.id, {})
        numbers = {verdict: count.get(verdict, 0) for verdict in ("unchecked", *VERDICTS.values())}
        found.append(
            Progress(
                account=account.id,
                events=sum(numbers.values()),
                accuracy_checked=bool(count) and numbers["unchecked"] == numbers["disputed"] == 0,
                **numbers,
            )
        )
    return found
