"""Verb groups of languages with auxiliaries: "had not been captured", "managed to take", "after seizing".

The same surface is a past tense ("ISIL captured X"), a passive ("X was captured"), a reduced relative ("the
villages captured by ISIL") or an adjective ("the captured villages"); what stands around it decides.

What does not belong here: which auxiliaries a language has (``names.toml``, table ``auxiliary``).
"""

from __future__ import annotations

from frontledger.events.entries import goes_on, lacks_object, leans, opens
from frontledger.events.verbforms import Verb
from frontledger.languages.pack import Pack, Word
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["read_groups"]

_BETWEEN = frozenset("xzhjt!Qe")
"""What may stand between an auxiliary and its verb."""


def read_groups(account: AccountTokens, tagged: Tagged, verbs: list[Verb]) -> list[Verb]:
    """The main verbs of ``verbs``, with voice, form and the start of their group; auxiliaries are dropped."""
    pack = account.pack
    auxiliaries = pack.auxiliaries
    roles = [  # the May of a date is no modal
        auxiliaries.get(low, "") if tag != "t" else ""
        for low, tag in zip(tagged.low, tagged.tags, strict=True)
    ]
    kept: list[Verb] = []
    entry = False
    for verb in verbs:
        if roles[verb.at] and _leads_on(tagged, roles, verb.at):
            continue
        forms = {
            w.form: w for w in pack.lexicon.get(tagged.low[verb.at], ()) if w.tag == "V" and _same(w, verb)
        }
        if forms and _is_no_verb(roles, verb.at, forms):
            tagged.tags[verb.at] = "x"
            continue
        if "pp" in forms and _is_entry(pack, tagged, verb, kept, entry=entry):
            entry = verb.passive = True  # "Captured by ISIL on 5 May, retaken in June."
            verb.word = _as(forms["pp"], "fin", "past")
        elif "pp" in forms and _shares_auxiliary(pack, tagged, roles, verb, kept):
            verb.passive = True  # "was stormed and sacked"
            verb.word = _as(forms["pp"], kept[-1].word.form, "past")
            verb.modal = kept[-1].modal
        else:
            _read(pack, tagged, roles, verb, forms or {verb.word.form: verb.word})
            if "pp" in forms and kept and not kept[-1].passive and _tells(pack, kept[-1]):
                _read_found(tagged, verb, kept[-1], forms)
            if verb.first < 0 and verb.word.form == "fin" and verb.word.tense == "pres" and "inf" in forms:
                _share_governor(pack, tagged, verb, kept, forms["inf"])
            if verb.word.form == "inf" and _is_obliged(pack, tagged, roles, verb):
                verb.word = _as(verb.word, "fin", "past")  # "had to give up"
        kept.append(verb)
    return kept


def _is_no_verb(roles: list[str], at: int, forms: dict[str, Word]) -> bool:
    """Whether a base form stands right behind "have" or "be", where no verb has it: "had free passage"."""
    if not at or roles[at - 1] not in {"have", "be"}:
        return False
    return all(form == "inf" or (form == "fin" and word.tense == "pres") for form, word in forms.items())


def _is_entry(pack: Pack, tagged: Tagged, verb: Verb, before: list[Verb], *, entry: bool) -> bool:
    """Whether a participle makes a clause without subject or auxiliary: it opens the sentence, alone or under a
    verb of saying ("Claimed captured by …"), or carries on what another such participle began.
    """
    if not lacks_object(tagged, verb.at) or leans(tagged, verb.at):
        return False
    if not any("acc" in frame.object for frame in pack.verb_frames.get(verb.lemma, ())):
        return False  # "Retreated on 5 May"
    said = bool(before) and before[-1].at == verb.at - 1 and before[-1].lemma in pack.sets["speech_verbs"]
    return opens(tagged, before[-1].at if said else verb.at, pack) or (entry and goes_on(tagged, verb.at))


