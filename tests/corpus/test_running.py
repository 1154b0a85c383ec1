"""A corpus run comes to its end whatever a document or a machine does, and to the same bytes however it comes there."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import msgspec
import pytest

from corpus.building import HOOKS, contents, lines, log, names, rows, text
from frontledger import pipeline
from frontledger.corpus import engines, store
from frontledger.corpus.messages import Limits
from frontledger.corpus.process import process
from frontledger.corpus.running import run
from frontledger.corpus.shards import Settings
from frontledger.corpus.worker import loaded
from frontledger.errors import CorpusError, InputError

MISBEHAVE = (HOOKS, "misbehave")
SIZE = 1500
"""Bytes a shard: about six of the accounts here."""


def test_the_events_are_those_of_the_pipeline(tmp_path, engine):
    source = lines(tmp_path, names(20))
    summary = run([source], tmp_path / "out", size=SIZE, **engine)
    told = [event for one in pipeline.read(source) for event in pipeline.alone(one, pipeline.coded(one))[0]]
    assert summary["events"] == len(told) > 20
    assert [row["record"] for row in rows(tmp_path / "out", "events")] == [as_json(one) for one in told]
    assert [row["id"] for row in rows(tmp_path / "out", "accounts")] == names(20)
    assert summary["shards"] > 2
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["accounts"] == 20


def as_json(event):
    return msgspec.json.encode(event).decode()


BAD = {
    "kills": ("died", "ended its process (SIGKILL)"),
    "hangs": ("hung", "gave no answer within 3 s"),
    "swells": ("swelled", "needed more than 500 MB of memory"),
    "grows": ("swelled", "needed more than 500 MB of memory"),
    "fails": ("failed", "ValueError: no such thing"),
}
TIGHT = Limits(deadline=3, memory=500)


@pytest.fixture(scope="module")
def ruined(tmp_path_factory, cluster):
    """The folder that each engine made of a corpus with every kind of bad document, and the source."""
    base = tmp_path_factory.mktemp("ruined")
    source = lines(base, names(6, *BAD))
    for name, way in {
        "processes": {"processes": 2},
        "dask": {"scheduler": cluster.scheduler_address},
    }.items():
        run([source], base / name, size=SIZE, hook=MISBEHAVE, limits=TIGHT, **way)
    return base, source


@pytest.mark.parametrize("name", ["processes", "dask"])
@pytest.mark.parametrize("bad", BAD)
def test_a_document_that_nobody_survives_is_quarantined(ruined, name, bad):
    base, source = ruined
    (problem,) = [row for row in rows(base / name, "problems") if row["account"] == bad]
    assert (problem["code"], problem["message"]) == BAD[bad]
    assert problem["quarantined"]
    assert problem["origin"] == f"{source}, line {names(6, *BAD).index(bad) + 1}"
    assert json.loads((base / name / problem["file"]).read_text())["id"] == bad
    (told,) = [one for one in log(base / name, "quarantined") if one["document"] == bad]
    assert (told["shard"], told["origin"], told["code"]) == (
        problem["shard"],
        problem["origin"],
        problem["code"],
    )


@pytest.mark.parametrize("name", ["processes", "dask"])
def test_all_others_are_kept(ruined, name):
    base, _ = ruined
    assert [row["id"] for row in rows(base / name, "accounts")] == names(6)
    summary = json.loads((base / name / "summary.json").read_text())
    assert (summary["quarantined"], summary["accounts"], summary["documents"]) == (5, 6, 11)


def test_the_same_bytes_from_both_engines(ruined):
    base, _ = ruined
    made = contents(base / "processes")
    assert made == contents(base / "dask")
    assert {name.split("/")[0] for name in made} == {
        "events", "accounts", "problems", "quarantine", "manifest.jsonl", "summary.json",
    }  # fmt: skip


def test_the_command_of_a_quarantined_document_shows_it(ruined):
    base, _ = ruined
    problem = next(row for row in rows(base / "processes", "problems") if row["account"] == "kills")
    command = problem["reproduce"].split()
    assert command[0] == "frontledger"
    shown = subprocess.run(
        [sys.executable, "-c", "import sys; from frontledger.cli import main; sys.exit(main())", *command[1:], "--format", "jsonl"],
        cwd=base / "processes", capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert json.loads(shown.stdout.splitlines()[0])["account"] == "kills"


def test_a_worker_that_is_lost_for_no_fault_of_a_document_costs_nothing(tmp_path):
    source = lines(tmp_path, names(4, "once"))
    summary = run([source], tmp_path / "out", size=SIZE, hook=MISBEHAVE, limits=TIGHT, processes=1)
    assert (summary["quarantined"], summary["accounts"]) == (0, 5)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A source, and what a run without any mishap makes of it."""
    base = tmp_path_factory.mktemp("plain")
    source = lines(base, names(8))
    run([source], base / "out", size=800, processes=1)
    return source, contents(base / "out")


