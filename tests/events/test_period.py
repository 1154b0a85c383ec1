"""What an account says it is about, in accounts of our own."""

import pytest

from frontledger import accounts, pipeline
from frontledger.events.period import stated_period

STATED = {
    """A 2016. márciusban és áprilisban zajlott kabiri hadjárat a polgárháború egyik hadművelete volt.
    Március 3-án a szír hadsereg elfoglalta Tell Kabirt. Április 9-én az ISIL visszafoglalta a falut.""": (
        "2016-03-01",
        "2016-04-30",
    ),
}
NOT_STATED = {
    "the opening is itself the first event": """2016 márciusában a szír hadsereg elfoglalta Tell Kabirt.
    Május 9-én az ISIL visszafoglalta a falut.""",
    "only the beginning is named": """A kabiri hadjárat 2016 márciusában kezdődött. Május 3-án a szír hadsereg elfoglalta
    Tell Kabirt. Május 9-én az ISIL visszafoglalta a falut. Június 2-án a szír hadsereg elfoglalta Tell Szaghirt.""",
    "one day is no period": "A kabiri fegyverszünetről 2016. március 3-án született döntés.",
    "no date at all": "A kabiri hadjárat a polgárháború egyik hadművelete volt.",
}


def period(text):
    account = accounts.from_text(text, "kabir", lang="hu")
    return stated_period(account, pipeline.dates(account), pipeline.events(account))


@pytest.mark.parametrize("text", STATED)
def test_stated(text):
    assert period(text) == STATED[text]


@pytest.mark.parametrize("why", NOT_STATED)
def test_not_stated(why):
    assert period(NOT_STATED[why]) is None


def test_nothing_read_nothing_stated():
    account = accounts.from_text("", "void", lang="hu")
    assert stated_period(account, [], []) is None
