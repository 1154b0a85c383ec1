"""Code an account: sentences to events.

What belongs here: the order of the steps, clause by clause, and the discourse that they share (who was the
subject last, which places were named).  What does not: how a step does its work (``clauses``, ``roles``,
``flags``, ``dating``, ``sides``).
"""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from frontledger.events.clauses import Clause, joined, split_clauses
from frontledger.events.dateditems import dated_items
from frontledger.events.dating import Timeline, spans
from frontledger.events.doers import (
    announcer,
    are_bystanders,
    beside,
    doing_noun,
    first_person,
    has_actor,
    has_object,
    is_after,
    is_own,
    nation_before,
    of_garrison,
    stranger,
    takes_some,
    teller,
)
from frontledger.events.drafts import Draft
from frontledger.events.entries import lacks_object, opens, topic
from frontledger.events.flags import Flags, read_flags
from frontledger.events.headlines import headline, retell
from frontledger.events.introductions import introduced
from frontledger.events.parties import parties
from frontledger.events.parting import by_date, own_time, time_behind
from frontledger.events.period import infobox_dates, titled_year
from frontledger.events.positions import assign_cases
from frontledger.events.records import PassedOver, finish
from frontledger.events.roles import Filled, fill, find_noun, label
from frontledger.events.scene import Scene, is_positional, tagged_so
from frontledger.events.sides import Cast
from frontledger.events.verbforms import Verb
from frontledger.events.verbs import find_verbs
from frontledger.languages.pack import Pack, Word
from frontledger.languages.schema import Frame
from frontledger.languages.sentencewords import sentence_words
from frontledger.languages.timewords import date_reader
from frontledger.mentions.group import Group
from frontledger.mentions.groups import gather
from frontledger.mentions.sentences import mask, split
from frontledger.mentions.shortnames import learn_short_names
from frontledger.mentions.tagging import AccountTokens, Tagged, prepare, tag_sentence
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize
from frontledger.model import CONTROL_KINDS, Account, Event, EventDate, Sentence, Time

__all__ = ["PassedOver", "code", "dates"]


_WHERE = frozenset(
    {"in", "into", "near", "direction", "from", "at", "over", "ine", "ill", "sup", "sub", "ela", "del"}
)
"""Labels that only a place bears."""
_GAPPED = frozenset(",caztgh")
"""Tags before a verb that leaves its subject to the clause before."""
_LEAD = 3
"""Sentences that introduce an account."""


def dates(account: Account, pack: Pack) -> list[Time]:
    """Every time mention of ``account`` in text order, vague ones included."""
    return _times(account, pack, None)


def _times(account: Account, pack: Pack, tokens: object) -> list[Time]:
    return tag_times(
        account.text,
        tokens if tokens is not None else tokenize(account.text),  # type: ignore[arg-type]
        date_reader(pack.code),
        breaks=[block.start for block in account.blocks],
        mask=mask(account),
        document_date=account.date,
        year=_year_of_infobox(account, pack),
        titled=titled_year(account),
    )


def _year_of_infobox(account: Account, pack: Pack) -> int | None:
    """The year that the infobox gives, for a narrative that leaves it to the infobox."""
    said = infobox_dates(account)
    times = tag_times(said, tokenize(said), date_reader(pack.code)) if said else []
    return next(
        (int(time.earliest[:-6]) for time in times if time.basis == "explicit" and time.earliest is not None),
        None,
    )


