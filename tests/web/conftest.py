"""Ledgers of a small account in two versions, and services of them."""

from __future__ import annotations

import shutil
from itertools import count

import pytest

pytest.importorskip("litestar")
pytest.importorskip("uvicorn")

from frontledger import pipeline
from frontledger.ledger import interchange
from frontledger.ledger.storage import Ledger
from ledger import postgres

from .running import house
from .visitors import built, visitors

NUMBERS = count()

ACCOUNT = (
    "On 5 May 2016, the Syrian Army captured Palmyra from ISIL. On 9 May 2016, ISIL captured Palmyra. "
    "On 12 May 2016, the Syrian Army captured Al-Qaryatayn. Two days later ISIL reportedly seized Mahin.\n"
)
OTHER = (
    "On 6 May 2016, the Syrian Army captured Palmyra from ISIL. On 20 May 2016, ISIL withdrew from Mahin.\n"
)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A ledger of two accounts, made once."""
    folder = tmp_path_factory.mktemp("web")
    for name, text in (("first", ACCOUNT), ("second", OTHER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    pipeline.run([folder / "first.txt", folder / "second.txt"], folder / "war.gpkg", "en")
    return folder / "war.gpkg"


@pytest.fixture(scope="session")
def database():
    """A PostgreSQL server for this run of the tests."""
    reason = postgres.missing()
    if reason:
        pytest.skip(reason)
    with postgres.server(durable=False) as address:
        yield address


@pytest.fixture
def path(made, tmp_path):
    """A ledger file of one's own."""
    return shutil.copy(made, tmp_path / "war.gpkg")


@pytest.fixture(params=["geopackage", "postgis"])
def where(request, made, tmp_path):
    """The same ledger in each backend."""
    if request.param == "geopackage":
        return shutil.copy(made, tmp_path / "war.gpkg")
    address = f"{request.getfixturevalue('database')}#web_{next(NUMBERS)}"
    with Ledger.open(made) as ledger:
        interchange.export(ledger, tmp_path / "war.jsonl")
    interchange.import_ledger(tmp_path / "war.jsonl", address)
    return address


@pytest.fixture
def alone(path):
    """A service for one person."""
    with house(path) as running:
        yield running


@pytest.fixture
def ann(alone):
    """The one person, in a browser."""
    return alone.enter()


@pytest.fixture
def visit(browser):
    """Opens people's browsers at the page of a service."""
    if not built():
        pytest.skip("the front end is not built (make web)")
    with visitors(browser) as open_:
        yield open_
