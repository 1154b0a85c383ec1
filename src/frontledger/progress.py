"""A progress bar on standard error, for people who wait: only on a terminal, only after the first second."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import rich.progress

__all__ = ["Progress"]

PATIENCE = 1.0
"""Seconds that a person waits without asking."""


class Progress:
    """Call it with ``(done, total, what)`` as the work goes on; used as a context manager."""

    def __init__(self) -> None:
        self.state = (0, 1, "")
        self.bar: rich.progress.Progress | None = None
        self.over = False
        self.lock = threading.Lock()
        self.timer = threading.Timer(PATIENCE, self.draw)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.timer.cancel()
        with self.lock:
            self.over = True
            if self.bar is not None:
                self.bar.stop()

    def __call__(self, done: int, total: int, what: str) -> None:
        """``done`` of ``total`` steps are taken; ``what`` is under way."""
        with self.lock:
            self.state = (done, total, what)
            if self.bar is not None:
                self.bar.update(self.bar.task_ids[0], completed=done, total=total, description=what)

    def draw(self) -> None:
        """Show the bar; called by the timer when patience ends."""
        from rich import progress
        from rich.console import Console

        with self.lock:
            if self.over:
                return
            done, total, what = self.state
            self.bar = progress.Progress(
                progress.SpinnerColumn(),
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TimeElapsedColumn(),
                console=Console(file=sys.stderr),
                transient=True,
            )
            self.bar.add_task(what, total=total, completed=done)
            self.bar.start()
