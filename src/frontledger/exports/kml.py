"""KML 2.2: holdings and events as placemarks with time spans, styled by side.

Placemarks without coordinates are kept (Google Earth lists them).  Years outside 1 to 9999 have no time span: XML Schema's
two versions count years before 1 differently.  What does not belong here: which rows there are (``rows``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from frontledger.exports import tables
from frontledger.exports.cells import printable
from frontledger.exports.days import common
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.palette import NOBODY, colours
from frontledger.exports.rows import EventRow, HoldingRow, Material

__all__ = ["write"]

NAMESPACE = "http://www.opengis.net/kml/2.2"
LOOKS = {"held": ("ff", "1"), "contested": ("ff", "1.5"), "claimed": ("66", "0.8"), "event": ("ff", "0.6")}
"""Opacity and scale of the viewer's own pin, tinted by side: no icon is fetched from anywhere."""
BC = "days before the year 1: no time span, the text has them (EDTF)"
NO_ID = re.compile(r"[^A-Za-z0-9_.-]")


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one file has both
    """A document with a folder of holdings and a folder of events; a placemark a line, made and written one by one."""
    paint = {**colours(material.ranked_sides), "nobody": NOBODY}
    count = 0
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}"><Document>\n')
        file.write(_text(_element("name", material.name)))
        for kind in LOOKS:
            for side, colour in paint.items():
                file.write(_text(_style(kind, side, colour)))
        for name, marks in (("Holdings", _holdings(material, losses)), ("Events", _events(material, losses))):
            file.write(f"<Folder><name>{name}</name>\n")
            for mark in marks:
                file.write(_text(mark))
                count += 1
            file.write("</Folder>\n")
        file.write("</Document></kml>\n")
    return count


def _text(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode") + "\n"


def _holdings(material: Material, losses: Losses) -> Iterator[ET.Element]:
    for row, cells in zip(material.holdings, tables.rows(material, "holdings"), strict=True):
        kind = "claimed" if row.layer == "claimed" else row.state if row.state in LOOKS else "held"
        side = row.side_id or (row.side_ids[0] if row.side_ids else None)
        mark = _placemark(f"{row.place or 'unnamed place'}: {_holder(row)}", row, losses, "holdings")
        _span(mark, *row.certain, losses)
        _finish(mark, _style_id(kind, side or "nobody"), cells, row)
        yield mark


def _events(material: Material, losses: Losses) -> Iterator[ET.Element]:
    for row, cells in zip(material.rows, tables.rows(material, "events"), strict=True):
        said = "" if row.status == "stated" else f" ({row.status})"
        title = f"{row.kind}{said}: {row.place or row.place_text or 'no place named'}"
        mark = _placemark(title, row, losses, "events")
        _add(mark, "description", row.quote)
        _span(mark, row.earliest, row.latest, losses)
        _finish(mark, _style_id("event", row.actor_id or "nobody"), cells, row)
        yield mark


def _holder(row: HoldingRow) -> str:
    said = row.side or "holder unknown"
    if row.state == "contested":
        said = f"contested ({', '.join(row.sides)})"
    return f"{said}, only claimed" if row.layer == "claimed" else said


def _placemark(title: str, row: EventRow | HoldingRow, losses: Losses, what: str) -> ET.Element:
    if not row.located:
        losses.leave_unsaid(f"{what} without coordinates: placemarks without a point")
    mark = ET.Element("Placemark")
    mark.set("id", NO_ID.sub("_", f"{what}-{row.row}"))
    _add(mark, "name", title)
    return mark


def _finish(
    mark: ET.Element, style: str, cells: Mapping[str, tables.Cell], row: EventRow | HoldingRow
) -> None:
    """What KML wants behind the time: style, data, point, in the schema's order."""
    _add(mark, "styleUrl", f"#{style}")
    data = _add(mark, "ExtendedData")
    for name, value in cells.items():
        if value is not None and value != "":
            item = _add(data, "Data")
            item.set("name", name)
            _add(item, "value", str(value).lower() if isinstance(value, bool) else str(value))
    if row.located:
        _add(_add(mark, "Point"), "coordinates", f"{row.lon},{row.lat}")


def _span(mark: ET.Element, begin: str | None, end: str | None, losses: Losses) -> None:
    ends: Iterable[tuple[str, str | None]] = (("begin", begin), ("end", end))
    if any(day is not None and not common(day) for _, day in ends):
        losses.leave_unsaid(BC)
    known = [(name, day) for name, day in ends if common(day)]
    if known:
        span = _add(mark, "TimeSpan")
        for name, day in known:
            _add(span, name, day)


def _style(kind: str, side: str, colour: str) -> ET.Element:
    opacity, scale = LOOKS[kind]
    style = ET.Element("Style", id=_style_id(kind, side))
    drawn = _add(style, "IconStyle")
    _add(
        drawn, "color", f"{opacity}{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()
    )  # blue before green before red
    _add(drawn, "scale", scale)
    return style


def _style_id(kind: str, side: str) -> str:
    return NO_ID.sub("_", f"{kind}-{side}")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    made = _element(name, text)
    parent.append(made)
    return made


def _element(name: str, text: str | None = None) -> ET.Element:
    made = ET.Element(name)
    if text is not None:
        made.text = printable(text)
    return made
