"""A language pack, compiled once: a dictionary of forms, the phrases, the frames.

What belongs here: turning the checked files of ``languages/<code>/`` into what the engine looks up.  What
does not: looking at any account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import msgspec

from frontledger.errors import LanguageError, PackError
from frontledger.languages.loading import load_table
from frontledger.languages.schema import Frame, FrameFile, NameFile, Organisation, Patterns, WordFile

__all__ = ["FormReading", "Pack", "PhrasePairs", "Shape", "Word", "forms_announcing", "load_pack", "packs"]


_NONE: frozenset[str] = frozenset()


class Word(msgspec.Struct, eq=False, gc=False):
    """One reading of a form: its tag (what it does in a sentence), lemma, case and the like.

    A pack holds tens of thousands of them for good and none refers to another: the garbage collector is told so,
    or it would walk through all of them again and again.
    """

    tag: str
    lemma: str
    info: str = ""
    flags: frozenset[str] = _NONE
    case: str = "nom"
    num: str = "sg"
    poss: str = ""
    form: str = ""
    tense: str = ""
    person: str = ""
    definite: bool = False
    pot: bool = False

    def __repr__(self) -> str:
        return f"Word({self.tag} {self.lemma} {self.form}{self.case} {self.num} {self.poss} {self.tense})"

    def inflected(self, pos: str, tags: str) -> Word:
        """The word in the form that a row of ``forms.tsv`` describes."""
        word = Word(self.tag, self.lemma, self.info, self.flags)
        parts = tags.split(".")
        if parts[0] == "pot":
            word.pot = True
            parts = parts[1:]
        if pos == "v":
            head = parts[0]
            word.form = head if head in {"inf", "conv"} else "fin"
            word.tense = head
            word.person = parts[1] if len(parts) > 1 else ""
            word.definite = parts[-1] == "def"
            return word
        word.form = pos
        if parts == ["i"]:
            word.case = "adj"
            return word
        number = parts[0]
        if number in {"sg", "pl"}:
            word.num = number
        else:
            word.poss = number[:4]  # p3sg, p3pl; a second "pl" says that what is possessed is plural
            word.num = "pl" if len(number) > 4 else "sg"
        word.case = parts[1] if len(parts) > 1 else "nom"
        return word


FormReading = tuple[str, Word | None, str]
"""What a token is: tag, word, base form of a name (its surface otherwise)."""
Shape = tuple[str, int, int, int]
"""A pattern, where in the tags of a sentence it matches (start and end), and where the run of tags ends."""


Phrase = tuple[tuple[str, ...], Word]
"""A phrase without its first token, and its reading."""
PhrasePairs = tuple[dict[str, list[Phrase]], tuple[str, ...]]
"""Second token → the phrases, longest first; and the beginnings of second tokens that may bear an ending."""


@dataclass(slots=True)
class Pack:
    """Everything the engine knows of one language."""

    code: str
    names: NameFile
    words: WordFile
    lexicon: dict[str, tuple[Word, ...]]
    phrases: dict[str, list[Phrase]]
    """First token, lower-cased → (the other tokens, reading), longest first."""
    phrase_pairs: dict[str, PhrasePairs]
    """First token of phrases → what may stand behind it."""
    verb_frames: dict[str, list[Frame]]
    nominal_frames: dict[str, list[Frame]]
    attributive: dict[str, list[Frame]]
    frames: dict[str, Frame]
    endings: list[tuple[str, str, bool, bool]]
    """(ending, case, strong, assimilating), longest first."""
    case_endings: dict[str, tuple[str, ...]]
    """Case → what names end in that bear it."""
    patterns: dict[str, re.Pattern[str]]
    runs: re.Pattern[str]
    """Stretches of the tags that the patterns of phrases name: what no phrase reaches over parts them."""
    sets: dict[str, frozenset[str]]
    organisations: dict[str, Organisation]
    triggers: frozenset[str]
    """Every form that can announce an event: sentences without one are never parsed."""
    bases: dict[str, str] = field(default_factory=dict)
    """Verb of a frame → the same without its preverb."""
    homographs: frozenset[str] = _NONE
    """Forms that only their neighbours tell to be noun or verb."""
    auxiliaries: dict[str, str] = field(default_factory=dict)
    """Form of an auxiliary → what it does ("be", "have", "do", "modal", "infinitive")."""
    linking: frozenset[str] = _NONE
    """Small words inside names ("al", "bin", "de")."""
    phrasal: frozenset[str] = _NONE
    """Verbs with a particle apart ("pull out")."""
    phrasal_bases: frozenset[str] = _NONE
    """Their first words."""
    nominative: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(lemma, number, possession) → the form that names it, for class nouns."""
    readings: dict[str, FormReading] = field(default_factory=dict)
    """Surfaces that read alike in every account: filled by ``mentions.forms`` as they are met."""
    shapes: dict[str, list[Shape]] = field(default_factory=dict)
    """What a run of tags holds: filled by ``mentions.shapes`` as they are met."""


