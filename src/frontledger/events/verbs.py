"""Find the verbs of a sentence, with their preverbs and their form: finite, participle, infinitive.

What belongs here: languages whose verbs say their form themselves.  Those that say it with auxiliaries are
read further by :mod:`frontledger.events.auxiliaries`.  What does not: frames and roles.
"""

from __future__ import annotations

from frontledger.events.auxiliaries import read_groups
from frontledger.events.verbforms import Verb
from frontledger.languages.pack import Pack, Word
from frontledger.mentions.tagging import AccountTokens, Tagged

__all__ = ["Verb", "find_verbs"]

_NOUNISH = "nYyANMIRSOJHsuCQT"


def find_verbs(account: AccountTokens, tagged: Tagged) -> list[Verb]:
    """Every verb of the sentence that the pack knows, and unknown finite verbs (lemma empty)."""
    pack, tokens = account.pack, account.tokens
    found: list[Verb] = []
    endings = pack.names.pack.converb_endings
    if pack.names.pack.roles == "position":
        _particles(account, tagged)
    for at, tag in enumerate(tagged.tags):
        if tag == "v" and at and pack.names.pack.plural_endings and _is_noun(tagged, at):
            tagged.tags[at] = "x"  # "a gárdisták", "horvát gárdisták"
        elif tag == "v":
            word = Word("v", "")
            word.form, word.tense = "fin", "past"
            found.append(Verb(at, "", word))
        elif tag == "x" and at and tagged.tags[at - 1] in ",xz" and _behind_comma(tagged, at) and endings:
            if tokens.low[tagged.first + at].endswith(endings):
                word = Word("v", "")
                word.form, word.tense = "conv", "pres"
                found.append(Verb(at, "", word))  # ", reopening the road": what it governs is its own
        elif (
            tag == "V"
            or (tag == "n" and _is_present(pack, account, tagged, at))
            or (tag in "HYLj" and tagged.words[at] is not None)
        ):
            readings = [w for w in pack.lexicon.get(tokens.low[tagged.first + at], ()) if w.tag == "V"]
            if not readings and tag == "V" and (known := tagged.words[at]) is not None:
                readings = [known]
            if not readings or (
                tag in "HYj" and readings[0].form in {"vn", "pp", "ap"} and not _announces(pack, readings)
            ):
                continue
            if tag == "L" and readings[0].form != "fin":
                continue
            if tag in "HYj" and not any(word.lemma in pack.verb_frames for word in readings):
                continue  # "a vár" is no verb
            if (
                tag == "V"
                and pack.names.pack.roles == "position"
                and (lead := _behind_article(tagged, at, readings))
            ):
                tagged.tags[at] = lead
                continue  # "the start of", "on occupied territory"
            if tag == "V" and pack.names.pack.roles == "position" and _is_plural_noun(tagged, at, readings):
                tagged.tags[at] = "x"
                continue  # "to reverse the recent ISIL gains"
            if (
                tag == "V"
                and pack.names.pack.roles == "position"
                and (noun := _as_noun(pack, account, tagged, at))
            ):
                tagged.tags[at], tagged.words[at] = "n", noun
                continue  # "the bombing of Derin"
            if (
                tag == "V"
                and pack.names.pack.roles == "position"
                and (noun := _as_subject(pack, account, tagged, at))
            ):
                tagged.tags[at], tagged.words[at] = "n", noun
                continue  # "Fighting raged in Derin"
            if tag == "H" and pack.names.pack.roles == "case" and readings[0].form == "fin":
                continue  # "uralom alá": the noun
            if tag != "V" and pack.names.pack.roles == "position" and not _behind_subject(pack, tagged, at):
                continue  # "took control", "under their control" are no verbs
            if pack.names.pack.roles == "case" and _is_closing_past(tagged, at, readings):
                word = readings[0].inflected("fin", "past.3pl.indef")
                found.append(Verb(at, readings[0].lemma, word))
                continue
            found += _verbs_at(pack, tagged, at, readings)
    if pack.names.pack.roles == "position":
        return read_groups(account, tagged, found)
    _mark_attributive(tagged, found)
    return found


