"""Every query of docs/corpus-queries.md runs over a corpus, and the counts of ``corpus stats`` agree with them."""

import os
import re
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from frontledger.cli import app
from frontledger.corpus import running

duckdb = pytest.importorskip("duckdb")

PAGE = Path(__file__).parents[2] / "docs" / "corpus-queries.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
TEXTS = {
    "a": "On 4 March 2016 the Syrian army captured Palmyra in Syria.[1] On 6 March 2016 ISIL reportedly took Maheen.",
    "b": "On 5 March 2016 the Syrian army captured Palmyra in Syria. According to activists, ISIL captured Huwwarin.",
    "c": "2016. március 4-én a szír hadsereg elfoglalta Palmüra városát.",
    "d": "The choir sang in the garden.",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "accounts").mkdir()
    for name, text in TEXTS.items():
        (folder / "accounts" / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    running.run([folder / "accounts"], folder / "out", processes=1, size=150)
    return folder / "out"


@pytest.fixture
def inside(corpus):
    here = Path.cwd()
    os.chdir(corpus)
    yield
    os.chdir(here)


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("query", QUERIES, ids=[f"query-{n}" for n in range(len(QUERIES))])
def test_it_runs(query):
    found = duckdb.sql(query)
    if "problems/" not in query:
        assert found.fetchall(), "a query of the page should find something in the little corpus"
    else:
        assert found.columns[0] == "code"


def test_there_are_queries():
    assert len(QUERIES) > 10


@pytest.mark.usefixtures("inside")
def test_the_witness_is_found():
    rows = duckdb.sql(QUERIES[-1]).fetchall()
    assert [(row[0], str(row[2]), row[3], row[4]) for row in rows] == [("palmyra", "2016-03-04", "a", "b")]


@pytest.mark.usefixtures("inside")
def test_stats_count_what_the_tables_hold(corpus):
    done = CliRunner().invoke(app, ["corpus", "stats", str(corpus), "--format", "json"])
    assert done.exit_code == 0
    found = msgspec.json.decode(done.stdout)
    assert found["accounts"] == {"coded": 3, "dismissed": 1}
    kinds = duckdb.sql("SELECT kind, count(*) FROM 'events/*.parquet' GROUP BY kind").fetchall()
    assert found["by_kind"] == dict(kinds)
    assert found["events"] == sum(count for _, count in kinds)
    assert found["by_year"] == {"2016": found["events"]}
    assert found["by_language"]["hu"] == 1
    assert found["by_side"]["syrian-government"] == 3
    assert found["by_country"] == {"SY": found["events"]}
    top = found["places"][0]
    assert (top["name"], top["events"], top["accounts"]) == ("Palmyra", 2, 2)
    assert 34 < top["lat"] < 35


def test_stats_for_people(corpus):
    done = CliRunner().invoke(app, ["corpus", "stats", str(corpus), "--top", "1"])
    assert done.exit_code == 0
    assert done.stdout.startswith("accounts: 3 coded, 1 dismissed; ")
    assert "Palmyra" in done.stdout
    assert "Maheen" not in done.stdout


def test_stats_of_what_is_no_corpus(tmp_path):
    done = CliRunner().invoke(app, ["corpus", "stats", str(tmp_path)])
    assert done.exit_code != 0
    assert "is no corpus" in done.stderr + str(done.exception)