def packs() -> tuple[str, ...]:
    """Codes of the languages that have a pack."""
    root = resources.files("frontledger.languages")
    return tuple(sorted(p.name for p in root.iterdir() if p.is_dir() and p.joinpath("frames.toml").is_file()))


@cache
def load_pack(code: str) -> Pack:
    """The compiled pack of language ``code``.

    Raises :class:`LanguageError` where there is none, :class:`PackError` where its data break the schema.
    """
    if code not in packs():
        have = ", ".join(packs())
        raise LanguageError(f"no language pack for {code!r}: have {have} (override with --lang)")
    names = load_table(code, "names.toml", NameFile)
    words = load_table(code, "words.toml", WordFile)
    frames = load_table(code, "frames.toml", FrameFile).frame
    if names.pack.roles == "position":
        frames = tuple(map(_by_case, frames))
    return _Compiler(code, names, words, frames).pack()


_CASES = {"subject": "nom", "object": "acc"}


def _by_case(frame: Frame) -> Frame:
    """A frame of a language without cases: subject and object as the engine labels them."""
    changed = {
        role: tuple(_CASES.get(label, label) for label in getattr(frame, role))
        for role in ("actor", "object", "against", "direction", "near", "source", "noun_case")
    }
    return msgspec.structs.replace(frame, **changed)


