"""Code an account: sentences to events.

What belongs here: the order of the steps, clause by clause, and the discourse that they share (who was the
subject last, which places were named).  What does not: how a step does its work (``clauses``, ``roles``,
``flags``, ``dating``, ``sides``).
"""

from __future__ import annotations

from collections import Counter

from frontledger.events.clauses import Clause, split_clauses
from frontledger.events.dateditems import dated_items
from frontledger.events.dating import Timeline
from frontledger.events.demands import has_object, is_idle, is_of_place, is_whole
from frontledger.events.doers import (
    has_actor,
)
from frontledger.events.drafting import draft_of, make_draft
from frontledger.events.drafts import Draft
from frontledger.events.entries import topic
from frontledger.events.filled import Filled, label
from frontledger.events.flags import Flags
from frontledger.events.fronted import held_between_commas
from frontledger.events.headlines import headline, retell
from frontledger.events.introductions import introduced
from frontledger.events.parties import parties
from frontledger.events.parting import by_date
from frontledger.events.period import infobox_dates, titled_year
from frontledger.events.positions import assign_alone, assign_cases
from frontledger.events.records import PassedOver, finish
from frontledger.events.roles import find_noun
from frontledger.events.scene import Scene, is_positional
from frontledger.events.sides import Cast
from frontledger.events.verbforms import Verb
from frontledger.events.verbs import find_verbs
from frontledger.languages.pack import Pack
from frontledger.languages.schema import Frame
from frontledger.languages.sentencewords import sentence_words
from frontledger.languages.timewords import date_reader
from frontledger.mentions.group import Group
from frontledger.mentions.groups import gather
from frontledger.mentions.sentences import mask, split
from frontledger.mentions.shortnames import learn_short_names
from frontledger.mentions.tagging import AccountTokens, prepare, tag_sentence
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize
from frontledger.model import CONTROL_KINDS, Account, Event, Sentence, Time

__all__ = ["PassedOver", "code", "dates"]


_WHERE = frozenset(
    {"in", "into", "near", "direction", "from", "at", "over", "ine", "ill", "sup", "sub", "ela", "del"}
)
"""Labels that only a place bears."""
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
    low = account.tokens.low[tagged.first : tagged.first + len(tagged.tags)]
    if account.pack.triggers.isdisjoint(low) and not any(
        "-" in form and form.rpartition("-")[2] in account.pack.attributive for form in low
    ):  # "rebel-held" announces, too
        if account.pack.names.pack.roles == "position":
            assign_alone(account.pack, tagged, groups)
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
        _mark_refuges(scene, clause, verb)
        for frame in pack.verb_frames.get(verb.lemma, ()):
            form = "pp" if verb.attributive else verb.word.form
            if (
                form == "conv"
                and clause.finite is not None
                and clause.finite.lemma in pack.sets["stative_verbs"]
                and not (
                    clause.finite.lemma in pack.sets["preventing_verbs"]
                    and scene.tagged.tags[verb.low - 1] == "P"
                )  # "kept them from taking Karvol"
            ):
                continue
            if frame.needs_actor and not has_actor(scene, clause, frame, verb):
                continue
            if frame.passive and not verb.passive:
                continue
            if form != "fin" and form not in frame.derived and not (form == "conv" and "ap" in frame.derived):
                continue
            if frame.kind in CONTROL_KINDS and not frame.noun and is_idle(scene, clause, verb):
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
            if frame.needs_object and not has_object(scene, clause, frame, verb, noun):
                continue
            if noun is not None and is_of_place(scene, clause, frame, noun):
                continue  # "it was in control of Karvol": the subject's, not Karvol's
            if noun is not None:
                used.add(noun)
            draft = draft_of(scene, clause, timeline, frame, verb, noun)
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
    _code_state(scene, clause, timeline, used)


