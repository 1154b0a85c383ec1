"""What every token does in its sentence: one tag, one reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.pack import packs

from .opening import tagged, tags


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("hu", "A hadsereg elfoglalta Bihácsot.", {"A": "d", "hadsereg": "A", "elfoglalta": "V", ".": "."}),
        ("hu", "A csapatok kivonultak a Vukovár melletti faluból.", {"Vukovár": "N", "melletti": "L", "faluból": "Y"}),
        ("hu", "Az oroszok nem érték el Gudermeszt.", {"oroszok": "S", "nem": "!"}),
        ("hu", "A harcok során három hidat vettek be.", {"harcok": "n", "három": "Q", "hidat": "Y"}),
        ("hu", "Állítólag Kninben is harcoltak.", {"Állítólag": "h", "Kninben": "M", "harcoltak": "V"}),
        ("hu", "A 3. dandár és a 7. hadosztály.", {"3.": "#", "dandár": "A", "és": "c", "7.": "#"}),
        ("hu", "A szultán serege Pécs felé vonult, mert a király elmenekült.",
         {"szultán": "T", "Pécs": "N", "felé": "P", "mert": "k", "király": "T", ",": ","}),
        ("en", "The army captured Bihać.", {"The": "d", "army": "A", "captured": "V", "Bihać": "N"}),
        ("en", "The rebels withdrew from the village of Knin.",
         {"rebels": "A", "withdrew": "V", "from": "P", "village": "Y", "of": "F"}),
        ("en", "The Russians did not enter Gudermes.", {"Russians": "S", "not": "!", "enter": "V"}),
        ("en", "Three hills between Argun and Shali reportedly fell.",
         {"Three": "Q", "hills": "Y", "between": "B", "Argun": "N", "and": "c", "reportedly": "h"}),
        ("en", "Argun's outskirts were shelled.", {"Argun": "N", "'s": "'", "outskirts": "Y", "shelled": "V"}),
    ],
)  # fmt: skip
def test_tags(lang, text, expected):
    found = tags(lang, text)
    assert {word: found[word] for word in expected} == expected


@pytest.mark.parametrize(
    ("lang", "text", "word", "base", "case"),
    [
        ("hu", "A sereg Kninben maradt.", "Kninben", "Knin", "ine"),
        ("hu", "A lovasság Temesvárról indult el.", "Temesvárról", "Temesvár", "del"),
        ("hu", "A felkelők Gorazsdéból támadtak.", "Gorazsdéból", "Gorazsde", "ela"),
        ("hu", "Hírek jöttek Isonzó-völgyéből is.", "Isonzó-völgyéből", "Isonzó-völgy", "ela"),
        ("hu", "Az erősítés Szolnokhoz ért.", "Szolnokhoz", "Szolnok", "all"),
    ],
)
def test_inflected_names_have_base_and_case(lang, text, word, base, case):
    [(prepared, one)] = tagged(lang, text)
    at = next(k for k in range(len(one.tags)) if prepared.tokens.text[one.first + k] == word)
    assert one.tags[at] == "M"
    assert one.bases[at] == base
    assert one.words[at].case == case


@pytest.mark.parametrize(
    ("lang", "text", "word", "lemma", "form"),
    [
        ("hu", "A védők feladták a várat.", "feladták", "felad", "fin"),
        ("hu", "A védőknek fel kellett adni a várat.", "adni", "ad", "inf"),
        ("hu", "A várat elfoglalva továbbmentek.", "elfoglalva", "elfoglal", "conv"),
        ("hu", "A vár elfoglalása után hazamentek.", "elfoglalása", "elfoglal", "vn"),
        ("en", "The rebels evacuated the town.", "evacuated", "evacuate", "fin"),
        ("en", "The army was besieging the town.", "besieging", "besiege", "ap"),
    ],
)
def test_verbs_have_lemma_and_form(lang, text, word, lemma, form):
    [(prepared, one)] = tagged(lang, text)
    at = next(k for k in range(len(one.tags)) if prepared.tokens.text[one.first + k] == word)
    assert one.tags[at] == "V"
    readings = [reading for reading in prepared.pack.lexicon[word] if reading.tag == "V"]
    assert (lemma, form) in [(reading.lemma, reading.form) for reading in readings]


def test_the_first_word_of_a_sentence_is_a_name_where_it_is_one_elsewhere():
    """A capital says nothing at the start; what stands lower-case elsewhere is no name."""
    text = "Zúgó szél fújt. A zúgó erdő mögött Knin állt. Knin égett."
    sentences = tagged("hu", text)
    assert [one.tags[0] for _prepared, one in sentences] == ["j", "d", "N"]


def test_adjectives_made_of_names_know_them():
    [(prepared, one)] = tagged("hu", "Bihács mellett a bihácsi hídnál harcoltak.")
    at = prepared.tokens.text.index("bihácsi")
    assert (one.tags[at], one.bases[at]) == ("I", "Bihács")


def test_roman_numbers_of_units_are_ordinals():
    found = tags("hu", "A IV. hadtest elérte Gorlicét.")
    assert found["."] == "."
    assert found["hadtest"] == "A"
    [(_, one)] = tagged("hu", "A IV. hadtest elérte Gorlicét.")
    assert one.tags[1:4] == ["-", "#", "A"]


@pytest.mark.parametrize("lang", packs())
@given(text=st.text(max_size=80))
def test_every_token_has_one_tag(lang, text):
    """Whatever the text: as many tags, readings and bases as tokens, and every tag one character."""
    for prepared, one in tagged(lang, text):
        assert len(one.tags) == len(one.words) == len(one.bases)
        assert one.first + len(one.tags) <= len(prepared.tokens)
        assert all(len(tag) == 1 for tag in one.tags)


def test_the_number_of_a_ruler_is_no_name():
    assert tags("hu", "A vár I. Ferdinánd kezén maradt.")["I"] == "-"


def test_an_opening_word_like_an_adjective_is_a_name_before_its_verb():
    assert tags("hu", "Szaloniki elesett.")["Szaloniki"] == "N"
    assert tags("hu", "Helyi harcok folytak.")["Helyi"] == "j"
