"""Who fights whom by the infobox: its belligerents, column by column, and their commanders.

What belongs here: reading those fields as phrases.  What does not: which side a phrase is (``sides``), or the
fields themselves (``accounts``).
"""

from __future__ import annotations

import re

import msgspec

from frontledger.languages.pack import Pack
from frontledger.mentions.group import Group
from frontledger.mentions.groups import gather
from frontledger.mentions.tagging import prepare, tag_sentence
from frontledger.mentions.tokens import tokenize
from frontledger.model import Account, Sentence

__all__ = ["Party", "parties"]

_COLUMNS = re.compile(r"\s*(?:;|\bvs\.?(?=\s)|\n{2,})\s*")
_ITEMS = re.compile(r"\s*(?:[;,\n•†*]|\([^()]*\))\s*")


class Party(msgspec.Struct):
    """One column of the infobox."""

    sides: list[Group]
    """Its belligerents as actor phrases, the first one first."""
    commanders: list[str]


def parties(account: Account, pack: Pack) -> list[Party]:
    """The columns of the infobox in order; nothing unless there are two."""
    columns: dict[int, Party] = {}
    for field in account.infobox:
        if field.key not in {"belligerent", "commander"}:
            continue
        values = (
            [(field.side, field.value)]
            if field.side is not None
            else list(enumerate(_COLUMNS.split(field.value.strip()), 1))
        )
        for number, value in values:
            column = columns.setdefault(number, Party([], []))
            if field.key == "belligerent":
                column.sides += _actors(value, pack)
            else:
                column.commanders += [name for name in _ITEMS.split(value) if name[:1].isupper()]
    found = [columns[number] for number in sorted(columns)]
    return found if len(found) == 2 and all(column.sides for column in found) else []


def _actors(value: str, pack: Pack) -> list[Group]:
    found: list[Group] = []
    for item in _ITEMS.split(value):
        if item:
            opened = prepare(tokenize(item), pack)
            tagged = tag_sentence(opened, Sentence(start=0, end=len(item), block=0, citations=()), [])
            found += [group for group in gather(opened, tagged) if group.kind == "actor"]
    return found