def _is_noun(tagged: Tagged, at: int) -> bool:
    """Whether what looks like an unknown finite verb stands where only a noun can: behind an article, or as many of a nation."""
    before = tagged.words[at - 1]
    if tagged.tags[at - 1] == "d":
        return True
    return (
        tagged.tags[at - 1] == "S"
        and before is not None
        and before.num == "sg"
        and before.case == "nom"
        and tagged.low[at].endswith("k")
    )


def _behind_comma(tagged: Tagged, at: int) -> bool:
    """Whether a comma stands right before token ``at``, or before the one adverb before it: ", formally annexing"."""
    tags = tagged.tags
    return tags[at - 1] == "," or (at > 1 and tags[at - 1] in "xz" and tags[at - 2] == ",")


def _is_closing_past(tagged: Tagged, at: int, readings: list[Word]) -> bool:
    """Whether a participle in the plural is the past of a verb whose forms the table lacks: "a hírre megfutottak, …"."""
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else "."
    return after in ",.c" and all(
        word.form == "pp" and word.num == "pl" and word.case == "nom" for word in readings
    )


def _particles(account: AccountTokens, tagged: Tagged) -> None:
    """A particle that could be a verb is one only behind "to" or a modal: "took it back", "retreated back"."""
    table = account.pack.names.auxiliary
    particles = account.pack.names.pack.preverbs
    low = account.tokens.low
    for at, tag in enumerate(tagged.tags):
        if tag == "V" and at and low[tagged.first + at] in particles:
            before = low[tagged.first + at - 1]
            if before not in table.infinitive and before not in table.modal and before not in table.do:
                tagged.tags[at], tagged.words[at] = "e", None


def _as_noun(pack: Pack, account: AccountTokens, tagged: Tagged, at: int) -> Word | None:
    """The noun that a gerund is between an article or owner and "of"."""
    if (
        at + 1 >= len(tagged.tags)
        or tagged.tags[at + 1] != "F"
        or not at
        or tagged.tags[at - 1] not in "dDjJ'"
    ):
        return None
    readings = pack.lexicon.get(account.tokens.low[tagged.first + at], ())
    return next((word for word in readings if word.tag == "n"), None)


def _is_present(pack: Pack, account: AccountTokens, tagged: Tagged, at: int) -> bool:
    """Whether a form in the plural is the verb of the name before it, where its clause has no other: "If Karvol falls"."""
    if pack.names.pack.roles != "position" or at < 1 or tagged.tags[at - 1] != "N":
        return False
    if tagged.tags[at + 1 : at + 2] not in ([","], ["."], ["P"], ["t"], ["x"]):
        return False
    readings = pack.lexicon.get(account.tokens.low[tagged.first + at], ())
    if not any(word.tag == "V" and word.form == "fin" and word.tense == "pres" for word in readings):
        return False
    low = at - 1
    while low > 0 and tagged.tags[low - 1] == "N":
        low -= 1
    conditional = low > 0 and tagged.low[low - 1] in pack.sets["conditional"]
    high = next((k for k in range(at, len(tagged.tags)) if tagged.tags[k] in ",;k"), len(tagged.tags))
    if "V" in tagged.tags[at + 1 : high] or not (low == 0 or conditional or tagged.tags[low - 1] in ",;:.kt"):
        return False
    tagged.tags[at], tagged.words[at] = "V", next(word for word in readings if word.tag == "V")
    return True


def _as_subject(pack: Pack, account: AccountTokens, tagged: Tagged, at: int) -> Word | None:
    """The noun that a gerund at the opening of a clause is, right before its verb."""
    if (at and tagged.tags[at - 1] not in ",.;c") or tagged.tags[at + 1 : at + 2] != ["V"]:
        return None
    following = pack.lexicon.get(account.tokens.low[tagged.first + at + 1], ())
    if not any(word.tag == "V" and word.form == "fin" for word in following):
        return None
    readings = pack.lexicon.get(account.tokens.low[tagged.first + at], ())
    gerund = any(word.tag == "V" and word.form == "ap" for word in readings)
    return next((word for word in readings if word.tag == "n"), None) if gerund else None


