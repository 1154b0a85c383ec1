"""The ledger file: open, create, replace an account's reading, read everything back.

The file is a GeoPackage in WAL mode, so QGIS opens it as it lies and a killed writer leaves the last
committed state.  What belongs here: the connection, its errors and transactions.  What does not: tables
(``schema``), columns (``rows``), or any judgement about control.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from frontledger.errors import LedgerError, LedgerVersionError
from frontledger.ledger import geopackage, place_reviews, schema, told_distances, writing
from frontledger.ledger.control import control
from frontledger.ledger.rows import Revision
from frontledger.model import (
    Account,
    Control,
    Event,
    Finding,
    Holding,
    Layer,
    Place,
    PlaceReview,
    Review,
    Side,
    Telling,
    Value,
)

__all__ = ["Ledger"]

BUSY_SECONDS = 10.0
"""How long to wait for another writer."""

Stored = TypeVar("Stored", bound=Value)


class Ledger:
    """An open ledger file; close it, or use it as a context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """For :meth:`open` and :meth:`create`."""
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Open an existing ledger, to read only if it cannot be written.

        Raises :class:`~frontledger.errors.LedgerError` when there is none, and
        :class:`~frontledger.errors.LedgerVersionError` when a newer frontledger wrote it.
        """
        path = Path(path)
        with _clear_errors(path):
            if path.is_dir():
                raise LedgerError(f"{path}: is a directory, not a ledger")
            if not path.exists():
                raise LedgerError(f"{path}: no such ledger")
            connection = _connect(path)
            try:
                _check(path, connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Self:
        """Create an empty ledger; it appears under its name complete or not at all.

        Raises :class:`~frontledger.errors.LedgerError` when something is there already or the place is
        not writable.
        """
        path = Path(path)
        with _clear_errors(path):
            if path.exists():
                raise LedgerError(f"{path}: exists already")
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
            os.close(handle)
            unborn = Path(name)
            try:
                connection = sqlite3.connect(unborn)
                try:
                    schema.create(connection)
                finally:
                    connection.close()
                unborn.chmod(0o666 & ~_umask())
                try:
                    path.hardlink_to(unborn)  # unlike a renaming, never takes the place of another's file
                except FileExistsError:
                    raise LedgerError(f"{path}: exists already") from None
                except OSError:  # a file system without links
                    unborn.rename(path)
            finally:
                unborn.unlink(missing_ok=True)
        return cls.open(path)

    def close(self) -> None:
        """Close the file; the write-ahead log is merged into it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def replace(
        self,
        accounts: Sequence[Account],
        events: Iterable[Event],
        places: Iterable[Place],
        sides: Iterable[Side],
        holdings: Iterable[Holding],
        findings: Iterable[Finding],
        note: str,
        *,
        by: str | None = None,
        corrections: Iterable[PlaceReview] = (),
        tellings: Iterable[Telling] = (),
    ) -> Revision:
        """Store a reading of ``accounts`` in one transaction, as a numbered revision.

        ``accounts`` and their ``events`` take the place of any former reading of the same accounts; other
        accounts stay.  Where ``events`` has events of another stored account too (placed anew together with
        the new ones, say), they take the place of all of that account's.  ``places`` and ``sides`` are added
        or updated, and those that no event needs any more go.  ``holdings`` and ``findings`` speak for the
        whole ledger and replace all former ones.  ``corrections`` are what a person said about places just now;
        ``tellings``, what all accounts tell of distances, replace all former ones.
        """
        with self._transaction() as connection:
            place_reviews.add(connection, corrections)
            told_distances.replace(connection, tellings)
            revision = writing.add_revision(connection, accounts, note, by)
            writing.write_reading(connection, revision, accounts, list(events))
            told, holdings = self.events, list(holdings)
            known = writing.write_places(
                connection, list(places), self.places, events=told, holdings=holdings
            )
            writing.write_sides(connection, list(sides), told, self.sides)
            writing.write_results(connection, holdings, findings, known)
        return revision

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All accounts, in the order in which they came."""
        return self._read("accounts", Account)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, account by account."""
        return self._read("events", Event)

    @property
    def places(self) -> tuple[Place, ...]:
        """All places."""
        return self._read("places", Place)

    @property
    def sides(self) -> tuple[Side, ...]:
        """All sides."""
        return self._read("sides", Side)

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """All holdings, sorted by place, layer and time."""
        return self._read("holdings", Holding)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, the gravest first."""
        return self._read("findings", Finding)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All verdicts, oldest first."""
        return self._read("reviews", Review)

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """What the accounts tell of distances and directions."""
        with _clear_errors(self.path):
            return told_distances.stored(self._connection)

    @property
    def place_reviews(self) -> tuple[PlaceReview, ...]:
        """What people said about places, oldest first."""
        with _clear_errors(self.path):
            return place_reviews.stored(self._connection)

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """All revisions, oldest first."""
        return self._read("revisions", Revision)

    def control(self, *, on: str, layer: Layer | None = None) -> list[Control]:
        """Who held what on the day ``on``: see :func:`frontledger.ledger.control.control`."""
        return control(self.holdings, self.places, on, layer)

    def to_pandas(self, table: str = "holdings") -> Any:
        """The queryable columns of one table as a :class:`pandas.DataFrame`.

        Raises :class:`~frontledger.errors.LedgerError` without pandas or for an unknown table.
        """
        if table not in schema.TABLES:
            raise LedgerError(f"no table {table!r}: there are {', '.join(schema.TABLES)}")
        try:
            pandas = importlib.import_module("pandas")
        except ImportError:
            raise LedgerError("to_pandas() needs pandas: pip install 'frontledger[tables]'") from None
        with _clear_errors(self.path):
            cursor = self._connection.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608 - checked above
            names = [column[0] for column in cursor.description]
            frame = pandas.DataFrame(cursor.fetchall(), columns=names)
        return frame.drop(columns=[name for name in ("fid", "geom", "record") if name in names])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _clear_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _read(self, table: str, kind: type[Stored]) -> tuple[Stored, ...]:
        decoder = msgspec.json.Decoder(kind)
        with _clear_errors(self.path):
            found = self._connection.execute(f"SELECT record FROM {table} ORDER BY rowid")  # noqa: S608 - our own table names
            return tuple(decoder.decode(record) for (record,) in found)