class _Compiler:
    """Builds the dictionary of forms; thrown away afterwards."""

    def __init__(self, code: str, names: NameFile, words: WordFile, frames: tuple[Frame, ...]) -> None:
        self.code = code
        self.names = names
        self.words = words
        self.frames = frames
        self.lexicon: dict[str, list[Word]] = {}
        self.phrases: dict[str, list[Phrase]] = {}
        self.nouns: dict[str, list[Word]] = {}
        self.verbs: dict[str, list[Word]] = {}
        self.phrasal: set[str] = set()
        self.nominative: dict[tuple[str, str, str], str] = {}
        self.preverbs = sorted(names.pack.preverbs, key=len, reverse=True)

    def pack(self) -> Pack:
        self._function_words()
        self._nouns()
        verb_frames, nominal_frames, attributive = self._frame_words()
        self._organisations()
        self._inflect()
        sets = {
            name: frozenset(table.words)
            for name in self.words.__struct_fields__
            if hasattr(table := getattr(self.words, name), "words")
        }
        sets["capital_names"] = frozenset(word.lower() for word in self.words.capitals.words)
        sets["success_adjectives"] = frozenset(self.words.success_verbs.adjectives)
        sets["plan_verbs"] = frozenset(self.words.plan_words.verbs)
        sets["plan_nouns"] = frozenset(self.words.plan_words.nouns)
        lexicon = {form: tuple(words) for form, words in self.lexicon.items()}
        for options in self.phrases.values():
            options.sort(key=lambda option: -len(option[0]))
        bases = {lemma: self._base(lemma) for frame in self.frames for lemma in frame.verbs}
        return Pack(
            code=self.code,
            names=self.names,
            words=self.words,
            lexicon=lexicon,
            phrases=self.phrases,
            phrase_pairs={first: _by_second(options) for first, options in self.phrases.items()},
            verb_frames=verb_frames,
            nominal_frames=nominal_frames,
            attributive=attributive,
            frames={frame.rule: frame for frame in self.frames},
            endings=self._endings(),
            case_endings=self._case_endings(),
            patterns=self._patterns(),
            runs=_runs(self.names.patterns),
            sets=sets,
            organisations={org.id: org for org in self.words.organisation},
            triggers=forms_announcing(self.frames, lexicon, bases),
            bases=bases,
            nominative=self.nominative,
            phrasal=frozenset(self.phrasal),
            phrasal_bases=frozenset(verb.split(" ", maxsplit=1)[0] for verb in self.phrasal),
            linking=frozenset(self.names.pack.linking),
            homographs=self._homographs(lexicon),
            auxiliaries={
                form: role
                for role in ("be", "have", "do", "modal", "infinitive")
                for form in getattr(self.names.auxiliary, role)
            },
        )

    def _add(self, form: str, word: Word) -> None:
        if " " in form:
            first, *rest = form.split(" ")
            self.phrases.setdefault(first, []).append((tuple(rest), word))
        else:
            self.lexicon.setdefault(form, []).append(word)

    def _function_words(self) -> None:
        words = self.words
        lists = (
            ("k", words.subordinators.words), ("c", words.coordinators.words), ("d", words.articles.words),
            ("D", words.demonstratives.words), ("x", words.never_negating.words), ("!", words.negation.words),
            ("f", words.failure.words), ("L", words.landmarks.words), ("B", words.between.words),
            ("h", words.hedges.words), ("z", words.partial.words), ("z", words.entire.words),
            ("j", words.part_adjectives.words), ("z", words.again.words), ("a", words.adversatives.words),
            ("g", words.contrast.words), ("e", self.names.pack.preverbs), ("Q", words.counted.words),
            ("r", words.pronouns.words), ("L", words.connecting.words), ("x", words.plain_words.words),
        )  # fmt: skip
        for tag, forms in lists:
            for form in forms:
                self._add(form.lower(), Word(tag, form.lower()))
        for form, case in words.relatives.items():
            word = Word("k", form, "relative")
            word.case = _CASES.get(case, case)
            self._add(form, word)
        for form, role in words.postpositions.items():
            self._add(form, Word("P", form, role))

    def _noun(self, tag: str, lemma: str, info: str = "", flags: frozenset[str] = _NONE) -> None:
        word = Word(tag, lemma, info, flags)
        word.form = "n"
        same = self.nouns.setdefault(lemma, [])
        for other in same:
            if other.tag == tag:  # one class noun may be a place type and a part at once
                other.flags |= flags
                other.info = other.info or info
                return
        same.append(word)

    def _nouns(self) -> None:
        words = self.words
        for lemma, slug in words.place_types.items():
            self._noun("Y", lemma, slug, frozenset({"type"}))
        for lemma, slug in words.part_types.items():
            self._noun("Y", lemma, slug, frozenset({"piece"}))
        for lemma, slug in words.part_words.items():
            self._noun("Y", lemma, slug, frozenset({"share"}))
        for flag, listed in (
            ("whole", words.whole_words.words),
            ("vicinity", words.vicinity_words.words),
            ("vague", words.unnamed_heads.words),
        ):
            for lemma in listed:
                self._noun("Y", lemma, "area" if flag != "vague" else "", frozenset({flag}))
        for lemma, role in words.actors.items():
            self._noun("A", lemma, role)
        for lemma in words.organisation_heads.words:
            self._noun("A", lemma, "any", frozenset({"head"}))
        for lemma, part in words.role_actors.items():
            self._noun("R", lemma, part)
        for lemma, root in words.leaders.items():
            self._noun("T", lemma, root)
        for lemma in words.bystanders.words:
            self._noun("o", lemma)
        for lemma, root in (*words.nations.items(), *words.modifier_nations.items()):
            self._noun("S", lemma, root)
        for lemma, root in words.countries.items():
            self._noun("C", lemma.lower(), root)
        for lemma in words.speech_nouns.words:
            self._noun("s", lemma)
        for lemma in words.plan_words.nouns:
            self._noun("u", lemma)

    def _frame_words(self) -> tuple[dict[str, list[Frame]], dict[str, list[Frame]], dict[str, list[Frame]]]:
        verb_frames: dict[str, list[Frame]] = {}
        nominal: dict[str, list[Frame]] = {}
        attributive: dict[str, list[Frame]] = {}
        for frame in self.frames:
            for verb in frame.verbs:
                verb_frames.setdefault(verb, []).append(frame)
                self._verb(verb)
            for lemma in frame.noun:
                self._noun("H", lemma)
            for lemma in frame.nominal:
                nominal.setdefault(lemma, []).append(frame)
                self._noun("n", lemma, frame.kind)
            for form in frame.attributive:
                attributive.setdefault(form, []).append(frame)
        for frames in verb_frames.values():  # a frame that asks for a noun says more than one that does not
            frames.sort(key=lambda frame: (not frame.noun, not frame.needs_actor))
        words = self.words
        for lemma in (
            *words.speech_verbs.words,
            *words.denial_verbs.words,
            *words.plan_words.verbs,
            *words.success_verbs.words,
            *words.preventing_verbs.words,
            *words.finding_verbs.words,
        ):
            self._verb(lemma)
        return verb_frames, nominal, attributive

    def _verb(self, lemma: str) -> None:
        """A verb under its base, so that the base's forms give it with its preverb on."""
        self.verbs.setdefault(self._base(lemma), [])
        if " " in lemma:  # "pull out": the particle stands apart, the verb is found under itself
            self.phrasal.add(lemma)
            lemma = lemma.split(" ", maxsplit=1)[0]
        pre = lemma[: len(lemma) - len(self._base(lemma))]
        listed = self.verbs[self._base(lemma)]
        if all(word.lemma != lemma for word in listed):
            listed.append(Word("V", lemma, pre))

    def _base(self, lemma: str) -> str:
        lemma = lemma.split(" ", maxsplit=1)[0]
        for preverb in self.preverbs:
            base = lemma[len(preverb) :]
            if lemma.startswith(preverb) and base in self.known_verbs:
                return base
        return lemma

    @property
    def known_verbs(self) -> frozenset[str]:
        return _rows(self.code)[0]

    def _organisations(self) -> None:
        for org in self.words.organisation:
            for form in org.forms:
                word = Word("O", form, org.id, frozenset({org.kind}))
                key = form if form.isupper() and len(form) < 5 else form.lower()
                self._add(key, word)

    def _inflect(self) -> None:
        """Every form of the chosen nouns and verbs, from the generated table."""
        for lemma, nouns in self.nouns.items():
            for noun in nouns:
                self._add(lemma, noun)
        for base, verbs in self.verbs.items():
            for verb in verbs:
                if base == verb.lemma and base not in self.known_verbs:
                    verb.form, verb.tense, verb.person = "fin", "pres", "3sg"
                    self._add(verb.lemma, verb)
        variants = {known: other for other, known in self.names.pack.preverb_variants.items()}
        heads: dict[str, list[str]] = {}
        for lemma in self.nouns:  # "ellenőrző pont": the last word inflects
            if " " in lemma:
                heads.setdefault(lemma.rsplit(" ", 1)[1], []).append(lemma)
        for form, lemma, pos, tags in _rows(self.code)[1]:
            if pos in {"n", "adj"} and lemma in self.nouns:
                for noun in self.nouns[lemma]:
                    if form != lemma or tags != "sg.nom":
                        word = noun.inflected("n", tags)
                        self._add(form, word)
                        if word.case == "nom" and word.tag == "Y":
                            self.nominative.setdefault((lemma, word.num, word.poss), form)
            if pos == "n" and lemma in heads and tags != "sg.nom":
                for phrase in heads[lemma]:
                    for noun in self.nouns[phrase]:
                        self._add(f"{phrase.rsplit(' ', 1)[0]} {form}", noun.inflected("n", tags))
            if pos == "v" and lemma not in self.verbs:  # says where clauses end, nothing more
                self._add(form, Word("V", lemma).inflected(pos, tags))
            if pos not in {"n", "adj"} and lemma in self.verbs:
                for verb in self.verbs[lemma]:
                    inflected = verb.inflected(pos, tags)
                    self._add(verb.info + form, inflected)
                    if verb.info in variants:
                        self._add(variants[verb.info] + form, inflected)
                if all(
                    verb.info for verb in self.verbs[lemma]
                ):  # the base alone, its preverb may stand apart
                    self._add(form, Word("V", lemma).inflected(pos, tags))

    def _endings(self) -> list[tuple[str, str, bool, bool]]:
        found = []
        for group in self.names.endings:
            found += [(ending, group.case, True, False) for ending in group.strong]
            found += [(ending, group.case, False, False) for ending in group.weak]
            found += [(ending, group.case, True, True) for ending in group.assimilating]
        return sorted(found, key=lambda row: -len(row[0]))

    def _case_endings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for ending, case, _strong, _assimilating in self._endings():
            found[case] = (*found.get(case, ()), ending)
        return found

    def _patterns(self) -> dict[str, re.Pattern[str]]:
        found = {}
        for name in self.names.patterns.__struct_fields__:
            try:
                found[name] = re.compile(getattr(self.names.patterns, name))
            except re.error as error:
                raise PackError(
                    f"languages/{self.code}/names.toml: patterns.{name}: no regular expression: {error}"
                ) from None
        found["possessed"] = re.compile(self.names.pack.possessed)
        for group in self.names.endings:
            if group.after:  # what a name must end in before these endings
                found |= {f"before {ending}": re.compile(group.after) for ending in group.weak}
        found["owned_object"] = re.compile(self.names.pack.owned_object)
        return found

    def _homographs(self, lexicon: dict[str, tuple[Word, ...]]) -> frozenset[str]:
        if not self.names.auxiliary.infinitive:
            return _NONE
        return frozenset(
            form for form, words in lexicon.items() if {"n", "V"} <= {word.tag for word in words}
        )


