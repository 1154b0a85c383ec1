"""The ledger as a file: a GeoPackage, that is, an SQLite database in WAL mode.

QGIS opens it as it lies, and a killed writer leaves the last committed state.  What belongs here: the connection,
its errors and transactions, making and migrating the tables.  What does not: the tables (``schema``), what is
written (``writing``), or the ledger as people use it (``storage``).
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from frontledger.errors import LedgerError, LedgerVersionError
from frontledger.ledger import geopackage, migrations, schema
from frontledger.ledger.store import BATCH, RETIRED, Question

__all__ = ["BUSY_SECONDS", "GeoPackageStore"]

BUSY_SECONDS = 30.0
"""How long to wait for another writer."""

# The plus signs keep SQLite from the index that maps use: here the one by place is the quick one.
OVERLAP = """
CREATE TRIGGER IF NOT EXISTS holdings_follow_{event} BEFORE {event} ON holdings
WHEN NEW.certain_from < NEW.certain_until AND EXISTS (
  SELECT 1 FROM holdings
  WHERE place = NEW.place AND +layer = NEW.layer AND fid IS NOT NEW.fid
    AND certain_from < certain_until AND +certain_from < NEW.certain_until AND NEW.certain_from < +certain_until)
BEGIN SELECT RAISE(ABORT, 'two holdings of one place at one time'); END
"""


class GeoPackageStore:
    """An open ledger file; see :class:`~frontledger.ledger.store.Store`."""

    joined = "group_concat({}, char(31))"

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """For :meth:`open`."""
        self.path = path
        self.name = str(path)
        self.connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a ledger file, to read only if it cannot be written; migrate it if it is of an older schema."""
        with clear_errors(path):
            if path.is_dir():
                raise LedgerError(f"{path}: is a directory, not a ledger")
            if not path.exists():
                raise LedgerError(f"{path}: no such ledger")
            connection = _connect(path)
            try:
                store = cls(path, connection)
                _check(store)
            except BaseException:
                connection.close()
                raise
        return store

    @classmethod
    def create(cls, path: Path, *, page_size: int = 4096) -> Self:
        """Create an empty ledger file; it appears under its name complete or not at all.

        ``page_size`` (bytes, a power of two) is for good: large pages suit ledgers that are filled at once.
        """
        with clear_errors(path):
            if path.exists():
                raise LedgerError(f"{path}: exists already")
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
            os.close(handle)
            unborn = Path(name)
            try:
                connection = sqlite3.connect(unborn, isolation_level=None)
                try:
                    connection.execute(f"PRAGMA page_size = {page_size}")
                    _make(cls(path, connection))
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
        self.connection.close()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; the rows that it gives."""
        with clear_errors(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        with clear_errors(self.path):
            self.connection.executemany(sql, rows)

    def within(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows of ``sql``, which ends in ``IN``, for any number of values."""
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(values), BATCH):
            some = values[start : start + BATCH]
            found += self.rows(f"{sql} ({', '.join('?' * len(some))})", some)
        return found

    def gather(self, questions: Sequence[Question]) -> list[list[tuple[Any, ...]]]:
        """The rows of each of these statements; nobody has to be waited for."""
        return [
            self.within(sql, given) if sql.endswith(" IN") else self.rows(sql, given)
            for sql, given in questions
        ]

    def retire(self, table: str, rows: Sequence[int], revision: int) -> None:
        """Move rows with these numbers to the history, as far as they stood before ``revision``."""
        archived = RETIRED.format(table=table, source=table, revision=int(revision))
        self.within(f"{archived} AND fid IN", rows)
        self.within(f"DELETE FROM {table} WHERE fid IN", rows)  # noqa: S608 - our own names

    def columns(self, table: str) -> set[str]:
        """The columns that a table has."""
        return {name for _, name, *_ in self.rows(f"PRAGMA table_info({table})")}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, begun as the only writer; one within another is part of it."""
        if self.connection.in_transaction:
            yield
            return
        with clear_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read within is of one moment."""
        if self.connection.in_transaction:
            yield
            return
        with clear_errors(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("COMMIT")

    def point(self, lat: float | None, lon: float | None) -> bytes | None:
        """GeoPackage binary."""
        return geopackage.point(lat, lon)

    def instant(self, day: str | None) -> str | None:
        """A GeoPackage date-time, which knows the years 0000 to 9999."""
        return geopackage.datetime_of(day)

    def plain(self, value: object) -> object:
        """SQLite has no types that JSON lacks."""
        return value

    def settle(self, tables: Iterable[str]) -> None:
        """SQLite sees to it."""

    def tidy(self) -> None:
        """SQLite needs nothing."""

    @classmethod
    def destroy(cls, path: Path) -> None:
        """Remove a ledger file that has just been made and could not be filled."""
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)

    def note_extents(self, points: Sequence[tuple[float, float]]) -> None:
        """Note the bounding box of the layers in the table of contents, and that all tables changed."""
        for table in schema.TABLES:
            geopackage.set_extent(self.connection, table, points if table in schema.LAYERS else ())


def _make(store: GeoPackageStore) -> None:
    """Make an empty database an empty ledger."""
    connection = store.connection
    geopackage.prepare(connection)
    connection.execute("BEGIN")
    make_tables(connection)
    connection.execute("INSERT INTO frontledger_meta VALUES ('schema', ?)", (str(schema.SCHEMA_VERSION),))
    migrations.record(store, schema.SCHEMA_VERSION, "created")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")


def make_tables(connection: sqlite3.Connection) -> None:
    """Make all tables of the present schema that are not there yet, and list them in the contents."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, columns in schema.DDL.items():
        if table not in there:
            connection.execute(f"CREATE TABLE {table} ({columns}\n)")
    for index, columns in schema.INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {columns}")
    connection.execute(OVERLAP.format(event="INSERT"))
    connection.execute(OVERLAP.format(event="UPDATE"))
    listed = {name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")}
    for table, description in schema.TABLES.items():
        if table not in listed:
            geopackage.register(connection, table, description, points=table in schema.LAYERS)


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


def _check(store: GeoPackageStore) -> None:
    """Raise unless this is a ledger that we understand; migrate an older one; set the connection up."""
    connection, path = store.connection, store.path
    if connection.execute("PRAGMA application_id").fetchone()[0] != geopackage.APPLICATION_ID:
        raise LedgerError(f"{path}: is not a frontledger ledger (no GeoPackage)")
    found = _schema_of(connection)
    if found is None:
        raise LedgerError(f"{path}: is not a frontledger ledger (a GeoPackage of somebody else's)")
    if found > schema.SCHEMA_VERSION:
        raise LedgerVersionError(
            f"{path}: was written by a newer frontledger (schema {found}, this one knows {schema.SCHEMA_VERSION})"
        )
    connection.execute("PRAGMA synchronous = FULL")
    if found < schema.SCHEMA_VERSION and not (found >= schema.READABLE_SINCE and _read_only(path)):
        with store.writing():
            found = _schema_of(connection)  # somebody else may have been quicker
            if found is not None and found < schema.SCHEMA_VERSION:
                migrations.migrate(store, found, lambda: make_tables(connection))
    connection.execute("PRAGMA foreign_keys = ON")


def _read_only(path: Path) -> bool:
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def _schema_of(connection: sqlite3.Connection) -> int | None:
    """The version of the tables; None where there are none of ours."""
    meta = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'frontledger_meta'").fetchone()
    if not meta:
        return None
    found = connection.execute("SELECT value FROM frontledger_meta WHERE key = 'schema'").fetchone()
    return int(found[0]) if found is not None and str(found[0]).isdigit() else None


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
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
