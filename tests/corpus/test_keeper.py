"""How the guilty documents of a shard are found, with a worker that is only played."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.accounts import Document
from frontledger.corpus import keeper
from frontledger.corpus.keeper import Failure, Keeper, ending
from frontledger.corpus.messages import Limits
from frontledger.corpus.process import Fault, Result, Tally
from frontledger.corpus.shards import Settings, Shard
from frontledger.errors import CorpusError

DIED = Fault("died", "ended its process (SIGKILL)")


class Played(Keeper):
    """A keeper whose worker dies of ``bad`` documents, of all of ``together``, and ``often`` of nothing at all."""

    def __init__(self, bad=(), together=(), often=0, knows=True):
        super().__init__(Settings(), Limits())
        self.bad, self.together, self.often, self.knows = set(bad), set(together), often, knows
        self.attempts = 0

    def _attempt(self, shard, skip):
        self.attempts += 1
        seen = set()
        if self.often:
            self.often -= 1
            return Failure(DIED, -1)
        for at, document in enumerate(shard.documents):
            if at in skip:
                continue
            seen.add(document.id)
            if document.id in self.bad or (self.together and self.together <= seen):
                return Failure(DIED, at if self.knows else -1)
        return Result({}, Tally(), dict(skip))


def shard(count):
    documents = tuple(Document(kind="text", id=str(n), name=str(n), data=b"x") for n in range(count))
    return Shard(key="k", number=0, source="s", documents=documents)


def finished(count, **options):
    with Played(**options) as keeper:
        return set(keeper.finish(shard(count)).faults), keeper.attempts


@given(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)))), st.booleans()
)
def test_exactly_the_guilty_are_left_out(given_, knows):
    count, bad = given_
    assert finished(count, bad=map(str, bad), knows=knows)[0] == bad


def test_the_document_in_hand_is_tried_first():
    assert finished(1000, bad=["500"]) == ({500}, 3)


def test_without_a_document_in_hand_the_shard_is_halved():
    found, attempts = finished(1000, bad=["500"], knows=False)
    assert found == {500}
    assert attempts < 30


def test_a_worker_that_is_lost_once_costs_one_more_attempt():
    assert finished(10, often=1) == (set(), 2)


def test_what_fails_only_together_costs_one_document():
    found, _ = finished(10, together=["2", "7"])
    assert found == {7}


def test_a_worker_that_fails_without_a_document_ends_the_run():
    with pytest.raises(CorpusError, match="without a document in hand"):
        finished(0, often=5)


def test_a_full_worker_is_replaced_after_its_shard(monkeypatch):
    monkeypatch.setattr(keeper, "FULL", 0)
    one = shard(1)
    with Keeper(Settings(), Limits()) as mine:
        first = mine.finish(one)
        assert mine.child is None
        assert mine.finish(one) == first


def test_endings_in_words():
    assert [ending(code) for code in (0, 3, -9, -11, -64, -200)] == [
        "exit code 0", "exit code 3", "SIGKILL", "SIGSEGV", "SIGRTMAX", "signal 200",
    ]  # fmt: skip
