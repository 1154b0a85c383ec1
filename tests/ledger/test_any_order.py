"""A ledger that grows account by account, in any order, is that of reading all at once but for the ids of places."""

import re
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from frontledger import pipeline
from frontledger.ledger.findings import find
from frontledger.ledger.storage import Ledger

ACCOUNTS = {
    "a": "In 2016 the Syrian army fought ISIL in Syria. On 4 March 2016 the Syrian army captured Tadmur and the city of "
    "Maheen. The next day ISIL withdrew from the village of Huwwarin.",
    "b": "In March 2016 the Syrian army fought ISIL in Syria. On 5 March 2016 ISIL captured Palmyra and Mahin. On 6 March "
    "the Syrian army reportedly took Mahin and the Mahin depot.",
    "c": "In March 2016 the Syrian army fought ISIL in Syria. On 7 March 2016 the Syrian army captured the town of Mahin. "
    "On 9 March ISIL captured Kherson Oblast. On 10 March ISIL captured the city of Kherson and Huwwarin.",
    "d": "In March 2016 the Syrian army fought ISIL in Syria. On 8 March 2016 ISIL captured Kherson. ISIL captured Mahin "
    "on 11 March 2016, and withdrew from Palmyra on 12 March.",
}
SHARED = Path(__file__).parents[3] / "shared" / "accounts"


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("accounts")
    for name, text in ACCOUNTS.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return [folder / f"{name}.txt" for name in ACCOUNTS]


def grown(paths, ledger):
    """A ledger that was given one account after the other."""
    for path in paths:
        pipeline.run([path], ledger)
    return ledger


def under_common_ids(path):
    """All that a ledger says, each place under the first of its mentions, what only locates others under its name."""
    with Ledger.open(path) as ledger:
        names = {}
        for event in sorted(ledger.events, key=pipeline.narrative_order):
            for number, ref in enumerate(event.places):
                names.setdefault(ref.id, f"<{event.id}/{number}>")
        for place in ledger.places:
            names.setdefault(place.id, f"<{place.name}, {place.type}>")
        assert len(set(names.values())) == len(names)
        quoted = re.compile("|".join(sorted((f'"{re.escape(one)}"' for one in names), key=len, reverse=True)))

        def plain(values, *, leaving=()):
            rows = [msgspec.json.decode(msgspec.json.encode(value)) for value in values]
            rows = [{key: value for key, value in row.items() if key not in leaving} for row in rows]
            texts = [msgspec.json.encode(row).decode() for row in rows]
            return sorted(quoted.sub(lambda hit: f'"{names[hit[0][1:-1]]}"', text) for text in texts)

        return {
            "accounts": plain(ledger.accounts),
            "events": plain(ledger.events),
            "places": plain(ledger.places),
            "sides": plain(ledger.sides),
            "holdings": plain(ledger.holdings),
            "findings": plain(ledger.findings, leaving=("id",)),  # a digest of ids, too
            "tellings": plain(ledger.tellings),
        }


