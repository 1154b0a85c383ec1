"""What a format could not say, counted by reason.

What belongs here: counting and telling.  What does not: the reasons, which stand where a format meets its limit.
"""

from __future__ import annotations

from collections import Counter

__all__ = ["Losses"]


class Losses:
    """Reasons with their numbers, in two kinds: what is not in the file at all, and what it says less of."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        """Whole events (or events at a place) that the file does not have."""
        self.unsaid: Counter[str] = Counter()
        """Rows that are in the file and say less than the ledger."""

    def leave_out(self, reason: str) -> None:
        """One thing is not in the file."""
        self.left_out[reason] += 1

    def leave_unsaid(self, reason: str) -> None:
        """One row of the file says less than the ledger."""
        self.unsaid[reason] += 1

    def lines(self) -> list[str]:
        """One line a reason, the most frequent first; empty when the format says all."""
        told = [("left out", self.left_out), ("not said", self.unsaid)]
        return [
            f"  {kind} {count:>6,}  {reason}"
            for kind, counted in told
            for reason, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        ]
