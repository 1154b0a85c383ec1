"""Bad input, as a user meets it: the installed program, one clear line, the documented exit code, no traceback."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from frontledger import cli

PROGRAM = Path(sys.executable).with_name("frontledger")

ACCOUNT = """A 2016. márciusi harcok
2016. március 3-án a szír hadsereg elfoglalta Tell Kabir falut.[1]
2016. március 9-én az ISIL visszafoglalta Tell Kabir falut.[2]
"""
NOTHING = (
    "A város híres a szőlőjéről, és minden ősszel vásárt tartanak benne. A vásárnak nagy hagyománya van.\n"
)


def frontledger(*arguments, **options):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )


@pytest.fixture
def inside(capsys):
    """The same in this process, for long lists of cases; an exception that escapes fails the test."""

    def call(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return call


def assert_one_line(done, *words):
    """Exit code 2, nothing on standard output, one line on standard error that says ``words``."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("frontledger: ")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def account(tmp_path):
    path = tmp_path / "kabir.txt"
    path.write_text(ACCOUNT, encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path, account):
    path = tmp_path / "front.gpkg"
    done = frontledger("run", account, "-o", path)
    assert done.returncode == 0, done.stderr
    return path


def written(path, data):
    path.write_bytes(data)
    return path


BAD_ACCOUNTS = {
    "missing": (lambda folder: folder / "nowhere.txt", "no such file"),
    "empty": (lambda folder: written(folder / "empty.txt", b""), "empty"),
    "white": (lambda folder: written(folder / "white.txt", b" \n\n\t\n"), "white space"),
    "binary": (lambda folder: written(folder / "image.txt", bytes(range(256)) * 40), "binary"),
    "encoding": (lambda folder: written(folder / "latin.txt", ACCOUNT.encode("iso8859-2")), "UTF-8"),
    "directory": (lambda folder: folder, "directory"),
    "pdf": (lambda folder: written(folder / "a.pdf", b"%PDF-1.7 ..."), "PDF"),
}


@pytest.mark.parametrize("verb", ["read", "events", "dates", "run"])
@pytest.mark.parametrize("kind", BAD_ACCOUNTS)
def test_bad_account(tmp_path, inside, verb, kind):
    make, word = BAD_ACCOUNTS[kind]
    path = make(tmp_path)
    output = ["-o", tmp_path / "out.gpkg"] if verb == "run" else []
    assert_one_line(inside(verb, path, *output), path.name, word)
    assert not (tmp_path / "out.gpkg").exists()


def test_bad_account_as_a_user_meets_it(tmp_path):
    assert_one_line(frontledger("events", tmp_path / "nowhere.txt"), "nowhere.txt")


def test_hundred_megabytes_of_one_line(tmp_path):
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"A hadsereg elfoglalta a falut, " * 33825)
    assert path.stat().st_size > 100_000_000
    start = time.monotonic()
    assert_one_line(frontledger("events", path), "long.txt", "at most")
    assert time.monotonic() - start < 5


def test_language_without_a_pack(tmp_path):
    path = tmp_path / "de.txt"
    path.write_text(
        "Am 3. März nahm die Armee das Dorf ein und hielt es bis zum Abend.\n" * 5, encoding="utf-8"
    )
    assert_one_line(frontledger("events", path, "--lang", "de"), "'de'", "hu")


def test_text_without_any_event(tmp_path):
    path = tmp_path / "fair.txt"
    path.write_text(NOTHING, encoding="utf-8")
    listed = frontledger("events", path, "--format", "jsonl", "--lang", "hu")
    assert (listed.returncode, listed.stdout) == (0, "")
    listed = frontledger("events", path, "--format", "json", "--lang", "hu")
    assert (listed.returncode, listed.stdout.strip()) == (0, "[]")
    stored = frontledger("run", path, "-o", tmp_path / "out.gpkg", "--lang", "hu")
    assert stored.returncode == 1
    assert "0 events" in stored.stdout
    assert (tmp_path / "out.gpkg").exists()


