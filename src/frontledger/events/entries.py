"""Entries of a list about one place, such as "Captured by the rebels on 3 March" under the name of a village.

Such an entry has no subject: what it speaks of stands above it, in the title of the account.  Its verb is a bare
participle that opens the sentence.

What belongs here: whether a title names a place, and whether a word opens an entry.  What does not: which event
it announces.
"""

from __future__ import annotations

import re

from frontledger.languages.pack import Pack
from frontledger.mentions.tagging import Tagged
from frontledger.model import Account

__all__ = ["goes_on", "lacks_object", "leans", "opens", "topic"]

_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)\s*$")
_TAKEN = frozenset("OCSATRntuos")
"""Tags of words that no bare name of a place holds: sides, offices, happenings."""
_LONGEST = 5
"""Words of a place's name; what is longer is a headline."""
_BEFORE = frozenset("tzhaeg.")
"""What may stand before the verb of an entry: a date, "mostly", "reportedly", "later"."""
_SUBJECT = frozenset("dDNMYyjSJACORTrQ")
_OBJECT = frozenset("dDNMYyQjSJACORTI#'")
"""What an object begins with."""


def topic(account: Account, pack: Pack) -> str | None:
    """The place that the account is about: its title, when that is the bare name of one."""
    if not account.title:
        return None
    name = _PARENTHESIS.sub("", account.title).split(",")[0].strip()
    words = _WORD.findall(name)
    if not 0 < len(words) <= _LONGEST or name.isupper() or any(char.isdigit() for char in name):
        return None
    return name if all(_names(word, pack) for word in words) else None


def _names(word: str, pack: Pack) -> bool:
    """Whether a word may be part of the bare name of a place."""
    low = word.lower()
    if word == low:
        return low in pack.names.pack.linking or low in pack.words.postpositions
    if low in pack.sets["capital_names"]:
        return True
    tags = {known.tag for known in pack.lexicon.get(low, ())}
    return low not in pack.triggers and not tags & _TAKEN and tags != {"x"}


def opens(tagged: Tagged, at: int, pack: Pack) -> bool:
    """Whether nothing but a date or an adverb stands before token ``at`` in its sentence."""
    adverbs = pack.sets["entry_adverbs"]
    for before in range(at):
        tag = tagged.tags[before]
        known = tag in _BEFORE or tagged.bases[before].lower() in adverbs
        if not known and not (tag in "PB" and "t" in tagged.tags[before + 1 : before + 3]):
            return False
    return True


def goes_on(tagged: Tagged, at: int) -> bool:
    """Whether token ``at`` follows a comma or a conjunction, with no subject of its own between."""
    before = at - 1
    while before >= 0 and tagged.tags[before] in "zhaegt!":
        if tagged.tags[before] == "a":
            return True
        before -= 1
    return before >= 0 and tagged.tags[before] in ",ck." and tagged.bases[before] not in "()"


def lacks_object(tagged: Tagged, at: int) -> bool:
    """Whether the verb at ``at`` has no object behind it: "captured by", "captured on 3 March", "captured."."""
    return at + 1 >= len(tagged.tags) or tagged.tags[at + 1] not in _OBJECT


def leans(tagged: Tagged, at: int) -> bool:
    """Whether the participle at ``at`` leans on a main clause behind it: "Captured in May, the town was burnt"."""
    tags = tagged.tags
    for comma in range(at + 1, len(tags) - 1):
        if tags[comma] == "," and tags[comma + 1] in _SUBJECT:
            return any(tag in "Vv" for tag in tags[comma + 2 :])
    return False
