"""The command line: one verb a function, each a call into ``pipeline`` or ``ledger`` and a listing of its answer.

Belongs here: arguments, help, exit codes, which error becomes which line.  Does not: any logic about
accounts, events or control.  Data go to standard output, everything else to standard error.
"""

from __future__ import annotations

import gc
import getpass
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from frontledger import cli_corpus, cli_export, cli_report, cli_serve, listing, pipeline, telling
from frontledger.errors import FrontledgerError, ReviewError
from frontledger.ledger import interchange
from frontledger.ledger.comparing import compare as comparison
from frontledger.ledger.corrections import FIELDS
from frontledger.ledger.explanation import explain as explanation_of
from frontledger.ledger.storage import Ledger
from frontledger.ledger.views import View
from frontledger.listing import Format
from frontledger.model import Account, Event, Layer, Problem, Severity
from frontledger.progress import Progress

__all__ = ["app", "main"]

app = typer.Typer(
    name="frontledger",
    help="Turn written accounts of military campaigns into a checked, sourced record of who held which place, "
    "when, and on whose word.",
    epilog="Exit codes: 0 done; 1 nothing done or something found, where the verb says so; "
    "2 wrong usage or unreadable input.",
    add_completion=False,
    rich_markup_mode=None,  # plain help: the same in every terminal, pipe and test
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

app.add_typer(cli_corpus.app)

Accounts = Annotated[
    list[Path],
    typer.Argument(
        metavar="ACCOUNT",
        help="Files, folders, archives or dumps to read; - is standard input.",
    ),
]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="LEDGER|ACCOUNT", help="A ledger, or account files to code on the fly."),
]
LedgerFile = Annotated[
    str,
    typer.Argument(metavar="LEDGER", help="A ledger that `run` wrote: a file, or postgresql://HOST/NAME."),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="CODE", help="Language of the accounts, instead of detecting it."),
]
Known = Annotated[
    int | None,
    typer.Option("--as-known-at", metavar="REVISION", help="The ledger as it was at this revision."),
]
Who = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")]
Form = Annotated[
    Format,
    typer.Option(
        "--format", metavar="table|json|jsonl|csv", help="A table for people, the others for programs."
    ),
]


