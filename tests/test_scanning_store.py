"""The store keeps every page once, moves it in one transaction, and knows copies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.errors import JobError
from auditor.model import Miss
from auditor.scanning.job import begun
from auditor.scanning.likeness import bands_of, likeness_of, signature_of
from auditor.scanning.lock import locked
from auditor.scanning.model import Examined, Kind, Missed, Place, ReadPage, State
from auditor.scanning.querying import is_complete, states_of
from auditor.scanning.store import NAME, Store

WORDS = [f"word{number}" for number in range(400)]
CLAIM = ("c0-0", 0, 0, 5, "quote", "nerve-root", "anatomy", "asserted", 3, "supported", 0.9, "so", "ref-1", None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / NAME)
    yield store
    store.close()


def added(store: Store, *names: str) -> None:
    store.add(Place(f"https://example.org/{name}", Kind.URL, "example.org") for name in names)


def read(text: str, *, on_topic: bool = True) -> ReadPage:
    return ReadPage(
        b"packed", None, None, "en", None, None, "2026-01-01T00:00:00+00:00", text, 9, on_topic, signature_of(text)
    )


def one(store: Store, query: str) -> object:
    return store.sql.execute(query).fetchone()[0]


def test_a_page_named_twice_is_there_once(store: Store) -> None:
    added(store, "a", "b", "a")
    added(store, "b", "c")
    assert states_of(store) == {State.WAITING: 3}


def test_what_a_page_gave_takes_the_place_of_what_it_gave_before(store: Store) -> None:
    added(store, "a")
    store.keep_read(1, read("text"))
    store.keep_examined(1, Examined(b"", (CLAIM, CLAIM), ()), "first")
    store.keep_examined(1, Examined(b"", (CLAIM,), ()), "second")
    assert one(store, "SELECT count(*) FROM claims") == 1
    assert one(store, "SELECT judged_by FROM pages") == "second"


def test_a_transaction_that_breaks_leaves_the_page_as_it_was(store: Store) -> None:
    added(store, "a")
    store.keep_read(1, read("text"))
    too_short = Examined(b"", (CLAIM[:3],), ())
    with pytest.raises(sqlite3.Error):
        store.keep_examined(1, too_short, "judge")
    assert states_of(store) == {State.READ: 1}
    assert one(store, "SELECT count(*) FROM claims") == 0


def test_only_what_may_pass_is_tried_again_unless_everything_is_asked_for(store: Store) -> None:
    added(store, "passing", "final", "skipped")
    store.keep_missed(1, Missed(Miss.FAILED, "fetch/timeout", "too slow", passing=True))
    store.keep_missed(2, Missed(Miss.FAILED, "fetch/status-404", "not there"))
    store.keep_missed(3, Missed(Miss.SKIPPED, "page/language", "in German"))
    assert store.retry(everything=False) == 1
    assert states_of(store) == {State.WAITING: 1, State.FAILED: 1, State.SKIPPED: 1}
    assert store.retry(everything=True) == 1


def test_a_page_that_waits_for_its_next_try_is_not_given_out_before(store: Store) -> None:
    added(store, "a")
    store.keep_missed(1, Missed(Miss.FAILED, "fetch/timeout", "too slow", passing=True), again_at=2e10)
    assert store.waiting("example.org", 0, 9) == []
    assert store.has_waiting()
    store.hurry()
    assert [task.page for task in store.waiting("example.org", 0, 9)] == [1]


def test_other_judges_bring_pages_back_without_their_text_being_lost(store: Store) -> None:
    added(store, "a")
    store.keep_read(1, read("text"))
    store.keep_examined(1, Examined(b"", (CLAIM,), ()), "old")
    assert store.rejudge("old") == 0
    assert store.rejudge("new") == 1
    assert [task.payload for task in store.to_examine(0, 9)] == [b"packed"]


def test_the_same_text_is_examined_once(store: Store) -> None:
    added(store, "a", "b")
    assert store.keep_read(1, read("text"))
    assert not store.keep_read(2, read("text"))
    assert one(store, "SELECT copy_of FROM pages WHERE id = 2") == 1
    assert one(store, "SELECT likeness FROM pages WHERE id = 2") == 1.0


def test_nearly_the_same_text_is_a_copy_and_a_different_one_is_none(store: Store) -> None:
    added(store, "a", "nearly", "other")
    assert store.keep_read(1, read(" ".join(WORDS)))
    assert not store.keep_read(2, read(" ".join([*WORDS[:-1], "changed"])))
    assert store.keep_read(3, read(" ".join(reversed(WORDS))))


def test_when_an_original_fails_its_first_copy_takes_its_place(store: Store) -> None:
    added(store, "a", "b", "c")
    for page in (1, 2, 3):
        store.keep_read(page, read(" ".join(WORDS)))
    store.keep_missed(1, Missed(Miss.FAILED, "scan/worker-died", "killed"))
    assert [task.page for task in store.to_examine(0, 9)] == [2]
    assert one(store, "SELECT copy_of FROM pages WHERE id = 3") == 2
    assert not is_complete(store)


def test_likeness_is_the_share_of_runs_of_words_in_common() -> None:
    same, half = " ".join(WORDS), " ".join(WORDS[:200] + [f"else{number}" for number in range(200)])
    one, other = signature_of(same), signature_of(half)
    assert one and other
    assert likeness_of(one, one) == 1
    assert likeness_of(one, other) == pytest.approx(1 / 3, abs=0.12)
    assert not set(bands_of(one)) & set(bands_of(other)[:0])
    assert signature_of("too short to tell") is None


def test_a_second_runner_is_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(JobError, match="another scan is at work"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_job_keeps_the_settings_it_was_begun_with(tmp_path: Path) -> None:
    with begun(tmp_path, {"delay": 3.0}, {}):
        pass
    with begun(tmp_path, {}, {}) as job:
        assert job.kept.delay == 3.0
    with pytest.raises(JobError, match=r"--delay 3\.0, not 1\.0"), begun(tmp_path, {"delay": 1.0}, {}):
        pass


def test_a_contact_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="--contact nobody"), begun(tmp_path, {"contact": "nobody"}, {}):
        pass


def test_a_job_of_another_version_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / NAME).close()
    with sqlite3.connect(tmp_path / NAME) as sql:
        sql.execute("PRAGMA user_version = 99")
    with pytest.raises(JobError, match="version 99"):
        Store(tmp_path / NAME)


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("this is no database, and long enough to be taken for one" * 20)
    with pytest.raises(JobError, match="is no job"):
        Store(tmp_path / NAME)
