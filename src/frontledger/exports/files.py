"""Write a file whole or not at all, and never over something without being told to.

What belongs here: where an export goes.  What does not: what is in it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from frontledger.errors import ExportError

__all__ = ["check", "settled", "write"]

SQLITE = b"SQLite format 3\0"


def check(output: Path, *, force: bool) -> None:
    """Raise :class:`~frontledger.errors.ExportError` if ``output`` must not be written; before the work is done.

    What is there already needs ``force``; a ledger is never written over.
    """
    if str(output) == "-":
        return
    if output.is_dir():
        raise ExportError(f"{output}: is a directory, expected the name of a file")
    if output.exists():
        if output.is_file() and _is_ledger(output):
            raise ExportError(f"{output}: is a ledger, which is not written over")
        if not force:
            raise ExportError(f"{output}: exists already; --force writes over it")
    if not output.parent.is_dir():
        raise ExportError(f"{output}: no such folder {output.parent}")


def _is_ledger(path: Path) -> bool:
    """Whether a file is a ledger, which no GeoPackage that we export is; also when it cannot be read as a database."""
    try:
        with path.open("rb") as file:
            if file.read(len(SQLITE)) != SQLITE:
                return False
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            tables = "SELECT count(*) FROM sqlite_master WHERE name = 'frontledger_meta'"
            return bool(connection.execute(tables).fetchone()[0])
    except OSError:
        return False
    except sqlite3.Error:
        return True


@contextmanager
def settled(output: Path, *, force: bool) -> Iterator[Path]:
    """A path to write to, which becomes ``output`` when all went well; ``-`` is standard output.

    For formats whose libraries want a path.  Raises :class:`~frontledger.errors.ExportError` as :func:`write` does.
    """
    check(output, force=force)
    special = str(output) == "-" or (output.exists() and not output.is_file())
    try:
        folder = Path(tempfile.mkdtemp(prefix=".frontledger-", dir=None if special else output.parent))
        try:
            unborn = folder / "output"
            yield unborn
            if special:
                with unborn.open("rb") as file, _sink(output) as sink:
                    shutil.copyfileobj(file, sink)
            else:
                unborn.replace(output)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"{output}: cannot be written: {error.strerror or error}") from None


@contextmanager
def _sink(output: Path) -> Iterator[BinaryIO]:
    """Standard output, a pipe or a device."""
    if str(output) == "-":
        yield sys.stdout.buffer
    else:
        with output.open("wb") as file:
            yield file


def write(output: Path, content: bytes, *, force: bool) -> None:
    """Write ``content``; the file appears complete or not at all.  ``-`` is standard output.

    Raises :class:`~frontledger.errors.ExportError`.
    """
    check(output, force=force)
    if str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    if output.exists() and not output.is_file():  # a pipe, a device
        output.write_bytes(content)
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name[:40]}.", suffix=".new", dir=output.parent)
        unborn = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            mask = os.umask(0)
            os.umask(mask)
            unborn.chmod(0o666 & ~mask)
            unborn.replace(output)
        finally:
            unborn.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written: {error.strerror or error}") from None
