"""Each finding where it belongs, and none where a careful reader would wave it off."""

from __future__ import annotations

import msgspec
import pytest

from frontledger.ledger.findings import CODES, find
from frontledger.ledger.fold import fold
from frontledger.model import Account, Block, Citation, InfoboxField, Place, Section, Side

from .building import PLACES, event, events

SIDES = (
    Side(id="blue", name="Blue"),
    Side(id="red", name="Red", names=("red army",)),
    Side(id="green", name="Green"),
)
PLACED = tuple(msgspec.structs.replace(place, lat=1.0, lon=2.0) for place in PLACES)
A = Account(id="A", text="x" * 5000)
B = Account(id="B", text="x" * 5000, title="The other book")


def found(told, *accounts, places=PLACED, **more):
    given = events(told) if isinstance(told, str) else told
    return find(accounts or (A, B), given, places, SIDES, fold(given, places), **more)


def codes(told, *accounts, **more):
    return [finding.code for finding in found(told, *accounts, **more)]


def only(told, *accounts, **more):
    (finding,) = found(told, *accounts, **more)
    return finding


def test_an_ordinary_campaign_raises_no_question():
    told = (
        "2 red sets-out-from Q; 3 red takes P from blue; 5 blue takes part of P from red; 7 red takes P from blue;"
        "9 blue takes P from red; 9 red leaves P; 12 red takes P/d from blue; 14 red takes P from blue; 15 red holds P"
    )
    assert codes(told) == []


def test_retaken_without_loss():
    finding = only("3 red takes P from blue; 9 red takes P from blue")
    assert (finding.code, finding.severity) == ("retaken-without-loss", "high")
    assert (
        finding.message
        == "P: Red captures it on 2020-01-09, but had held it since 2020-01-03 and is not recorded to have lost it."
    )
    assert (finding.places, finding.events, finding.account) == (("P",), ("A0", "A100"), "A")


def test_retaken_without_loss_is_one_finding_a_place():
    finding = only("3 red takes P; 9 red takes P; 12 red takes P")
    assert "on 2020-01-09 and on 2020-01-12" in finding.message
    assert finding.events == ("A0", "A100", "A200")


def test_retaken_after_it_was_only_seen_to_be_held():
    finding = only("3 red sets-out-from P; 9 red takes P from blue")
    assert finding.code == "retaken-without-loss"
    assert "was seen to hold it on 2020-01-03" in finding.message


@pytest.mark.parametrize(
    "told",
    [
        "3 red takes P; 5 blue takes P from red; 9 red takes P from blue",  # a loss in between
        "3 red takes P; 5 blue takes part of P from red; 9 red takes P from blue",  # a contest in between
        "3 red takes P; 5 red leaves P; 9 red takes P",  # left in between
        "3 red takes P; 5 red takes part of P",  # only part
        "3 red takes P; B: 3 red takes P",  # told twice
        "3 red takes P; B: 5 red takes P",  # told twice, two days apart
        "1–9 red takes P; 5 red takes P",  # summed up, then told
        "3 red takes P; 5 red holds P",  # seen afterwards
        "3 red takes P; 9 red takes P (reported)",
        "3 red takes P; 9 red takes P (denied)",
    ],
)
def test_not_retaken(told):
    assert "retaken-without-loss" not in codes(told)


def test_again_alone_is_no_question():
    assert found([event("5 red takes P from blue", again=True)]) == ()


def test_accounts_that_differ_by_more_than_two_days():
    assert codes("3 red takes P; B: 9 red takes P") == ["disagreement"]


def test_loss_without_hold():
    finding = only("3 red takes P from blue; 9 blue leaves P")
    assert (finding.code, finding.places, finding.events) == ("loss-without-hold", ("P",), ("A100",))
    assert finding.message == "P: Blue loses it on 2020-01-09, when the record has Red there."


def test_captured_from_who_is_not_recorded_there():
    finding = only("3 red takes P; 9 green takes P from blue")
    assert (finding.code, finding.severity) == ("loss-without-hold", "medium")
    assert "Blue loses it on 2020-01-09, when the record has Red there" in finding.message


