"""Who led whose troops, and when: loading of ``languages/<code>/commanders.toml``.

What belongs here: reading the file, and refusing what would make a name stand for two sides at once.  What does
not: the shape of the file (``schema.py``), whether its sides exist and what they are called (``events``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from frontledger.errors import PackError
from frontledger.languages.loading import load_table
from frontledger.languages.schema import CommanderFile, Commanders

__all__ = ["FILE", "commanders_of", "load_commanders"]

FILE = "commanders.toml"


@cache
def load_commanders(code: str) -> tuple[Commanders, ...]:
    """The groups of commanders of language ``code``, in the order of the file; none where it has no such file.

    Raises :class:`~frontledger.errors.PackError`, naming file, key and what was expected, where the file breaks its
    schema, a group ends before it begins or holds no name, or a name stands for two sides in one year.
    """
    if not code.isalpha() or not resources.files("frontledger.languages").joinpath(code, FILE).is_file():
        return ()
    groups = load_table(code, FILE, CommanderFile).commanders
    told: dict[str, list[tuple[int, int, int]]] = {}
    for number, group in enumerate(groups):
        where = f"languages/{code}/{FILE}: $.commanders[{number}]"
        if group.first > group.last:
            raise PackError(f"{where}.last: expected a year from {group.first} on, found {group.last}")
        if not group.names:
            raise PackError(f"{where}.names: expected at least one name")
        for name in group.names:
            if not _is_name(name):
                raise PackError(
                    f"{where}.names: expected a name with a capital and no stray space, found {name!r}"
                )
            for first, last, other in told.setdefault(name, []):
                if first <= group.last and group.first <= last:
                    raise PackError(
                        f"{where}.names: {name!r} stands in $.commanders[{other}] for some of the same years"
                    )
            told[name].append((group.first, group.last, number))
    return groups


@cache
def commanders_of(code: str, year: int | None) -> dict[str, str]:
    """Who commanded in ``year`` (negative: BC), name → side; nobody where the year is unknown."""
    if year is None:
        return {}
    return {
        name: group.side
        for group in load_commanders(code)
        if group.first <= year <= group.last
        for name in group.names
    }


def _is_name(name: str) -> bool:
    """Whether ``name`` has a capital ("Zhukov", "de la Rey", "Ali pasa") and no stray space."""
    return name == " ".join(name.split()) and any(letter.isupper() for letter in name)
