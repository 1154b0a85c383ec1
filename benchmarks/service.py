"""The service under load: many read maps of days, some judge, from a second process.

    python benchmarks/service.py [--holdings N] [--seconds N] [--readers N] [--reviewers N] [--pause S] [--backend geopackage|postgis]
    python benchmarks/service.py --kill N      kill -9 under that load N times: is every acknowledged verdict there?

Each reader asks for the map of a day at random over a connection of its own, and pauses for ``--pause`` seconds, as somebody
who drags a slider does (``--pause 0``: the next request at once).  Each reviewer judges events at random, one verdict every
``--think`` seconds: accept, reject, dispute or undo, with the version that they saw; a conflict is answered with the version that
the conflict shows.  Printed: how many, how long (median, 95 and 99 of 100), errors, memory of the service, and whether every
verdict that was acknowledged stands in the ledger.  Service and load share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests" / "ledger")]
DEEDS = ("accept",) * 6 + ("reject", "reject", "dispute", "undo")


class Line:
    """One connection of HTTP/1.1, kept open."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.head = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", more: str = "") -> tuple[int, bytes]:
        """Status and body."""
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        assert self.reader is not None
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{self.head}{more}{length}\r\n".encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        size = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        return int(head[9:12]), await self.reader.readexactly(size)


