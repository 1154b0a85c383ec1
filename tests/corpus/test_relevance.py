"""No document that asserts a change of control is ever dismissed; what cannot tell of any is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger import accounts, pipeline
from frontledger.accounts import Document
from frontledger.corpus.relevance import KINDS, forms, judge
from frontledger.languages.pack import load_pack

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted([*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "gold").glob("*.txt")])


def may_tell_of_control(document, lang=None):
    return judge(document, lang)[0]


def document(text, kind="text", **said):
    return Document(kind=kind, id="x", name="x", data=text.encode(), **said)


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_each_sentence_of_the_gold_texts_that_tells_of_control_is_kept(path):
    (account,) = pipeline.read(path)
    beside = {frame.rule for frame in load_pack(account.lang).frames.values() if frame.after_loss}
    told = [event for event in pipeline.coded(account) if event.kind in KINDS and event.rule not in beside]
    assert told
    for event in told:
        sentence = account.text[event.sentence.start : event.sentence.end]
        assert may_tell_of_control(document(sentence, lang=account.lang), account.lang), sentence


def test_what_is_told_beside_a_loss_is_kept_by_the_loss():
    text = "The Libyans pulled out of Karvol on 5 May 1987. The next day Tessen's men walked in."
    (account,) = [accounts.from_text(text, id="x", lang="en")]
    assert [event.trigger.text for event in pipeline.coded(account)] == ["pulled out", "walked in"]
    assert may_tell_of_control(document(text), "en")
    assert not may_tell_of_control(document("Tessen's men walked in for the harvest."), "en")


@pytest.mark.parametrize(
    ("text", "lang", "kept"),
    [
        ("They made the castle over to the king.", "en", True),
        ("They made the beds.", "en", False),
        ("A csapatok ellen is álltak.", "hu", True),
        ("A lovak a patak partján álltak.", "hu", False),
    ],
)
def test_a_verb_that_needs_a_preverb_tells_nothing_without_it(text, lang, kept):
    assert may_tell_of_control(document(text), lang) is kept


@pytest.mark.parametrize("frame", ["en", "hu"])
def test_each_example_of_a_frame_is_kept(frame):
    for one in load_pack(frame).frames.values():
        if one.kind in KINDS:
            for example in one.yes:
                assert may_tell_of_control(document(example.text), frame), example.text


@pytest.mark.parametrize(
    ("text", "kind", "lang", "kept"),
    [
        ("The committee met in spring and read a report.", "text", None, False),
        ("ON MONDAY THEY CAPTURED IT", "text", None, True),
        ("“Captured”—so the report—by the army", "text", "en", True),
        ("It was the rebels' hand-over of Karvol", "text", "en", True),
        ("ELFOGLALTÁK", "text", "hu", True),
        ("Elfoglalták a várost", "text", "en", False),
        ("Elfoglalták a várost", "text", None, True),
        ("the [[capture]]d town", "page", "en", True),
        ("the ''cap''tured town", "page", "en", True),
        ("<p>elfoglalt&aacute;k</p>", "html", None, True),
        ('{"text": "cap\\u0074ured"}', "json", None, True),
        ('{"text": "It rained.", "note": "captured"}', "json", None, False),
        ('{"text": 5}', "json", None, True),
        ("Die Stadt", "text", "de", True),
        ("\u212aI\u00dcR\u00cdTETT\u00c9K – KIÜRÍTETTÉK…", "text", "hu", True),
        ("a „dél\u2013koreaiaké”", "text", "hu", True),
        ("They met in March, and again on 5 March 1990. March 1991 was cold.", "text", "en", False),
        ("on 5&nbsp;[[March]] and in early March\u00a01990", "page", "en", False),
        ("They march into the town.", "text", "en", True),
        ("It was cold.\nMarch into the town they did.", "text", "en", True),
        ("In March the rebels captured it.", "text", "en", True),
    ],
)
def test_words_decide(text, kind, lang, kept):
    assert may_tell_of_control(document(text, kind), lang) is kept


@given(st.data())
def test_a_form_is_kept_in_any_capitals_and_between_any_signs(data):
    lang = data.draw(st.sampled_from(["en", "hu"]))
    announcing = forms(lang)
    form = data.draw(st.sampled_from(sorted(announcing.words - announcing.months))).decode()
    sign = st.characters(exclude_categories=["Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Cs"])
    before, after = data.draw(st.text(sign, min_size=1)), data.draw(st.text(sign, min_size=1))
    cased = data.draw(st.sampled_from([form, form.upper(), form.title()]))
    assert may_tell_of_control(document(f"őszi{before}{cased}{after}Ősz"), lang)


def test_what_cannot_be_read_is_kept():
    assert may_tell_of_control(Document(kind="text", id="x", name="x", data=b"\xff\xfe"))


def test_a_stated_language_decides():
    assert not may_tell_of_control(document("Elfoglalták a várost", "page", lang="en-GB"))
    assert may_tell_of_control(document('{"text": "Elfoglalták", "lang": "hu-HU"}', "json"))


def test_dismissal_agrees_with_coding_on_whole_accounts():
    for path in TEXTS:
        (cut,) = accounts.documents(path)
        assert may_tell_of_control(cut)
