"""The wiki table, read back with mwparserfromhell."""

import html

import mwparserfromhell
import pytest

from frontledger.ledger.storage import Ledger


def table_of(output):
    """Rows of cells as plain text, the rest of the page, and the parsed table."""
    code = mwparserfromhell.parse(output.read_text(encoding="utf-8"))
    (table,) = code.filter_tags(matches=lambda tag: tag.tag == "table", recursive=False)
    rows = [
        [html.unescape(str(cell.contents)).strip() for cell in row.contents.filter_tags(matches=lambda tag: tag.tag == "td", recursive=False)]
        for row in table.contents.filter_tags(matches=lambda tag: tag.tag == "tr", recursive=False)
    ]  # fmt: skip
    return [row for row in rows if row], code


def test_every_event_is_a_row_in_order_of_time(war, written):
    rows, _ = table_of(written(war, "wikitext")[0])
    with Ledger.open(war) as ledger:
        assert len(rows) == len(ledger.events)
        days = sorted((event.date.earliest, event.date.latest) for event in ledger.events)
    assert [row[0][:4] for row in rows] == [first[:4] for first, _ in days]
    assert all(len(row) == 7 for row in rows)
    assert rows[0][:6] == ["2015-11-03", "Mahin", "capture", "Syrian government", "ISIL", "stated"]


def test_claims_are_said_to_be_claims(war, written):
    rows, _ = table_of(written(war, "wikitext")[0])
    told = {(row[0], row[1]): row[5] for row in rows}
    assert told["2015-11-14", "Palmyra"] == "''reported only''"
    assert told["2015-11-15", "Sadad"] == "''denied''"
    assert told["2015-11-05", "Huwwarin"] == "''rejected in review''"


def test_references_cite_what_the_account_cites(war, written):
    _, code = table_of(written(war, "wikitext")[0])
    (cite,) = code.filter_templates()
    assert cite.name.strip() == "cite web"
    assert str(cite.get("url").value).strip() == "https://example.org/m?a=1&b=2"
    assert html.unescape(str(cite.get("title").value)).strip() == "Army takes = Mahin"
    names = [tag.get("name").value for tag in code.filter_tags(matches=lambda tag: tag.tag == "ref")]
    assert len(names) == len(set(map(str, names))) == 2


def test_words_of_accounts_are_never_markup(hostile, written):
    rows, code = table_of(written(hostile, "wikitext")[0])
    assert len(rows) == 3
    assert all(len(row) == 7 for row in rows)
    assert not code.filter_templates()
    assert not code.filter_wikilinks()
    assert not code.filter_comments()
    assert not code.filter_external_links()
    assert {str(tag.tag) for tag in code.filter_tags()} <= {"table", "tr", "td", "th", "ref"}
    assert "{{evil}} [[link|x]]" in rows[2][1]


@pytest.mark.parametrize("name", ["empty", "ancient"])
def test_odd_ledgers_make_a_table(name, request, written):
    rows, _ = table_of(written(request.getfixturevalue(name), "wikitext")[0])
    assert len(rows) == {"empty": 0, "ancient": 2}[name]
