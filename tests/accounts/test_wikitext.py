"""Wikitext, construct by construct."""

import pytest

from frontledger.accounts.building import source_offset
from frontledger.accounts.wikitext import from_wikitext


def shown(source, **options):
    return from_wikitext(source, **options).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The '''army''' took ''[[Homs]]''.", "The army took Homs."),
        ("took [[Tell Kabir (village)|Tell Kabir]] and [[hill]]s", "took Tell Kabir and hills"),
        ("[[Homs (city)|]] fell", "Homs fell"),
        ("before<!-- hidden [[x]] --> after", "before after"),
        ("[[File:a.jpg|thumb|A [[caption]] here.]]Text", "Text"),
        ("Text [[Kategória:Csaták]][[de:Schlacht]]", "Text"),
        ("[http://a.b label] and [http://c.d]", "label and"),
        ("{{convert|4|km|mi}} south", "4 km south"),
        ("{{convert|4|-|6|km}} south", "4–6 km south"),
        ("{{lang|ar|حمص}} is Homs", "حمص is Homs"),
        ("2{{nbsp}}km {{ndash}} far", "2 km – far"),
        ("<nowiki>[[not a link]]</nowiki>", "[[not a link]]"),
        ("a&nbsp;b &amp; c", "a b & c"),
        ("one\ntwo\n\nthree", "one two\n\nthree"),
        ("== Phase ==\nText", "Phase\n\nText"),
        ("* a\n* b\nText", "• a\n• b\n\nText"),
        ("{|\n! Day !! Event\n|-\n| 1 May || Homs fell\n|}", "| Day | Event\n| 1 May | Homs fell"),
        ('{| class="wikitable"\n|-\n| style="x" | a\n| b\n|}', "| a | b"),
        ("{{Main|War}}\n{{Navbox war}}\nText", "Text"),
        ("<math>x < y</math>Text", "Text"),
        ("{{start date|2016|3|5|df=y}}", "5 March 2016"),
        ("{{Quote|We took it.|General}}", "We took it."),
        ("<gallery>\nA.jpg|caption\n</gallery>Text", "Text"),
        ("<div>A</div><div>B</div>", "A\n\nB"),
    ],
)
def test_what_is_shown(source, text):
    assert shown(source) == text


def labels(source):
    return [mark.label for mark in from_wikitext(source).citations]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<ref>x</ref> b<ref>y</ref>", ["1", "2"]),
        ("a<ref name=x>x</ref> b<ref name=y>y</ref> c<ref name=x/>", ["1", "2", "1"]),
        ("a<ref name='x'>x</ref> b<ref name=\"x\" />", ["1", "1"]),
        ("a<ref group=note>x</ref> b<ref>y</ref>", ["note 1", "1"]),
        ("a{{efn|x}} b{{efn|y}} c{{efn-ua|z}}", ["a", "b", "A"]),
        ("a{{sfn|Smith|2010|p=1}} b{{sfn|Smith|2010|p=2}} c{{sfn|Smith|2010|p=1}}", ["1", "2", "1"]),
        ("a{{r|x|y}} b<ref name=y>y</ref>{{reflist|refs=<ref name=x>x</ref>}}", ["1", "2", "2"]),
        ("a{{refn|outer<ref>inner</ref>}} b<ref>z</ref>", ["2", "3"]),
        ("a{{#tag:ref|x|name=n}} b<ref name=n/>", ["1", "1"]),
        ("[[File:a.jpg|thumb|caption<ref>x</ref>]]a<ref>y</ref>", ["2"]),
        ("a<ref>x</ref>{{rp|5}} b", ["1"]),
    ],
)
def test_numbers_of_references(source, expected):
    assert labels(source) == expected


def test_a_remark_of_the_editors_supports_nothing():
    (mark,) = from_wikitext("Homs fell.{{citation needed|date=May 2016}}").citations
    assert (mark.label, mark.editorial) == ("citation needed", True)


@pytest.mark.parametrize(
    "template",
    [
        "{{cite web |title=The War |last=Smith |first=J. |work=Times |date=5 May 2016 |access-date=6 May 2016 |url=http://a.b/c}}",
        "{{Cite news|title=The War|author=Smith, J.|newspaper=[[The Times|Times]]|date=5 May 2016|accessdate=6 May 2016|url=http://a.b/c}}",
        "{{CitWeb|cím=The War|szerző=Smith, J.|kiadó=Times|dátum=5 May 2016|elérés=6 May 2016|url=http://a.b/c}}",
        "{{Cit web\n | vezetéknév = Smith\n | keresztnév = J.\n | cím = The War\n | mű = Times\n | év = 5 May 2016\n | hozzáférés = 6 May 2016\n | url = http://a.b/c\n}}",
    ],
)
def test_citation_templates_become_fields(template):
    (mark,) = from_wikitext(f"Homs fell.<ref>{template}</ref>").citations
    found = mark.reference
    assert (found.title, found.author, found.publisher, found.date) == (
        "The War",
        "Smith, J.",
        "Times",
        "5 May 2016",
    )
    assert (found.accessed, found.url) == ("6 May 2016", "http://a.b/c")
    assert "The War" in mark.target


