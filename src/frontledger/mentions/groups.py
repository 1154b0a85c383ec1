"""Gather tagged tokens into the phrases that fill roles: places and actors.

"Tal Hazim Al-Thalatha csúcsát" is one place with a type and a case; "a szír kormány csapatai" one actor.
Lists share their head: in "A, B és C csúcsait" the last member's class and case are everybody's.  Which tags
make a phrase is the pack's regular expressions; what the pieces mean is here.

What does not belong here: which event a phrase takes part in.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from frontledger.languages.pack import Pack, Word
from frontledger.mentions.shapes import shapes
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["Group", "gather"]

# Types that name a thing of their own beside a place's name ("Karvol légibázis"); all others are appositions.
SITES = frozenset(
    [
        "airport",
        "airbase",
        "base",
        "barracks",
        "camp",
        "depot",
        "checkpoint",
        "station",
        "port",
        "bridge",
        "crossing",
        "border-crossing",
        "dam",
        "factory",
        "plant",
        "oilfield",
        "gasfield",
        "refinery",
        "mine",
        "quarry",
        "silo",
        "hospital",
        "school",
        "university",
        "prison",
        "mosque",
        "church",
        "monastery",
        "complex",
        "palace",
        "villa",
        "housing",
        "bridgehead",
        "crossroads",
        "road",
        "railway",
        "canal",
        "farm",
        "forest",
        "ruins",
        "tower",
        "bastion",
        "position",
    ]
)
_DISTRICTS = frozenset({"district", "suburb", "bank", "slope", "gate", "wall"})
LINES = frozenset(["road", "railway", "canal", "checkpoint", "crossroads", "border-crossing", "crossing"])
_CAPITAL_PAIR = re.compile(r"^([^\W\d_]{4,}(?:-[^\W\d_]+)?)[-–]([^\W\d_]{4,})$")


class Group(msgspec.Struct, eq=False):
    """A phrase of one sentence: tokens ``first`` to ``last`` (exclusive, counted in the sentence)."""

    kind: str
    """``place``, ``unnamed``, ``definite`` (a class noun that refers back) or ``actor``."""
    first: int
    last: int
    start: int
    end: int
    text: str
    case: str = "nom"
    num: str = "sg"
    maybe: tuple[str, str] | None = None
    name: str | None = None
    type: str | None = None
    extent: str = "full"
    part_of: str | None = None
    anchors: tuple[str, ...] = ()
    generic: bool = False
    count: int | None = None
    vicinity: bool = False
    piece: str | None = None
    """For a definite phrase: the piece of the antecedent that is meant ("a város keleti negyede")."""
    nation: str = ""
    role: str = ""
    org: str = ""
    leader: str = ""
    title: str = ""
    """Name of an organisation that the pack does not know ("Badr Szervezet")."""
    owned: bool = False
    """Troops that their owner's name stands before."""
    near: list[Group] = []
    person: bool = False
    """An office was told with the name: "Ivan Karov, the mayor of Derin"."""
    titled: bool = False
    """Stands only in the name of something that happened: "the Battle of Karvol"."""
    quarters: str = ""
    """Class of the pieces that stand before the name: names in a list are theirs ("the districts of A and B")."""
    several: bool = False
    """A plural class noun owned by the name: of one name, "X városai" are places in it, not it."""
    head: Group | None = None
    """The last member of the list that it stands in; a postposition there governs all."""
    modifier: bool = False
    """Stands inside another phrase's description and only locates it."""


