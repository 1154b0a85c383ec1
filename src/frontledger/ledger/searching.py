"""Searching a ledger: what is called so, and what speaks of it.

What belongs here: that one question.  What does not: filters (``browsing``).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from frontledger.ledger.asking import rows
from frontledger.ledger.naming import plain
from frontledger.ledger.views import View
from frontledger.model import Account, Value

__all__ = ["Found", "search"]

AROUND = 60
"""Code points shown on either side of what was found in a text."""


class Found(Value, frozen=True):
    """Something that a search found: ``kind`` is account, event, place, side or finding."""

    kind: str
    id: str
    text: str
    """What it is called, or the words around what was looked for."""
    account: str | None = None


def search(view: View, wanted: str, *, limit: int = 20) -> list[Found]:
    """What is called so or speaks of it, whatever case and accents: at most ``limit`` of each kind."""
    needle = plain(wanted)
    if not needle:
        return []
    found: list[Found] = []
    named = (
        ("account", "SELECT id, coalesce(title, ''), id FROM accounts ORDER BY fid", False),
        ("place", "SELECT id, coalesce(name, id), names FROM places ORDER BY fid", False),
        ("side", "SELECT id, name, names FROM sides ORDER BY id", False),
        ("event", "SELECT id, sentence, account FROM events ORDER BY fid", True),
        ("finding", "SELECT id, message, account FROM findings ORDER BY fid", True),
    )
    for kind, sql, told in named:
        count = 0
        for name, text, other in rows(view, sql):
            if needle in plain(text) or (not told and (needle in plain(other) or needle in plain(name))):
                found.append(Found(kind=kind, id=name, text=text, account=other if told else None))
                count += 1
                if count == limit:
                    break
    return [*found, *_in_texts(view, needle, limit, {one.id for one in found if one.kind == "account"})]


def _in_texts(view: View, needle: str, limit: int, known: set[str]) -> Iterator[Found]:
    """Accounts whose text has it, one account at a time."""
    left = limit - len(known)
    for (name,) in rows(view, "SELECT id FROM accounts ORDER BY fid"):
        if left <= 0:
            return
        if name in known:
            continue
        record = rows(view, "SELECT record FROM accounts WHERE id = ?", (name,))[0][0]
        text = " ".join(plain(msgspec.json.decode(record, type=Account).text).split())
        at = text.find(needle)
        if at >= 0:
            left -= 1
            yield Found(kind="account", id=name, text=text[max(0, at - AROUND) : at + len(needle) + AROUND])
