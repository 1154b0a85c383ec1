from hypothesis import given
from hypothesis import strategies as st

from frontledger.places.gazetteers.drawers import Drawers, Rolls, in_drawers, in_rolls


@given(st.lists(st.text(max_size=5), max_size=80))
def test_a_roll_reads_as_the_list_it_was(items):
    roll = Rolls(in_rolls(items), len(items), list[str])
    assert list(roll) == items
    assert [roll[at] for at in range(len(items))] == items
    assert roll[2:50:3] == items[2:50:3]
    assert len(roll) == len(items)


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 9), max_size=80), st.text(max_size=4))
def test_drawers_hold_what_was_put_there_and_no_more(table, other):
    drawers = Drawers(in_drawers(table), dict[str, int])
    assert {key: drawers.get(key) for key in table} == table
    assert drawers.get(other) == table.get(other)
    assert drawers.among([*table, other, *table]) == [
        *table.values(), *([table[other]] if other in table else []), *table.values()
    ]  # fmt: skip


def test_only_what_is_asked_for_is_decoded():
    roll = Rolls([*in_rolls(["one"] * 16 + ["two"] * 16)[:1], b"\xc1"], 32, list[str])
    assert roll[3] == "one"
