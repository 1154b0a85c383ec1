"""A connection to a Dask cluster, one that is there or one made for the occasion.

What belongs here: opening and closing it, and what is said when there is none.  What does not: what its workers do
(``engines`` for runs, ``jobs`` for folds).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from frontledger.errors import CorpusError

__all__ = ["connected"]

PATIENCE = 60.0
"""Seconds to wait for a cluster to have a worker."""


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the cluster at the address ``scheduler``, or of one of ``workers`` processes started here.

    Raises :class:`~frontledger.errors.CorpusError` when Dask is not installed or no worker answers.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError:
        raise CorpusError("a cluster needs Dask: pip install 'frontledger[corpus]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # lost workers are our daily bread
    cluster = None
    try:
        if scheduler is None:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                memory_limit=0,  # whoever works watches
                dashboard_address=None,  # nothing listens that nobody asked for
                silence_logs=logging.CRITICAL,
            )
        client = Client(cluster or scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        if cluster is not None:
            cluster.close()
        raise CorpusError(
            f"{scheduler or 'a cluster here'}: no Dask scheduler answers ({' '.join(str(error).split())[:200]})"
        ) from None
    try:
        _await_worker(client, scheduler)
        yield client
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def _await_worker(client: Any, scheduler: str | None) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise CorpusError(
            f"{scheduler or 'a cluster here'}: no Dask worker came within {PATIENCE:g} s"
        ) from None
