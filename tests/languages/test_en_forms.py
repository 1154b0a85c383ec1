"""The English form table: that it says of known forms what a grammar says, that it names every word of the
pack, and that it can be made again."""

import re
import runpy
import sys
from pathlib import Path

import pytest

from frontledger.languages.loading import load_table
from frontledger.languages.schema import FrameFile, NameFile, WordFile

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "frontledger" / "languages" / "en" / "forms.tsv"
SCRIPTS = ROOT / "scripts"

EXPECTED = """
captured capture v past.3sg.indef
captured capture pp sg.nom
captures capture v pres.3sg.indef
capture capture v pres.3pl.indef
capture capture v inf
capturing capture ap sg.nom
took take v past.3sg.indef
taken take pp sg.nom
taking take ap sg.nom
retook retake v past.3sg.indef
overran overrun v past.3sg.indef
overrun overrun pp sg.nom
overrunning overrun ap sg.nom
fell fall v past.3sg.indef
fled flee v past.3sg.indef
fleeing flee ap sg.nom
held hold v past.3sg.indef
held hold pp sg.nom
drove drive v past.3sg.indef
driven drive pp sg.nom
withdrew withdraw v past.3sg.indef
withdrawn withdraw pp sg.nom
repelled repel v past.3sg.indef
expelling expel ap sg.nom
occupied occupy pp sg.nom
occupies occupy v pres.3sg.indef
annexes annex v pres.3sg.indef
lying lie ap sg.nom
beginning begin ap sg.nom
freeing free ap sg.nom
ceding cede ap sg.nom
conquered conquer v past.3sg.indef
surrendered surrender pp sg.nom
entered enter v past.3sg.indef
was be v past.3sg.indef
were be v past.3pl.indef
been be pp sg.nom
would would v pres.3sg.indef
cities city n pl.nom
villages village n pl.nom
valleys valley n pl.nom
passes pass n pl.nom
militiamen militiaman n pl.nom
forces force n pl.nom
armies army n pl.nom
bases base n pl.nom
halves half n pl.nom
Poles Pole n pl.nom
syrians syrian n pl.nom
barracks barracks n sg.nom
"""

UNEXPECTED = """
taked take v past.3sg.indef
repeled repel v past.3sg.indef
conquerred conquer v past.3sg.indef
enterred enter v past.3sg.indef
fleing flee ap sg.nom
citys city n pl.nom
barrackses barracks n pl.nom
britishes british n pl.nom
poles pole n pl.nom
will will v inf
"""


def _lines(text: str) -> list[str]:
    return [line.replace(" ", "\t") for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def table() -> list[str]:
    return TABLE.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def words() -> WordFile:
    return load_table("en", "words.toml", WordFile)


@pytest.fixture(scope="module")
def frames() -> FrameFile:
    return load_table("en", "frames.toml", FrameFile)


@pytest.mark.parametrize("line", _lines(EXPECTED))
def test_form_is_listed(table: list[str], line: str) -> None:
    assert line in table


@pytest.mark.parametrize("line", _lines(UNEXPECTED))
def test_wrong_form_is_absent(table: list[str], line: str) -> None:
    assert line not in table


def test_shape(table: list[str]) -> None:
    head, *rows = table
    assert head.startswith("#")
    assert rows == sorted(set(rows))
    allowed = {
        "v": r"(?:past|pres)\.[13](?:sg|pl)\.indef|inf",
        "n": r"(?:sg|pl)\.nom",
        "pp": r"sg\.nom",
        "ap": r"sg\.nom",
    }
    wrong = [row for row in rows if not re.fullmatch(allowed[row.split("\t")[2]], row.split("\t")[3])]
    assert wrong == []


def test_every_verb_of_the_pack_has_its_forms(table: list[str], words: WordFile, frames: FrameFile) -> None:
    particles = set(load_table("en", "names.toml", NameFile).pack.preverbs)
    wanted = {verb for frame in frames.frame for verb in frame.verbs}
    wanted |= {*words.speech_verbs.words, *words.denial_verbs.words, *words.plan_words.verbs}
    wanted |= {*words.success_verbs.words, *words.stative_verbs.words}
    rows = [row.split("\t") for row in table[1:]]
    # of a verb whose base is oftener a noun or adjective ("file", "lower") the past and the participles suffice
    have = {lemma for _, lemma, part, tags in rows if part == "v" and tags.startswith(("pres.3", "past.3"))}
    assert {verb.split(" ")[0] for verb in wanted} - have == set()
    tails = {verb.split(" ", 1)[1] for verb in wanted if " " in verb}
    assert tails - particles == set()


def test_every_noun_of_the_pack_is_listed(table: list[str], words: WordFile, frames: FrameFile) -> None:
    wanted = {noun for frame in frames.frame for noun in (*frame.noun, *frame.nominal)}
    for listed in (words.place_types, words.part_types, words.part_words, words.actors, words.role_actors):
        wanted |= set(listed)
    wanted |= {*words.nations, *words.leaders, *words.bystanders.words, *words.speech_nouns.words}
    wanted |= {*words.vicinity_words.words, *words.unnamed_heads.words, *words.plan_words.nouns}
    have = {row.split("\t")[1] for row in table[1:] if row.split("\t")[2] == "n"}
    assert {noun.rsplit(" ", 1)[-1] for noun in wanted} - have == set()


def test_every_again_verb_is_a_verb_of_its_frame(frames: FrameFile) -> None:
    for frame in frames.frame:
        assert set(frame.again) <= set(frame.verbs), frame.rule
        assert set(frame.again_nominal) <= set(frame.nominal), frame.rule


def test_generator_makes_the_same_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    output = tmp_path / "forms.tsv"
    monkeypatch.setattr(sys, "argv", ["generate_en_forms.py", "-o", str(output)])
    runpy.run_path(str(SCRIPTS / "generate_en_forms.py"), run_name="__main__")
    assert output.read_bytes() == TABLE.read_bytes()