def _behind_article(tagged: Tagged, at: int, readings: list[Word]) -> str:
    """The tag of what looks like a verb where none can stand: a noun or adjective behind article or preposition."""
    before = tagged.tags[at - 1] if at else ""
    after = tagged.tags[at + 1] if at + 1 < len(tagged.tags) else "."
    opening = at - 1
    while opening > 0 and tagged.tags[opening] == "j":
        opening -= 1  # "the final push into"
    article = before == "j" and tagged.tags[opening] == "d"
    if (
        before
        and (before in "dF" or article)
        and all(word.form == "inf" or word.tense == "pres" for word in readings)
    ):
        return "x"
    if not before or before not in "dPF" or after not in "YnHx":
        return ""
    return "j" if all(word.form == "pp" or word.tense == "past" for word in readings) else ""


def _is_plural_noun(tagged: Tagged, at: int, readings: list[Word]) -> bool:
    """Whether a form in -s is the noun of a compound: a verb of its stretch stands before it already."""
    if at < 3 or tagged.tags[at - 1] not in "OSA" or tagged.tags[at - 2] not in "djJx":
        return False
    if any(word.form != "fin" or word.tense != "pres" for word in readings):
        return False
    for before in range(at - 2, -1, -1):
        if tagged.tags[before] in ",;:.k":
            return False
        if tagged.tags[before] == "V":
            return True
    return False


def _behind_subject(pack: Pack, tagged: Tagged, at: int) -> bool:
    """Whether a form that may be a noun stands where a verb does: behind a subject, auxiliary or adverb."""
    if not at:
        return False
    table = pack.names.auxiliary
    while at > 1 and tagged.tags[at - 1] in "xz" and tagged.low[at - 1] in pack.sets["entry_adverbs"]:
        at -= 1  # "Ukrainian forces still hold Karvol"
    if tagged.tags[at - 1] in "AOR" and tagged.tags[max(at - 2, 0)] == "P":
        return False  # "still under government control"
    before = tagged.bases[at - 1].lower()
    return tagged.tags[at - 1] in "NAORTrye" or before in (*table.infinitive, *table.modal, *table.do)


def _announces(pack: Pack, readings: list[Word]) -> bool:
    """Whether a deverbal noun that is also a plain one ("megszállása") announces an event by itself."""
    return any(
        word.form == "vn" and any("vn" in frame.derived for frame in pack.verb_frames.get(word.lemma, ()))
        for word in readings
    )


def _verbs_at(pack: Pack, tagged: Tagged, at: int, readings: list[Word]) -> list[Verb]:
    best = min(readings, key=_form_order) if len(readings) > 1 else readings[0]
    if pack.names.pack.roles == "position":
        return _phrasal(pack, tagged, at, Verb(at, best.lemma, best))
    forms = [word for word in readings if word.form == best.form]
    choices = [Verb(at, best.lemma, best)]
    separated = None if any(word.info for word in forms) else _preverb(pack, tagged, at)
    if separated is not None:
        low = tagged.bases[separated].lower()
        low = pack.names.pack.preverb_variants.get(low, low)
        joined = low + _base_of(forms[0])
        helps = _base_of(forms[0]) in pack.sets["success_verbs"] | pack.sets["plan_verbs"]
        if helps and joined not in pack.verb_frames:
            return choices[:1]  # "el tudta foglalni": the preverb is the infinitive's
        if joined in pack.verb_frames or low not in pack.words.postpositions:  # "ellenőrzésük alá vonták"
            return [Verb(at, joined, forms[0], separated)]
    return choices[:1]


def _phrasal(pack: Pack, tagged: Tagged, at: int, verb: Verb) -> list[Verb]:
    """The verb with its particle, if together they are a verb of the pack: "handed X over", "drove Y out"."""
    base = verb.lemma.split(" ")[0]
    for other in range(at + 1, min(at + 9, len(tagged.tags))) if base in pack.phrasal_bases else ():
        tag = tagged.tags[other]
        if tag in ",.;kV" and other > at + 1:
            break
        joined = f"{base} {tagged.low[other]}"
        behind = tagged.tags[other + 1] if other + 1 < len(tagged.tags) else "."
        inward = pack.words.postpositions.get(tagged.low[other]) == "into"
        back = inward and tagged.tags[at + 1 : other] == ["e"]
        if other > at + 1 and behind in "dDQNtyY" and not back:
            continue  # "stormed the town in an afternoon": a preposition; but "swept back into the town"
        if joined in pack.phrasal and tagged.low[other] in pack.names.pack.preverbs:
            tagged.tags[other] = "e"
            return [Verb(at, joined, verb.word, other)]
    return [Verb(at, base if base in pack.verb_frames else verb.lemma, verb.word)]


