"""Where a test may make a ledger: a file, and a schema of a shared database."""

from __future__ import annotations

from itertools import count

import pytest

from . import postgres

NUMBERS = count()


@pytest.fixture(scope="session")
def database():
    """A PostgreSQL server for this run of the tests."""
    reason = postgres.missing()
    if reason:
        pytest.skip(reason)
    with postgres.server(durable=False) as address:
        yield address


@pytest.fixture(params=["geopackage", "postgis"])
def where(request, tmp_path):
    """Where there is no ledger yet, in each backend."""
    if request.param == "geopackage":
        return tmp_path / "war.gpkg"
    return f"{request.getfixturevalue('database')}#test_{next(NUMBERS)}"
