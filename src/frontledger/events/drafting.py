"""One draft of an event from a clause: its roles, flags and date, and what marks how it is told.

What belongs here: making a draft once a trigger and a frame are chosen.  What does not: choosing them (``coding``),
naming sides and places (``records``).
"""

from __future__ import annotations

from msgspec.structs import replace

from frontledger.events.announcers import announcer, teller
from frontledger.events.bystanders import are_bystanders, is_subject
from frontledger.events.carried import is_subjectless, ousts_them
from frontledger.events.clauses import Clause, joined
from frontledger.events.completing import complete_actor, complete_objects
from frontledger.events.dating import Timeline, spans
from frontledger.events.doers import (
    beside,
    first_owner,
    has_object,
    is_after,
    is_own,
    is_quoted,
    stranger,
    takes_some,
)
from frontledger.events.drafts import Draft
from frontledger.events.entries import lacks_object, opens
from frontledger.events.filled import Filled
from frontledger.events.flags import Flags, read_flags
from frontledger.events.hearsay import is_denied
from frontledger.events.parting import own_time, time_behind, time_between
from frontledger.events.roles import fill, is_without
from frontledger.events.scene import Scene, is_positional, tagged_so
from frontledger.events.verbforms import Verb
from frontledger.languages.pack import Word
from frontledger.languages.schema import Frame
from frontledger.model import CONTROL_KINDS, EventDate, Time

__all__ = ["GAPPED", "draft_of", "is_bare", "make_draft", "needs_object"]


_ATTEMPTS = frozenset({"siege", "attack", "offensive", "clash", "shelling", "airstrike"})
"""Kinds that happened even where they came to nothing."""


GAPPED = frozenset(",caztgh")
"""Tags before a verb that leaves its subject to the clause before."""


def needs_object(scene: Scene, clause: Clause, frame: Frame, verb: Verb) -> bool:
    """Whether a verb takes up the object told before though its form does not say so: "ki kellett ürítenie"."""
    if verb.word.form != "inf" or frame.kind != "withdrawal" or is_positional(scene):
        return False
    return clause.finite is not None and clause.finite.lemma in scene.account.pack.sets["obliged"]


def draft_of(
    scene: Scene, clause: Clause, timeline: Timeline, frame: Frame, verb: Verb | None, noun: int | None
) -> Draft | None:
    """The draft that a verb or noun announces in a clause under a frame; None where it says too little to be one."""
    at = verb.at if verb is not None else noun
    if at is None:
        return None
    if verb is None and frame.kind in CONTROL_KINDS and is_positional(scene) and _describes(scene, at):
        return None
    absent = (verb is None or verb.word.form == "vn") and is_without(scene.tagged, at)
    if absent and verb is None:
        return None  # "harc nélkül": nothing of it happened
    filled = fill(
        scene.tagged,
        clause,
        frame,
        verb,
        noun,
        at=at,
        by_position=is_positional(scene),
        light=scene.account.pack.sets["light_verbs"],
        own=scene.account.pack.sets["own"],
        sets=scene.account.pack.sets,
    )
    if not complete_objects(scene, clause, frame, filled, verb, noun):
        return None
    forcing = complete_actor(scene, clause, frame, filled, verb, noun)
    if noun is not None and filled.actor is None and "possessor" in frame.actor:
        filled.actor = first_owner(scene, noun)
        if filled.actor is not None and is_quoted(scene, noun):
            return None
    ousts = (
        verb is not None and frame.needs_against and verb.lemma in scene.account.pack.sets["ousting_verbs"]
    )
    if _lacks_opponent(scene, clause, frame, filled, verb, ousts=ousts):
        return None
    if verb is not None:
        flags = _flags_of(scene, clause, frame, verb, forcing, absent=absent)
    else:
        standing = Verb(at, "", scene.tagged.words[at])  # type: ignore[arg-type]
        standing.word = _as_noun(standing)
        flags = read_flags(
            scene.account, scene.tagged, scene.clauses, clause, standing, attempt=frame.kind in _ATTEMPTS
        )
    draft = make_draft(scene, clause, timeline, frame, filled, flags, verb, noun, at)
    if draft is not None:
        draft.ousts = ousts
    return draft


