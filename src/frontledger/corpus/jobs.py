"""Functions over files, many at a time: on processes of this machine, or on the workers of a Dask cluster.

What belongs here: handing out calls and collecting what they return.  What does not: the life of a corpus run's
workers (``engines``), whose documents may kill: what a fold reads has been read before.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from frontledger.corpus.cluster import connected
from frontledger.errors import CorpusError

__all__ = ["Hands", "dask_hands", "in_order", "process_hands"]

T = TypeVar("T")


class Hands(Protocol):
    """Whoever does the jobs."""

    def each(self, function: Callable[..., T], jobs: Sequence[Sequence[Any]]) -> Iterator[tuple[int, T]]:
        """Call the function with the arguments of each job; the number of each job with its result, as they come.

        Who has others to do it lets them begin at once, not when the first result is asked for.
        """
        ...


def in_order(results: Iterable[tuple[int, T]]) -> Iterator[T]:
    """Results in the order of their jobs, whichever is done first."""
    waiting: dict[int, T] = {}
    following = 0
    for number, result in results:
        waiting[number] = result
        while following in waiting:
            yield waiting.pop(following)
            following += 1


class Own:
    """Nobody but this process: for a few accounts, no other has to be started."""

    def each(self, function: Callable[..., T], jobs: Sequence[Sequence[Any]]) -> Iterator[tuple[int, T]]:
        """Call the function with the arguments of each job."""
        for number, job in enumerate(jobs):
            yield number, function(*job)


class Processes:
    """Processes of this machine."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.pool = pool

    def each(self, function: Callable[..., T], jobs: Sequence[Sequence[Any]]) -> Iterator[tuple[int, T]]:
        """Call the function with the arguments of each job, the first jobs first."""
        return self.done({self.pool.submit(function, *job): number for number, job in enumerate(jobs)})

    def done(self, under_way: Mapping[Future[T], int]) -> Iterator[tuple[int, T]]:
        """The results as they come."""
        try:
            for future in as_completed(under_way):
                yield under_way[future], future.result()
        except BrokenProcessPool:
            raise CorpusError(
                "a process of the fold was killed (out of memory?): nothing is written; give the same command again"
            ) from None


@contextmanager
def process_hands(count: int) -> Iterator[Hands]:
    """So many processes, this one alone if it is one; others start clean, so that none inherits a lock."""
    if count == 1:
        yield Own()
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        yield Processes(pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class Dask:
    """The workers of a cluster, which see the same files as we do."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def each(self, function: Callable[..., T], jobs: Sequence[Sequence[Any]]) -> Iterator[tuple[int, T]]:
        """Call the function with the arguments of each job."""
        return self.done(
            {self.client.submit(function, *job, pure=False): number for number, job in enumerate(jobs)}
        )

    def done(self, under_way: Mapping[Any, int]) -> Iterator[tuple[int, Any]]:
        """The results as they come."""
        from distributed import as_completed as completed  # noqa: PLC0415

        for future in completed(list(under_way), loop=self.client.loop):
            if future.status != "finished":
                error = future.exception()
                raise CorpusError(f"Dask: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
            yield under_way[future], future.result()


@contextmanager
def dask_hands(scheduler: str | None, workers: int) -> Iterator[Hands]:
    """A cluster: the one at the address ``scheduler``, or one of ``workers`` processes made for the occasion.

    Raises :class:`~frontledger.errors.CorpusError` when Dask is not installed or no worker answers.
    """
    with connected(scheduler, workers) as client:
        yield Dask(client)
