"""A copy of a ledger while others work on it.

What belongs here: one moment of it, whole, in a file of its own.  What does not: formats (``interchange``, ``exports``).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from pathlib import Path

from frontledger.errors import LedgerError
from frontledger.ledger import interchange, schema
from frontledger.ledger.geopackage_store import GeoPackageStore, clear_errors
from frontledger.ledger.storage import Ledger

__all__ = ["backup"]


def backup(ledger: Ledger, output: Path, *, people: bool = True) -> int:
    """Copy a ledger; the file appears complete or not at all.  Returns its size in bytes.

    A ledger file becomes one; a shared ledger becomes JSON Lines, which holds no users.  Raises
    :class:`~frontledger.errors.LedgerError` where something is there already, or it cannot be written.
    """
    if output.exists():
        raise LedgerError(f"{output}: exists already")
    store = ledger._store  # noqa: SLF001 - of one house
    if not isinstance(store, GeoPackageStore):
        interchange.export(ledger, output)
        return output.stat().st_size
    with clear_errors(output):
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", suffix=".new", dir=output.parent)
        os.close(handle)
        unborn = Path(name)
        try:
            with contextlib.closing(sqlite3.connect(unborn, isolation_level=None)) as copy:
                store.connection.backup(
                    copy
                )  # in one step: of one moment, and in WAL mode no writer waits for it
                copy.execute("PRAGMA journal_mode = DELETE")
                if not people:
                    _without_people(copy)
                if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise LedgerError(f"{output}: the copy is damaged")
            with unborn.open("rb") as file:
                os.fsync(file.fileno())
            unborn.chmod(0o600)  # it holds who may come in
            try:
                output.hardlink_to(unborn)  # unlike a renaming, never takes the place of another's file
            except FileExistsError:
                raise LedgerError(f"{output}: exists already") from None
            except OSError:  # a file system without links
                unborn.rename(output)
        finally:
            unborn.unlink(missing_ok=True)
    return output.stat().st_size


def _without_people(copy: sqlite3.Connection) -> None:
    """Leave out who may use the service; what is deleted is overwritten, too."""
    copy.execute("PRAGMA secure_delete = ON")
    for table in reversed(schema.PRIVATE):
        copy.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    copy.execute("VACUUM")