def _lacks_opponent(
    scene: Scene, clause: Clause, frame: Frame, filled: Filled, verb: Verb | None, *, ousts: bool
) -> bool:
    """Whether a frame that asks for an opponent has none, nor a pronoun or a clause before that names one."""
    gapped = (
        ousts
        and verb is not None
        and verb.passive
        and set(scene.tagged.tags[clause.low : verb.low]) <= GAPPED
    )
    if not frame.needs_against or filled.against is not None or gapped:
        return False
    if clause.relative_case in frame.object:
        return False
    pronouns = scene.account.pack.sets["object_pronouns"]
    words = (scene.tagged.bases[k].lower() for low, high in clause.ranges for k in range(low, high))
    return not any(word in pronouns for word in words) and not ousts_them(scene, clause, filled, verb)


def _flags_of(
    scene: Scene, clause: Clause, frame: Frame, verb: Verb, forcing: Verb | None, *, absent: bool
) -> Flags:
    """How far the account stands behind what a verb tells, as the frame has it."""
    flags = read_flags(
        scene.account, scene.tagged, scene.clauses, clause, verb, attempt=frame.kind in _ATTEMPTS
    )
    if forcing is not None and flags.negated and forcing.word.tense == "past":
        flags = replace(flags, negated=is_denied(scene.tagged, forcing))  # who was forced to did it
    if frame.kind == "withdrawal" and takes_some(scene, clause, verb):
        flags = replace(flags, partial=True)
    if absent:
        flags = replace(flags, negated=True)  # "Karvol elfoglalása nélkül", "elfoglalása helyett"
    return flags


def _describes(scene: Scene, at: int) -> bool:
    """Whether a noun of happening only describes the noun behind it: "the Karvol occupation authority", "a withdrawal
    agreement".
    """
    tagged, adverbs = scene.tagged, scene.account.pack.names.pack.adverb_endings
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else "."
    if after in "AYHsTnu":
        return True
    owned = at > 0 and tagged.tags[at - 1] in "NMy"
    return after == "x" and owned and not tagged.low[at + 1].endswith(adverbs)


def _not_until(scene: Scene, clause: Clause) -> Time | None:
    """When something happened that had not happened before: "did not take the city until 10 September"."""
    tags = scene.tagged.tags
    if "!" not in [tags[at] for low, high in clause.ranges for at in range(low, high)]:
        return None
    return _until(scene, clause)


def _until(scene: Scene, clause: Clause) -> Time | None:
    """The day that stands right behind "until"."""
    words = scene.account.pack.sets["until"]
    bases, tags = scene.tagged.bases, scene.tagged.tags
    at = next(
        (
            k
            for k in range(clause.low, len(bases))
            if bases[k].lower() in words and "t" in tags[k + 1 : k + 3]
        ),
        None,
    )
    if at is None:
        return None
    offset = scene.account.tokens.end[scene.tagged.first + at]
    return next((time for time in scene.tagged.times if time.start > offset and time.type == "DATE"), None)


def _as_noun(verb: Verb) -> Word:
    return verb.word.inflected("vn", "sg." + verb.word.case)


STATES = frozenset({"hold", "clash", "siege"})
"""Kinds of events that go on: on a day by which something had happened they are seen."""


