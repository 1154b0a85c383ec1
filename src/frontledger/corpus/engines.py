"""Who works on the shards: processes of this machine, or the workers of a Dask cluster.

Both have the same keepers over the same step, so the same shards and bytes come out of both.  An engine takes shards
as it has hands free and gives results as they come.  What belongs here: handing out and collecting.  What does not:
the fate of one shard (``keeper``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec

from frontledger.corpus.cluster import connected
from frontledger.corpus.keeper import Keeper
from frontledger.corpus.messages import Hook, Limits
from frontledger.corpus.process import Result
from frontledger.corpus.shards import Settings, Shard
from frontledger.errors import CorpusError

__all__ = ["Engine", "dask", "processes"]

AHEAD = 2
"""Shards handed out for each hand: one under way, one waiting."""
PATIENCE = 60.0
"""Seconds to wait for a cluster to have a worker."""
LOST_MACHINES = 10
"""How often the worker of one shard may be lost with its machine before the run stops."""


class Engine(Protocol):
    """Works on shards."""

    name: str

    def work(self, shards: Iterator[Shard]) -> Iterator[tuple[Shard, Result]]:
        """Each shard with its result, in any order."""
        ...


class Processes:
    """``count`` workers on this machine, each with a thread here that keeps it."""

    def __init__(self, count: int, settings: Settings, limits: Limits, hook: Hook | None) -> None:
        self.count = count
        self.name = f"{count} process{'es' if count > 1 else ''}"
        self.keepers: list[Keeper] = []
        self.mine = threading.local()
        self.pool = ThreadPoolExecutor(count, initializer=self._begin, initargs=(settings, limits, hook))

    def _begin(self, settings: Settings, limits: Limits, hook: Hook | None) -> None:
        self.mine.keeper = Keeper(settings, limits, hook)
        self.keepers.append(self.mine.keeper)

    def _finish(self, shard: Shard) -> Result:
        keeper: Keeper = self.mine.keeper
        return keeper.finish(shard)

    def work(self, shards: Iterator[Shard]) -> Iterator[tuple[Shard, Result]]:
        """Each shard with its result, in any order."""
        under_way: dict[Future[Result], Shard] = {}
        more = True
        while more or under_way:
            while more and len(under_way) < AHEAD * self.count:
                shard = next(shards, None)
                if shard is None:
                    more = False
                else:
                    under_way[self.pool.submit(self._finish, shard)] = shard
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                yield under_way.pop(future), future.result()

    def close(self) -> None:
        """End all workers, whatever they do."""
        for keeper in self.keepers:
            keeper.stop()
        self.pool.shutdown(wait=True, cancel_futures=True)
        for keeper in self.keepers:
            keeper.close()


@contextmanager
def processes(count: int, settings: Settings, limits: Limits, hook: Hook | None = None) -> Iterator[Engine]:
    """The engine of one machine."""
    engine = Processes(count, settings, limits, hook)
    try:
        yield engine
    finally:
        engine.close()


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a Dask worker gets: a shard and how to work on it."""

    shard: Shard
    settings: Settings
    limits: Limits
    hook: Hook | None


_keepers: dict[tuple[int, bytes], Keeper] = {}
"""On a Dask worker: the keeper of each of its threads and settings."""


def finish(order: bytes) -> bytes:
    """Work on a shard; what a Dask worker runs."""
    given = msgspec.msgpack.decode(order, type=Order)
    how = msgspec.msgpack.encode((given.settings, given.limits, given.hook))
    key = threading.get_ident(), how
    if key not in _keepers:
        _keepers[key] = Keeper(given.settings, given.limits, given.hook)
    return msgspec.msgpack.encode(_keepers[key].finish(given.shard))


def dismiss() -> None:
    """End the workers that Dask's workers keep."""
    while _keepers:
        _keepers.popitem()[1].close()


class Dask:
    """The workers of a cluster, as many as there are at any moment."""

    def __init__(self, client: Any, settings: Settings, limits: Limits, hook: Hook | None) -> None:
        self.client = client
        self.settings = settings
        self.limits = limits
        self.hook = hook
        self.lost: dict[str, int] = {}
        self.name = f"Dask at {client.scheduler.address}"

    def work(self, shards: Iterator[Shard]) -> Iterator[tuple[Shard, Result]]:
        """Each shard with its result, in any order."""
        from distributed import as_completed  # noqa: PLC0415

        under_way: dict[str, Shard] = {}
        done = as_completed(loop=self.client.loop)
        more = True
        while more or under_way:
            while more and len(under_way) < AHEAD * self._hands():
                shard = next(shards, None)
                if shard is None:
                    more = False
                else:
                    done.add(self._hand_out(shard, under_way))
            if not under_way:
                break
            future = next(done)
            shard = under_way.pop(future.key)
            if future.status != "finished":
                self._judge(shard, future)
                done.add(self._hand_out(shard, under_way))
                continue
            yield shard, msgspec.msgpack.decode(future.result(), type=Result)

    def _hand_out(self, shard: Shard, under_way: dict[str, Shard]) -> Any:
        order = Order(shard=shard, settings=self.settings, limits=self.limits, hook=self.hook)
        key = f"frontledger-{shard.key}-{self.lost.get(shard.key, 0)}-{time.time_ns()}"
        under_way[key] = shard
        return self.client.submit(finish, msgspec.msgpack.encode(order), key=key, pure=False)

    def _hands(self) -> int:
        return max(int(sum(self.client.nthreads().values())), 1)

    def _judge(self, shard: Shard, future: Any) -> None:
        """Hand a shard out again that was lost with its machine; raises when that cannot help."""
        if future.status == "cancelled" or self.client.status != "running":
            raise CorpusError("the Dask cluster is gone: give the same command again")
        error = future.exception()
        if isinstance(error, CorpusError):
            raise error
        if type(error).__name__ != "KilledWorker":
            raise CorpusError(f"Dask: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
        self.lost[shard.key] = self.lost.get(shard.key, 0) + 1
        if self.lost[shard.key] > LOST_MACHINES:
            raise CorpusError(f"shard {shard.key}: its machine was lost {LOST_MACHINES} times over")


@contextmanager
def dask(
    settings: Settings,
    limits: Limits,
    hook: Hook | None = None,
    *,
    scheduler: str | None = None,
    workers: int = 0,
) -> Iterator[Engine]:
    """The engine of a cluster: at the address ``scheduler``, or of ``workers`` processes made here for the run.

    Raises :class:`~frontledger.errors.CorpusError` when Dask is not installed or the cluster does not answer.
    """
    with connected(scheduler, workers) as client:
        yield Dask(client, settings, limits, hook)
        client.run(dismiss)
