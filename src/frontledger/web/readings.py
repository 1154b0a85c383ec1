"""What takes long, in a process of its own: reading an upload, and placing everything anew after a word about a place.

Hostile text can cost time and memory; here it costs neither the service nor anybody's verdict, and is ended when it takes
too long.  ``python -m frontledger.web.readings`` takes one task as JSON on standard input and answers on standard
output.  What belongs here: that process and its queue.  What does not: what reading is (``pipeline``).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import sys
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import msgspec
from msgspec import field

from frontledger import errors
from frontledger.errors import ConflictError, FrontledgerError, InputError
from frontledger.model import Problem, Value
from frontledger.web.answers import PlaceSaid, Taken
from frontledger.web.desk import Desk
from frontledger.web.problems import Refused, details, of_error

__all__ = ["Readings", "Task"]

MOST_WAITING = 20
MOST_KEPT = 200
"""Finished readings whose outcome can still be asked for."""


class Task(Value, frozen=True):
    """One thing to do: read a file into a ledger, or record what somebody says of a place."""

    ledger: str
    by: str
    file: str = ""
    """Name of the file in the folder in which the process starts."""
    lang: str | None = None
    revise: bool = False
    verdict: str = ""
    words: tuple[str, ...] = ()
    why: str = ""
    version: int | None = None
    """Of the place that is called ``words[0]``: refused where it is another."""


class Outcome(Value, frozen=True):
    """What came of it; ``error`` names an exception of ours."""

    accounts: tuple[str, ...] = ()
    coded: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    said: str = ""
    revision: int = 0
    error: str = ""
    message: str = ""
    there: tuple[str, ...] = ()


class AccountsThereError(InputError):
    """Accounts of these ids are there already."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            f"{', '.join(names)}: there already; send it again as a revision of it, or under another name"
        )
        self.names = names


class Readings:
    """The queue of what is to be read: one at a time, each in a fresh process."""

    def __init__(self, desk: Desk, seconds: float) -> None:
        self._desk = desk
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0
        self._taken: OrderedDict[str, Taken] = OrderedDict()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._processes: set[asyncio.subprocess.Process] = set()
        self._ending = False

    @property
    def full(self) -> bool:
        """Whether no more can wait."""
        return self._ending or self._waiting >= MOST_WAITING

    def folder(self) -> Path:
        """A folder of its own for an upload, which :meth:`take` removes."""
        return Path(tempfile.mkdtemp(prefix="frontledger-upload-"))

    def take(self, folder: Path, task: Task) -> str:
        """Queue an upload; returns the id under which its outcome can be asked for."""
        name = secrets.token_hex(8)
        self._keep(Taken(id=name, state="waiting"))
        self._tasks[name] = asyncio.create_task(self._read(name, folder, task))
        return name

    def taken(self, name: str) -> Taken | None:
        """How far a reading is; None where there is none of that id."""
        return self._taken.get(name)

    async def finished(self, name: str, seconds: float) -> Taken | None:
        """As :meth:`taken`, once it is done or so many seconds have passed."""
        task = self._tasks.get(name)
        if task is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(task), seconds)
        return self.taken(name)

    async def place(self, task: Task) -> PlaceSaid:
        """Record what somebody says of a place; raises what ``pipeline.correct_place`` does."""
        folder = self.folder()
        try:
            done = await self._run(folder, task)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        raise_if(done)
        await self._desk.look()
        return PlaceSaid(said=done.said, revision=done.revision)

    def give_up(self) -> None:
        """End what is under way: the ledger stays as it was before it, and whoever waits is told."""
        self._ending = True
        for process in list(self._processes):
            with contextlib.suppress(ProcessLookupError):
                process.kill()

    async def stop(self) -> None:
        """As :meth:`give_up`, and wait for the end."""
        self.give_up()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _keep(self, taken: Taken) -> None:
        self._taken[taken.id] = taken
        while len(self._taken) > MOST_KEPT:
            oldest = next(iter(self._taken))
            if oldest in self._tasks:
                break
            del self._taken[oldest]

    async def _read(self, name: str, folder: Path, task: Task) -> None:
        try:
            done = await self._run(folder, task, name)
            raise_if(done)
            await self._desk.look()
            taken = Taken(
                id=name, state="done", accounts=done.accounts, coded=done.coded, problems=done.problems,
                notes=done.notes, revision=done.revision,
            )  # fmt: skip
        except Refused as refused:
            taken = Taken(id=name, state="failed", error=refused.problem)
        except AccountsThereError as error:
            taken = Taken(
                id=name, state="failed", error=details(409, str(error), "account", accounts=error.names)
            )
        except FrontledgerError as error:
            taken = Taken(id=name, state="failed", error=of_error(error))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._tasks.pop(name, None)
        self._keep(taken)

    async def _run(self, folder: Path, task: Task, name: str = "") -> Outcome:
        """One task in a process of its own, when its turn comes."""
        self._waiting += 1
        try:
            async with self._turn:
                if self._ending:
                    raise Refused(details(503, "the service is stopping: nothing was recorded", "stopping"))
                if name:
                    self._keep(Taken(id=name, state="reading"))
                return await self._alone(folder, task)
        finally:
            self._waiting -= 1

    async def _alone(self, folder: Path, task: Task) -> Outcome:
        environment = {key: value for key, value in os.environ.items() if key != "FRONTLEDGER_RESOLVER"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "frontledger.web.readings",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            cwd=folder, env=environment,
        )  # fmt: skip
        self._processes.add(process)
        try:
            said, _ = await asyncio.wait_for(process.communicate(msgspec.json.encode(task)), self._seconds)
            return msgspec.json.decode(said, type=Outcome)
        except TimeoutError:
            raise InputError(f"reading it took more than {self._seconds:.0f} seconds") from None
        except msgspec.DecodeError:
            if self._ending:
                raise Refused(
                    details(503, "the service is stopping: nothing was recorded", "stopping")
                ) from None
            raise InputError("reading it failed") from None
        finally:
            self._processes.discard(process)
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


