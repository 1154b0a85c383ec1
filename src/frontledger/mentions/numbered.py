"""Places whose name is a number: "Hill 203", "hills 205, 206 and 210", "a 203-as és a 174-es magaslat".

What belongs here: giving such phrases their names.  What does not: numbered units (``troops``), counts of places.
"""

from __future__ import annotations

import re

import msgspec

from frontledger.mentions.group import Group
from frontledger.mentions.pronouns import new_group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["numbered"]

_MARKED = re.compile(r"\d+(?:[.,]\d+)?-?[aeoöáé]s|\d+[.,]\d+|\d+\.")
"""A number in front of a noun that marks one thing and counts none: "203-as", "131,2", "206."."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\.?")
_HEIGHTS = frozenset({"hill", "mountain", "peak", "ridge", "checkpoint"})
"""Classes of what bears a number for its name."""
_JOINING = frozenset({"c", ","})


def numbered(account: AccountTokens, tagged: Tagged, groups: list[Group]) -> list[Group]:
    """The phrases with a name for every number that stands before or behind a height."""
    found: list[Group] = []
    behind = account.pack.names.pack.roles == "position"
    for group in groups:
        plain = group.kind in {"definite", "unnamed"} or (group.kind == "place" and group.generic)
        if group.type in _HEIGHTS | {None} and plain and not group.piece:
            found += (_behind if behind else _before)(account, tagged, group)
        else:
            found.append(group)
    return found


def _behind(account: AccountTokens, tagged: Tagged, group: Group) -> list[Group]:
    """Heights with their numbers behind the noun."""
    noun = next((at for at in range(group.first, group.last) if tagged.tags[at] in "Yy"), None)
    word = tagged.words[noun] if noun is not None else None
    if noun is None or word is None or word.info not in _HEIGHTS:
        return [group]
    numbers, at = [], noun + 1
    while at < len(tagged.tags) and tagged.tags[at] in "Q#" and _NUMBER.fullmatch(tagged.bases[at]):
        numbers.append(at)
        after = at + 1
        if word.num == "sg":
            break
        while tagged.tags[after : after + 1] and tagged.tags[after] in _JOINING:
            after += 1
        at = after
    last = numbers[-1] + 1 if numbers else len(tagged.tags)
    if not numbers or (tagged.tags[last : last + 1] or ["."])[0] in "AYHnxTON" or group.last > last:
        return [group]
    found = []
    for order, number in enumerate(numbers):
        low = group.first if not order else number
        one = new_group(account, tagged, "place", low, number + 1)
        one.name = f"{word.lemma.capitalize()} {tagged.bases[number].rstrip('.')}"
        one.type, one.generic = word.info, True
        if one.text.endswith("."):  # the sentence ends with it
            one.text, one.end = one.text[:-1], one.end - 1
        found.append(one)
    for one in found[1:]:
        one.head = found[0]
    return found


def _before(account: AccountTokens, tagged: Tagged, group: Group) -> list[Group]:
    """Heights with their numbers in front of the noun."""
    word = tagged.words[group.last - 1]
    if group.name or word is None or tagged.tags[group.last - 1] != "Y" or word.poss or word.num != "sg":
        return [group]
    if word.info not in _HEIGHTS and not word.flags & {"vague"}:
        return [group]
    at = group.last - 2
    while at > 0 and tagged.tags[at] in "jJ":
        at -= 1
    if at < 0 or not _is_mark(tagged, at):
        return [group]
    called = " ".join([*tagged.bases[at + 1 : group.last - 1], word.lemma])
    own = msgspec.structs.replace(
        group, kind="place", name=f"{tagged.bases[at]} {called}", count=None, generic=True
    )
    found = [own]
    while at > 0:
        low = at - 1
        while low > 0 and tagged.tags[low] in "d,c":
            low -= 1
        joins = [tag for tag in tagged.tags[low + 1 : at] if tag != "d"]
        if not joins or not set(joins) <= _JOINING or not _is_mark(tagged, low):
            break
        one = new_group(account, tagged, "place", low, low + 1)
        one.name, one.type, one.generic = f"{tagged.bases[low]} {called}", group.type, True
        one.case, one.num = group.case, "sg"
        found.insert(0, one)
        at = low
    return found


def _is_mark(tagged: Tagged, at: int) -> bool:
    return tagged.tags[at] in "Q#j" and _MARKED.fullmatch(tagged.low[at]) is not None
