"""The Parquet tables: their columns are a contract, their rows lossless, their bytes the same every time."""

import io
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from frontledger import pipeline
from frontledger.accounts import from_text
from frontledger.corpus import schema
from frontledger.model import Account, Event, Problem
from frontledger.places.settling import Own

GOLDEN = Path(__file__).with_name("schema.golden.txt")
TEXT = "On 4 March 2016 the army captured Karvol.[1] The next day, rebels reportedly retook Dunary and Old Mill.[2]"


@pytest.fixture(scope="module")
def coded():
    account = from_text(TEXT, "a", lang="en")
    events, own = pipeline.alone(account, pipeline.coded(account))
    return account, events, own


def written():
    return "".join(
        f"{table}\n" + "".join(f"  {field.name}: {field.type}\n" for field in schema.schema(table))
        for table in schema.TABLES
    )


def test_the_tables_are_those_of_the_golden_file():
    """Whoever changes a column raises ``SCHEMA_VERSION`` and renews the file."""
    assert f"version {schema.SCHEMA_VERSION}\n{written()}" == GOLDEN.read_text(encoding="utf-8")


def test_every_column_is_explained():
    assert all(meaning for table in schema.TABLES.values() for _, meaning in table.values())


def rows(coded):
    account, events, _ = coded
    return [schema.event_row(event, n, account.text, "digest") for n, event in enumerate(events, 1)]


def test_events_come_back_whole(coded):
    _, events, _ = coded
    assert len(events) > 1
    table = pq.read_table(io.BytesIO(schema.parquet("events", rows(coded))))
    assert [msgspec.json.decode(one, type=Event) for one in table["record"].to_pylist()] == events
    first = table.slice(0, 1).to_pylist()[0]
    assert first["place_names"] == ["Karvol"]
    assert first["place_keys"] == ["karvol"]
    assert first["earliest"] == first["latest"] == 16864  # date -d 2016-03-04 +%s / 86400
    assert first["sentence"] == "On 4 March 2016 the army captured Karvol."
    assert first["citations"] == ["1"]


def test_accounts_come_back_whole(coded):
    account, events, own = coded
    row = schema.account_row(
        account, events, ("-0043-03-15", "2016-03-05"), own, number=0, shard="s", origin="w", size=9
    )
    table = pq.read_table(io.BytesIO(schema.parquet("accounts", [row])))
    assert msgspec.json.decode(table["record"][0].as_py(), type=Account) == account
    assert msgspec.json.decode(table["own"][0].as_py(), type=Own) == own
    assert table["period_first"][0].as_py() < -700_000  # before the year 1
    assert table.schema.metadata[b"frontledger.corpus"] == b"accounts 1"


def test_problems_and_empty_tables():
    problem = Problem(code="empty", where="x", message="holds no text")
    table = pq.read_table(io.BytesIO(schema.parquet("problems", [schema.problem_row(problem, None, None)])))
    assert table.to_pylist()[0]["message"] == "holds no text"
    assert pq.read_table(io.BytesIO(schema.parquet("events", []))).num_rows == 0


def test_the_same_rows_give_the_same_bytes(coded):
    assert schema.parquet("events", rows(coded)) == schema.parquet("events", rows(coded))
