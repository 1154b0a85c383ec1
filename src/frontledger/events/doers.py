"""Whose doing an event is, where no role says so: owners, garrisons, announcers, nations before a noun, agents.

What belongs here: finding the actor beside the trigger.  What does not: filling roles by case and position (``roles``), naming
sides (``sides``).
"""

from __future__ import annotations

from frontledger.events.clauses import Clause
from frontledger.events.filled import Filled, label
from frontledger.events.scene import Scene, is_positional, tagged_so
from frontledger.events.verbforms import Verb
from frontledger.languages.schema import Frame
from frontledger.mentions.forms import adjectival_base
from frontledger.mentions.group import Group

__all__ = [
    "beside",
    "doing_noun",
    "doing_subject",
    "first_owner",
    "first_person",
    "has_actor",
    "has_object",
    "is_after",
    "is_own",
    "is_quoted",
    "nation_before",
    "of_garrison",
    "side_word",
    "stranger",
    "takes_some",
]


def has_actor(scene: Scene, clause: Clause, frame: Frame, verb: Verb | None = None) -> bool:
    """Whether somebody who may have done it stands in the clause."""
    if is_positional(scene):
        wanted = {
            "by" if verb is not None and verb.passive and label == "nom" else label for label in frame.actor
        }
        return any(g.kind == "actor" and g.case in wanted for g in clause.groups) or (
            "nom" in wanted
            and verb is not None
            and (_is_they(scene, clause, verb) or _goes_on(scene, clause, verb))
        )
    return any(g.kind == "actor" and label(scene.tagged, g) in frame.actor for g in clause.groups)


