"""Make languages/en/forms.tsv: every form of the closed English war vocabulary, with lemma, part of speech and tags.

Here: the spelling of regular English inflection.  Not here: any choice of words (en_vocabulary.toml), any
use of the table (the engine).  Possessive "'s" is no form: the tokens carry it.

    python scripts/generate_en_forms.py
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "src" / "frontledger" / "languages" / "en" / "forms.tsv"
VOCABULARY = HERE / "en_vocabulary.toml"

PAST, PRESENT, PLURAL, INFINITIVE = "past.3sg.indef", "pres.3sg.indef", "pres.3pl.indef", "inf"
PARTICIPLES = {"pp", "ap"}

Row = tuple[str, str, str, str]

_SIBILANT = re.compile("(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile("[^aeiou]y$")
_O_WITH_ES = frozenset({"go", "do", "embargo", "volcano"})


def with_s(word: str) -> str:
    """Third person of a verb, plural of a noun: "passes", "cities", "rivers"."""
    if _SIBILANT.search(word) or word in _O_WITH_ES:
        return word + "es"
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + "s"


def with_ed(word: str, *, doubled: bool) -> str:
    """Regular past: "seized", "occupied", "planned", "raided"."""
    if word.endswith("e"):
        return word + "d"
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ied"
    return word + (word[-1] if doubled else "") + "ed"


def with_ing(word: str, *, doubled: bool) -> str:
    """Present participle: "taking", "lying", "fleeing", "winning"."""
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return word[:-1] + "ing"
    return word + (word[-1] if doubled else "") + "ing"


def verb_rows(verbs: dict[str, Any]) -> Iterator[Row]:
    """Every form of every verb of the vocabulary."""
    doubled, either = set(verbs["doubled"].split()), set(verbs["either"].split())
    irregular: dict[str, list[str]] = verbs["irregular"]
    second: dict[str, list[str]] = verbs["second"]
    passing = set(verbs["passing"].split())
    for base in sorted({*verbs["regular"].split(), *irregular} | passing):
        if base not in passing:
            yield from (
                (base, base, "v", INFINITIVE),
                (base, base, "v", PLURAL),
                (with_s(base), base, "v", PRESENT),
            )
        spellings = {base in doubled} | ({False, True} if base in either else set())
        for twice in spellings:
            yield (with_ing(base, doubled=twice), base, "ap", "sg.nom")
            if base not in irregular:
                past = with_ed(base, doubled=twice)
                yield from ((past, base, "v", PAST), (past, base, "pp", "sg.nom"))
        for past, participle in (table[base] for table in (irregular, second) if base in table):
            yield from ((past, base, "v", PAST), (participle, base, "pp", "sg.nom"))
    for modal in verbs["modal"].split():
        yield (modal, modal, "v", PRESENT)
    for base, forms in verbs["listed"].items():
        for form, tags in forms.items():
            yield (form, base, tags, "sg.nom") if tags in PARTICIPLES else (form, base, "v", tags)


def noun_rows(nouns: dict[str, Any]) -> Iterator[Row]:
    """Singular and plural of every noun of the vocabulary."""
    plurals = {noun: with_s(noun) for noun in nouns["regular"].split()} | nouns["irregular"]
    for noun, plural in plurals.items():
        yield from ((noun, noun, "n", "sg.nom"), (plural, noun, "n", "pl.nom"))
    for noun in nouns["invariant"].split():
        yield (noun, noun, "n", "sg.nom")


def table_text(vocabulary: dict[str, Any]) -> str:
    """The table as it is written."""
    rows = sorted({*verb_rows(vocabulary["verbs"]), *noun_rows(vocabulary["nouns"])})
    head = "# form\tlemma\tpos\ttags; made by scripts/generate_en_forms.py, do not edit"
    return "\n".join([head, *("\t".join(row) for row in rows)]) + "\n"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("-o", "--output", type=Path, default=TABLE)
    output: Path = parser.parse_args().output
    text = table_text(tomllib.loads(VOCABULARY.read_text(encoding="utf-8")))
    output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