def test_an_inferred_opponent_is_no_evidence():
    first, second = events("3 red takes P; 9 green takes P from blue")
    guessed = msgspec.structs.replace(second, against=msgspec.structs.replace(second.against, inferred=True))
    assert found([first, guessed]) == ()


@pytest.mark.parametrize(
    "told",
    [
        "3 red takes Q; 9 blue leaves P",  # nothing was said before: implied
        "3 red takes P from blue; 3 blue leaves P",  # the same change from the loser's side
        "3 red takes P from blue; B: 5 blue leaves P",  # … in another account, two days off
        "3 blue takes P; 5 red takes part of P from blue; 9 blue leaves P",
    ],
)
def test_no_loss_without_hold(told):
    assert "loss-without-hold" not in codes(told)


def test_two_holders():
    finding = only("5 red takes P; B: 5 blue takes P")
    assert (finding.code, finding.severity, finding.account) == ("two-holders", "high", None)
    assert finding.message == (
        "P is given by “A” to Red on 2020-01-05 and “The other book” to Blue on 2020-01-05."
    )


def test_changing_hands_twice_a_day_in_one_account_is_no_conflict():
    assert codes("5 red takes P; 5 blue takes P from red; B: 5 blue takes P") == []


def test_hedged_only():
    finding = only("3 blue takes P; 9 red takes part of P (reported)")
    assert (finding.code, finding.severity) == ("hedged-only", "medium")
    assert finding.message == "Only reported, not stated: Red captures part of P on 2020-01-09."
    attributed = event("5–7 red takes P,Q", attributed_to="the ministry")
    assert only([attributed]).message == (
        "Only reported (by the ministry), not stated: Red captures P and Q between 2020-01-05 and 2020-01-07."
    )


def test_reported_and_stated_is_no_question():
    assert codes("3 blue takes P; 9 red takes P (reported); B: 9 red takes P") == []
    assert codes("3 blue takes P; 5 blue holds P (reported)") == []


def test_outside_period():
    account = msgspec.structs.replace(
        A, infobox=(InfoboxField(key="date", value="2020-01-05 – 2020-01-20", start=0, end=1),)
    )
    told = "2 red takes P from blue; 2 red takes Q; 6 blue takes P; 1 green takes Q (background)"
    finding = only(told, account)
    assert (finding.code, finding.events) == ("outside-period", ("A0", "A100"))
    assert (
        finding.message
        == "The account is about 2020-01-05 to 2020-01-20, but puts 2 events on 2020-01-02 (“2”)."
    )
    assert codes(told, A) == []
    assert codes(told, A, periods={"A": ("2020-01-05", "2020-01-20")}) == ["outside-period"]


def test_out_of_order():
    finding = only("3 red takes P; 9 red takes Q; 5 blue takes P; 6 red takes P; 11 blue takes Q from red")
    assert (finding.code, finding.events) == ("out-of-order", ("A100", "A200"))
    assert finding.message == (
        "The narrative runs backwards: 2020-01-05 (“5”) is told after 2020-01-09 (“9”)."
    )


def test_flashbacks_headings_and_leads_are_in_order():
    assert codes("9 red takes P; 5 blue takes Q (background); 11 blue takes P") == []
    told = "9 red takes P; 5 blue takes Q"
    assert (
        codes(
            told,
            msgspec.structs.replace(
                A, sections=(Section(title="North", level=2, start=90, body=95, end=300),)
            ),
        )
        == []
    )
    lead = (Block(kind="paragraph", start=0, end=90), Block(kind="paragraph", start=92, end=300))
    assert codes(told, msgspec.structs.replace(A, blocks=lead)) == []
    relative = events(told)
    relative[1] = msgspec.structs.replace(
        relative[1], date=msgspec.structs.replace(relative[1].date, basis="relative")
    )
    assert found(relative) == ()


def result(text):
    return msgspec.structs.replace(A, infobox=(InfoboxField(key="result", value=text, start=0, end=1),))


