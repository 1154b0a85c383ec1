"""What the features of gazetteers are, as our types of places.

GeoNames feature codes: https://www.geonames.org/export/codes.html; those without a type here (hotels, wells,
administrative bodies that no account takes) are not read.
"""

from __future__ import annotations

__all__ = ["TYPES", "icon_type"]

TYPES = {
    "P": "settlement",
    "P.PPLX": "district",
    "P.PPLQ": "settlement",
    "P.PPLH": "settlement",
    "A.ADM1": "province",
    "A.ADM1H": "province",
    "A.ADM2": "district",
    "A.ADM3": "district",
    "T.HLL": "hill",
    "T.HLLS": "hill",
    "T.MT": "mountain",
    "T.MTS": "mountain",
    "T.PK": "peak",
    "T.PKS": "peak",
    "T.RDGE": "ridge",
    "T.RDGB": "ridge",
    "T.UPLD": "mountain",
    "T.PLAT": "plateau",
    "T.PASS": "pass",
    "T.VAL": "valley",
    "T.VALS": "valley",
    "T.ISL": "island",
    "T.ISLS": "island",
    "T.PEN": "peninsula",
    "T.SPUR": "ridge",
    "T.CLF": "ridge",
    "H.STM": "river",
    "H.STMS": "river",
    "H.STMI": "river",
    "H.WAD": "valley",
    "H.LK": "lake",
    "H.RSV": "lake",
    "H.CNL": "canal",
    "H.CNLI": "canal",
    "L.MILB": "base",
    "L.INDS": "industrial area",
    "L.OILF": "oilfield",
    "L.GASF": "gasfield",
    "L.RGN": "region",
    "L.PRK": "park",
    "R.RD": "road",
    "R.RDJCT": "crossroads",
    "R.RR": "railway",
    "S.AIRB": "airbase",
    "S.AIRP": "airport",
    "S.AIRF": "airfield",
    "S.AIRQ": "airfield",
    "S.ANS": "ruins",
    "S.RUIN": "ruins",
    "S.CSTL": "castle",
    "S.FT": "fortress",
    "S.BDG": "bridge",
    "S.DAM": "dam",
    "S.DAMSB": "dam",
    "S.FRM": "farm",
    "S.FRMS": "farm",
    "S.MLO": "base",
    "S.INSM": "base",
    "S.BRKS": "barracks",
    "S.PSTB": "border-crossing",
    "S.PSTP": "checkpoint",
    "S.PS": "power station",
    "S.RSTN": "station",
    "S.RSTP": "station",
    "S.PMPW": "station",
    "S.PMPO": "station",
    "S.HSP": "hospital",
    "S.MNQR": "quarry",
    "S.OILW": "oilfield",
    "S.OILR": "refinery",
    "S.PRN": "prison",
    "S.SILO": "silo",
}
"""Feature class, or class and code → type."""

_ICONS = (
    ("abm-", "base"),
    ("fighter-jet", "airbase"),
    ("helicopter", "base"),
    ("arch dam", "dam"),
    ("arch_dam", "dam"),
    ("gota", "oilfield"),
    ("anchor", "port"),
)


def icon_type(icon: str) -> str | None:
    """The type that the icon of a control map tells; None for the dots that stand for towns and hills alike."""
    low = icon.lower()
    return next((kind for part, kind in _ICONS if part in low), None)
