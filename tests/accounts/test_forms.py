"""The same article as wikitext, as HTML and as plain text with bare numbers says the same."""

import re

import pytest
from article import MARK, as_html, as_text, as_wikitext, numbers
from articles import ENGLISH, HUNGARIAN

from frontledger import pipeline
from frontledger.accounts import reading
from frontledger.languages.sentencewords import sentence_words
from frontledger.mentions.sentences import split

ARTICLES = {"en": ENGLISH, "hu": HUNGARIAN}
FORMS = {"wiki": as_wikitext, "html": as_html, "txt": as_text}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The article in one form, read from a file whose suffix says nothing."""
    folder = tmp_path_factory.mktemp("forms")
    known = {}

    def account(code, form):
        if (code, form) not in known:
            path = folder / f"{code}-{form}.dat"
            path.write_text(FORMS[form](ARTICLES[code]), encoding="utf-8")
            (known[code, form],) = reading.read(path)
        return known[code, form]

    return account


def told(event):
    """What an event says, without offsets."""
    return (
        event.kind,
        event.date.edtf,
        event.date.basis,
        event.actor and event.actor.id,
        event.against and event.against.id,
        tuple((place.name, place.text, place.role, place.extent, place.type) for place in event.places),
        event.again, event.hedged, event.attributed_to, event.negated, event.background,
        event.trigger.text,
        event.citations,
        event.rule,
    )  # fmt: skip


def expected(article):
    """Each sentence of the narrative with the labels that stand in and behind it."""
    labels = numbers(article)
    for kind, words in article.blocks:
        if kind not in ("paragraph", "bullet", "row"):
            continue
        for sentence in re.split(r"(?<=[.}])\s+(?=[A-ZÁÉÍÓÖŐÚÜŰ])|\s\|\s", words):
            cited = [
                labels[name] for mark in MARK.findall(sentence) if ":" not in mark for name in mark.split("+")
            ]
            yield plain(sentence), cited


def plain(words):
    return MARK.sub(
        lambda found: found[1][5:].rpartition("|")[2] if found[1].startswith("link:") else "", words
    ).strip()


@pytest.mark.parametrize("code", ARTICLES)
def test_the_source_has_references_of_all_kinds(code):
    article = ARTICLES[code]
    cited = {
        name
        for _, words in article.blocks
        for mark in MARK.findall(words)
        if ":" not in mark
        for name in mark.split("+")
    }
    assert cited == set(article.refs)
    assert len(cited) >= 30
    assert {ref.form for ref in article.refs.values()} >= {
        "named",
        "plain",
        "cite",
        "Cite",
        "multi",
        "sfn",
        "r",
        "note",
        "tag",
        "list",
    }


@pytest.mark.parametrize("code", ARTICLES)
@pytest.mark.parametrize("form", FORMS)
def test_format_and_language_are_recognised_by_content(read, code, form):
    account = read(code, form)
    assert account.format == {"wiki": "wikitext", "html": "html", "txt": "text"}[form]
    assert account.lang == code
    assert account.title == ARTICLES[code].title


@pytest.mark.parametrize("code", ARTICLES)
@pytest.mark.parametrize("form", FORMS)
def test_every_citation_is_tied_to_its_sentence(read, code, form):
    account = read(code, form)
    right = whole = 0
    for sentence in split(account, sentence_words(account.lang)):
        words = account.text[sentence.start : sentence.end]
        for begins, cited in expected(ARTICLES[code]):
            if cited and begins[:24] in words:
                whole += len(cited)
                right += sum(label in sentence.citations for label in cited) - sum(
                    label not in cited for label in sentence.citations
                )
    assert whole == sum(len(cited) for _, cited in expected(ARTICLES[code])) >= 35
    assert right >= 0.99 * whole


@pytest.mark.parametrize("code", ARTICLES)
@pytest.mark.parametrize("form", ["html", "txt"])
def test_events_are_the_same(read, code, form):
    wiki = [told(event) for event in pipeline.events(read(code, "wiki"))]
    other = [told(event) for event in pipeline.events(read(code, form))]
    assert len(wiki) >= 20
    assert other == wiki


@pytest.mark.parametrize("code", ARTICLES)
def test_infobox_fields_are_the_same(read, code):
    wiki, page, text = (
        {(f.key, f.value, f.side) for f in read(code, form).infobox} for form in ("wiki", "html", "txt")
    )
    assert wiki == page
    assert {(key, value) for key, value, _ in wiki} >= {(key, value) for key, value, _ in text}
    assert {key for key, _, _ in wiki} == {"date", "place", "result", "belligerent"}


@pytest.mark.parametrize("code", ARTICLES)
def test_links_are_the_same(read, code):
    def linked(account):
        return [(account.text[link.start : link.end], link.target) for link in account.links]

    assert linked(read(code, "wiki")) == linked(read(code, "html"))
    assert len(linked(read(code, "wiki"))) >= 5


@pytest.mark.parametrize("code", ARTICLES)
def test_captions_and_hatnotes_are_no_narrative(read, code):
    for form in FORMS:
        assert "2014" not in read(code, form).text


@pytest.mark.parametrize("code", ARTICLES)
def test_targets_name_what_is_cited(read, code):
    article = ARTICLES[code]
    labels = {label: name for name, label in numbers(article).items()}
    for form in ("wiki", "html"):
        for mark in read(code, form).citations:
            if mark.editorial:
                continue
            assert mark.target, mark
            assert article.refs[labels[mark.label]].title in mark.target
