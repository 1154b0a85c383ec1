"""A typed client of the service, on the standard library alone.

    >>> client = frontledger.Client("https://ledger.example.org", token="flt_…")
    >>> for event in client.events(kind="capture"): ...
    >>> client.judge(event, "accept")

What comes back are the records of ``model``, as the service's own side has them.  What belongs here: one method an address.
What does not: anything that the service would decide.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from frontledger.errors import ConflictError, FrontledgerError, NotFoundError, ReviewError
from frontledger.ledger.browsing import LedgerCard, VersionedEvent, VersionedPlace
from frontledger.ledger.browsing_accounts import AccountCard, AccountChange
from frontledger.ledger.comparing import Comparison
from frontledger.ledger.explanation import Explanation
from frontledger.ledger.rows import Revision
from frontledger.ledger.watching import Change
from frontledger.model import Account, Control, Dismissal, Event, Finding, Layer, Review, Side, Value

__all__ = ["Client", "RefusedError"]

API = "/api/v1"
Kind = TypeVar("Kind")
SECONDS = 90.0


class RefusedError(FrontledgerError):
    """The service has refused a request: ``status`` says how, ``problem`` is what it said (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('detail') or problem.get('title') or 'refused'}")
        self.status = status
        self.problem = problem


class JudgedElsewhereError(ConflictError, RefusedError):
    """Somebody else has judged the event: ``version`` and ``event`` are as they are now, ``verdicts`` all that were given."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        RefusedError.__init__(self, status, problem)
        self.version: int | None = problem.get("version")
        self.event = msgspec.convert(problem["event"], Event) if problem.get("event") else None
        self.verdicts = msgspec.convert(problem.get("verdicts", []), tuple[Review, ...])


class _Given(Value, frozen=True):
    review: Review
    version: int
    event: Event


class _Taken(Value, frozen=True):
    id: str
    state: Literal["waiting", "reading", "done", "failed"]
    accounts: tuple[str, ...] = ()
    coded: dict[str, int] = msgspec.field(default_factory=dict)
    error: dict[str, Any] | None = None


class _Full(Value, frozen=True):
    card: AccountCard
    account: Account


class _Judged(Value, frozen=True):
    finding: Finding
    dismissed: Dismissal | None


class Client:
    """A connection to a service; close it, or use it as a context manager.  Not for several threads at once."""

    def __init__(
        self, address: str, token: str | None = None, *, context: ssl.SSLContext | None = None
    ) -> None:
        """``address`` is that of the service, with a ``token``; or the one-time address that ``serve`` printed.

        Raises :class:`RefusedError` for an address that has been used, and :class:`OSError` where nobody answers.
        """
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FrontledgerError(f"{address!r}: expected http(s)://HOST[:PORT]")
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._parts, self._context = parts, context
        self._connection = self._open()
        self._headers = {"Origin": self._origin}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"
        elif parts.path == "/enter":
            try:
                _, headers, _ = self._sent("GET", f"/enter?{parts.query}", expected=303)
            except BaseException:
                self.close()
                raise
            self._headers["Cookie"] = headers["set-cookie"].partition(";")[0]

    def _open(self) -> http.client.HTTPConnection:
        where = self._parts.netloc
        if self._parts.scheme == "http":
            return http.client.HTTPConnection(where, timeout=SECONDS)
        return http.client.HTTPSConnection(where, timeout=SECONDS, context=self._context)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ledger(self) -> LedgerCard:
        """The ledger at a glance."""
        return self._get("/ledger", LedgerCard)

    def accounts(self) -> Iterator[AccountCard]:
        """All accounts, without their texts."""
        return self._pages("/accounts", AccountCard)

    def account(self, name: str) -> Account:
        """An account with its text."""
        return self._get(f"/accounts/{quote(name, safe='')}", _Full).account

    def account_change(self, name: str, revision: int) -> AccountChange:
        """What one reading of an account changed."""
        return self._get(f"/accounts/{quote(name, safe='')}/revisions/{revision}", AccountChange)

    def events(self, **wanted: str | list[str]) -> Iterator[VersionedEvent]:
        """Events with their versions; ``account``, ``kind``, ``review``, ``side``, ``place``, ``since``, ``until`` limit them."""
        return self._pages("/events", VersionedEvent, wanted)

    def event(self, name: str) -> VersionedEvent:
        """One event."""
        return self._get(f"/events/{quote(name, safe='')}", VersionedEvent)

    def judge(
        self,
        event: VersionedEvent | str,
        verdict: Literal["accept", "correct", "reject", "dispute", "undo"],
        why: str = "",
        changes: Mapping[str, str] | None = None,
    ) -> VersionedEvent:
        """Judge an event, which is given back as it counts then; the version that was seen goes along where there is one.

        Raises :class:`JudgedElsewhereError` where somebody else has judged it meanwhile.
        """
        name, version = (event, None) if isinstance(event, str) else (event.event.id, event.version)
        given = self._post(
            f"/events/{quote(name, safe='')}/verdicts",
            {"verdict": verdict, "why": why, "changes": dict(changes or {})},
            _Given,
            {} if version is None else {"If-Match": f'"{version}"'},
        )
        return VersionedEvent(version=given.version, event=given.event)

    def places(self) -> Iterator[VersionedPlace]:
        """All places with their versions."""
        return self._pages("/places", VersionedPlace)

    def move(self, place: str, lat: float, lon: float, why: str = "") -> None:
        """Say where a place is."""
        self._post("/place-moves", {"place": place, "lat": lat, "lon": lon, "why": why}, msgspec.Raw)

    def merge(self, place: str, into: str, why: str = "") -> None:
        """Say that one place is another."""
        self._post("/place-merges", {"place": place, "into": into, "why": why}, msgspec.Raw)

    def split(self, name: str, why: str = "") -> None:
        """Say that a name is that of a place of its own."""
        self._post("/place-splits", {"name": name, "why": why}, msgspec.Raw)

    def sides(self) -> tuple[Side, ...]:
        """All sides."""
        return self._get("/sides", tuple[Side, ...])

    def findings(self, **wanted: str | list[str]) -> Iterator[Finding]:
        """What a careful reader would question; ``code``, ``severity``, ``dismissed`` limit it."""
        return (one.finding for one in self._pages("/findings", _Judged, wanted))

    def dismiss(self, finding: str, why: str, *, restore: bool = False) -> Dismissal:
        """Question a finding no more, or again."""
        return self._post(
            f"/findings/{quote(finding, safe='')}/dismissals", {"why": why, "restore": restore}, Dismissal
        )

    def control(self, on: str | None = None, layer: Layer = "assessed") -> tuple[Control, ...]:
        """Who held what on a day; without ``on`` the last one told of."""
        given = {"layer": layer} | ({"on": on} if on else {})
        return self._get(f"/control?{urlencode(given)}", tuple[Control, ...])

    def compare(self, first: str, second: str | None = None) -> Comparison:
        """Where two accounts agree and disagree."""
        return self._get(
            f"/comparisons?{urlencode({'first': first} | ({'second': second} if second else {}))}", Comparison
        )

    def explain(self, what: str) -> Explanation:
        """What stands behind an event, a place or a finding."""
        return self._get(f"/explanations?{urlencode({'what': what})}", Explanation)

    def history(self) -> Iterator[Revision]:
        """Every revision, the newest first."""
        return self._pages("/history", Revision)

    def paste(
        self, name: str, text: str, lang: str | None = None, *, revise: bool = False
    ) -> tuple[str, ...]:
        """Have an account read; the ids that it is under."""
        given = {"name": name, "text": text, "lang": lang, "revise": revise}
        return self._read(self._post("/accounts", given, _Taken))

    def upload(self, path: str | Path, lang: str | None = None, *, revise: bool = False) -> tuple[str, ...]:
        """Have a file read; the ids of its accounts."""
        path = Path(path)
        given = {"name": path.name, "revise": str(revise).lower()} | ({"lang": lang} if lang else {})
        with path.open("rb") as file:
            length = {"Content-Length": str(path.stat().st_size), "Content-Type": "application/octet-stream"}
            _, _, body = self._sent("POST", f"{API}/accounts/files?{urlencode(given)}", file, length)
        return self._read(msgspec.json.decode(body, type=_Taken))

    def _read(self, taken: _Taken) -> tuple[str, ...]:
        while taken.state in ("waiting", "reading"):
            taken = self._get(f"/readings/{taken.id}?wait=30", _Taken)
        if taken.error is not None:
            raise RefusedError(int(taken.error.get("status", 422)), taken.error)
        return taken.accounts

    def export(self, form: str, output: str | Path, table: str | None = None) -> int:
        """Write the ledger in a format to a file; its size in bytes."""
        more = f"?{urlencode({'table': table})}" if table else ""
        _, _, body = self._sent("GET", f"{API}/exports/{quote(form, safe='')}{more}")
        return Path(output).write_bytes(body)

    def changes(self, after: int | None = None) -> Iterator[Change]:
        """Every revision as it comes, for as long as the service runs; with ``after`` those behind it first."""
        connection = self._open()
        try:
            address = f"{API}/changes" + (f"?after={after}" if after is not None else "")
            connection.request("GET", address, headers=self._headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise _refusal(answer.status, answer.read())
            while line := answer.readline():
                if line.startswith(b"data: "):
                    yield msgspec.json.decode(line[6:], type=Change)
        finally:
            connection.close()

    def _get(self, address: str, kind: type[Kind]) -> Kind:
        _, _, body = self._sent("GET", f"{API}{address}")
        return msgspec.json.decode(body, type=kind)

    def _post(
        self,
        address: str,
        given: Mapping[str, Any],
        kind: type[Kind],
        headers: Mapping[str, str] | None = None,
    ) -> Kind:
        more = {"Content-Type": "application/json", **(headers or {})}
        _, _, body = self._sent("POST", f"{API}{address}", msgspec.json.encode(given), more)
        return msgspec.json.decode(body, type=kind)

    def _pages(
        self, address: str, kind: type[Kind], wanted: Mapping[str, str | list[str]] | None = None
    ) -> Iterator[Kind]:
        following: str | None = f"{API}{address}?{urlencode({'limit': 1000, **(wanted or {})}, doseq=True)}"
        while following:
            _, _, body = self._sent("GET", following)
            page = msgspec.json.decode(body)
            yield from msgspec.convert(page["items"], list[kind])  # type: ignore[valid-type]
            following = page["next"]

    def _sent(
        self, method: str, address: str, body: Any = None, headers: Mapping[str, str] | None = None,
        *, expected: int | None = None,
    ) -> tuple[int, Mapping[str, str], bytes]:  # fmt: skip
        """Status, headers, body of what is answered; raises what a refusal is."""
        given = {**self._headers, **(headers or {})}
        try:
            self._connection.request(method, address, body, given)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()  # it was idle for too long; what changes something is not sent twice
            if method != "GET":
                raise
            self._connection.request(method, address, body, given)
            answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 400 or (expected is not None and answer.status != expected):
            raise _refusal(answer.status, content)
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, content


def _refusal(status: int, body: bytes) -> FrontledgerError:
    try:
        problem = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        problem = {}
    if status in (409, 412) and problem.get("event"):
        return JudgedElsewhereError(status, problem)
    if status == 404:
        return NotFoundError(problem.get("detail") or "not found")
    if status == 422 and problem.get("type") == "/problems/verdict":
        return ReviewError(problem.get("detail") or "impossible")
    return RefusedError(status, problem)
