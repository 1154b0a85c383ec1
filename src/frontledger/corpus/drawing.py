"""How far a run is, drawn on standard error: a bar on a terminal, else a line now and then.

What belongs here: drawing.  What does not: counting (``running``).
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.live import Live

    from frontledger.corpus.running import Progress

__all__ = ["Drawing", "duration", "line"]

PATIENCE = 1.0
"""Seconds before anything is drawn: what is over by then needs no bar."""
PAUSE = 15.0
"""Seconds between two plain lines."""
BAR = 24


class Drawing:
    """Shows progress; used as a context manager."""

    def __init__(self) -> None:
        self.live: Live | None = None
        self.terminal = sys.stderr.isatty()
        self.next = time.monotonic() + (PATIENCE if self.terminal else PAUSE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live is not None:
            self.live.stop()
            self.live = None

    def show(self, state: Progress) -> None:
        """Draw it, if it is time to."""
        now = time.monotonic()
        if now < self.next:
            return
        if not self.terminal:
            self.next = now + PAUSE
            self.say(line(state))
            return
        self.next = now + 0.2
        from rich.console import Console  # noqa: PLC0415  only where something is drawn
        from rich.live import Live  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        if self.live is None:
            self.live = Live(console=Console(file=sys.stderr), transient=True, auto_refresh=False)
            self.live.start()
        self.live.update(Text(f"{bar(state)} {line(state)}"), refresh=True)

    def say(self, message: str) -> None:
        """One line on standard error."""
        text = f"frontledger: {' '.join(message.split())}"
        if self.live is not None:
            self.live.console.print(text, markup=False, highlight=False)
        else:
            sys.stderr.write(text + "\n")


def bar(state: Progress) -> str:
    """How much of the sources is done, as a bar; empty when that cannot be told."""
    if not state.total:
        return ""
    full = round(BAR * min(state.done / state.total, 1.0))
    return "━" * full + "╌" * (BAR - full)


def line(state: Progress) -> str:
    """How far it is, in one line."""
    parts = [f"{100 * min(state.done / state.total, 1.0):.0f} %"] if state.total else []
    parts += [
        f"{state.accounts:,} accounts",
        f"{state.events:,} events",
        f"{state.dismissed:,} dismissed",
        f"{state.quarantined:,} quarantined",
        f"{state.rate / 1e6:.2f} MB/s",
    ]
    remaining = state.remaining
    if remaining is not None:
        parts.append(f"{duration(remaining)} left")
    return ", ".join([*parts, state.engine])


def duration(seconds: float) -> str:
    """``3 h 05 min``, ``12 min``, ``40 s``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"