def code(account: Account, pack: Pack, passed: list[PassedOver] | None = None) -> list[Event]:
    """The events of ``account`` in text order, ids ``e1``, ``e2`` …; place ids are not given yet.

    An account in which nothing happens gives an empty list.  What was announced without saying enough for a record
    (who holds it, which place) is added to ``passed``.
    """
    tokens = tokenize(account.text)
    times = _times(account, pack, tokens)
    timeline = Timeline(account.text, times, account.date)
    prepared = prepare(tokens, pack, timeline.year())
    learn_short_names(prepared)
    scenes: list[Scene] = []
    title = headline(account)
    above = _open(prepared, title, []) if title is not None else None
    at = 0
    for sentence in split(account, sentence_words(account.lang)):
        inside = []
        while at < len(times) and times[at].start < sentence.end:
            if times[at].start >= sentence.start:
                inside.append(times[at])
            at += 1
        scenes.append(_open(prepared, sentence, inside))
    actors = [group for scene in scenes for group in scene.groups if group.kind == "actor"]
    cast = Cast(
        pack,
        actors,
        year=timeline.year(),
        home=_home(scenes),
        commanders=prepared.commanders,
        bodies=prepared.bodies,
    )
    persons: set[str] = set()
    for scene in scenes:
        for name, side, person in introduced(scene.tagged, scene.groups):
            if person:
                persons.add(name)
            if side is not None:
                cast.introduce(name, side)
    if persons:
        persons -= {
            group.name
            for scene in scenes
            for group in scene.groups
            if group.name and (group.type or group.case in _WHERE)
        }
    for scene in scenes if persons else ():
        for group in scene.groups:
            group.person = group.name in persons and not group.type
    cast.oppose(parties(account, pack))
    drafts: list[Draft] = []
    about = topic(account, pack)
    for scene in scenes:
        scene.topic = about
        for clause in scene.clauses:
            _code_clause(scene, clause, timeline)
        items = dated_items(prepared, scene.tagged, scene.groups, scene.drafts, timeline)
        scene.drafts = items or sorted(scene.drafts, key=lambda draft: draft.trigger[0])
        drafts += scene.drafts
    if above is not None and above.clauses:
        for clause in above.clauses:
            _code_clause(above, clause, timeline)
        above.drafts = retell(above.drafts, drafts)
        if above.drafts:
            scenes.insert(0, above)
            drafts = [*above.drafts, *drafts]
    told = [(scene.groups, scene.drafts, scene.clauses) for scene in scenes]
    return finish(account, cast, drafts, told, about, passed)


def _home(scenes: list[Scene]) -> list[str]:
    """The roots of the nations that the account speaks of, as people, country or adjective, commonest first."""
    said: Counter[str] = Counter()
    for number, scene in enumerate(scenes):
        tags = scene.tagged.tags
        for at in range(len(tags)) if "S" in tags or "C" in tags else ():
            if tags[at] in "SC" and (word := scene.tagged.words[at]):
                said[word.info] += 2 if number < _LEAD else 1  # the lead says whose war it is
    return [root for root, count in said.most_common() if count > 1]


def _open(account: AccountTokens, sentence: Sentence, times: list[Time]) -> Scene:
    tagged = tag_sentence(account, sentence, times)
    groups = gather(account, tagged)
    if account.pack.triggers.isdisjoint(account.tokens.low[tagged.first : tagged.first + len(tagged.tags)]):
        return Scene(account, sentence, tagged, groups, [], [])
    verbs = find_verbs(account, tagged)
    for verb in verbs:
        if verb.attributive and verb.word.definite:  # "a Karov vezette csapatok": not Karov
            for group in groups:
                group.modifier = group.modifier or group.last == verb.at
    by_position = account.pack.names.pack.roles == "position"
    clauses = split_clauses(tagged, verbs, groups, by_position=by_position)
    if by_position:
        assign_cases(account.pack, tagged, clauses)
    attributive = account.pack.attributive
    announcing = [
        at
        for at, (word, form) in enumerate(zip(tagged.words, tagged.low, strict=True))
        if (word is not None and word.tag == "n") or form in attributive or "-" in form
    ]
    return Scene(account, sentence, tagged, groups, verbs, clauses, announcing=announcing)


def _code_clause(scene: Scene, clause: Clause, timeline: Timeline) -> None:
    """Every event that a clause announces, as drafts of the scene."""
    pack = scene.account.pack
    used: set[int] = set()
    for verb in sorted(clause.verbs, key=lambda verb: verb.word.form != "fin"):
        spare: Draft | None = None
        for frame in pack.verb_frames.get(verb.lemma, ()):
            form = "pp" if verb.attributive else verb.word.form
            if (
                form == "conv"
                and clause.finite is not None
                and clause.finite.lemma in pack.sets["stative_verbs"]
            ):
                continue
            if frame.needs_actor and not has_actor(scene, clause, frame, verb):
                continue
            if frame.passive and not verb.passive:
                continue
            if form != "fin" and form not in frame.derived and not (form == "conv" and "ap" in frame.derived):
                continue
            if frame.kind in CONTROL_KINDS and not frame.noun and _is_idle(scene, clause, verb):
                continue  # "take place", "take into account", "clear of mines"
            noun = (
                find_noun(
                    scene.tagged,
                    clause,
                    frame,
                    verb.at,
                    by_position=is_positional(scene),
                    passive=verb.passive,
                )
                if frame.noun
                else None
            )
            if frame.noun and noun is None and verb.lemma not in frame.noun_optional:
                continue
            if frame.needs_object and not _has_object(scene, clause, frame, verb, noun):
                continue
            if noun is not None:
                used.add(noun)
            draft = _draft(scene, clause, timeline, frame, verb, noun)
            if frame.after_loss:  # whether it is one, what the sentence tells beside it says
                scene.drafts += [draft] if draft is not None else []
                continue
            if draft is not None and (draft.filled.objects or frame.kind not in CONTROL_KINDS):
                scene.drafts += by_date(scene, clause, timeline, draft)
                spare = None
                break
            spare = spare or draft
            if frame.noun and noun is not None and draft is None:
                break
        if spare is not None:  # nothing better: its object may be left out or said elsewhere
            scene.drafts += by_date(scene, clause, timeline, spare)
    if clause.finite is None:
        _code_entry(scene, clause, timeline)
    _code_nouns(scene, clause, timeline, used)