class Action(StrEnum):
    """What `gazetteer` does."""

    add = "add"
    list = "list"
    show = "show"


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Answer ``--version``, or hand over to a verb."""
    if version:
        typer.echo(telling.version())
    elif context.invoked_subcommand is None:
        context.fail(
            "say what to do: run, read, events, dates, control, findings, explain, review, compare, places, gazetteer,"
            " corpus, export, import, report or serve"
        )


@app.command()
def run(
    accounts: Accounts,
    output: Annotated[str, typer.Option("-o", "--output", metavar="LEDGER", help="The ledger to write.")],
    lang: Lang = None,
) -> int:
    """Read, code, fold, check and store accounts; print a summary.

    An existing ledger gains the accounts; one that it holds already is read anew, in one transaction.
    Exits 1 when no event was found in any of them.
    """
    with Progress() as progress:
        summary = pipeline.run(accounts, output, lang, watch=progress, report=note)
    note_problems(summary.accounts)
    note_all(summary.notes)
    telling.tell_summary(summary)
    return 0 if any(summary.coded.values()) else 1


@app.command()
def read(accounts: Accounts, lang: Lang = None, form: Form = Format.table) -> None:
    """Show what was understood of account files before coding."""
    understood = (account for path in accounts for account in pipeline.stream(path, lang, report=note))
    if form is Format.table:
        telling.tell_accounts([(account, pipeline.sentences(account)) for account in understood])
    else:  # JSON Lines are written as they are read: a dump of any size fits in memory
        listing.show(understood if form is Format.jsonl else list(understood), listing.ACCOUNTS, form)


@app.command()
def events(
    sources: Sources,
    lang: Lang = None,
    as_known_at: Known = None,
    omitted: Annotated[
        bool,
        typer.Option(
            "--omitted",
            help="Of accounts: what announces an event and says too little for one, and what it lacks.",
        ),
    ] = False,
    form: Form = Format.table,
) -> None:
    """List event records, of a ledger or straight from accounts."""
    if omitted:
        if any(pipeline.is_ledger(source) for source in sources):
            raise typer.BadParameter("--omitted asks accounts, not ledgers: a ledger keeps events only")
        streams = (noted(pipeline.stream(source, lang, report=note)) for source in sources)
        given = (one for stream in streams for account in stream for one in pipeline.omissions(account))
        listing.show(given, listing.OMISSIONS, form)
        return
    found: list[Event] = []
    fresh = any(not pipeline.is_ledger(source) for source in sources)
    with shelf() if fresh else nullcontext() as gazetteers:
        for source in sources:
            if pipeline.is_ledger(source):
                with viewed(source, as_known_at) as ledger:
                    found += ledger.events
            else:
                for account in noted(pipeline.stream(source, lang, report=note)):
                    found += pipeline.events(account, gazetteers)
    listing.show(found, listing.EVENTS, form)


@app.command()
def dates(accounts: Accounts, lang: Lang = None, form: Form = Format.table) -> None:
    """List every time expression of accounts with its value (TIMEX3)."""
    tagged = [
        (account, pipeline.dates(account))
        for path in accounts
        for account in noted(pipeline.stream(path, lang, report=note))
    ]
    if form in {Format.json, Format.jsonl}:
        listing.show([listing.timexes(*pair) for pair in tagged], (), form)
    else:
        rows = [listing.DatedTime(account.id, time) for account, times in tagged for time in times]
        listing.show(rows, listing.DATES, form)


@app.command()
def control(
    ledger: LedgerFile,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day, as 2015-12-16; else the last one told of."),
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Only this place.")] = None,
    layer: Annotated[
        Layer | None,
        typer.Option(
            "--layer",
            metavar="assessed|claimed",
            help="Only what the accounts state, or also what they only report; else the one beside the other.",
        ),
    ] = None,
    as_known_at: Known = None,
    form: Form = Format.table,
) -> None:
    """List who held what on a day.

    Rows are of the assessed layer, what the accounts state; where reports say otherwise, that stands beside it.
    """
    with viewed(ledger, as_known_at) as opened:
        day, rows = pipeline.control(opened, on, place=place, layer=layer)
    wanted = layer or "assessed"
    rows = [row for row in rows if row.layer == wanted]
    if layer is not None:
        rows = [replace(row, claimed=None) for row in rows]
    listing.show(rows, listing.CONTROL, form, title=f"{wanted} control on {day}")


@app.command()
def findings(
    ledger: LedgerFile,
    *,
    code: Annotated[
        list[str] | None, typer.Option("--code", metavar="CODE", help="Only of this code; may be repeated.")
    ] = None,
    severity: Annotated[
        Severity | None,
        typer.Option("--severity", metavar="high|medium|low", help="Only this grave, or graver."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", "--check", help="Exit 1 when anything is listed.")
    ] = False,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="List the dismissed ones instead.")] = False,
    dismiss: Annotated[
        str | None,
        typer.Option("--dismiss", metavar="ID", help="Question this one no more; needs --by, --why."),
    ] = None,
    restore: Annotated[
        str | None, typer.Option("--restore", metavar="ID", help="Question it again; needs --by and --why.")
    ] = None,
    by: Who = "",
    why: Why = "",
    as_known_at: Known = None,
    form: Form = Format.table,
) -> int:
    """List what a careful reader would question, or dismiss one of it.

    A dismissed finding comes back when its evidence changes.
    """
    if dismiss or restore:
        with Ledger.open(ledger) as opened:
            made = opened.dismiss(dismiss or restore or "", by=by, why=why, restore=restore is not None)
        complain(f"{'restored' if made.restored else 'dismissed'} {made.code}: {made.message}")
        return 0
    with viewed(ledger, as_known_at) as opened:
        found = pipeline.findings(opened, codes=code or (), severity=severity, dismissed=dismissed)
    listing.show(found, listing.FINDINGS, form)
    return 1 if strict and found else 0


@app.command()
def explain(
    ledger: LedgerFile,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="An event id, a place, or the code or id of a finding.")
    ],
    as_known_at: Known = None,
    form: Form = Format.table,
) -> None:
    """Show the words, citations and rules behind an event, a holding or a finding, and who judged them."""
    with viewed(ledger, as_known_at) as opened:
        explanation = explanation_of(opened, what)
    if form is Format.table:
        telling.tell_explanation(explanation)
    elif form is Format.json:
        listing.show_one(explanation)
    else:
        listing.show(explanation.evidence, listing.EVIDENCE, form)


@app.command()
def review(
    ledger: LedgerFile,
    event: Annotated[
        str | None,
        typer.Argument(metavar="EVENT", help="An event id; without it, the state of each account."),
    ] = None,
    verdict: Annotated[
        str | None,
        typer.Argument(
            metavar="VERDICT",
            help="accept, correct, reject, dispute or undo; without it, the event's history.",
        ),
    ] = None,
    *,
    by: Who = "",
    why: Why = "",
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help=f"With correct: {', '.join(FIELDS)}; extent:PLACE and place:PLACE for one place. May be repeated.",
        ),
    ] = None,
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="N", help="The version that was judged; refused if it is no more."),
    ] = None,
    form: Form = Format.table,
) -> int:
    """Judge an event: a person's verdict, with reason.

    Corrections and verdicts change what counts and never what was read. An account is accuracy-checked when all of
    its events are judged and none is disputed. A verdict on an event that somebody else has judged is refused unless
    it names the version that it is about.
    """
    with Ledger.open(ledger) as opened:
        if event is None:
            found = opened.progress
            listing.show(found, listing.PROGRESS, form)
            return 0
        if verdict is not None:
            made = opened.review(
                event, verdict, by=by, why=why, changes=pairs(changes or ()), version=version
            )
            complain(f"{made.verdict} {made.event} as {made.by}, version {made.revision}")
            return 0
        history = opened.history(event)
        complain(f"{event} is version {opened.version(event)}")
    listing.show(history, listing.REVIEWS, form)
    return 0


@app.command()
def compare(
    ledger: LedgerFile,
    first: Annotated[str, typer.Argument(metavar="ACCOUNT", help="An account of the ledger.")],
    second: Annotated[
        str | None,
        typer.Argument(metavar="ACCOUNT", help="Another one; without it, all others together."),
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when they differ in anything.")] = False,
    form: Form = Format.table,
) -> int:
    """Show where accounts agree and disagree: in date, side, extent or outcome, or told by one alone."""
    with viewed(ledger, None) as opened:
        compared = comparison(opened, first, second)
    if form is Format.table:
        telling.tell_comparison(compared)
    elif form is Format.json:
        listing.show_one(compared)
    else:
        listing.show(compared.changes, listing.COMPARED, form)
    return 1 if strict and compared.differ else 0


cli_export.register(app)


@app.command(name="import")
def import_(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `export --format jsonl` wrote.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="LEDGER", help="The ledger to make; none may be there.")
    ],
) -> None:
    """Make a ledger of exported JSON Lines: the same in everything, history included."""
    count = interchange.import_ledger(source, output)
    complain(f"{output}: {count:,} lines")


cli_report.register(app)
cli_serve.register(app)


@contextmanager
def viewed(where: str, revision: int | None) -> Iterator[View]:
    """An open ledger of one moment: as it is, or as it was known at a revision."""
    with Ledger.open(where) as ledger, ledger.reading():
        yield ledger if revision is None else ledger.at(revision)


def pairs(changes: Iterable[str]) -> list[tuple[str, str]]:
    """``FIELD=VALUE`` as pairs."""
    found = []
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise ReviewError(f"cannot set {change!r}: expected FIELD=VALUE")
        found.append((field, value))
    return found


@app.command(context_settings={"ignore_unknown_options": True})
def places(
    ledger: LedgerFile,
    correction: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CORRECTION",
            help="`set NAME LAT LON`, `merge A B` (A is B) or `split NAME`; none to list.",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help="Whose correction it is, if not the user's.")
    ] = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Reason for the correction.")] = "",
    form: Form = Format.table,
) -> None:
    """List all places: names, where, how sure and by what; or correct them.

    A correction is recorded with who and why, and kept when accounts are read again.
    """
    if correction:
        verdict, *words = correction
        said = pipeline.correct_place(ledger, verdict, words, by or user(), why)
        complain(f"note: {said}")
    with Ledger.open(ledger) as opened:
        listing.show(opened.places, listing.PLACES, form)


@app.command()
def gazetteer(
    action: Annotated[
        Action, typer.Argument(metavar="add|list|show", help="Add one, list them, or look a name up.")
    ],
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help="For `add` files (CSV, GeoJSON, GeoNames dump, control-map module) or two-letter codes of countries,"
            " whose dumps are then fetched from GeoNames; for `show` names.",
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="CODE", help="For `show`: only there, also by sound."),
    ] = None,
    form: Form = Format.table,
) -> int:
    """Manage gazetteers: lists of places with names and coordinates.

    Your own lists go before the built-in one (GeoNames, places of 500 people and more); the last added wins.
    `show` exits 1 when nothing is found.
    """
    if action is not Action.list and not what:
        raise typer.BadParameter(f"say what to {action.value}")
    if action is Action.add:
        added = [pipeline.add_gazetteer(one, lambda said: complain(f"note: {said}")) for one in what or []]
        listing.show(added, listing.GAZETTEERS, form)
        return 0
    with shelf() as gazetteers:
        if action is Action.list:
            listing.show(gazetteers.sources, listing.GAZETTEERS, form)
            return 0
        code = country.upper() if country else None
        found = [
            match for name in what or [] for match in pipeline.find_in_gazetteers(name, gazetteers, code)
        ]
    listing.show(found, listing.MATCHES, form)
    return 0 if found else 1


@contextmanager
def shelf() -> Iterator[pipeline.Shelf]:
    """The gazetteers, with a bar while the index is built and a line for what cannot be had."""
    with Progress() as progress:
        gazetteers = pipeline.open_shelf(progress)
    with gazetteers:
        yield gazetteers
    note_all(gazetteers.problems)


def user() -> str:
    """Who is at the keyboard, as far as the machine knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def note_all(notes: Iterable[str]) -> None:
    """One line for each on standard error."""
    for note in notes:
        complain(f"note: {note}")


