"""Verdicts: what they change and what they never change, how they outlive a new revision, who may give them."""

from __future__ import annotations

import random
import threading
from contextlib import nullcontext, suppress

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontledger.errors import ConflictError, LedgerError, NotFoundError, ReviewError
from frontledger.ledger.findings import find
from frontledger.ledger.fold import fold
from frontledger.ledger.storage import Ledger
from frontledger.model import Account, Citation, InfoboxField, Telling

from .building import PLACES, day
from .test_storage import LOCATED, SIDES, reading

TOLD = "2 blue takes P; 5 red takes P from blue; 9 blue takes Q; 12 red takes part of Q (reported)"


def text_of(told):
    """An account whose every sentence is 100 characters from the next, as ``events`` places them."""
    return "".join(f"{one.strip() + '.':<100}" for one in told)


def take_in(ledger, name, told, text=None, infobox=(), change=list, places=LOCATED, tellings=()):
    """Read, judge, fold, check and store one account as ``pipeline.run`` does."""
    account, found = reading(name, told)
    found = change(found)
    account = Account(
        id=name, text=text if text is not None else text_of(told.split(";")), title=f"War {name}", lang="en",
        sha256="0" * 64, citations=(Citation(label="1", start=95, end=96, target="A book"),), infobox=infobox,
    )  # fmt: skip
    with ledger.writing():
        others = [event for event in ledger.readings if event.account != name]
        readings = [*others, *found]
        counting = ledger.judged([account], readings)
        accounts = [*(one for one in ledger.accounts if one.id != name), account]
        holdings = fold(counting, places)
        named = {ref.id for event in counting for ref in event.places}
        findings = find(
            accounts, counting, [one for one in places if one.id in named], SIDES, holdings,
            evidence=ledger.evidence([account], readings), tellings=tellings,
        )  # fmt: skip
        ledger.replace(
            [account], readings, places, SIDES, holdings, findings, f"read {name}", tellings=tellings
        )


