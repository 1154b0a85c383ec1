"""Errors as problem details (RFC 9457).

What belongs here: which error is which status.  What does not: raising them.
"""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

from frontledger.errors import (
    ConflictError,
    FrontledgerError,
    InputError,
    LedgerError,
    NotFoundError,
    ReviewError,
)
from frontledger.web.answers import ProblemDetails

__all__ = ["HANDLERS", "PROBLEM", "Refused", "details", "documented", "of_error", "rendered"]

PROBLEM = "application/problem+json"
LOG = logging.getLogger("frontledger.web")
OPTIONS = (
    (re.compile(r"needs --by NAME and --why TEXT"), "needs a reason"),
    (re.compile(r"--set "), "changes: "),
    (re.compile(r": to go on, add --version \d+"), ""),
    (re.compile(r"name it with --lang"), "say which it is"),
    (re.compile(r" \(override with --lang\)"), ""),
)
"""Words for the command line, and what they are here."""
BUSY = "somebody else has been writing"


class Refused(Exception):  # noqa: N818 - a refusal, foreseen
    """A request that is refused; carries its problem and headers."""

    def __init__(self, problem: ProblemDetails, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.detail or problem.title)
        self.problem = problem
        self.headers = headers or {}


def details(status: int, detail: str = "", kind: str = "", **more: Any) -> ProblemDetails:
    """A problem of a status; ``kind`` names it for programs."""
    return ProblemDetails(
        title=HTTPStatus(status).phrase, status=status, detail=detail,
        type=f"/problems/{kind}" if kind else "about:blank", **more,
    )  # fmt: skip


def rendered(problem: ProblemDetails, headers: dict[str, str] | None = None) -> Response[bytes]:
    """The answer that a problem is."""
    return Response(
        content=msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=PROBLEM,
        headers=headers or {},
    )


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """The problems that a route may answer with, for its description."""
    return {
        status: ResponseSpec(
            data_container=ProblemDetails,
            description=HTTPStatus(status).phrase,
            media_type=PROBLEM,
            generate_examples=False,
        )
        for status in statuses
    }


def plainly(said: str) -> str:
    """What an error says, on one line and without the options that only the command line has."""
    for option, words in OPTIONS:
        said = option.sub(words, said)
    return " ".join(said.split())


def of_error(error: Exception) -> ProblemDetails:
    """The problem that a foreseen error is."""
    said = plainly(str(error))
    if isinstance(error, ConflictError):
        return details(409, said, "conflict")
    if isinstance(error, ReviewError):
        return details(422, said, "verdict")
    if isinstance(error, NotFoundError):
        return details(404, said)
    if isinstance(error, LedgerError):
        if BUSY in said:
            return details(503, "somebody else is writing to the ledger: try again", "busy")
        LOG.error("ledger failed", extra={"error": type(error).__name__})
        return details(503, "the ledger cannot be used at the moment", "ledger")
    if isinstance(error, InputError):
        return details(422, said, "input")
    return details(422, said)


def _foreseen(request: Request[Any, Any, Any], error: FrontledgerError) -> Response[bytes]:
    problem = of_error(error)
    headers = {"Retry-After": "2"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return rendered(_named(request, problem), headers)


def _refused(request: Request[Any, Any, Any], error: Refused) -> Response[bytes]:
    return rendered(_named(request, error.problem), error.headers)


def _wrong(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    given = error.extra if isinstance(error.extra, list) else []
    wrong = tuple(
        {key: str(one[key]) for key in ("key", "message", "source") if key in one}
        for one in given
        if isinstance(one, dict)
    )
    return rendered(_named(request, details(400, "the request is not as described", errors=wrong)))


def _unreadable(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    del error
    return rendered(_named(request, details(400, "the request cannot be read: expected JSON in UTF-8")))


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    detail = "" if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else error.detail
    headers = {
        key: value for key, value in (error.headers or {}).items() if key.lower() in ("allow", "retry-after")
    }
    return rendered(_named(request, details(error.status_code, detail)), headers)


def _unforeseen(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    LOG.error("unforeseen", exc_info=error, extra={"request": request.scope.get("request_id", "")})
    return rendered(_named(request, details(500, "this should not have happened; the log knows more")))


def _named(request: Request[Any, Any, Any], problem: ProblemDetails) -> ProblemDetails:
    return msgspec.structs.replace(problem, instance=f"urn:request:{request.scope.get('request_id', '')}")


HANDLERS: dict[type[Exception] | int, Any] = {
    Refused: _refused,
    FrontledgerError: _foreseen,
    ValidationException: _wrong,
    HTTPException: _http,
    UnicodeDecodeError: _unreadable,
    RecursionError: _unreadable,
    Exception: _unforeseen,
}
