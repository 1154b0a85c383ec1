"""What people said about places, in a table of its own.

What belongs here: its rows.  What does not: what a correction does (``places.corrections``), or verdicts on events.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from frontledger.ledger.store import Row, Store, insert
from frontledger.model import PlaceReview

__all__ = ["add", "row", "stored"]


def stored(store: Store) -> tuple[PlaceReview, ...]:
    """All of them, oldest first."""
    decoder = msgspec.json.Decoder(PlaceReview)
    return tuple(
        decoder.decode(one) for (one,) in store.rows("SELECT record FROM place_reviews ORDER BY fid")
    )


def add(store: Store, reviews: Iterable[PlaceReview]) -> None:
    """Append reviews, inside a transaction that the caller holds."""
    insert(store, "place_reviews", map(row, reviews))


def row(review: PlaceReview) -> Row:
    """A row of ``place_reviews``."""
    fields = ("verdict", "place", "other", "name", "lat", "lon", "by", "why", "at")
    return {
        **{name: getattr(review, name) for name in fields},
        "record": msgspec.json.encode(review).decode(),
    }