def _code_nouns(scene: Scene, clause: Clause, timeline: Timeline, used: set[int]) -> None:
    """What nouns and attributes announce; ``used`` are nouns that a verb has taken."""
    pack = scene.account.pack
    for at in scene.announcing:
        if not clause.holds(at):
            continue
        word, form = scene.tagged.words[at], scene.tagged.low[at]
        if "-" in form:
            stem, _, tail = scene.tagged.bases[at].rpartition("-")
            for frame in pack.attributive.get(tail.lower(), ()) if stem else ():
                _code_held(scene, clause, timeline, frame, at, stem)
        if word is None or at in used:
            continue
        if word.tag == "n" and not _is_without(scene.tagged, at):
            for frame in pack.nominal_frames.get(word.lemma, ()):
                draft = _draft(scene, clause, timeline, frame, None, at)
                if draft is not None:
                    scene.drafts += by_date(scene, clause, timeline, draft)
                    break
        for frame in pack.attributive.get(form, ()):
            _code_attributive(scene, clause, timeline, frame, at)


def _is_without(tagged: Tagged, at: int) -> bool:
    """Whether a word behind a noun says that it did not come to it: "harc nélkül"."""
    after = tagged.words[at + 1] if at + 1 < len(tagged.words) else None
    return after is not None and tagged.tags[at + 1] == "P" and after.info == "without"


