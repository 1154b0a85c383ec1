"""Writing CSV that survives people's spreadsheets, and texts that survive XML.

What belongs here: characters.  What does not: which columns a format has.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

__all__ = ["flat", "guarded", "line", "printable", "write_csv"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (clause 2.2, ``Char``)."""


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def guarded(text: str | None) -> str:
    """A text of an account as a cell: printable, with an apostrophe before what a spreadsheet would run as a formula."""
    text = printable(text or "")
    return f"'{text}" if text.startswith(FORMULA) else text


def line(text: str | None) -> str:
    """A text of an account as a cell of one line."""
    return guarded(flat(text or ""))


def printable(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return UNPRINTABLE.sub("", text)


def write_csv(output: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> int:
    """CSV in UTF-8 as RFC 4180 has it, every row with exactly these columns; the number of rows."""
    count = 0
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="raise", lineterminator="\r\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({column: row[column] for column in columns})
            count += 1
    return count
