"""Places and what is said of them beside their names: "Karvol, a village near Derin", "two villages, Alsa and Belsa".

What belongs here: which of two phrases in a row names the place, and which only describes it.  What does not: lists
and sites (``joining``).
"""

from __future__ import annotations

from itertools import pairwise

from frontledger.languages.pack import Pack
from frontledger.mentions.group import Group
from frontledger.mentions.tagging import Tagged

__all__ = ["LANDS", "apposed", "appositions", "described", "named_behind"]


_BESIDE = 6
"""Tokens from things that are counted to their names: "two convents on the glacis, Alsa and …"."""


def described(groups: list[Group], tagged: Tagged, indefinite: frozenset[str]) -> None:
    """What only describes the place before it goes: "Karvol, a former trade hub in the region", "the Derin capital
    Karvol"; and the land behind a comma only says where it is: "Karvol, Derin Province".
    """
    for at, (left, right) in enumerate(pairwise(groups)):
        if left.kind == "actor" or right.kind == "actor":
            continue
        between = tagged.tags[left.last : right.first]
        after = tagged.tags[right.last : right.last + 2]
        if not between and left.kind == right.kind == "place" and left.type == "city" and not right.type:
            word = tagged.words[left.last - 1]
            if word is not None and word.tag == "Y" and left.name != left.text:
                left.modifier = True
                right.type = left.type
            continue
        if between[:1] != [","]:
            continue
        if (
            between == [","]
            and left.kind in {"unnamed", "definite"}
            and left.num == "pl"
            and _are_told(groups[at + 1 :], tagged, left.count)
        ):
            left.modifier = True  # "the three largest towns, Karvol, Derin and Sarn"
            continue
        listed = "c" in after or (at and tagged.tags[groups[at - 1].last : left.first] == [","])
        opening = tagged.low[left.last + 1] if left.last + 1 < len(tagged.low) else ""
        if right.kind in {"unnamed", "definite"} and not right.name and opening in indefinite:
            told = set(between[1:]) <= set("QdxjJNSHXzAyOY")
            if told and not listed and not left.modifier:
                right.modifier = True
                left.type = left.type or (right.type if right.num == "sg" else None)
        elif (
            between == [","]
            and right.kind == "place"
            and right.type in LANDS
            and left.kind == "place"
            and left.type not in LANDS
            and left.num == "sg"
            and not (listed and right.type == "district")
        ):
            right.modifier = True
            left.near.append(right)


def _are_told(following: list[Group], tagged: Tagged, count: int | None) -> bool:
    """Whether as many names follow as a count behind which they stand says."""
    names = 0
    for left, right in pairwise([*following, None]):
        if left is None or left.kind != "place" or not left.name:
            return False
        names += 1
        joins = tagged.tags[left.last : right.first] if right is not None else []
        if joins not in ([","], ["c"], [",", "c"]):
            break
    return count is not None and names == count


def apposed(groups: list[Group], tagged: Tagged) -> None:
    """What a place is to somebody goes: "Karvol, the rebels' last stronghold", "the rebels' stronghold Karvol"."""
    for at, (left, right) in enumerate(pairwise(groups)):
        if left.kind == "definite" and right.kind == "place" and left.last == right.first and not right.type:
            if tagged.tags[left.first - 1 : left.first] == ["'"]:
                left.modifier = True
                right.first, right.start, right.type = left.first, left.start, left.type
            continue
        thing = groups[at + 2] if at + 2 < len(groups) else None
        if (
            thing is not None
            and left.kind == "place"
            and left.name
            and right.kind == "actor"
            and thing.kind in {"definite", "unnamed"}
            and not thing.name
            and tagged.tags[left.last : right.first] in ([","], [",", "d"])
            and tagged.tags[right.last : right.last + 1] == ["'"]
            and set(tagged.tags[right.last + 1 : thing.first]) <= set("jxcQz#")
            and tagged.tags[thing.last : thing.last + 1] != ["c"]
        ):
            thing.modifier = True


LANDS = frozenset({"province", "region", "district"})
"""Classes of what a settlement lies in: a name of it behind a comma only says where."""


_TOWARDS = frozenset({"ill", "sub", "all", "ter"})


