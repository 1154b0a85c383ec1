"""One change told again, and accounts side by side: within a language and across two."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontledger import pipeline
from frontledger.errors import NotFoundError
from frontledger.ledger.comparing import compare
from frontledger.ledger.explanation import changes, explain
from frontledger.ledger.storage import Ledger
from frontledger.model import CONTROL_KINDS

from .building import event, events
from .test_findings import codes, found
from .test_reviews import take_in

PAIR = Path(__file__).parent / "pair"
PLANTED = {
    ("Hasrin", "date"), ("Dalim", "date"), ("Jadida", "date"),
    ("Halata", "side"), ("Ain Tarka", "side"),
    ("Marjana", "extent"), ("Salufa", "extent"),
    ("Tell Kinda", "outcome"),
    ("Ain Tarka", "only first"), ("Hadaba", "only second"),
}  # fmt: skip
"""What was made to differ between the Hungarian and the English account of one campaign."""
NAMES = {"Ajn Tarka": "Ain Tarka"}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    path = tmp_path_factory.mktemp("pair") / "zanur.gpkg"
    pipeline.run(sorted(PAIR.glob("*.txt")), path)
    with Ledger.open(path) as ledger:
        yield ledger


def test_the_pair_is_worth_comparing(pair):
    for account in pair.accounts:
        own = [one for one in pair.events if one.account == account.id and one.kind in CONTROL_KINDS]
        assert len(own) >= 25
    assert {account.lang for account in pair.accounts} == {"hu", "en"}


def test_all_planted_differences_between_two_languages_are_found(pair):
    compared = compare(pair, "hu-zanur-2016", "en-zanur-2016")
    reported = set()
    for row in compared.changes:
        name = NAMES.get(row.name, row.name)
        reported |= {(name, kind) for kind in (row.differences or [row.verdict]) if kind != "agree"}
    assert reported >= PLANTED
    assert len(reported - PLANTED) <= 2
    assert compared.agree >= 18
    assert compared.agreement == round(compared.agree / (compared.agree + compared.differ), 3)
    for row in compared.changes:
        for said in (row.first, row.second):
            assert said is None or said.quotation


def test_disagreements_between_two_languages_quote_both(pair):
    told = {(one.code, place) for one in pair.findings for place in one.places}
    for place in ("hasrin", "dalim", "jadida", "marjana", "salufa", "tell-kinda"):
        assert ("disagreement", place) in told
    assert {place for code, place in told if code == "two-holders"} == {"halata", "ajn-tarka"}
    (hasrin,) = [one for one in pair.findings if one.places == ("hasrin",) and one.code == "disagreement"]
    assert "On 29 March, the Syrian Army captured Hasrin." in hasrin.message
    assert "Március 24-én a szír hadsereg elfoglalta Haszrint" in hasrin.message
    assert len(hasrin.events) == 2


def test_one_change_in_two_languages_has_two_witnesses(pair):
    (change,) = explain(pair, "Harbit").changes
    assert (change.gainer, change.earliest, len(change.witnesses)) == ("syrian-government", "2016-03-03", 2)
    assert set(change.accounts) == {"hu-zanur-2016", "en-zanur-2016"}
    shown = explain(pair, change.witnesses[0])
    assert {one.event.id for one in shown.evidence} == set(change.witnesses)
    assert all(one.citations for one in shown.evidence)


def test_one_account_against_all_others(pair):
    alone, both = compare(pair, "hu-zanur-2016"), compare(pair, "hu-zanur-2016", "en-zanur-2016")
    assert alone.second == "all others"
    assert (alone.agree, alone.differ) == (both.agree, both.differ)


def test_comparing_what_is_not_there(pair, tmp_path):
    with pytest.raises(NotFoundError, match="no account 'hu' in this ledger"):
        compare(pair, "hu")
    with pytest.raises(NotFoundError, match="with itself"):
        compare(pair, "hu-zanur-2016", "hu-zanur-2016")
    with Ledger.create(tmp_path / "one.gpkg") as ledger:
        take_in(ledger, "A", "2 red takes P")
        with pytest.raises(NotFoundError, match="the only account"):
            compare(ledger, "A")


def told(text):
    return [
        (one.place, one.gainer or f"-{one.loser}", one.extent, len(one.witnesses))
        for one in changes(events(text))
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5 red takes P", [("P", "red", "full", 1)]),
        ("1–31 red takes P; 5 red takes P", [("P", "red", "full", 2)]),  # lead and body
        ("5 red takes P; 1–31 red takes P", [("P", "red", "full", 2)]),  # body and recap
        ("5 red takes P from blue; 5 blue leaves P", [("P", "red", "full", 2)]),
        ("5 red takes P; B: 5 red takes P; C: 5 red takes P", [("P", "red", "full", 3)]),
        ("5 red takes P; B: 7 red takes P", [("P", "red", "full", 2)]),
        ("5 red takes P; B: 5 red takes part of P", [("P", "red", "full", 2)]),
        ("5 red takes P; 9 red takes P", [("P", "red", "full", 1)] * 2),  # one account tells two changes
        ("5 red takes P; 5 blue takes P; 5 red takes P", [("P", "red", "full", 1), ("P", "blue", "full", 1), ("P", "red", "full", 1)]),
        ("5 red takes P; 5 red takes Q", [("P", "red", "full", 1), ("Q", "red", "full", 1)]),
        ("5 red takes part of P; 7 red takes P", [("P", "red", "partial", 1), ("P", "red", "full", 1)]),
        ("5 red takes part of P; 7 red takes P; B: 7 red takes P", [("P", "red", "partial", 1), ("P", "red", "full", 2)]),
        ("2 red takes P; 9 blue takes P; B: 3 red takes P; B: 8 blue takes P", [("P", "red", "full", 2), ("P", "blue", "full", 2)]),
        ("5 red leaves P; B: 5 blue takes P from red", [("P", "blue", "full", 2)]),
        ("5 red takes P (denied)", []),
        ("5 red takes P (rejected)", []),
        ("? red takes P", []),
    ],
)  # fmt: skip
def test_what_is_one_change(text, wanted):
    assert sorted(told(text)) == sorted(wanted)


TELLINGS = [
    "5 red takes P", "B: 6 red takes P", "C: 5 blue takes P", "D: 5–9 red takes P", "B: 20 blue takes P",
]  # fmt: skip


@given(st.permutations([event(text, 100 * index) for index, text in enumerate(TELLINGS)]))
@settings(max_examples=40, deadline=None)
def test_changes_do_not_depend_on_the_order_of_accounts(order):
    assert changes(order) == changes([event(text, 100 * index) for index, text in enumerate(TELLINGS)])


@pytest.mark.parametrize(
    ("text", "what", "severity"),
    [
        ("5 red takes P; B: 9 red takes P", "differ in date", "medium"),
        ("5 red takes P; B: 6 red takes P", "differ in date", "low"),
        ("5 red takes P; B: 5 red takes part of P", "differ in extent", "medium"),
        ("5 red takes P; B: 5 red takes P (denied)", "differ in outcome", "high"),
        ("5 red takes P; B: 6 blue repulses P from red", "differ in outcome", "high"),
        ("5 red takes P; B: 7 green takes P", "differ in side and date", "high"),
        ("5 red takes P; B: 9 red takes part of P", "differ in date and extent", "medium"),
    ],
)
def test_disagreement(text, what, severity):
    (finding,) = [one for one in found(text) if one.code == "disagreement"]
    assert f"accounts {what}." in finding.message
    assert finding.severity == severity
    assert finding.events
    assert finding.resolve


def test_a_day_that_a_sentence_only_inherits_weighs_little():
    one, other = events("5 red takes P; B: 9 red takes P")
    date = msgspec.structs.replace(other.date, basis="inherited")
    (finding,) = [
        finding
        for finding in found([one, msgspec.structs.replace(other, date=date)])
        if finding.code == "disagreement"
    ]
    assert finding.severity == "low"
    assert "differ in date" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "5 red takes P; B: 5 red takes P",
        "5 red takes P; B: 1–31 red takes P",  # less exact is no disagreement
        "5 red takes P; B: 5 red takes Q",
        "2 red takes P; 5 blue takes P; B: 5 blue takes P",
        "5 red takes P from blue; B: 5 blue leaves P",
        "5 red takes P; 5 blue takes P from red; B: 5 blue takes P",
        "5 red takes P; 9 red takes P",  # one account
        "5 red takes P (denied); B: 6 red takes part of P (denied)",  # two attempts, and nothing changed hands
        "5 blue repulses P from red; B: 6 blue repulses P from red",
    ],
)
def test_no_disagreement(text):
    assert "disagreement" not in codes(text)


def test_rival_holders_are_told_once():
    assert codes("5 red takes P; B: 5 blue takes P") == ["two-holders"]
