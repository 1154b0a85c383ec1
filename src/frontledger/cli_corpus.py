"""The verbs of ``frontledger corpus``: the same work over many accounts.

Belongs here: arguments, help, exit codes, what is drawn while a run goes on.  Does not: any logic about shards,
workers or files (``corpus``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from frontledger import listing, telling
from frontledger.listing import Format
from frontledger.model import Problem

if TYPE_CHECKING:
    from frontledger.corpus.stats import Stats

__all__ = ["app"]

PROCESSES = Annotated[
    int | None,
    typer.Option("--processes", "-j", metavar="N", min=1, help="Processes of this machine; else one a core."),
]
LOCAL_CLUSTER = Annotated[
    int | None,
    typer.Option(
        "--local-cluster", metavar="N", min=1, help="Start a Dask cluster of N workers here for it."
    ),
]

app = typer.Typer(
    name="corpus",
    help="The same over many accounts, on many processes or machines; resumable.",
    rich_markup_mode=None,
    no_args_is_help=False,
)


@app.callback()
def root() -> None:
    """The same over many accounts, on many processes or machines; resumable."""


@app.command()
def run(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE", help="Dumps, JSON Lines, folders, archives to read; - is standard input."
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write, or to go on with.")
    ],
    *,
    processes: PROCESSES = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Have the workers of a Dask cluster do it: tcp://HOST:8786.",
        ),
    ] = None,
    local_cluster: LOCAL_CLUSTER = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="CODE", help="Language of all accounts, instead of detecting it."),
    ] = None,
    keep_all: Annotated[
        bool,
        typer.Option("--keep-all", help="Code also accounts in which no word announces a change of control."),
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try again what was quarantined in an earlier run.")
    ] = False,
    deadline: Annotated[
        float,
        typer.Option("--deadline", metavar="SECONDS", min=0.1, help="The most that one account may take."),
    ] = 120.0,
    memory: Annotated[
        int, typer.Option("--memory", metavar="MB", min=300, help="The most that one worker may need.")
    ] = 2048,
    shard_size: Annotated[
        float, typer.Option("--shard-size", metavar="MB", min=0.01, help="About what a shard holds.")
    ] = 1.0,
    form: Annotated[
        Format,
        typer.Option("--format", metavar="table|json", help="The summary for people, or as in summary.json."),
    ] = Format.table,
) -> int:
    """Code all accounts of the sources into Parquet: events, accounts, problems.

    May be stopped at any moment, and goes on where it was when the same command is given again. An account that
    kills, hangs or swells its worker is quarantined, and all others are kept. Exits 1 when no event was found.
    """
    from frontledger.corpus.drawing import Drawing  # noqa: PLC0415  what only a corpus needs
    from frontledger.corpus.messages import Limits  # noqa: PLC0415
    from frontledger.corpus.running import run as run_corpus  # noqa: PLC0415
    from frontledger.corpus.shards import Settings  # noqa: PLC0415

    if sum(one is not None for one in (processes, scheduler, local_cluster)) > 1:
        raise typer.BadParameter("--processes, --scheduler and --local-cluster exclude one another")
    with Drawing() as drawing:
        summary = run_corpus(
            sources,
            output,
            settings=Settings(lang=lang, keep_all=keep_all),
            limits=Limits(deadline=deadline, memory=memory),
            processes=processes,
            scheduler=scheduler,
            local_cluster=local_cluster or 0,
            size=int(shard_size * 1_000_000),
            retry=retry,
            watch=drawing.show,
            report=lambda problem: drawing.say(note(problem)),
        )
    if summary["quarantined"]:
        drawing.say(
            f"note: {summary['quarantined']:,} quarantined: see {output}/problems and {output}/quarantine"
        )
    if form is Format.table:
        tell(output, summary)
    else:
        listing.show_one(summary)
    return 0 if summary["events"] else 1


@app.command()
def fold(
    corpus: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `corpus run` has written.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="LEDGER", help="The ledger to make.")],
    *,
    processes: PROCESSES = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Have the workers of a Dask cluster do it, which must see the same folders.",
        ),
    ] = None,
    local_cluster: LOCAL_CLUSTER = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take the place of a ledger that is there, verdicts and all.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", metavar="table|json", help="The summary for people, or as JSON.")
    ] = Format.table,
) -> int:
    """Make one ledger of all accounts that `corpus run` has coded.

    The ledger appears when it is complete; a fold that was killed is begun again with the same command. Exits 1
    when no event was found.
    """
    from frontledger.corpus.folding import fold as fold_corpus  # noqa: PLC0415  what only a corpus needs
    from frontledger.progress import Progress  # noqa: PLC0415

    if sum(one is not None for one in (processes, scheduler, local_cluster)) > 1:
        raise typer.BadParameter("--processes, --scheduler and --local-cluster exclude one another")
    with Progress() as progress:
        folded = fold_corpus(
            corpus,
            output,
            processes=processes,
            scheduler=scheduler,
            local_cluster=local_cluster or 0,
            force=force,
            watch=progress,
        )
    if form is Format.table:
        held = ", ".join(telling.many(count, noun) for noun, count in folded.held.items())
        sys.stdout.write(f"{folded.ledger}: {held}\n")
        listing.draw(list(folded.findings.items()), counted_by("finding"), "")
    else:
        listing.show_one(folded)
    return 0 if folded.held["event"] else 1


@app.command()
def stats(
    corpus: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `corpus run` has written.")],
    *,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=1, help="How many places, sides and countries are told.")
    ] = 20,
    form: Annotated[
        Format, typer.Option("--format", metavar="table|json", help="For people, or as JSON.")
    ] = Format.table,
) -> int:
    """What a corpus holds: accounts by what became of them, events by kind, year, language and side, top places.

    Counts the events as they were coded, before accounts are compared. Exits 1 when there is none.
    """
    from frontledger.corpus.stats import stats as count  # noqa: PLC0415  what only a corpus needs

    found = count(corpus, top)
    if form is Format.table:
        tell_stats(found)
    else:
        listing.show_one(found)
    return 0 if found.events else 1


def note(problem: Problem) -> str:
    """A problem as one line."""
    return f"note: {problem.where}: {problem.message} ({problem.code})"


def counted_by(what: str) -> tuple[listing.Column, ...]:
    """Columns for pairs of a thing and how often it is there."""
    return (
        listing.Column(what, lambda pair: pair[0]),
        listing.Column("count", lambda pair: f"{pair[1]:,}"),
    )


PLACES = (
    listing.Column("place", lambda place: place.name),
    listing.Column("events", lambda place: f"{place.events:,}"),
    listing.Column("accounts", lambda place: f"{place.accounts:,}"),
    listing.Column("lat", lambda place: None if place.lat is None else f"{place.lat:.4f}"),
    listing.Column("lon", lambda place: None if place.lon is None else f"{place.lon:.4f}"),
)


def tell_stats(found: Stats) -> None:
    """The counts as tables, one below the other."""
    accounts = ", ".join(f"{count:,} {status}" for status, count in found.accounts.items())
    sys.stdout.write(
        f"accounts: {accounts}; {telling.many(found.events, 'event')}; {found.bytes / 1e6:,.1f} MB; "
        f"{telling.many(found.shards, 'shard')}\n\n"
    )
    tables = {
        "kind": found.by_kind, "year": found.by_year, "language": found.by_language, "side": found.by_side,
        "country": found.by_country, "problem": found.problems,
    }  # fmt: skip
    for what, counts in tables.items():
        if counts:
            listing.draw(list(counts.items()), counted_by(what), "")
    if found.places:
        listing.draw(found.places, PLACES, "")


COUNTED = (
    ("documents", "documents"),
    ("accounts", "accounts coded"),
    ("dismissed", "dismissed: no word announces a change of control"),
    ("uncoded", "without a language pack"),
    ("unreadable", "unreadable"),
    ("quarantined", "quarantined"),
    ("events", "events"),
)
"""What of a summary people are told, in order; what is nought is left out, accounts and events apart."""


def tell(output: Path, summary: dict[str, int]) -> None:
    """The summary in words."""
    said = [
        f"{summary[name]:,} {words}"
        for name, words in COUNTED
        if summary[name] or name in {"accounts", "events"}
    ]
    sys.stdout.write(f"{output}: {'; '.join(said)}; {summary['shards']:,} shards\n")
