"""Resolve mentions of actors to sides.

Organisations and nationalities say their side; "a hadsereg" and "the militants" mean the side that they fit
in this account; a pronoun or a dropped subject means whoever acted last.  In a two-sided account the opponent
is inferred, and marked so.

What belongs here: who fights for whom.  What does not: who did what (``roles``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from frontledger.events.parties import Party
from frontledger.events.sidetable import at_war_with_itself, is_civil, roots, side_table, side_title, slug
from frontledger.languages.pack import Pack
from frontledger.mentions.forms import Body
from frontledger.mentions.group import Group
from frontledger.model import ActorRef

__all__ = ["Cast", "main_two"]


def main_two(counted: list[tuple[str, int]]) -> list[str]:
    """The first two of ``counted`` (commonest first) where no third comes near the second; else nothing."""
    if len(counted) < 2 or (len(counted) > 2 and counted[2][1] * 3 > counted[1][1]):
        return []
    return [counted[0][0], counted[1][0]]


_ROMAN = re.compile(r"[IVXLC]+ ")
_NUMBERED = re.compile(r"\d+\S* .+|[IVXLC]+ .+")
_FEW = 3
"""Mentions from which on a side is one that the account is about."""
_RARE = 6
"""How often "the rebels" are named for each mention of an organisation that is not them."""
_LEADS = 3
"""How often the leader of an alliance is named for each mention of its allies."""
_ALONE = 4
"""How often the chief of an alliance is named for each mention of another of it, to be whom all its enemies fight."""
_BESIDE = 2
"""Words between a side and its allies: "X and their allies"."""


class Cast:
    """The sides of one account, learnt from all its actor phrases in text order."""

    def __init__(
        self,
        pack: Pack,
        actors: list[Group],
        *,
        year: int | None,
        home: list[str],
        commanders: dict[str, str] | None = None,
        bodies: dict[str, Body] | None = None,
    ) -> None:
        self.pack = pack
        self.bodies = bodies or {}
        """Organisations that only the account knows, by their full names."""
        self.year = year
        self.renamed = {
            era.root: era.as_
            for era in side_table().eras
            if year is not None and era.first <= year <= era.last
        }
        self.home = next((root for root in home if at_war_with_itself(root, year)), "")
        self.alias: dict[str, ActorRef] = {}
        for group in actors:  # "a magyar Vörös Hadsereg": here the organisation is that nation's
            known = self.pack.organisations.get(group.org) if group.org and group.nation else None
            if known is not None and known.kind == "state":
                said = self._explicit(replace(group, org="", role="state"))
                if said:
                    self.alias.setdefault(group.org, said[0])
        self.kind: dict[str, ActorRef | None] = {}
        self.commanders = {name: self._of_root(side) for name, side in (commanders or {}).items()}
        explicit = [side for side in map(self._explicit, actors) if side]
        self.counts = Counter(side.id for side, _kind in explicit)
        self.bare = Counter(group.role for group in actors if not (group.org or group.nation or group.leader))
        """How often the account says "rebels" and the like without saying whose."""
        self.kinds = {side.id: kind for side, kind in explicit}
        self.names = {side.id: side for side, _kind in explicit}
        self.opposed: list[str] = []
        """The two sides of the infobox, where it has two."""
        self.weights: Counter[str] = Counter()
        """How often each side takes, loses or holds a place in the account."""
        self.friends: Counter[frozenset[str]] = Counter()
        """How often two sides were told to act together."""
        self.fought: Counter[frozenset[str]] = Counter()
        """How often two sides were told to act against each other."""
        self.alliance = next(
            (
                alliance
                for alliance in side_table().alliances
                if year is not None and alliance.first <= year <= alliance.last
                and all(any(side in camp for side in self.counts) for camp in alliance.camps)
            ),
            None,
        )  # fmt: skip
        self._name_allies()
        self.state = self._government(self.home) or self._main("state")
        self.kind = {kind: self._main(kind) for kind in ("rebel", "jihadist", "militia")}
        self.friend = self._with_allies(actors)
        self.units = {
            group.title: side
            for group in actors
            if group.owned and group.title and (side := self._owner(group))
        }
        for group in actors:  # "the British 7th Armoured Division", later "the 7th Armoured Division"
            numbered = _NUMBERED.search(group.text) if group.nation and not group.title else None
            if numbered and (side := self._owner(group)):
                self.units.setdefault(numbered.group(), side)
        self.leaders: dict[str, ActorRef] = {}
        self.banner: dict[str, str] = {}
        self.crowds: set[str] = set()
        """Sides that are no commander's: "insurgents", of whom the account says no more."""
        for group in actors:
            said = self._explicit(group)
            if group.leader and said:
                self._learn(group.leader, said[0])

    def _name_allies(self) -> None:
        """Give "the allies" of a war of alliances to the one who leads them in this account."""
        if self.alliance is None or "allies" not in self.counts:
            return
        camp = next((camp for camp in self.alliance.camps if "allies" in camp), ())
        lead = max(
            (side for side in camp if side != "allies"), key=lambda side: self.counts[side], default=""
        )
        if lead in roots() and self.counts[lead] >= _LEADS * self.counts["allies"]:
            self.renamed["allies"] = lead

    def _owner(self, group: Group) -> ActorRef | None:
        """Whose unit it is that stands behind a possessive."""
        found = self._explicit(group)
        return found[0] if found else self.state if group.role == "state" else None

    def _with_allies(self, actors: list[Group]) -> ActorRef | None:
        """Whose allies "the allies" are: the side that the account names right before them ("X and its allies")."""
        found: Counter[str] = Counter()
        for left, right in pairwise(actors):
            if right.role == "ally" and 0 < right.first - left.last <= _BESIDE and left.start < right.start:
                side = self._explicit(left)
                if side:
                    found[side[0].id] += 1
        return self.names[found.most_common(1)[0][0]] if found else None

    def _learn(self, name: str, side: ActorRef) -> None:
        for part in name.split():
            if len(part) > 2:
                self.leaders.setdefault(part, side)

    def _knows(self, name: str) -> bool:
        return self._commander(name) is not None or any(part in self.leaders for part in name.split())

    def oppose(self, columns: Sequence[Party]) -> None:
        """Take in who fights whom by the infobox: its two sides, and whose its commanders are."""
        chiefs: list[ActorRef] = []
        for column in columns:
            known = [side[0] for side in map(self._explicit, column.sides) if side]
            if not known:
                return
            chief = max(known, key=lambda side: self.counts[side.id])
            chiefs.append(chief)
            self.names.setdefault(chief.id, chief)
            for name in column.commanders:
                self._learn(name, chief)
        if len({side.id for side in chiefs}) == len(chiefs):
            self.opposed = [side.id for side in chiefs]

    def introduce(self, name: str, side: Group) -> None:
        """From now on a person stands for the side that introduces them."""
        found = self._explicit(side)
        if found is not None:
            self._learn(name, found[0])

    def befriend(self, one: ActorRef | None, other: ActorRef | None) -> None:
        """Take in that two sides act together."""
        if one is not None and other is not None and one.id != other.id:
            self.friends[frozenset((one.id, other.id))] += 1

    def estrange(self, one: ActorRef, other: ActorRef) -> None:
        """Take in that two sides fight each other, whatever they are told to have done together."""
        self.friends.pop(frozenset((one.id, other.id)), None)

    def are_told(self, sides: Sequence[str]) -> bool:
        """Whether the account speaks of each of the sides more than once, as somebody who gains or loses or in other words,
        or tells more than once that they fight each other.
        """
        return self.fought[frozenset(sides)] > 1 or all(
            self.counts[side] > 1 or self.weights[side] > 1 for side in sides
        )

    def is_surely_fought(self, one: str, other: str) -> bool:
        """Whether two sides were told to act against each other, or the other stands alone in its camp of the war."""
        if self.fought[frozenset((one, other))]:
            return True
        camps = self.alliance.camps if self.alliance is not None else ()
        return any(
            other in camp and not any(self.counts[side] for side in camp if side != other) for camp in camps
        )

    def camp(self, side: str) -> set[str]:
        """The side and those that act together with it."""
        found = {side}
        for pair in self.friends:
            if side in pair:
                found |= pair
        return found

    def is_named(self, side: str) -> bool:
        """Whether the text names the side itself, not only a commander."""
        return side in self.names

    def are_friends(self, one: str, other: str) -> bool:
        """Whether two sides act together in this account, or stand in one camp of its war."""
        if other in self.camp(one):
            return True
        return self.alliance is not None and any({one, other} <= set(camp) for camp in self.alliance.camps)

    def is_party(self, side: str) -> bool:
        """Whether the account speaks of the side often enough to be one of those who fight."""
        return side in self.main_sides()[:2]

    def is_band(self, side: ActorRef) -> bool:
        """Whether the side is no state's."""
        return self.kinds.get(side.id, "any") not in {"state", "any"}

    def main_sides(self) -> list[str]:
        """The sides that the account is about, commonest first: two where the others are named in passing."""
        named = [(side, count) for side, count in self.counts.most_common() if count > 1]
        return main_two(named) or [side for side, _count in named]

    def adversaries(self) -> list[str]:
        """The two sides that the account names most, where no third comes near them and they are no friends."""
        named = self.counts.most_common(3)
        if len(named) < 2 or named[1][1] < _FEW or (len(named) > 2 and named[2][1] * 2 > named[1][1]):
            return []
        two = [named[0][0], named[1][0]]
        return [] if self.are_friends(*two) else two

    def enlist(self, leader: str, side: str) -> None:
        """From now on ``leader`` stands for ``side``."""
        self.banner[leader] = side

    def enlisted(self, side: ActorRef | None) -> ActorRef | None:
        """A commander as the side that they fight for."""
        if side is None or side.id not in self.banner:
            return side
        name = self.names[self.banner[side.id]]
        return ActorRef(id=name.id, name=name.name, text=side.text, inferred=side.inferred)

    def _main(self, kind: str) -> ActorRef | None:
        """The side that an unqualified "army" or "rebels" means: the commonest of its kind."""
        fitting = [(count, side) for side, count in self.counts.items() if self.kinds[side] == kind]
        if not fitting:
            return None
        own = [(count, side) for count, side in fitting if is_civil(side)]
        fitting = own or fitting  # "the army" of a civil war is the country's own
        top = max(count for count, _side in fitting)
        if kind != "state" and top * _RARE < self.bare[kind]:
            return None  # one organisation named in passing is not "the rebels" of the account
        best = [side for count, side in fitting if count == top]
        if kind != "state" and len(fitting) > 1 and sorted(count for count, _side in fitting)[-2] * 2 > top:
            return None
        first = next(side for side in self.names if side in best)
        return self.names[first]

    def _explicit(self, group: Group) -> tuple[ActorRef, str] | None:
        """(side, state or rebel) of a phrase that says its side itself."""
        if group.org in self.alias:
            return self.alias[group.org], "state"
        body = self.bodies.get(group.org)
        if body is not None and body.nation:
            group = replace(group, org="", nation=body.nation, role=body.role)
        elif body is not None:
            return ActorRef(id=slug(body.name), name=body.name), "any"
        if group.org:
            org = self.pack.organisations[group.org]
            side = org.side_in.get(self.home) or org.side
            if side is not None:
                return ActorRef(id=side, name=side_title(side)), org.kind
            return ActorRef(id=org.id, name=org.name), org.kind
        if group.nation:
            nation = self.renamed.get(group.nation, group.nation)
            root = roots().get(nation)
            adjective = root.adjective if root else nation.replace("-", " ").title()
            banded = (root is None or root.aligned) and group.role in {"jihadist", "militia"}
            if banded or (group.role == "rebel" and (root is None or root.civil is None)):
                name = root.name if root and root.name else nation.replace("-", " ").title()
                return ActorRef(
                    id=nation, name=name
                ), group.role  # partisans of a country at war fight for it
            if group.role == "rebel":
                return ActorRef(id=slug(f"{adjective} rebels"), name=f"{adjective} rebels"), "rebel"
            if group.role in {"jihadist", "militia"}:
                return (
                    None
                    if self.kind.get(group.role)
                    else (
                        ActorRef(id=slug(f"{adjective} {group.role}s"), name=f"{adjective} {group.role}s"),
                        group.role,
                    )
                )
            if root and root.civil is not None and (self.year is None or self.year >= root.civil):
                return ActorRef(id=slug(f"{adjective} government"), name=f"{adjective} government"), "state"
            name = root.name if root and root.name else nation.replace("-", " ").title()
            return ActorRef(id=nation, name=name), "state"
        commander = self._commander(group.leader)
        if commander is None:
            return None
        known = self.pack.organisations.get(commander.id)
        return commander, known.kind if known is not None else "state"

    def _commander(self, name: str) -> ActorRef | None:
        """The side of a commander whom the pack knows in these years, by full name or by one part of it."""
        parts = [name, *reversed(name.split())] if name and self.commanders else []
        return next((self.commanders[part] for part in parts if part in self.commanders), None)

    def _of_root(self, side: str) -> ActorRef:
        """A side as the table of commanders names it: an organisation's id, or a root."""
        org = side if side in self.pack.organisations else ""
        found = self._explicit(Group("actor", 0, 0, 0, 0, "", org=org, nation="" if org else side))
        return found[0] if found else ActorRef(id=side, name=side_title(side))

    def _government(self, root: str) -> ActorRef | None:
        if not root:
            return None
        name = f"{roots()[root].adjective} government"
        return ActorRef(id=slug(name), name=name)

    def _insurgents(self) -> ActorRef | None:
        """The one band among the two chief sides: whom "the insurgents" means where nobody is called a rebel."""
        bands = [side for side in self.main_sides()[:2] if self.kinds.get(side) in {"jihadist", "militia"}]
        if len(bands) == 1 and self.counts[bands[0]] >= _FEW:
            return self.names[bands[0]]
        own = {slug(body.name) for body in self.bodies.values() if not body.nation}
        others = [side for side in self.counts if self.kinds[side] != "state"]
        return self.names[others[0]] if len(others) == 1 and others[0] in own else None

    def _crowd(self, role: str) -> ActorRef:
        """An unnamed crowd of fighters: of the country at war, if it is one's own war."""
        name = f"{roots()[self.home].adjective} {role}s" if self.home else f"{role}s"
        self.crowds.add(slug(name))
        return ActorRef(id=slug(name), name=name)

    def is_said(self, group: Group | None) -> bool:
        """Whether a phrase says its side itself, so that it does not matter who acted last."""
        return group is not None and (
            self._explicit(group) is not None
            or bool(group.leader)
            or (group.kind == "place" and bool(group.name))
        )

    def resolve(
        self,
        group: Group | None,
        last: ActorRef | None,
        attacker: ActorRef | None = None,
        band: ActorRef | None = None,
    ) -> ActorRef | None:
        """The side of a phrase, with its words; ``last`` is the side that acted last, ``attacker`` the one that
        attacked last.  None when unknown.
        """
        if group is None:
            return None
        found = self._explicit(group)
        if found:
            return msgspec.structs.replace(found[0], text=group.text)
        if group.role == "teller":
            return None
        if group.kind == "place" and group.name:
            return self._named(group.name, group.text)
        if group.leader and group.role in self.kind and not self._knows(group.leader):
            said = self.resolve(msgspec.structs.replace(group, leader=""), last, attacker, band)
            if said is not None:  # "Colonel Karov of the rebels"
                self._learn(group.leader, said)
            return said
        if group.leader:
            return self._named(group.leader, group.text)
        if group.ruling and (
            self.state is None or (self.state.id in roots() and not is_civil(self.state.id))
        ):
            return ActorRef(id="government", name="government", text=group.text)  # of which land, nobody says
        if group.role == "state":
            side = self.state or ActorRef(id="government", name="government")
            if last is not None and not is_civil(side.id) and self.kinds.get(last.id) == "state":
                side = last  # between states "the army" is the one spoken of
            return msgspec.structs.replace(side, text=group.text)
        if group.title in self.units:
            return msgspec.structs.replace(self.units[group.title], text=group.text)
        if group.title and (
            any(char.isdigit() for char in group.title) or _ROMAN.match(group.title)
        ):  # a numbered unit is somebody's army
            known = self.state if self.home else None  # whose, nobody has said
            return msgspec.structs.replace(known, text=group.text) if known else None
        if group.title:
            return ActorRef(id=slug(group.title), name=group.title, text=group.text)
        if group.role in self.kind:
            known = self.kind[group.role] or (self._insurgents() if group.role == "rebel" else None)
            return msgspec.structs.replace(known or self._crowd(group.role), text=group.text)
        if group.role == "ally":
            return msgspec.structs.replace(self.friend, text=group.text) if self.friend else None
        if group.role == "band":
            known = band or self.kind["jihadist"] or self.kind["rebel"] or self.kind["militia"]
            return msgspec.structs.replace(known, text=group.text) if known else None
        if group.role == "attacker" and attacker is not None:
            return msgspec.structs.replace(attacker, text=group.text)
        if group.role == "regular" and self.home and self.state is not None:
            return msgspec.structs.replace(
                self.state, text=group.text
            )  # in one's own war soldiers are the state's
        if group.role == "any" and (headed := self._headed(group)) is not None:
            return msgspec.structs.replace(headed, text=group.text)
        if group.role in {"any", "regular", "leader"} and last is not None:
            return msgspec.structs.replace(last, text=group.text)
        return None

    def _headed(self, group: Group) -> ActorRef | None:
        """The one body of the account whose full name opens or ends with a noun that stands alone with a capital: "the Front"."""
        head = group.text
        if " " in head or not head[:1].isupper():
            return None
        found = {name for name in self.bodies if head in {name.partition(" ")[0], name.rpartition(" ")[2]}}
        if len(found) != 1:
            return None
        said = self._explicit(replace(group, org=found.pop(), role=""))
        return said[0] if said else None

    def _named(self, name: str, text: str) -> ActorRef:
        """A commander stands for the troops; an unknown one is a side of their own."""
        commander = self._commander(name)
        if commander is not None:
            return msgspec.structs.replace(commander, text=text)
        parts = [part for part in name.split() if len(part) > 2]
        for part in reversed(parts):
            if part in self.leaders:
                return msgspec.structs.replace(self.leaders[part], text=text)
        for word in self.pack.lexicon.get(name.lower(), ()):
            if word.tag == "C":
                found = self._explicit(Group("actor", 0, 0, 0, 0, text, nation=word.info))
                if found:
                    return msgspec.structs.replace(found[0], text=text)
        side = ActorRef(id=slug(name), name=name)
        self._learn(name, side)
        return msgspec.structs.replace(side, text=text)

    def _rival(self, side: str) -> str | None:
        """The side of the other camp that the account speaks of most, if it is far ahead of its allies and is told to
        fight this one, or the allies are hardly spoken of.
        """
        if self.alliance is None:
            return None
        one, other = self.alliance.camps
        camp = other if side in one else one if side in other else ()
        known = Counter({name: self.weights[name] for name in camp if name in self.counts}).most_common(2)
        if not known or (len(known) > 1 and known[1][1] * 2 > known[0][1]):
            return None
        said = [self.counts[name] for name in camp if name != known[0][0]]
        met = self.fought[frozenset((side, known[0][0]))]
        if said and max(said) * (2 if met else _ALONE) > self.counts[known[0][0]]:
            return None  # a war of many fronts: whom one fights depends on where
        return known[0][0]

    def opponent(self, side: ActorRef | None, sides: list[str]) -> ActorRef | None:
        """The other side where the account knows exactly two that take and lose places; else the chief side of the
        other camp in a war of alliances.
        """
        if side is None:
            return None
        if len(sides) == 2 and side.id in sides:
            other = sides[0] if sides[1] == side.id else sides[1]
        else:
            rival = self._rival(side.id)
            if rival is None:
                return None
            other = rival
        known = self.names.get(other)
        return ActorRef(id=other, name=known.name if known else other, inferred=True)