_FORM_ORDER = {"fin": 0, "inf": 1, "conv": 2, "pp": 3, "ap": 4, "vn": 5}


def _form_order(word: Word) -> int:
    return _FORM_ORDER.get(word.form, 9)


def _base_of(word: Word) -> str:
    return word.lemma[len(word.info) :] if word.info else word.lemma


def _preverb(pack: Pack, tagged: Tagged, at: int) -> int | None:
    """Where a separated preverb stands: "foglaltak el", "el is foglalta", "el akarták foglalni"."""
    preverbs = pack.names.pack.preverbs
    if not preverbs:
        return None
    for step in (1, -1, 2, -2, 3, -3):
        other = at + step
        if not 0 <= other < len(tagged.tags):
            continue
        between = tagged.tags[min(at, other) + 1 : max(at, other)]
        if any(tag in ",.;k" or (tag == "V" and step > 0) for tag in between):
            continue
        if tagged.tags[other] in "ePzc" and tagged.bases[other].lower() in preverbs:
            return other
    return None


def _mark_attributive(tagged: Tagged, verbs: list[Verb]) -> None:
    """A form that may be a past participle is one where a noun follows and another verb carries the clause."""
    tags = tagged.tags
    sure = [verb.at for verb in verbs if verb.word.form == "fin" and not _participle_like(verb)]
    for verb in verbs:
        if verb.word.form == "fin" and _leads(tagged, verb, sure):
            verb.attributive = True
            continue
        if verb.word.form != "fin" or not _participle_like(verb):
            continue
        before = tags[verb.at - 1] if verb.at else "."
        after = verb.at + 1
        while after < len(tags) and tags[after] in "jJ-#":
            after += 1  # "a bekerített III. hadtest"
        nounish = after < len(tags) and tags[after] in _NOUNISH + "x" and verb.preverb is None
        low = verb.at
        while low > 0 and tags[low - 1] not in ",;:.":
            low -= 1
        high = verb.at
        while high < len(tags) and tags[high] not in ",;:.":
            high += 1
        other = any(low <= at < high for at in sure if at != verb.at) or any(
            verb.at < later.at < high and later.word.form == "fin" for later in verbs
        )
        previous = tagged.words[verb.at - 1] if before == "P" else None
        by = previous is not None and previous.info == "by"
        if (nounish and (by or before in "dj" or other or (verb.lemma == "" and tags[after] in "nA"))) or (
            not verb.lemma and by
        ):
            verb.attributive = True


def _leads(tagged: Tagged, verb: Verb, sure: list[int]) -> bool:
    """Whether a definite past only describes the noun behind it: "a Karov vezette szerb csapatok elfoglalták …"."""
    tags, at = tagged.tags, verb.at
    if (
        verb.word.tense != "past"
        or verb.word.person != "3sg"
        or not verb.word.definite
        or verb.preverb is not None
    ):
        return False
    if not at or tags[at - 1] not in "ANTOSpM" or tags[at + 1 : at + 2] == []:
        return False
    behind = at + 1
    while behind < len(tags) and tags[behind] in "jJS-":
        behind += 1
    word = tagged.words[behind] if behind < len(tags) else None
    if behind >= len(tags) or tags[behind] not in "AOR" or (word is not None and word.case == "acc"):
        return False
    later = next((other for other in sure if other > at), None)
    return later is not None and not set(tags[behind:later]) & set(",ck;")


def _participle_like(verb: Verb) -> bool:
    return not verb.lemma or (
        verb.word.tense == "past"
        and verb.word.person == "3sg"
        and not verb.word.definite
        and not verb.word.pot
    )
