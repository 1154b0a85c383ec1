"""A corpus folded is the ledger of its accounts, however it is divided and whatever happens on the way."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from frontledger import pipeline
from frontledger.cli import app
from frontledger.corpus import folding, running, world
from frontledger.corpus.regions import NOWHERE, region_of
from frontledger.corpus.shards import Settings
from frontledger.errors import CorpusError
from frontledger.ledger.storage import Ledger

ACCOUNTS = {
    "first": "In 2016, the Syrian army and ISIL fought in Syria. On 4 March 2016 the Syrian army captured Tadmur, "
    "Maheen and Hill 305.[1] The next day ISIL withdrew from the village of Huwwarin.[2] On 9 March ISIL "
    "recaptured Maheen, 20 km south of Huwwarin.[3]",
    "second": "In March 2016 the Syrian army fought ISIL near Palmyra in Syria. On 5 March 2016 ISIL captured Palmyra. "
    "On 6 March the Syrian army reportedly took Maheen and Huwwarin. ISIL attacked Tadmur on 8 March 2016.",
    "harmadik": "A 2016-os hadművelet Szíriában zajlott. 2016. március 4-én a szír hadsereg elfoglalta Mahin városát. "
    "Két nappal később Palmüra az ISIL kezére került. Március 9-én az ISIL visszafoglalta Mahint.",
    "fourth": "In 2022 the Ukrainian army fought the Russian army in Ukraine. On 10 September 2022 the Ukrainian army "
    "captured Kupiansk, Izium and Hill 305. On 11 September Russian forces abandoned Izium and Balakliia.",
    "fifth": "In September 2022, Ukraine and Russia fought in Ukraine. On 12 September 2022 Ukrainian forces captured "
    "Balakliia. On 9 September Ukrainian forces reportedly captured Izium and Kupiansk.",
    "sixth": "The choir sang in the garden. Apples, honey and cheese were brought.",
    "seventh": "Result: Syrian government victory\n\nOn 20 April 2016 ISIL captured Tadmur and Huwwarin from the "
    "Syrian army in Syria. On 21 April 2016 ISIL captured Maheen.",
}
TABLES = ("accounts", "events", "places", "sides", "holdings", "all_findings", "tellings")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("source") / "accounts"
    folder.mkdir()
    for name, text in ACCOUNTS.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(source):
    folder = source.parent / "corpus"
    running.run([source], folder, processes=1, size=400)  # several shards
    assert len(folding.finished_shards(folder)) > 2
    return folder


@pytest.fixture(scope="module")
def whole(source):
    """The ledger of all accounts that bear on control, as ``frontledger run`` makes it."""
    path = source.parent / "whole.gpkg"
    pipeline.run([source / f"{name}.txt" for name in sorted(ACCOUNTS) if name != "sixth"], path)
    return held(path)


def held(path):
    """Everything that a ledger says, and the rows beside its records."""
    with Ledger.open(path) as ledger:
        found = {
            table: sorted(msgspec.json.encode(one) for one in getattr(ledger, table)) for table in TABLES
        }
        rows = ledger._store.rows
        found["heads"] = sorted(rows("SELECT id, period_first, period_last, opens, sha256 FROM accounts"))
        found["words"] = sorted(rows("SELECT id, evidence, sentence, objects, version, revision FROM events"))
        found["bearing"] = sorted(rows("SELECT event, place FROM event_places"))
        found["citations"] = sorted(rows('SELECT account, label, start, "end" FROM citations'))
        found["numbers"] = sorted(rows("SELECT place, layer, number, geom, begins, ends FROM holdings"))
        found["about"] = sorted(
            rows("SELECT f.id, p.place FROM findings f JOIN finding_places p ON p.finding = f.fid")
        )
        found["starts"] = sorted(rows("SELECT id, number FROM findings"))
    return found


def numbered(path):
    """The numbers of the rows that processes hand in."""
    with Ledger.open(path) as ledger:
        rows = ledger._store.rows
        return [
            rows("SELECT fid, id FROM events ORDER BY fid"),
            rows("SELECT fid, record FROM holdings ORDER BY fid"),
            rows("SELECT fid, record FROM findings ORDER BY fid"),
        ]


def apart(record):
    """A ledger without the homonyms of two wars, which ``run`` takes for one place and a corpus does not."""
    return {table: [row for row in rows if "305" not in str(row)] for table, rows in record.items()}


def test_it_is_the_ledger_of_reading_the_accounts(corpus, whole, tmp_path):
    folded = folding.fold(corpus, tmp_path / "a.gpkg", processes=1)
    record = held(tmp_path / "a.gpkg")
    assert {noun: len(record[f"{noun}s"]) for noun in ("account", "event", "place", "holding")} == {
        noun: folded.held[noun] for noun in ("account", "event", "place", "holding")
    }
    assert folded.regions == 2
    assert folded.findings["disagreement"] >= 1
    assert apart(record) == apart(whole)


def test_a_name_that_no_gazetteer_has_is_one_place_in_its_region_alone(corpus, tmp_path):
    folding.fold(corpus, tmp_path / "a.gpkg", processes=1)
    with Ledger.open(tmp_path / "a.gpkg") as ledger:
        hills = {place.id for place in ledger.places if place.name == "Hill 305"}
        of = {
            event.account: ref.id for event in ledger.events for ref in event.places if ref.name == "Hill 305"
        }
    assert len(hills) == 2
    assert of["first"] != of["fourth"]


def test_regions():
    assert region_of("SY") == region_of("IQ") != region_of("UA")
    assert region_of(None) == region_of("??") == NOWHERE


def test_it_can_be_reviewed_and_grows_like_any_ledger(corpus, tmp_path):
    path = tmp_path / "a.gpkg"
    folding.fold(corpus, path, processes=1)
    with Ledger.open(path) as ledger:
        event = next(event for event in ledger.events if event.kind == "capture")
        before = len(ledger.holdings)
        ledger.review(event.id, "reject", by="anna", why="misread")
        assert len(ledger.revisions) == 2
        assert len(ledger.holdings) != before or ledger.at(1).holdings != ledger.holdings
        integrity = ledger._store.rows("PRAGMA integrity_check")
        assert integrity == [("ok",)]
        assert ledger._store.rows("PRAGMA foreign_key_check") == []
        assert ledger._store.rows("PRAGMA journal_mode") == [("wal",)]
        made = {name for (name,) in ledger._store.rows("SELECT name FROM sqlite_master")}
    later = tmp_path / "later.txt"
    later.write_text("On 1 May 2016 the Syrian army captured Maheen in Syria.\n", encoding="utf-8")
    pipeline.run([later], path)
    with Ledger.open(path) as ledger:
        assert len(ledger.accounts) == len(ACCOUNTS)  # the choir is not among them
    with Ledger.create(tmp_path / "new.gpkg") as ledger:
        assert {name for (name,) in ledger._store.rows("SELECT name FROM sqlite_master")} == made


def test_partitions_and_processes_make_no_difference(corpus, tmp_path, monkeypatch):
    folding.fold(corpus, tmp_path / "a.gpkg", processes=1)
    monkeypatch.setattr(world, "EVENTS_A_PARTITION", 4)
    folded = folding.fold(corpus, tmp_path / "b.gpkg", processes=2)
    assert folded.partitions > 3
    assert held(tmp_path / "a.gpkg") == held(tmp_path / "b.gpkg")
    folding.fold(corpus, tmp_path / "c.gpkg", processes=1)
    assert numbered(tmp_path / "b.gpkg") == numbered(tmp_path / "c.gpkg")


def test_two_simulated_wars_are_the_ledger_of_reading_them(tmp_path, monkeypatch):
    """Some thousand events of two wars in one region, in many shards and partitions."""
    path = tmp_path / "wars.jsonl"
    simulated().write(path, simulated().accounts(80, irrelevant=0.0), folder=False)
    running.run([path], tmp_path / "corpus", processes=1, size=20_000)
    monkeypatch.setattr(world, "EVENTS_A_PARTITION", 300)
    folded = folding.fold(tmp_path / "corpus", tmp_path / "a.gpkg", processes=1)
    assert folded.regions == 1
    assert folded.shards > 5
    assert folded.partitions > 5
    assert folded.held["event"] > 1000
    pipeline.run([path], tmp_path / "b.gpkg")
    assert held(tmp_path / "a.gpkg") == held(tmp_path / "b.gpkg")


@cache
def simulated():
    """The accounts that benchmarks are made of."""
    script = Path(__file__).resolve().parents[2] / "benchmarks" / "simulated.py"
    spec = importlib.util.spec_from_file_location("simulated", script)
    module = importlib.util.module_from_spec(spec)
    sys.modules["simulated"] = module
    spec.loader.exec_module(module)
    return module


def test_a_cluster_makes_no_difference(corpus, tmp_path):
    pytest.importorskip("distributed")
    folding.fold(corpus, tmp_path / "a.gpkg", processes=1)
    folding.fold(corpus, tmp_path / "b.gpkg", local_cluster=1)
    assert held(tmp_path / "a.gpkg") == held(tmp_path / "b.gpkg")


KILLED = """
import sys, time
from frontledger.corpus import folding, holding
def slow(*_):
    print("here", flush=True)
    time.sleep(60)
