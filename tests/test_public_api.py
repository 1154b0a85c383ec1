"""The public surface changes only on purpose."""

import re
from importlib.metadata import version

import frontledger

PUBLIC = [
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


def test_public_names():
    assert sorted(frontledger.__all__) == PUBLIC


def test_public_names_exist():
    for name in frontledger.__all__:
        assert getattr(frontledger, name) is not None


def test_version_is_that_of_the_package():
    assert re.fullmatch(r"\d+\.\d+\.\d+", frontledger.__version__)
    assert version("frontledger") == frontledger.__version__
