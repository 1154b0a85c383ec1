"""A pack as it is compiled, and what a broken one says: file, key, what was expected."""

from importlib import resources
from itertools import count
from pathlib import Path

import pytest

from frontledger.errors import LanguageError, PackError
from frontledger.languages.pack import load_pack, packs

NUMBERS = count()

NAMES = """
[pack]
code = "CODE"
name = "Test"
roles = "case"

[[endings]]
case = "acc"
weak = ["t"]

[patterns]
composite = "N"
named = "N"
adjectival = "I"
unnamed = "Q"
definite = "Y"
actor = "A"
"""
WORDS = """
organisation = [{ id = "guard", name = "Guard", forms = ["Guard"], kind = "militia" }]

[place_types]
town = "city"

[actors]
army = "state"

[plan_words]
verbs = ["want"]

[success_verbs]
words = ["manage"]
"""
FRAMES = """
[[frame]]
rule = "CODE.capture.take"
kind = "capture"
verbs = ["take"]
actor = ["nom"]
object = ["acc"]
yes = [{ text = "The army took Karvol.", objects = ["Karvol"] }]
no = ["The army did not take Karvol."]
"""
FORMS = "# form, lemma, part of speech, tags\ntook\ttake\tv\tpast.3sg\ntowns\ttown\tn\tpl.nom\n"
FILES = {"names.toml": NAMES, "words.toml": WORDS, "frames.toml": FRAMES, "forms.tsv": FORMS}


@pytest.fixture
def broken(tmp_path: Path, monkeypatch):
    """Writes a small pack with changes, and gives its code: ``broken({"words.toml": (old, new)})``."""
    real = resources.files
    monkeypatch.setattr(
        resources, "files", lambda name: tmp_path if name == "frontledger.languages" else real(name)
    )

    def write(changes: dict[str, tuple[str, str] | None]) -> str:
        code = f"x{next(NUMBERS)}"  # packs are loaded once, so every test has a language of its own
        (tmp_path / code).mkdir()
        for name, text in FILES.items():
            change = changes.get(name, ("", ""))
            if change is None:
                continue
            old, new = change
            assert old in text, f"{old!r} is not in {name}"
            changed = text.replace(old, new, 1) if old else text + new
            (tmp_path / code / name).write_text(changed.replace("CODE", code), encoding="utf-8")
        return code

    return write


