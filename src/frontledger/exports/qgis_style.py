"""How QGIS draws the layers of a GeoPackage: the style as QML, which QGIS keeps in the table ``layer_styles``.

What belongs here: QML.  What does not: colours (``palette``), the layers (``gpkg``).
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from frontledger.exports.palette import NOBODY

__all__ = ["STYLES_TABLE", "events_style", "holdings_style"]

STYLES_TABLE = """
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))"""
"""The table as QGIS makes it."""

Rule = tuple[str, str, str, str, str]
"""Label, filter, fill, outline, shape."""
HOLLOW = "#00000000"


def holdings_style(paint: Mapping[str, str], *, timed: bool) -> str:
    """A rule a side: filled where held, ringed with a cross where contested, hollow where only claimed."""
    rules: list[Rule] = []
    for side, colour in paint.items():
        held = f"\"side_id\" = '{_text(side)}' AND \"state\" = 'held'"
        rules.append((side, f"{held} AND \"layer\" = 'assessed'", colour, "#232323", "circle"))
        rules.append((f"{side} (claimed)", f"{held} AND \"layer\" = 'claimed'", HOLLOW, colour, "circle"))
    rules.append(("contested", "\"state\" = 'contested'", "#ffffff", "#232323", "cross_fill"))
    rules.append(("holder unknown", "ELSE", HOLLOW, NOBODY, "circle"))
    return _qml(rules, timed=timed)


def events_style(paint: Mapping[str, str], *, timed: bool) -> str:
    """A rule a side: filled what is stated, hollow what is only reported, denied or rejected."""
    rules: list[Rule] = []
    for side, colour in paint.items():
        by = f"\"actor_id\" = '{_text(side)}'"
        rules.append((side, f"{by} AND \"status\" = 'stated'", colour, "#232323", "diamond"))
        rules.append(
            (f"{side} (not as a fact)", f"{by} AND \"status\" <> 'stated'", HOLLOW, colour, "diamond")
        )
    rules.append(("nobody named", "ELSE", HOLLOW, NOBODY, "diamond"))
    return _qml(rules, timed=timed)


def _text(side: str) -> str:
    return side.replace("'", "''")


def _qml(rules: list[Rule], *, timed: bool) -> str:
    listed = "".join(
        f'<rule key="{{rule-{number}}}" symbol="{number}" label={quoteattr(label)} filter={quoteattr(condition)}/>'
        for number, (label, condition, *_) in enumerate(rules)
    )
    symbols = "".join(_symbol(number, *rule[2:]) for number, rule in enumerate(rules))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28.0" styleCategories="Symbology|Temporal">'
        f'<temporal mode="2" enabled="{int(timed)}" startField="begin" endField="end" limitMode="0" fixedDuration="0"'
        ' durationField="" durationUnit="min" accumulate="0" startExpression="" endExpression="">'
        "<fixedRange><start></start><end></end></fixedRange></temporal>"
        '<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0" referencescale="-1">'
        f'<rules key="{{rules}}">{listed}</rules><symbols>{symbols}</symbols></renderer-v2>'
        "<layerGeometryType>0</layerGeometryType></qgis>"
    )


def _symbol(number: int, fill: str, outline: str, shape: str) -> str:
    options = {
        "color": _rgba(fill), "outline_color": _rgba(outline), "name": shape, "outline_style": "solid",
        "outline_width": "0.6" if fill == HOLLOW else "0.3", "outline_width_unit": "MM", "size": "3", "size_unit": "MM",
    }  # fmt: skip
    listed = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items()
    )
    return (
        f'<symbol type="marker" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0">'
        '<layer class="SimpleMarker" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{listed}</Option></layer></symbol>'
    )


def _rgba(colour: str) -> str:
    parts = [int(colour[at : at + 2], 16) for at in range(1, len(colour), 2)]
    return ",".join(map(str, parts if len(parts) == 4 else [*parts, 255]))