def forms_announcing(
    frames: Iterable[Frame], lexicon: Mapping[str, tuple[Word, ...]], bases: Mapping[str, str]
) -> frozenset[str]:
    """Every form that can announce an event of one of ``frames``; ``bases`` has the verbs without their preverbs."""
    frames = tuple(frames)
    plain = {  # verbs that announce by themselves; the others need a noun, and the noun is the trigger
        lemma for f in frames for lemma in f.verbs if not f.noun or lemma in f.noun_optional
    }
    verbs = plain | {lemma.split(" ")[0] for lemma in plain} | {bases[lemma] for lemma in plain}
    nominal = {lemma for frame in frames for lemma in frame.nominal}
    nouns = {noun for frame in frames for noun in frame.noun}
    entry_nouns = {(noun, case) for f in frames if f.verbless for noun in f.noun for case in f.noun_case}
    entry_cases = {case for f in frames if f.verbless and not f.noun for case in f.actor}
    found = {form for frame in frames for form in frame.attributive}
    for form, words in lexicon.items():
        for word in words:
            if (
                (word.tag == "H" and ((word.lemma, word.case) in entry_nouns or word.lemma in nouns))
                or (word.tag in "SOART" and word.case in entry_cases)
                or (word.tag == "V" and word.lemma in verbs)
                or (word.tag == "n" and word.lemma in nominal)
            ):
                found.add(form)
                break
    return frozenset(found)