def gather(account: AccountTokens, tagged: Tagged) -> list[Group]:
    """The phrases of a sentence in text order; lists have been given their shared head and case."""
    pack = account.pack
    tags = "".join(tagged.tags)
    free = bytearray(b"\x01" * len(tags))
    groups: list[Group] = []
    for kind, low, high, edge in shapes(pack, tags):
        if 0 in free[low:high]:
            continue
        match = pack.patterns[kind].match(tags, low, edge)
        group = _MAKERS[kind](account, tagged, match) if match else None
        if group is None:
            continue
        free[group.first : group.last] = bytes(group.last - group.first)
        groups.append(group)
    _place_pronouns(account, tagged, free, groups)
    groups.sort(key=lambda group: group.first)
    groups = _capitals(account, groups, tagged)
    _appositions(groups, tagged, pack.sets["alias_adjectives"], pack.sets["indefinite"])
    if pack.names.pack.roles == "position":
        if len(groups) > 1:
            groups = _compounds(_offices(groups, tagged), tagged)
            groups = _own_names(account, _towns_of(groups, tagged), tagged)
            _loyal(groups, tagged)
        _owned_troops(groups, tagged)
        _share_heads(groups, tagged, bytearray(len(tagged.tags)), coordinated=True)
        _first_heads(groups)
        return groups
    _beside_verbs(groups, tagged)
    hidden = _modifiers(groups, tagged)
    _share_heads(groups, tagged, hidden, coordinated=False)
    _inherit_owner(groups, tagged)
    possessed = pack.patterns["possessed"]
    for group in groups:
        if group.kind in {"actor", "place"} and group.case == "nom" and _owns(tagged, group, possessed):
            group.case = "owner"
    return groups


def _capitals(account: AccountTokens, groups: list[Group], tagged: Tagged) -> list[Group]:
    """A government is that of the capital before it: "the Damascus government", "a damaszkuszi kormány csapatai"."""
    gone: set[int] = set()
    for group in groups:
        if group.kind != "actor" or group.role != "state" or group.nation or group.org or not group.first:
            continue
        at = group.first - 1
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


def _loyal(groups: list[Group], tagged: Tagged) -> None:
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


def _compounds(groups: list[Group], tagged: Tagged) -> list[Group]:
    """Class nouns in a row are one thing, which the last names: "a railway junction", "the city council hospital"."""
    joined: list[Group] = []
    for group in groups:
        before = joined[-1] if joined and group.kind == "definite" else None
        if (
            before is not None
            and before.last == group.first
            and before.kind in {"definite", "unnamed"}
            and before.num == "sg"
        ):
            joined[-1] = msgspec.structs.replace(
                group, kind=before.kind, first=before.first, start=before.start,
                text=f"{before.text} {group.text}", count=before.count, modifier=before.modifier,
            )  # fmt: skip
        elif before is not None and _names_thing(before, group, tagged):
            words = " ".join(tagged.bases[before.last : group.last])
            joined[-1] = msgspec.structs.replace(
                before, last=group.last, end=group.end, text=f"{before.text} {words}", type=group.type,
                name=f"{before.name} {words}", anchors=(before.name or "",), num=group.num,
            )  # fmt: skip
        else:
            joined.append(group)
    return joined


def _towns_of(groups: list[Group], tagged: Tagged) -> list[Group]:
    """What stands between an article and "town of" describes the town, and its name comes behind: "the Shiite town
    of Karvol".
    """
    gone: set[int] = set()
    for left, right in pairwise(groups):
        if left.kind != "place" or right.kind != "place" or right.type or left.type not in _TOWNS:
            continue
        if tagged.tags[left.last : right.first] != ["F"]:
            continue
        name = next((at for at in range(left.first, left.last) if tagged.tags[at] in "NMJ"), left.first)
        if name and tagged.tags[name - 1] == "d":
            right.type, right.extent, right.first, right.start = (
                left.type,
                left.extent,
                left.first,
                left.start,
            )
            gone.add(id(left))
    return [group for group in groups if id(group) not in gone] if gone else groups


def _own_names(account: AccountTokens, groups: list[Group], tagged: Tagged) -> list[Group]:
    """A name and the capitalised noun behind it are the name of troops: "Qalamoun Shield forces", "the Karvol Army"."""
    gone: set[int] = set()
    for left, right in pairwise(groups):
        if left.kind != "place" or left.type or right.kind != "actor" or left.last != right.first:
            continue
        if right.org or right.nation or right.leader or tagged.tags[right.first] != "A":
            continue
        head = account.tokens.text[tagged.first + right.first]
        site = right.last < len(tagged.tags) and tagged.tags[right.last] in "yYQ"  # "Karvol Military Airbase"
        if head[:1].isupper() and not site:
            right.title, right.role = f"{left.name} {head}", "any"
            right.text, right.first, right.start = f"{left.text} {right.text}", left.first, left.start
            gone.add(id(left))
    return [group for group in groups if id(group) not in gone] if gone else groups


_TOWNS = frozenset({"city", "town", "village", "settlement"})


