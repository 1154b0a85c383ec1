"""The Parquet tables of a corpus: events, accounts, problems; ``docs/corpus.md`` shows them to a reader.

Each row keeps the whole value as JSON in ``record``, from which a ledger can be made without reading a source again,
and beside it the columns that people query.  The same values give the same bytes: nothing in a file says when, where
or by how many processes it was written.  What belongs here: tables, and which column takes which field.  What does
not: files and when they are written (``store``).

Days are ``int32`` day numbers, 0 being 1970-01-01 in the proleptic Gregorian calendar, which reach before the year 1
(``frontledger.mentions.calendar``); null is an open end or no date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from frontledger.accounts import Document
from frontledger.errors import CorpusError
from frontledger.mentions.calendar import parse_iso
from frontledger.model import Account, Event, Problem
from frontledger.places.settling import Own
from frontledger.places.sounds import slug

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "account_row",
    "arrow",
    "bare_row",
    "columns",
    "event_row",
    "parquet",
    "problem_row",
    "quarantine_file",
    "quarantine_row",
    "schema",
]

SCHEMA_VERSION = 1
"""Raised by every change of the tables; stands in each file under the key ``frontledger.corpus``."""

Row = dict[str, Any]

_TEXTS = "list<string>"
_NUMBERS = "list<double>"

TABLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "events": {
        "account": ("string", "id of the account that asserts it"),
        "id": ("string", "`ACCOUNT:eN`, unique in the corpus"),
        "number": ("int32", "its place among the events of its account, from 1"),
        "kind": ("string", "what happened: `capture`, `withdrawal` …"),
        "edtf": ("string", "when, as EDTF; null when undated"),
        "earliest": ("int32", "first day on which it can have happened, as day number"),
        "latest": ("int32", "last such day"),
        "basis": (
            "string",
            "how the date was found: `explicit`, `relative`, `inherited`, `bounded`, `undated`",
        ),
        "actor": ("string", "id of the side that acts"),
        "actor_name": ("string", "its name"),
        "against": ("string", "id of the side that it acts against"),
        "against_name": ("string", "its name"),
        "place_keys": (
            _TEXTS,
            "slugs of the names of its places, before accounts are compared; null when unnamed",
        ),
        "place_names": (_TEXTS, "their names as the account has them"),
        "place_roles": (_TEXTS, "`object`, `source`, `near` …, one for each place"),
        "place_types": (_TEXTS, "`village`, `hill` …"),
        "place_extents": (_TEXTS, "`full` or `partial`"),
        "place_lats": (_NUMBERS, "latitude, where a gazetteer has the place; by this account alone"),
        "place_lons": (_NUMBERS, "longitude"),
        "again": ("bool", "the text itself says re-captured"),
        "hedged": ("bool", "said with reservation"),
        "attributed": ("bool", "said on somebody's word"),
        "attributed_to": ("string", "on whose"),
        "negated": ("bool", "said not to have happened"),
        "background": ("bool", "mentioned in passing"),
        "trigger": ("string", "the words that announce it"),
        "sentence": ("string", "the sentence that asserts it"),
        "sentence_start": ("int32", "where the sentence starts in the account's text, in code points"),
        "sentence_end": ("int32", "where it ends"),
        "citations": (_TEXTS, "labels of the reference markers on it"),
        "rule": ("string", "the rule that read it"),
        "evidence": ("string", "digest of the words that it rests on: sentence, citations, trigger"),
        "record": ("string", "the event record, whole, as JSON; the ids of its places are its account's own"),
    },
    "accounts": {
        "id": ("string", "unique in the corpus"),
        "status": (
            "string",
            "`coded`; `dismissed`: no word in it announces a change of control; `uncoded`: no pack for its language",
        ),
        "number": ("int32", "its place in its shard, from 0"),
        "shard": ("string", "the shard that it was coded with"),
        "title": ("string", "its title"),
        "lang": ("string", "ISO 639-1; null when dismissed before its language was told"),
        "date": ("string", "document date, ISO"),
        "source": ("string", "path or address that it was read from"),
        "origin": ("string", "file and line, page or member, as messages name it"),
        "format": ("string", "`text`, `wikitext` or `html`"),
        "sha256": ("string", "digest of its text, the revision key of a ledger; null when dismissed"),
        "bytes": ("int64", "size of what was read"),
        "characters": ("int64", "length of its text, in code points; null when dismissed"),
        "events": ("int32", "how many events it asserts"),
        "period_first": ("int32", "first day of what it says it is about, as day number"),
        "period_last": ("int32", "last such day"),
        "country": ("string", "ISO 3166 code of the country that it is most likely about"),
        "own": ("string", "its own places and the distances that it tells, as JSON; null when dismissed"),
        "record": ("string", "the account, whole, as JSON: text, citations, infobox; null when dismissed"),
    },
    "problems": {
        "code": (
            "string",
            "`died`, `hung`, `swelled`, `failed`; `no-language`, `no-pack`; or what reading tells",
        ),
        "quarantined": ("bool", "whether the account was left out for it"),
        "account": ("string", "id of the account; null when it is about a file"),
        "origin": ("string", "file and line, page or member"),
        "message": ("string", "what happened or was expected"),
        "start": ("int32", "where in the account's text, in code points"),
        "end": ("int32", "where it ends"),
        "shard": ("string", "the shard; null for what was met while cutting"),
        "file": ("string", "the quarantined document, relative to the corpus folder"),
        "reproduce": ("string", "a command that shows it, to be given in the corpus folder"),
    },
}
"""Table → column → (Arrow type, meaning).  A golden test pins names, order and types."""


def arrow() -> Any:
    """``pyarrow``; raises :class:`~frontledger.errors.CorpusError` where it is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  heavy, and only a corpus needs it
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise CorpusError("a corpus needs pyarrow: pip install 'frontledger[corpus]'") from None
    return pa


