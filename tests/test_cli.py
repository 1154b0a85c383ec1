"""The command line as scripts and people use it."""

import csv
import io
import json
from types import SimpleNamespace

import pytest

from frontledger import cli, progress
from frontledger.ledger.storage import Ledger

ACCOUNT = """A 2016. márciusi harcok
2016. március 3-án a szír hadsereg elfoglalta Tell Kabir falut.[1]
2016. március 9-én az ISIL visszafoglalta Tell Kabir falut.[2]
2016. március 12-én a szír hadsereg elfoglalta Tell Szaghir falut.
"""

OTHER = """A déli harcok
2016. március 20-án az ISIL elfoglalta Dar Nahr falut.[1]
"""

EVENT_FIELDS = [
    "id", "account", "kind", "date", "actor", "against", "places", "again", "hedged", "attributed_to", "negated",
    "trigger", "sentence", "citations", "rule", "review",
]  # fmt: skip
PLACE_FIELDS = [
    "id", "name", "text", "start", "end", "role", "type", "extent", "lat", "lon", "radius_km", "located_by",
]  # fmt: skip
CONTROL_FIELDS = ["place", "name", "holder", "state", "since", "layer", "evidence"]
FINDING_FIELDS = ["code", "severity", "message", "places", "events"]


@pytest.fixture
def call(capsys):
    """Run a command in this process: ``(exit code, standard output, standard error)``."""

    def run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def account(tmp_path):
    path = tmp_path / "kabir.txt"
    path.write_text(ACCOUNT, encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "nahr.txt"
    path.write_text(OTHER, encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path, account, call):
    path = tmp_path / "front.gpkg"
    code, _, errors = call("run", account, "-o", path)
    assert (code, errors) == (0, "")
    return path


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_run_tells_what_it_did(call, account, tmp_path):
    code, out, err = call("run", account, "-o", tmp_path / "x.gpkg")
    assert code == 0
    assert err == ""
    assert "kabir (hu): 3 events" in out
    assert "1 account, 3 events, 2 places, 2 sides" in out
    assert "from 2016-03-03 to 2016-03-12" in " ".join(out.split())


def test_event_records_follow_the_contract(call, account):
    code, out, _ = call("events", account, "--format", "jsonl")
    assert code == 0
    records = lines(out)
    assert len(records) == 3
    for record in records:
        assert list(record)[: len(EVENT_FIELDS)] == EVENT_FIELDS
        assert list(record["date"])[:5] == ["edtf", "earliest", "latest", "basis", "text"]
        assert list(record["actor"]) == ["id", "name", "text", "inferred"]
        assert list(record["trigger"]) == ["text", "start", "end"]
        assert list(record["sentence"]) == ["start", "end"]
        for place in record["places"]:
            assert list(place)[: len(PLACE_FIELDS)] == PLACE_FIELDS
            assert ACCOUNT[place["start"] : place["end"]] == place["text"]
        trigger = record["trigger"]
        assert ACCOUNT[trigger["start"] : trigger["end"]] == trigger["text"]
    assert [record["citations"] for record in records] == [["1"], ["2"], []]
    assert {record["id"] for record in records} == {"kabir:e1", "kabir:e2", "kabir:e3"}


def test_ledger_and_account_give_the_same_records(call, account, ledger):
    from_account = lines(call("events", account, "--format", "jsonl")[1])
    from_ledger = lines(call("events", ledger, "--format", "jsonl")[1])
    assert from_ledger == from_account


def test_formats_say_the_same(call, ledger):
    as_lines = lines(call("events", ledger, "--format", "jsonl")[1])
    as_list = json.loads(call("events", ledger, "--format", "json")[1])
    as_rows = list(csv.DictReader(io.StringIO(call("events", ledger, "--format", "csv")[1])))
    table = call("events", ledger)[1]
    assert as_lines == as_list
    assert [row["id"] for row in as_rows] == [record["id"] for record in as_list]
    assert [row["date"] for row in as_rows] == [record["date"]["edtf"] for record in as_list]
    for record in as_list:
        assert record["trigger"]["text"] in table


def test_dates_are_timex(call, account):
    code, out, _ = call("dates", account, "--format", "jsonl")
    (record,) = lines(out)
    assert code == 0
    assert list(record) == ["doc", "text", "timexes"]
    assert (record["doc"], record["text"]) == ("kabir", ACCOUNT)
    found = [(time["value"], ACCOUNT[time["start"] : time["end"]]) for time in record["timexes"]]
    assert ("2016-03-09", "2016. március 9-én") in found
    assert {"DATE"} == {time["type"] for time in record["timexes"]}


def test_dates_reads_what_scorers_write(call, tmp_path):
    path = tmp_path / "gold.jsonl"
    gold = {"doc": "d1", "dct": "2016-04-01", "text": ACCOUNT, "timexes": []}
    path.write_text(json.dumps(gold) + "\n", encoding="utf-8")
    code, out, _ = call("dates", path, "--format", "jsonl", "--lang", "hu")
    assert code == 0
    assert lines(out)[0]["doc"] == "d1"
    assert len(lines(out)[0]["timexes"]) >= 3


def test_control_on_a_day(call, ledger):
    code, out, _ = call("control", ledger, "--on", "2016-03-05", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    for row in rows:
        assert list(row)[: len(CONTROL_FIELDS)] == CONTROL_FIELDS
    (kabir,) = [row for row in rows if row["name"] == "Tell Kabir"]
    assert (kabir["state"], kabir["since"], kabir["layer"]) == ("held", "2016-03-03", "assessed")
    assert kabir["evidence"] == ["kabir:e1"]


def test_control_of_a_place_before_and_after(call, ledger):
    def holder(day):
        rows = json.loads(
            call("control", ledger, "--on", day, "--place", "tell kabir", "--format", "json")[1]
        )
        assert [row["name"] for row in rows] == ["Tell Kabir"]
        return rows[0]["holder"]

    assert len({holder("2016-03-04"), holder("2016-03-10")}) == 2


def test_control_without_a_day_is_of_the_last(call, ledger):
    assert call("control", ledger, "--format", "csv") == call(
        "control", ledger, "--on", "2016-03-12", "--format", "csv"
    )
    assert "2016-03-12" in call("control", ledger)[1]


def test_findings(call, ledger):
    code, out, _ = call("findings", ledger, "--format", "json")
    found = json.loads(out)
    assert code == 0
    for finding in found:
        assert list(finding)[: len(FINDING_FIELDS)] == FINDING_FIELDS
    assert ["kabir:e3"] in [finding["events"] for finding in found if finding["code"] == "uncited"]
    assert call("findings", ledger, "--check")[0] == 1


def test_what_became_no_event_is_told_with_what_it_lacks(call, tmp_path, ledger):
    path = tmp_path / "told.txt"
    text = (
        "On 3 May 2016 the army captured Derin. The next day the rebels arrived. On 6 May fighting went on."
    )
    path.write_text(text, encoding="utf-8")
    code, out, _ = call("events", path, "--lang", "en", "--omitted", "--format", "jsonl")
    (record,) = lines(out)
    assert code == 0
    assert record["account"] == "told"
    assert record["lacks"] == "no place"
    for span in (record["trigger"], {**record["sentence"], "text": "The next day the rebels arrived."}):
        assert text[span["start"] : span["end"]] == span["text"]
    assert record["trigger"]["text"] == "arrived"
    assert "arrived" in call("events", path, "--lang", "en", "--omitted")[1]
    code, out, err = call("events", ledger, "--omitted")
    assert (code, out) == (2, "")
    assert "accounts, not ledgers" in err


@pytest.mark.parametrize("what", ["kabir:e2", "e2"])
def test_explain_an_event(call, ledger, what):
    code, out, _ = call("explain", ledger, what)
    flat = " ".join(out.split())
    assert code == 0
    assert "2016. március 9-én az ISIL ⟦visszafoglalta⟧ Tell Kabir falut." in flat
    assert "rule" in flat
    assert "citations 2" in flat
    assert "held" in flat


def test_explain_a_place_as_a_program_reads_it(call, ledger):
    told = json.loads(call("explain", ledger, "Tell Kabir", "--format", "json")[1])
    assert told["about"] == "place"
    assert told["place"]["name"] == "Tell Kabir"
    assert {evidence["event"]["id"] for evidence in told["evidence"]} == {"kabir:e1", "kabir:e2"}
    assert told["holdings"]
    assert {holding["place"] for holding in told["holdings"]} == {told["place"]["id"]}


def test_explain_a_finding(call, ledger):
    told = json.loads(call("explain", ledger, "uncited", "--format", "json")[1])
    assert told["about"] == "finding"
    assert {finding["code"] for finding in told["findings"]} == {"uncited"}
    assert "kabir:e3" in {evidence["event"]["id"] for evidence in told["evidence"]}


def test_read_shows_what_was_understood(call, account):
    code, out, _ = call("read", account)
    assert code == 0
    assert "hu" in out
    assert "A 2016. márciusi harcok" in out
    assert "a szír hadsereg elfoglalta Tell Kabir falut." in " ".join(out.split())
    (record,) = json.loads(call("read", account, "--format", "json")[1])
    assert record["text"] == ACCOUNT


def test_lang_overrides(call, account):
    code, _, err = call("events", account, "--lang", "xx")
    assert code == 2
    assert "'xx'" in err


def test_a_second_account_joins_and_a_new_reading_replaces(call, account, other, ledger):
    assert call("run", other, "-o", ledger)[0] == 0
    with Ledger.open(ledger) as opened:
        assert [stored.id for stored in opened.accounts] == ["kabir", "nahr"]
        assert len(opened.events) == 4
    account.write_text(ACCOUNT.split("2016. március 9", maxsplit=1)[0], encoding="utf-8")
    assert call("run", account, "-o", ledger)[0] == 0
    with Ledger.open(ledger) as opened:
        assert {event.id for event in opened.events} == {"kabir:e1", "nahr:e1"}
        assert "Tell Szaghir" not in {place.name for place in opened.places}


def test_reading_again_changes_nothing(call, account, ledger):
    before = [call(verb, ledger, "--format", "json")[1] for verb in ("events", "control", "findings")]
    assert call("run", account, "-o", ledger)[0] == 0
    assert before == [call(verb, ledger, "--format", "json")[1] for verb in ("events", "control", "findings")]


def test_order_of_accounts_does_not_matter(call, account, other, tmp_path):
    said = []
    for name, order in (("a", (account, other)), ("b", (other, account))):
        path = tmp_path / f"{name}.gpkg"
        assert call("run", *order, "-o", path)[0] == 0
        said.append([call(verb, path, "--format", "json")[1] for verb in ("control", "findings")])
    assert said[0] == said[1]


def test_two_accounts_of_one_name(call, account, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    twin = tmp_path / "elsewhere" / account.name
    twin.write_text(OTHER, encoding="utf-8")
    code, _, err = call("run", account, twin, "-o", tmp_path / "x.gpkg")
    assert code == 2
    assert "'kabir'" in err


def test_problems_are_noted_beside_the_data(call, tmp_path):
    path = tmp_path / "two.jsonl"
    row = {"id": "a", "text": ACCOUNT, "lang": "hu", "date": "sometime"}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    code, out, err = call("events", path, "--format", "jsonl")
    assert code == 0
    assert len(lines(out)) == 3
    assert err.startswith("frontledger: note: ")
    assert "'sometime'" in err


def test_version(call):
    from frontledger import __version__

    assert call("--version") == (0, f"frontledger {__version__}\n", "")


def test_version_tells_of_the_compiled_engine(call, monkeypatch):
    from frontledger import __version__

    engine = SimpleNamespace(origin="frontledger/events/coding.cpython-311-x86_64-linux-gnu.so")
    monkeypatch.setattr("frontledger.telling.find_spec", lambda _name: engine)
    assert call("--version") == (0, f"frontledger {__version__}, compiled\n", "")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_drawn_on_a_terminal_only(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.Progress() as bar:
        bar(1, 3, "kabir")
        assert terminal.getvalue() == ""
        bar.draw()  # as the timer does when patience ends
        bar(2, 3, "nahr")
    assert "kabir" in terminal.getvalue()
    bar.timer.join(timeout=5)
    assert not bar.timer.is_alive()

    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.Progress() as bar:
        bar(1, 3, "kabir")
    assert pipe.getvalue() == ""


def test_progress_that_ends_first_is_never_drawn(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.Progress() as bar:
        bar(1, 3, "kabir")
    bar.draw()
    assert terminal.getvalue() == ""


def test_places_lists_where_and_how_sure(call, ledger):
    code, out, errors = call("places", ledger, "--format", "jsonl")
    assert (code, errors) == (0, "")
    assert {"id", "name", "names", "lat", "lon", "radius_km", "located_by", "placing", "reasons"} <= set(
        lines(out)[0]
    )
    code, out, _ = call("places", ledger, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == ["tell-kabir", "tell-szaghir"]


def test_places_are_corrected_and_told_so(call, ledger):
    code, out, errors = call(
        "places", ledger, "set", "Tell Kabir", "-34.5", "-37.25", "--by", "ada", "--format", "jsonl"
    )
    assert (code, errors) == (0, "frontledger: note: tell-kabir set at -34.5 -37.25\n")
    first = lines(out)[0]
    assert (first["lat"], first["lon"], first["placing"], first["located_by"]) == (
        -34.5,
        -37.25,
        "set",
        "set by ada",
    )
    code, out, _ = call("explain", ledger, "Tell Kabir")
    assert "-34.5 -37.25, within 1 km: set by ada" in out
    with Ledger.open(ledger) as opened:
        assert [review.by for review in opened.place_reviews] == ["ada"]


def test_gazetteers_are_added_listed_and_searched(call, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "data"))
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nTell Kabir,34.5,37.5\n", encoding="utf-8")
    assert call("gazetteer", "add", path, "--format", "jsonl")[0] == 0
    code, out, errors = call("gazetteer", "list", "--format", "json")
    assert (code, errors) == (0, "")
    assert [(one["name"], one["kind"]) for one in json.loads(out)] == [
        ("mine.csv", "csv"),
        ("geonames", "geonames"),
    ]
    code, out, _ = call("gazetteer", "show", "Tel Kabir", "--format", "json")
    assert (code, json.loads(out)[0]["lat"]) == (0, 34.5)
    code, out, _ = call("gazetteer", "show", "Quryatayn", "--country", "sy", "--format", "json")
    assert json.loads(out)[0]["name"] == "Al Qaryatayn"
    code, out, _ = call("gazetteer", "show", "Nowhere at all", "--format", "json")
    assert (code, json.loads(out)) == (1, [])
