"""The output of an export: complete under its name or not there at all, and never over somebody's file unasked.

What belongs here: the file and its refusals.  What does not: what is written into it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontledger.errors import LedgerError

__all__ = ["refuse", "settled"]

STANDARD_OUTPUT = Path("-")


def refuse(output: Path, *, force: bool) -> None:
    """Raise :class:`~frontledger.errors.LedgerError` where something stands already and ``force`` is not given."""
    if output == STANDARD_OUTPUT:
        return
    if output.is_dir():
        raise LedgerError(f"{output}: is a folder, expected the name of a file")
    if output.exists() and not force:
        raise LedgerError(f"{output}: exists already; --force overwrites it")


@contextmanager
def settled(output: Path, *, force: bool) -> Iterator[Path]:
    """A path to write to, which becomes ``output`` when all went well; ``-`` is standard output.

    Raises :class:`~frontledger.errors.LedgerError` when there is a file already and no ``force``, or when it cannot
    be written.
    """
    refuse(output, force=force)
    spoken = output == STANDARD_OUTPUT
    try:
        folder = tempfile.mkdtemp(prefix=".frontledger-", dir=None if spoken else output.parent)
    except OSError as error:
        raise LedgerError(f"{output}: {error.strerror or error}") from error
    unborn = Path(folder) / ("output" if spoken else output.name)
    try:
        yield unborn
        if spoken:
            with unborn.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
        else:
            with unborn.open("rb+") as file:
                os.fsync(file.fileno())
            unborn.replace(output)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise LedgerError(f"{output}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
