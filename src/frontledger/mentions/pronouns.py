"""Words that stand for a place told before: "it", "there", "the former", "az utóbbi falut".

What belongs here: the phrases that such words make.  What does not: which place they mean (``events``).
"""

from __future__ import annotations

from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["new_group", "stand_ins"]

_ENDING = frozenset("V,.;:cPtzhek!)dNg")
"""Tags behind a pronoun; before any other it describes a noun: "the former mayor"."""
_OPENING = frozenset("VePFk,ca.!tzh")
"""Tags in front of a pronoun and its article where position says the role."""


def new_group(account: AccountTokens, tagged: Tagged, kind: str, low: int, high: int) -> Group:
    """The phrase of the tokens from ``low`` to ``high`` (exclusive) of a sentence."""
    tokens = account.tokens
    start, end = tokens.start[tagged.first + low], tokens.end[tagged.first + high - 1]
    text = " ".join(tokens.text[tagged.first + low : tagged.first + high])
    return Group(kind, low, high, start, end, text)


def stand_ins(account: AccountTokens, tagged: Tagged, free: bytearray, groups: list[Group]) -> None:
    """Add the pronouns of places to the phrases of a sentence; ``free`` are the tokens that none of them holds."""
    low = account.tokens.low[tagged.first : tagged.first + len(tagged.tags)]
    words = account.pack.words
    if not words.place_pronouns.keys().isdisjoint(low):
        _place_pronouns(account, tagged, low, free, groups)
    for which, forms in (("former", words.former), ("latter", words.latter)):
        if not forms.keys().isdisjoint(low):
            _of_pair(account, tagged, low, free, groups, which, forms)


def _place_pronouns(
    account: AccountTokens, tagged: Tagged, low: list[str], free: bytearray, groups: list[Group]
) -> None:
    pronouns = account.pack.words.place_pronouns
    for at, word in enumerate(low):
        case = pronouns.get(word)
        before = tagged.tags[at - 1] if at else "k"
        told = before in "Ve" or (before in "k,ca.t" and tagged.tags[at + 1 : at + 2] == ["V"])
        if case and free[at] and (told or account.pack.names.pack.roles == "case"):
            group = new_group(account, tagged, "definite", at, at + 1)
            group.case = case
            groups.append(group)


def _of_pair(
    account: AccountTokens,
    tagged: Tagged,
    low: list[str],
    free: bytearray,
    groups: list[Group],
    which: str,
    forms: dict[str, str],
) -> None:
    """Say of "the former" and "the latter town" which of two places they mean."""
    tags = tagged.tags
    for at, word in enumerate(low):
        if word not in forms or tags[at] == "t":
            continue
        after = tags[at + 1] if at + 1 < len(tags) else "."
        opening = at - 2 if at and tags[at - 1] in "-d" else at - 1
        before = tags[opening] if opening >= 0 else "."
        led = account.pack.names.pack.roles == "case" or (opening == at - 2 and before in _OPENING)
        if opening == at - 2 and after in "dQ" and before in ",c":
            for told in groups:  # "the former a small port": no place of its own
                told.modifier |= at < told.first <= at + 4 and told.kind in {"unnamed", "definite"}
            continue
        noun = next((g for g in groups if at < g.last and g.first in (at, at + 1)), None)
        if noun is not None:
            if noun.kind == "definite" and noun.num == "sg":
                noun.of_pair = which  # "the latter town", "az utóbbi falut"
        elif free[at] and led and after in _ENDING:
            group = new_group(account, tagged, "definite", at, at + 1)
            group.case, group.of_pair = forms[word], which
            groups.append(group)
