"""Gather tagged tokens into the phrases that fill roles: places and actors.

"Tal Hazim Al-Thalatha csúcsát" is one place with a type and a case; "a szír kormány csapatai" one actor.
Lists share their head: in "A, B és C csúcsait" the last member's class and case are everybody's.  Which tags
make a phrase is the pack's regular expressions; what the pieces mean is here.

What does not belong here: the phrase itself (``group``), what phrases make of one another (``joining``), which event
a phrase takes part in.
"""

from __future__ import annotations

import re

import msgspec

from frontledger.languages.pack import Pack, Word
from frontledger.mentions.actors import actor
from frontledger.mentions.appositions import apposed, appositions, described, named_behind
from frontledger.mentions.described import (
    counted_among,
    counted_together,
    describing_names,
    is_of_place,
    owners_of_counts,
    quoted,
    things_between,
)
from frontledger.mentions.group import Group
from frontledger.mentions.joining import (
    BEARERS,
    SITES,
    beside_verbs,
    compounds,
    first_heads,
    governed,
    homes,
    located_sites,
    offices,
    share_heads,
    towns_of,
)
from frontledger.mentions.numbered import numbered
from frontledger.mentions.pronouns import new_group, stand_ins
from frontledger.mentions.shapes import shapes
from frontledger.mentions.tagging import AccountTokens, Tagged
from frontledger.mentions.troops import (
    capitals,
    inherit_owner,
    loyal,
    masters,
    numbered_units,
    own_names,
    owned_troops,
    owns,
    styled,
)

__all__ = ["gather"]

# Types that name a thing of their own beside a place's name ("Karvol légibázis"); all others are appositions.
_DISTRICTS = frozenset({"district", "suburb", "bank", "slope", "gate", "wall"})
_STRONGHOLDS = frozenset({"castle", "citadel", "fortress"})
_SEVERAL = frozenset({"village", "town", "city", "settlement", "suburb"})
LINES = frozenset(["road", "railway", "canal", "checkpoint", "crossroads", "border-crossing", "crossing"])
_CAPITAL_PAIR = re.compile(r"^([^\W\d_]{4,}(?:-[^\W\d_]+)?)[-–]([^\W\d_]{4,})$")


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
    stand_ins(account, tagged, free, groups)
    groups.sort(key=lambda group: group.first)
    groups = numbered(account, tagged, groups)
    groups = capitals(account, groups, tagged)
    appositions(groups, tagged, pack)
    named_behind(groups, tagged)
    counted_together(groups, tagged)
    groups = quoted(groups, tagged)
    if pack.names.pack.roles == "position":
        if len(groups) > 1:
            groups = compounds(offices(groups, tagged), tagged)
            groups = own_names(account, towns_of(groups, tagged), tagged)
            loyal(groups, tagged)
            located_sites(groups, tagged)
            masters(groups, tagged)
            styled(groups, tagged)
            apposed(groups, tagged)
            described(groups, tagged, pack.sets["indefinite"])
        endings = pack.names.pack.adverb_endings + pack.names.pack.finite_endings
        describing_names(groups, tagged, endings, pack.sets["behind_objects"])
        numbered_units(groups, tagged)
        owned_troops(groups, tagged)
        share_heads(groups, tagged, bytearray(len(tagged.tags)), coordinated=True)
        first_heads(groups)
        return groups
    counted_among(account, groups, tagged)
    owners_of_counts(groups, tagged)
    things_between(groups, tagged)
    beside_verbs(groups, tagged, pack.sets["crossing_verbs"])
    hidden = _modifiers(groups, tagged)
    share_heads(groups, tagged, hidden, coordinated=False)
    inherit_owner(groups, tagged)
    possessed = pack.patterns["possessed"]
    for group in groups:
        if (
            group.kind in {"actor", "place"}
            and group.case == "nom"
            and owns(tagged, group, possessed, pack.names.pack.possessed_bare)
        ):
            group.case = "owner"
    homes(groups, tagged)
    governed(groups, tagged)
    return groups