def _shares_auxiliary(pack: Pack, tagged: Tagged, roles: list[str], verb: Verb, before: list[Verb]) -> bool:
    """Whether a participle is joined to a passive verb right before it, whose auxiliary serves both."""
    last = before[-1] if before else None
    if last is None or not last.passive or last.attributive or last.word.form not in {"fin", "inf"}:
        return False
    between = tagged.tags[last.at + 1 : verb.at]
    if not between and _tells(pack, last):
        return True  # "was declared liberated", "was found abandoned"
    following = tagged.words[verb.at + 1] if verb.at + 1 < len(tagged.words) else None
    if between[-1:] == ["c"] and following is not None and following.info == "by" and "k" not in between:
        return True  # "was abandoned by its garrison and occupied by the corps"
    if (
        _goes_on(pack, tagged, verb)
        and "k" not in between
        and not any(roles[at] for at in range(last.at + 1, verb.at))
    ):
        return True  # "was captured in June, then retaken by the army in July"
    given = any(frame.kind == "handover" for frame in pack.verb_frames.get(verb.lemma, ()))
    if between[-1:] == ["c"] and following is not None and following.info == "to" and given:
        return "k" not in between  # "was taken by X in 1717 and returned to Y"
    return (
        "c" in between
        and set(between) <= set("c,xzth")
        and not any(roles[at] for at in range(last.at + 1, verb.at))
    )


def _goes_on(pack: Pack, tagged: Tagged, verb: Verb) -> bool:
    """Whether a participle of taking stands behind a comma or coordinator and has no object: "…, then retaken by …"."""
    at = verb.at - 1
    while at > 0 and tagged.tags[at] in "xzaht":
        at -= 1
    after = verb.at + 1
    while tagged.tags[after : after + 1] == ["z"]:
        after += 1  # "abandoned again two days later"
    behind = tagged.tags[after : after + 1]
    if at <= 0 or tagged.tags[at] not in "c," or behind not in (["P"], ["t"]) or leans(tagged, verb.at):
        return False
    return any("acc" in frame.object for frame in pack.verb_frames.get(verb.lemma, ()))


def _is_obliged(pack: Pack, tagged: Tagged, roles: list[str], verb: Verb) -> bool:
    """Whether the infinitive hangs on "had to", which in a narrative means that it was done."""
    to = next((at for at in range(verb.at - 1, max(verb.at - 4, 0), -1) if roles[at] == "infinitive"), None)
    return to is not None and to > 0 and tagged.low[to - 1] in pack.sets["obliged"]


def _same(word: Word, verb: Verb) -> bool:
    return verb.lemma == word.lemma or verb.lemma.startswith(word.lemma + " ")


def _leads_on(tagged: Tagged, roles: list[str], at: int) -> bool:
    """Whether an auxiliary is followed by the verb that it serves."""
    for later in range(at + 1, min(at + 6, len(tagged.tags))):
        if tagged.tags[later] == "V" or roles[later]:
            return True
        if tagged.tags[later] not in _BETWEEN:
            return False
    return False


def _chain(tagged: Tagged, roles: list[str], at: int) -> list[int]:
    """The auxiliaries in front of the verb at ``at``, nearest first."""
    found: list[int] = []
    position = at - 1
    while position >= 0 and at - position <= 8:
        if roles[position]:
            found.append(position)
        elif tagged.tags[position] not in _BETWEEN:
            break
        position -= 1
    return found


