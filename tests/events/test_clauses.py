"""Where clauses begin and end: one finite verb each, with its own phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.pack import packs

from .opening import scene, scenes


def cut(lang: str, text: str) -> list[tuple[str, list[str]]]:
    """(lemma of the finite verb, names of its places) of every clause."""
    return [
        (clause.finite.lemma if clause.finite else "", [g.name for g in clause.groups if g.kind == "place"])
        for clause in scene(lang, text).clauses
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("hu", "A hadsereg bevette Knin falut.", [("bevesz", ["Knin"])]),
        ("hu", "A hadsereg bevette Knin falut, de feladta Drnis falut.", [("bevesz", ["Knin"]), ("felad", ["Drnis"])]),
        ("hu", "A sereg bevette Knin, Drnis és Zsepa falvakat.", [("bevesz", ["Knin", "Drnis", "Zsepa"])]),
        ("hu", "Miután a sereg bevette Knin falut, Drnis felé indult.", [("bevesz", ["Knin"]), ("indul", ["Drnis"])]),
        ("hu", "A sereg feladta Knin falut, mert Drnis falu elesett.", [("felad", ["Knin"]), ("elesik", ["Drnis"])]),
        ("hu", "A sereg bevette Knin falut, majd megtámadta Drnis falut.", [("bevesz", ["Knin"]), ("megtámad", ["Drnis"])]),
        ("hu", "A sereg bevette Knin falut; feladta Zsepa falut.", [("bevesz", ["Knin"]), ("felad", ["Zsepa"])]),
        ("en", "The army captured Knin.", [("capture", ["Knin"])]),
        ("en", "The army captured Knin, but the rebels held Drnis.", [("capture", ["Knin"]), ("hold", ["Drnis"])]),
        ("en", "The army captured Knin, Drnis and Zepa.", [("capture", ["Knin", "Drnis", "Zepa"])]),
        ("en", "After the army captured Knin, the rebels abandoned Drnis.", [("capture", ["Knin"]), ("abandon", ["Drnis"])]),
        ("en", "Knin, for which many died the summer before, was overrun.", [("die", []), ("overrun", ["Knin"])]),
        ("en", "Knin fell, and Drnis, of which little was left, was taken.", [("fall", ["Knin"]), ("leave", []), ("take", ["Drnis"])]),
        ("en", "The army took Knin, Zepa, and Drnis, which is small, and fled.", [("take", ["Knin", "Zepa", "Drnis"]), ("be", []), ("flee", [])]),
        ("en", "The army captured Knin and the rebels abandoned Drnis.", [("capture", ["Knin"]), ("abandon", ["Drnis"])]),
        ("en", "The rebels allied with the army in Knin, while ISIL captured Drnis.", [("", ["Knin"]), ("capture", ["Drnis"])]),
    ],
)  # fmt: skip
def test_each_finite_verb_has_its_own_places(lang, text, expected):
    assert cut(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("hu", "A sereg visszavonult, mert Knin elesett.", "mert"),
        ("hu", "Amikor Knin elesett, a sereg visszavonult.", "amikor"),
        ("hu", "A tábornok közölte, hogy Knin elesett.", "hogy"),
        ("en", "The army withdrew because Knin had fallen.", "because"),
        ("en", "When Knin fell, the army withdrew.", "when"),
    ],
)
def test_subordinate_clauses_know_their_conjunction(lang, text, word):
    clauses = scene(lang, text).clauses
    assert [clause.subordinator for clause in clauses if clause.subordinator] == [word]
    assert len(clauses) == 2


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("A sereg elérte azt a várost, amelyet a felkelők védtek.", "acc"),
        ("A sereg elérte azt a falut, ahonnan a felkelők kivonultak.", "ela"),
        ("A sereg elérte a várost, amely tegnap elesett.", "nom"),
    ],
)
def test_relative_clauses_know_the_case_of_their_pronoun(text, case):
    [relative] = [clause for clause in scene("hu", text).clauses if clause.subordinator]
    assert relative.relative_case == case


def test_a_converb_behind_a_comma_opens_a_stretch_of_its_own():
    clauses = scene("hu", "A sereg elvonult, elfoglalva Knin falut.").clauses
    assert [(clause.finite.lemma if clause.finite else "") for clause in clauses] == ["elvonul", ""]
    assert [verb.word.form for verb in clauses[1].verbs] == ["conv"]


def test_a_stretch_without_a_verb_belongs_to_the_clause_around_it():
    [main, inner] = sorted(scene("hu", "A hadsereg, miután Knin elesett, bevette Drnis falut.").clauses,
                           key=lambda clause: bool(clause.subordinator))  # fmt: skip
    assert [group.text for group in main.groups] == ["hadsereg", "Drnis falut"]
    assert [group.text for group in inner.groups] == ["Knin"]


@pytest.mark.parametrize("lang", packs())
@given(
    st.lists(
        st.sampled_from(
            [",", ";", "és", "and", "hogy", "that", "Knin", "Drnist", "elfoglalta", "captured", "a", "the",
             "hadsereg", "army", "elesett", "fell", "amely", "which", "de", "but", "elfoglalva", "capturing", "(", ")"]
        ),
        max_size=24,
    )
)  # fmt: skip
def test_clauses_share_out_the_sentence(lang, words):
    """Every token and every phrase belongs to exactly one clause, whatever the words."""
    for one in scenes(lang, " ".join(words)):
        if not one.clauses:
            continue
        owners = [sum(clause.holds(at) for clause in one.clauses) for at in range(len(one.tagged.tags))]
        assert set(owners) == {1}
        assert sorted(id(g) for clause in one.clauses for g in clause.groups) == sorted(map(id, one.groups))
        for clause in one.clauses:
            assert clause.finite is None or clause.holds(clause.finite.at)
