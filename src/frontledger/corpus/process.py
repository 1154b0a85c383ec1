"""The one step: a shard of documents becomes three Parquet tables.

Idempotent and without effect: the same shard gives the same bytes wherever and however often it is worked, and
nothing is written here.  What belongs here: what becomes of each document of a shard.  What does not: who calls this
and survives it (``keeper``), files (``store``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from frontledger import accounts, pipeline
from frontledger.accounts import Document
from frontledger.accounts.language import code_of
from frontledger.corpus import schema
from frontledger.corpus.relevance import judge, known
from frontledger.corpus.shards import Settings, Shard
from frontledger.errors import InputError, LanguageError
from frontledger.ledger.evidence import evidence_of
from frontledger.model import Problem

__all__ = ["Fault", "Result", "Tally", "process"]

Watch = Callable[[int], None]
"""Told the number of each document before it is touched, and -1 behind the last."""


class Fault(msgspec.Struct, frozen=True):
    """Why a document is left out, in words that are the same each time."""

    code: str
    """``died``, ``hung``, ``swelled`` or ``failed``."""
    message: str


class Tally(msgspec.Struct, kw_only=True):
    """What a shard came to."""

    documents: int = 0
    bytes: int = 0
    accounts: int = 0
    """Those coded."""
    events: int = 0
    dismissed: int = 0
    uncoded: int = 0
    unreadable: int = 0
    quarantined: int = 0
    problems: int = 0
    """Rows of ``problems``."""
    coded_with: list[str] = []
    """Languages whose packs were asked to code, whether there is one or not."""
    judged_with: list[str] = []
    """Languages whose words decided on dismissal."""


class Result(msgspec.Struct, frozen=True):
    """The three tables as Parquet, and what they hold."""

    tables: dict[str, bytes]
    tally: Tally
    faults: dict[int, Fault]
    """What went wrong with which document, by its number in the shard."""


def process(
    shard: Shard,
    settings: Settings,
    skip: Mapping[int, Fault] | None = None,
    watch: Watch = lambda _: None,
    before: Callable[[Document], None] | None = None,
) -> Result:
    """Read, judge and code the documents of a shard; ``skip`` are those to leave out, and why.

    ``before`` is called with each document that is not left out.  A document that fails is left out and told of;
    only what takes the whole process away goes further, and ``MemoryError``.
    """
    rows = _Rows(shard, settings)
    faults = dict(skip or {})
    for number, document in enumerate(shard.documents):
        rows.tally.documents += 1
        rows.tally.bytes += len(document.data)
        if number not in faults:
            watch(number)
            try:
                if before is not None:
                    before(document)
                rows.take(number, document)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001  a fault of ours in one document must not cost the others
                said = " ".join(str(error).split())[:300]
                faults[number] = Fault("failed", f"{type(error).__name__}: {said}")
        if number in faults:
            rows.quarantine(number, document, faults[number])
    watch(-1)
    return rows.result(faults)


class _Rows:
    """The rows of a shard as they come."""

    def __init__(self, shard: Shard, settings: Settings) -> None:
        self.shard = shard
        self.lang = code_of(settings.lang)
        self.keep_all = settings.keep_all
        self.rows: dict[str, list[schema.Row]] = {table: [] for table in schema.TABLES}
        self.tally = Tally()
        self.coded_with: set[str] = set()
        self.judged_with: set[str] = set()

    def take(self, number: int, document: Document) -> None:
        """One document: dismissed, read and coded, or told to be unreadable."""
        stated = None
        if not self.keep_all:
            kept, stated = judge(document, self.lang)
            self.judged_with |= {stated} if stated else set(known())
            if not kept:
                self.dismiss(number, document, stated)
                return
        try:
            account = accounts.understood(document, self.lang)
        except InputError as error:
            self.tally.unreadable += 1
            self.problem(accounts.fault_of(document, error), document.id)
            return
        if not self.keep_all and not stated and account.lang and not judge(document, account.lang)[0]:
            self.dismiss(number, document, account.lang)
            return
        self.coded_with |= {account.lang} if account.lang else set()
        try:
            found = pipeline.coded(account)
        except LanguageError as error:
            self.tally.uncoded += 1
            message = str(error).removeprefix(f"{account.source or account.id}: ")
            code = "no-pack" if account.lang else "no-language"
            self.problem(Problem(code=code, where=document.name, message=message), account.id)
            self.rows["accounts"].append(self.bare(number, document, "uncoded", account.lang))
            return
        events, own = pipeline.alone(account, found)
        words = evidence_of(events, {account.id: account})
        row = schema.account_row(
            account,
            events,
            pipeline.period_of(account, found),
            own,
            number=number,
            shard=self.shard.key,
            origin=document.name,
            size=len(document.data),
        )
        told = [
            schema.event_row(event, n, account.text, words[event.id]) for n, event in enumerate(events, 1)
        ]
        for problem in account.problems:
            self.problem(problem, account.id)
        self.rows["accounts"].append(row)
        self.rows["events"] += told
        self.tally.accounts += 1
        self.tally.events += len(told)

    def dismiss(self, number: int, document: Document, lang: str | None) -> None:
        """Count a document that cannot tell of control."""
        self.tally.dismissed += 1
        self.rows["accounts"].append(self.bare(number, document, "dismissed", lang))

    def problem(self, problem: Problem, account: str) -> None:
        """A problem that stopped nothing."""
        self.rows["problems"].append(schema.problem_row(problem, account, self.shard.key))

    def quarantine(self, number: int, document: Document, fault: Fault) -> None:
        """Leave a document out, with the reason and a way to see it."""
        self.tally.quarantined += 1
        self.rows["problems"].append(
            schema.quarantine_row(
                document, fault.code, fault.message, shard=self.shard.key, number=number, lang=self.lang
            )
        )

    def bare(self, number: int, document: Document, status: str, lang: str | None) -> schema.Row:
        """A row of ``accounts`` for what was not coded."""
        return schema.bare_row(document, status, lang, number=number, shard=self.shard.key)

    def result(self, faults: dict[int, Fault]) -> Result:
        """All of it as Parquet."""
        self.tally.problems = len(self.rows["problems"])
        self.tally.coded_with = sorted(self.coded_with)
        self.tally.judged_with = sorted(self.judged_with)
        tables = {table: schema.parquet(table, rows) for table, rows in self.rows.items()}
        return Result(tables, self.tally, faults)