def _read(pack: Pack, tagged: Tagged, roles: list[str], verb: Verb, forms: dict[str, Word]) -> None:
    chain = _chain(tagged, roles, verb.at)
    kinds = [roles[at] for at in chain]
    if chain:
        verb.first = chain[-1]
    verb.modal = "modal" in kinds or (
        kinds == ["be"] and tagged.low[chain[0]] in pack.sets["subjunctive"]
    )  # "ordered that Karvol be stormed"
    if kinds[:1] == ["be"] and "ap" in forms:  # "was capturing"
        verb.word = _as(forms["ap"], "fin", "past")
    elif kinds == ["be"] and "pp" in forms and tagged.low[chain[0]] in pack.names.auxiliary.participles:
        verb.passive = True  # "in danger of being captured"
        verb.word = _as(forms["pp"], "conv", "pres")
    elif kinds[:1] == ["be"] and "pp" in forms:
        verb.passive = True
        verb.present = len(kinds) == 1 and tagged.low[chain[0]] in pack.names.auxiliary.present
        verb.word = _as(forms["pp"], "inf" if "infinitive" in kinds else "fin", "past")
    elif kinds[:1] == ["have"] and "pp" in forms:
        having = tagged.low[chain[0]] in pack.names.auxiliary.participles  # "having lost Karvol"
        verb.word = _as(forms["pp"], "inf" if "infinitive" in kinds else "conv" if having else "fin", "past")
    elif not kinds and "inf" in forms and "pp" not in forms and _joined_infinitive(tagged, roles, verb.at):
        verb.word = _as(forms["inf"], "inf", "inf")  # "to capture and secure"
    elif kinds[:1] == ["infinitive"]:
        verb.word = _as(next(iter(forms.values())), "inf", "inf")
    elif kinds[:1] in (["do"], ["modal"]):
        verb.word = _as(next(iter(forms.values())), "fin", "past")
    elif (set(forms) & {"pp"} and "fin" in forms) or ("pp" in forms and "fin" not in forms):
        _bare(tagged, verb, forms)
    elif "ap" in forms and "fin" not in forms:
        verb.word = forms["ap"] if _before_noun(tagged, verb.at) else _as(forms["ap"], "conv", "pres")
        verb.attributive = verb.word.form == "ap" and tagged.tags[max(verb.at - 1, 0)] in "dj"


def _joined_infinitive(tagged: Tagged, roles: list[str], at: int) -> bool:
    """Whether the verb is joined to an infinitive by a coordinator."""
    while at > 3 and tagged.tags[at - 1] in "xzjt":
        at -= 1  # "to encircle and subsequently retake"
    if at < 3 or tagged.tags[at - 1] != "c":
        return False
    to = next((k for k in range(at - 2, max(at - 8, 0), -1) if roles[k] == "infinitive"), None)
    return to is not None and not any(tag in ",.;k" for tag in tagged.tags[to:at])


def _share_governor(pack: Pack, tagged: Tagged, verb: Verb, before: list[Verb], base: Word) -> None:
    """Read a base form behind a comma or coordinator under what governs the verb before it: "planned to seize Karvol,
    secure Derin, and then advance on Tolm", "would take Karvol and hold Derin", "had to leave Karvol and give up Derin".
    """
    at = verb.at
    while at > 0 and tagged.tags[at - 1] in "xzjht":
        at -= 1
    last = next((other for other in reversed(before) if not other.attributive), None)
    if last is None or not at or tagged.tags[at - 1] not in ",c":
        return
    if set(tagged.tags[last.at + 1 : verb.at]) & set("k.ra"):
        return
    if last.modal and last.word.form == "fin" and not last.passive:
        verb.word, verb.modal = _as(base, "fin", "past"), True
    elif last.word.form == "inf":
        verb.word = _as(base, "inf", "inf")
    elif last.first > 0 and tagged.low[last.first] in pack.names.auxiliary.infinitive:
        verb.word = _as(base, "fin", "past")


def _as(word: Word, form: str, tense: str) -> Word:
    copy = Word(word.tag, word.lemma, word.info, word.flags)
    copy.form, copy.tense, copy.person = form, tense, "3sg"
    copy.case, copy.num = word.case, word.num
    return copy


def _before_noun(tagged: Tagged, at: int) -> bool:
    """Whether an article stands before and a noun behind: "the capturing forces"."""
    before = tagged.tags[at - 1] if at else "."
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else "."
    return before in "dD" and after in "AYRTNOSCjJy"


