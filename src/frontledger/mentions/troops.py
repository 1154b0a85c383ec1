"""What phrases of troops make of one another: owners, capitals for governments, names of units, whose fighters they are.

What belongs here: relations in which an actor takes part.  What does not: places (``joining``, ``appositions``).
"""

from __future__ import annotations

import re
from itertools import pairwise

from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = [
    "capitals",
    "inherit_owner",
    "loyal",
    "masters",
    "numbered_units",
    "own_names",
    "owned_troops",
    "owns",
    "styled",
]


def capitals(account: AccountTokens, groups: list[Group], tagged: Tagged) -> list[Group]:
    """A government is that of the capital before it: "the Damascus government", "a damaszkuszi kormány csapatai"; troops
    are the capital's that owns them: "Kyiv's forces".
    """
    gone: set[int] = set()
    for group in groups:
        if group.kind != "actor" or group.nation or group.org or group.leader or not group.first:
            continue
        at = group.first - 1
        owned = tagged.tags[at] == "'"
        if group.role not in (_ANYBODYS if owned else _RULERS):
            continue
        at -= owned
        word = tagged.words[at]
        if tagged.tags[at] in "Ij" and tagged.low[at].endswith("i"):
            base = tagged.low[at][:-1].capitalize()
            word = next(
                (known for known in account.pack.lexicon.get(base.lower(), ()) if known.tag == "C"), None
            )
        if word is None or word.tag != "C" or word.lemma not in account.pack.sets["capital_names"]:
            continue
        group.nation = word.info
        gone |= {
            id(other)
            for other in groups
            if other.kind == "place" and other.first == at and other.last == at + 1
        }
    return [group for group in groups if id(group) not in gone] if gone else groups


_RULERS = frozenset({"state"})
_ANYBODYS = frozenset({"state", "any", "regular"})
"""Roles of troops that are whoever's they are."""


def loyal(groups: list[Group], tagged: Tagged) -> None:
    """Troops that say whose they are behind themselves are theirs: "gunmen loyal to General X"."""
    if "P" not in tagged.tags:
        return
    actors = [group for group in groups if group.kind == "actor"]
    for left, right in pairwise(actors):
        at = left.last
        word = tagged.words[right.first - 1] if 0 < right.first - at <= _LOYAL else None
        if word is not None and word.tag == "P" and word.info == "loyal" and not (left.org or left.nation):
            left.org, left.nation, left.leader = right.org, right.nation, right.leader
            if not (right.org or right.nation or right.leader):
                left.role = right.role
            right.modifier = True


_LOYAL = 4
"""Tokens from troops to the one to whom they are loyal."""


def own_names(account: AccountTokens, groups: list[Group], tagged: Tagged) -> list[Group]:
    """A name and the capitalised noun behind it are the name of troops: "Qalamoun Shield forces", "the Karvol Army"."""
    gone: set[int] = set()
    for left, right in pairwise(groups):
        if left.kind != "place" or left.type or right.kind != "actor" or left.last != right.first:
            continue
        if right.org or right.nation or right.leader or tagged.tags[right.first] != "A":
            continue
        head = account.tokens.text[tagged.first + right.first]
        if _is_abbreviation(left.name or "") and head.islower() and right.role in _ANYBODYS:
            right.title, right.role = left.name or "", "any"  # "FAA soldiers"
            right.text, right.first, right.start = f"{left.text} {right.text}", left.first, left.start
            gone.add(id(left))
            continue
        if head.islower() and right.role in _WHOSEVER and right.num == "pl" and not left.generic:
            right.role = "unit"  # "Kachin fighters": whose they are, nobody has said
            continue
        site = right.last < len(tagged.tags) and tagged.tags[right.last] in "yYQ"  # "Karvol Military Airbase"
        if head[:1].isupper() and not site:
            people = (
                tagged.words[left.first - 1] if left.first and tagged.tags[left.first - 1] == "S" else None
            )
            if people is not None:
                right.nation = people.info  # "the Japanese South Seas Force"
            right.title, right.role = f"{left.name} {head}", "any"
            right.text, right.first, right.start = f"{left.text} {right.text}", left.first, left.start
            if people is not None:
                right.first -= 1
            gone.add(id(left))
    return [group for group in groups if id(group) not in gone] if gone else groups


def numbered_units(groups: list[Group], tagged: Tagged) -> None:
    """A name behind an ordinal, and no noun behind it, is a regiment's: "the 8th West Yorks took Karvol"."""
    for group in groups:
        at = group.first - 1
        if group.kind != "place" or group.type or not group.name or at < 0 or tagged.tags[at] not in "#Q":
            continue
        after = tagged.tags[group.last] if group.last < len(tagged.tags) else "."
        if after in _UNNAMED_UNIT and _ORDINAL.fullmatch(tagged.low[at]):
            group.kind, group.role, group.title = "actor", "any", f"{tagged.bases[at]} {group.name}"
            group.name, group.maybe, group.anchors = None, None, ()


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|\d+/\d+(?:st|nd|rd|th)")


_UNNAMED_UNIT = frozenset("Vve.,c!h'P")
"""Tags behind the name of a unit; before any other it describes a thing: "the 5th Karvol offensive"."""


