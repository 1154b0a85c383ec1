"""Where gazetteers lie on this machine, and how a file appears there whole or not at all.

What belongs here: folders by the platform's rules, atomic writing.  What does not: what is in the files.
The cache can be deleted at any time; the folder of data holds what the user added.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

__all__ = ["CACHE", "DATA", "cache_folder", "data_folder", "write_whole"]

CACHE = "FRONTLEDGER_CACHE"
"""Environment variable that overrides the folder of the index."""
DATA = "FRONTLEDGER_DATA"
"""Environment variable that overrides the folder of the user's own gazetteers."""


def cache_folder() -> Path:
    """The folder for what can be made again: XDG_CACHE_HOME, ~/Library/Caches or %LOCALAPPDATA%."""
    return _folder(CACHE, "XDG_CACHE_HOME", ".cache", "Library/Caches", "Cache")


def data_folder() -> Path:
    """The folder for what the user added: XDG_DATA_HOME, ~/Library/Application Support or %LOCALAPPDATA%."""
    return _folder(DATA, "XDG_DATA_HOME", ".local/share", "Library/Application Support", "Data")


def _folder(ours: str, xdg: str, unix: str, mac: str, windows: str) -> Path:
    if chosen := os.environ.get(ours):
        return Path(chosen)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is no home
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "frontledger" / windows
    if sys.platform == "darwin":
        return home / mac / "frontledger"
    base = os.environ.get(xdg, "")
    # The XDG rules: a relative path is invalid and to be ignored.
    return (Path(base) if base.startswith("/") else home / unix) / "frontledger"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that other processes see all of it or nothing; raises :class:`OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