def _is_inserted(tagged: Tagged, comma: int, at: int) -> bool:
    """Whether a participle at ``at`` stands between commas that part a subject from its verb."""
    tags = tagged.tags
    subject = comma - 1
    while subject >= 0 and tags[subject] in "NMyYjJdSQ#FA'-pTOCR":
        subject -= 1
    if subject == comma - 1 or (subject >= 0 and tags[subject] not in ",c.t"):
        return False
    if at + 1 >= len(tags) or tags[at + 1] not in "Pt-fxz":
        return False
    closing = next((k for k in range(at + 1, len(tags) - 1) if tags[k] in ",kcVv;"), None)
    if closing is None or tags[closing] != ",":
        return False
    closing += 1
    while closing < len(tags) - 1 and tags[closing] in "xzh":
        closing += 1
    return tags[closing] == "V"


def _bare(tagged: Tagged, verb: Verb, forms: dict[str, Word]) -> None:
    """A form in -ed without an auxiliary: past tense, reduced relative, or adjective."""
    tags = tagged.tags
    opening = verb.at - 1
    if opening > 0 and tags[opening] in "xzh" and tags[opening - 1] == ",":
        opening -= 1  # ", primarily led by"
    elif opening > 0 and tags[opening] in "xz" and tags[opening - 1] in "NMy" and _is_by(tagged, verb.at + 1):
        opening -= 1  # "Karvol finally cleared by the rifles"
    before = tags[opening] if verb.at else "."
    after = tags[verb.at + 1] if verb.at + 1 < len(tags) else "."
    following = tagged.words[verb.at + 1] if verb.at + 1 < len(tags) else None
    if (before in "dDjQP" and after in "yYANMSOCjTR") or (before == "V" and after in "yYA"):
        verb.attributive = True  # "the captured villages"
        verb.word = forms["pp"]
    elif after == "P" and following is not None and following.info == "by" and before in "NMYyAOSR)":
        verb.attributive, verb.passive = True, True  # "villages captured by ISIL"
        verb.word = forms["pp"]
    elif before in ",k" and after == "P" and following is not None and following.info == "by":
        verb.attributive, verb.passive = True, True
        verb.word = forms["pp"]
    elif before == "," and _is_inserted(tagged, opening, verb.at):
        verb.attributive, verb.passive = True, True  # "Karvol, invested in May, was stormed"
        verb.word = forms["pp"]
    elif before in "NMYy" and _is_absolute(tagged, opening):
        verb.attributive, verb.passive = True, True  # "With Karvol taken, the road lay open"
        verb.word = forms["pp"]
    elif "fin" in forms:
        verb.word = forms["fin"]
    else:
        verb.attributive = True
        verb.word = forms["pp"]


def _tells(pack: Pack, verb: Verb) -> bool:
    """Whether a verb may have a participle for what it tells: "declared Karvol liberated", "found Karvol abandoned"."""
    return verb.lemma in pack.sets["finding_verbs"] or verb.lemma in pack.sets["speech_verbs"]


def _is_by(tagged: Tagged, at: int) -> bool:
    word = tagged.words[at] if at < len(tagged.tags) else None
    return word is not None and tagged.tags[at] == "P" and word.info == "by"


def _read_found(tagged: Tagged, verb: Verb, finding: Verb, forms: dict[str, Word]) -> None:
    """What is said of a place that somebody finds: "found Karvol abandoned"."""
    between = tagged.tags[finding.at + 1 : verb.at]
    after = tagged.tags[verb.at + 1 : verb.at + 2]
    if (
        between
        and set(between) <= set("dDjJNMYyF")
        and between[-1] in "NMYy"
        and after in ([], ["."], [","], ["t"], ["P"])
    ):
        verb.attributive, verb.passive = False, True
        verb.word = _as(forms["pp"], "fin", "past")


def _is_absolute(tagged: Tagged, at: int) -> bool:
    """Whether the phrase that ends at token ``at`` stands behind a "with" that opens its stretch."""
    while at > 0 and tagged.tags[at] in "NMYyJjdD'":
        at -= 1
    word = tagged.words[at]
    opens_stretch = at == 0 or tagged.tags[at - 1] in ",;:."
    return opens_stretch and tagged.tags[at] == "P" and word is not None and word.info == "with"