def _offices(groups: list[Group], tagged: Tagged) -> list[Group]:
    """A name, troops or a government, and a class noun in a row are one place: "the Karvol Military Airbase"."""
    gone: set[int] = set()
    for at in range(len(groups) - 2):
        name, owner, thing = groups[at : at + 3]
        if (
            name.kind == "place" and name.name and not name.type and owner.kind == "actor"
            and not (owner.org or owner.nation or owner.leader) and thing.kind == "definite"
            and name.last == owner.first and owner.last == thing.first
        ):  # fmt: skip
            gone |= {id(owner), id(thing)}
            name.anchors, name.type, name.num = (name.name,), thing.type, thing.num
            name.name = " ".join([name.name, *tagged.bases[owner.first : thing.last]])
            name.text, name.last, name.end = f"{name.text} {owner.text} {thing.text}", thing.last, thing.end
    return [group for group in groups if id(group) not in gone] if gone else groups


def _names_thing(name: Group, thing: Group, tagged: Tagged) -> bool:
    """Whether a name and a class noun right behind it, or one word on, are one thing: "the Karvol water tower"."""
    if name.kind != "place" or not name.name or name.type or thing.kind != "definite" or thing.name:
        return False
    between = tagged.tags[name.last : thing.first]
    listed = name.first > 0 and tagged.tags[name.first - 1] in ",c"
    return (
        between in ([], ["x"])
        and thing.type in SITES | {"centre"}
        and not listed
        and not tagged.bases[thing.first - 1].endswith(("ly", "ing"))
    )


def _first_heads(groups: list[Group]) -> None:
    """Where position says the role, a list stands where its first member does."""
    lists: dict[int, list[Group]] = {}
    for group in groups:
        if group.head is not None:
            lists.setdefault(id(group.head), []).append(group)
    for members in lists.values():
        first, last = members[0], members[0].head
        for group in members[1:]:
            group.head = first
        if last is not None:
            last.head = first
        first.head = None


def _owned_troops(groups: list[Group], tagged: Tagged) -> None:
    """Troops behind a possessive are their owner's: "the government's Fifth Corps"."""
    actors = [group for group in groups if group.kind == "actor"]
    for left, right in pairwise(actors):
        if tagged.tags[left.last : right.first] == ["'"] and not (right.org or right.nation or right.leader):
            right.org, right.nation, right.leader = left.org, left.nation, left.leader
            if not (left.org or left.nation):
                right.role = left.role or right.role
            right.owned = True


def _inherit_owner(groups: list[Group], tagged: Tagged) -> None:
    """Owned troops are their owner's: "az SDF (…) kurd és arab egységei"."""
    actors = [group for group in groups if group.kind == "actor"]
    for left, right in pairwise(actors):
        word = tagged.words[right.last - 1]
        if right.org or right.nation or right.leader or word is None or not word.poss or left.case != "nom":
            continue
        between = tagged.tags[left.last : right.first]
        if len(between) <= 6 and not set(between) & set("V,kPtH") and (left.org or left.nation):
            right.org, right.nation, right.role = left.org, left.nation, left.role
            left.case = "owner"


def _owns(tagged: Tagged, group: Group, possessed: re.Pattern[str]) -> bool:
    """Whether the next word is owned by the phrase: "az ISIL védelmét" is no subject."""
    at = group.last
    while at < len(tagged.tags) and tagged.tags[at] in "jJ":
        at += 1
    if at >= len(tagged.tags):
        return False
    word = tagged.words[at]
    if word is not None:
        return word.poss == "p3sg" and tagged.tags[at] in "nHYsuARo"  # "a felkelők uralmuk alá": their own
    return tagged.tags[at] in "xvj" and at == group.last and possessed.search(tagged.bases[at]) is not None


def _place_pronouns(account: AccountTokens, tagged: Tagged, free: bytearray, groups: list[Group]) -> None:
    pronouns = account.pack.words.place_pronouns
    low = account.tokens.low[tagged.first : tagged.first + len(tagged.tags)]
    if pronouns.keys().isdisjoint(low):
        return
    for at, word in enumerate(low):
        case = pronouns.get(word)
        before = tagged.tags[at - 1] if at else "k"
        told = before in "Ve" or (before in "k,ca." and tagged.tags[at + 1 : at + 2] == ["V"])
        if case and free[at] and (told or account.pack.names.pack.roles == "case"):
            group = _new(account, tagged, "definite", at, at + 1)
            group.case = case
            groups.append(group)


