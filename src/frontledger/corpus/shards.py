"""Shards: a corpus in pieces of about a megabyte, each worked on its own, anywhere and in any order.

The same documents make the same shards under the same names, and a document that comes or goes changes its own shard
and seldom the next: where one ends is decided by the document that ends it.  Only the shards under way are in memory.

What belongs here: which documents are one shard, and what it is called.  What does not: what a source is made of
(``accounts``), who works on a shard (``engines``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from os import PathLike
from zlib import crc32

import msgspec

from frontledger import accounts
from frontledger.accounts import Document
from frontledger.model import Problem

__all__ = ["SHARD_BYTES", "Settings", "Shard", "cut"]

SHARD_BYTES = 1_000_000
"""About what a shard holds: seconds of work where everything is coded, and rows that take little memory."""
ENDS = 16
"""One document in so many may end a shard before it is full."""

Report = Callable[[Problem], None]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What decides, besides the documents and the program, what comes of a shard."""

    lang: str | None = None
    """The language of all documents, if one was named."""
    keep_all: bool = False
    """Whether accounts are coded that cannot tell of control."""


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """Some documents and their name."""

    key: str
    """Digest of the documents and settings, as hexadecimal digits: its name in files and messages."""
    number: int
    """Its place in the corpus, from 0."""
    source: str
    """The source that it was cut from."""
    documents: tuple[Document, ...]
    at: int = 0
    """How many bytes of all sources were read when it was full; says how far a run is, and nothing else."""

    @property
    def size(self) -> int:
        """Bytes of its documents."""
        return sum(len(document.data) for document in self.documents)


def cut(
    sources: Sequence[str | PathLike[str]],
    settings: Settings,
    report: Report,
    *,
    size: int = SHARD_BYTES,
) -> Iterator[Shard]:
    """The shards of the sources in order; what cannot be read is told to ``report``.

    Raises :class:`~frontledger.errors.InputError` for a source that cannot be read at all.
    """
    number = 0
    seen: set[bytes] | None = set() if len(sources) > 1 else None  # one source names no account twice
    position = accounts.Position()
    for source in sources:
        found = accounts.documents(source, report=report, position=position)
        for documents in gathered(found if seen is None else unlike(found, seen), size):
            yield Shard(
                key=key_of(documents, settings),
                number=number,
                source=str(source),
                documents=documents,
                at=position.now,
            )
            number += 1


def gathered(found: Iterable[Document], size: int) -> Iterator[tuple[Document, ...]]:
    """Documents in runs of about ``size`` bytes."""
    run: list[Document] = []
    held = 0
    for document in found:
        run.append(document)
        held += len(document.data)
        if held >= size or (2 * held >= size and crc32(document.id.encode()) % ENDS == 0):
            yield tuple(run)
            run, held = [], 0
    if run:
        yield tuple(run)


def unlike(found: Iterable[Document], seen: set[bytes]) -> Iterator[Document]:
    """The same documents under ids that no document of another source has."""
    for document in found:
        name, count = document.id, 1
        while (mark := blake2b(name.encode(), digest_size=8).digest()) in seen:
            count += 1
            name = f"{document.id}-{count}"
        seen.add(mark)
        yield document if name == document.id else msgspec.structs.replace(document, id=name)


def key_of(documents: Sequence[Document], settings: Settings) -> str:
    """The name of a shard of these documents."""
    return blake2b(msgspec.msgpack.encode((documents, settings)), digest_size=12).hexdigest()