def make_draft(
    scene: Scene,
    clause: Clause,
    timeline: Timeline,
    frame: Frame,
    filled: Filled,
    flags: Flags,
    verb: Verb | None,
    noun: int | None,
    at: int,
) -> Draft | None:
    """The draft of roles that are filled, with its date and the marks of how it is told; None where it tells no event."""
    tokens = scene.account.tokens
    positions = [k for k in (at, noun, verb.preverb if verb else None) if k is not None]
    start = tokens.start[scene.tagged.first + min(positions)]
    end = tokens.end[scene.tagged.first + max(positions)]
    trigger = (start, end) if max(positions) - min(positions) <= 6 else (
        tokens.start[scene.tagged.first + at], tokens.end[scene.tagged.first + at]
    )  # fmt: skip
    participle = verb is not None and (verb.attributive or verb.word.form in {"pp", "ap"})
    clause_spans = spans((tokens.start, tokens.end), scene.tagged.first, clause)
    sharing = joined(scene.clauses, clause) if verb is not None and not filled.objects else None
    if sharing is not None:  # "captured and burned Karvol in 1241": both have object and date
        clause_spans += spans((tokens.start, tokens.end), scene.tagged.first, sharing)
    own = (
        own_time(scene, filled, at)
        if participle
        else time_behind(scene, filled, at)
        if verb is None
        else None
    )
    if own is None and (verb is None or verb.word.form == "vn"):
        own = time_between(scene, filled, at)
    still = verb is not None and verb.lemma in scene.account.pack.sets["stative_verbs"]  # "was not ours"
    if (frame.kind == "hold" or still or (frame.verbless and verb is None)) and tagged_so(scene, clause, "!"):
        flags = replace(flags, negated=True)  # "már nem a felkelők kezén volt": what is denied is the holding
    if participle and own is None and filled.actor is None:
        if verb is not None and verb.passive and is_positional(scene):
            own = time_behind(scene, filled, at)  # "With Karvol taken on 19 June, …"
        if own is None:
            return None
    if frame.until and not flags.negated:
        own = _until(scene, clause)
        if own is None:
            return None
    if participle and not is_positional(scene) and not filled.objects:
        return None  # "a Karvol térségében bekerített hadtest": the corps, no place
    since = _not_until(scene, clause) if flags.negated and not flags.hedged else None
    if since is not None:
        flags, own = replace(flags, negated=False), since
    strange = False
    if verb is not None and filled.actor is None and filled.pronoun and "nom" in frame.actor:
        strange, filled.actor = stranger(scene, clause, verb)
    entry = _is_entry(scene, clause, frame, filled, verb, at)
    lemma = verb.lemma if verb is not None else (scene.tagged.words[noun].lemma if noun is not None else "")  # type: ignore[union-attr]
    goes_on = frame.kind == "hold" or lemma in scene.account.pack.sets["lasting_verbs"]
    lasts = entry or frame.extent == "partial" or goes_on
    date = timeline.date(
        clause_spans, trigger[0], (scene.sentence.start, scene.sentence.end), own=own, lasts=lasts,
        happens=frame.kind not in STATES,
        named="noun" if verb is None else "clause" if clause.subordinator or verb.word.form != "fin" else None,
        goes_on=goes_on,
    )  # fmt: skip
    if date.basis == "inherited" and date.latest is not None and _looks_back(scene, clause, verb):
        date = EventDate(edtf=f"../{date.latest}", earliest=None, latest=date.latest, basis="bounded")
    return Draft(
        frame=frame,
        filled=filled,
        flags=flags,
        date=date,
        sentence=scene.sentence,
        clause=clause,
        clause_end=clause_spans[-1][1] if clause_spans else scene.sentence.end,
        trigger=trigger,
        again=lemma in frame.again or lemma in frame.again_nominal or flags.again,
        background=participle,
        definite=verb is not None and verb.word.definite,
        infinitive=verb is not None and needs_object(scene, clause, frame, verb),
        has_pronoun=any(
            scene.tagged.low[k] not in scene.account.pack.sets["object_demonstratives"]
            for k in tagged_so(scene, clause, "D")
        ),
        nominal=verb is None or verb.word.form == "vn",
        other_object=verb is not None and not filled.objects and _has_other_object(scene, clause),
        pronoun_before=clause.low > 0 and scene.tagged.tags[clause.low - 1] == "D",
        bystanders=not any(
            (group.home and (frame.kind == "handover" or not is_positional(scene)))
            or is_subject(scene, frame, group)
            for group in filled.objects
        )
        and not _governs_nobody(scene, frame, verb)
        and not (frame.kind == "handover" and filled.actor is not None)
        and are_bystanders(scene, clause, at, nominal=verb is None),
        announcer=announcer(scene, clause, frame, filled, verb, at),
        entry=entry,
        stranger=strange,
        has_object=verb is not None and not filled.objects and has_object(scene, clause, verb),
        own=is_own(scene, clause, filled, verb, noun),
        teller=teller(scene, clause, filled.actor, verb),
        beside=beside(scene, filled.actor),
        switches=filled.actor is None and _switches(scene, clause),
        after=verb is None and is_after(scene, filled, at),
        passive=verb is not None and verb.passive and not verb.attributive,
        secures=lemma in scene.account.pack.sets["securing_verbs"],
        subjectless=not filled.objects and is_subjectless(scene, clause, frame, verb, noun),
        yields=verb is not None
        and verb.word.person == "3pl"
        and lemma in scene.account.pack.sets["yielding_verbs"],
        liberates=lemma in scene.account.pack.sets["liberating_verbs"],
    )