def noted(accounts: Iterable[Account]) -> Iterator[Account]:
    """The same accounts, each after its problems went to standard error."""
    for account in accounts:
        note_problems([account])
        yield account


def note_problems(accounts: Iterable[Account]) -> None:
    """One line for each thing about the accounts that a person should know and that stopped nothing."""
    for account in accounts:
        for problem in account.problems:
            note(problem)


def note(problem: Problem) -> None:
    """One line about what a person should know and what stopped nothing."""
    complain(f"note: {problem.where}: {problem.message} ({problem.code})")


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    sys.stderr.write(f"frontledger: {' '.join(message.split())}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every foreseen error is one line on standard error."""
    gc.set_threshold(
        200_000, 20, 20
    )  # a pack is 100,000 objects that stay: looking for cycles costs a third of loading it
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # accounts are in many scripts, whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = invoke(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except FrontledgerError as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        # The reader has what it wanted (`… | head`).  Python flushes once more at exit: give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        complain(f"{error.filename or 'input or output'}: {error.strerror or error}")
        return 2
    except KeyboardInterrupt:
        complain("interrupted")
        return 130
    return code


def invoke(arguments: list[str]) -> int:
    """Parse and run; wrong usage is one line, too, which ``typer`` alone does not offer."""
    command = typer.main.get_command(app)
    try:
        with command.make_context("frontledger", arguments) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as leave:
        return leave.exit_code
    except Exception as error:
        usage: Any = error
        if not hasattr(error, "format_message"):  # typer brings its own click or uses the installed one
            raise
        place = usage.ctx.command_path if getattr(usage, "ctx", None) else "frontledger"
        complain(f"{usage.format_message()} (see {place} --help)")
        return 2