def appositions(groups: list[Group], tagged: Tagged, pack: Pack) -> None:
    """The description gives its class to the name and goes: "a síkság legnagyobb városát, Dejr Hamíszt"."""
    aliases, indefinite = pack.sets["alias_adjectives"], pack.sets["indefinite"]
    _behind_lists(groups, tagged)
    for place, owner, thing in zip(groups, groups[1:], groups[2:], strict=False):
        if (
            place.kind == "place" and owner.kind == "actor" and thing.kind == "definite"
            and tagged.tags[place.last : owner.first] == [",", "d"] and owner.last == thing.first
            and thing.case in {place.case, place.maybe[1] if place.maybe else ""}
            and tagged.tags[thing.last : thing.last + 1] != ["c"]
        ):  # fmt: skip
            thing.modifier = True  # "Karvol, a felkelők központja"
            if place.maybe is not None and place.case != thing.case:
                place.name, place.case = place.maybe
    for left, right in pairwise(groups):
        opening = tagged.bases[left.last] if left.last < right.first else ""
        if opening == "," and left.kind == "actor" and right.kind == "place" and not right.type:
            title = tagged.tags[left.last - 1] == "T" and not (left.leader or left.nation or left.org)
            alone = tagged.tags[left.last : right.first] == [","] and tagged.tags[right.last : right.last + 1]
            right.person = right.person or (title and alone in ([","], ["."], [";"]))
            continue  # "its commander, Karov"
        if opening not in {",", "("}:
            continue  # what describes a name stands behind a comma or in brackets
        between = tagged.tags[left.last : right.first]
        if (
            between == [",", "d"]
            and left.maybe
            and (right.kind == "definite" or _is_foremost(tagged, right, pack.names.pack.superlative))
            and {left.maybe[1], right.case} <= _TOWARDS
        ):
            left.name, left.case = left.maybe
            right.modifier = True  # "Mekelébe, a tartományi székhelyre"
            left.type = left.type or right.type
            continue
        if _is_owned_rank(left, right, tagged, pack.names.pack.superlative):
            left.name, left.case = left.maybe or (left.name, left.case)
            right.modifier = True  # "Karvolt, a tenger legnagyobb kikötőjét"
            left.type = left.type or right.type
            continue
        closed = tagged.bases[right.last : right.last + 1] == [")"]
        alike = right.case in {"nom", left.case}  # "Karvol közelében (a Derin-dombnál)" is no other name
        if (
            opening == "("
            and closed
            and alike
            and left.kind == "place"
            and right.kind in {"place", "definite"}
        ):
            right.modifier = True  # "the Hamrin Mountains (Jabal Hamrin)"
            left.type = left.type or right.type
            continue
        word = tagged.words[right.first] if right.first < len(tagged.words) else None
        if (
            between == [","]
            and left.kind == "place"
            and word is not None
            and "share" in word.flags
            and right.kind != "actor"
        ):
            right.modifier = True  # "Kirkuk, part of the disputed territories"
            continue
        weak = left.maybe[1] if left.maybe is not None else ""
        beside = left.kind == "place" and between in ([","], [",", "d"]) and right.case in {left.case, weak}
        if beside and _is_rank(tagged, right, pack):
            right.modifier = (
                True  # "Kassát, Felső-Magyarország fővárosát", "…, a tenger legnagyobb kikötőjét"
            )
            left.type = left.type or right.type
            if left.case != right.case and left.maybe is not None:
                left.name, left.case = left.maybe
            continue
        if left.case != right.case or left.num != right.num:
            continue
        if left.kind == "definite" and right.kind == "place" and between in ([","], [",", "d"]):
            left.modifier = True
            right.type = right.type or left.type
        elif (
            left.kind == "place"
            and right.kind == "definite"
            and between[:2] == [",", "d"]
            and len(between) < 5
        ):
            if tagged.tags[right.last : right.last + 1] == ["c"]:
                continue  # "X, its hilltop and Y" is a list
            right.modifier = True
            left.type = left.type or right.type
        elif (
            left.kind == "place"
            and right.kind == "unnamed"
            and between == [","]
            and tagged.bases[right.first].lower() in indefinite
            and tagged.tags[right.last : right.last + 1] != ["c"]
        ):
            right.modifier = True  # "Karvol, a village near Derin"
            left.type = left.type or right.type
        elif (
            left.kind == right.kind == "place" and between[:2] == [",", "d"] and len(between) == 3
            and tagged.bases[right.first - 1].lower() in aliases
        ):  # fmt: skip
            right.modifier = True


