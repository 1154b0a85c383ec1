"""Lists of records that turn into pandas and GeoPandas frames when asked.

pandas and its friends are an extra (``frontledger[tables]``) and are imported only then.  What belongs here: the
shape of the frames.  What does not: where the records come from.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from frontledger.errors import LedgerError
from frontledger.model import Place, Value

__all__ = ["Listing", "Records"]

Kind = TypeVar("Kind", bound=Value)
EXTRA = "pip install 'frontledger[tables]'"
DAYS = frozenset(
    {"earliest", "latest", "since_earliest", "since_latest", "until_earliest", "until_latest", "date"}
)
"""Columns of days.  They become ``datetime64[s]``, which holds every year; open ends are ``NaT``."""


class _Frames(Generic[Kind]):
    """What a list of records can be turned into."""

    places: Mapping[str, Place]
    """The places that the records speak of, by id, for their coordinates."""

    def to_pandas(self) -> Any:
        """One row a record, nested fields flattened (``date_earliest``), days as ``datetime64[s]``.

        Raises :class:`~frontledger.errors.LedgerError` without pandas.
        """
        pandas = _library("pandas")
        rows = [_flat(record) for record in self]  # type: ignore[attr-defined]
        frame = pandas.DataFrame(rows, columns=list(rows[0]) if rows else None)
        for name in frame.columns:
            if name.removeprefix("date_") in DAYS:
                frame[name] = _days(row[name] for row in rows)
        return frame

    def to_geopandas(self) -> Any:
        """The same with the point of each record's place as geometry (WGS 84); none where it has no coordinates.

        An event has one row for each place that it is about.  Raises :class:`~frontledger.errors.LedgerError`
        without GeoPandas.
        """
        geopandas = _library("geopandas")
        frame = self.to_pandas()
        if "objects" in frame:
            frame = frame.explode("objects").rename(columns={"objects": "place"}).reset_index(drop=True)
        column = "place" if "place" in frame else "id"
        found = [self.places.get(place) for place in frame.get(column, ())]
        points = geopandas.points_from_xy(
            [None if place is None else place.lon for place in found],
            [None if place is None else place.lat for place in found],
        )
        empty = [place is None or place.lat is None or place.lon is None for place in found]
        geometry = geopandas.GeoSeries(
            [None if e else p for p, e in zip(points, empty, strict=True)], crs=4326
        )
        return geopandas.GeoDataFrame(frame, geometry=geometry, crs=4326)


class Records(_Frames[Kind], tuple[Kind, ...]):  # noqa: SLOT001 - carries places
    """A tuple of records of one kind; equal to the plain tuple of the same records."""

    @classmethod
    def of(cls, records: Iterable[Kind], places: Mapping[str, Place] | None = None) -> Records[Kind]:
        """The records, and the places that :meth:`to_geopandas` needs."""
        made = cls(records)
        made.places = places or {}
        return made


class Listing(_Frames[Kind], list[Kind]):
    """A list of records of one kind; equal to the plain list of the same records."""

    def __init__(self, records: Iterable[Kind] = (), places: Mapping[str, Place] | None = None) -> None:
        super().__init__(records)
        self.places = places or {}


def _flat(record: Value) -> dict[str, Any]:
    """A record's fields; structs become fields of their own, an event's places the ids of its objects."""
    flat: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name == "places" and value and isinstance(value[0], Value):
            flat["objects"] = [ref.id for ref in value if ref.role == "object"]
        elif name == "places" and not value and "kind" in flat:
            flat["objects"] = []
        elif isinstance(value, Value):
            flat |= {f"{name}_{key}": one for key, one in _flat(value).items()}
        elif name in ("actor", "against") and value is None:
            flat |= {f"{name}_{key}": None for key in ("id", "name", "text", "inferred")}
        elif name == "claimed" and value is None:
            flat |= {f"{name}_{key}": None for key in ("holder", "state", "since", "sides", "evidence")}
        else:
            flat[name] = list(value) if isinstance(value, tuple) else value
    return flat


def _days(column: Iterable[str | None]) -> Any:
    """ISO days as ``datetime64[s]``; numpy reads the years before 0 that pandas' parser does not."""
    numpy = _library("numpy")
    return numpy.array([numpy.datetime64(day or "NaT", "s") for day in column], dtype="datetime64[s]")


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise LedgerError(f"this needs {name}: {EXTRA}") from None
