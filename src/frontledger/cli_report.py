"""The verb that writes the report, as a page or as pictures.

Belongs here: its arguments and help.  Does not: any logic about what the report shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

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
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The page to write; - for standard output."),
    ] = None,
    *,
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="A picture of chart and maps, for print.")
    ] = None,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="The same as vectors.")] = None,
    animate: Annotated[
        Path | None, typer.Option("--animate", metavar="FILE", help="The map through the campaign, as a GIF.")
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="DATE",
            help="Day of a map in the picture; may be repeated. Else the last one told of.",
        ),
    ] = None,
    draw: Annotated[
        str, typer.Option("--draw", metavar="both|chart|map", help="What the picture shows.")
    ] = "both",
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
    """Write one page that opens from disk in any browser, offline; or pictures of it.

    The page has a map with a time slider, a chart of holdings, the accounts with the words behind every event, and the
    findings.
    """
    from frontledger.exports.pictures import composing

    wanted = composing.Wanted(png, svg, animate, tuple(on or ()), draw)
    if output is None and not wanted.outputs:
        raise typer.BadParameter("say what to write: -o, --png, --svg or --animate")
    chosen: dict[str, Any] = {
        "accounts": account or (), "title": title, "revision": as_known_at, "force": force,
    }  # fmt: skip
    if output is not None:
        size = pipeline.report(ledger, output, **chosen)
        typer.echo(f"frontledger: {output}: {size:,} bytes", err=True)
    if wanted.outputs:
        files, notes = composing.draw(ledger, wanted, **chosen)
        for said in [*map(str, files), *(f"note: {one}" for one in notes)]:
            typer.echo(f"frontledger: {said}", err=True)
