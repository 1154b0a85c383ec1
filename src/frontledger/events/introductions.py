"""Whose people speak and act: "Getacsev Reda, a TPLF szóvivője", "Ukrainian President Volodymyr Zelenskyy".

A person is introduced once, by an office and the nation or organisation that it belongs to; afterwards the bare
name stands for that side.

What does not belong here: commanders whom the pack knows by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["introduced"]

_REACH = 9
"""Words of an introduction."""
_OFFICES = frozenset("sT")
_SIDES = frozenset("SCO")


def introduced(tagged: Tagged, groups: list[Group]) -> Iterator[tuple[str, Group | None, bool]]:
    """(name, its side as an actor phrase, whether that is no place for certain) of everybody whom a sentence
    introduces; no side where only the office is told.
    """
    for group in groups:
        if group.kind != "place" or group.type or not group.name or group.generic:
            continue
        stretch = _behind(tagged, group.last) or _before(tagged, group.first)
        side = _side(tagged, stretch) if stretch is not None else None
        person = _is_person(tagged, group)
        if side is not None or person:
            yield group.name, side, person


def _is_person(tagged: Tagged, group: Group) -> bool:
    """Whether an office stands right at a name of two words: "Deputy Minister Ivan Karov", "Ivan Karov, the mayor"."""
    tags, at = tagged.tags, group.last
    if " " not in (group.name or "") or group.near or group.extent != "full":
        return False
    if group.first and tags[group.first - 1] in _OFFICES and tagged.bases[group.first - 1][:1].isupper():
        return True
    if tags[at : at + 1] != [","]:
        return False
    at += 1
    while at < len(tags) and tags[at] in "dDjJSCOX-":
        at += 1
    return at < len(tags) and tags[at] in _OFFICES


def _behind(tagged: Tagged, at: int) -> range | None:
    """The apposition behind a name, or the office right behind it, if it holds one."""
    tags = tagged.tags
    if tags[at : at + 1] == [","]:
        at += 1
        stop = next((k for k in range(at, min(at + _REACH, len(tags))) if tags[k] in ",Vvk."), None)
    else:
        stop = next((k for k in range(at, min(at + 3, len(tags))) if tags[k] in _OFFICES), None)
        if stop is None or any(tag not in "SCO" for tag in tags[at:stop]):
            return None
        stop += 1
    if stop is None or not any(tag in _OFFICES for tag in tags[at:stop]):
        return None
    return range(at, stop)


def _before(tagged: Tagged, at: int) -> range | None:
    """The office right before a name."""
    low = at
    while low > 0 and at - low < 4 and tagged.tags[low - 1] in "sTSCOXj'":
        low -= 1
    return range(low, at) if any(tag in _OFFICES for tag in tagged.tags[low:at]) else None


def _side(tagged: Tagged, stretch: range) -> Group | None:
    for at in stretch:
        word = tagged.words[at]
        if tagged.tags[at] in _SIDES and word is not None:
            group = Group("actor", at, at + 1, 0, 0, "")
            if tagged.tags[at] == "O":
                group.org = word.info
            else:
                group.nation = word.info
            return group
    return None
