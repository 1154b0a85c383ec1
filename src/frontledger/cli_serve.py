"""The verbs of the service: ``serve``.

Belongs here: arguments and help.  Does not: any logic; ``web`` is imported when a verb runs, so that others start quickly.
"""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from frontledger.errors import InputError
from frontledger.ledger.storage import Ledger

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Give the command line its verbs."""
    app.command()(serve)


def serve(
    ledger: Annotated[
        str, typer.Argument(metavar="LEDGER", help="A ledger: a file, or postgresql://HOST/NAME.")
    ],
    *,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65535, help="Where to listen; 0 takes a free one."),
    ] = 8737,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who judges, if not the user of this machine.")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    most_upload: Annotated[
        int, typer.Option("--max-upload", metavar="MB", min=1, help="Largest account file.")
    ] = 64,
) -> None:
    """Serve a ledger as a page and an API: read accounts beside their events, judge them, see changes at once.

    Without more it is for you alone, on this machine: it prints an address that lets one browser in, once.
    An empty ledger is made where none is there.
    """
    try:
        from frontledger.web import server  # noqa: PLC0415 - an extra
        from frontledger.web.settings import MEGABYTE, Settings  # noqa: PLC0415
    except ImportError as error:
        raise InputError(f"serving needs {error.name}: pip install 'frontledger[web]'") from None
    if not Ledger.exists(ledger):
        Ledger.create(ledger).close()
        complain(f"{ledger}: made, empty")
    else:
        Ledger.open(ledger).close()
    settings = Settings(
        ledger=ledger, host=host, port=port, by=by or user(), most_upload=most_upload * MEGABYTE
    )
    server.serve(settings, say, browser=browser and sys.stdout.isatty())


def user() -> str:
    """Who is at the keyboard, as far as the machine knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "me"


def complain(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"frontledger: {message}", err=True)


def say(line: str) -> None:
    """One line for whoever started it, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