def _is_idle(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether the word behind a verb makes it no taking: "take place", "clear the town of mines"."""
    table = scene.account.pack.words.idle_objects.get(verb.lemma, ())
    complements = scene.account.pack.words.idle_complements.get(verb.lemma, ())
    if not table and not complements:
        return False
    if not is_positional(scene):  # "állást foglal", "tartotta magát"
        beside = scene.tagged.low[max(verb.at - 1, 0) : verb.at + 2]
        return verb.preverb is None and not verb.word.info and not set(table).isdisjoint(beside)
    first, tags = scene.tagged.first, scene.tagged.tags
    low = scene.account.tokens.low
    at = verb.at + 1
    while at < len(tags) and tags[at] in "xz":
        at += 1
    if at == len(tags):
        return False
    for inside in range(verb.at + 1, len(tags)):  # "held an emergency meeting with …"
        if tags[inside] not in "dxzjQn":
            break
        if tags[inside] in "xn" and low[first + inside] in table and inside > at:
            return True
    word = low[first + at]
    if word in table and tags[at + 1 : at + 2] != ["t"]:  # "was taken on 12 May"
        return tags[at] != "F" or not any(g.kind == "actor" and at < g.first <= at + 3 for g in scene.groups)
    behind = [g for g in clause.groups if g.kind != "actor" and g.first > verb.at and g.last < len(tags)]
    return any(low[first + g.last] in complements for g in behind)  # "left Karvol under …"


def _has_object(scene: Scene, clause: Clause, frame: Frame, verb: Verb, noun: int | None) -> bool:
    by_position = is_positional(scene)
    filled = fill(
        scene.tagged,
        clause,
        frame,
        verb,
        noun,
        at=verb.at,
        by_position=by_position,
        light=scene.account.pack.sets["light_verbs"],
    )
    about = scene.topic is not None and (_is_bare(scene, clause, verb) or frame.kind == "withdrawal")
    left_out = clause.relative_case if "acc" in frame.object and by_position else clause.subordinator
    gapped = (
        by_position and verb.passive and not verb.attributive and clause is not scene.clauses[0]
        and "acc" in frame.object and set(scene.tagged.tags[clause.low : verb.low]) <= _GAPPED
    )  # fmt: skip
    told = bool(filled.objects or left_out or gapped) or verb.word.definite or about
    return told or _needs_object(scene, clause, frame, verb)


def _needs_object(scene: Scene, clause: Clause, frame: Frame, verb: Verb) -> bool:
    """Whether a verb takes up the object told before though its form does not say so: "ki kellett ürítenie"."""
    if verb.word.form != "inf" or frame.kind != "withdrawal" or is_positional(scene):
        return False
    return clause.finite is not None and clause.finite.lemma in scene.account.pack.sets["obliged"]


def _code_entry(scene: Scene, clause: Clause, timeline: Timeline) -> None:
    """What a chronicle says without a verb: "Debrecen szovjet birtokban"."""
    if clause.verbs and any(verb.word.form == "conv" for verb in clause.verbs):
        return
    for frame in scene.account.pack.frames.values():
        if not frame.verbless:
            continue
        at = (
            find_noun(scene.tagged, clause, frame, clause.high, by_position=is_positional(scene))
            if frame.noun
            else None
        )
        if frame.noun and at is None:
            continue
        if not frame.noun:
            holder = next((g for g in clause.groups if label(scene.tagged, g) in frame.actor), None)
            if holder is None:
                continue
            at = holder.last - 1
        draft = _draft(scene, clause, timeline, frame, None, at)
        attacks = frame.kind not in CONTROL_KINDS and draft is not None and draft.filled.actor is not None
        if draft is not None and (draft.filled.objects or draft.entry or attacks):
            scene.drafts += by_date(scene, clause, timeline, draft)
            return


def _draft(
    scene: Scene, clause: Clause, timeline: Timeline, frame: Frame, verb: Verb | None, noun: int | None
) -> Draft | None:
    at = verb.at if verb is not None else noun
    if at is None:
        return None
    if verb is None and frame.kind in CONTROL_KINDS and is_positional(scene) and _describes(scene.tagged, at):
        return None
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
    )
    if (
        frame.kind == "withdrawal"
        and filled.objects
        and all(g.type == "position" and not g.name for g in filled.objects)
    ):
        filled.objects += [
            g for g in clause.groups if g.kind == "place" and g.name and g.case in {"in", "ine"}
        ]
    if not filled.objects and frame.kind in CONTROL_KINDS and "nom" in frame.object:
        filled.objects = of_garrison(scene, clause)
    if noun is not None and verb is None and filled.actor is None and "possessor" in frame.actor:
        filled.actor = nation_before(scene, noun)
    if (
        noun is not None
        and verb is not None
        and filled.actor is None
        and not is_positional(scene)
        and frame.kind not in CONTROL_KINDS
        and (word := scene.tagged.words[noun]) is not None
        and word.case == "nom"
    ):
        filled.actor = nation_before(scene, noun)  # "német támadás indult"
    if verb is not None and verb.word.form == "vn" and filled.actor is None and not is_positional(scene):
        filled.actor = nation_before(scene, verb.at)  # "Knin horvát visszafoglalása"
    if verb is not None and filled.actor is None and filled.pronoun and is_positional(scene):
        told = first_person(scene, clause, verb) or doing_noun(scene, clause, verb)
        if told is not None:
            filled.actor, filled.pronoun = told, False
    ousts = (
        verb is not None and frame.needs_against and verb.lemma in scene.account.pack.sets["ousting_verbs"]
    )
    gapped = (
        ousts
        and verb is not None
        and verb.passive
        and set(scene.tagged.tags[clause.low : verb.low]) <= _GAPPED
    )
    if (
        frame.needs_against
        and filled.against is None
        and clause.relative_case not in frame.object
        and not gapped
    ):
        pronouns = scene.account.pack.sets["object_pronouns"]
        words = (scene.tagged.bases[k].lower() for low, high in clause.ranges for k in range(low, high))
        if not any(word in pronouns for word in words):
            return None
    if verb is not None:
        flags = read_flags(scene.account, scene.tagged, scene.clauses, clause, verb)
        if frame.kind == "withdrawal" and takes_some(scene, clause, verb):
            flags = replace(flags, partial=True)
    else:
        standing = Verb(at, "", scene.tagged.words[at])  # type: ignore[arg-type]
        standing.word = _as_noun(standing)
        flags = read_flags(scene.account, scene.tagged, scene.clauses, clause, standing)
    draft = _make(scene, clause, timeline, frame, filled, flags, verb, noun, at)
    if draft is not None:
        draft.ousts = ousts
    return draft


def _describes(tagged: Tagged, at: int) -> bool:
    """Whether a noun of happening only describes the noun behind it: "the Karvol occupation authority", "a withdrawal
    agreement".
    """
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else "."
    if after in "AYHsTnu":
        return True
    owned = at > 0 and tagged.tags[at - 1] in "NMy"
    return after == "x" and owned and not tagged.low[at + 1].endswith("ly")


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


def _make(
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
    if (frame.kind == "hold" or (frame.verbless and verb is None)) and tagged_so(scene, clause, "!"):
        flags = replace(flags, negated=True)  # "már nem a felkelők kezén volt": what is denied is the holding
    if participle and own is None and filled.actor is None:
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
    lasts = entry or frame.extent == "partial" or frame.kind == "hold"
    date = timeline.date(
        clause_spans, trigger[0], (scene.sentence.start, scene.sentence.end), own=own, lasts=lasts
    )
    if date.basis == "inherited" and date.latest is not None and _looks_back(scene, clause, verb):
        date = EventDate(edtf=f"../{date.latest}", earliest=None, latest=date.latest, basis="bounded")
    lemma = verb.lemma if verb is not None else (scene.tagged.words[noun].lemma if noun is not None else "")  # type: ignore[union-attr]
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
        infinitive=verb is not None and _needs_object(scene, clause, frame, verb),
        has_pronoun=any(
            scene.tagged.low[k] not in scene.account.pack.sets["object_demonstratives"]
            for k in tagged_so(scene, clause, "D")
        ),
        nominal=verb is None or verb.word.form == "vn",
        pronoun_before=clause.low > 0 and scene.tagged.tags[clause.low - 1] == "D",
        bystanders=not _governs_nobody(scene, frame, verb)
        and are_bystanders(scene, clause, at, nominal=verb is None),
        announcer=announcer(scene, clause, frame, filled, verb, at),
        entry=entry,
        stranger=strange,
        has_object=verb is not None and not filled.objects and has_object(scene, clause, verb),
        own=is_own(scene, clause, filled, verb, noun),
        teller=teller(scene, clause, filled.actor),
        beside=beside(scene, filled.actor),
        after=verb is None and is_after(scene, filled, at),
        passive=verb is not None and verb.passive and not verb.attributive,
        secures=lemma in scene.account.pack.sets["securing_verbs"],
        liberates=lemma in scene.account.pack.sets["liberating_verbs"],
    )


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
    if verb is not None and _is_bare(scene, clause, verb):
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


def _is_bare(scene: Scene, clause: Clause, verb: Verb) -> bool:
    """Whether a verb is a passive without subject: "Retaken by …", "Is contested since …"."""
    if not verb.passive or verb.attributive or verb.word.form != "fin":
        return False
    if any(group.last <= verb.low and group.case == "nom" for group in clause.groups):
        return False
    return verb.first < 0 or opens(scene.tagged, verb.low, scene.account.pack)


def _code_held(scene: Scene, clause: Clause, timeline: Timeline, frame: Frame, at: int, stem: str) -> None:
    """Owner and possession in one word: "the ISIL-held village of Derin"."""
    lexicon = scene.account.pack.lexicon
    words = [w for w in (*lexicon.get(stem, ()), *lexicon.get(stem.lower(), ())) if w.tag in "OSCA"]
    target = next((g for g in clause.groups if g.last > at and g.first <= at + 3), None)
    if not words or target is None or target.kind != "place":
        return
    tokens, first = scene.account.tokens, scene.tagged.first
    owner = Group("actor", at, at + 1, tokens.start[first + at], tokens.end[first + at], stem)
    word = words[0]
    if word.tag == "O":
        owner.org = word.info
    elif word.tag == "A":
        owner.role = word.info
    else:
        owner.nation = word.info
    filled = Filled(objects=[target], actor=owner)
    draft = _make(scene, clause, timeline, frame, filled, Flags(), None, None, at)
    if draft is not None:
        scene.drafts.append(draft)


def _code_attributive(scene: Scene, clause: Clause, timeline: Timeline, frame: Frame, at: int) -> None:
    """A statement of possession inside a description: "az ISIL kezén lévő Mahin"."""
    noun = find_noun(scene.tagged, clause, frame, at, by_position=is_positional(scene))
    if noun is None or not 0 < at - noun <= 2:
        return
    owner = next((g for g in scene.groups if g.kind == "actor" and g.last in {noun, noun - 1}), None)
    target = next((g for g in scene.groups if g.first > at and g.kind == "place"), None)
    if owner is None or target is None or target.first - at > 4:
        return
    filled = Filled(objects=[target], actor=owner)
    flags = Flags()
    draft = _make(scene, clause, timeline, frame, filled, flags, None, noun, at)
    if draft is not None:
        scene.drafts.append(draft)