def test_what_is_stored_is_what_is_found_in_what_is_stored(tmp_path):
    """Places stand in the file in the order in which they came, and findings do not show it."""
    texts = {"b": "On 4 May 2016 ISIL captured Razaka and Sabin.", "a": "On 5 May 2016 ISIL captured Harbit."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        pipeline.run([tmp_path / f"{name}.txt"], tmp_path / "a.gpkg")
    with Ledger.open(tmp_path / "a.gpkg") as ledger:
        assert [place.name for place in ledger.places] == ["Razaka", "Sabin", "Harbit"]
        assert list(ledger.all_findings) == list(
            find(
                ledger.accounts,
                ledger.events,
                ledger.places,
                ledger.sides,
                ledger.holdings,
                periods=ledger.periods,
                evidence=ledger.evidence([], ledger.readings),
                tellings=ledger.tellings,
            )
        )


def ids(path):
    """The id of the place of every mention."""
    with Ledger.open(path) as ledger:
        return {
            (event.id, number): ref.id for event in ledger.events for number, ref in enumerate(event.places)
        }


def test_in_any_order_it_is_the_ledger_of_all_at_once(paths, tmp_path):
    pipeline.run(paths, tmp_path / "all.gpkg")
    whole = under_common_ids(tmp_path / "all.gpkg")
    assert len(whole["places"]) > 5
    assert whole["holdings"]
    seen = set()
    for number, order in enumerate(permutations(paths)):
        ledger = grown(order, tmp_path / f"{number}.gpkg")
        assert under_common_ids(ledger) == whole
        seen.add(frozenset(ids(ledger).items()))
    assert len(seen) > 1, "the order does decide about ids: that is what the test is about"


def test_an_id_once_given_is_kept(paths, tmp_path):
    ledger = tmp_path / "a.gpkg"
    pipeline.run(paths[:1], ledger)
    before = ids(ledger)
    for path in paths[1:]:
        pipeline.run([path], ledger)
        now = ids(ledger)
        assert {mention: now[mention] for mention in before} == before
        before = now


def test_reading_an_account_again_changes_nothing(paths, tmp_path):
    ledger = grown(reversed(paths), tmp_path / "a.gpkg")
    before, told = ids(ledger), under_common_ids(ledger)
    for path in paths:
        pipeline.run([path], ledger)
        assert ids(ledger) == before
        assert under_common_ids(ledger) == told


def test_an_id_outlives_a_new_wording_before_its_mention(paths, tmp_path):
    ledger = grown(reversed(paths), tmp_path / "a.gpkg")
    before = ids(ledger)
    later = tmp_path / "a.txt"
    later.write_text("It was a wet spring. " + ACCOUNTS["a"] + "\n", encoding="utf-8")
    pipeline.run([later], ledger)
    assert ids(ledger) == before


def test_the_name_is_the_commonest_whoever_came_first(paths, tmp_path):
    ledger = tmp_path / "a.gpkg"
    pipeline.run(paths[:1], ledger)
    with Ledger.open(ledger) as opened:
        (place,) = [place for place in opened.places if "Maheen" in place.names]
        assert place.name == "Maheen"
        first = place.id
    grown(paths[1:], ledger)
    with Ledger.open(ledger) as opened:
        (place,) = [place for place in opened.places if "Maheen" in place.names]
        assert (place.id, place.name) == (first, "Mahin")


def test_what_people_said_of_places_outlives_new_accounts(paths, tmp_path):
    ledger = grown(paths[:2], tmp_path / "a.gpkg")
    pipeline.correct_place(ledger, "merge", ["Huwwarin", "Mahin"], by="anna")
    pipeline.correct_place(ledger, "split", ["Maheen"], by="anna")
    pipeline.correct_place(ledger, "set", ["Palmyra", "34.5", "38.25"], by="anna")
    before = ids(ledger)
    with Ledger.open(ledger) as opened:
        (split,) = [place.id for place in opened.places if place.name == "Maheen"]
        (merged,) = [place.id for place in opened.places if "Huwwarin" in place.names]
    for path in paths[2:]:
        pipeline.run([path], ledger)
        now = ids(ledger)
        assert {mention: now[mention] for mention in before} == before
    with Ledger.open(ledger) as opened:
        by_id = {place.id: place for place in opened.places}
        assert by_id[split].name == "Maheen"
        assert {"Huwwarin", "Mahin"} <= set(by_id[merged].names)
        (palmyra,) = [place for place in opened.places if "Palmyra" in place.names]
        assert (palmyra.lat, palmyra.lon, palmyra.placing) == (34.5, 38.25, "set")


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared accounts")
def test_real_accounts_in_two_orders(tmp_path):
    paths = [
        SHARED / f"en-fl-{name}.txt"
        for name in ("battle-of-lysychansk", "palmyra-offensive-march-2016", "palmyra-offensive-may-2015")
    ]
    pipeline.run(paths, tmp_path / "all.gpkg")
    whole = under_common_ids(tmp_path / "all.gpkg")
    assert under_common_ids(grown(paths, tmp_path / "a.gpkg")) == whole
    assert under_common_ids(grown(reversed(paths), tmp_path / "b.gpkg")) == whole