def test_the_small_pack_is_whole(broken):
    """What the broken ones below are made from."""
    code = broken({})
    pack = load_pack(code)
    assert packs() == (code,)
    assert [word.lemma for word in pack.lexicon["took"]] == ["take"]
    assert pack.lexicon["towns"][0].num == "pl"
    assert pack.lexicon["guard"][0].info == "guard"
    assert pack.triggers == {"took"}
    assert pack.endings == [("t", "acc", False, False)]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "expected"),
    [
        ("names.toml", 'roles = "case"', 'roles = "order"', "$.pack.roles", "order"),
        ("names.toml", 'roles = "case"', "", "$.pack", "roles"),
        ("names.toml", 'roles = "case"', 'roles = "case"\ncolour = "red"', "$.pack", "colour"),
        ("names.toml", 'weak = ["t"]', 'weak = "t"', "$.endings[0].weak", "array"),
        ("names.toml", 'actor = "A"', "", "$.patterns", "actor"),
        ("names.toml", 'actor = "A"', 'actor = "(A"', "patterns.actor", "regular expression"),
        ("words.toml", 'army = "state"', 'army = "navy"', "$.actors", "navy"),
        ("words.toml", 'town = "city"', "town = 3", "$.place_types", "str"),
        ("words.toml", "[place_types]", "[place_kinds]", "unknown field", "place_kinds"),
        ("words.toml", 'kind = "militia"', 'kind = "club"', "$.organisation[0].kind", "club"),
        ("words.toml", 'name = "Guard", ', "", "$.organisation[0]", "name"),
        ("words.toml", '[plan_words]\nverbs = ["want"]', "", "required field", "plan_words"),
        ("frames.toml", 'kind = "capture"', 'kind = "seizure"', "$.frame[0].kind", "seizure"),
        ("frames.toml", 'no = ["The army did not take Karvol."]', "", "$.frame[0]", "no"),
        ("frames.toml", 'objects = ["Karvol"]', 'object = ["Karvol"]', "$.frame[0].yes[0]", "object"),
        ("frames.toml", 'verbs = ["take"]', 'verbs = ["take"]\nderived = ["xx"]', "$.frame[0].derived", "xx"),
        ("frames.toml", 'object = ["acc"]', 'object = ["acc"]\nextent = "half"', "$.frame[0].extent", "half"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(broken, file, old, new, key, expected):
    code = broken({file: (old, new)})
    with pytest.raises(PackError) as error:
        load_pack(code)
    said = str(error.value)
    assert said.startswith(f"languages/{code}/{file}: ")
    assert key in said
    assert expected in said
    assert "\n" not in said


@pytest.mark.parametrize("file", ["names.toml", "words.toml", "forms.tsv"])
def test_a_missing_file_is_named(broken, file):
    code = broken({file: None})
    with pytest.raises(
        PackError, match=rf"^languages/{code}/{file}: file is missing from the language pack$"
    ):
        load_pack(code)


@pytest.mark.parametrize("file", ["names.toml", "words.toml", "frames.toml"])
def test_broken_toml_is_named_with_its_line(broken, file):
    code = broken({file: ("", "\nkey = = 1\n")})
    with pytest.raises(PackError, match=rf"^languages/{code}/{file}: not valid TOML: .*line \d+"):
        load_pack(code)


def test_a_row_of_forms_with_other_columns_is_named_with_its_line(broken):
    code = broken({"forms.tsv": ("took\ttake\tv\tpast.3sg", "took\ttake\tv")})
    with pytest.raises(PackError, match=rf"^languages/{code}/forms.tsv:2: expected 4 columns, found 3$"):
        load_pack(code)


@pytest.mark.parametrize("code", ["xx", "", "../hu", "HU"])
def test_a_language_without_a_pack_says_which_there_are(code):
    with pytest.raises(LanguageError, match=r"no language pack for .*: have .*en, hu"):
        load_pack(code)


def test_a_folder_without_frames_is_no_pack(broken):
    code = broken({"frames.toml": None})
    assert code not in packs()
    with pytest.raises(LanguageError):
        load_pack(code)


@pytest.mark.parametrize("code", packs())
def test_every_word_of_a_frame_is_known(code):
    """A frame that waits for a word which no text can hold never fires."""
    pack = load_pack(code)
    known = {(word.tag, word.lemma) for words in pack.lexicon.values() for word in words}
    known |= {(word.tag, word.lemma) for options in pack.phrases.values() for _rest, word in options}
    for frame in pack.frames.values():
        for tag, listed in (("H", frame.noun), ("n", frame.nominal)):
            missing = [lemma for lemma in listed if (tag, lemma) not in known]
            assert not missing, f"{frame.rule}: {missing}"
        assert set(frame.again) <= set(frame.verbs), frame.rule
        assert set(frame.again_nominal) <= set(frame.nominal), frame.rule
        assert set(frame.noun_optional) <= set(frame.verbs), frame.rule
        assert frame.verbs or frame.nominal or frame.verbless, f"{frame.rule}: nothing announces it"


@pytest.mark.parametrize("code", packs())
def test_forms_are_sorted_by_length_of_ending_and_phrase(code):
    pack = load_pack(code)
    assert [len(ending[0]) for ending in pack.endings] == sorted(
        (len(e[0]) for e in pack.endings), reverse=True
    )
    for options in pack.phrases.values():
        assert [len(rest) for rest, _word in options] == sorted(
            (len(rest) for rest, _word in options), reverse=True
        )


@pytest.mark.parametrize("code", packs())
def test_names_and_code_agree_with_the_folder(code):
    assert load_pack(code).names.pack.code == code
