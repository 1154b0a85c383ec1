"""Adding a gazetteer of the user's: read, check, compare with those that are there, keep.

Imported only when one is added: reading archives and asking servers is more than a start should pay for.
"""

from __future__ import annotations

import re
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers.entries import Entry, Source
from frontledger.places.gazetteers.files import LARGEST, entries_of, kind_of
from frontledger.places.gazetteers.folders import data_folder, write_whole
from frontledger.places.gazetteers.own import SUFFIX, own_slices
from frontledger.places.gazetteers.slices import Slice, compiled
from frontledger.places.geometry import distance
from frontledger.places.names import read_name

__all__ = ["DUMPS", "add"]

DUMPS = "https://download.geonames.org/export/dump/"
"""Where GeoNames offers the dumps of countries (CC BY 4.0); asked only when the user names a country's code."""
_APART = 5.0
"""Kilometres from which on two lists disagree about a place."""
_SECONDS = 60
_CODE = re.compile(r"[A-Z]{2}")


def add(what: str, note: Callable[[str], None] = lambda _: None) -> Source:
    """Keep the gazetteer in the file ``what``, or the GeoNames dump of the country with that code.

    ``note`` is told what was left out and where lists disagree; of two lists the one added last wins.  A list
    of the same name is replaced.  Raises :class:`GazetteerError`.
    """
    path = Path(what)
    if _CODE.fullmatch(what) and not path.exists():
        with tempfile.TemporaryDirectory() as folder:
            return _keep(_fetched(what, Path(folder)), note, DUMPS + f"{what}.zip")
    return _keep(path, note, str(path.absolute()))


def _keep(path: Path, note: Callable[[str], None], origin: str) -> Source:
    kind = kind_of(path)
    entries = entries_of(path, kind, note)
    countries = {entry.country for entry in entries}
    source = Source(
        name=path.stem if kind == "dump" else path.name,
        kind=kind,
        places=len(entries),
        names=sum(1 + len(entry.names) for entry in entries),
        path=origin,
        added=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        country=countries.pop() if kind == "dump" and len(countries) == 1 else "",
        rank=time.time_ns(),
    )
    others = [one for one in own_slices()[0] if one.source.name != source.name and one.source.kind != "dump"]
    if kind != "dump":
        for line in _disagreements(entries, others):
            note(line)
    stem = re.sub(r"[^\w.-]+", "-", source.name).strip("-.") or "list"
    target = data_folder() / f"{stem}{SUFFIX}"
    try:
        write_whole(target, compiled(entries, source).encode())
    except OSError as error:
        raise GazetteerError(
            f"{target}: cannot be kept ({error.strerror or error}); set FRONTLEDGER_DATA to a folder that can be written"
        ) from None
    return source


def _disagreements(entries: Iterable[Entry], others: Iterable[Slice]) -> list[str]:
    """A line for each other list that has places of these names elsewhere."""
    entries, said = list(entries), []
    for other in others:
        far = {}
        for entry in entries:
            known = [match.entry for match in other.exact(read_name(entry.name))]
            apart = [distance((entry.lat, entry.lon), (one.lat, one.lon)) for one in known]
            if apart and min(apart) > _APART:
                far[entry.name] = min(apart)
        if far:
            name, km = next(iter(far.items()))
            more = f" and {len(far) - 1} more" if len(far) > 1 else ""
            said.append(f"{other.source.name} has {name} {km:.0f} km away{more}; the list added last wins")
    return said


def _fetched(code: str, folder: Path) -> Path:
    """The dump of a country from GeoNames."""
    target = folder / f"{code}.zip"
    request = urllib.request.Request(f"{DUMPS}{code}.zip", headers={"User-Agent": "frontledger"})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer, target.open("wb") as file:  # noqa: S310
            size = 0
            while block := answer.read(1 << 20):
                size += len(block)
                if size > LARGEST:
                    raise GazetteerError(f"{DUMPS}{code}.zip: larger than any country")
                file.write(block)
    except OSError as error:
        raise GazetteerError(
            f"{DUMPS}{code}.zip: cannot be fetched ({getattr(error, 'reason', error)})"
        ) from None
    return target