def workers_of(source):
    """The processes that worked on a source, each with its parent, the last one last."""
    told = source.with_name(source.name + ".pids")
    return [tuple(map(int, line.split())) for line in told.read_text().splitlines()]


def test_a_killed_worker_is_replaced(tmp_path, plain, engine):
    """Workers, and with Dask the processes that keep them, are killed while they work."""
    source, whole = plain
    killed = []

    def kill(_):
        if not killed:
            worker, parent = workers_of(source)[-1]
            killed.append(parent if "scheduler" in engine else worker)
            os.kill(killed[0], signal.SIGKILL)

    summary = run([source], tmp_path / "out", size=800, hook=(HOOKS, "slow"), watch=kill, **engine)
    assert killed
    assert (summary["quarantined"], summary["accounts"]) == (0, 8)
    assert contents(tmp_path / "out") == whole


DRIVER = """
import sys
from frontledger.corpus.running import run
source, out, hooks, address = sys.argv[1:]
how = {"scheduler": address} if address else {"processes": 2}
if __name__ == "__main__":
    run([source], out, size=800, hook=(hooks, "slow"), watch=lambda state: print(state.shards, flush=True), **how)
"""


def test_a_killed_driver_goes_on_where_it_was(tmp_path, plain, engine):
    source, whole = plain
    out = tmp_path / "out"
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, source, out, HOOKS, engine.get("scheduler", "")],
        stdout=subprocess.PIPE,
    )
    assert driver.stdout.readline().strip() == b"1"
    driver.kill()
    driver.wait()
    driver.stdout.close()
    assert not (out / "summary.json").exists()
    kept = {path: path.stat().st_mtime_ns for path in (out / "events").glob("*.parquet")}
    assert kept
    with (out / "manifest.jsonl").open("ab") as file:
        file.write(b'{"shard":"cut o')  # as if it had been killed while it wrote
    if "processes" in engine:
        assert ends({worker for worker, parent in workers_of(source) if parent == driver.pid})
    summary = run([source], out, size=800, **engine)
    assert summary["accounts"] == 8
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())
    assert contents(out) == whole


def ends(workers):
    """Whether all of the processes are gone before long."""
    end = time.monotonic() + 10
    while time.monotonic() < end and any(map(alive, workers)):
        time.sleep(0.05)
    return workers and not any(map(alive, workers))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Here:
    """An engine without processes, for what is not about them; counts the shards that are worked."""

    name = "here"
    worked = 0

    def __init__(self, settings, hook):
        self.settings = settings
        self.before = loaded(hook) if hook else None

    def work(self, shards):
        for shard in shards:
            Here.worked += 1
            yield shard, process(shard, self.settings, before=self.before)


@pytest.fixture
def here(monkeypatch):
    @contextlib.contextmanager
    def engine(_count, settings, _limits, hook):
        yield Here(settings, hook)

    monkeypatch.setattr(engines, "processes", engine)


@pytest.fixture
def worked(here):  # noqa: ARG001  it puts the engine in place
    def since(*arguments, **options):
        Here.worked = 0
        run(*arguments, **options)
        return Here.worked

    return since


def test_a_finished_shard_is_never_worked_twice(tmp_path, worked):
    source, out = lines(tmp_path, names(20)), tmp_path / "out"
    assert worked([source], out, size=SIZE) > 2
    before = contents(out)
    assert worked([source], out, size=SIZE) == 0
    assert contents(out) == before


