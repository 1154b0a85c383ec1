"""An online resolver, for what no list has: off unless the user names one (Nominatim's interface).

At most one request a second, each answer kept, our own User-Agent, as the usage policy of Nominatim asks
(https://operations.osmfoundation.org/policies/nominatim/).  Imported only when one is set.  What does not
belong here: which answer is meant (``choosing``).
"""

from __future__ import annotations

import json
import time
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers.entries import Entry, Source
from frontledger.places.gazetteers.folders import cache_folder, write_whole
from frontledger.places.gazetteers.slices import Slice, compiled

__all__ = ["Resolver"]

_PAUSE = 1.0
_SECONDS = 10
_ANSWERS = 5
_AGENT = "frontledger (conflict event coding)"
_TYPES = {
    "place": "settlement",
    "place.suburb": "district",
    "place.quarter": "district",
    "place.island": "island",
    "place.farm": "farm",
    "natural.peak": "hill",
    "natural.hill": "hill",
    "natural.ridge": "ridge",
    "natural.valley": "valley",
    "aeroway": "airbase",
    "military": "base",
    "historic.ruins": "ruins",
    "historic.castle": "castle",
    "historic.fort": "fortress",
    "waterway.dam": "dam",
    "waterway.river": "river",
    "boundary.administrative": "province",
}
"""Category, or category and type of OpenStreetMap → our type; others answer as no type at all."""


class _Answer(msgspec.Struct, frozen=True):
    """What we need of one answer in the format ``jsonv2``."""

    lat: str
    lon: str
    osm_type: str = ""
    osm_id: int = 0
    name: str = ""
    display_name: str = ""
    category: str = ""
    type: str = ""


class Resolver:
    """A server at ``base``; ``problem`` is one clear line once it has failed, and it is asked no more."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.problem: str | None = None
        self._path = cache_folder() / f"resolver-{zlib.crc32(self.base.encode()):08x}.json"
        self._kept: dict[str, list[Entry]] = self._load()
        self._asked = 0.0

    def slice(self, name: str, countries: Iterable[str]) -> Slice:
        """What the server has under a name in some countries, searchable; empty when it has failed."""
        codes = ",".join(sorted(code.lower() for code in countries))
        key = f"{codes}|{name.casefold()}"
        if key not in self._kept and self.problem is None:
            try:
                self._kept[key] = self._ask(name, codes)
                write_whole(self._path, msgspec.json.encode(self._kept))
            except GazetteerError as error:
                self.problem = str(error)
            except OSError:
                pass  # an answer that cannot be kept still serves
        entries = self._kept.get(key, [])
        return compiled(
            entries, Source(name=self.base, kind="online", places=len(entries), names=len(entries))
        )

    def _ask(self, name: str, codes: str) -> list[Entry]:
        query = {"q": name, "format": "jsonv2", "limit": _ANSWERS, "countrycodes": codes}
        address = f"{self.base}/search?{urllib.parse.urlencode(query)}"
        if not address.startswith(("http://", "https://")):
            raise GazetteerError(f"{self.base}: expected an address that begins with http:// or https://")
        time.sleep(max(0.0, self._asked + _PAUSE - time.monotonic()))
        self._asked = time.monotonic()
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                found = msgspec.json.decode(answer.read(), type=list[_Answer])
            return [_entry(one) for one in found if one.name or one.display_name]
        except (OSError, ValueError) as error:
            said = getattr(error, "reason", None) or error
            raise GazetteerError(
                f"{self.base}: the resolver does not answer ({said}); it is asked no more"
            ) from None

    def _load(self) -> dict[str, list[Entry]]:
        try:
            return msgspec.json.decode(Path(self._path).read_bytes(), type=dict[str, list[Entry]])
        except (OSError, msgspec.MsgspecError, json.JSONDecodeError):
            return {}


def _entry(answer: _Answer) -> Entry:
    kind = _TYPES.get(f"{answer.category}.{answer.type}", _TYPES.get(answer.category))
    return Entry(
        id=f"osm:{answer.osm_type}/{answer.osm_id}",
        name=answer.name or answer.display_name.partition(",")[0],
        lat=float(answer.lat),
        lon=float(answer.lon),
        type=kind,
    )
