"""In which region of the world an account is at home.

Places that a gazetteer has are one wherever they are told of; a name that none has is the same place only among
accounts of one region, else every "Hill 105" of a century would be one.  What belongs here: countries and regions.
What does not: which country an account is about (``places.theatre``).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

__all__ = ["NOWHERE", "region_of"]

NOWHERE = "nowhere"
"""The region of accounts whose country cannot be told."""


def region_of(country: str | None) -> str:
    """The region of a country by its ISO 3166-1 code."""
    return _regions().get(country or "", NOWHERE)


@cache
def _regions() -> dict[str, str]:
    text = resources.files("frontledger.corpus").joinpath("regions.toml").read_text(encoding="utf-8")
    return {country: region for region, countries in tomllib.loads(text).items() for country in countries}
