"""``frontledger export``: arguments, errors, what it tells, where it writes."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from frontledger.exports import formats

FRONTLEDGER = Path(sys.executable).with_name("frontledger")


def one_line(err):
    return err.count("\n") == 1 and err.startswith("frontledger: ") and "Traceback" not in err


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_format_can_be_written(call, war, tmp_path, form):
    code, out, err = call("export", war, "--format", form, "-o", tmp_path / "x")
    assert (code, out) == (0, "")
    first, *block = err.splitlines()
    assert first.startswith(f"frontledger: {tmp_path / 'x'}: ")
    assert "19 events" in first
    assert all(line.startswith(("  left out", "  not said")) for line in block)
    assert (tmp_path / "x").stat().st_size > 100


def test_what_is_not_said_is_counted_by_reason(call, war, tmp_path):
    _, _, err = call("export", war, "--format", "acled", "-o", tmp_path / "x")
    assert "  left out      2  only reported: hedged, attributed to somebody or disputed\n" in err
    assert "  left out      1  denied or not done, says the account\n" in err


@pytest.mark.parametrize("form", [*formats.FORMATS, "jsonl"])
def test_nothing_is_written_over_unless_told(call, war, tmp_path, form):
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    code, _, err = call("export", war, "--format", form, "-o", tmp_path / "x")
    assert code == 2
    assert one_line(err)
    assert "--force" in err
    assert (tmp_path / "x").read_text(encoding="utf-8") == "mine"
    assert call("export", war, "--format", form, "-o", tmp_path / "x", "--force")[0] == 0
    assert (tmp_path / "x").read_bytes() != b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_an_exported_geopackage_may_be_written_over_and_a_ledger_not(call, war, tmp_path):
    for _ in range(2):
        assert call("export", war, "--format", "gpkg", "-o", tmp_path / "x.gpkg", "--force")[0] == 0
    code, _, err = call("export", war, "--format", "gpkg", "-o", war, "--force")
    assert code == 2
    assert "is a ledger" in err


@pytest.mark.parametrize("where", ["missing/x", ".", "x" * 300])
def test_where_nothing_can_be_written(call, war, tmp_path, where):
    code, _, err = call("export", war, "--format", "csv", "-o", tmp_path / where)
    assert code == 2
    assert one_line(err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "shapefile"], "no format 'shapefile': expected jsonl, acled"),
        (
            ["--format", "csv", "--table", "sides"],
            "no table 'sides': expected one of events, holdings, places",
        ),
        (["--format", "kml", "--table", "events"], "--table is for csv, parquet, geoparquet"),
        (["--table", "events"], "jsonl is the whole ledger"),
        (["--format", "csv", "--as-known-at", "99"], "no revision 99"),
    ],
)
def test_wrong_usage_is_one_line(call, war, tmp_path, arguments, said):
    code, _, err = call("export", war, "-o", tmp_path / "x", *arguments)
    assert code == 2
    assert one_line(err)
    assert said in err
    assert not list(tmp_path.iterdir())


def test_no_ledger(call, tmp_path):
    code, _, err = call("export", tmp_path / "no.gpkg", "--format", "csv", "-o", tmp_path / "x")
    assert code == 2
    assert one_line(err)


@pytest.mark.parametrize("form", ["parquet", "geoparquet"])
def test_a_missing_extra_is_named(call, war, tmp_path, monkeypatch, form):
    real = importlib.import_module

    def missing(name, *more):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr("frontledger.exports.parquet.import_module", missing)
    code, _, err = call("export", war, "--format", form, "-o", tmp_path / "x")
    assert code == 2
    assert one_line(err)
    assert "pip install 'frontledger[tables]'" in err
    assert not list(tmp_path.iterdir())


def test_the_ledger_as_it_was(call, war, tmp_path):
    assert call("export", war, "--format", "geojson", "--as-known-at", "1", "-o", tmp_path / "x")[0] == 0
    features = json.loads((tmp_path / "x").read_text(encoding="utf-8"))["features"]
    assert {feature["properties"].get("review", "unchecked") for feature in features} == {"unchecked"}


def test_standard_output_has_the_file_and_nothing_else(war):
    done = subprocess.run(
        [FRONTLEDGER, "export", war, "--format", "geojson", "-o", "-"],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["type"] == "FeatureCollection"
    assert done.stderr.startswith(b"frontledger: -: ")


def test_a_reader_that_stops_is_no_error(war):
    done = subprocess.run(
        ["bash", "-c", f"{FRONTLEDGER} export {war} --format csv -o - | head -c 10; exit ${{PIPESTATUS[0]}}"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "roken pipe" not in done.stderr


@pytest.mark.parametrize("form", formats.FORMATS)
def test_exports_are_the_same_every_time(call, war, tmp_path, form):
    for name in ("one", "two"):
        assert call("export", war, "--format", form, "-o", tmp_path / name)[0] == 0
    if form != "gpkg":  # which notes when it was made
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_nothing_heavy_is_imported_for_the_light_formats(war, tmp_path):
    script = (
        "import sys; from frontledger.cli import main;"
        f"code = main(['export', r'{war}', '--format', 'kml', '-o', r'{tmp_path / 'x'}']);"
        "print(code, sorted({'pandas', 'pyarrow', 'numpy', 'matplotlib', 'geopandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "0 []"
