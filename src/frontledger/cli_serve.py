"""The verbs of the service: ``serve``, ``user``, ``backup``.

Belongs here: arguments and help.  Does not: any logic; ``web`` is imported when a verb runs, so that others start quickly.
"""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from frontledger import listing
from frontledger.errors import InputError
from frontledger.ledger import copying, people
from frontledger.ledger.storage import Ledger
from frontledger.listing import Format

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Give the command line its verbs."""
    app.command()(serve)
    app.command()(user)
    app.command()(backup)


class Deed(StrEnum):
    """What `user` does."""

    list = "list"
    add = "add"
    invite = "invite"
    role = "role"
    token = "token"  # noqa: S105 - a verb
    disable = "disable"
    enable = "enable"


LedgerFile = Annotated[
    str, typer.Argument(metavar="LEDGER", help="A ledger: a file, or postgresql://HOST/NAME.")
]


def serve(
    ledger: LedgerFile,
    *,
    team: Annotated[
        bool, typer.Option("--team", help="For users with names, passwords and roles: see `user`.")
    ] = False,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65535, help="Where to listen; 0 takes a free one."),
    ] = 8737,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="Host name by which browsers come; may be repeated."),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="FILE", help="TLS certificate, with its chain (PEM)."),
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="Its key (PEM).")] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option("--behind-proxy", help="A proxy speaks HTTPS for it; believe what it says of visitors."),
    ] = False,
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
    server, settings = _web()
    if not team and host not in ("127.0.0.1", "::1", "localhost"):
        raise InputError(f"for one person it listens at 127.0.0.1 only: use --team to serve at {host}")
    if team and not (certificate or behind_proxy) and host not in ("127.0.0.1", "::1", "localhost"):
        raise InputError(
            "passwords would pass in the clear: give --certificate and --key, or use --behind-proxy"
        )
    if (certificate is None) != (key is None):
        raise InputError("--certificate and --key belong together")
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise InputError(f"{file}: no such file")
    if not Ledger.exists(ledger):
        Ledger.create(ledger).close()
        complain(f"{ledger}: made, empty")
    else:
        with Ledger.open(ledger) as opened:
            if team and not any(one.role == "admin" for one in people.users(opened)):
                raise InputError(
                    f"{opened.name} has no admin yet: frontledger user LEDGER add NAME --role admin"
                )
    server.serve(
        settings.Settings(
            ledger=ledger, host=host, port=port, team=team, names=tuple(name or ()), behind_proxy=behind_proxy,
            certificate=str(certificate) if certificate else None, key=str(key) if key else None,
            by=by or who(), most_upload=most_upload * settings.MEGABYTE,
        ),
        say,
        browser=browser and not team and sys.stdout.isatty(),
    )  # fmt: skip


def user(
    ledger: LedgerFile,
    deed: Annotated[
        Deed,
        typer.Argument(
            metavar="list|add|invite|role|token|disable|enable",
            help="`add NAME` and `invite NAME` print an invitation, `token NAME` a token for programs.",
        ),
    ] = Deed.list,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The user.")] = None,
    *,
    role: Annotated[
        str | None, typer.Option("--role", metavar="ROLE", help="reader, reviewer, editor or admin.")
    ] = None,
    label: Annotated[
        str, typer.Option("--label", metavar="TEXT", help="With `token`: what it is for.")
    ] = "command line",
    days: Annotated[
        float | None, typer.Option("--days", metavar="N", min=0, help="With `token`: how long it lasts.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", metavar="table|json|jsonl|csv", help="With `list`.")
    ] = Format.table,
) -> None:
    """Manage who may use the service of a ledger: users, roles, invitations, tokens.

    A reader reads; a reviewer also judges events and findings; an editor also uploads accounts and corrects places;
    an admin also manages users. Whoever is disabled is signed out at once, and their tokens end.
    """
    _web()
    from frontledger.web import team  # noqa: PLC0415 - an extra

    with Ledger.open(ledger) as opened:
        if deed is Deed.list:
            listing.show(people.users(opened), listing.USERS, form)
            return
        if deed is Deed.token:
            _, token = team.new_token(opened, name or who(), label, days)
            say(token)
            return
        if name is None:
            raise InputError(f"say whom to {deed.value}")
        if deed in (Deed.add, Deed.invite):
            with opened.writing():
                if deed is Deed.add:
                    people.add(opened, name, role or "reviewer")
                asked, code = team.invitation(opened, people.checked_name(name), who())
            complain(
                f"{asked.name} is invited as {asked.role}, until {asked.until}; send them, behind the service's address:"
            )
            say(f"/join#{code}")
            return
        if deed is Deed.role and role is None:
            raise InputError("say which --role")
        active = {Deed.disable: False, Deed.enable: True}.get(deed)
        changed = people.change(opened, name, role=role if deed is Deed.role else None, active=active)
    complain(f"{changed.name}: {changed.role}{'' if changed.active else ', disabled'}")


def backup(
    ledger: LedgerFile,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write; none may be there.")
    ],
    *,
    people: Annotated[
        bool, typer.Option("--people/--without-people", help="With the users of the service, or without.")
    ] = True,
) -> None:
    """Copy a ledger while it is in use: one moment of it, whole.

    A file becomes a ledger file; a PostgreSQL ledger becomes JSON Lines, which `import` reads (without users: use
    pg_dump for all).
    """
    with Ledger.open(ledger) as opened:
        size = copying.backup(opened, output, people=people)
    complain(f"{output}: {size:,} bytes")


def _web() -> tuple[Any, Any]:
    """The modules of the service, which are an extra."""
    try:
        from frontledger.web import server, settings, team  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(f"the service needs {error.name}: pip install 'frontledger[web]'") from None
    del team
    return server, settings


def who() -> str:
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
