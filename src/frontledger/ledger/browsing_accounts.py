"""Accounts in slices: cards without texts, one with its text, every reading of one and what it changed.

What belongs here: the questions that a service asks about accounts, as SQL.  What does not: whole lists (``views``), or
what else a ledger holds (``browsing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from frontledger.errors import NotFoundError
from frontledger.ledger.asking import rows
from frontledger.ledger.evidence import evidence_of, meaning_of
from frontledger.ledger.reviews import VERDICTS, Progress
from frontledger.ledger.rows import Revision
from frontledger.ledger.views import View
from frontledger.model import Account, Event, Value

__all__ = [
    "AccountCard",
    "AccountChange",
    "AccountRevision",
    "account",
    "account_changes",
    "account_revisions",
    "accounts",
    "progress_of",
]


class AccountCard(Value, frozen=True):
    """An account without its text, and how far its check is."""

    id: str
    title: str | None
    lang: str | None
    date: str | None
    source: str | None
    sha256: str
    characters: int
    first: str | None
    """First day of what it says it is about."""
    last: str | None
    revision: int
    """The revision in which it was last read."""
    progress: Progress


class AccountRevision(Value, frozen=True):
    """One reading of an account: since which revision it stands, and until which it stood."""

    revision: int
    until: int | None
    at: str | None
    by: str | None
    sha256: str
    characters: int
    title: str | None


class AccountChange(Value, frozen=True):
    """What a reading of an account changed: events by what they assert, wherever their words stand now."""

    account: str
    revision: int
    before: AccountRevision | None
    after: AccountRevision
    gained: tuple[Event, ...]
    lost: tuple[Event, ...]
    reread: tuple[Event, ...]
    """The words stand as before, and something else is read from them: pending again."""
    kept: int
    """Events that assert what they did; verdicts on them hold on."""


def progress_of(view: View) -> dict[str, Progress]:
    """How far the check of each account is, by its id, in the order in which they came."""
    counts: dict[str, dict[str, int]] = {
        name: {} for (name,) in rows(view, "SELECT id FROM accounts ORDER BY fid")
    }
    for name, review, count in rows(
        view, "SELECT account, review, count(*) FROM events GROUP BY account, review"
    ):
        counts[name][review] = count
    found = {}
    for name, count in counts.items():
        numbers = {verdict: count.get(verdict, 0) for verdict in ("unchecked", *VERDICTS.values())}
        done = bool(count) and numbers["unchecked"] == numbers["disputed"] == 0
        found[name] = Progress(account=name, events=sum(numbers.values()), accuracy_checked=done, **numbers)
    return found


_CARD = (
    "SELECT id, title, lang, date, source, sha256, characters, period_first, period_last, revision"
    " FROM accounts"
)


def accounts(view: View, *, after: int = 0, limit: int = 1000) -> tuple[list[AccountCard], int | None, int]:
    """Accounts in the order in which they came, without their texts; where to go on, and how many there are."""
    progress = progress_of(view)
    found = rows(
        view,
        f"{_CARD.replace('SELECT id', 'SELECT fid, id')} WHERE fid > ? ORDER BY fid LIMIT ?",
        (after, limit + 1),
    )
    cards = [_card(row[1:], progress) for row in found[:limit]]
    return cards, (found[limit - 1][0] if len(found) > limit else None), len(progress)


def _card(row: Sequence[Any], progress: dict[str, Progress]) -> AccountCard:
    name, title, lang, date, source, sha256, characters, first, last, revision = row
    return AccountCard(
        id=name, title=title, lang=lang, date=date, source=source, sha256=sha256, characters=characters,
        first=first, last=last, revision=revision, progress=progress[name],
    )  # fmt: skip


def account(view: View, name: str) -> tuple[Account, AccountCard]:
    """An account with its text; raises :class:`~frontledger.errors.NotFoundError`."""
    found = rows(view, f"{_CARD} WHERE id = ?", (name,))
    if not found:
        raise NotFoundError(f"no account {name!r} in this ledger")
    record = rows(view, "SELECT record FROM accounts WHERE id = ?", (name,))[0][0]
    return msgspec.json.decode(record, type=Account), _card(found[0], progress_of(view))


def _readings_of(view: View, name: str) -> list[tuple[AccountRevision, str]]:
    """Every reading of an account, the newest first, with its record."""
    made = {
        number: msgspec.json.decode(record, type=Revision)
        for number, record in rows(view, "SELECT number, record FROM revisions")
    }
    standing = [
        (row[0], None, row[1])
        for row in rows(view, "SELECT revision, record FROM accounts WHERE id = ?", (name,))
    ]
    former = rows(
        view,
        "SELECT since, until, record FROM history WHERE kind = 'accounts' AND id = ? ORDER BY until DESC",
        (name,),
    )
    found = []
    for since, until, record in [*standing, *former]:
        value = msgspec.json.decode(record, type=Account)
        by = made.get(since)
        found.append(
            (
                AccountRevision(
                    revision=since, until=until, at=by.at if by else None, by=by.by if by else None,
                    sha256=value.sha256, characters=len(value.text), title=value.title,
                ),
                record,
            )
        )  # fmt: skip
    if not found:
        raise NotFoundError(f"no account {name!r} in this ledger")
    return found


def account_revisions(view: View, name: str) -> list[AccountRevision]:
    """Every reading of an account, the newest first; raises :class:`~frontledger.errors.NotFoundError`."""
    return [one for one, _ in _readings_of(view, name)]


def account_changes(view: View, name: str, revision: int) -> AccountChange:
    """What one reading of an account changed; raises :class:`~frontledger.errors.NotFoundError`."""
    readings = _readings_of(view, name)
    index = next((n for n, (one, _) in enumerate(readings) if one.revision == revision), None)
    if index is None:
        known = ", ".join(str(one.revision) for one, _ in readings)
        raise NotFoundError(f"{name} was not read in revision {revision}: it was in {known}")
    after, record = readings[index]
    before, former = readings[index + 1] if index + 1 < len(readings) else (None, None)
    now = _asserted(_events_at(view, name, revision), record)
    then = _asserted(_events_at(view, name, revision - 1), former) if former is not None else {}
    words = {evidence for evidence, _ in then}
    fresh = [(key, event) for key, event in now.items() if key not in then]
    gone = [(key, event) for key, event in then.items() if key not in now]
    still = {evidence for (evidence, _), _ in fresh}
    return AccountChange(
        account=name,
        revision=revision,
        before=before,
        after=after,
        gained=tuple(event for key, event in fresh if key[0] not in words),
        lost=tuple(event for key, event in gone if key[0] not in still),
        reread=tuple(event for key, event in fresh if key[0] in words),
        kept=len(now) - len(fresh),
    )


def _asserted(told: Sequence[Event], record: str) -> dict[tuple[str, str], Event]:
    """Events by their words and what was read from them."""
    given = msgspec.json.decode(record, type=Account)
    evidence = evidence_of(told, {given.id: given})
    return {(evidence[event.id], meaning_of(event)): event for event in told}


def _events_at(view: View, name: str, revision: int) -> list[Event]:
    """The events of an account as they were read, at a revision, as they are told."""
    decode = msgspec.json.Decoder(Event).decode
    found = rows(
        view,
        "SELECT coalesce(reading, record) FROM events WHERE account = ? AND revision <= ?",
        (name, revision),
    )
    prefix = f"{name}:"
    found += rows(
        view,
        "SELECT coalesce(reading, record) FROM history WHERE kind = 'events' AND until > ? AND since <= ?"
        " AND substr(id, 1, ?) = ?",
        (revision, revision, len(prefix), prefix),
    )
    told = [decode(one) for (one,) in found]
    return sorted(
        (e for e in told if e.account == name), key=lambda e: (e.sentence.start, e.trigger.start, e.id)
    )
