"""HTML: MediaWiki's skins and mirrors, and pages of any other kind."""

import pytest

from frontledger.accounts.building import source_offset
from frontledger.accounts.html import from_html

TARGETS = '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink">^</span> <span class="reference-text">The War, p. 5</span></li></ol>'
MARKERS = {
    "desktop": '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span class="cite-bracket">&#91;</span>1<span class="cite-bracket">&#93;</span></a></sup>',
    "older": '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>',
    "parsoid": '<sup about="#mwt1" class="mw-ref reference" typeof="mw:Extension/ref"><a href="./Battle#cite_note-1"><span class="mw-reflink-text">[1]</span></a></sup>',
    "mobile": '<sup id="cite_ref-1" class="reference"><a href="https://en.m.wikipedia.org/wiki/Battle#cite_note-1">[1]</a></sup>',
    "mirror": '<a class="ref" href="/en/Battle#cite_note-1">[1]</a>',
}


def wiki(body):
    return f'<html lang="en"><body><h1 id="firstHeading">Battle</h1><div class="mw-parser-output">{body}</div></body></html>'


@pytest.mark.parametrize("skin", MARKERS)
def test_markers_and_their_targets(skin):
    account = from_html(wiki(f"<p>The army took Homs.{MARKERS[skin]} Then Hama.</p>{TARGETS}"))
    assert account.text == "Battle\n\nThe army took Homs.[1] Then Hama."
    (mark,) = account.citations
    assert (mark.label, mark.target, account.text[mark.start : mark.end]) == ("1", "The War, p. 5", "[1]")


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="hatnote">See also X.</div>', '<table class="navbox"><tr><td>X</td></tr></table>', "<figure><figcaption>Caption</figcaption></figure>",
        '<div class="thumb tright">Caption</div>', '<span class="mw-editsection">[edit]</span>', '<div id="toc" class="toc">1 Phase</div>', "<style>.x{}</style>", "<script>alert(1)</script>",
        '<div style="display:none">hidden</div>', "<span hidden>hidden</span>", '<table class="ambox"><tr><td>needs work</td></tr></table>', "<!-- comment -->", '<sup class="reference nowrap"><span>: 5 </span></sup>',
    ],
)  # fmt: skip
def test_furniture_is_no_narrative(furniture):
    assert from_html(wiki(f"<p>The army took Homs.</p>{furniture}")).text == "Battle\n\nThe army took Homs."


def test_embedded_records_become_fields():
    record = "ctx_ver=Z39.88-2004&amp;rft.atitle=The+War&amp;rft.jtitle=Times&amp;rft.date=2016-05-05&amp;rft.au=Smith%2C+J.&amp;rft_id=http%3A%2F%2Fa.b%2Fc"
    entry = f'<ol class="references"><li id="cite_note-1"><span class="reference-text"><cite>The War<span class="reference-accessdate">. Retrieved 6 May 2016</span></cite><span title="{record}" class="Z3988"></span></span></li></ol>'
    (mark,) = from_html(wiki(f"<p>Homs fell.{MARKERS['older']}</p>{entry}")).citations
    found = mark.reference
    assert (found.title, found.author, found.publisher, found.date) == (
        "The War",
        "Smith, J.",
        "Times",
        "2016-05-05",
    )
    assert (found.accessed, found.url) == ("6 May 2016", "http://a.b/c")


def test_links_lead_to_articles():
    account = from_html(
        wiki(
            '<p>The <a href="/wiki/Syrian_Arab_Army" title="x">army</a> took <a href="./Homs_(city)#A">Homs</a>, <a href="http://a.b">said</a> <a href="/wiki/File:A.jpg">X</a>.</p>'
        )
    )
    assert [(account.text[one.start : one.end], one.target) for one in account.links] == [
        ("army", "Syrian Arab Army"),
        ("Homs", "Homs (city)"),
    ]


def test_lists_tables_quotes_and_nested_tables():
    body = "<ul><li>One.<ul><li>Two.</li></ul></li></ul><blockquote><p>Quoted.</p></blockquote><table class=wikitable><tr><td>a<td>b<tr><td><table><tr><td>c</table></table>"
    account = from_html(wiki(body))
    assert account.text == "Battle\n\n• One.\n• Two.\n\nQuoted.\n\n| a | b\n| c"
    assert [block.kind for block in account.blocks] == [
        "heading",
        "bullet",
        "bullet",
        "quote",
        "bullet",
        "bullet",
        "bullet",
    ]


NEWS = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Town falls | Daily Wire</title>
<meta property="og:title" content="Town falls"><meta property="article:published_time" content="2016-05-05T08:00:00Z">
<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2016-05-06"}</script></head><body>
<nav><ul><li><a href="/a">Home</a><li><a href="/b">World</a></ul></nav>
<div class="page"><article><h1>Town falls</h1><div class="share-buttons">Share this</div>
<p>The army captured the town of Tell Kabir on Thursday, residents said.<sup><a href="#n1">1</a></sup> The militants had held it since March.</p>
<p onclick="steal()">Two villages fell with it.<a href="#n2">[2]</a></p>
<ol><li id="n1">Interview, 5 May</li><li id="n2">Army statement</li></ol>
<aside>Read more about the war in the province and in the country.</aside></article>
<div class="sidebar"><p>Subscribe to our newsletter, which has many words in it and no news of the war at all, I fear.</p></div></div>
<footer>All rights reserved</footer></body></html>"""


def test_a_page_of_news():
    account = from_html(NEWS)
    assert account.text == (
        "Town falls\n\nThe army captured the town of Tell Kabir on Thursday, residents said.[1] The militants had held it since March."
        "\n\nTwo villages fell with it.[2]"
    )
    assert (account.title, account.lang, account.date, account.modified) == (
        "Town falls",
        "en",
        "2016-05-05",
        "2016-05-06",
    )
    assert [(mark.label, mark.target) for mark in account.citations] == [
        ("1", "Interview, 5 May"),
        ("2", "Army statement"),
    ]
    assert [problem.code for problem in account.problems] == ["left-out"]


def test_a_page_without_any_structure():
    account = from_html(
        "<html><body>The army captured the town.<br><br>The rebels fled to the hills &amp; the sea.</body></html>"
    )
    assert account.text == "The army captured the town.\n\nThe rebels fled to the hills & the sea."


def test_every_word_leads_back_to_the_source():
    account = from_html(NEWS)
    for word in ("Town falls", "captured", "militants", "villages"):
        at = source_offset(account, account.text.rindex(word))
        assert NEWS[at : at + len(word)] == word


@pytest.mark.parametrize(
    "soup",
    [
        "<p>The army took Homs.<p>Then Hama.",
        "<div><p>The army took Homs.</div><p>Then Hama.</b></div>",
        "<P>The army took Homs.</P\n><P>Then <b>Hama</i>.",
    ],
)
def test_tag_soup(soup):
    assert from_html(soup).text == "The army took Homs.\n\nThen Hama."