_SYNTAX = re.compile(r"\(\?(?:P<\w+>|<?[=!]|:)|\{[\d,]*\}|[()\[\]?*+|]")
"""What a pattern of tags holds besides tags."""


def _runs(patterns: Patterns) -> re.Pattern[str]:
    """Stretches of tags that occur in some pattern; of all tags where one speaks of those that it does not name."""
    sources = [getattr(patterns, name) for name in patterns.__struct_fields__]
    if any("[^" in source or "." in source or "\\" in source for source in sources):
        return re.compile(".+", re.DOTALL)
    tags = {tag for source in sources for tag in _SYNTAX.sub("", source)}
    return re.compile(f"[{re.escape(''.join(sorted(tags)))}]+")


def _by_second(phrases: list[Phrase]) -> PhrasePairs:
    """Phrases of one first token by their second; names of two words may bear an ending on it."""
    seconds: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        seconds.setdefault(phrase[0][0], []).append(phrase)
    return seconds, tuple(sorted({rest[0] for rest, word in phrases if len(rest) == 1 and word.tag == "O"}))


@cache
def _rows(code: str) -> tuple[frozenset[str], list[tuple[str, str, str, str]]]:
    """(verb lemmas, rows) of the pack's table of forms."""
    source = resources.files("frontledger.languages").joinpath(code, "forms.tsv")
    try:
        lines = source.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise PackError(f"languages/{code}/forms.tsv: file is missing from the language pack") from None
    rows: list[tuple[str, str, str, str]] = []
    verbs: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line or line[0] == "#":
            continue
        cells = line.split("\t")
        if len(cells) != 4:
            raise PackError(f"languages/{code}/forms.tsv:{number}: expected 4 columns, found {len(cells)}")
        rows.append((cells[0], cells[1], cells[2], cells[3]))
        if cells[2] == "v":
            verbs.add(cells[1])
    return frozenset(verbs), rows