class Load:
    """What the second process does, and what it saw."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.maps: list[float] = []
        self.verdicts: list[float] = []
        self.conflicts = 0
        self.errors: list[str] = []
        self.acknowledged: list[tuple[int, str]] = []
        self.end = 0.0

    async def run(self) -> None:
        """All of them, for as long as is asked."""
        one = Line(self.options.port, self.options.token)
        _, body = await one.ask("GET", "/api/v1/events?limit=1000")
        events = {item["event"]["id"]: item["version"] for item in json.loads(body)["items"]}
        await one.ask("GET", "/api/v1/map?on=2015-01-01")  # begins the memory of maps
        print("ready", flush=True)
        self.end = time.monotonic() + self.options.seconds
        await asyncio.gather(
            *(self.read(n) for n in range(self.options.readers)),
            *(self.judge(n, dict(events)) for n in range(self.options.reviewers)),
        )

    async def read(self, number: int) -> None:
        """A reader."""
        from ledger import DAY_OF  # noqa: PLC0415 - benchmarks/ledger.py

        dice = random.Random(number)  # noqa: S311 - no secret
        line = Line(self.options.port, self.options.token)
        while time.monotonic() < self.end:
            await asyncio.sleep(self.options.pause * dice.random() * 2)
            begun = time.perf_counter()
            try:
                status, body = await line.ask("GET", f"/api/v1/map?on={DAY_OF[dice.randrange(len(DAY_OF))]}")
            except (OSError, asyncio.IncompleteReadError) as error:
                self.errors.append(type(error).__name__)
                return
            self.maps.append(time.perf_counter() - begun)
            if status != 200 or len(body) < 100:
                self.errors.append(f"map {status}")

    async def judge(self, number: int, events: dict[str, int]) -> None:
        """A reviewer."""
        dice = random.Random(1000 + number)  # noqa: S311 - no secret
        line = Line(self.options.port, self.options.token)
        names = list(events)
        while time.monotonic() < self.end:
            await asyncio.sleep(self.options.think * dice.random() * 2)
            event, deed = dice.choice(names), dice.choice(DEEDS)
            body = json.dumps({"verdict": deed, "why": "under load"}).encode()
            begun = time.perf_counter()
            try:
                status, answer = await line.ask(
                    "POST", f"/api/v1/events/{event}/verdicts", body, f'If-Match: "{events[event]}"\r\n'
                )
            except (OSError, asyncio.IncompleteReadError) as error:
                self.errors.append(type(error).__name__)
                return
            spent = time.perf_counter() - begun
            told = json.loads(answer)
            if status == 201:
                self.verdicts.append(spent)
                events[event] = told["version"]
                self.acknowledged.append((told["review"]["revision"], event))
                if self.options.tell:
                    print(f"verdict {told['review']['revision']} {event}", flush=True)
            elif status == 412:
                self.conflicts += 1
                events[event] = told["version"]
            elif not (status == 422 and deed == "undo"):  # nothing to undo
                self.errors.append(f"verdict {status} {told.get('detail', '')}")

    def report(self) -> dict[str, Any]:
        """All of it, for the first process."""
        return {
            "maps": times(self.maps), "verdicts": times(self.verdicts), "conflicts": self.conflicts,
            "errors": len(self.errors), "first errors": self.errors[:5], "acknowledged": self.acknowledged,
        }  # fmt: skip


def times(spent: list[float]) -> dict[str, float]:
    """Count, and milliseconds: median, 95 and 99 of 100, at most."""
    if len(spent) < 2:
        return {"count": len(spent)}
    cuts = statistics.quantiles(spent, n=100)
    return {
        "count": len(spent), "median": round(1000 * statistics.median(spent), 1), "p95": round(1000 * cuts[94], 1),
        "p99": round(1000 * cuts[98], 1), "most": round(1000 * max(spent), 1),
    }  # fmt: skip


class Service:
    """The service in a process of its own."""

    def __init__(self, ledger: str) -> None:
        arguments = [
            sys.executable,
            "-m",
            "frontledger.cli",
            "serve",
            ledger,
            "--port",
            "0",
            "--no-browser",
            "--by",
            "bench",
        ]
        start = "import sys; from frontledger.cli import main; sys.exit(main(sys.argv[1:]))"
        arguments[1:3] = ["-c", start]
        self.process = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()
        address = self.process.stdout.readline().strip()
        self.port = int(address.partition("127.0.0.1:")[2].partition("/")[0])
        self.token = asyncio.run(self._token(address.partition("token=")[2]))

    async def _token(self, entry: str) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(
            f"GET /enter?token={entry} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode()
        )
        head = (await reader.read()).decode()
        writer.close()
        session = head.partition(f"frontledger-{self.port}=")[2].partition(";")[0]
        _, body = await Line(self.port, session).ask("POST", "/api/v1/tokens", b'{"label":"load"}')
        return str(json.loads(body)["token"])

    @property
    def megabytes(self) -> float:
        """Its memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def seconds(self) -> float:
        """Its CPU time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def load(self, options: argparse.Namespace, *more: str) -> subprocess.Popen[str]:
        """The second process."""
        given = [
            f"--{name}={getattr(options, name)}"
            for name in ("readers", "reviewers", "seconds", "pause", "think")
        ]
        arguments = [
            sys.executable,
            __file__,
            "--load",
            f"--port={self.port}",
            f"--token={self.token}",
            *given,
            *more,
        ]
        return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def stands(ledger: str, acknowledged: list[tuple[int, str]]) -> int:
    """How many of these verdicts the ledger does not hold."""
    from frontledger.ledger.storage import Ledger  # noqa: PLC0415 - in the first process only

    with Ledger.open(ledger) as opened:
        known = {(review.revision, review.event) for review in opened.reviews}
        numbers = [revision.number for revision in opened.revisions]
    assert numbers == list(range(1, len(numbers) + 1))
    return len({(number, event) for number, event in acknowledged} - known)


def measure(ledger: str, name: str, options: argparse.Namespace) -> None:
    """One run of the load."""
    service = Service(ledger)
    load = service.load(options)
    assert load.stdout is not None
    load.stdout.readline()
    memory, worked = [service.megabytes], service.seconds
    deadline = time.monotonic() + options.seconds
    while load.poll() is None and time.monotonic() < deadline:
        time.sleep(min(10, options.seconds / 6))
        memory.append(service.megabytes)
    worked = service.seconds - worked
    found = json.loads(load.communicate()[0].splitlines()[-1])
    acknowledged = [(number, event) for number, event in found.pop("acknowledged")]
    service.process.send_signal(signal.SIGTERM)
    code = service.process.wait(30)
    found["lost"] = stands(ledger, acknowledged)
    print(
        f"{name}: {options.readers} readers, {options.reviewers} reviewers, {options.seconds} s, pause {options.pause} s, exit {code}"
    )
    for kind in ("maps", "verdicts"):
        print(f"  {kind:9} {found[kind]}")
    print(
        f"  conflicts {found['conflicts']}, errors {found['errors']} {found['first errors']}, acknowledged and lost {found['lost']}"
    )
    asked = found["maps"]["count"] + found["verdicts"]["count"] + found["conflicts"]
    print(
        f"  CPU       {worked:.1f} s, {1000 * worked / max(1, asked):.2f} ms a request; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"  memory    {' '.join(f'{megabytes:.0f}' for megabytes in memory)} MB")


def kill(ledger: str, name: str, options: argparse.Namespace) -> None:
    """Kill the service under load again and again."""
    dice, total = random.Random(7), 0  # noqa: S311 - no secret
    for _ in range(options.kill):
        service = Service(ledger)
        load = service.load(options, "--tell")
        assert load.stdout is not None
        load.stdout.readline()
        time.sleep(dice.uniform(0.3, 3))
        service.process.send_signal(signal.SIGKILL)
        service.process.wait()
        lines = [line.split(maxsplit=2) for line in load.communicate()[0].splitlines()]
        told = [(int(line[1]), line[2]) for line in lines if line[0] == "verdict"]
        total += len(told)
        lost = stands(ledger, told)
        if lost:
            sys.exit(f"{name}: {lost} of {len(told)} acknowledged verdicts are lost")
    print(f"{name}: killed {options.kill} times under load, {total} acknowledged verdicts, none lost")


@contextmanager
def ledgers(options: argparse.Namespace) -> Iterator[Iterator[tuple[str, str]]]:
    """A filled ledger of each backend that is asked for, with its name."""
    from ledger import fill  # noqa: PLC0415 - benchmarks/ledger.py

    places = max(20, int(options.holdings / 6.5))
    with tempfile.TemporaryDirectory() as folder:

        def made() -> Iterator[tuple[str, str]]:
            if options.backend in (None, "geopackage"):
                path = f"{folder}/war.gpkg"
                if options.ledger:
                    shutil.copy(options.ledger, path)
                else:
                    fill(Path(path), options.holdings, places).close()
                yield path, "GeoPackage"
            if options.backend in (None, "postgis"):
                import postgres  # type: ignore[import-not-found] # noqa: PLC0415 - shared with the tests

                reason = postgres.missing()
                if reason:
                    print(f"PostGIS: not measured: {reason}")
                    return
                with postgres.server() as address:
                    fill(f"{address}#bench", options.holdings, places).close()
                    yield f"{address}#bench", "PostGIS"

        yield made()


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--holdings", type=int, default=300_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--think", type=float, default=0.5)
    parser.add_argument("--backend", choices=("geopackage", "postgis"))
    parser.add_argument("--ledger", help="a ledger that this benchmark made before, to be copied")
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--tell", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--token", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        load = Load(options)
        asyncio.run(load.run())
        print(json.dumps(load.report()))
        return 0
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    with ledgers(options) as found, nullcontext():
        for ledger, name in found:
            (kill if options.kill else measure)(ledger, name, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