def _mark_refuges(scene: Scene, clause: Clause, verb: Verb) -> None:
    """Mark where somebody withdraws to: "withdrew to Karvol"."""
    frames = [f for f in scene.account.pack.verb_frames.get(verb.lemma, ()) if f.kind == "withdrawal"]
    if frames:
        towards = {label for frame in frames for label in frame.direction} | {"to", "direction"}
        for group in clause.groups:
            said = group.case if is_positional(scene) else label(scene.tagged, group)
            group.refuge |= group.kind == "place" and said in towards


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
        if word.tag == "n":
            for frame in pack.nominal_frames.get(word.lemma, ()):
                draft = draft_of(scene, clause, timeline, frame, None, at)
                if draft is not None and is_whole(frame, draft):
                    scene.drafts += by_date(scene, clause, timeline, draft)
                    break
        if clause.finite is not None and clause.finite.at == at:
            continue  # "a felkelők kezén maradt Karvol": told by its verb
        for frame in pack.attributive.get(form, ()):
            _code_attributive(scene, clause, timeline, frame, at)


def _code_state(scene: Scene, clause: Clause, timeline: Timeline, used: set[int]) -> None:
    """A possession told between commas, without a verb: "Karvol, in rebel hands since 2011, was shelled"."""
    tags = scene.tagged.tags
    if "," not in tags or "H" not in tags or not is_positional(scene):
        return
    frames = {id(frame): frame for some in scene.account.pack.attributive.values() for frame in some}
    for at in (k for k, tag in enumerate(tags) if tag == "H" and k not in used and clause.holds(k)):
        word = scene.tagged.words[at]
        frame = next((f for f in frames.values() if word is not None and word.lemma in f.noun), None)
        pair = held_between_commas(scene, clause, frame, at) if frame is not None else None
        if frame is None or pair is None:
            continue
        filled = Filled(objects=[pair[0]], actor=pair[1])
        draft = make_draft(scene, clause, timeline, frame, filled, Flags(), None, at, at)
        scene.drafts += [draft] if draft is not None else []


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
        draft = draft_of(scene, clause, timeline, frame, None, at)
        attacks = frame.kind not in CONTROL_KINDS and draft is not None and draft.filled.actor is not None
        if draft is not None and (draft.filled.objects or draft.entry or attacks):
            scene.drafts += by_date(scene, clause, timeline, draft)
            return


def _code_held(scene: Scene, clause: Clause, timeline: Timeline, frame: Frame, at: int, stem: str) -> None:
    """Owner and possession in one word: "the ISIL-held village of Derin"."""
    lexicon = scene.account.pack.lexicon
    words = [w for w in (*lexicon.get(stem, ()), *lexicon.get(stem.lower(), ())) if w.tag in "OSCA"]
    target = next((g for g in clause.groups if g.last > at and g.first <= at + 3), None)
    if target is None and _is_predicate(scene, clause, at):  # "Karvol was still rebel-held"
        target = next((g for g in reversed(clause.groups) if g.last <= at and g.case == "nom"), None)
    if not words or target is None or target.kind != "place":
        return
    tokens, first = scene.account.tokens, scene.tagged.first
    owner = Group("actor", at, at + 1, tokens.start[first + at], tokens.end[first + at], stem)
    word = words[0]
    if word.tag == "O":
        owner.org = word.info
    elif word.tag == "A":
        owner.role, owner.ruling = word.info, word.info == "government"
        owner.role = "state" if owner.ruling else owner.role
    else:
        owner.nation = word.info
    filled = Filled(objects=[target], actor=owner)
    draft = make_draft(scene, clause, timeline, frame, filled, Flags(), None, None, at)
    if draft is not None:
        scene.drafts.append(draft)


def _is_predicate(scene: Scene, clause: Clause, at: int) -> bool:
    """Whether the word at token ``at`` closes its stretch behind a form of "to be"."""
    tags, low = scene.tagged.tags, scene.tagged.low
    if tags[at + 1 : at + 2] not in ([], ["."], [","], ["P"], ["t"], ["c"]):
        return False
    before = at - 1
    while before > clause.low and tags[before] in "xzht":
        before -= 1
    return low[before] in scene.account.pack.names.auxiliary.be


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
    draft = make_draft(scene, clause, timeline, frame, filled, flags, None, noun, at)
    if draft is not None:
        scene.drafts.append(draft)
