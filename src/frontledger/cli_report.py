"""The verb that writes the report.

Belongs here: its arguments and help.  Does not: any logic about what the report shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from frontledger import pipeline

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Give the command line its verb."""
    app.command()(report)


def report(
    ledger: Annotated[
        str,
        typer.Argument(
            metavar="LEDGER", help="A ledger that `run` wrote: a file, or postgresql://HOST/NAME."
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write; - for standard output.")
    ],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    account: Annotated[
        list[str] | None,
        typer.Option(
            "--account",
            metavar="ACCOUNT",
            help="Only what this account tells of, and what others say of the same places; may be repeated.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What the page is called.")
    ] = None,
    as_known_at: Annotated[
        int | None,
        typer.Option("--as-known-at", metavar="REVISION", help="The ledger as it was at this revision."),
    ] = None,
) -> None:
    """Write one page that opens from disk in any browser, offline.

    It has a map with a time slider, a chart of holdings, the accounts with the words behind every event, and the
    findings.
    """
    size = pipeline.report(
        ledger, output, accounts=account or (), title=title, revision=as_known_at, force=force
    )
    typer.echo(f"frontledger: {output}: {size:,} bytes", err=True)