def test_a_plain_reference_keeps_its_words_and_address():
    (mark,) = from_wikitext("Homs fell.<ref>''[http://a.b/c The War]'', p. 5</ref>").citations
    assert mark.target == "The War, p. 5 http://a.b/c"
    assert (mark.reference.title, mark.reference.url) == ("The War", "http://a.b/c")


BOX = """{{Infobox military conflict
| conflict = Battle of Homs
| partof = [[War]]
| image = x.svg
| date = {{start date|2016|3|3}} – {{end date|2016|4|20}}
| place = [[Homs]]
| coordinates = {{coord|34|43|N|36|42|E}}
| territory = Army takes the city
| result = Army victory<ref>x</ref>
* Rebels withdraw
| combatant1 = {{flag|Syria}}<br />'''Supported by:'''<br>{{flag|Russia}}
| combatant2 = {{plainlist|
* [[Rebels]]
* [[Islamists]]
}}
| commander1 = [[A. B.]]{{KIA}}
| strength2 = 500
| casualties2 = 20 killed
| notes = strange
}}
Text."""


def test_infobox_fields():
    account = from_wikitext(BOX, title=None)
    fields = {(one.key, one.side, one.value) for one in account.infobox}
    assert fields == {
        ("conflict", None, "War"),
        ("date", None, "3 March 2016 – 20 April 2016"),
        ("place", None, "Homs"),
        ("territory", None, "Army takes the city"),
        ("result", None, "Army victory"),
        ("result", None, "Rebels withdraw"),
        ("belligerent", 1, "Syria"),
        ("support", 1, "Russia"),
        ("belligerent", 2, "Rebels"),
        ("belligerent", 2, "Islamists"),
        ("commander", 1, "A. B.(KIA)"),
        ("strength", 2, "500"),
        ("casualties", 2, "20 killed"),
        ("notes", None, "strange"),
        ("place", None, "34 43 N 36 42 E"),
    }
    assert account.title == "Battle of Homs"
    for one in account.infobox:
        assert account.text[one.start : one.end].replace("[1]", "") == one.value


def test_hungarian_infobox_fields():
    source = "{{Csata infobox\n|csata neve=Homszi csata\n|dátum=2016. május\n|hely=[[Homsz]]\n|eredmény=Szír győzelem\n|szemben1=Szíria\n|szemben2=ISIL\n|parancsnok1=X\n|veszteség2=20 halott\n}}\nSzöveg."
    account = from_wikitext(source)
    assert account.title == "Homszi csata"
    assert [(one.key, one.side) for one in account.infobox] == [
        ("date", None), ("place", None), ("result", None), ("belligerent", 1), ("belligerent", 2), ("commander", 1), ("casualties", 2)
    ]  # fmt: skip


def test_links_are_kept_with_their_targets():
    account = from_wikitext("The [[Syrian Arab Army|army]] took [[Tell_Kabir#History|Tell Kabir]].")
    assert [(account.text[one.start : one.end], one.target) for one in account.links] == [
        ("army", "Syrian Arab Army"),
        ("Tell Kabir", "Tell Kabir"),
    ]


def test_every_word_leads_back_to_the_source():
    source = "<!-- x -->{{Infobox x|result=Army victory}}\n'''Homs''' fell &ndash; on [[5 May|May 5]].<ref>a</ref>  Then\n[[Hama]].\n* Bullet\n"
    account = from_wikitext(source)
    for word in ("Army", "Homs", "fell", "May 5", "Then", "Hama", "Bullet"):
        at = source_offset(account, account.text.index(word))
        assert source[at : at + len(word)] == word


def test_headings_are_sections():
    account = from_wikitext("Lead.\n== A ==\nx\n=== B ===\ny\n== References ==\nz")
    assert [(one.title, one.level) for one in account.sections] == [("A", 2), ("B", 3), ("References", 2)]
    assert [block.kind for block in account.blocks][-1] == "reference"


def problems(source):
    return {problem.code: problem for problem in from_wikitext(source, where="x.wiki").problems}


def test_what_is_left_out_is_said():
    found = problems("The army took Homs {{strange thing|a|b}} and Hama. The army took it on the day.")
    assert "strange thing" in found["template"].message
    assert found["template"].where == "x.wiki, character 20"
    assert "nowhere" in problems("a<ref name=lost/> the army of the north")["undefined-reference"].message
    assert problems("#REDIRECT [[Homs]]")["redirect"].message == "is only a redirect, to 'Homs'"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The army took Homs.<ref>Book\nThe town fell.", "The army took Homs.[1] The town fell."),
        ("The army took {{convert|4|km Homs.", "The army took convert|4|km Homs."),
        ("{{Infobox x\n| a = b\n| c = d\nThe army took Homs.", "The army took Homs."),
        ("The army <!-- took Homs.", "The army"),
        ("The [[army took Homs.", "The army took Homs."),
        ("{|\n| The army took Homs.", "| The army took Homs."),
        ("a<ref name=x>b\n\nThe <ref>c</ref> army", "a[1]\n\nThe [2] army"),
    ],
)
def test_what_is_not_closed_costs_little_and_is_said(source, text):
    account = from_wikitext(source)
    assert account.text == text
    assert "unclosed" in {problem.code for problem in account.problems}
