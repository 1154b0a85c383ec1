"""What a language calls countries: schema and loading of ``languages/<code>/countries.toml``.

What does not belong here: which country an account is about (``places/theatre.py``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from frontledger.languages.loading import load_table

__all__ = ["CountryWords", "country_words"]


class CountryWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pack's ``countries.toml``."""

    names: dict[str, tuple[str, ...]] = {}
    """ISO 3166-1 alpha-2 code → names, capitalised as in a text."""


@cache
def country_words(code: str | None) -> CountryWords:
    """The names of countries in the language ``code``; none when there is no such table."""
    if code is None or not code.isalpha():
        return CountryWords()
    if not resources.files("frontledger.languages").joinpath(code, "countries.toml").is_file():
        return CountryWords()
    return load_table(code, "countries.toml", CountryWords)