_KEEPS = frozenset({"castle", "citadel"})
"""What stands in a town and bears its name: "Karvol castle" is not Karvol."""


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
        and not ("piece" in tail.flags and low and tagged.tags[low - 1] == "d")  # "a Karvol kaput bevették"
    ):
        high = last  # "Karvol kaput nyitott": no apposition
    if high > last and match["name"][-1:] == "M" and (tail is None or not tail.poss):
        high = last  # "Karvolnál hidat foglaltak": an inflected name is a phrase by itself
    group = new_group(account, tagged, "place", low, high)
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
        of_land = "S" not in tagged.tags[slice(*lead)]  # "the Polish capital of Warsaw" is Warsaw
        if of_land and any(
            (word := tagged.words[k]) is not None and word.lemma in seats for k in range(*lead)
        ):
            group.anchors = (group.name,) if group.name else ()
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
        if tagged.tags[at + 1] in "Yy":
            continue  # "the port town of"
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
            if word.info in BEARERS and group.name and not group.anchors:  # "the airport of Karvol"
                group.anchors, group.name = (group.name,), f"{group.name} {word.lemma}"
            elif word.info == "citadel" and group.name and not group.part_of:  # "the citadel of Karvol"
                group.part_of, group.name = group.name, f"{group.name} {word.lemma}"


def _nominative(pack: Pack, word: Word, surface: str) -> str:
    form = pack.nominative.get((word.lemma, word.num, word.poss)) or (
        surface if word.case == "nom" else word.lemma
    )
    form = form[form.rfind(" ") + 1 :]  # the other words of a phrase stand in the text already
    if pack.names.pack.compounds and " " not in word.lemma:
        cut = surface.lower().find(word.lemma[:-1])
        form = surface[:cut].lower() + form if cut > 0 else form  # "főhadiszállás" is no "szállás"
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
    if owned and word.lemma in account.pack.sets["seats"]:
        group.kind, group.name, group.type, group.anchors = "definite", None, word.info or None, (name,)
        return  # "Erdély fővárosa": not Erdély
    if owned and "piece" in word.flags and _is_called(account, tagged, low) and " " in name:
        group.part_of, _, group.name = name.partition(" ")  # "Karvol Derin nevű elővárosa"
        group.type = word.info
        return
    inner = [tagged.bases[at] for at in range(low, high - 1) if tagged.tags[at] != "'"]
    words = [*inner, _nominative(account.pack, word, tagged.bases[high - 1])]
    if "vicinity" in word.flags and owned and "type" not in word.flags:
        group.vicinity = True
    elif "whole" in word.flags and (owned or "type" not in word.flags):
        if owned and word.num == "pl" and high - low > 1:
            group.extent = "partial"  # "Karvol egyes területeit"
        return  # "Karvol területét", "the Karvol area"
    elif "share" in word.flags and owned:
        group.extent = "partial"
    elif "piece" in word.flags and (owned or high - low > 1):
        several = word.num == "pl" or "c" in tagged.tags[low:high]  # "északi és nyugati kerülete"
        if word.info in _DISTRICTS and (several or "#" not in tagged.tags[low:high]):
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


def _is_called(account: AccountTokens, tagged: Tagged, at: int) -> bool:
    """Whether the word at token ``at`` says that a name stands before it: "nevű"."""
    return tagged.low[at] in account.pack.sets["naming"]


def _base(account: AccountTokens, name: str) -> str:
    reading = account.names.get(name)
    return reading.base if reading else name