@pytest.fixture
def ledger(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", TOLD)
        yield ledger


def judge(ledger, event, verdict, by="Ann", why="checked", **more):
    return ledger.review(event, verdict, by=by, why=why, **more)


def holder(ledger, place, on, layer="assessed"):
    (row,) = [one for one in ledger.control(on=day(on), layer=layer) if one.place == place]
    return row.holder if row.state == "held" else row.state


def assert_as_if_folded_anew(ledger):
    assert ledger.holdings == fold(ledger.events, ledger.places)
    anew = find(
        ledger.accounts, ledger.events, ledger.places, ledger.sides, ledger.holdings,
        periods=ledger.periods, evidence=ledger.evidence([], ledger.readings), tellings=ledger.tellings,
    )  # fmt: skip
    assert ledger.all_findings == anew


def test_accepting_changes_nothing_but_the_verdict(ledger):
    before = ledger.holdings, ledger.all_findings, ledger.readings
    made = judge(ledger, "A:A100", "accept")
    assert (made.verdict, made.by, made.why, made.event) == ("accepted", "Ann", "checked", "A:A100")
    assert (ledger.holdings, ledger.all_findings, ledger.readings) == before
    assert [event.review for event in ledger.events] == ["unchecked", "accepted", "unchecked", "unchecked"]
    assert (ledger.revisions[-1].by, ledger.revisions[-1].why) == ("Ann", "accepted A:A100: checked")


def test_an_id_without_its_account_is_enough_where_it_is_clear(ledger):
    assert judge(ledger, "A100", "accept").event == "A:A100"


def test_a_rejected_event_counts_in_no_layer(ledger):
    judge(ledger, "A100", "reject", why="misread")
    assert holder(ledger, "P", 6) == "blue"
    assert holder(ledger, "P", 6, "claimed") == "blue"
    assert_as_if_folded_anew(ledger)


def test_a_disputed_event_is_only_claimed(ledger):
    judge(ledger, "A100", "dispute", why="another source denies it")
    assert (holder(ledger, "P", 6), holder(ledger, "P", 6, "claimed")) == ("blue", "red")
    assert_as_if_folded_anew(ledger)


@pytest.mark.parametrize(
    ("event", "change", "place", "on", "wanted"),
    [
        ("A100", ("date", "2020-01-07"), "P", 6, "blue"),
        ("A100", ("date", "2020-01-06/2020-01-08"), "P", 6, "unknown"),
        ("A100", ("date", "unknown"), "P", 30, "blue"),
        ("A100", ("actor", "Green"), "P", 6, None),
        ("A100", ("actor", "new:Green Army"), "P", 6, "green-army"),
        ("A100", ("actor", "the reds"), "P", 6, "red"),
        ("A100", ("extent", "partial"), "P", 6, "contested"),
        ("A100", ("extent:P", "partial"), "P", 6, "contested"),
        ("A100", ("kind", "withdrawal"), "P", 6, "blue"),
        ("A100", ("place", "Q"), "P", 6, "blue"),
        ("A100", ("place:P", "Q"), "Q", 6, "red"),
        ("A100", ("place", "new:Nowhere"), "nowhere", 6, "red"),
        ("A100", ("hedged", "yes"), "P", 6, "blue"),
        ("A300", ("hedged", "no"), "Q", 13, "contested"),
        ("A100", ("negated", "yes"), "P", 6, "blue"),
        ("A100", ("attributed_to", "the reds' own radio"), "P", 6, "blue"),
    ],
)
def test_a_correction_changes_the_fold_and_never_the_reading(ledger, event, change, place, on, wanted):
    before = ledger.readings
    if wanted is None:
        with pytest.raises(ReviewError, match=r"no side 'Green' in this ledger: .*new:Green"):
            judge(ledger, event, "correct", changes=[change])
        return
    judge(ledger, event, "correct", changes=[change])
    assert holder(ledger, place, on) == wanted
    assert ledger.readings == before
    assert_as_if_folded_anew(ledger)


def test_corrections_add_up_and_can_be_accepted_by_another(ledger):
    judge(ledger, "A100", "correct", changes=[("date", "2020-01-07")])
    judge(ledger, "A100", "correct", changes=[("extent", "partial")])
    version = ledger.version("A100")
    judge(ledger, "A100", "accept", by="Ben", why="so it is", version=version)
    (event,) = [one for one in ledger.events if one.id == "A:A100"]
    assert (event.review, event.date.earliest, event.places[0].extent) == (
        "accepted",
        "2020-01-07",
        "partial",
    )
    assert [review.by for review in ledger.history("A100")] == ["Ann", "Ann", "Ben"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], "needs at least one --set"),
        ([("colour", "red")], "cannot set 'colour': the fields are kind, date"),
        ([("date:P", "2020-01-07")], "cannot set 'date:P'"),
        ([("date", "2020-02-30")], "no date '2020-02-30': expected YYYY-MM-DD"),
        ([("date", "2020-01-09/2020-01-07")], "no date"),
        ([("date", "../..")], "no date"),
        ([("kind", "picnic")], "no kind 'picnic': expected capture"),
        ([("extent", "some")], "no extent 'some': expected full, partial"),
        ([("extent:Q", "partial")], "is not about 'Q', but about P"),
        ([("hedged", "perhaps")], "expected yes, no"),
        ([("place", " ; ")], "needs a place"),
        ([("place", "Nowhere")], "no place 'Nowhere' in this ledger"),
        ([("actor", "new:!")], "a new side needs a name"),
    ],
)
def test_an_impossible_correction_changes_nothing(ledger, changes, said):
    before = ledger.events, ledger.revisions, ledger.reviews
    with pytest.raises(ReviewError) as error:
        judge(ledger, "A100", "correct", changes=changes)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert (ledger.events, ledger.revisions, ledger.reviews) == before