def _behind_lists(groups: list[Group], tagged: Tagged) -> None:
    """Nameless things behind a list that a coordinator has closed describe its members: "took Karvol and Derin, two
    villages near Sarn".
    """
    for at in range(1, len(groups) - 1):
        before, last, told = groups[at - 1 : at + 2]
        if told.kind == "actor":  # "két ENSZ által védett enklávét"
            told = next((g for g in groups[at + 1 :] if g.kind != "actor"), told)
        if not (before.kind == last.kind == "place") or told.kind not in {"unnamed", "definite"} or told.name:
            continue
        joined = [tag for tag in tagged.tags[before.last : last.first] if tag not in "dD"]
        between = tagged.tags[last.last : told.first]
        opens = tagged.tags[last.last + 1 : last.last + 2] == ["Q"]
        if joined != ["c"] or between[:1] != [","] or not opens or set(between[1:]) & set(",ck;.FBL"):
            continue
        if any(
            tagged.tags[k] == "P" and (word := tagged.words[k]) is not None and word.info != "by"
            for k in range(last.last, told.first)
        ):
            continue  # "Karvol and Derin, both in the district"
        if tagged.tags[told.last : told.last + 1] not in (["c"], [","]):
            told.modifier = True
            if told.num == "sg" or told.type != "area":
                for member in (before, last):
                    member.type = member.type or told.type


def _is_foremost(tagged: Tagged, group: Group, superlative: str) -> bool:
    """Whether a phrase is about the first of its kind: "a Fekete-tenger legnagyobb kikötője"."""
    if not superlative or not group.last:
        return False
    word = tagged.words[group.last - 1]
    return (
        word is not None
        and bool(word.poss)
        and any(tagged.low[k].startswith(superlative) for k in range(group.first, group.last - 1))
    )


def _is_owned_rank(left: Group, right: Group, tagged: Tagged, superlative: str) -> bool:
    """Whether a nameless thing that is first of its kind tells what the name before it is."""
    if left.kind != "place" or left.maybe is None or right.kind != "definite" or right.case != left.maybe[1]:
        return False
    between = tagged.tags[left.last : right.first]
    closed = tagged.tags[right.last : right.last + 1] != ["c"]
    return closed and between[:1] == [","] and set(between) <= set(",dxj") and _is_foremost(
        tagged, right, superlative
    )  # fmt: skip


def _is_rank(tagged: Tagged, group: Group, pack: Pack) -> bool:
    """Whether a phrase with an owner's name tells what the place before it is: "Erdély fővárosát"."""
    word = tagged.words[group.last - 1] if 0 < group.last <= len(tagged.words) else None
    if word is None or not word.poss or tagged.tags[group.first] not in "NMyIJ":
        return False
    return word.lemma in pack.sets["seats"] or _is_foremost(tagged, group, pack.names.pack.superlative)


def named_behind(groups: list[Group], tagged: Tagged) -> None:
    """Things that are counted, then named one by one, are those names: "two villages, Alsa and Belsa"."""
    for at, left in enumerate(groups):
        if left.kind != "unnamed" or left.count is None or left.count < 2:
            continue
        reach = range(left.last, min(left.last + _BESIDE, len(tagged.tags)))
        mark = next((k for k in reach if tagged.bases[k] in {",", ":"}), None)
        if mark is None or (tagged.bases[mark] == "," and "V" in tagged.tags[left.last : mark]):
            continue
        names = [group for group in groups[at + 1 :] if group.first > mark][: left.count]
        if len(names) < left.count or any(g.kind != "place" or g.modifier or not g.name for g in names):
            continue
        listed = [set(tagged.tags[a.last : b.first]) for a, b in pairwise(names)]
        behind = tagged.tags[names[-1].last : names[-1].last + 1]
        if names[0].first > mark + 1 or not all(one <= {",", "c"} for one in listed) or behind == ["c"]:
            continue
        if "c" not in listed[-1]:
            continue
        left.named = names
        for name in names:
            name.type = name.type or left.type