def _composite(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    """A line or point named by its two ends: "Palmüra és Homsz közötti főútvonal"."""
    word = tagged.words[match.start("type")]
    if word is None:
        return None
    group = new_group(account, tagged, "place", *match.span())
    ends = tuple(" ".join(tagged.bases[match.start(end) : match.end(end)]) for end in ("a", "b"))
    group.anchors, group.generic = ends, True
    group.name = f"{ends[0]}–{ends[1]} {word.lemma}"
    group.type, group.case, group.num = word.info, word.case, word.num
    if (
        word.info in _SEVERAL and word.num == "pl"
    ):  # "the villages between Karvol and Derin": which ones is not said
        group.kind, group.name, group.generic = "unnamed", None, False
        group.near = [
            msgspec.structs.replace(group, kind="place", name=end, type=None, num="sg", anchors=(), near=[])
            for end in ends
        ]
    return group


def _adjectival(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    word = tagged.words[match.end() - 1]
    if word is None:
        return None
    low, high = match.span()
    if low and tagged.tags[low - 1] == "Q":
        return None  # "két dárfúri település"
    group = new_group(account, tagged, "place", low, high)
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
    group = new_group(account, tagged, "unnamed", *match.span())
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
        group = new_group(account, tagged, "unnamed", *match.span())  # "an Air Defence Base"
        if word is not None:
            group.type, group.case, group.num = word.info or None, word.case, word.num
        return group
    owned = match.end("rest") > 0
    if owned and word is not None and word.case != "nom":  # "a csomópontnak számító várost"
        word, owned = tagged.words[match.end("rest") - 1], False
    if word is None:
        return None
    group = new_group(account, tagged, "definite", *match.span())
    group.type, group.case, group.num = word.info or None, word.case, word.num
    if word.lemma in account.pack.sets["cores"]:
        group.core = True
    if "lead" in match.re.groupindex and match.start("lead") >= 0:
        _lead(account, tagged, group, *match.span("lead"))
    if owned and not word.flags & {"type"}:
        return None
    if "type" in word.flags and word.num == "sg" and is_of_place(account.pack, tagged, at - 1):
        return _of_elsewhere(account, tagged, match, group)
    if not word.flags & {"type", "piece"}:
        group.kind = "unnamed"
        group.vicinity = "vicinity" in word.flags and not word.flags & {"vague", "whole"}
        if "share" in word.flags and _is_of_no_place(tagged, match.end()):
            return None  # "retained a part of its strength"
        if "share" in word.flags and not word.poss and "j" in tagged.tags[match.start() : at]:
            group.kind, group.type, group.extent = "definite", None, "partial"  # "captured the eastern part"
        elif "share" in word.flags or (word.flags <= {"whole"} and word.num == "sg"):
            return None
    elif word.num == "pl" and not word.poss:
        group.kind = "unnamed"  # "falvakat": several, and which ones is not said
    if owned:
        rest = tagged.words[match.end("rest") - 1]
        if rest is not None and account.pack.names.pack.roles == "position":
            _owned_thing(tagged, group, match, rest)
        elif rest is not None and rest.poss:
            group.case, group.num = rest.case, rest.num
            if "share" in rest.flags:
                group.extent = "partial"
            elif "vicinity" in rest.flags and "type" not in rest.flags:
                group.vicinity = True
            elif "piece" in rest.flags and rest.info in _DISTRICTS:
                group.extent = "partial"
            elif rest.lemma in account.pack.sets["seats"]:
                group.type = rest.info or None  # "a tartomány székhelye"
            elif "piece" in rest.flags or rest.info in SITES or rest.info in _STRONGHOLDS:
                group.piece = " ".join(
                    [
                        *tagged.bases[match.start("rest") : match.end("rest") - 1],
                        _nominative(account.pack, rest, ""),
                    ]
                )
                group.piece_type = rest.info or None
    return group


def _is_of_no_place(tagged: Tagged, at: int) -> bool:
    """Whether "of" and a noun that the pack does not know stand at token ``at``."""
    if tagged.tags[at : at + 1] != ["F"]:
        return False
    while at + 1 < len(tagged.tags) and tagged.tags[at + 1] in "dDjJ":
        at += 1
    return tagged.tags[at + 1 : at + 3] in (["x"], ["x", "."], ["x", ","], ["x", "c"], ["x", "P"])


def _of_elsewhere(account: AccountTokens, tagged: Tagged, match: re.Match[str], group: Group) -> Group:
    """A class noun that an adjective tells apart is none named before: "az egri vár"."""
    at = match.start("type")
    low, high = at - 1, match.end("rest") if match.end("rest") > 0 else at + 1
    group = new_group(account, tagged, "place", match.start(), at + 1)
    word = tagged.words[at]
    if word is None:
        return group
    called = _nominative(account.pack, word, tagged.bases[at])
    group.name, group.generic = f"{tagged.bases[low]} {called}", True
    group.type, group.case, group.num = word.info or None, word.case, word.num
    if high > at + 1:  # "az egri vár kapuja"
        whole = new_group(account, tagged, "place", match.start(), high)
        whole.name, whole.generic, whole.type = group.name, True, group.type
        _tail(account, tagged, whole, at + 1, high)
        return whole
    return group


def _owned_thing(tagged: Tagged, group: Group, match: re.Match[str], thing: Word) -> None:
    """What stands behind the possessive of a class noun is meant: "the city's airport", "the town's outskirts"."""
    low, high = match.span("rest")
    if thing.info in SITES and "type" in thing.flags:
        group.piece, group.piece_type = " ".join(tagged.low[low + 1 : high]), thing.info
    elif "vicinity" in thing.flags and "type" not in thing.flags:
        group.vicinity = True
    elif "share" in thing.flags or "piece" in thing.flags or thing.info in _DISTRICTS:
        group.extent = "partial"


_MAKERS = {
    "composite": _composite,
    "actor": actor,
    "named": _named,
    "adjectival": _adjectival,
    "unnamed": _unnamed,
    "definite": _definite,
}