def test_new_documents_cost_their_own_shards_only(tmp_path, worked):
    source, out = lines(tmp_path, names(40)), tmp_path / "out"
    assert worked([source], out, size=SIZE) > 2
    lines(tmp_path, [*names(40), "more"])
    assert worked([source], out, size=SIZE) == 1


def test_a_document_that_goes_costs_its_own_shard(tmp_path, worked):
    source, out = tmp_path / "files", tmp_path / "out"
    source.mkdir()
    for number in range(40):
        (source / f"account-{number:02}.txt").write_text(text(number))
    whole = worked([source], out, size=SIZE)
    (source / "account-00.txt").unlink()
    assert worked([source], out, size=SIZE) < whole - 1  # the boundaries fall into place again
    assert len(rows(out, "accounts")) == 39
    assert len(list((out / "events").iterdir())) == json.loads((out / "summary.json").read_text())["shards"]


def test_a_changed_pack_redoes_only_what_it_coded(tmp_path, worked, monkeypatch):
    first = lines(tmp_path, names(6), "en.jsonl")
    second = tmp_path / "hu.jsonl"
    second.write_text(
        "".join(
            json.dumps({"id": f"hu-{n}", "lang": "hu", "text": f"A sereg 2016. március {n + 1}-én elfoglalta Karvolt."}) + "\n"
            for n in range(6)
        )
    )  # fmt: skip
    out = tmp_path / "out"
    assert worked([first, second], out) == 2
    monkeypatch.setattr(store, "pack_version", lambda lang: "changed" if lang == "hu" else real_pack(lang))
    assert worked([first, second], out) == 1
    monkeypatch.setattr(
        store, "trigger_version", lambda lang: "changed" if lang == "en" else real_triggers(lang)
    )
    assert worked([first, second], out) == 1
    monkeypatch.setattr(store, "code_version", lambda: "changed")
    assert worked([first, second], out) == 2


real_pack, real_triggers = store.pack_version, store.trigger_version


def test_quarantined_documents_are_tried_again_when_asked(tmp_path, worked):
    source, out = lines(tmp_path, names(20, "fails")), tmp_path / "out"
    worked([source], out, size=SIZE, hook=MISBEHAVE)
    assert list((out / "quarantine").iterdir())
    assert worked([source], out, size=SIZE) == 0
    assert worked([source], out, size=SIZE, retry=True) == 1
    assert not list((out / "quarantine").iterdir())
    assert len(rows(out, "accounts")) == 21


@pytest.mark.usefixtures("here")
def test_dismissed_accounts_are_counted_and_named(tmp_path):
    source = tmp_path / "x.jsonl"
    other = [
        {"id": "war", "text": text(1)},
        {"id": "peace", "text": "The committee met in spring and read a report."},
        {"id": "krieg", "text": "Die Armee nahm die Stadt ein.", "lang": "de"},
        {"id": "broken", "text": 7},
    ]
    source.write_text("".join(json.dumps(one) + "\n" for one in other))
    summary = run([source], tmp_path / "out", processes=1)
    counted = {
        name: summary[name] for name in ("documents", "accounts", "dismissed", "uncoded", "unreadable")
    }
    assert counted == {"documents": 4, "accounts": 1, "dismissed": 1, "uncoded": 1, "unreadable": 1}
    assert {row["id"]: row["status"] for row in rows(tmp_path / "out", "accounts")} == {
        "war": "coded", "peace": "dismissed", "krieg": "uncoded",
    }  # fmt: skip
    assert {row["account"]: row["code"] for row in rows(tmp_path / "out", "problems")} == {
        "krieg": "no-pack", "x-4": "bad-line",
    }  # fmt: skip
    kept = run([source], tmp_path / "all", settings=Settings(keep_all=True), processes=1)
    assert (kept["accounts"], kept["dismissed"]) == (2, 0)


