"""frontledger: who held which place, when, and on whose word.

    >>> import frontledger
    >>> frontledger.run(["account.txt"], "front.gpkg")          # read, code, fold, check, store
    >>> with frontledger.Ledger.open("front.gpkg") as ledger:
    ...     ledger.control(on="2015-12-12")
    ...     frontledger.explain(ledger, "Mahin")

The same few functions serve the command line and notebooks; ``frontledger.pipeline`` is the flow on one page.
"""

from __future__ import annotations

from frontledger.errors import FrontledgerError
from frontledger.ledger.explanation import Evidence, Explanation, explain
from frontledger.ledger.storage import Ledger
from frontledger.model import Account, Control, Event, Finding, Holding, Place, Problem, Side, Time
from frontledger.pipeline import Summary, dates, events, read, run

__version__ = "0.1.0"

__all__ = [
    "Account",
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
