"""How often somebody may be wrong: guessing passwords takes longer with every miss.

What belongs here: counting misses.  What does not: what a miss is (``team``).
"""

from __future__ import annotations

import time
from collections import OrderedDict

__all__ = ["Limits"]

FREE = 5
"""Misses that cost nothing."""
LONGEST = 900.0
"""Seconds that a further try waits at most, and after which misses are forgotten."""
MOST_KEPT = 10_000


class Limits:
    """Misses by whatever names who tries: an address, a user's name."""

    def __init__(self, free: int = FREE) -> None:
        self._free = free
        self._missed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, *names: str) -> float:
        """Seconds to wait before the next try; 0 when it may be now."""
        now = time.monotonic()
        return max((self._until(name) - now for name in names), default=0.0) if names else 0.0

    def _until(self, name: str) -> float:
        count, last = self._missed.get(name, (0, 0.0))
        if count < self._free:
            return 0.0
        return last + min(LONGEST, 2.0 ** min(count - self._free, 20))

    def miss(self, *names: str) -> None:
        """It was wrong."""
        now = time.monotonic()
        for name in names:
            count, last = self._missed.pop(name, (0, now))
            self._missed[name] = (1 if now - last > LONGEST else count + 1, now)
        while len(self._missed) > MOST_KEPT:
            self._missed.popitem(last=False)

    def hit(self, *names: str) -> None:
        """It was right: all is forgotten."""
        for name in names:
            self._missed.pop(name, None)