def _switches(scene: Scene, clause: Clause) -> bool:
    """Whether a pronoun says that somebody else than before is the subject."""
    switching = scene.account.pack.sets["switching_pronouns"]
    return any(scene.tagged.low[at] in switching for at in tagged_so(scene, clause, "r"))


def _has_other_object(scene: Scene, clause: Clause) -> bool:
    """Whether a noun that is no place is the object of a clause: "adta át kardját"."""
    tagged = scene.tagged
    pieces = (
        at
        for at in tagged_so(scene, clause, "Y")
        if (word := tagged.words[at]) is not None and word.case == "acc" and not is_positional(scene)
    )
    if any(not any(g.first <= at < g.last for g in clause.groups) for at in pieces):
        return True  # "serege felét elvesztette": no place
    ending = scene.account.pack.patterns["owned_object"]
    return any(ending.search(scene.tagged.low[at]) for at in tagged_so(scene, clause, "x"))


def _governs_nobody(scene: Scene, frame: Frame, verb: Verb | None) -> bool:
    """Whether the subject of the clause is another verb's: "Karvol elfoglalása után a lakosság elmenekült"."""
    taken = frame.kind in {"capture", "handover"}
    return taken and verb is not None and verb.word.form == "vn" and not is_positional(scene)


def _looks_back(scene: Scene, clause: Clause, verb: Verb | None) -> bool:
    """Whether a clause tells what came before the day that the narrative is at: "the town, which had fallen to …",
    "since the army withdrew from …", "the hill that they had previously lost".
    """
    words = scene.account.pack.sets["looking_back"]
    low = scene.tagged.low
    if verb is not None and any(low[at] in words for at in range(max(verb.low - 2, clause.low), verb.at)):
        return True
    if tagged_so(scene, clause, "t"):
        return False  # "which they had abandoned overnight"
    if clause.subordinator in words:
        return True
    if verb is None or verb.word.form != "fin":
        return False
    have = scene.account.pack.names.auxiliary.have
    perfect = clause.relative_case and any(
        low[at] in have and low[at] != "has" for at in range(verb.low, verb.at)
    )
    return bool(perfect)


def _is_entry(scene: Scene, clause: Clause, frame: Frame, filled: Filled, verb: Verb | None, at: int) -> bool:
    """Whether what is announced at token ``at`` leaves out what it happened to: the account's topic.

    What stands behind a passive is no object of it: "Retaken on 6 September as part of the Karvol offensive".
    """
    if scene.topic is None:
        return False
    if verb is not None and is_bare(scene, clause, verb):
        filled.objects = [group for group in filled.objects if group.case == "together"]
        return True
    if filled.objects:
        return False
    if verb is not None:
        return (
            verb.word.form == "fin"
            and "nom" in frame.object
            and opens(scene.tagged, verb.low, scene.account.pack)
        )
    wanted, first = ("nom", clause.low) if frame.verbless else ("possessor", at)
    if not frame.verbless and filled.actor is not None and filled.actor.last <= at:
        first = filled.actor.first  # "Russian capture on 1 March"
    return (
        wanted in frame.object
        and lacks_object(scene.tagged, at)
        and opens(scene.tagged, first, scene.account.pack)
    )


def is_bare(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether a verb is a passive without subject: "Retaken by …", "Is contested since …"."""
    if not verb.passive or verb.attributive or verb.word.form != "fin":
        return False
    if any(group.last <= verb.low and group.case == "nom" for group in clause.groups):
        return False
    return verb.first < 0 or opens(scene.tagged, verb.low, scene.account.pack)
