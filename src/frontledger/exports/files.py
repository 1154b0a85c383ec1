"""Write a file whole or not at all, and never over something without being told to.

What belongs here: where an export goes.  What does not: what is in it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from frontledger.errors import ExportError

__all__ = ["check", "write"]

LEDGER = b"SQLite format 3\0"


def check(output: Path, *, force: bool) -> None:
    """Raise :class:`~frontledger.errors.ExportError` if ``output`` must not be written; before the work is done.

    What is there already needs ``force``; a ledger is never written over.
    """
    if str(output) == "-":
        return
    if output.is_dir():
        raise ExportError(f"{output}: is a directory, expected the name of a file")
    if output.exists():
        if output.is_file() and _begins(output) == LEDGER:
            raise ExportError(f"{output}: is a ledger or another database, which is not written over")
        if not force:
            raise ExportError(f"{output}: exists already; --force writes over it")
    if not output.parent.is_dir():
        raise ExportError(f"{output}: no such folder {output.parent}")


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(LEDGER))
    except OSError:
        return b""


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
