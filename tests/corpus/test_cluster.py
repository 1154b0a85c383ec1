"""Clusters that are not of our making: their processes stand elsewhere and share nothing with us but the folders."""

import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from typer.testing import CliRunner

from frontledger.cli import app
from frontledger.corpus import running
from frontledger.ledger.storage import Ledger

from .building import contents, lines, names

pytest.importorskip("distributed")


@contextmanager
def process(folder, *command):
    """A Python module as a process that stands in another folder."""
    child = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield child
    finally:
        child.terminate()
        child.wait(30)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A scheduler and a worker, each a process of its own, each in a folder of its own."""
    elsewhere = tmp_path_factory.mktemp("scheduler"), tmp_path_factory.mktemp("worker")
    port = free_port()
    where = f"tcp://127.0.0.1:{port}"
    with ExitStack() as opened:
        scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port))
        opened.enter_context(process(elsewhere[0], *scheduler, "--no-dashboard"))
        until = time.monotonic() + 60
        while not answers(port) and time.monotonic() < until:
            time.sleep(0.1)
        opened.enter_context(
            process(elsewhere[1], "distributed.cli.dask_worker", where, "--nthreads", "1", "--no-dashboard")
        )
        yield where


def rows(path):
    with Ledger.open(path) as ledger:
        return {
            table: list(getattr(ledger, table))
            for table in ("accounts", "events", "places", "holdings", "findings")
        }


def test_processes_elsewhere_make_the_same(address, tmp_path, monkeypatch):
    """Paths are given as people type them, relative to where the driver stands."""
    monkeypatch.chdir(tmp_path)
    lines(tmp_path, names(8))
    for folder, how in (("there", ("--scheduler", address)), ("here", ("-j", "1"))):
        for command in (("run", "corpus.jsonl", "-o", folder), ("fold", folder, "-o", f"{folder}.gpkg")):
            done = CliRunner().invoke(app, ["corpus", *command, *how])
            assert done.exit_code == 0, done.output
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert rows(tmp_path / "there.gpkg") == rows(tmp_path / "here.gpkg")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_the_job_that_dask_jobqueue_submits(tmp_path):
    """Its local kind runs the very script that Slurm would be given, and leaves its process to the system."""
    local = pytest.importorskip("dask_jobqueue.local")
    cluster = local.LocalCluster(
        cores=1,
        processes=1,
        memory="2GB",
        log_directory=str(tmp_path),
        scheduler_options={"dashboard_address": ":0"},
    )
    try:
        cluster.scale(jobs=1)
        assert "distributed.cli.dask_worker" in cluster.job_script()
        source = lines(tmp_path, names(8))
        running.run([source], tmp_path / "there", scheduler=cluster.scheduler_address)
    finally:
        cluster.close()
    running.run([source], tmp_path / "here", processes=1)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
