"""The typed client against a running service."""

from __future__ import annotations

import pytest

import frontledger
from frontledger.client import JudgedElsewhereError, RefusedError
from frontledger.errors import FrontledgerError, NotFoundError, ReviewError
from frontledger.ledger.storage import Ledger


@pytest.fixture
def client(alone):
    token = alone.enter().post("/api/v1/tokens", {"label": "test"}).json()["token"]
    with frontledger.Client(f"http://127.0.0.1:{alone.port}", token) as opened:
        yield opened


def test_it_gives_the_records_of_the_ledger(client, path):
    with Ledger.open(path) as ledger:
        assert sorted(one.event.id for one in client.events()) == sorted(event.id for event in ledger.events)
        assert {one.event for one in client.events(account="first", kind=["capture"])} == {
            event for event in ledger.events if event.account == "first" and event.kind == "capture"
        }
        assert [one.place for one in client.places()] == list(ledger.places)
        assert client.sides() == ledger.sides
        assert list(client.findings()) == list(ledger.findings)
        assert client.control("2016-05-16") == tuple(ledger.control(on="2016-05-16", layer="assessed"))
        assert [client.account(card.id) for card in client.accounts()] == list(ledger.accounts)
        assert client.explain("palmyra") == frontledger.explain(ledger, "palmyra")
        assert list(client.history()) == list(reversed(ledger.revisions))
        assert client.compare("first").second == "all others"
        assert client.ledger().events == len(ledger.events)


def test_it_judges_and_shows_who_was_quicker(client):
    event = client.event("first:e1")
    assert client.judge(event, "accept").event.review == "accepted"
    with pytest.raises(JudgedElsewhereError) as conflict:
        client.judge(event, "reject", "a plan")
    assert conflict.value.verdicts[0].verdict == "accepted"
    again = client.judge(seen(conflict.value), "correct", "page 2", {"date": "2016-05-06"})
    assert again.event.date.earliest == "2016-05-06"
    with pytest.raises(ReviewError):
        client.judge(again, "reject")
    with pytest.raises(NotFoundError):
        client.event("first:e99")
    finding = next(client.findings())
    assert client.dismiss(finding.id, "known").finding == finding.id
    assert finding not in list(client.findings(dismissed="false"))


def seen(conflict):
    from frontledger.ledger.browsing import VersionedEvent

    return VersionedEvent(version=conflict.version, event=conflict.event)


def test_it_uploads_listens_and_exports(client, tmp_path):
    before = client.ledger().revision
    (tmp_path / "third.txt").write_text("On 1 June 2016, ISIL captured Arak.", encoding="utf-8")
    assert client.upload(tmp_path / "third.txt", "en") == ("third",)
    assert client.paste("fourth", "On 2 June 2016, ISIL captured Arak.", "en") == ("fourth",)
    with pytest.raises(RefusedError) as refused:
        client.paste("fourth", "On 2 June 2016, ISIL captured Arak.", "en")
    assert refused.value.status == 409
    heard = client.changes(after=before)
    assert [next(heard).accounts, next(heard).accounts] == [("third",), ("fourth",)]
    heard.close()
    assert client.export("jsonl", tmp_path / "out.jsonl") == (tmp_path / "out.jsonl").stat().st_size > 0


def test_the_printed_address_is_enough(alone):
    address = f"http://127.0.0.1:{alone.port}/enter?token={alone.service.door.new_entry()}"
    with frontledger.Client(address) as client:
        assert client.judge("first:e1", "accept").event.review == "accepted"
    with pytest.raises(RefusedError):
        frontledger.Client(address)
    with frontledger.Client(f"http://127.0.0.1:{alone.port}", "wrong") as client, pytest.raises(RefusedError):
        client.ledger()
    with pytest.raises(FrontledgerError):
        frontledger.Client("127.0.0.1")