def columns(path: Path, names: Sequence[str]) -> list[list[Any]]:
    """Columns of a Parquet file as lists, in the order of ``names``.

    Not ``read_table``, which loads data sets, computing and pandas first: half a second of each process.
    """
    with arrow().parquet.ParquetFile(path) as file:
        table = file.read(columns=list(names), use_threads=False)
    return [table[name].to_pylist() for name in names]


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    pa = arrow()
    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "bool": pa.bool_(),
        _TEXTS: pa.list_(pa.string()),
        _NUMBERS: pa.list_(pa.float64()),
    }
    return pa.schema(
        [pa.field(name, types[kind]) for name, (kind, _) in TABLES[table].items()],
        metadata={"frontledger.corpus": f"{table} {SCHEMA_VERSION}"},
    )


def parquet(table: str, rows: Iterable[Row]) -> bytes:
    """Rows of a table as one Parquet file, compressed with Zstandard; the same rows give the same bytes."""
    given = list(rows)
    return _written(table, given) if given else _empty(table)


@cache
def _empty(table: str) -> bytes:
    return _written(table, [])


def _written(table: str, given: Sequence[Row]) -> bytes:
    pa = arrow()
    shape = schema(table)
    columns = [pa.array([row[field.name] for row in given], field.type) for field in shape]
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(
        pa.Table.from_arrays(columns, schema=shape),
        sink,
        compression="zstd",
        compression_level=3,
        version="2.6",
        data_page_version="1.0",
        write_statistics=True,
        use_dictionary=True,
        row_group_size=1 << 17,
    )
    return bytes(sink.getvalue())


