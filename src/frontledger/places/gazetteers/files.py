"""The files that people bring: CSV, GeoJSON, GeoNames dumps, control-map modules, as entries.

What belongs here: reading and checking them, row by row.  What does not: keeping them (``own``).  Every fault is
one line with file, row and what was expected; a file with faults is not taken at all.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers.entries import Entry
from frontledger.places.gazetteers.features import TYPES, icon_type

__all__ = ["KINDS", "entries_of", "kind_of"]

KINDS = ("csv", "geojson", "dump", "control-map")
LARGEST = 700_000_000
"""Bytes of the largest file that is read: the dump of any one country is smaller, that of the world is not."""
_COLUMNS = {
    "name": ("name",),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "variants": ("variants", "names", "alternatenames", "aliases"),
    "type": ("type", "kind"),
    "since": ("since", "from", "valid_from", "start"),
    "until": ("until", "to", "valid_to", "end"),
    "country": ("country", "countrycode"),
    "id": ("id",),
}
"""Our columns and what else they may be called."""
_DUMP_COLUMNS = 19
_ROW = re.compile(r"\{(?P<fields>[^{}]*\blat\s*=[^{}]*)\}")
_FIELD = re.compile(
    r"\b(?P<key>\w+)\s*=\s*(?:\"(?P<text>[^\"]*)\"|'(?P<other>[^']*)'|(?P<number>-?\d+(?:\.\d+)?))"
)
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")


def kind_of(path: Path) -> str:
    """What kind of gazetteer a file is, by its name and first words.

    Raises :class:`GazetteerError` for a file that is none, is too large or cannot be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise GazetteerError(f"{path}: {error.strerror or error}") from None
    if size > LARGEST:
        raise GazetteerError(
            f"{path}: {size / 1e9:.1f} GB is more than a gazetteer of one country; add the dump of the country instead"
        )
    if not head.strip():
        raise GazetteerError(f"{path}: is empty")
    suffix = path.suffix.lower()
    if suffix == ".zip" or head.startswith(b"PK"):
        return "dump"
    if suffix in {".geojson", ".json"} or re.match(rb"\s*\{\s*\"", head):
        return "geojson"
    if suffix == ".lua" or b"marks" in head or re.search(rb"\blat\s*=\s*", head):
        return "control-map"
    first = head.split(b"\n", 1)[0]
    return "dump" if first.count(b"\t") >= _DUMP_COLUMNS - 1 else "csv"


def entries_of(path: Path, kind: str, note: Callable[[str], None] = lambda _: None) -> list[Entry]:
    """The places of a file; ``note`` is told what was left out.

    Raises :class:`GazetteerError` at the first fault.
    """
    readers: Mapping[str, Callable[[], Iterable[Entry]]] = {
        "csv": lambda: _csv(path),
        "geojson": lambda: _geojson(path, note),
        "dump": lambda: _dump(path),
        "control-map": lambda: _control_map(path),
    }
    try:
        found = list(readers[kind]())
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if not found:
        raise GazetteerError(f"{path}: holds no places")
    _unique(path, found)
    return found


def _csv(path: Path) -> Iterator[Entry]:
    text = path.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = _columns(path, next(reader, []))
        for row in reader:
            if any(cell.strip() for cell in row):
                values = {name: row[i].strip() for name, i in columns.items() if i < len(row)}
                yield _entry(f"{path}: row {reader.line_num}", f"{path.name}:{reader.line_num}", values)
    except csv.Error as error:
        raise GazetteerError(f"{path}: row {reader.line_num}: {error}") from None


def _columns(path: Path, header: list[str]) -> dict[str, int]:
    places = {cell.strip().lower(): i for i, cell in enumerate(header)}
    found = {
        name: next(places[word] for word in words if word in places)
        for name, words in _COLUMNS.items()
        if any(word in places for word in words)
    }
    missing = [name for name in ("name", "lat", "lon") if name not in found]
    if missing:
        raise GazetteerError(
            f"{path}: no column {', '.join(missing)}: expected name, lat, lon and perhaps variants, type, since,"
            f" until, country, id; found {', '.join(header)[:80]}"
        )
    return found


def _geojson(path: Path, note: Callable[[str], None]) -> Iterator[Entry]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise GazetteerError(f"{path}: is not JSON ({error})") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise GazetteerError(f"{path}: expected a GeoJSON FeatureCollection")
    other = 0
    for number, feature in enumerate(features, start=1):
        where = f"{path}: feature {number}"
        if not isinstance(feature, dict):
            raise GazetteerError(f"{where}: expected an object")
        shape, told = feature.get("geometry") or {}, feature.get("properties") or {}
        if shape.get("type") != "Point":
            other += 1
            continue
        point = shape.get("coordinates")
        if not isinstance(point, list) or len(point) < 2:
            raise GazetteerError(f"{where}: a point needs longitude and latitude")
        values: dict[str, Any] = {"lon": str(point[0]), "lat": str(point[1])}
        for name, words in _COLUMNS.items():
            value = (
                next((told[word] for word in words if told.get(word) not in (None, "")), None)
                if told
                else None
            )
            if name not in {"lat", "lon"} and value is not None:
                values[name] = ";".join(map(str, value)) if isinstance(value, list) else str(value)
        yield _entry(where, f"{path.name}:{number}", values)
    if other:
        note(f"{path}: {other} features that are no points are left out")