@pytest.mark.parametrize(
    ("verdict", "more", "said"),
    [
        ("bless", {}, "no verdict 'bless': expected accept, correct, reject, dispute"),
        ("accept", {"by": " "}, "needs --by NAME and --why TEXT"),
        ("accept", {"why": ""}, "needs --by NAME and --why TEXT"),
        ("accept", {"changes": [("kind", "hold")]}, "--set goes with correct, not with accept"),
    ],
)
def test_an_impossible_verdict(ledger, verdict, more, said):
    with pytest.raises(ReviewError, match=said):
        judge(ledger, "A100", verdict, **more)


def test_an_event_that_is_not_there(ledger):
    with pytest.raises(NotFoundError, match="no event 'A:A900'"):
        judge(ledger, "A:A900", "accept")


def test_an_event_that_is_gone_says_since_when(ledger):
    take_in(ledger, "A", "2 blue takes P")
    with pytest.raises(
        NotFoundError, match=r"no event 'A100' in this ledger: A:A100 is gone since revision 2"
    ):
        judge(ledger, "A100", "accept")


def test_the_same_id_in_two_accounts(ledger):
    account, found = reading("B", "2 blue takes P")
    twin = msgspec.structs.replace(found[0], id="B:A100")
    ledger.replace([account], [twin], LOCATED, SIDES, (), (), "B")
    with pytest.raises(NotFoundError, match="2 accounts have an event 'A100'"):
        judge(ledger, "A100", "accept")


def test_a_verdict_over_anothers_is_refused_with_both_shown(ledger):
    judge(ledger, "A100", "accept", why="page 12")
    with pytest.raises(ConflictError) as error:
        judge(ledger, "A100", "reject", by="Ben", why="page 40")
    said = str(error.value)
    assert "reject by Ben (page 40)" in said
    assert "Ann accepted it" in said
    assert "page 12" in said
    assert "--version 2" in said
    assert "\n" not in said
    assert [review.by for review in ledger.reviews] == ["Ann"]
    judge(ledger, "A100", "reject", by="Ben", why="page 40", version=2)
    assert [review.verdict for review in ledger.history("A100")] == ["accepted", "rejected"]


def test_a_verdict_on_a_version_that_is_no_more(ledger):
    version = ledger.version("A100")
    judge(ledger, "A100", "correct", changes=[("date", "2020-01-07")], version=version)
    with pytest.raises(
        ConflictError, match=r"given on version 1; Ann corrected it .*date=2020-01-07\), which is version 2"
    ):
        judge(ledger, "A100", "accept", by="Ben", version=version)