def _connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode (transactions are ours to begin)."""
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = Path(f"{path}-wal")
        if mode == "rw" or (log.exists() and log.stat().st_size):
            raise
        # A write-ahead log needs a writable folder; a file that nobody can write can be read without.
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
    except BaseException:  # no database at all, say
        connection.close()
        raise
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """Raise unless this is a ledger that we understand; then set the connection up."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != geopackage.APPLICATION_ID:
        raise LedgerError(f"{path}: is not a frontledger ledger (no GeoPackage)")
    meta = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'frontledger_meta'").fetchone()
    found = (
        connection.execute("SELECT value FROM frontledger_meta WHERE key = 'schema'").fetchone()
        if meta
        else None
    )
    if found is None or not str(found[0]).isdigit():
        raise LedgerError(f"{path}: is not a frontledger ledger (a GeoPackage of somebody else's)")
    if int(found[0]) > schema.SCHEMA_VERSION:
        raise LedgerVersionError(
            f"{path}: was written by a newer frontledger (schema {found[0]}, this one knows {schema.SCHEMA_VERSION})"
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one clear line."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise LedgerError(f"{path}: contradictory rows, nothing written ({error})") from error
    except sqlite3.OperationalError as error:
        said = str(error)
        if "locked" in said:
            said = f"somebody else has been writing to it for {BUSY_SECONDS:.0f} seconds"
        elif "readonly" in said:
            said = "cannot be written (read-only)"
        raise LedgerError(f"{path}: {said}") from error
    except sqlite3.DatabaseError as error:
        raise LedgerError(f"{path}: is not a frontledger ledger ({error})") from error
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror or error}") from error


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