def styled(groups: list[Group], tagged: Tagged) -> None:
    """What an organisation is called right before its name is it: "the paramilitary Karvol Guard"."""
    for left, right in pairwise(groups):
        if left.kind != "actor" or right.kind != "actor" or left.last != right.first or not right.org:
            continue
        if (
            left.num == "sg"
            and not (left.org or left.nation or left.leader)
            and tagged.low[left.first].islower()
        ):
            left.modifier = True
            right.first, right.start, right.text = left.first, left.start, f"{left.text} {right.text}"


def masters(groups: list[Group], tagged: Tagged) -> None:
    """Troops are theirs whom "of" names behind them: "the fighters of Karov"; who defends a place has its name so, too."""
    for left, right in pairwise(groups):
        if (
            left.kind != "actor"
            or left.role not in _WHOSEVER
            or left.org
            or left.nation
            or left.leader
            or left.title
        ):
            continue
        if right.kind == "actor" and right.leader and tagged.tags[left.last : right.first] == ["F"]:
            left.leader, left.nation, right.modifier = right.leader, right.nation, True
            left.text = f"{left.text} of {right.text}"  # "the mercenaries of Prigozhin", whom the pack knows
            continue
        if right.kind != "place" or right.type or not right.name or right.generic or right.extent != "full":
            continue
        if tagged.tags[left.last : right.first] == ["F"] and tagged.tags[right.last : right.last + 1] == [
            "V"
        ]:
            left.leader, right.modifier = right.name, True


_WHOSEVER = frozenset({"any", "regular"})
"""Roles of troops that are anybody's."""
_LED = frozenset({"any", "regular", "defender"})
"""Roles of troops that a commander's name before them says whose they are: "Prigozsin zsoldosai"."""
_INITIALS = range(2, 7)
"""Letters of an abbreviation."""


def _is_abbreviation(name: str) -> bool:
    letters = name.replace("-", "")
    return len(letters) in _INITIALS and letters.isalpha() and letters.isupper()


def owned_troops(groups: list[Group], tagged: Tagged) -> None:
    """Troops behind a possessive are their owner's: "the government's Fifth Corps"."""
    actors = [group for group in groups if group.kind == "actor"]
    for left, right in pairwise(actors):
        if tagged.tags[left.last : right.first] == ["'"] and not (right.org or right.nation or right.leader):
            right.org, right.nation, right.leader = left.org, left.nation, left.leader
            if not (left.org or left.nation):
                right.role, right.ruling = left.role or right.role, left.ruling
            right.owned = True


def inherit_owner(groups: list[Group], tagged: Tagged) -> None:
    """Owned troops are their owner's: "az SDF (…) kurd és arab egységei"."""
    actors = [group for group in groups if group.kind == "actor"]
    for left, right in pairwise(actors):
        word = tagged.words[right.last - 1]
        if right.org or right.nation or right.leader or word is None or not word.poss or left.case != "nom":
            continue
        between = tagged.tags[left.last : right.first]
        if left.ruling and not between and right.role in _ANYBODYS:
            right.role, right.ruling, left.case = "state", True, "owner"  # "a junta serege"
            continue
        if left.leader and not between and right.role in _LED:
            right.leader, right.role, left.case = left.leader, "any", "owner"
            continue
        if len(between) <= 6 and not set(between) & set("V,kPtH") and (left.org or left.nation):
            right.org, right.nation, right.role = left.org, left.nation, left.role
            left.case = "owner"


def owns(tagged: Tagged, group: Group, possessed: re.Pattern[str], bare: tuple[str, ...] = ()) -> bool:
    """Whether the next word is owned by the phrase: "az ISIL védelmét" is no subject; ``bare`` is what an owned noun
    without a case ends in.
    """
    at = group.last
    while at < len(tagged.tags) and tagged.tags[at] in "jJ#":
        at += 1
    if at >= len(tagged.tags):
        return False
    word = tagged.words[at]
    if word is not None:
        if tagged.tags[at] == "H" and word.poss == "p3sg" and group.kind == "place" and at == group.last:
            return True  # "Karvol ura elesett"
        if (
            tagged.tags[at] == "H"
            and word.case == "nom"
            and at == group.last
            and tagged.tags[at + 1 : at + 2] != ["P"]
        ):
            # "a német offenzíva kifulladt", but "német uralom alá"
            return group.last - group.first == 1 and tagged.tags[group.first] == "S" and group.num == "sg"
        if tagged.tags[at] == "V" and word.form == "vn" and group.last - group.first == 1:
            return tagged.tags[group.first] in "SC" and group.num == "sg"  # "Knin horvát visszafoglalása"
        return word.poss == "p3sg" and tagged.tags[at] in "nHYsuARo"  # "a felkelők uralmuk alá": their own
    if tagged.tags[at] not in "xvj" or at != group.last:
        return False
    if tagged.tags[at + 1 : at + 2] == ["P"] and tagged.bases[at].endswith(bare):
        return True  # "a király halála után"
    return possessed.search(tagged.bases[at]) is not None