def has_object(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether an accusative that is no place stands in the clause, known to the pack or ending like one."""
    if is_positional(scene):
        return False
    tags, words, low = scene.tagged.tags, scene.tagged.words, scene.tagged.low
    endings = scene.account.pack.case_endings.get("acc", ())
    named = [g for g in clause.groups if g.kind != "actor"]
    if any(g.text.endswith(endings) and not g.modifier for g in named):
        return True
    places = {at for g in named for at in range(g.first, g.last)}
    for first, last in clause.ranges:
        for at in range(first, last):
            if at == verb.at or at in places or tags[at] in "Pdz!,.tkcag" or tags[at + 1 : at + 2] == ["P"]:
                continue  # "az ostromot követően": governed by what stands behind
            word = words[at]
            if word.case == "acc" if word is not None else low[at].endswith(endings):
                return True
    return False


def takes_some(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether only some of the troops leave: "withdrew many of its soldiers"."""
    amounts = scene.account.pack.sets["amounts"]
    bases = scene.tagged.bases
    return any(
        g.kind == "actor"
        and g.case == "acc"
        and any(bases[k].lower() in amounts for k in range(verb.at + 1, g.last))
        for g in clause.groups
        if g.first > verb.at
    )


def _goes_on(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether a clause leaves its subject to the one before, where troops act: "the corps entered X, and left it"."""
    at = scene.clauses.index(clause)
    opening = scene.tagged.tags[clause.low : verb.low]
    if not at or "c" not in opening or not _COORDINATING.issuperset(opening):
        return False
    return any(g.kind == "actor" and g.case == "nom" and not g.modifier for g in scene.clauses[at - 1].groups)


_COORDINATING = frozenset(",cxzta")


def _is_they(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether a personal pronoun is the subject: "they had fully left the province"."""
    things = scene.account.pack.sets["object_pronouns"]
    tags, bases = scene.tagged.tags, scene.tagged.bases
    return any(tags[at] == "r" and bases[at].lower() not in things for at in range(clause.low, verb.low))


_INSIDE = frozenset({"ine", "sup"})
"""Cases of the town in which somebody is."""


def of_garrison(scene: Scene, clause: Clause, *, leaves: bool = False) -> list[Group]:
    """The place whose garrison or people give in, by an adjective or as their owner: "az egri őrség is kapitulál",
    "Karvol polgárai kaput nyitottak"; of those who leave, the garrison's alone.
    """
    tokens, first = scene.account.tokens, scene.tagged.first
    homes = [group for group in clause.groups if group.home == "guards" or (group.home and not leaves)]
    if homes:
        return homes
    for group in clause.groups:
        if group.role != "defender" or group.case != "nom":
            continue
        for at in range(max(group.first - 1, clause.low), group.last):
            name = adjectival_base(scene.account, tokens.low[first + at])
            if name is not None:
                start, end = tokens.start[first + at], tokens.end[first + at]
                return [Group("place", at, at + 1, start, end, tokens.text[first + at], name=name)]
        beside = [
            place
            for place in clause.groups
            if place.kind == "place" and place.case in _INSIDE and place.first == group.last
        ]
        if beside and not leaves:
            return beside  # "a helyőrség Karvolban letette a fegyvert"
    return []


def nation_before(scene: Scene, noun: int) -> Group | None:
    """Whose doing a noun tells by an adjective before it: "the Ukrainian withdrawal", "a német megszállás"."""
    at = noun - 1
    while at > 0 and scene.tagged.tags[at] in "jJz":
        at -= 1
    word = scene.tagged.words[at] if at >= 0 and scene.tagged.tags[at] == "S" else None
    if word is None:
        return None
    tokens, first = scene.account.tokens, scene.tagged.first
    text = tokens.text[first + at]
    return Group(
        "actor", at, at + 1, tokens.start[first + at], tokens.end[first + at], text, nation=word.info
    )


def first_person(scene: Scene, clause: Clause, verb: Verb) -> Group | None:
    """Whoever tells, where they are the subject: "we took Karvol"."""
    if "r" not in scene.tagged.tags:
        return None
    told = scene.account.pack.sets["first_person"]
    tagged = scene.tagged
    at = next((k for k in range(verb.low - 1, clause.low - 1, -1) if tagged.tags[k] == "r"), None)
    return _teller_at(scene, at) if at is not None and tagged.low[at] in told else None


def first_owner(scene: Scene, noun: int) -> Group | None:
    """Whoever tells, where what the noun at token ``noun`` names is theirs: "in our hands", "Karvol is ours"."""
    tagged, told = scene.tagged, scene.account.pack.sets["first_person"]
    at = noun if tagged.low[noun] in told else noun - 1
    while at > 0 and tagged.tags[at] in "jJz":
        at -= 1
    return _teller_at(scene, at) if at >= 0 and tagged.low[at] in told else None


def is_quoted(scene: Scene, at: int) -> bool:
    """Whether token ``at`` stands between quotation marks: "we" are others there."""
    first = scene.tagged.first
    before = "".join(scene.account.tokens.text[first : first + at])
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _teller_at(scene: Scene, at: int) -> Group:
    tokens, first = scene.account.tokens, scene.tagged.first
    text = tokens.text[first + at]
    return Group("actor", at, at + 1, tokens.start[first + at], tokens.end[first + at], text, role="teller")


def doing_noun(scene: Scene, clause: Clause, verb: Verb) -> Group | None:
    """Whose attack, advance or raid does something: "a German counter-attack recovered the village"."""
    tags = scene.tagged.tags
    at = verb.low - 1
    while at >= clause.low and tags[at] in "txzh":
        at -= 1
    place = next((g for g in clause.groups if g.kind == "place" and g.last == at + 1 and g.case in _AT), None)
    if place is not None and tags[place.first - 1] == "P":
        at = place.first - 2  # "a German counter-attack at Karvol recovered …"
    if at < clause.low or tags[at] not in "nH" or verb.passive:
        return None
    return nation_before(scene, at)


def doing_subject(scene: Scene, clause: Clause, verb: Verb) -> Group | None:
    """Whose attack, advance or raid is the subject of a finite verb where cases tell: "a szovjet ellentámadás kiszorította
    a németeket", "a felkelők rohama elsöpörte az őrséget".
    """
    doing = scene.account.pack.sets["doing_nouns"]
    if not verb.word.person.startswith("3") or verb.word.form != "fin":
        return None
    for at in (*tagged_so(scene, clause, "H"), *tagged_so(scene, clause, "x")):
        word = scene.tagged.words[at]
        if word is None or word.case != "nom" or word.lemma not in doing:
            continue
        if not word.poss:
            return nation_before(scene, at)
        owner = next(
            (g for g in clause.groups if g.kind == "actor" and g.last == at and g.case in _OWNERS), None
        )
        return owner if word.poss.startswith("p3") else None
    return None


_OWNERS = frozenset({"owner", "nom", "dat"})
"""Cases in which a possessor stands."""


def stranger(scene: Scene, clause: Clause, verb: Verb) -> tuple[bool, Group | None]:
    """Whether somebody whom the pack does not know is the subject of a finite verb, and as whose side if a nationality
    says it: "a falka visszafoglalta Karvolt", "a horvát gárdisták visszavonultak".
    """
    endings = scene.account.pack.names.pack.plural_endings
    if not endings or verb.word.form != "fin" or not verb.word.person.startswith("3"):
        return False, None
    tags, low, words = scene.tagged.tags, scene.tagged.low, scene.tagged.words
    possessed = scene.account.pack.patterns["possessed"]
    for at in (at for first, last in clause.ranges for at in range(max(first, 1), last)):
        if tags[at] != "x" or words[at] is not None:
            continue
        after = tags[at + 1] if at + 1 < len(tags) else "."
        if after not in "Vetx!z,." or (after == "x" and possessed.search(low[at + 1])):
            continue
        opening = at - 1
        while opening > 0 and tags[opening] in "jJx":
            opening -= 1
        nation = words[opening] if tags[opening] == "S" else None
        many = verb.word.person == "3pl" and low[at].endswith(endings)
        one = verb.word.person == "3sg" and at < verb.low and not _is_declined(scene, low[at])
        if not (many or one) or tags[opening] not in "dS" or (nation is not None and nation.num == "pl"):
            continue
        if nation is None:
            return True, None
        return True, side_word(scene, opening)
    return False, None


def _is_declined(scene: Scene, form: str) -> bool:
    """Whether an unknown word looks like one in another case than the nominative, or like an adjective."""
    pack = scene.account.pack
    if form.endswith(pack.names.pack.adjective_endings):
        return True
    return any(
        form.endswith(ending) or (assimilating and form[:-1].endswith(ending[:-1]))
        for ending, _case, _strong, assimilating in pack.endings
    )


def is_after(scene: Scene, filled: Filled, at: int) -> bool:
    """Whether a word of time governs the noun at token ``at``: "after the capture of", "since their withdrawal"."""
    tags, sets = scene.tagged.tags, scene.account.pack.sets
    before = [g.first for g in (*filled.objects, filled.actor) if g is not None and g.last <= at]
    low = min([*before, at]) - 1
    while low >= 0 and tags[low] in "dDjJSxz'":
        low -= 1
    word = scene.tagged.low[low] if low >= 0 else ""
    return word in sets["temporal"] or word in sets["looking_back"]


def is_own(scene: Scene, clause: Clause, filled: Filled, verb: Verb | None, noun: int | None) -> bool:
    """Whether the teller's own side does it or has it: "bevettük Karvolt", "csapataink bevették", "birtokunkba jutott"."""
    if verb is not None and verb.word.person.startswith("1") and filled.actor is None:
        return True
    words = scene.tagged.words
    owned = [noun, filled.actor.last - 1 if filled.actor is not None else None]
    if verb is not None and filled.actor is None:
        owned += [g.last - 1 for g in clause.groups if g.kind == "actor" and g.case in {"nom", "acc"}]
    return any(
        at is not None and (word := words[at]) is not None and word.poss.startswith("p1") for at in owned
    )


def side_word(scene: Scene, at: int) -> Group | None:
    """The word of an organisation, nation or country at token ``at`` as an actor phrase."""
    word = scene.tagged.words[at]
    if word is None:
        return None
    if scene.tagged.tags[at] == "O":
        return Group("actor", at, at + 1, 0, 0, "", org=word.info)
    return Group("actor", at, at + 1, 0, 0, "", nation=word.info)


def beside(scene: Scene, actor: Group | None) -> list[Group]:
    """Who acts together with ``actor``: "Russian and DPR forces", "Turkish troops and rebels", "Russians, Japanese and British"."""
    if actor is None or actor.kind != "actor":
        return []
    tags = scene.tagged.tags
    at = actor.first - 1
    while at > 0 and tags[at] in "djJ":
        at -= 1
    if at > 0 and tags[at] == "c" and tags[at - 1] in "SCO":
        word = side_word(scene, at - 1)
        return [word] if word is not None else []
    found: list[Group] = []
    last = actor
    while tags[last.last : last.last + 1] in (["c"], [","]):
        joined = next(
            (
                other
                for other in scene.groups
                if other.kind == "actor"
                and 0 < other.first - last.last <= _NEXT
                and set(tags[last.last + 1 : other.first]) <= _ADJECTIVES
            ),
            None,
        )
        if joined is None or (joined.case != actor.case and not is_positional(scene)):
            return []
        found.append(joined)
        if tags[last.last] == "c":
            return found if len(found) > 1 or joined.case == actor.case else []
        last = joined
    return []


_ADJECTIVES = frozenset("djJ")
_AT = frozenset({"at", "near", "on", "in", "from"})


_NEXT = 3
"""Tokens between two who act together."""