def not_a_ledger(folder):
    return written(folder / "notes.gpkg", b"just some notes, and no database")


def other_database(folder):
    path = folder / "other.gpkg"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE birds (name TEXT)")
    connection.commit()
    connection.close()
    return path


def torn_database(folder):
    return written(folder / "torn.gpkg", b"SQLite format 3\0" + os.urandom(5000))


@pytest.mark.parametrize("make", [not_a_ledger, other_database, torn_database])
@pytest.mark.parametrize("verb", ["control", "findings", "explain", "run"])
def test_file_that_is_no_ledger(tmp_path, inside, account, verb, make):
    path = make(tmp_path)
    before = path.read_bytes()
    arguments = {"explain": [path, "e1"], "run": [account, "-o", path]}.get(verb, [path])
    assert_one_line(inside(verb, *arguments), path.name)
    assert path.read_bytes() == before


def test_ledger_of_a_newer_version(ledger, account):
    connection = sqlite3.connect(ledger)
    connection.execute("UPDATE frontledger_meta SET value = '999' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    for arguments in (["events", ledger], ["control", ledger], ["run", account, "-o", ledger]):
        assert_one_line(frontledger(*arguments), "newer", "999")


def test_account_given_as_output(account):
    """A slip of the hand must not cost the account."""
    assert_one_line(frontledger("run", account, "-o", account), account.name)
    assert account.read_text(encoding="utf-8") == ACCOUNT


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are Unicode there")
def test_file_name_that_is_no_text(tmp_path):
    path = os.fsencode(tmp_path) + b"/k\xff.txt"
    Path(os.fsdecode(path)).write_text(ACCOUNT, encoding="utf-8")
    for arguments in (
        ["events", path, "--format", "jsonl"],
        ["events", path],
        ["run", path, "-o", tmp_path / "x.gpkg"],
    ):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr


def test_missing_ledger(tmp_path):
    assert_one_line(frontledger("control", tmp_path / "nowhere.gpkg"), "nowhere.gpkg")
    assert not (tmp_path / "nowhere.gpkg").exists()


def test_unknown_day_place_and_thing(ledger, inside):
    assert_one_line(inside("control", ledger, "--on", "yesterday"), "yesterday")
    assert_one_line(inside("control", ledger, "--on", "2016-02-30"), "2016-02-30")
    assert_one_line(inside("control", ledger, "--place", "Tell Kabirr"), "Tell Kabirr", "did you mean")
    assert_one_line(inside("explain", ledger, "e999"), "e999")


@pytest.mark.parametrize(
    "arguments", [["events"], ["run", "x.txt"], ["fly"], ["events", "x", "--format", "xml"], ["--wrong"], []]
)
def test_wrong_usage(inside, arguments):
    assert_one_line(inside(*arguments))


def test_output_that_cannot_be_written(tmp_path, account):
    assert_one_line(
        frontledger("run", account, "-o", tmp_path / "no" / "such" / "folder" / "x.gpkg"), "x.gpkg"
    )
    assert_one_line(frontledger("run", account, "-o", tmp_path), tmp_path.name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_full_disk_behind_standard_output(account):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, "events", account, "--format", "jsonl"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("frontledger: ")
    assert "Traceback" not in done.stderr


def test_bad_account_leaves_the_ledger_alone(tmp_path, ledger, account):
    before = frontledger("events", ledger, "--format", "jsonl").stdout
    bad = written(tmp_path / "bad.txt", b"\xff\xfe\xff")
    assert_one_line(frontledger("run", account, bad, "-o", ledger), "bad.txt")
    assert frontledger("events", ledger, "--format", "jsonl").stdout == before


def test_reader_that_stops_reading(account):
    with subprocess.Popen(
        [PROGRAM, "events", *[account] * 400, "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")


def events_of(ledger):
    return frontledger("events", ledger, "--format", "jsonl").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_while_writing(tmp_path, ledger, account):
    """Whenever the process dies, the ledger is what it was before or what it is after; nothing in between."""
    before = events_of(ledger)
    account.write_text(ACCOUNT.replace("Tell Kabir", "Nagydomb"), encoding="utf-8")
    finished = tmp_path / "finished.gpkg"
    finished.write_bytes(ledger.read_bytes())
    start = time.monotonic()
    assert frontledger("run", account, "-o", finished).returncode == 0
    duration = time.monotonic() - start
    after = events_of(finished)
    assert before != after
    for part in (0.3, 0.6, 0.75, 0.85, 0.92, 0.97):
        process = subprocess.Popen([PROGRAM, "run", account, "-o", ledger], stdout=subprocess.DEVNULL)
        time.sleep(duration * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = events_of(ledger)
        assert now in {before, after}
        if now == after:
            break
    assert frontledger("run", account, "-o", ledger).returncode == 0
    assert events_of(ledger) == after


@contextmanager
def opened_by_a_reader(fifo):
    """The writing end of a pipe, once somebody reads from it."""
    for _attempt in range(600):
        try:
            end = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            time.sleep(0.05)
    else:
        pytest.fail("nobody read the pipe")
    yield
    os.close(end)


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_interrupted(tmp_path):
    fifo = tmp_path / "waiting.txt"
    os.mkfifo(fifo)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's "&" has the child ignore it
    try:
        with (
            subprocess.Popen([PROGRAM, "events", fifo], stderr=subprocess.PIPE, text=True) as process,
            opened_by_a_reader(fifo),
        ):
            process.send_signal(signal.SIGINT)
            errors = process.stderr.read()
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert errors == "frontledger: interrupted\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sit", "Tell Kabir"], "expected set NAME LAT LON"),
        (["set", "Tell Kabir", "34"], "expected set NAME LAT LON"),
        (["set", "Tell Kabir", "134", "37"], "latitude 134 is not between -90 and 90"),
        (["set", "Tell Kabir", "nan", "37"], "latitude nan"),
        (["set", "Tell Kabir", "north", "37"], "'north' is no number"),
        (["set", "Nowhere", "34", "37"], "'Nowhere'"),
        (["merge", "Tell Kabir", "tell-kabir"], "one place already"),
        (["split", "Tell Kabir"], "only name"),
        (["split", "Nowhere"], "'Nowhere'"),
    ],
)
def test_corrections_of_places_that_cannot_be(ledger, inside, words, said):
    before = ledger.read_bytes()
    assert_one_line(inside("places", ledger, *words), said)
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [["add"], ["show"], ["mend", "x"], ["add", "missing.csv"], ["add", "README"]]
)
def test_gazetteers_that_cannot_be(inside, arguments):
    done = inside("gazetteer", *arguments)
    assert_one_line(done)


def test_a_cache_that_cannot_be_written_costs_only_the_coordinates(tmp_path, account):
    """One clear line, everything else as ever."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    environment = os.environ | {"FRONTLEDGER_CACHE": str(tmp_path / "file" / "cache")}
    for arguments in (["run", account, "-o", tmp_path / "x.gpkg"], ["events", account, "--format", "jsonl"]):
        done = frontledger(*arguments, env=environment)
        assert done.returncode == 0, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "places stay without coordinates" in done.stderr
        assert "FRONTLEDGER_CACHE" in done.stderr
        assert done.stdout


def test_an_index_damaged_inside_costs_only_the_coordinates(tmp_path, account):
    """It looks whole when it is opened; the next command builds it anew."""
    cache = tmp_path / "cache"
    shutil.copytree(os.environ["FRONTLEDGER_CACHE"], cache)
    (index,) = cache.glob("geonames-*.sqlite")
    database = sqlite3.connect(index)
    database.execute("UPDATE countries SET entries = x'00', slice = x'00'")
    database.commit()
    database.close()
    done = frontledger(
        "events", account, "--format", "jsonl", env=os.environ | {"FRONTLEDGER_CACHE": str(cache)}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert "the next start builds it anew" in done.stderr
    assert not index.exists()
