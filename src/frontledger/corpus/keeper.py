"""A keeper: has one worker, watches it, replaces it, and finds the document that it cannot survive.

A shard always comes to a result.  Where a worker dies, gives no answer or swells, the document that it had in hand
is tried alone; if it is innocent, the shard is tried again; if that fails, too, the shard is bisected.  The guilty
are left out with their reason, and the rest of the shard is worked as if they had never stood in it.

What belongs here: one worker's fate.  What does not: how many there are and where (``engines``).
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from frontledger.corpus.messages import (
    LENGTH,
    Answer,
    Beat,
    Broken,
    Hook,
    Job,
    Limits,
    Message,
    Ready,
    Setup,
    decode,
    encode,
)
from frontledger.corpus.process import Fault, Result
from frontledger.corpus.shards import Settings, Shard
from frontledger.corpus.versions import code_version
from frontledger.errors import CorpusError

__all__ = ["Keeper"]

GLANCE = 0.1
"""Seconds between two looks at a worker that has not answered."""
FULL = 340 << 20
"""Bytes of a worker after a shard that are enough: what it remembers is bounded, but a new one remembers less."""
STARTING = 120.0
"""Seconds that a worker may take to start, and between documents: to take a shard in, to make its tables."""


class Failure(NamedTuple):
    """A worker is lost: why, and with which document in hand (-1: none)."""

    fault: Fault
    at: int


class Keeper:
    """Finishes shards, one at a time, in a worker of its own; close it, or use it as a context manager."""

    def __init__(self, settings: Settings, limits: Limits, hook: Hook | None = None) -> None:
        self.settings = settings
        self.limits = limits
        self.hook = hook
        self.child: subprocess.Popen[bytes] | None = None
        self.closed = False
        handle, self.path = tempfile.mkstemp(prefix="frontledger-beat-")
        os.write(handle, bytes(LENGTH.size))
        os.close(handle)
        self.beat = Beat(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def stop(self) -> None:
        """Kill the worker from any thread: whoever waits for it gets a ``CorpusError``."""
        self.closed = True
        if self.child is not None:
            self.child.kill()

    def close(self) -> None:
        """End the worker."""
        self.stop()
        self._end()
        self.beat.close()
        with suppress(OSError):
            os.unlink(self.path)  # noqa: PTH108

    def finish(self, shard: Shard) -> Result:
        """The result of a shard, without the documents that no worker survives.

        Raises :class:`~frontledger.errors.CorpusError` when no worker can be started.
        """
        skip: dict[int, Fault] = {}
        innocent = False
        while True:
            outcome = self._attempt(shard, skip)
            if isinstance(outcome, Result):
                return outcome
            guilty = self._alone(shard, skip, outcome.at)
            if not guilty and innocent:  # a second time, and not by the document in hand
                left = [number for number in range(len(shard.documents)) if number not in skip]
                if not left:
                    raise CorpusError(
                        f"shard {shard.key}: a worker without a document in hand {outcome.fault.message}"
                    )
                last = outcome.at if outcome.at in left else left[-1]
                guilty = self._bisected(shard, left) or {last: outcome.fault}
            innocent = not guilty
            skip |= guilty

    def _alone(self, shard: Shard, skip: dict[int, Fault], at: int) -> dict[int, Fault]:
        """The document in hand, if it does the same alone."""
        if at in skip or not 0 <= at < len(shard.documents):
            return {}
        failure = self._trial(shard, [at])
        self._end()  # the next attempt must not meet what this one left behind
        return {at: failure.fault} if failure else {}

    def _bisected(self, shard: Shard, numbers: Sequence[int]) -> dict[int, Fault]:
        """The documents among ``numbers`` that a new worker does not survive."""
        self._end()  # what an earlier part left behind must not speak against this one
        failure = self._trial(shard, numbers)
        if failure is None:
            return {}
        if len(numbers) == 1:
            return {numbers[0]: failure.fault}
        half = len(numbers) // 2
        return self._bisected(shard, numbers[:half]) | self._bisected(shard, numbers[half:])

    def _trial(self, shard: Shard, numbers: Sequence[int]) -> Failure | None:
        part = msgspec.structs.replace(shard, documents=tuple(shard.documents[number] for number in numbers))
        outcome = self._attempt(part, {})
        return outcome if isinstance(outcome, Failure) else None

    def _attempt(self, shard: Shard, skip: dict[int, Fault]) -> Result | Failure:
        child = self._started()
        self.beat.write(Beat.NONE)
        try:
            assert child.stdin is not None
            child.stdin.write(encode(Job(shard, skip)))
            child.stdin.flush()
        except BrokenPipeError:  # it died before it could read
            pass
        said = self._answer(self.limits.deadline)
        if isinstance(said, Answer):
            if resident(child.pid) > FULL:
                self._end()
            return said.result
        at = self.beat.read()
        self._end()
        if isinstance(said, Broken):
            if said.code != "swelled":
                raise CorpusError(said.message)
            return Failure(self._swelled(), at)
        assert isinstance(said, Fault)
        return Failure(said, at)

    def _started(self) -> subprocess.Popen[bytes]:
        if self.child is not None and self.child.poll() is None:
            return self.child
        self._end()
        if self.closed:
            raise CorpusError("stopped")
        self.child = subprocess.Popen(
            [sys.executable, "-m", "frontledger.corpus.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        setup = Setup(
            settings=self.settings, limits=self.limits, beat=self.path, parent=os.getpid(), hook=self.hook
        )
        assert self.child.stdin is not None
        with suppress(BrokenPipeError):
            self.child.stdin.write(encode(setup))
            self.child.stdin.flush()
        said = self._answer(STARTING)
        if isinstance(said, Ready):
            if said.code != code_version():
                raise CorpusError(
                    "a worker has another frontledger or other gazetteers than this process: have the same everywhere"
                )
            return self.child
        self._end()
        why = said.message if isinstance(said, Broken | Fault) else "it says something else"
        raise CorpusError(f"a worker cannot be started ({why})")

    def _answer(self, deadline: float) -> Message | Fault:
        """The worker's next message, or why there is none."""
        assert self.child is not None
        assert self.child.stdout is not None
        pipe = self.child.stdout.fileno()
        got = bytearray()
        wanted = LENGTH.size
        at, since = self.beat.read(), time.monotonic()
        while True:
            readable, _, _ = select.select([pipe], [], [], GLANCE)
            if readable:
                piece = os.read(pipe, 1 << 20)
                if not piece:
                    return Fault("died", f"ended its process ({ending(self.child.wait())})")
                got += piece
                if wanted == LENGTH.size and len(got) >= wanted:
                    wanted += LENGTH.unpack_from(got)[0]
                if len(got) >= wanted > LENGTH.size:
                    return decode(bytes(got[LENGTH.size :]))
                continue
            if resident(self.child.pid) > self.limits.memory << 20:
                return self._swelled()
            if self.beat.read() != at:
                at, since = self.beat.read(), time.monotonic()
            elif time.monotonic() - since > (deadline if at != Beat.NONE else max(deadline, STARTING)):
                return Fault("hung", f"gave no answer within {deadline:g} s")

    def _swelled(self) -> Fault:
        return Fault("swelled", f"needed more than {self.limits.memory:,} MB of memory")

    def _end(self) -> None:
        if self.child is None:
            return
        self.child.kill()
        self.child.wait()
        for stream in (self.child.stdin, self.child.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        self.child = None


def ending(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def resident(pid: int) -> int:
    """Bytes of memory that a process has; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
