"""frontledger: who held which place, when, and on whose word.

    >>> import frontledger
    >>> frontledger.run(["account.txt"], "front.gpkg")          # read, code, fold, check, store
    >>> with frontledger.Ledger.open("front.gpkg") as ledger:
    ...     ledger.control(on="2015-12-12")
    ...     frontledger.explain(ledger, "Mahin")

The same few functions serve the command line and notebooks; ``frontledger.pipeline`` is the flow on one page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from frontledger.errors import FrontledgerError
from frontledger.ledger.explanation import Evidence, Explanation, explain
from frontledger.ledger.storage import Ledger
from frontledger.model import Account, Control, Event, Finding, Holding, Place, Problem, Side, Time
from frontledger.pipeline import Summary, dates, events, read, run

if TYPE_CHECKING:
    from frontledger.client import Client

__version__ = "0.1.0"

__all__ = [
    "Account",
    "Client",
    "Control",
    "Event",
    "Evidence",
    "Explanation",
    "Finding",
    "FrontledgerError",
    "Holding",
    "Ledger",
    "Place",
    "Problem",
    "Side",
    "Summary",
    "Time",
    "__version__",
    "dates",
    "events",
    "explain",
    "read",
    "run",
]


def __getattr__(name: str) -> Any:
    """The client is imported where it is used: it needs ``http``, and nothing else here does."""
    if name == "Client":
        from frontledger.client import Client  # noqa: PLC0415 - see above

        return Client
    raise AttributeError(f"module 'frontledger' has no attribute {name!r}")
