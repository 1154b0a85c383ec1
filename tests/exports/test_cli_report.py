"""``frontledger report``: arguments, errors, where it writes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from frontledger.exports.report import page

from .ledgers import stored

CAMPAIGN = [("2016-03-03", "2016-03-03", "red", "harbit", "blue")]

pytestmark = pytest.mark.usefixtures("built")


@pytest.fixture
def ledger(tmp_path):
    stored(tmp_path / "war.gpkg", CAMPAIGN).close()
    return tmp_path / "war.gpkg"


def one_line(err):
    return err.count("\n") == 1 and err.startswith("frontledger: ") and "Traceback" not in err


def test_it_writes_one_page_and_says_so(call, ledger, tmp_path):
    code, out, err = call("report", ledger, "-o", tmp_path / "war.html")
    assert (code, out) == (0, "")
    assert one_line(err)
    assert f"{(tmp_path / 'war.html').stat().st_size:,} bytes" in err
    assert (tmp_path / "war.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.glob("*")) == ["war.gpkg", "war.html"]


def test_it_does_not_write_over_a_file_unless_told(call, ledger, tmp_path):
    (tmp_path / "war.html").write_text("mine", encoding="utf-8")
    code, _, err = call("report", ledger, "-o", tmp_path / "war.html")
    assert code == 2
    assert one_line(err)
    assert "exists already; --force writes over it" in err
    assert (tmp_path / "war.html").read_text(encoding="utf-8") == "mine"
    assert call("report", ledger, "-o", tmp_path / "war.html", "--force")[0] == 0
    assert (tmp_path / "war.html").read_text(encoding="utf-8") != "mine"


def test_it_never_writes_over_a_ledger(call, ledger):
    code, _, err = call("report", ledger, "-o", ledger, "--force")
    assert code == 2
    assert "is a ledger" in err
    assert call("events", ledger)[0] == 0


@pytest.mark.parametrize("where", ["missing/war.html", ".", "war.gpkg/x.html"])
def test_where_nothing_can_be_written(call, ledger, tmp_path, where):
    code, _, err = call("report", ledger, "-o", tmp_path / where)
    assert code == 2
    assert one_line(err)
    assert str(tmp_path / where) in err


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is unwritable for this user"
)
def test_a_folder_that_cannot_be_written(call, ledger, tmp_path):
    (tmp_path / "shut").mkdir(mode=0o500)
    code, _, err = call("report", ledger, "-o", tmp_path / "shut" / "war.html")
    assert code == 2
    assert one_line(err)


def test_a_name_that_no_file_system_takes(call, ledger, tmp_path):
    code, _, err = call("report", ledger, "-o", tmp_path / ("x" * 300))
    assert code == 2
    assert one_line(err)


def test_without_a_ledger(call, tmp_path):
    code, _, err = call("report", tmp_path / "none.gpkg", "-o", tmp_path / "war.html")
    assert code == 2
    assert "no such ledger" in err
    assert not (tmp_path / "war.html").exists()


def test_an_account_that_is_not_there(call, ledger, tmp_path):
    code, _, err = call("report", ledger, "-o", tmp_path / "war.html", "--account", "peace")
    assert code == 2
    assert "no account 'peace' in this ledger: it has war" in err


def test_as_it_was_known(call, ledger, tmp_path):
    assert call("review", ledger, "war:e0", "reject", "--by", "Ann", "--why", "no")[0] == 0
    assert call("report", ledger, "-o", tmp_path / "then.html", "--as-known-at", 1)[0] == 0
    assert '"review":"unchecked"' in (tmp_path / "then.html").read_text(encoding="utf-8")
    assert call("report", ledger, "-o", tmp_path / "now.html")[0] == 0
    assert '"review":"rejected"' in (tmp_path / "now.html").read_text(encoding="utf-8")


def test_standard_output(ledger):
    script = "import sys; from frontledger.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", script, "report", ledger, "-o", "-"], capture_output=True, check=True
    )
    assert done.stdout.startswith(b"<!doctype html>")
    assert done.stdout.endswith(b"</html>\n")


def test_an_installation_without_its_page(call, ledger, tmp_path, monkeypatch):
    class Nowhere:
        def joinpath(self, *_):
            return tmp_path / "assets" / "report.js"

    monkeypatch.setattr(page.resources, "files", lambda _: Nowhere())
    code, _, err = call("report", ledger, "-o", tmp_path / "war.html")
    assert code == 2
    assert one_line(err)
    assert "the page of the report is missing from this installation" in err