def _entry(where: str, ident: str, values: Mapping[str, str]) -> Entry:
    """One checked place of the user's."""
    name = values.get("name", "")
    if not name:
        raise GazetteerError(f"{where}: has no name")
    return Entry(
        id=f"{ident.rpartition(':')[0]}:{values['id']}" if values.get("id") else ident,
        name=name,
        names=tuple(filter(None, (one.strip() for one in re.split(r"[;|]", values.get("variants", ""))))),
        lat=_degrees(where, "latitude", values.get("lat", ""), 90),
        lon=_degrees(where, "longitude", values.get("lon", ""), 180),
        type=values.get("type", "").lower() or None,
        country=values.get("country", "").upper(),
        since=_day(where, values.get("since", ""), "01-01"),
        until=_day(where, values.get("until", ""), "12-31"),
    )


def _degrees(where: str, what: str, said: str, most: float) -> float:
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        raise GazetteerError(f"{where}: {what} {said!r} is no number") from None
    if not -most <= value <= most:  # also what is not a number at all
        raise GazetteerError(f"{where}: {what} {said} is not between -{most:g} and {most:g}")
    return value


def _day(where: str, said: str, rest: str) -> str | None:
    """An ISO day; of a year or month its first or last one."""
    if not said:
        return None
    whole = said if len(said) > 7 else f"{said}{('-' + rest)[len(said) - 4 :]}"
    if len(said) == 7 and rest == "12-31":
        whole = f"{said}-28"
    try:
        return date.fromisoformat(whole).isoformat()
    except ValueError:
        raise GazetteerError(f"{where}: {said!r} is no date: expected YYYY, YYYY-MM or YYYY-MM-DD") from None


def _dump(path: Path) -> Iterator[Entry]:
    """GeoNames "XX.txt", alone or in its "XX.zip" (19 columns, see the readme of the GeoNames dumps)."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="") as file:
            yield from _dump_rows(path, file)
        return
    with zipfile.ZipFile(path) as archive:
        inside = [
            one
            for one in archive.infolist()
            if one.filename.endswith(".txt") and "readme" not in one.filename
        ]
        if not inside:
            raise GazetteerError(f"{path}: holds no XX.txt of GeoNames")
        if inside[0].file_size > LARGEST:
            raise GazetteerError(
                f"{path}: unpacks to {inside[0].file_size / 1e9:.1f} GB; add the dump of one country"
            )
        with archive.open(inside[0]) as raw:
            yield from _dump_rows(path, io.TextIOWrapper(raw, encoding="utf-8", newline=""))


def _dump_rows(path: Path, lines: Iterable[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        where = f"{path}: line {number}"
        if len(cells) != _DUMP_COLUMNS:
            raise GazetteerError(
                f"{where}: {len(cells)} columns, expected the {_DUMP_COLUMNS} of a GeoNames dump"
            )
        kind = TYPES.get(f"{cells[6]}.{cells[7]}", TYPES.get(cells[6]))
        if kind is None:
            continue
        yield Entry(
            id=f"geonames:{cells[0]}",
            name=cells[1],
            names=tuple(
                name for name in dict.fromkeys([cells[2], *cells[3].split(",")]) if name and name != cells[1]
            ),
            lat=_degrees(where, "latitude", cells[4], 90),
            lon=_degrees(where, "longitude", cells[5], 180),
            type=kind,
            country=cells[8],
            admin=cells[10],
            population=int(cells[14]) if cells[14].isdigit() else 0,
        )


def _control_map(path: Path) -> Iterator[Entry]:
    """The marks of a Wikipedia module "… detailed map": Lua rows with lat, long, mark, label, link."""
    text = path.read_text(encoding="utf-8-sig")
    text = re.sub(r"^\s*--(?!\[\[).*$", "", text, flags=re.MULTILINE)
    seen = set()
    for match in _ROW.finditer(text):
        fields = {
            one["key"]: one["text"] or one["other"] or one["number"] or ""
            for one in _FIELD.finditer(match[0])
        }
        names = _labels(fields)
        if not names or "long" not in fields:
            continue
        line = text.count("\n", 0, match.start()) + 1
        where = f"{path}: line {line}"
        lat = _degrees(where, "latitude", fields["lat"], 90)
        lon = _degrees(where, "longitude", fields["long"], 180)
        if (names[0], round(lat, 3), round(lon, 3)) in seen:  # a dot and the ring around it
            continue
        seen.add((names[0], round(lat, 3), round(lon, 3)))
        yield Entry(
            id=f"{path.name}:{line}:{len(seen)}",
            name=names[0],
            names=tuple(names[1:]),
            lat=lat,
            lon=lon,
            type=icon_type(fields.get("mark", "")),
        )


def _labels(fields: Mapping[str, str]) -> list[str]:
    """The label without markup, then the article it links to without what tells it from others."""
    label = re.sub(r"<[^>]*>", " ", _LINK.sub(r"\1", fields.get("label", "")))
    link = re.sub(r"\s*\(.*?\)|,.*|#.*", "", fields.get("link", "").strip("[]"))
    names = (" ".join(name.replace("_", " ").split()) for name in (label, link))
    return list(dict.fromkeys(name for name in names if any(c.isalpha() for c in name)))


def _unique(path: Path, found: Iterable[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in found:
        other = seen.setdefault(entry.id, entry)
        if other is not entry:
            said = entry.id.rpartition(":")[2]
            raise GazetteerError(f"{path}: the id {said!r} stands twice, for {other.name} and {entry.name}")