def test_two_reviewers_at_once_lose_nothing(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", "; ".join(f"{1 + n % 28} red takes P" for n in range(40)))
    refused = []

    def work(name):
        order = [f"A:A{100 * n}" for n in range(40)]
        random.Random(name).shuffle(order)  # noqa: S311 - no secret
        with Ledger.open(where) as ledger:
            for event in order:
                try:
                    judge(ledger, event, "accept", by=name, why="read")
                except ConflictError:
                    refused.append((name, event))

    workers = [threading.Thread(target=work, args=(name,)) for name in ("Ann", "Ben")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with Ledger.open(where) as ledger:
        assert len(ledger.reviews) == 40
        assert len(refused) == 40
        assert {review.event for review in ledger.reviews} == {event.id for event in ledger.events}
        assert [revision.number for revision in ledger.revisions] == list(range(1, 42))


def verdicts(ledger):
    return {event.date.earliest[-2:]: event.review for event in ledger.events}


def test_verdicts_carry_over_where_the_words_are_unchanged(ledger):
    for event in ("A0", "A100", "A200"):
        judge(ledger, event, "accept")
    told = "1 green takes Q; 2 blue takes P; 5 red takes P from blue; 9 blue takes Q"
    sentences = ["1 green takes Q.", "2 blue takes P \n .", "5 red takes P\nfrom   blue.", "9 blue  takes R."]
    text = "".join(f"{one:<100}" for one in sentences)
    take_in(ledger, "A", told, text)
    # The first is new, the second only reflowed, the third the same under another id, the last one reworded.
    assert verdicts(ledger) == {"01": "unchecked", "02": "accepted", "05": "accepted", "09": "unchecked"}
    assert len(ledger.reviews) == 3


def test_a_verdict_comes_back_with_its_words(ledger):
    judge(ledger, "A100", "reject")
    take_in(ledger, "A", "2 blue takes P")
    assert verdicts(ledger) == {"02": "unchecked"}
    take_in(ledger, "A", TOLD)
    assert verdicts(ledger)["05"] == "rejected"


def test_a_verdict_is_none_on_another_reading_of_the_same_words(ledger):
    """The date was inherited from a sentence before, which now gives another day."""
    judge(ledger, "A100", "accept")
    take_in(ledger, "A", TOLD.replace("5 red", "6 red"), text_of(TOLD.split(";")))
    assert verdicts(ledger)["06"] == "unchecked"


def test_changed_citations_need_a_new_look(ledger):
    judge(ledger, "A100", "accept")
    account, found = reading("A", TOLD)
    cited = [msgspec.structs.replace(event, citations=("2",)) for event in found]
    account = msgspec.structs.replace(account, text=text_of(TOLD.split(";")))
    ledger.replace([account], cited, LOCATED, SIDES, fold(cited, PLACES), (), "other citations")
    assert set(verdicts(ledger).values()) == {"unchecked"}


def test_the_same_sentence_twice_is_two_events(ledger):
    take_in(ledger, "B", "3 red takes P; 3 red takes P", text_of(["3 red takes P"] * 2))
    judge(ledger, "B:A100", "reject")
    assert [event.review for event in ledger.events if event.account == "B"] == ["unchecked", "rejected"]
    take_in(ledger, "B", "3 red takes P; 3 red takes P; 3 red takes P", text_of(["3 red takes P"] * 3))
    assert {event.review for event in ledger.events if event.account == "B"} == {
        "unchecked"
    }  # which one was it?


def test_accuracy_checked(ledger):
    take_in(ledger, "B", "3 red takes P")
    ids = [event.id for event in ledger.events if event.account == "A"]
    for event in ids[:-1]:
        judge(ledger, event, "accept")
    judge(ledger, ids[-1], "dispute")
    state = {one.account: one for one in ledger.progress}
    assert (state["A"].events, state["A"].accepted, state["A"].disputed) == (4, 3, 1)
    assert not state["A"].accuracy_checked  # a dispute is open
    judge(ledger, ids[-1], "reject")
    state = {one.account: one for one in ledger.progress}
    assert (state["A"].accuracy_checked, state["B"].accuracy_checked) == (True, False)
    take_in(ledger, "A", TOLD + "; 20 red takes Q", text_of([*TOLD.split(";"), "20 red takes Q"]))
    assert not {one.account: one for one in ledger.progress}["A"].accuracy_checked


def test_a_read_only_ledger_takes_no_verdict(tmp_path, monkeypatch):
    path = tmp_path / "war.gpkg"
    with Ledger.create(path) as ledger:
        take_in(ledger, "A", TOLD)
    monkeypatch.setattr("os.access", lambda *_: False)
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="read-only"):
        judge(ledger, "A100", "accept")


EARLIER = ("correct", (("date", "2020-01-03"),))
UNDATED = ("correct", (("date", "unknown"),))
DEEDS = st.sampled_from(
    [
        ("accept", ()), ("reject", ()), ("dispute", ()),
        EARLIER, UNDATED,
        ("correct", (("actor", "blue"),)), ("correct", (("actor", "nobody"),)), ("correct", (("against", "red"),)),
        ("correct", (("extent", "partial"),)), ("correct", (("kind", "hold"),)), ("correct", (("kind", "withdrawal"),)),
        ("correct", (("negated", "yes"),)), ("correct", (("background", "yes"),)),
        ("correct", (("place", "Q"),)), ("correct", (("place", "P/d; Q"),)), ("correct", (("place", "P"),)),
        ("correct", (("place", "new:Nowhere"),)), ("undo", ()),
    ]
)  # fmt: skip
CAMPAIGN = (
    "2 blue takes P; 3 red takes P/d from blue; 5 red takes P from blue; 6 red takes Q,P; 7 blue leaves Q;"
    "9 blue takes part of Q (reported); 11 red holds P/d; 12 blue takes P from red"
)
OTHER = "1 blue takes Q; 4 red takes P from blue; 6 blue takes Q; 13 blue takes P/d (reported)"
RESULT = InfoboxField(key="result", value="Blue victory", start=0, end=1)
DATE = InfoboxField(key="date", value="2020-01-05 – 2020-01-06", start=0, end=1)


def unevenly(found):
    """Every third event without a citation, every fourth in the sentence of the one before."""
    told = []
    for number, event in enumerate(found):
        citations = () if number % 3 == 2 else event.citations
        sentence = told[-1].sentence if number % 4 == 3 else event.sentence
        told.append(msgspec.structs.replace(event, citations=citations, sentence=sentence))
    return told


@pytest.mark.parametrize(
    ("infobox", "others", "change"),
    [((RESULT,), (), list), ((DATE, RESULT), (RESULT,), unevenly), ((DATE,), (RESULT, DATE), unevenly)],
)
@given(deeds=st.lists(st.tuples(st.integers(0, 11), DEEDS), min_size=1, max_size=5))
@example(deeds=[(4, EARLIER), (4, UNDATED)])
@example(deeds=[(4, EARLIER), (3, ("reject", ()))])
@example(deeds=[(1, EARLIER), (6, EARLIER), (5, EARLIER), (6, ("reject", ()))])
@settings(max_examples=40, deadline=None)
def test_what_a_verdict_changes_is_what_folding_anew_would_give(
    tmp_path_factory, infobox, others, change, deeds
):
    path = tmp_path_factory.mktemp("property") / "war.gpkg"
    with Ledger.create(path) as ledger:
        take_in(ledger, "A", CAMPAIGN, infobox=infobox, change=change)
        take_in(ledger, "B", OTHER, infobox=others, change=change)
        ids = [event.id for event in ledger.events]
        for index, (deed, changes) in deeds:
            with suppress(ReviewError) if deed == "undo" else nullcontext():  # there may be nothing to undo
                judge(ledger, ids[index], deed, changes=changes)
            assert_as_if_folded_anew(ledger)


NEAR = tuple(
    msgspec.structs.replace(place, lat=34.0, lon=37.0 + n, located_by="file")
    for n, place in enumerate(PLACES)
)
"""The places, about 90 km from each other."""
MOVES = st.sampled_from(
    [
        ("place", "Q"),
        ("place", "P"),
        ("place", "P/d; Q"),
        ("place", "new:Nowhere"),
        ("place", "new:Elsewhere"),
    ]
)


@given(
    located=st.sets(st.integers(0, 2)),
    moves=st.lists(st.tuples(st.integers(0, 7), MOVES | st.none()), min_size=1, max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_an_event_that_moves_leaves_findings_about_places_as_if_found_anew(tmp_path_factory, located, moves):
    """Distances that an account tells, and places without coordinates, whichever have some."""
    places = [near if n in located else bare for n, (near, bare) in enumerate(zip(NEAR, PLACES, strict=True))]
    told = [
        Telling(account="A", start=start, end=start + 9, text="10 km west", km=10.0, anchor="Q", subjects=(subject,))
        for start, subject in ((115, "P/d"), (215, "P"), (315, "P"))
    ]  # fmt: skip
    with Ledger.create(tmp_path_factory.mktemp("moves") / "war.gpkg") as ledger:
        take_in(ledger, "A", CAMPAIGN, places=places, tellings=told)
        for index, move in moves:
            event = f"A:A{100 * index}"
            with suppress(ReviewError):  # there may be nothing to undo
                judge(ledger, event, "correct" if move else "undo", changes=[move] if move else [])
            assert_as_if_folded_anew(ledger)