_KEEPS = frozenset({"castle", "citadel"})
"""What stands in a town and bears its name: "Karvol castle" is not Karvol."""
_TOWARDS = frozenset({"ill", "sub", "all", "ter"})
_OBLIQUE = frozenset({"ill", "sub", "all", "ter", "ela", "abl", "del"})


def _beside_verbs(groups: list[Group], tagged: Tagged) -> None:
    """A name that may bear a case of place does so right beside a verb: "Pozsonyig hatoltak", "bevonult Mekelébe"."""
    for group in groups:
        if group.case == "nom" and group.maybe is not None and group.maybe[1] in _OBLIQUE:
            beside = (
                tagged.tags[group.last : group.last + 1] + tagged.tags[max(group.first - 1, 0) : group.first]
            )
            if any(tag in "Vv" for tag in beside):
                group.name, group.case = group.maybe


def _appositions(
    groups: list[Group], tagged: Tagged, aliases: frozenset[str], indefinite: frozenset[str]
) -> None:
    """The description gives its class to the name and goes: "a síkság legnagyobb városát, Dejr Hamíszt"."""
    for left, right in pairwise(groups):
        between = tagged.tags[left.last : right.first]
        opening = tagged.bases[left.last] if left.last < right.first else ""
        if (
            between == [",", "d"]
            and left.maybe
            and right.kind == "definite"
            and {left.maybe[1], right.case} <= _TOWARDS
        ):
            left.name, left.case = left.maybe
            right.modifier = True  # "Mekelébe, a tartományi székhelyre"
            left.type = left.type or right.type
            continue
        closed = tagged.bases[right.last : right.last + 1] == [")"]
        if opening == "(" and closed and left.kind == "place" and right.kind in {"place", "definite"}:
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


def _modifiers(groups: list[Group], tagged: Tagged) -> bytearray:
    """Mark the phrases that only locate what follows: "Mahin városától északra fekvő Al-Hadath".

    A participle of lying takes everything back to its article, an adjective such as "melletti" the one
    phrase before it.  Returns a mask of the tokens of such descriptions.
    """
    hidden = bytearray(len(tagged.tags))
    ending = {group.last: group for group in groups}
    starting = {group.first: group for group in groups}
    for at, tag in enumerate(tagged.tags):
        if tag != "L" or at in starting:
            continue
        inside: list[Group] = []
        position = at
        short = tagged.bases[at].lower().endswith("i")
        while position > 0:
            group = ending.get(position)
            if group is not None:
                held = tagged.tags[group.last] if group.last < len(tagged.tags) else "."
                if group.kind == "actor" and held not in "HP":
                    break
                inside.append(group)
                position = group.first
                if short:
                    break
                continue
            previous = tagged.tags[position - 1]
            joined = ending.get(position - 1) if previous == "c" and inside else None
            if joined is not None and joined.kind == "place":
                position -= 1  # "a Bihács és Knin között fekvő Zsepa"
                continue
            if previous in "d,cVkt!a.LvwD" or (short and inside) or position - 1 in starting:
                break
            position -= 1
        following = next((group for group in groups if group.first > at and group.kind != "actor"), None)
        for group in inside:
            group.modifier = group.kind != "actor"
            if following is not None and group.kind == "place" and group.name:
                following.near.append(group)
        for token in range(position, at + 1):
            hidden[token] = 1
    return hidden


def _new(account: AccountTokens, tagged: Tagged, kind: str, low: int, high: int) -> Group:
    tokens = account.tokens
    start, end = tokens.start[tagged.first + low], tokens.end[tagged.first + high - 1]
    text = " ".join(tokens.text[tagged.first + low : tagged.first + high])
    return Group(kind, low, high, start, end, text)