def raise_if(done: Outcome) -> None:
    """Raise the error that the other process met."""
    if not done.error:
        return
    if done.error == "AccountsThereError":
        raise AccountsThereError(done.there)
    kind: Any = getattr(errors, done.error, InputError)
    raise kind(done.message)


def read(task: Task) -> Outcome:
    """Read a file of the present folder into the ledger."""
    from frontledger import pipeline  # noqa: PLC0415 - in the other process only
    from frontledger.ledger.storage import Ledger  # noqa: PLC0415

    problems: list[Problem] = []
    if not task.revise:
        names = {account.id for account in pipeline.stream(task.file, task.lang, report=lambda _: None)}
        with Ledger.open(task.ledger) as ledger:
            there = tuple(sorted(names & {account.id for account in ledger.accounts}))
        if there:
            raise AccountsThereError(there)
    done = pipeline.run([task.file], task.ledger, task.lang, by=task.by, report=problems.append)
    with Ledger.open(task.ledger) as ledger:
        revision = ledger.revisions[-1].number
    own = [problem for account in done.accounts for problem in account.problems]
    return Outcome(
        accounts=tuple(account.id for account in done.accounts), coded=done.coded, problems=(*own, *problems),
        notes=done.notes, revision=revision,
    )  # fmt: skip


def say_of_place(task: Task) -> Outcome:
    """Record what somebody says of a place."""
    from frontledger import pipeline  # noqa: PLC0415
    from frontledger.ledger import browsing  # noqa: PLC0415
    from frontledger.ledger.storage import Ledger  # noqa: PLC0415

    with pipeline.open_shelf() as shelf, Ledger.open(task.ledger) as ledger:

        def check(place: str) -> None:
            if task.version is None:
                return
            now = browsing.place(ledger, place).version
            if now != task.version:
                raise ConflictError(
                    f"{task.words[0]}: not recorded: it is version {now} now, not {task.version}"
                )

        said = pipeline.correct_place_in(
            ledger, shelf, task.verdict, task.words, task.by, task.why, check=check
        )
        revision = ledger.revisions[-1].number
    return Outcome(said=said, revision=revision)


def main() -> int:
    """One task from standard input, its outcome to standard output."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    try:
        done = say_of_place(task) if task.verdict else read(task)
    except AccountsThereError as error:
        done = Outcome(error="AccountsThereError", there=error.names)
    except FrontledgerError as error:
        done = Outcome(error=type(error).__name__, message=str(error))
    except (RecursionError, MemoryError, ValueError, OSError) as error:
        done = Outcome(error="InputError", message=f"it cannot be read ({type(error).__name__})")
    sys.stdout.buffer.write(msgspec.json.encode(done))
    return 0


if __name__ == "__main__":
    sys.exit(main())