@pytest.mark.usefixtures("here")
def test_ids_are_unique_in_the_corpus(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        lines(tmp_path / name, ["x", "y"])
    run([tmp_path / "a", tmp_path / "b"], tmp_path / "out", processes=1)
    assert [row["id"] for row in rows(tmp_path / "out", "accounts")] == ["x", "y", "x-2", "y-2"]


@pytest.mark.usefixtures("here")
def test_what_cannot_be_read_while_cutting_is_kept_as_a_problem(tmp_path):
    source = lines(tmp_path, names(3))
    with source.open("a") as file:
        file.write("no json\n")
    told = []
    run([source], tmp_path / "out", processes=1, report=told.append)
    (problem,) = rows(tmp_path / "out", "problems")
    assert (problem["code"], problem["origin"], problem["shard"]) == ("bad-line", f"{source}, line 4", None)
    assert [one.code for one in told] == ["bad-line"]


@pytest.mark.usefixtures("here")
def test_a_full_disk_is_one_line_and_the_next_run_goes_on(tmp_path, plain, monkeypatch):
    source, whole = plain
    out = tmp_path / "out"
    write, left = store.Folder._write, [8]

    def full(self, name, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(self.path / name))
        write(self, name, data)

    monkeypatch.setattr(store.Folder, "_write", full)
    with pytest.raises(
        CorpusError, match=r"No space left on device; [1-9]\d* finished shards are kept: make"
    ):
        run([source], out, size=800)
    monkeypatch.setattr(store.Folder, "_write", write)
    run([source], out, size=800)
    assert contents(out) == whole


def test_a_file_that_is_not_whole_leaves_nothing(tmp_path, monkeypatch):
    with store.Folder(tmp_path / "out", ["x"], Settings()) as folder:

        def full(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            folder._write("events/x.parquet", b"some")
    assert not list((tmp_path / "out" / "events").iterdir())


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda out: (out / "mine.txt").write_text("x"), "holds other files"),
        (lambda out: (out / "manifest.jsonl").write_text("x\n"), "not the manifest of a corpus"),
        (lambda out: (out / "manifest.jsonl").write_text('{"frontledger_corpus":99,"sources":[],"settings":{}}\n'), "newer frontledger"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("here")
def test_folders_of_others_are_refused(tmp_path, prepare, message):
    out = tmp_path / "out"
    out.mkdir()
    prepare(out)
    with pytest.raises(CorpusError, match=message):
        run([lines(tmp_path, ["a"])], out, processes=1)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError, match="expected a folder that can be written"):
        run([lines(tmp_path, ["a"])], tmp_path / "file" / "out", processes=1)


@pytest.mark.usefixtures("here")
def test_another_corpus_is_refused(tmp_path):
    first, second = lines(tmp_path, ["a"], "a.jsonl"), lines(tmp_path, ["b"], "b.jsonl")
    run([first], tmp_path / "out", processes=1)
    with pytest.raises(CorpusError, match=r"holds the corpus of .*a\.jsonl; expected these sources, too"):
        run([second], tmp_path / "out", processes=1)
    assert run([first, second], tmp_path / "out", processes=1)["accounts"] == 2


def test_two_runs_do_not_write_one_folder(tmp_path):
    with (
        store.Folder(tmp_path / "out", ["x"], Settings()),
        pytest.raises(CorpusError, match="another run is writing it"),
    ):
        store.Folder(tmp_path / "out", ["x"], Settings())


@pytest.mark.usefixtures("here")
def test_a_source_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        run([tmp_path / "none.jsonl"], tmp_path / "out", processes=1)


def test_without_gazetteers_nothing_begins(tmp_path, monkeypatch):
    """Places without coordinates would be other bytes of the same shard."""
    monkeypatch.setattr(
        pipeline, "open_shelf", lambda: pipeline.Shelf(None, problems=["no room in the cache"])
    )
    with pytest.raises(CorpusError, match="no room in the cache"):
        run([lines(tmp_path, ["a"])], tmp_path / "out", processes=1)
    assert not (tmp_path / "out").exists()


def test_no_scheduler(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE", 0.5)
    with pytest.raises(CorpusError, match="no Dask scheduler answers"):
        run([lines(tmp_path, ["a"])], tmp_path / "out", scheduler="tcp://127.0.0.1:1")
