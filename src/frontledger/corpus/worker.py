"""A worker: a process of its own that works on shards one after another, and may be lost at any moment.

    python -m frontledger.corpus.worker      (started by a keeper; speaks ``messages`` on its standard streams)

What belongs here: the life of that process.  What does not: who starts, watches and replaces it (``keeper``).
"""

from __future__ import annotations

import gc
import importlib.util
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO

from frontledger.accounts import Document
from frontledger.corpus.messages import Answer, Beat, Broken, Hook, Job, Ready, Setup, encode, receive
from frontledger.corpus.process import process
from frontledger.corpus.schema import arrow
from frontledger.corpus.versions import code_version
from frontledger.errors import CorpusError, FrontledgerError
from frontledger.places.gazetteers.shelf import shared_shelf

__all__ = ["main"]

IDLE = 300.0
"""Seconds without a shard after which a worker leaves: on a cluster, nobody else may end it."""
DEATH_OF_PARENT = 1
"""``PR_SET_PDEATHSIG`` of Linux's ``prctl``."""


def main() -> None:
    """Work until the keeper closes the pipe or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts means the driver
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no message
    setup = receive(stdin)
    if not isinstance(setup, Setup):
        return
    gc.set_threshold(200_000, 20, 20)  # as the command line does, and for its reason
    try:
        follow(setup.parent)
        if shared_shelf().empty:  # without it, other bytes would come of the same shard
            raise CorpusError("; ".join(shared_shelf().problems))
        beat = Beat(setup.beat)
        before = loaded(setup.hook) if setup.hook else None
        pa = arrow()
        pa.set_cpu_count(1)
        pa.set_io_thread_count(1)
        bound(setup.limits.memory)
        say(stdout, Ready(code_version()))
    except FrontledgerError as error:
        say(stdout, Broken("error", str(error)))
        return
    while select.select([stdin], [], [], IDLE)[0] and isinstance(job := receive(stdin), Job):
        try:
            result = process(job.shard, setup.settings, job.skip, beat.write, before)
        except MemoryError:
            say(stdout, Broken("swelled", ""))  # what was allocated may be anywhere: a new process is clean
            return
        beat.write(Beat.NONE)
        say(stdout, Answer(result))


def say(stream: BinaryIO, message: Any) -> None:
    """Send a message to the keeper."""
    stream.write(encode(message))
    stream.flush()


def bound(megabytes: int) -> None:
    """Let no allocation go beyond: Python raises ``MemoryError`` then, where the system can say so."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    taken = 0
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            taken = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    wanted = taken + (megabytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def follow(parent: int) -> None:
    """End with the keeper, even in the middle of a document."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        ctypes.CDLL(None, use_errno=True).prctl(DEATH_OF_PARENT, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def loaded(hook: Hook) -> Callable[[Document], None]:
    """The function of a hook."""
    path, name = hook
    spec = importlib.util.spec_from_file_location("frontledger_corpus_hook", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[[Document], None] = getattr(module, name)
    return function


if __name__ == "__main__":
    main()
