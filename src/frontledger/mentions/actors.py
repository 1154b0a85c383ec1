"""Phrases for those who act: peoples, troops, units, commanders, with whose they are.

What belongs here: one such phrase from its tags.  What does not: phrases for places (``groups``), what owners and lists
make of them (``troops``, ``joining``), which side they are.
"""

from __future__ import annotations

import re

from frontledger.mentions.group import Group
from frontledger.mentions.pronouns import new_group
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["actor"]


def actor(account: AccountTokens, tagged: Tagged, match: re.Match[str]) -> Group | None:
    """The people or troops that a match of the pack's phrase for them names; None where it names nobody."""
    low, high = match.span()
    last = tagged.words[high - 1]
    if last is None and tagged.tags[high - 1] not in "Np":
        return None
    while (
        tagged.tags[low] in "NM"
        and high - low > 1
        and tagged.tags[high - 1] == "A"
        and not (last and last.poss.startswith("p3"))
    ):
        low += 1  # "elfoglalta Karvolt a hadsereg": a name is the troops' owner only if they are owned
    office = tagged.tags.index("T", low, high) if "T" in tagged.tags[low : high - 1] else -1
    if office > low and tagged.tags[low] in "Sp" and last is not None and last.tag == "A" and not last.poss:
        high, last = office + 1, tagged.words[office]  # "Caprara tábornok csapatokat küldött"
    group = new_group(account, tagged, "actor", low, high)
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
            if word.info == "government":  # "kormánypárti csapatok"
                group.ruling, group.role = True, "state"
                continue
            closer = tag == "S" and position > low and tagged.tags[position - 1] == "S"
            backed = closer and "-" in tagged.bases[position - 1]  # "the Turkish-backed Karvol army"
            if not group.nation or backed or (closer and account.pack.names.pack.roles == "case"):
                group.nation = word.info  # "szíriai kurd harcosok": the people, not its land
        elif tag == "T":
            group.nation = group.nation or word.info
            group.role = group.role or "leader"
        elif tag in "AR" and group.role in {"", "any", "regular", "leader"}:
            info = "state" if word.info == "government" else word.info
            group.ruling = group.ruling or word.info == "government"
            group.role = info if info != "any" or not group.role else group.role
            surface = account.tokens.text[tagged.first + position]
            if tag == "A" and position > low and surface[:1].isupper() and not group.nation:
                group.title = " ".join([*tagged.bases[low:position], word.lemma.capitalize()])
    if names:
        group.leader = " ".join(names)
    if last is not None and tagged.tags[high - 1] == "A" and account.pack.names.pack.compounds:
        _unit(account, tagged, group)
    if low and tagged.low[low - 1] in account.pack.sets["first_person"]:
        group.role = "teller"  # "our troops": whoever tells, whom the account need not name
    if high - low == 1 and tagged.tags[low] == "S" and not _people(tagged, low):
        return None
    return group


def _unit(account: AccountTokens, tagged: Tagged, group: Group) -> None:
    """Whose troops a compound says: "ENSZ-csapatok"; a unit with a name of its own ("a Cramer-hadtest") is not whoever
    acted last.
    """
    if group.org or group.nation or group.leader or group.role not in {"any", "regular"}:
        return
    stem, joined, _ = account.tokens.text[tagged.first + group.last - 1].rpartition("-")
    if not joined and group.last - group.first == 1:
        group.nation = _nation_inside(account, tagged.low[group.first])
    if joined and stem:
        known = [*account.pack.lexicon.get(stem, ()), *account.pack.lexicon.get(stem.lower(), ())]
        word = next((word for word in known if word.tag in "OSC"), None)
        if word is not None and word.tag == "O":
            group.org = word.info
        elif word is not None:
            group.nation = word.info
        elif stem[:1].isupper():
            group.role = "unit"


def _nation_inside(account: AccountTokens, low: str) -> str:
    """Whose troops a word compounded of a nation and a noun of troops are: "honvédsereg", "törökhad"."""
    lexicon = account.pack.lexicon
    for cut in range(3, len(low) - 2):
        people = next(
            (word for word in lexicon.get(low[:cut], ()) if word.tag == "S" and word.num == "sg"), None
        )
        if people is not None and any(word.tag == "A" for word in lexicon.get(low[cut:], ())):
            return people.info
    return ""


def _people(tagged: Tagged, position: int) -> bool:
    """Whether a nationality word stands for its people: declined, plural, or with no noun behind it."""
    word = tagged.words[position]
    if word is None or word.case != "nom" or word.num == "pl":
        return word is not None
    following = tagged.tags[position + 1] if position + 1 < len(tagged.tags) else "."
    if following in "V,.tPe!zH":
        return True
    if following == "c" and tagged.tags[position + 2 : position + 3] == ["S"]:
        return _ends_list(tagged, position + 2)  # "Japanese and British took Karvol"
    return _is_adverb(tagged, position + 1) and bool(position) and tagged.tags[position - 1] == "d"


def _ends_list(tagged: Tagged, at: int) -> bool:
    """Whether a people closes a list of them, and acts."""
    return tagged.tags[at + 1 : at + 2] in (["V"], ["."], ["e"], ["!"])


def _is_adverb(tagged: Tagged, at: int) -> bool:
    """Whether a small word that the pack knows, and a verb behind it, follow: "the Dutch also gave up …"."""
    return (
        tagged.tags[at : at + 1] == ["x"]
        and tagged.words[at] is not None
        and tagged.tags[at + 1 : at + 2] == ["V"]
    )
