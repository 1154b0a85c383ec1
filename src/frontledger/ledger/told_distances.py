"""What the accounts tell of distances and directions, in a table of its own.

What belongs here: its rows.  What does not: reading them out of sentences (``places.tellings``), or checking them
(``questions_of_place``).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from frontledger.ledger.store import Row, Store, insert
from frontledger.model import Telling

__all__ = ["replace", "row", "stored"]


def stored(store: Store) -> tuple[Telling, ...]:
    """All of them, account by account."""
    decoder = msgspec.json.Decoder(Telling)
    return tuple(
        decoder.decode(one) for (one,) in store.rows("SELECT record FROM told_distances ORDER BY fid")
    )


def replace(store: Store, tellings: Iterable[Telling]) -> None:
    """Put these in the place of all former ones, inside a transaction that the caller holds."""
    store.rows("DELETE FROM told_distances")
    insert(store, "told_distances", map(row, tellings))


def row(telling: Telling) -> Row:
    """A row of ``told_distances``."""
    fields = ("account", "start", "end", "text", "km", "degrees", "anchor", "anchor_name")
    return {
        **{name: getattr(telling, name) for name in fields},
        "subjects": msgspec.json.encode(telling.subjects).decode(),
        "record": msgspec.json.encode(telling).decode(),
    }
