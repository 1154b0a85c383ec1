"""What a corpus holds, counted from its columns: no event is read whole.

What belongs here: counting.  What does not: drawing (``cli_corpus``), or questions that one can ask of the Parquet
directly (``docs/corpus-queries.md``).
"""

from __future__ import annotations

from collections import Counter
from os import PathLike
from pathlib import Path

from frontledger.corpus.folding import finished_shards
from frontledger.corpus.schema import arrow
from frontledger.mentions.calendar import iso
from frontledger.model import Value

__all__ = ["Stats", "TopPlace", "stats"]

TOP = 20
EVENTS = [
    "account",
    "kind",
    "earliest",
    "actor",
    "place_names",
    "place_roles",
    "place_keys",
    "place_lats",
    "place_lons",
]
ACCOUNTS = ["id", "status", "lang", "bytes", "country"]


class TopPlace(Value, frozen=True):
    """A place that many events are about, by its name and, where a gazetteer has it, its point."""

    name: str
    events: int
    accounts: int
    lat: float | None
    lon: float | None


class Stats(Value, frozen=True):
    """A corpus in numbers; counts by something are in the order of their size."""

    shards: int
    accounts: dict[str, int]
    """By status: ``coded``, ``dismissed``, ``uncoded``; and ``quarantined``."""
    bytes: int
    events: int
    by_kind: dict[str, int]
    by_year: dict[str, int]
    """By the year of the first possible day, in the order of time; ``undated`` last."""
    by_language: dict[str, int]
    by_side: dict[str, int]
    """By the side that acts; ``unnamed`` where none is named."""
    by_country: dict[str, int]
    """By the country that the account is most likely about."""
    problems: dict[str, int]
    places: tuple[TopPlace, ...]
    """Those that most events are about, by name and degree of latitude and longitude."""


class _Count:
    """The counts while shard follows shard."""

    def __init__(self) -> None:
        self.accounts: Counter[str] = Counter()
        self.bytes = 0
        self.problems: Counter[str] = Counter()
        self.by = {name: Counter[str]() for name in ("kind", "year", "language", "side", "country")}
        self.places: Counter[tuple[str, int | None, int | None]] = Counter()
        self.named: dict[tuple[str, int | None, int | None], tuple[str, float | None, float | None]] = {}
        self.telling: dict[tuple[str, int | None, int | None], set[str]] = {}


def stats(corpus: str | PathLike[str], top: int = TOP) -> Stats:
    """Count what the finished shards of a corpus folder hold; ``top`` is how many places and sides are told.

    Raises :class:`~frontledger.errors.CorpusError` for a folder that is no corpus.
    """
    arrow()
    folder = Path(corpus)
    shards = finished_shards(folder)
    count = _Count()
    for shard in shards:
        _accounts(folder, shard.shard, count)
        _problems(folder, shard.shard, count)
    places = sorted(count.places.items(), key=lambda one: (-one[1], one[0][0], str(one[0][1:])))[:top]
    years = sorted((year for year in count.by["year"] if year != "undated"), key=int)
    if "undated" in count.by["year"]:
        years.append("undated")
    return Stats(
        shards=len(shards),
        accounts=_ordered(count.accounts),
        bytes=count.bytes,
        events=count.by["kind"].total(),
        by_kind=_ordered(count.by["kind"]),
        by_year={year: count.by["year"][year] for year in years},
        by_language=_ordered(count.by["language"]),
        by_side=dict(list(_ordered(count.by["side"]).items())[:top]),
        by_country=dict(list(_ordered(count.by["country"]).items())[:top]),
        problems=_ordered(count.problems),
        places=tuple(
            TopPlace(
                name=count.named[key][0],
                events=events,
                accounts=len(count.telling[key]),
                lat=count.named[key][1],
                lon=count.named[key][2],
            )
            for key, events in places
        ),
    )


def _accounts(folder: Path, shard: str, count: _Count) -> None:
    """Accounts and events of a shard."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    of: dict[str, tuple[str, str]] = {}
    for row in pq.read_table(folder / "accounts" / f"{shard}.parquet", columns=ACCOUNTS).to_pylist():
        count.accounts[row["status"]] += 1
        count.bytes += row["bytes"] or 0
        of[row["id"]] = row["lang"] or "unknown", row["country"] or "unknown"
    for row in pq.read_table(folder / "events" / f"{shard}.parquet", columns=EVENTS).to_pylist():
        lang, country = of[row["account"]]
        count.by["kind"][row["kind"]] += 1
        count.by["year"]["undated" if row["earliest"] is None else _year(row["earliest"])] += 1
        count.by["language"][lang] += 1
        count.by["side"][row["actor"] or "unnamed"] += 1
        count.by["country"][country] += 1
        for name, role, key, lat, lon in zip(*(row[column] for column in EVENTS[4:]), strict=True):
            if role == "object" and name is not None:
                where = key, None if lat is None else round(lat), None if lon is None else round(lon)
                count.places[where] += 1
                count.named.setdefault(where, (name, lat, lon))
                count.telling.setdefault(where, set()).add(row["account"])


def _problems(folder: Path, shard: str, count: _Count) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(folder / "problems" / f"{shard}.parquet", columns=["code", "quarantined"])
    for row in table.to_pylist():
        count.problems[row["code"]] += 1
        if row["quarantined"]:
            count.accounts["quarantined"] += 1


def _year(day: int) -> str:
    """The year of a day number, astronomical (0 is 1 BC)."""
    return str(int(iso(day)[:-6]))


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
