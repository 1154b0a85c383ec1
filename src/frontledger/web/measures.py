"""What is measured while the service runs, for Prometheus.

What belongs here: counters and their names.  What does not: anything that names a person or a text.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["MEDIA", "Measures"]

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10)


class Measures:
    """Counters of one service, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "frontledger_requests",
            "Requests answered",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "frontledger_request_seconds",
            "Time to answer",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self.verdicts = Counter("frontledger_verdicts", "Verdicts recorded", registry=self._registry)
        self.conflicts = Counter(
            "frontledger_conflicts", "Verdicts refused as another was quicker", registry=self._registry
        )
        self.readings = Counter("frontledger_readings", "Uploads read", ("outcome",), registry=self._registry)
        self.revision = Gauge("frontledger_revision", "Last revision of the ledger", registry=self._registry)
        self.listeners = Gauge("frontledger_listeners", "Open streams of changes", registry=self._registry)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request was answered; ``route`` is the pattern of its address and no address."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)