def _named(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    low, high = match.span()
    first, last = match.span("name")
    lead = match.span("lead") if "lead" in match.re.groupindex else (-1, -1)
    tail = tagged.words[high - 1]
    if "Q" in tagged.tags[last:high] and (tail is None or not tail.poss):
        high = last  # "Mahin két hegyet": the quantifier opens another phrase
    if (
        high > last
        and tail is not None
        and not tail.poss
        and not tail.flags & {"type", "whole"}
        and "#" not in tagged.tags[last:high]
    ):
        high = last  # "Karvol kaput nyitott": no apposition
    group = _new(account, tagged, "place", low, high)
    tags = match["name"]
    if high == last and _is_one_of_a_kind(account, tagged, low):
        return None  # "a Russian T-90M": a thing, not a place
    counted = low > 0 and tagged.tags[low - 1] == "Q" and tagged.bases[low - 1].isdecimal()
    if tags.strip("J") == "" or (high == last and counted):
        return None  # "100 T-80 tanks"
    head = tagged.words[last - 1]
    group.name = " ".join(tagged.bases[first:last])
    if group.last == len(tagged.tags) and group.name.endswith("."):
        group.name, group.text, group.end = (
            group.name[:-1],
            group.text.rstrip("."),
            group.end - 1,
        )  # "Hill 614."
    group.generic = not ("N" in tags or "M" in tags)
    if head is not None:
        group.case, group.num = head.case, head.num
        if head.tag == "Y":
            group.type = head.info or None
            if tags[-1] == "y":
                group.name = " ".join(
                    [*tagged.bases[first : last - 1], _nominative(account.pack, head, tagged.bases[last - 1])]
                )
    else:
        reading = account.names.get(tagged.bases[last - 1])
        if reading is not None and reading.maybe is not None:  # "Umm Razakot": the name keeps its first word
            name, case = reading.maybe
            group.maybe = " ".join([*tagged.bases[first : last - 1], name]), case
    group.anchors = tuple(
        _adjective_base(account, tagged.bases[k])
        for k in range(first, last)
        if tagged.tags[k] == "I" and group.generic
    )
    if lead[0] >= 0:
        seats = account.pack.sets["seats"]
        if any((word := tagged.words[k]) is not None and word.lemma in seats for k in range(*lead)):
            group.kind, group.name, group.type = "definite", None, "city"
            return group  # "the capital of the province": not the province
        _lead(account, tagged, group, *lead)
    if first and tagged.bases[first - 1] in account.pack.sets["directional"]:
        group.extent = "partial"  # "captured northern Karvol"
    if high == last:
        return group
    if match.end("tail") > 0:
        _tail(account, tagged, group, match.start("tail"), match.end("tail"), composite=True)
        if match.end("rest") > 0:
            _tail(account, tagged, group, match.start("rest"), match.end("rest"))
    elif match.end("rest2") > 0:
        _tail(account, tagged, group, match.start("rest2"), match.end("rest2"), composite=True)
    return group


def _is_one_of_a_kind(account: AccountTokens, tagged: Tagged, low: int) -> bool:
    indefinite = account.pack.sets["indefinite"]
    at = low - 1
    while at >= 0 and tagged.tags[at] in "jJSC":
        at -= 1
    return bool(indefinite) and at >= 0 and tagged.bases[at].lower() in indefinite


def _lead(account: AccountTokens, tagged: Tagged, group: Group, low: int, high: int) -> None:
    """What stands before the name: "the town of", "most of", "the southern districts of the city of"."""
    for at in range(high - 1, low - 1, -1):
        word = tagged.words[at]
        if word is None or tagged.tags[at] not in "Yy":
            every = tagged.bases[at].lower() in account.pack.sets["every"]
            if tagged.tags[at] == "Q" and tagged.tags[at + 1] == "F" and not every:
                group.extent = "partial"  # "several of", "much of"
            continue
        if "share" in word.flags:
            group.extent = "partial"
        elif "vicinity" in word.flags and not word.flags & {"type"}:
            group.vicinity = True
        elif word.num == "pl" and "type" in word.flags and word.info not in _DISTRICTS:
            group.type, group.num = group.type or word.info, "pl"  # "the villages of A, B and C"
        elif word.num == "pl" or ("piece" in word.flags and "type" not in word.flags):
            group.extent = "partial"  # "the southern districts of"
            if word.info in _DISTRICTS and not any(tag in "jJQ" for tag in tagged.tags[low:at]):
                group.quarters = word.info
        elif word.info in _DISTRICTS - {"suburb"} and any(tag in "jJ" for tag in tagged.tags[low:at]):
            group.extent = "partial"  # "the eastern quarter of"
        elif "type" in word.flags:
            group.type = group.type or word.info


def _nominative(pack: Pack, word: Word, surface: str) -> str:
    form = pack.nominative.get((word.lemma, word.num, word.poss)) or (
        surface if word.case == "nom" else word.lemma
    )
    form = form[form.rfind(" ") + 1 :]  # the other words of a phrase stand in the text already
    return form.capitalize() if surface[:1].isupper() else form


def _adjective_base(account: AccountTokens, text: str) -> str:
    reading = account.names.get(text)
    if reading and reading.case == "adj":
        return reading.base
    stem = text[text.rfind("-") + 1 :].capitalize()
    lengthened = account.pack.names.pack.lengthened
    for base in (stem[:-1], stem[:-2] + lengthened.get(stem[-2:-1], "")):
        if base in account.bases:
            return base
    return stem


def _tail(
    account: AccountTokens, tagged: Tagged, group: Group, low: int, high: int, *, composite: bool = False
) -> None:
    """What a class noun after the name says: type, share, piece, surroundings."""
    word = tagged.words[high - 1]
    if word is None:
        return
    name = group.name or ""
    group.case, group.num, group.maybe = word.case, word.num, None
    owned = bool(word.poss)
    words = [*tagged.bases[low : high - 1], _nominative(account.pack, word, tagged.bases[high - 1])]
    if "vicinity" in word.flags and owned and "type" not in word.flags:
        group.vicinity = True
    elif "whole" in word.flags and (owned or "type" not in word.flags):
        return  # "Karvol területét", "the Karvol area"
    elif "share" in word.flags and owned:
        group.extent = "partial"
    elif "piece" in word.flags and (owned or high - low > 1):
        if word.info in _DISTRICTS and (word.num == "pl" or "#" not in tagged.tags[low:high]):
            group.extent = "partial"  # "keleti negyedei": a share; a numbered quarter is a place of its own
        else:
            group.part_of, group.name, group.type = name, " ".join([name, *words]), word.info
    elif word.info in _KEEPS and not owned:
        group.part_of, group.name, group.type = name, " ".join([name, *words]), word.info
    elif word.info in SITES:
        pair = _CAPITAL_PAIR.match(name) if composite and word.info in LINES else None
        if pair:
            group.anchors = (_base(account, pair[1]), _base(account, pair[2]))
        elif owned:
            group.anchors = (name,)
        group.name, group.type = " ".join([name, *words]), word.info
    else:
        group.type = word.info or group.type
        group.several = owned and word.num == "pl"


def _base(account: AccountTokens, name: str) -> str:
    reading = account.names.get(name)
    return reading.base if reading else name


def _composite(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    """A line or point named by its two ends: "Palmüra és Homsz közötti főútvonal"."""
    word = tagged.words[match.start("type")]
    if word is None:
        return None
    group = _new(account, tagged, "place", *match.span())
    ends = tuple(" ".join(tagged.bases[match.start(end) : match.end(end)]) for end in ("a", "b"))
    group.anchors, group.generic = ends, True
    group.name = f"{ends[0]}–{ends[1]} {word.lemma}"
    group.type, group.case, group.num = word.info, word.case, word.num
    return group


def _adjectival(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    word = tagged.words[match.end() - 1]
    if word is None:
        return None
    low, high = match.span()
    group = _new(account, tagged, "place", low, high)
    surface = account.tokens.text[tagged.first + low : tagged.first + high - 1]
    group.name = " ".join([*surface, _nominative(account.pack, word, tagged.bases[high - 1])])
    group.generic, group.anchors = True, (_adjective_base(account, tagged.bases[low]),)
    group.type, group.case, group.num = word.info, word.case, word.num
    group.vicinity = "vicinity" in word.flags and not word.flags & {"type", "whole"}
    return group


def _unnamed(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    word = tagged.words[match.end("type") - 1]
    if word is None or word.flags <= {"vicinity"} or word.flags == {"share"}:
        return None
    if _measures(account, tagged, match.end()):
        return None
    group = _new(account, tagged, "unnamed", *match.span())
    numbers = account.pack.words.numbers
    for position in range(match.start(), match.end() - 1):
        low = account.tokens.low[tagged.first + position]
        if low in numbers:
            group.count = numbers[low]
        elif low.rstrip(".").isdecimal():
            group.count = int(low.rstrip("."))
    group.type = word.info or None
    group.case, group.num = word.case, word.num
    first = match.start()
    numbered = first > 0 and tagged.bases[first].isdecimal() and tagged.tags[first - 1] == "A"
    if word.info in SITES and word.num == "sg" and numbered:
        while first and tagged.tags[first - 1] in "AJN" and tagged.bases[first - 1][:1].isupper():
            first -= 1  # "Artillery Regiment 121 base"
        if first < match.start():
            name = " ".join(tagged.bases[first : match.end()])
            return msgspec.structs.replace(group, kind="place", name=name, count=None)
    return group


def _measures(account: AccountTokens, tagged: Tagged, at: int) -> bool:
    """Whether a unit of length stands at token ``at``: "2 square kilometres" is no square."""
    return at < len(tagged.tags) and tagged.bases[at].lower() in account.pack.sets["distance_units"]


def _is_new(account: AccountTokens, tagged: Tagged, at: int) -> bool:
    """Whether capitalised words behind an indefinite article stand before token ``at``: "an Air Defence …"."""
    low = at
    while low > 0 and tagged.tags[low - 1] in "XJN":
        low -= 1
    return 0 < low < at and tagged.low[low - 1] in account.pack.sets["indefinite"]


def _definite(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    at = match.start("type")
    word = tagged.words[at]
    if _measures(account, tagged, match.end()):
        return None
    if (
        word is not None
        and match.start("type") > 0
        and tagged.bases[match.start()].lower() in account.pack.sets["indefinite"]
    ):
        return _unnamed(account, tagged, match)
    if _is_new(account, tagged, match.start()):
        group = _new(account, tagged, "unnamed", *match.span())  # "an Air Defence Base"
        if word is not None:
            group.type, group.case, group.num = word.info or None, word.case, word.num
        return group
    owned = match.end("rest") > 0
    if owned and word is not None and word.case != "nom":  # "a csomópontnak számító várost"
        word, owned = tagged.words[match.end("rest") - 1], False
    if word is None:
        return None
    group = _new(account, tagged, "definite", *match.span())
    group.type, group.case, group.num = word.info or None, word.case, word.num
    if "lead" in match.re.groupindex and match.start("lead") >= 0:
        _lead(account, tagged, group, *match.span("lead"))
    if owned and not word.flags & {"type"}:
        return None
    if not word.flags & {"type", "piece"}:
        group.kind = "unnamed"
        group.vicinity = "vicinity" in word.flags and not word.flags & {"vague", "whole"}
        if "share" in word.flags and not word.poss and "j" in tagged.tags[match.start() : at]:
            group.kind, group.type, group.extent = "definite", None, "partial"  # "captured the eastern part"
        elif "share" in word.flags or (word.flags <= {"whole"} and word.num == "sg"):
            return None
    elif word.num == "pl" and not word.poss:
        group.kind = "unnamed"  # "falvakat": several, and which ones is not said
    if owned:
        rest = tagged.words[match.end("rest") - 1]
        if rest is not None and rest.poss:
            group.case, group.num = rest.case, rest.num
            if "share" in rest.flags:
                group.extent = "partial"
            elif "vicinity" in rest.flags and "type" not in rest.flags:
                group.vicinity = True
            elif "piece" in rest.flags and rest.info in _DISTRICTS:
                group.extent = "partial"
            elif "piece" in rest.flags:
                group.piece = " ".join(
                    [
                        *tagged.bases[match.start("rest") : match.end("rest") - 1],
                        _nominative(account.pack, rest, ""),
                    ]
                )
    return group


def _actor(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    low, high = match.span()
    last = tagged.words[high - 1]
    if last is None and tagged.tags[high - 1] not in "Np":
        return None
    while (
        tagged.tags[low] in "NM"
        and high - low > 1
        and tagged.tags[high - 1] == "A"
        and not (last and last.poss)
    ):
        low += 1  # "elfoglalta Karvolt a hadsereg": a name is the troops' owner only if they are owned
    group = _new(account, tagged, "actor", low, high)
    if last is not None:
        group.case, group.num = last.case, last.num
    names = []
    for position in range(low, high):
        word, tag = tagged.words[position], tagged.tags[position]
        if tag in "Np":
            names.append(tagged.bases[position])
        elif word is None:
            continue
        elif tag == "O":
            group.org = group.org or word.info
            group.role = group.role or next(iter(word.flags), "any")
        elif tag in "SC":
            group.nation = group.nation or word.info
        elif tag == "T":
            group.nation = group.nation or word.info
            group.role = group.role or "leader"
        elif tag in "AR" and group.role in {"", "any", "regular", "leader"}:
            group.role = word.info if word.info != "any" or not group.role else group.role
            surface = account.tokens.text[tagged.first + position]
            if tag == "A" and position > low and surface[:1].isupper() and not group.nation:
                group.title = " ".join([*tagged.bases[low:position], word.lemma.capitalize()])
    if names:
        group.leader = " ".join(names)
    if high - low == 1 and tagged.tags[low] == "S" and not _people(tagged, low):
        return None
    return group


def _people(tagged: Tagged, position: int) -> bool:
    """Whether a nationality word stands for its people: declined, plural, or with no noun behind it."""
    word = tagged.words[position]
    if word is None or word.case != "nom" or word.num == "pl":
        return word is not None
    following = tagged.tags[position + 1] if position + 1 < len(tagged.tags) else "."
    return following in "V,.tPe!zH"


_MAKERS = {
    "composite": _composite,
    "actor": _actor,
    "named": _named,
    "adjectival": _adjectival,
    "unnamed": _unnamed,
    "definite": _definite,
}


def _share_heads(groups: list[Group], tagged: Tagged, hidden: bytearray, *, coordinated: bool) -> None:
    """Give the members of a list the case, and a plural class noun's type, of its last member.

    Where ``coordinated``, actors are only listed with a coordinator before the last.
    """
    run: list[Group] = []
    free = not coordinated
    joined = free
    for group in groups:
        if group.modifier:
            continue
        if run and not _adjacent(run[-1], group, tagged, hidden, alone=len(run) < 2):
            _share(run, joined=joined)
            run, joined = [], free
        elif run:
            joined = free or "c" in tagged.tags[run[-1].last : group.first]
        run.append(group)
    _share(run, joined=joined)


def _adjacent(left: Group, right: Group, tagged: Tagged, hidden: bytearray, *, alone: bool) -> bool:
    if (left.kind == "actor") != (right.kind == "actor") or (
        right.kind == "definite" and right.case != left.case
    ):
        return False
    between = [
        tagged.tags[at]
        for at in range(left.last, right.first)
        if not hidden[at] and tagged.tags[at] not in "dJjD-"
    ]
    phrase = "-" in tagged.tags[left.last : right.first]  # ", as well as Y"
    if phrase and "," not in between:
        return False  # "silos north of X as well as Y": Y goes with the silos
    if alone and set(between) == {",", "c"} and not phrase:
        return False  # two members are joined without a comma: "…, and Y was taken" is another clause
    return bool(between) and len(between) <= 2 and set(between) <= {"c", ","}


def _share(run: list[Group], *, joined: bool = True) -> None:
    if len(run) == 1 and run[0].several and run[0].kind == "place":
        run[0].kind = "unnamed"
    if len(run) < 2 or (run[0].kind == "actor" and not joined):
        return  # "X, head of Y's council, the army": no list
    if run[0].quarters:
        run[0].extent, run[0].type, run[0].num = "full", run[0].quarters, "pl"
    if run[0].num == "pl" and run[0].kind == "place":
        for group in run[1:]:
            group.type = group.type or run[0].type
    last = run[-1]
    if last.case == "nom" and last.maybe and any(group.case == last.maybe[1] for group in run[:-1]):
        last.name, last.case = last.maybe[0], last.maybe[1]
    for group in run[:-1]:
        group.head = run[-1]
    for group in reversed(run[:-1]):
        if group.case != "nom":
            last = group if group.case != last.case else last
            continue
        if last.case != "nom":
            if group.kind == "place" and group.maybe and last.case == group.maybe[1] and last.type is None:
                group.name = group.maybe[0]
            elif group.kind == "place" and group.maybe and last.case != "nom" and group.maybe[1] == "acc":
                continue  # "Losoncot, és a várostól északra": no shared head
            group.case = last.case
        if last.num == "pl" and group.type is None and last.kind == "place" and not last.part_of:
            group.type = last.type
        if last.vicinity and last.kind == "place":
            group.vicinity = True
