"""Every test has the same gazetteer index, built once in the folder of pytest's own cache, and no list of the user's."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    os.environ["FRONTLEDGER_CACHE"] = str(ROOT / ".pytest_cache" / "frontledger")
    os.environ["FRONTLEDGER_DATA"] = str(ROOT / ".pytest_cache" / "no-data")
    os.environ.pop("FRONTLEDGER_RESOLVER", None)  # nothing is ever asked


@pytest.fixture(scope="session", autouse=True)
def gazetteer_index():
    """Built before anything is measured: the first run on a machine takes some seconds."""
    from frontledger.places.gazetteers.index import open_index

    index = open_index()
    for country in ("SY", "UA", "HU"):
        index.slice(country)
    index.close()
