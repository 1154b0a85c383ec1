"""Ask the service for whatever its own description allows, and for what it does not: no 5xx, nothing undescribed.

    python tests/web/schema_run.py [--examples N] [--seed N] [--kind alone|team] [--only PART]      a long run over ledgers of its own

Both kinds of service are asked, for one person and for a team, every address of the description in each.  Ids that are
there are among what is asked for, else every answer would be 404.  What a generic client cannot do is done here:
reading a little of a stream that does not end, signing out with a session of its own, looking into JSON Lines.  The
test suite does a short run with the same functions.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import requests
import schemathesis
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as described

from frontledger.ledger import people
from frontledger.ledger.storage import Ledger
from frontledger.ledger.watching import Change
from frontledger.model import Control, Event, Finding, Holding, Place
from frontledger.web.doors import digest
from frontledger.web.team import invitation, new_token

CHECKS = (
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_headers_conformance,
    described.response_schema_conformance,
)
SLOW = (
    "/api/v1/accounts",
    "/api/v1/accounts/files",
    "/api/v1/place-moves",
    "/api/v1/place-merges",
    "/api/v1/place-splits",
)
"""Each good request to these starts a process: a tenth of the examples, but three."""
LINES = {
    "/api/v1/events.jsonl": Event,
    "/api/v1/places.jsonl": Place,
    "/api/v1/holdings.jsonl": Holding,
    "/api/v1/findings.jsonl": Finding,
    "/api/v1/control.jsonl": Control,
}
"""What each line is: the description of JSON Lines has no word for it."""
STREAM = "/api/v1/changes"
LEAVING = ("/api/v1/session", "/api/v1/sessions")
PASSWORD = "a long way round"  # noqa: S105 - of the tests alone


@dataclass
class Asking:
    """Somebody who may do everything, at a running service: how they show who they are, and what they know to be there."""

    base: str
    headers: dict[str, str]
    session: Callable[[], str]
    """A cookie of a session that nobody else uses."""
    known: dict[str, list] = field(default_factory=dict)
    """Values that are there, by the name of a parameter or of a field of a request."""


@contextmanager
def alone(ledger, house):
    """One person's service."""
    with house(ledger) as running:
        token = running.enter().post("/api/v1/tokens", {"label": "schema"}).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        yield asking(running, ledger, headers, lambda: running.enter().headers["Cookie"])


@contextmanager
def team(ledger, house):
    """A team's service, asked by an admin; a second one is there to be signed out, changed and disabled."""
    with house(ledger, team=True) as running:
        with Ledger.open(ledger) as opened:
            for name in ("Ann", "Ben", "Cleo"):
                people.add(opened, name, "admin")
            hashed = PasswordHasher(memory_cost=64).hash(PASSWORD)
            for name in ("Ann", "Cleo"):
                people.change(opened, name, hashed=hashed)
            for name in ("Dora", "Emil", "Fay"):
                people.add(opened, name, "reader")
            codes = [invitation(opened, name, "Ann")[1] for name in ("Dora", "Emil", "Fay")]
            token = new_token(opened, "Ann", "schema", None)[1]

        def session():
            secret = secrets.token_urlsafe(16)
            with Ledger.open(ledger) as opened:
                people.add_session(opened, digest(secret), "Ann", 1)
            return f"{running.server.service.app._cookie}={secret}"

        somebody = asking(running, ledger, {"Authorization": f"Bearer {token}"}, session)
        somebody.known["code"] += codes
        yield somebody


def asking(running, ledger, headers, session):
    """Somebody who knows what is in the ledger."""
    with Ledger.open(ledger) as opened:
        tokens = [new_token(opened, "Ann", f"to end {n}", None)[0].id for n in range(30)]
        known = {
            "account": [one.id for one in opened.accounts],
            "event": [one.id for one in opened.events],
            "place": [one.id for one in opened.places],
            "into": [one.id for one in opened.places],
            "side": [one.id for one in opened.sides],
            "finding": [one.id for one in opened.all_findings],
            "revision": [one.number for one in opened.revisions],
            "first": [one.id for one in opened.accounts],
            "second": [one.id for one in opened.accounts],
            "code": sorted({one.code for one in opened.all_findings}),
        }
    known["what"] = [*known["event"], *known["place"], *known["finding"]]
    known["collection"] = ["holdings", "holdings-claimed"]
    known["item"] = [str(n) for n in range(1, 9)]
    known["token"] = tokens
    known["name"] = ["Ben", "Cleo", "Mahin", "first"]
    known["former"] = known["password"] = [PASSWORD]
    known["q"] = ["Palmyra", "isil"]
    known["on"] = known["since"] = known["until"] = ["2016-05-05", "2016-05-12"]
    return Asking(f"http://127.0.0.1:{running.port}", headers, session, known)


def knowing(description, known):
    """The description in which parameters and fields of requests prefer values that are there; it allows what it allowed."""

    def widened(name, schema):
        values = known.get(name)
        return {"anyOf": [{"enum": values}, schema]} if values and "enum" not in schema else schema

    schemas = description["components"]["schemas"]
    for methods in description["paths"].values():
        for operation in methods.values():
            for one in operation.get("parameters", ()):
                one["schema"] = widened(one["name"], one["schema"])
            for content in operation.get("requestBody", {}).get("content", {}).values():
                body = schemas.get(content.get("schema", {}).get("$ref", "").rpartition("/")[2])
                for name, schema in (body or {}).get("properties", {}).items():
                    body["properties"][name] = widened(name, schema)
    return description


