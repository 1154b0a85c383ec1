"""What has happened in a ledger since somebody last looked, whoever did it, in this process or another.

A watcher keeps the number of the last row that it saw in each table that only grows; asking costs a look at one index.
What belongs here: which revisions came and what they touched.  What does not: who is told (the service).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from frontledger.ledger.rows import Revision
from frontledger.ledger.views import View
from frontledger.model import Holding, Value

__all__ = ["Change", "Watcher", "last_revision"]

GROWING = ("reviews", "dismissals", "history", "holdings", "findings")


class Change(Value, frozen=True):
    """One revision and what it touched; with ``everything`` the lists are empty and all may have changed."""

    revision: int
    at: str
    by: str | None
    why: str
    events: tuple[str, ...] = ()
    """Events that were judged."""
    places: tuple[str, ...] = ()
    """Places whose holdings changed."""
    findings: bool = False
    """Whether findings came, went, were dismissed or restored."""
    accounts: tuple[str, ...] = ()
    """Accounts that were read."""
    everything: bool = False


def last_revision(view: View) -> int:
    """The number of the last revision; 0 for an empty ledger."""
    return view._store.rows("SELECT coalesce(max(number), 0) FROM revisions")[0][0]  # type: ignore[no-any-return] # noqa: SLF001 - of one house


class Watcher:
    """Remembers up to which revision it has seen a ledger; to be asked within ``ledger.reading()``."""

    def __init__(self, view: View, since: int | None = None) -> None:
        """Begins with the ledger as it is; with ``since``, as if it had been asked last at that revision."""
        self.revision = last_revision(view)
        self._seen = {table: self._last(view, table) for table in GROWING}
        if since is not None and since < self.revision:
            self.revision = max(0, since)
            self._seen = {}

    @staticmethod
    def _last(view: View, table: str) -> int:
        found = view._store.rows(f"SELECT coalesce(max(fid), 0) FROM {table}")  # noqa: S608, SLF001 - our own names
        return int(found[0][0])

    def look(self, view: View) -> list[Change]:
        """The revisions that came since, oldest first; none where nothing happened."""
        store = view._store  # noqa: SLF001 - of one house
        if last_revision(view) <= self.revision:
            return []
        found = store.rows("SELECT record FROM revisions WHERE number > ? ORDER BY number", (self.revision,))
        made = [msgspec.json.decode(record, type=Revision) for (record,) in found]
        first = self.revision
        judged: defaultdict[int, list[str]] = defaultdict(list)
        questions: set[int] = set()
        for number, event in self._since(view, "reviews", "revision, event", "revision", first):
            judged[number].append(event)
        for number, _ in self._since(view, "dismissals", "revision, finding", "revision", first):
            questions.add(number)
        partly = {one.number for one in made if one.number in judged or one.number in questions}
        if len(partly) == len(made):  # else all is new: what it touched would be the whole ledger
            places = self._places(view, first)
            questions |= self._findings(view, first)
        else:
            places = {}
        self.revision = made[-1].number
        self._seen = {table: self._last(view, table) for table in GROWING}
        return [
            Change(
                revision=one.number, at=one.at, by=one.by, why=one.why, accounts=one.accounts,
                events=tuple(judged.get(one.number, ())), places=tuple(sorted(places.get(one.number, ()))),
                findings=one.number in questions, everything=one.number not in partly or len(partly) < len(made),
            )
            for one in made
        ]  # fmt: skip

    def _since(self, view: View, table: str, columns: str, key: str, first: int) -> list[tuple[int, str]]:
        """Rows of a growing table behind the last one seen, or of later revisions where that is not known."""
        by_row = table in self._seen
        clause, value = ("fid > ?", self._seen[table]) if by_row else (f"{key} > ?", first)
        return view._store.rows(f"SELECT {columns} FROM {table} WHERE {clause} ORDER BY fid", (value,))  # noqa: S608, SLF001 - our own names

    def _places(self, view: View, first: int) -> dict[int, set[str]]:
        """The places whose holdings each revision changed."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for number, place in self._since(view, "holdings", "revision, place", "revision", first):
            found[number].add(place)
        decode = msgspec.json.Decoder(Holding).decode
        for number, record in self._gone(view, "holdings", first):
            found[number].add(decode(record).place)
        return found

    def _findings(self, view: View, first: int) -> set[int]:
        came = self._since(view, "findings", "revision, id", "revision", first)
        return {number for number, _ in [*came, *self._gone(view, "findings", first)]}

    def _gone(self, view: View, kind: str, first: int) -> Iterable[tuple[int, str]]:
        clause, value = ("fid > ?", self._seen["history"]) if self._seen else ("until > ?", first)
        return view._store.rows(  # noqa: SLF001 - of one house
            f"SELECT until, record FROM history WHERE kind = ? AND {clause}",  # noqa: S608 - our own names
            (kind, value),
        )
