"""The verbs that work on a ledger: review, compare, findings with its filters, time travel, export and import."""

import csv
import io
import json
import threading

import pytest

from frontledger import cli, pipeline
from frontledger.ledger.fold import fold
from frontledger.ledger.storage import Ledger

FIRST = """The northern campaign
On 3 March 2016, the Syrian Army captured Harbit from ISIL.[1]
On 9 March 2016, the Syrian Army captured Harbit from ISIL.[2]
On 12 March 2016, the Syrian Army reportedly captured Sabin.[3]
"""
SECOND = """Another account
On 5 March 2016, the Syrian Army captured Harbit from ISIL.[1]
"""


@pytest.fixture
def call(capsys):
    def run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def ledger(tmp_path, call):
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "war.gpkg"
    assert call("run", tmp_path / "first.txt", tmp_path / "second.txt", "-o", path)[0] == 0
    return path


def rows(call, *arguments):
    return json.loads(call(*arguments, "--format", "json")[1])


def review(call, ledger, event, verdict, *more, by="Ann"):
    return call("review", ledger, event, verdict, "--by", by, "--why", "page 12", *more)


def test_a_verdict_and_its_history(call, ledger):
    code, out, err = review(call, ledger, "first:e2", "reject")
    assert (code, out) == (0, "")
    assert "rejected first:e2 as Ann, version 2" in err
    (made,) = rows(call, "review", ledger, "first:e2")
    assert (made["verdict"], made["by"], made["why"], made["revision"]) == ("rejected", "Ann", "page 12", 2)
    explained = " ".join(call("explain", ledger, "first:e2")[1].split())
    assert "rejected by Ann on " in explained
    reviews = {event["id"]: event["review"] for event in rows(call, "events", ledger)}
    assert reviews["first:e2"] == "rejected"


def test_the_state_of_each_account(call, ledger):
    found = {row["account"]: row for row in rows(call, "review", ledger)}
    assert found["second"]["unchecked"] == found["second"]["events"] > 0
    for event in [e["id"] for e in rows(call, "events", ledger) if e["account"] == "second"]:
        assert review(call, ledger, event, "accept")[0] == 0
    found = {row["account"]: row["accuracy_checked"] for row in rows(call, "review", ledger)}
    assert found == {"first": False, "second": True}
    table = csv.DictReader(io.StringIO(call("review", ledger, "--format", "csv")[1]))
    assert {row["account"]: row["accuracy_checked"] for row in table} == {"first": "no", "second": "yes"}