folding.hold = slow
folding.fold(sys.argv[1], sys.argv[2], processes=1)
"""


def test_a_killed_fold_leaves_nothing_and_is_given_again(corpus, tmp_path):
    path = tmp_path / "a.gpkg"
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(corpus), str(path)], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"here\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert not path.exists()
    assert list(tmp_path.iterdir()), "a killed process cannot tidy up"
    folding.fold(corpus, path, processes=1)
    assert [one.name for one in tmp_path.iterdir()] == ["a.gpkg"]


def test_a_ledger_that_is_there_is_kept(corpus, tmp_path):
    path = tmp_path / "a.gpkg"
    folding.fold(corpus, path, processes=1)
    with pytest.raises(CorpusError, match="is there already; expected a new file, or --force"):
        folding.fold(corpus, path, processes=1)
    folding.fold(corpus, path, processes=1, force=True)


def test_a_failing_fold_keeps_the_old_ledger(corpus, tmp_path, monkeypatch):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"old")

    def fails(*_):
        raise OSError(28, os.strerror(28), "some/file")

    monkeypatch.setattr(folding, "hold", fails)
    with pytest.raises(CorpusError, match="some/file: No space left on device; nothing is written"):
        folding.fold(corpus, path, processes=1, force=True)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.gpkg"]


def test_a_damaged_table_is_said(corpus, tmp_path):
    copy = tmp_path / "corpus"
    shutil.copytree(corpus, copy)
    next((copy / "events").glob("*.parquet")).write_bytes(b"PAR1 no more")
    with pytest.raises(CorpusError, match=r"is damaged .*give `corpus run` again"):
        folding.fold(copy, tmp_path / "a.gpkg", processes=1)
    next((copy / "accounts").glob("*.parquet")).unlink()
    with pytest.raises(CorpusError, match=r"damaged|No such file"):
        folding.fold(copy, tmp_path / "a.gpkg", processes=1)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _: None, "is no corpus; expected a folder that `corpus run` has written"),
        (lambda path: path.mkdir(), "is no corpus"),
        (lambda path: path.write_text("x"), "is no corpus"),
    ],
)
def test_what_is_no_corpus_is_said(make, said, tmp_path):
    make(tmp_path / "dir")
    done = CliRunner().invoke(app, ["corpus", "fold", str(tmp_path / "dir"), "-o", str(tmp_path / "a.gpkg")])
    assert done.exit_code == 2 or isinstance(done.exception, CorpusError)
    assert said in (done.stderr + str(done.exception))


def test_no_such_folder(corpus, tmp_path):
    with pytest.raises(CorpusError, match="no such folder"):
        folding.fold(corpus, tmp_path / "none" / "a.gpkg")
    with pytest.raises(CorpusError, match="expected a file"):
        folding.fold(corpus, "postgresql://somewhere/db")


def test_a_corpus_without_an_event(tmp_path):
    (tmp_path / "a.txt").write_text("The choir sang in the garden.\n", encoding="utf-8")
    running.run(
        [tmp_path / "a.txt"], tmp_path / "corpus", processes=1, settings=Settings(keep_all=True, lang="en")
    )
    folded = folding.fold(tmp_path / "corpus", tmp_path / "a.gpkg", processes=1)
    assert folded.held["event"] == 0
    with Ledger.open(tmp_path / "a.gpkg") as ledger:
        assert len(ledger.accounts) == 1
        assert not ledger.holdings


def test_the_verb(corpus, tmp_path):
    path = tmp_path / "a.gpkg"
    done = CliRunner().invoke(
        app, ["corpus", "fold", str(corpus), "-o", str(path), "-j", "1", "--format", "json"]
    )
    assert done.exit_code == 0, done.output
    assert msgspec.json.decode(done.stdout)["held"]["account"] == len(ACCOUNTS) - 1
    done = CliRunner().invoke(app, ["corpus", "fold", str(corpus), "-o", str(path), "-j", "1", "--force"])
    assert "disagreement" in done.stdout


@pytest.mark.skipif(
    not (Path(__file__).parents[3] / "shared" / "accounts").is_dir(), reason="no shared accounts"
)
def test_real_accounts(tmp_path):
    """Three campaigns in two regions: exactly the ledger of reading them."""
    folder = Path(__file__).parents[3] / "shared" / "accounts"
    paths = [
        folder / f"en-fl-{name}.txt"
        for name in ("battle-of-lysychansk", "palmyra-offensive-march-2016", "palmyra-offensive-may-2015")
    ]
    running.run(paths, tmp_path / "corpus", processes=1)
    folding.fold(tmp_path / "corpus", tmp_path / "a.gpkg", processes=1)
    pipeline.run(paths, tmp_path / "b.gpkg")
    assert held(tmp_path / "a.gpkg") == held(tmp_path / "b.gpkg")
