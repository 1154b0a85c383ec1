"""The gazetteers that the user added, kept in the user's folder of data ready for searching.

What belongs here: loading them.  What does not: adding one (``adding``), reading the files that people bring
(``files``).
"""

from __future__ import annotations

import msgspec

from frontledger.places.gazetteers.folders import data_folder
from frontledger.places.gazetteers.slices import Slice

__all__ = ["SUFFIX", "own_slices"]

SUFFIX = ".gazetteer"


def own_slices() -> tuple[list[Slice], list[str]]:
    """The user's gazetteers, the last added first, and a line for each that cannot be read."""
    found, problems = [], []
    folder = data_folder()
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    except OSError as error:
        return [], [f"{folder}: your gazetteers cannot be read ({error.strerror})"]
    for path in paths:
        try:
            found.append(Slice.decode(path.read_bytes()))
        except (OSError, msgspec.MsgspecError) as error:
            said = getattr(error, "strerror", None) or "is damaged; add it again"
            problems.append(f"{path}: gazetteer left out: {said}")
    return sorted(found, key=lambda one: -one.source.rank), problems
