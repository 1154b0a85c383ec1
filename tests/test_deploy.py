"""What deploy/ says of the program is so, and systemd takes the unit."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "frontledger.service"
PROGRAM = Path(sys.executable).with_name("frontledger")


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_image_asks_for_what_there_is():
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    extras = {one for found in re.findall(r"\[([\w,]+)\]'", dockerfile) for one in found.split(",")}
    assert extras == {"web", "postgis"}
    assert extras <= project()["project"]["optional-dependencies"].keys()
    wanted = project()["project"]["requires-python"].removeprefix(">=")
    used = re.findall(r"FROM python:(\d+\.\d+)", dockerfile)
    assert used
    assert all(tuple(map(int, one.split("."))) >= tuple(map(int, wanted.split("."))) for one in used)


def test_every_option_in_deploy_is_one_of_the_program():
    known = subprocess.run([PROGRAM, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    given = {
        option
        for text in ((DEPLOY / "Dockerfile").read_text(encoding="utf-8"), UNIT.read_text(encoding="utf-8"))
        for line in re.findall(r'frontledger serve .*|CMD \["serve".*|OPTIONS=.*', text)
        for option in re.findall(r"--[\w-]+", line)
    }
    assert {"--team", "--behind-proxy", "--name"} <= given
    assert [option for option in given if option not in known] == []


def test_the_image_gets_what_the_package_is_built_of_and_nothing_that_was_made_here():
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]

    def comes_in(path):
        kept = True
        for rule in rules:
            pattern = rule.removeprefix("!")
            parts = Path(path).parts
            above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
            if pattern == "**" or any(fnmatch.fnmatchcase(one, pattern.replace("**/", "*")) for one in above):
                kept = rule.startswith("!")
        return kept

    named = project()["project"]
    needed = [
        "pyproject.toml", "hatch_build.py", named["readme"], *named["license-files"], "src/frontledger/__init__.py",
        "web/package-lock.json", "web/src/service.ts",
    ]  # fmt: skip
    assert [path for path in needed if not comes_in(path)] == []
    assert [path for path in needed if not (ROOT / path).exists()] == []
    foreign = [
        ".git/config", ".venv/bin/python", "web/node_modules/esbuild/bin/esbuild", "src/frontledger/exports/assets/.built",
        "build/demo.gpkg", "src/war.gpkg-wal", "src/frontledger/__pycache__/client.cpython-313.pyc", "tests/conftest.py",
    ]  # fmt: skip
    assert [path for path in foreign if comes_in(path)] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_unit(tmp_path):
    unit = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/frontledger/bin/frontledger", str(PROGRAM)), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    told = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True, check=True).stdout
    if int(told.split()[1]) < 250:
        pytest.skip("systemd before 250 judges no files")
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stdout[-2000:]