def event_row(event: Event, number: int, text: str, evidence: str) -> Row:
    """A row of ``events``; ``text`` is the account's, ``evidence`` the digest of the event's words."""
    places = event.places
    date = event.date
    return {
        "account": event.account,
        "id": event.id,
        "number": number,
        "kind": event.kind,
        "edtf": date.edtf,
        "earliest": day(date.earliest),
        "latest": day(date.latest),
        "basis": date.basis,
        "actor": event.actor.id if event.actor else None,
        "actor_name": event.actor.name if event.actor else None,
        "against": event.against.id if event.against else None,
        "against_name": event.against.name if event.against else None,
        "place_keys": [slug(ref.name) if ref.name is not None else None for ref in places],
        "place_names": [ref.name for ref in places],
        "place_roles": [ref.role for ref in places],
        "place_types": [ref.type for ref in places],
        "place_extents": [ref.extent for ref in places],
        "place_lats": [ref.lat for ref in places],
        "place_lons": [ref.lon for ref in places],
        "again": event.again,
        "hedged": event.hedged,
        "attributed": event.attributed_to is not None,
        "attributed_to": event.attributed_to,
        "negated": event.negated,
        "background": event.background,
        "trigger": event.trigger.text,
        "sentence": text[event.sentence.start : event.sentence.end],
        "sentence_start": event.sentence.start,
        "sentence_end": event.sentence.end,
        "citations": list(event.citations),
        "rule": event.rule,
        "evidence": evidence,
        "record": msgspec.json.encode(event).decode(),
    }


def account_row(
    account: Account,
    events: Sequence[Event],
    period: tuple[str, str] | None,
    own: Own,
    *,
    number: int,
    shard: str,
    origin: str,
    size: int,
) -> Row:
    """A row of ``accounts`` for a coded one; ``period`` is what it says it is about, ``own`` what of its places."""
    return {
        "id": account.id,
        "status": "coded",
        "number": number,
        "shard": shard,
        "title": account.title,
        "lang": account.lang,
        "date": account.date,
        "source": account.source,
        "origin": origin,
        "format": account.format,
        "sha256": account.sha256,
        "bytes": size,
        "characters": len(account.text),
        "events": len(events),
        "period_first": day(period[0]) if period else None,
        "period_last": day(period[1]) if period else None,
        "country": own.country,
        "own": msgspec.json.encode(own).decode(),
        "record": msgspec.json.encode(account).decode(),
    }


def bare_row(document: Document, status: str, lang: str | None, *, number: int, shard: str) -> Row:
    """A row of ``accounts`` for a document that was not coded, ``status`` says why."""
    return {
        "id": document.id,
        "status": status,
        "number": number,
        "shard": shard,
        "title": document.title,
        "lang": lang,
        "date": document.date,
        "source": document.source,
        "origin": document.name,
        "format": document.format,
        "sha256": None,
        "bytes": len(document.data),
        "characters": None,
        "events": 0,
        "period_first": None,
        "period_last": None,
        "country": None,
        "own": None,
        "record": None,
    }


def problem_row(problem: Problem, account: str | None, shard: str | None) -> Row:
    """A row of ``problems`` for what stopped nothing."""
    return {
        "code": problem.code,
        "quarantined": False,
        "account": account,
        "origin": problem.where,
        "message": problem.message,
        "start": problem.start,
        "end": problem.end,
        "shard": shard,
        "file": None,
        "reproduce": None,
    }


def quarantine_row(
    document: Document, code: str, message: str, *, shard: str, number: int, lang: str | None
) -> Row:
    """A row of ``problems`` for a document that was left out."""
    file = quarantine_file(document, shard, number)
    stated = lang or document.lang
    return {
        "code": code,
        "quarantined": True,
        "account": document.id,
        "origin": document.name,
        "message": message,
        "start": None,
        "end": None,
        "shard": shard,
        "file": file,
        "reproduce": f"frontledger events {file}" + (f" --lang {stated}" if stated else ""),
    }


def quarantine_file(document: Document, shard: str, number: int) -> str:
    """Where a document that was left out is kept, relative to the corpus folder."""
    suffix = {"text": "txt", "html": "html", "json": "jsonl"}.get(document.kind, "wiki")
    return f"quarantine/{shard}-{number}.{suffix}"


def day(iso: str | None) -> int | None:
    """The day number of an ISO day."""
    return None if iso is None else parse_iso(iso)
