"""A PostgreSQL server with PostGIS for the tests and benchmarks: started on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def missing():
    """Why there can be no server here; empty when there can."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed (frontledger[postgis])"
    if programs() is None:
        return "PostgreSQL is not installed (Debian: postgresql-15-postgis-3)"
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return "PostGIS is not installed (Debian: postgresql-15-postgis-3)"
    return ""


def programs():
    """The folder of initdb and pg_ctl, of the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).parent if path else None


@contextmanager
def server(*, durable=True):
    """The address of a database of a server of our own; a test need not wait for the disk."""
    owner = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="frontledger-postgres-"))
    if owner:
        shutil.chown(folder, owner)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(program, *arguments):
        subprocess.run(
            [programs() / program, *arguments],
            check=True,
            capture_output=True,
            user=owner,
            cwd=folder,
            timeout=60,
        )

    data = folder / "data"
    options = f"-p {port} -c fsync={'on' if durable else 'off'} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    try:
        call(
            "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        call("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
