"""The verb that writes a ledger in the formats of other tools.

Belongs here: its arguments, help, and the block about what a format could not say.  Does not: any format.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Give the command line its verb."""
    app.command()(export)


def export(
    ledger: Annotated[
        str,
        typer.Argument(
            metavar="LEDGER", help="A ledger that `run` wrote: a file, or postgresql://HOST/NAME."
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write; - for standard output.")
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="jsonl (the whole ledger, lossless), acled, ucdp, plover, gpkg, geojson, kml, csv, parquet,"
            " geoparquet, wikitext or jsonld.",
        ),
    ] = "jsonl",
    *,
    table: Annotated[
        str | None,
        typer.Option(
            "--table",
            metavar="events|holdings|places",
            help="Which table, for csv, parquet and geoparquet; else events.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="What a file with a title is called.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_known_at: Annotated[
        int | None,
        typer.Option("--as-known-at", metavar="REVISION", help="The ledger as it was at this revision."),
    ] = None,
) -> None:
    """Write a ledger in a format that other tools read.

    What the format cannot say is counted, by reason, on standard error. What an account only reports or denies never
    becomes a fact: it is marked so, or left out and counted.
    """
    from frontledger.exports import formats

    written = formats.export(
        ledger, form, output, table=table, title=title, revision=as_known_at, force=force
    )
    sys.stderr.write(
        "".join(f"{line}\n" for line in [f"frontledger: {output}: {written.summary}", *written.notes])
    )
