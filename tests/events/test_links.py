"""Links of the markup stay on the places that bear them."""

import pytest

from frontledger import pipeline
from frontledger.accounts.wikitext import from_wikitext
from frontledger.events.links import linked
from frontledger.model import Link, PlaceRef


def place(text, start, name=None):
    return PlaceRef(id=None, name=name or text, text=text, start=start, end=start + len(text), role="object")


@pytest.mark.parametrize(
    ("links", "text", "name", "target"),
    [
        ([(10, 14, "Homs")], "Homs", "Homs", "Homs"),
        ([(10, 14, "Homs")], "Homs city", "Homs", "Homs"),
        ([(22, 26, "Homs"), (30, 35, "Syria")], "the town of Homs in Syria", "Homs", "Homs"),
        ([(0, 10, "Before"), (14, 20, "After")], "Homs", "Homs", None),
        ([], "Homs", "Homs", None),
    ],
)
def test_the_link_on_the_name_counts(links, text, name, target):
    given = [Link(start=start, end=end, target=to) for start, end, to in links]
    (found,) = linked(given, [place(text, 10, name)])
    assert found.link == target


def test_events_of_wikitext_bear_links():
    account = from_wikitext(
        "On 3 March 2016 the Syrian Army captured [[Tell Kabir (Homs)|Tell Kabir]]. On 4 March it captured Tell Asfar."
    )
    events = pipeline.events(account)
    assert [place.link for event in events for place in event.places] == ["Tell Kabir (Homs)", None]


def test_the_infobox_says_what_period_an_account_is_about(tmp_path):
    source = (
        "{{Infobox military conflict\n| conflict = Battle of Homs\n| date = {{start date|2016|3|1}} – {{end date|2016|3|20}}\n| result = ISIL victory\n}}\n"
        "On 3 March 2016 the Syrian Army captured [[Tell Kabir]] from ISIL. On 9 March the Syrian Army captured Tell Asfar. "
        "On 25 April 2016 the Syrian Army captured Deir Hafir."
    )
    path = tmp_path / "homs.wiki"
    path.write_text(source)
    ledger = tmp_path / "front.gpkg"
    pipeline.run([path], ledger)
    from frontledger.ledger.storage import Ledger

    with Ledger.open(ledger) as opened:
        found = {finding.code: finding.message for finding in opened.findings}
    assert "2016-03-01 to 2016-03-20" in found["outside-period"]
    assert "ISIL victory" in found["outcome-mismatch"]
