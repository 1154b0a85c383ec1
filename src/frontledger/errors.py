"""The exception tree.

    FrontledgerError                  root: everything that we raise on purpose
    ├── InputError                    a file or text that cannot be read at all
    │   └── LanguageError             no pack for the account's language
    ├── LedgerError                   a ledger file that cannot be opened or written
    │   └── LedgerVersionError        … because a newer frontledger wrote it
    ├── ReviewError                   a verdict that cannot be given
    │   └── ConflictError             … because somebody else has changed the event meanwhile
    ├── ExportError                   a report or an export that cannot be written
    ├── GazetteerError                a gazetteer that cannot be read, indexed or kept
    ├── CorpusError                   a corpus folder that cannot be made, continued or written
    ├── PackError                     a language pack that breaks its schema
    └── NotFoundError                 a name or id that the ledger does not hold

What a *text* does is never an exception: it becomes a :class:`~frontledger.model.Problem` or a finding.
The command line prints ``str(error)`` as its one line and exits with 2.
"""

from __future__ import annotations

__all__ = [
    "ConflictError",
    "CorpusError",
    "ExportError",
    "FrontledgerError",
    "GazetteerError",
    "InputError",
    "LanguageError",
    "LedgerError",
    "LedgerVersionError",
    "NotFoundError",
    "PackError",
    "ReviewError",
]


class FrontledgerError(Exception):
    """Root of every error that frontledger raises on purpose; its text is one clear line."""


class InputError(FrontledgerError):
    """A file or text that cannot be read: missing, binary, wrongly encoded, too large."""


class LanguageError(InputError):
    """The account's language is unknown or has no pack."""


class LedgerError(FrontledgerError):
    """A ledger file that cannot be opened, is none, or cannot be written."""


class LedgerVersionError(LedgerError):
    """A ledger file written by a newer version."""


class ExportError(FrontledgerError):
    """A report or an export that cannot be written: where, why, what was expected."""


class GazetteerError(FrontledgerError):
    """A gazetteer that cannot be read, indexed or kept: names file, place and what was expected."""


class CorpusError(FrontledgerError):
    """A corpus folder that cannot be made, continued or written, or an engine that is not there."""


class PackError(FrontledgerError):
    """A language pack that breaks its schema: names file, key and what was expected."""


class NotFoundError(FrontledgerError):
    """A name or id that the ledger does not hold."""


class ReviewError(FrontledgerError):
    """A verdict that cannot be given: an unknown field, an impossible value, nobody's name."""


class ConflictError(ReviewError):
    """A verdict on a version of an event that somebody else has changed since; shows both."""
