"""A corpus run: sources are cut, shards are worked, results are kept; what is done already is passed over.

What belongs here: that loop, and what it tells whoever watches.  What does not: how each part does its work
(``shards``, ``engines``, ``store``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec

from frontledger import pipeline
from frontledger.corpus import engines
from frontledger.corpus.messages import Hook, Limits
from frontledger.corpus.schema import arrow
from frontledger.corpus.shards import SHARD_BYTES, Settings, Shard, cut
from frontledger.corpus.store import Entry, Folder
from frontledger.errors import CorpusError
from frontledger.model import Problem

__all__ = ["Progress", "run"]

File = str | os.PathLike[str]


class Progress(msgspec.Struct, kw_only=True):
    """How far a run is."""

    engine: str = ""
    total: int = 0
    """Bytes of all sources as they lie on the disk; 0 when not known."""
    done: int = 0
    """About how many of them were worked or passed over."""
    passed_over: int = 0
    """About how many of them were finished before."""
    shards: int = 0
    """Shards finished, in this run or before."""
    documents: int = 0
    size: int = 0
    """Bytes of the documents worked in this run."""
    accounts: int = 0
    events: int = 0
    dismissed: int = 0
    quarantined: int = 0
    began: float = msgspec.field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return time.monotonic() - self.began

    @property
    def rate(self) -> float:
        """Bytes of documents a second."""
        return self.size / max(self.seconds, 1e-9)

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take if it is like what was worked; None when that cannot be told."""
        worked = self.done - self.passed_over
        return self.seconds * (self.total - self.done) / worked if worked > 0 and self.total else None


Watch = Callable[[Progress], None]


def run(
    sources: Sequence[File],
    output: File,
    *,
    settings: Settings = Settings(),  # noqa: B008  immutable
    limits: Limits = Limits(),  # noqa: B008
    processes: int | None = None,
    scheduler: str | None = None,
    local_cluster: int = 0,
    size: int = SHARD_BYTES,
    retry: bool = False,
    watch: Watch = lambda _: None,
    report: Callable[[Problem], None] = lambda _: None,
    hook: Hook | None = None,
) -> dict[str, Any]:
    """Code all accounts of ``sources`` into the folder ``output``, and return what it holds then.

    Shards that the folder has are passed over; ``retry`` works those again in which something was quarantined.
    ``processes`` (all cores, if not told) work here; a ``scheduler`` or a ``local_cluster`` has Dask do it.  May be
    killed at any moment and called again.

    Raises :class:`~frontledger.errors.InputError` for a source that cannot be read, and
    :class:`~frontledger.errors.CorpusError` for a folder that cannot be written or an engine that is not there.
    """
    if not sources:
        raise CorpusError("no source was given")
    arrow()
    with pipeline.open_shelf() as shelf:  # the index is built here, once, and not by each worker for itself
        if shelf.empty:
            raise CorpusError(f"a corpus needs gazetteers: {'; '.join(shelf.problems)}")
        for problem in shelf.problems:
            report(Problem(code="no-gazetteer", where="gazetteers", message=problem))
    met: list[Problem] = []

    def meet(problem: Problem) -> None:
        met.append(problem)
        report(problem)

    state = Progress(total=total_size(sources))
    with Folder(Path(output), [str(source) for source in sources], settings) as folder:
        folder.log("begun", sources=[str(source) for source in sources], settings=settings)
        keys: list[str] = []
        line = _Line(state)

        def wanted() -> Iterator[Shard]:
            for shard in cut(sources, settings, meet, size=size):
                if shard.key in keys_seen:
                    continue
                keys_seen.add(shard.key)
                keys.append(shard.key)
                line.enter(shard)
                entry = folder.finished(shard, retry=retry)
                if entry is None:
                    yield shard
                else:
                    line.leave(shard, entry, before=True)
                    watch(state)

        keys_seen: set[str] = set()
        with engine_of(settings, limits, hook, processes, scheduler, local_cluster) as engine:
            state.engine = engine.name
            state.began = time.monotonic()
            for shard, result in engine.work(wanted()):
                entry = folder.save(shard, result)
                line.leave(shard, entry, before=False)
                folder.log("finished", shard=shard.key, number=shard.number, tally=entry.tally)
                watch(state)
        summary = folder.complete(keys, met)
        folder.log("completed", seconds=round(state.seconds, 3), engine=state.engine)
    return summary


class _Line:
    """Counts what is finished, and how far into the sources that is."""

    def __init__(self, state: Progress) -> None:
        self.state = state
        self.at = 0
        self.share: dict[int, int] = {}

    def enter(self, shard: Shard) -> None:
        """A shard was cut."""
        self.share[shard.number] = shard.at - self.at
        self.at = shard.at

    def leave(self, shard: Shard, entry: Entry, *, before: bool) -> None:
        """A shard is finished, in this run or ``before``."""
        state, tally, share = self.state, entry.tally, self.share.pop(shard.number)
        state.done += share
        state.passed_over += share if before else 0
        state.shards += 1
        state.size += 0 if before else tally.bytes
        state.documents += tally.documents
        state.accounts += tally.accounts
        state.events += tally.events
        state.dismissed += tally.dismissed
        state.quarantined += tally.quarantined


def engine_of(
    settings: Settings,
    limits: Limits,
    hook: Hook | None,
    count: int | None,
    scheduler: str | None,
    workers: int,
) -> AbstractContextManager[engines.Engine]:
    """The engine that was asked for."""
    if scheduler is not None or workers:
        return engines.dask(settings, limits, hook, scheduler=scheduler, workers=workers)
    return engines.processes(count or cores(), settings, limits, hook)


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def total_size(sources: Sequence[File]) -> int:
    """Bytes of all files of the sources; 0 when one of them cannot be told."""
    found = 0
    for source in map(Path, sources):
        try:
            if source.is_dir():
                found += sum(file.stat().st_size for file in source.rglob("*") if file.is_file())
            elif source.is_file():
                found += source.stat().st_size
            else:
                return 0
        except OSError:
            return 0
    return found