@dataclass
class Told:
    """What a run came to."""

    asked: Counter = field(default_factory=Counter)
    """Requests by method and address."""
    answered: Counter = field(default_factory=Counter)
    """Answers by status."""
    wrong: list[str] = field(default_factory=list)

    @property
    def count(self):
        return self.asked.total()

    def __str__(self):
        statuses = ", ".join(f"{count} x {status}" for status, count in sorted(self.answered.items()))
        return f"{self.count} requests to {len(self.asked)} addresses ({statuses}), {len(self.wrong)} wrong"


def run(somebody: Asking, examples: int, number: int = 1, only: str = "") -> Told:
    """Ask every address that the service describes."""
    description = requests.get(f"{somebody.base}/api/v1/openapi.json", timeout=20).json()
    schema = schemathesis.openapi.from_dict(knowing(description, somebody.known))
    schema.config.update(base_url=somebody.base)
    told = Told()
    for found in schema.get_all_operations():
        operation = found.ok()
        if only not in operation.path:
            continue
        name = f"{operation.method.upper()} {operation.path}"
        told.asked[name] += 0
        most = max(3, examples // 10) if operation.path in SLOW else examples
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            try:
                cases = operation.as_strategy(generation_mode=mode)
            except Exception:  # noqa: BLE001, S112 - nothing about it can be wrong
                continue

            test = settings(
                max_examples=most, database=None, deadline=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(seed(number)(given(case=cases)(_teller(name, somebody, told))))  # fmt: skip
            try:
                test()
            except Exception as error:  # noqa: BLE001 - "nothing to generate" for an address without parameters
                if "Unsatisfiable" not in type(error).__name__ and "negative" not in str(error).lower():
                    told.wrong.append(f"{name}: {type(error).__name__} {error}")
    told.wrong += [f"{name}: never asked" for name, count in told.asked.items() if not count]
    return told


def _teller(name, somebody, told):
    def ask(case):
        told.asked[name] += 1
        try:
            told.answered[_asked(case, somebody)] += 1
        except (Exception, FailureGroup) as error:  # noqa: BLE001 - told, with the address
            told.wrong.append(f"{name}: {type(error).__name__} {str(error)[:1500]}")

    return ask


def _asked(case, somebody):
    """Ask, look at the answer, and give its status."""
    path = case.operation.path
    headers = somebody.headers
    leaves = case.operation.method.upper() == "DELETE" and path in LEAVING
    if leaves:
        headers = {"Cookie": somebody.session(), "Origin": somebody.base}
        case.headers.pop("Authorization", None)  # invented ones count before the cookie
    given_ = case.as_transport_kwargs(base_url=somebody.base, headers=headers)
    with requests.Session() as session:
        answer = session.request(**given_, timeout=60, stream=path == STREAM, allow_redirects=False)
        if path == STREAM:
            _some_of(answer)
        case.validate_response(answer, checks=list(CHECKS))
        if answer.status_code == 200 and path in LINES:
            for line in answer.content.splitlines():
                msgspec.json.decode(line, type=LINES[path])
        if leaves and answer.status_code == 204:
            again = requests.get(f"{somebody.base}/api/v1/me", headers=headers, timeout=20)
            assert again.status_code == 401, "signed out, and still in"
    return answer.status_code


def _some_of(answer):
    """Read the beginning of a stream of events: all that is there, until nothing has come for a moment."""
    if answer.status_code != 200:
        return
    body = bytearray()
    connection = answer.raw._connection.sock
    connection.settimeout(0.25)
    begun = time.monotonic()
    try:
        while (line := answer.raw.readline()) and len(body) < 1_000_000 and time.monotonic() - begun < 5:
            body += line
    except Exception as error:
        if "timed out" not in str(error).lower():
            raise
    answer._content, answer._content_consumed = bytes(body), True
    _right_events(bytes(body))


def _right_events(body):
    """Whether these are server-sent events as the description tells them: each field of them, and every change."""
    assert body.startswith(b"retry: "), body[:100]
    for event in body.decode().split("\n\n")[:-1]:
        lines = dict(line.partition(": ")[::2] for line in event.split("\n"))
        assert lines.keys() in ({"retry"}, {""}, {"id", "event", "data"}), lines
        if "data" in lines:
            assert lines["event"] == "revision"
            assert msgspec.json.decode(lines["data"], type=Change).revision == int(lines["id"])


def main() -> int:
    """A long run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="addresses that have this in them")
    parser.add_argument("--kind", choices=("alone", "team"), help="only this kind of service")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from frontledger import pipeline
    from web.conftest import ACCOUNT, OTHER
    from web.running import house

    wrong = 0
    for kind in (alone, team):
        if options.kind not in (None, kind.__name__):
            continue
        folder = Path(tempfile.mkdtemp())
        try:
            for name, text in (("first", ACCOUNT), ("second", OTHER)):
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            pipeline.run([folder / "first.txt", folder / "second.txt"], folder / "war.gpkg", "en")
            begun = time.monotonic()
            with kind(folder / "war.gpkg", house) as somebody:
                told = run(somebody, options.examples, options.seed, options.only)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for one in dict.fromkeys(told.wrong):
            print(one, end="\n\n")
        print(f"{kind.__name__}: {told}, {time.monotonic() - begun:.0f} s", flush=True)
        wrong += len(told.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