def test_a_correction_through_the_command_line(call, ledger):
    code, _, _ = review(
        call, ledger, "first:e1", "correct", "--set", "date=2016-03-04", "--set", "extent:Harbit=partial"
    )
    assert code == 0
    (event,) = [one for one in rows(call, "events", ledger) if one["id"] == "first:e1"]
    assert (event["date"]["edtf"], event["places"][0]["extent"], event["review"]) == (
        "2016-03-04",
        "partial",
        "corrected",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["e99", "accept", "--by", "A", "--why", "x"], "no event 'e99'"),
        (["first:e1", "accept"], "needs --by NAME and --why TEXT"),
        (["first:e1", "bless", "--by", "A", "--why", "x"], "no verdict 'bless'"),
        (["first:e1", "correct", "--by", "A", "--why", "x", "--set", "date"], "expected FIELD=VALUE"),
        (["first:e1", "correct", "--by", "A", "--why", "x", "--set", "date=soon"], "no date 'soon'"),
        (["first:e1", "accept", "--by", "A", "--why", "x", "--version", "9"], "given on version 9"),
    ],
)
def test_a_wrong_verdict_is_one_line(call, ledger, arguments, said):
    before = ledger.read_bytes()
    code, out, err = call("review", ledger, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    with Ledger.open(ledger) as opened:
        assert opened.reviews == ()
    assert ledger.read_bytes() == before


def test_a_verdict_on_what_somebody_else_judged_is_refused_with_both(call, ledger):
    review(call, ledger, "first:e1", "accept")
    code, _, err = review(call, ledger, "first:e1", "reject", by="Ben")
    assert code == 2
    assert "reject by Ben" in err
    assert "Ann accepted it" in err
    assert review(call, ledger, "first:e1", "reject", "--version", "2", by="Ben")[0] == 0


def test_findings_by_code_and_severity(call, ledger):
    everything = rows(call, "findings", ledger)
    assert {"disagreement", "retaken-without-loss"} <= {one["code"] for one in everything}
    assert {one["code"] for one in rows(call, "findings", ledger, "--code", "disagreement")} == {
        "disagreement"
    }
    assert {one["severity"] for one in rows(call, "findings", ledger, "--severity", "high")} == {"high"}
    medium = rows(call, "findings", ledger, "--severity", "medium")
    assert {one["severity"] for one in medium} <= {"high", "medium"}
    assert all(one["resolve"] and one["id"] for one in everything)
    assert call("findings", ledger, "--code", "nonsense")[0] == 2


def test_strict_is_for_scripts(call, ledger):
    assert call("findings", ledger)[0] == 0
    assert call("findings", ledger, "--strict")[0] == 1
    assert call("findings", ledger, "--strict", "--code", "two-holders")[0] == 0


def test_dismissing_and_restoring(call, ledger):
    wanted = rows(call, "findings", ledger, "--severity", "high")[0]
    code, _, err = call("findings", ledger, "--dismiss", wanted["id"])
    assert code == 2
    assert "needs --by NAME and --why TEXT" in err
    assert call("findings", ledger, "--dismiss", wanted["id"], "--by", "Ann", "--why", "two quarters")[0] == 0
    assert wanted not in rows(call, "findings", ledger)
    assert rows(call, "findings", ledger, "--dismissed") == [wanted]
    assert "dismissed by Ann" in " ".join(call("explain", ledger, wanted["id"])[1].split())
    assert call("findings", ledger, "--restore", wanted["id"], "--by", "Ann", "--why", "no")[0] == 0
    assert wanted in rows(call, "findings", ledger)


def test_the_ledger_as_it_was_known(call, ledger):
    before = {verb: rows(call, verb, ledger) for verb in ("control", "events", "findings")}
    review(call, ledger, "first:e1", "reject")
    for verb, wanted in before.items():
        assert rows(call, verb, ledger, "--as-known-at", "1") == wanted
    assert rows(call, "events", ledger) != before["events"]
    assert "review unchecked" in " ".join(
        call("explain", ledger, "first:e1", "--as-known-at", "1")[1].split()
    )
    code, _, err = call("control", ledger, "--as-known-at", "7")
    assert code == 2
    assert "no revision 7: it has 1 to 2" in err


def test_control_shows_claims_beside_what_is_stated(call, ledger):
    row = next(row for row in rows(call, "control", ledger, "--place", "Sabin"))
    assert (row["layer"], row["holder"]) == ("assessed", None)
    assert row["claimed"]["holder"] == "syrian-government"
    assert "syrian-government" in call("control", ledger, "--place", "Sabin", "--format", "csv")[1]
    (assessed,) = rows(call, "control", ledger, "--place", "Sabin", "--layer", "assessed")
    assert assessed["claimed"] is None
    (claimed,) = rows(call, "control", ledger, "--place", "Sabin", "--layer", "claimed")
    assert (claimed["layer"], claimed["holder"]) == ("claimed", "syrian-government")
    assert all(one["layer"] == "assessed" for one in rows(call, "control", ledger))


def test_compare(call, ledger):
    told = rows(call, "compare", ledger, "first", "second")
    assert (told["differ"], told["only_first"]) == (1, 2)
    (change,) = [one for one in told["changes"] if one["verdict"] == "differ"]
    assert change["differences"] == ["date"]
    assert "On 5 March 2016" in change["second"]["quotation"]
    code, out, _ = call("compare", ledger, "first", "second")
    assert code == 0
    assert "both tell 1 change of hands and agree on 0 (0%)" in " ".join(out.split())
    assert call("compare", ledger, "first", "second", "--strict")[0] == 1
    assert call("compare", ledger, "first", "third")[0] == 2
    header = call("compare", ledger, "first", "--format", "csv")[1].splitlines()[0]
    assert header.startswith("verdict,differences,place,first,second")


def test_export_and_import(call, ledger, tmp_path):
    review(call, ledger, "first:e1", "accept")
    lines, copy, again = tmp_path / "war.jsonl", tmp_path / "copy.gpkg", tmp_path / "again.jsonl"
    assert call("export", ledger, "-o", lines)[0] == 0
    assert call("import", lines, "-o", copy)[0] == 0
    assert call("export", copy, "-o", again)[0] == 0
    assert lines.read_bytes() == again.read_bytes()
    for verb in ("events", "control", "findings", "review"):
        assert rows(call, verb, copy) == rows(call, verb, ledger)
    assert call("import", lines, "-o", copy)[0] == 2
    assert call("export", ledger, "-o", tmp_path / "no" / "such.jsonl")[0] == 2
    assert call("export", ledger, "--format", "xml", "-o", lines)[0] == 2


def test_a_shared_ledger_that_is_not_there(call):
    code, _, err = call("control", "postgresql://127.0.0.1:1/none")
    assert code == 2
    assert err.startswith("frontledger: postgresql://127.0.0.1:1/none: ")
    assert err.count("\n") == 1


def test_runs_at_once_see_each_other(tmp_path):
    """Even where none of them found a ledger when it began; the last one folds the events of all."""
    texts = {
        f"north{n}": f"Account {n}\nOn {n + 2} March 2016, the Syrian Army captured Harbit from ISIL.\n"
        for n in range(4)
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "war.gpkg"
    start = threading.Barrier(len(texts))

    def work(name):
        start.wait()
        pipeline.run([tmp_path / f"{name}.txt"], path)

    workers = [threading.Thread(target=work, args=(name,)) for name in texts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with Ledger.open(path) as ledger:
        assert {account.id for account in ledger.accounts} == set(texts)
        assert ledger.holdings == fold(ledger.events, ledger.places)
        (held,) = [one for one in ledger.holdings if one.side == "syrian-government"]
        assert len(held.evidence) == 4
