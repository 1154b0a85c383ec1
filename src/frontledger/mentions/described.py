"""What stands beside a class noun and says which one or how many: "az egri vár", "a falvak közül hármat".

What belongs here: class nouns with an adjective of place, with a count behind them or an owner before them.  What does
not: names with their class (``groups``), lists (``joining``).
"""

from __future__ import annotations

from itertools import pairwise

from frontledger.languages.pack import Pack
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = [
    "counted_among",
    "counted_together",
    "describing_names",
    "is_of_place",
    "owners_of_counts",
    "quoted",
    "things_between",
]

_SHORTEST = 4
"""Letters of an adjective that is made of a place's name: "egri"."""
_AMONG = 2
"""Tokens between the whole and the count of what is meant of it: "közül csak"."""


def is_of_place(pack: Pack, tagged: Tagged, at: int) -> bool:
    """Whether the token at ``at`` is an adjective made of the name of a place that the account does not name: "egri"."""
    if at < 0 or pack.names.pack.roles != "case" or tagged.tags[at] != "j" or tagged.words[at] is not None:
        return False
    low = tagged.low[at]
    if len(low) < _SHORTEST or not low.endswith("i") or low in pack.sets["plain_adjectives"]:
        return False
    if at and tagged.tags[at - 1] in "jJ#Q":
        return False  # "az első magyarországi város"
    return all(word.tag != "C" for word in pack.lexicon.get(low[:-1], ()))


def counted_among(account: AccountTokens, groups: list[Group], tagged: Tagged) -> None:
    """Of several only so many are meant, in the case of the count: "a falvak közül hármat foglaltak el"."""
    counts = account.pack.words.partitives
    if not counts or "P" not in tagged.tags or counts.keys().isdisjoint(tagged.low):
        return
    for group in groups:
        word = tagged.words[group.last] if group.last < len(tagged.words) else None
        if group.kind == "actor" or word is None or word.info != "among":
            continue
        if group.num != "pl" and not group.count:
            continue
        reach = range(group.last + 1, min(group.last + 2 + _AMONG, len(tagged.tags)))
        at = next((k for k in reach if tagged.low[k] in counts), None)
        if at is None:
            continue
        group.kind, group.name, group.count = "unnamed", None, counts[tagged.low[at]] or None
        group.case = "acc" if tagged.low[at].endswith("t") else "nom"
        group.last, group.text = at + 1, " ".join([group.text, *tagged.bases[group.last : at + 1]])
        group.end = account.tokens.end[tagged.first + at]


def describing_names(
    groups: list[Group], tagged: Tagged, adverbs: tuple[str, ...], others: frozenset[str]
) -> None:
    """What stands between an article and a noun that the pack does not know describes that: "the Karvol line", "the
    Karvol gold reserves", "the city council"; ``adverbs`` are endings of words that may stand behind an object instead,
    ``others`` such words.
    """
    for group in groups:
        at = group.last
        bare = group.kind == "definite" and group.num == "sg" and group.last - group.first == 1
        named = group.kind == "place" and not group.type
        if not (bare or named) or group.extent != "full" or not group.first:
            continue
        if tagged.tags[group.first - 1] != "d" or tagged.tags[at : at + 1] != ["x"]:
            continue
        if (
            tagged.words[at] is None
            and not tagged.low[at].endswith(adverbs)
            and tagged.low[at].isalpha()
            and tagged.low[at] not in others
        ):
            group.describes = True


def counted_together(groups: list[Group], tagged: Tagged) -> None:
    """A bare class noun that a coordinator joins to a count is counted, too: "sok várost és falut", "several towns and
    villages".
    """
    for left, right in pairwise(groups):
        if left.kind != "unnamed" or right.kind != "definite" or right.piece or right.near:
            continue
        bare = right.last - right.first == 1 and not tagged.words[right.first].poss  # type: ignore[union-attr]
        if bare and right.type and right.case == left.case and tagged.tags[left.last : right.first] == ["c"]:
            right.kind = "unnamed"


def things_between(groups: list[Group], tagged: Tagged) -> None:
    """Two things between which another lies only locate it: "a templom és a folyó közötti házak"."""
    if "B" not in tagged.tags:
        return
    for left, right in pairwise(groups):
        at = right.last
        if left.kind == "actor" or right.kind == "actor" or right.case != "nom":
            continue
        if tagged.tags[at : at + 1] != ["B"] or not tagged.low[at].endswith("i"):
            continue
        if tagged.tags[left.last : right.first] in (["c"], ["c", "d"]):
            left.modifier = right.modifier = True


_QUOTES = frozenset('"“”„«»')
_LONGEST = 5
"""Words of a name in quotation marks."""


def quoted(groups: list[Group], tagged: Tagged) -> list[Group]:
    """A class noun beside a name in quotation marks bears it: "the state farm “Red Dawn”", "a „Kék Duna” gyár"."""
    marks = [at for at, base in enumerate(tagged.bases) if base in _QUOTES]
    for low, high in pairwise(marks):
        inner = tagged.bases[low + 1 : high]
        if not inner or len(inner) > _LONGEST or not all(word[:1].isupper() for word in inner):
            continue
        inside = [g for g in groups if low < g.first and g.last <= high and g.kind != "actor"]
        thing = next(
            (g for g in groups if g.kind == "definite" and low in (g.last, g.first - len(inner) - 2)), None
        )
        if thing is not None and thing.num == "sg" and inside:
            thing.kind, thing.name, thing.generic = "place", " ".join(inner), False
            groups = [g for g in groups if g not in inside]
        elif tagged.tags[high + 1 : high + 2] == ["x"] or tagged.tags[low - 1 : low] == ["x"]:
            for group in inside:
                group.describes = True  # of a thing that the pack does not know
    return groups


def owners_of_counts(groups: list[Group], tagged: Tagged) -> None:
    """The land of places that are only counted says where they lie: "Karvol megye harminc települését"."""
    for left, right in pairwise(groups):
        word = tagged.words[right.last - 1] if right.last <= len(tagged.words) else None
        if left.kind != "place" or right.kind != "unnamed" or word is None or not word.poss:
            continue
        if left.case == "nom" and set(tagged.tags[left.last : right.first]) <= set("xzhj"):
            left.modifier = True
            right.near = [*right.near, left]