def test_outcome_mismatch():
    finding = only("3 blue takes P from red; 4 blue takes Q", result("Red Army victory"))
    assert (finding.code, finding.severity, finding.account) == ("outcome-mismatch", "high", "A")
    assert finding.message == (
        "The infobox says “Red Army victory”, but at the end Blue holds 2 of the 2 places with a known holder, Red 0."
    )


@pytest.mark.parametrize("text", ["Blue victory", "Red and Blue agree", "Status quo", "Credit to nobody"])
def test_no_outcome_mismatch(text):
    assert codes("3 blue takes P from red; 4 blue takes Q", result(text)) == []


def test_the_caller_may_know_the_winner_better():
    told = "3 blue takes P from red; 4 blue takes Q"
    assert codes(told, result("Red defeat"), winners={"A": "blue"}) == []
    assert codes(told, result("Victory"), winners={"A": "red"}) == ["outcome-mismatch"]
    assert codes(told, result("Red?"), winners={"A": None}) == []


def citing(*labels):
    return msgspec.structs.replace(
        A, citations=tuple(Citation(label=label, start=0, end=1) for label in labels)
    )


def test_uncited():
    bare = [event("3 red takes P from blue", citations=()), event("4 red attacks Q", 100, citations=())]
    finding = only(bare, citing("1"))
    assert (finding.code, finding.severity, finding.events) == ("uncited", "low", ("A0",))
    assert finding.message == "No citation: Red captures P on 2020-01-03 (“takes”)."
    assert found(bare, A) == ()
    assert found([event("3 red takes P (background)", citations=())], citing("1")) == ()


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["1", "2", "4", "a"], "Citation number 3 never occurs, though 1 to 4 are in use."),
        (["1", "2", "5", "6"], "Citation numbers 3 and 4 never occur, though 1 to 6 are in use."),
        (
            ["1", "2", "3", "4", "8", "9", "11"],
            "Citation numbers 5–7 and 10 never occur, though 1 to 11 are in use.",
        ),
        (["1", "2", "3"], None),
        (["1999", "2014"], None),
        (["7"], None),
        ([], None),
    ],
)
def test_citation_gap(labels, message):
    assert [finding.message for finding in found("3 red takes P", citing(*labels))] == (
        [message] if message else []
    )


def test_name_variant():
    finding = only("3 red takes P", variants=[("P", "Pp", "P")])
    assert (finding.code, finding.places) == ("name-variant", ("P",))
    assert "“Pp” is probably P" in finding.message


@pytest.mark.parametrize(
    ("count", "kind", "severity"),
    [
        (2, "hill", "high"),
        (17, None, "high"),
        (None, "village", "high"),
        (None, "area", "low"),
        (None, None, "low"),
    ],
)
def test_unnamed_place(count, kind, severity):
    one = event("3 red takes P from blue")
    ref = msgspec.structs.replace(one.places[0], id="?1", name=None, text="two hills", count=count, type=kind)
    finding = only([msgspec.structs.replace(one, places=(ref,))], places=(Place(id="?1", name=None), *PLACED))
    assert (finding.code, finding.severity) == ("unnamed-place", severity)
    assert "Red captures “two hills” on 2020-01-03" in finding.message


def test_unplaced():
    finding = only("3 red takes P,Q", places=PLACES)
    assert (finding.code, finding.places) == ("unplaced", ("P", "Q"))
    assert finding.message == "None of the 2 named places has coordinates."
    mixed = (PLACED[0], *PLACES[1:])
    assert only("3 red takes P,Q", places=mixed).message == "Q has no coordinates."
    assert only("3 red takes P", places=PLACES).message == "P has no coordinates."


def test_gravest_first_and_only_known_codes():
    told = events("3 red takes P; 9 red takes P; 10 green takes Q (reported)")
    given = found(told, citing("1", "3", "4"), places=PLACES)
    assert [finding.severity for finding in given] == ["high", "medium", "low", "low"]
    assert {finding.code for finding in given} <= set(CODES)
