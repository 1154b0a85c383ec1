"""What phrases make of one another: owners, appositions, shared heads, towns and their sites, capitals for governments.

What belongs here: relations between phrases that were found.  What does not: finding them (``groups``).
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from frontledger.mentions.group import Group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = [
    "BEARERS",
    "SITES",
    "apposed",
    "appositions",
    "beside_verbs",
    "capitals",
    "compounds",
    "described",
    "first_heads",
    "inherit_owner",
    "located_sites",
    "loyal",
    "masters",
    "named_behind",
    "numbered_units",
    "offices",
    "own_names",
    "owned_troops",
    "owns",
    "share_heads",
    "styled",
    "towns_of",
]

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


_BESIDE = 6
"""Tokens from things that are counted to their names: "two convents on the glacis, Alsa and …"."""


def capitals(account: AccountTokens, groups: list[Group], tagged: Tagged) -> list[Group]:
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


def compounds(groups: list[Group], tagged: Tagged) -> list[Group]:
    """Class nouns in a row are one thing, which the last names: "a railway junction", "the city council hospital"."""
    joined: list[Group] = []
    for group in groups:
        bare = group.kind == "definite" or (group.kind == "unnamed" and tagged.tags[group.first] in "Yy")
        before = joined[-1] if joined and bare else None
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


def towns_of(groups: list[Group], tagged: Tagged) -> list[Group]:
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


def own_names(account: AccountTokens, groups: list[Group], tagged: Tagged) -> list[Group]:
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


_TOWNS = frozenset({"city", "town", "village", "settlement"})


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
        if right.kind != "place" or right.type or not right.name or right.generic or right.extent != "full":
            continue
        if tagged.tags[left.last : right.first] == ["F"] and tagged.tags[right.last : right.last + 1] == [
            "V"
        ]:
            left.leader, right.modifier = right.name, True


_WHOSEVER = frozenset({"any", "regular"})
"""Roles of troops that are anybody's."""


def located_sites(groups: list[Group], tagged: Tagged) -> None:
    """A site that says where it stands needs none named before: "the police station in Karvol" is Karvol's."""
    for left, right in pairwise(groups):
        if (
            left.kind != "definite"
            or left.type not in BEARERS - {"airbase"}
            or left.num != "sg"
            or left.extent != "full"
        ):
            continue
        if right.kind != "place" or not right.name or right.type not in {None, *_TOWNS} or right.vicinity:
            continue
        word, noun = tagged.words[right.first - 1], tagged.words[left.last - 1]
        if (
            right.first - left.last == 1
            and word is not None
            and word.info in {"in", "at"}
            and noun is not None
        ):
            left.kind, left.name, left.anchors = "place", f"{right.name} {noun.lemma}", (right.name,)


BEARERS = frozenset(
    ["airport", "airbase", "station", "hospital", "school", "university", "prison", "mosque", "church", "factory", "plant",
     "refinery", "depot", "barracks", "oilfield", "gasfield", "bridge", "dam"]
)  # fmt: skip
"""What stands in a town and is not it, where "of" or "in" names the town: "the airport of Karvol"."""


def offices(groups: list[Group], tagged: Tagged) -> list[Group]:
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
            and right.type in _LANDS
            and left.kind == "place"
            and left.type not in _LANDS
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


_LANDS = frozenset({"province", "region", "district"})
"""Classes of what a settlement lies in: a name of it behind a comma only says where."""


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


def first_heads(groups: list[Group]) -> None:
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


def owned_troops(groups: list[Group], tagged: Tagged) -> None:
    """Troops behind a possessive are their owner's: "the government's Fifth Corps"."""
    actors = [group for group in groups if group.kind == "actor"]
    for left, right in pairwise(actors):
        if tagged.tags[left.last : right.first] == ["'"] and not (right.org or right.nation or right.leader):
            right.org, right.nation, right.leader = left.org, left.nation, left.leader
            if not (left.org or left.nation):
                right.role = left.role or right.role
            right.owned = True


def inherit_owner(groups: list[Group], tagged: Tagged) -> None:
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


def owns(tagged: Tagged, group: Group, possessed: re.Pattern[str]) -> bool:
    """Whether the next word is owned by the phrase: "az ISIL védelmét" is no subject."""
    at = group.last
    while at < len(tagged.tags) and tagged.tags[at] in "jJ#":
        at += 1
    if at >= len(tagged.tags):
        return False
    word = tagged.words[at]
    if word is not None:
        if (
            tagged.tags[at] == "H"
            and word.case == "nom"
            and at == group.last
            and tagged.tags[at + 1 : at + 2] != ["P"]
        ):
            # "a német offenzíva kifulladt", but "német uralom alá"
            return group.last - group.first == 1 and tagged.tags[group.first] == "S" and group.num == "sg"
        if tagged.tags[at] == "V" and word.form == "vn" and group.last - group.first == 1:
            return tagged.tags[group.first] == "S" and group.num == "sg"  # "Knin horvát visszafoglalása"
        return word.poss == "p3sg" and tagged.tags[at] in "nHYsuARo"  # "a felkelők uralmuk alá": their own
    return tagged.tags[at] in "xvj" and at == group.last and possessed.search(tagged.bases[at]) is not None


_TOWARDS = frozenset({"ill", "sub", "all", "ter"})


_OBLIQUE = frozenset({"ill", "sub", "all", "ter", "ela", "abl", "del"})


def beside_verbs(groups: list[Group], tagged: Tagged) -> None:
    """A name that may bear a case of place does so right beside a verb: "Pozsonyig hatoltak", "bevonult Mekelébe"."""
    for group in groups:
        if group.case == "nom" and group.maybe is not None and group.maybe[1] in _OBLIQUE:
            beside = (
                tagged.tags[group.last : group.last + 1] + tagged.tags[max(group.first - 1, 0) : group.first]
            )
            if any(tag in "Vv" for tag in beside):
                group.name, group.case = group.maybe


def appositions(
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


def share_heads(groups: list[Group], tagged: Tagged, hidden: bytearray, *, coordinated: bool) -> None:
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
                group.head = None
                continue  # "Losoncot, és a várostól északra": no shared head
            group.case = last.case
        if last.num == "pl" and group.type is None and last.kind == "place" and not last.part_of:
            group.type = last.type
        if last.vicinity and last.kind == "place":
            group.vicinity = True
