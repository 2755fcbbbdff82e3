"""A scan comes to its end with every page once, whatever happens to it on the way."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

import pytest

from audit import main
from auditor.errors import JobError
from auditor.scanning.inputs import places_named
from auditor.scanning.job import begun
from auditor.scanning.merging import merged
from auditor.scanning.model import Died, Event, Task
from auditor.scanning.running import DEATHS, Run
from auditor.scanning.settings import Chosen
from auditor.scanning.shards import Shard
from auditor.scanning.work import done
from tests.scan_kills import ROOT, scan_with_kills
from tests.scan_kills import states_in as ended_in
from tests.scan_site import page, troubled_sites
from tests.scans import rows_of, scan_into, states_of

TABLES = (
    "SELECT input, state, code, on_topic, text_sha256 FROM pages ORDER BY input",
    "SELECT input, claim, verdict, confidence FROM claims JOIN pages ON id = page ORDER BY input, number",
    "SELECT input, rule, severity, fingerprint FROM findings JOIN pages ON id = page ORDER BY input, number",
)


def saved(folder: Path, numbers: range) -> list[str]:
    """Pages of the site as files."""
    for number in numbers:
        (folder / f"{number}.html").write_text(page(number), encoding="utf-8")
    return [str(folder / f"{number}.html") for number in numbers]


def what_is_in(job: Path) -> list[list[tuple[object, ...]]]:
    return [rows_of(job, query) for query in TABLES]


def slow_page(folder: Path) -> str:
    """A page on topic that takes many seconds to audit."""
    body = "".join(
        f"<p>A slipped disc number {n} can press on a nerve root and make the leg hurt.</p>" for n in range(9000)
    )
    (folder / "slow.html").write_text(f"<html lang=en><body>{body}</body></html>", encoding="utf-8")
    return str(folder / "slow.html")


# ---- what becomes of pages


def test_every_page_is_there_once_and_failures_have_their_reason(tmp_path: Path) -> None:
    with troubled_sites(4, stall=0.2) as (_, sites):
        scan_into(tmp_path, [f"{sites[n % 4]}/{n}" for n in range(40)], connections=8)
    by_number = {int(url.rsplit("/", 1)[1]): state for url, state in states_of(tmp_path).items()}
    assert by_number == {n: "failed" if n % 10 == 3 else "done" for n in range(40)}
    assert rows_of(tmp_path, "SELECT DISTINCT code FROM pages WHERE state = 'failed'") == [("fetch/status-404",)]


def test_the_same_command_again_asks_nobody(tmp_path: Path) -> None:
    with troubled_sites(1, stall=0.1) as (site, (url,)):
        for _ in range(2):
            scan_into(tmp_path, [f"{url}/0", f"{url}/3"])
            asked = dict(site.asked)
        assert dict(site.asked) == asked
        scan_into(tmp_path, retry_failed=True)
        assert site.asked["/3"] == 2
        assert site.asked["/0"] == 1


def test_a_page_that_failed_for_a_passing_reason_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    with troubled_sites(1) as (_, (url,)):
        nowhere = url.rsplit(":", 1)[0] + ":9/0"
        scan_into(tmp_path, [nowhere], tries=1)
        assert states_of(tmp_path) == {nowhere: "failed"}
    assert scan_into(tmp_path, tries=1).resumed.retried == 1


def test_a_host_is_asked_by_one_at_a_time(tmp_path: Path) -> None:
    with troubled_sites(1, stall=0.2) as (site, (url,)):
        scan_into(tmp_path, [f"{url}/{n}" for n in (19, 39, 59, 79, 0, 2)], connections=6)
    assert site.most_at_once == 1


def test_several_hosts_are_asked_at_once(tmp_path: Path) -> None:
    with troubled_sites(4, stall=1.2) as (site, urls):
        scan_into(tmp_path, [f"{url}/19" for url in urls], connections=4)
    assert site.most_at_once > 1


def test_a_limit_leaves_the_rest_for_later(tmp_path: Path) -> None:
    pages = saved(tmp_path, range(0, 10, 2))
    scan_into(tmp_path / "job", pages, limit=2)
    assert sorted(states_of(tmp_path / "job").values()) == ["done", "done", "waiting", "waiting", "waiting"]
    scan_into(tmp_path / "job", limit=9)
    assert set(states_of(tmp_path / "job").values()) == {"done"}


def test_old_pages_are_fetched_again_when_their_age_is_limited(tmp_path: Path) -> None:
    with troubled_sites(1) as (site, (url,)):
        scan_into(tmp_path, [f"{url}/0"])
        scan_into(tmp_path, max_age=1)
        assert site.asked["/0"] == 1
        time.sleep(1.1)  # times of pages are kept to the second
        scan_into(tmp_path, max_age=0)
        assert site.asked["/0"] == 2
    assert states_of(tmp_path) == {f"{url}/0": "done"}


def test_other_rules_audit_again_from_the_stored_text(tmp_path: Path) -> None:
    with troubled_sites(1) as (site, (url,)):
        scan_into(tmp_path, [f"{url}/1"])
    first, asked = what_is_in(tmp_path), dict(site.asked)
    assert scan_into(tmp_path, judges={"tool": "another"}).resumed.rejudged == 1
    assert what_is_in(tmp_path) == first
    assert dict(site.asked) == asked
    assert scan_into(tmp_path, judges={"tool": "another"}).resumed.rejudged == 0


def test_a_syndicated_copy_is_grouped_and_audited_once(tmp_path: Path) -> None:
    text = "".join(
        f"<p>{line}</p>" for line in ("Nerve root cures sciatica for good.", " ".join(f"w{n}" for n in range(300)))
    )
    for name, end in (("a", "Ours."), ("b", "Ours."), ("c", "Theirs.")):
        body = f"<html lang=en><body><article>{text}<p>{end}</p></article></body></html>"
        (tmp_path / f"{name}.html").write_text(body, encoding="utf-8")
    scan_into(tmp_path / "job", [str(tmp_path / f"{name}.html") for name in "abc"])
    assert rows_of(tmp_path / "job", "SELECT id, copy_of FROM pages") == [(1, None), (2, 1), (3, 1)]
    assert {row[0] for row in rows_of(tmp_path / "job", "SELECT page FROM claims")} == {1}


def test_shards_merged_hold_what_one_scan_holds(tmp_path: Path) -> None:
    pages = saved(tmp_path, range(8))
    scan_into(tmp_path / "whole", pages)
    for number in (1, 2):
        scan_into(tmp_path / f"part{number}", pages, kept={"shard": Shard(number, 2)})
    assert 0 < len(states_of(tmp_path / "part1")) < 8
    assert merged([tmp_path / "part1", tmp_path / "part2"], tmp_path / "merged") == 8
    assert what_is_in(tmp_path / "merged") == what_is_in(tmp_path / "whole")
    assert scan_into(tmp_path / "merged").progress.settled == 0


# ---- workers and clusters


def test_processes_and_a_cluster_give_what_this_process_gives(tmp_path: Path) -> None:
    pages = saved(tmp_path, range(6))
    scan_into(tmp_path / "here", pages)
    scan_into(tmp_path / "pool", pages, workers=1)
    scan_into(tmp_path / "dask", pages, workers=1, cluster="local")
    assert what_is_in(tmp_path / "here") == what_is_in(tmp_path / "pool") == what_is_in(tmp_path / "dask")


def test_a_page_that_takes_too_long_is_given_up_and_the_others_are_audited(tmp_path: Path) -> None:
    pages = [slow_page(tmp_path), *saved(tmp_path, range(2))]
    scan_into(tmp_path / "job", pages, workers=1, seconds_a_page=5.0)
    rows = rows_of(tmp_path / "job", "SELECT state, code FROM pages ORDER BY id")
    assert rows == [("failed", "scan/timeout"), ("done", None), ("done", None)]


class DeadlyEngine:
    """Does tasks in this process; one page is the death of every process that has it."""

    batch = 1

    def __init__(self, deadly: int, events: SimpleQueue[Event]) -> None:
        self._deadly, self._events = deadly, events
        self.deaths = 0

    def has_room(self) -> bool:
        return True

    def start(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            self.again(task)

    def examine(self, task: Task) -> None:
        self.again(task)

    def again(self, task: Task) -> None:
        self.deaths += task.page == self._deadly
        self._events.put(Event(task, Died() if task.page == self._deadly else done(task), 0.0))

    def go_on(self, task: Task, page: object) -> None:
        raise AssertionError(f"{task} was read where it was got, and yet here is {page}")

    def flush(self) -> None:
        """Keeps nothing back."""

    def close(self) -> None:
        """Has nothing to end."""


def test_a_page_over_which_processes_die_is_tried_a_few_times_and_recorded(tmp_path: Path) -> None:
    pages, engines = saved(tmp_path, range(3)), []

    def make(events: SimpleQueue[Event]) -> DeadlyEngine:
        engines.append(DeadlyEngine(2, events))
        return engines[0]

    with begun(tmp_path / "job", {}, {}) as job:
        job.store.add(places_named(pages))
        Run(job.store, Chosen(), "judge").go(make, threading.Event(), lambda _: None)
    rows = rows_of(tmp_path / "job", "SELECT state, code FROM pages ORDER BY id")
    assert rows == [("done", None), ("failed", "scan/worker-died"), ("done", None)]
    assert engines[0].deaths == DEATHS


# ---- signals


def begun_scan(tmp_path: Path, *inputs: str) -> subprocess.Popen[str]:
    arguments = ["scan", *inputs, "--job", str(tmp_path / "job"), "--allow-private", "--delay", "0", "--workers", "0"]
    return subprocess.Popen([sys.executable, ROOT / "audit.py", *arguments], stderr=subprocess.PIPE, text=True)


def has_pages(job: Path) -> bool:
    with suppress(JobError):
        return bool(states_of(job))
    return False


def wait_until(came: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not came():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_interrupted_scan_ends_with_130_and_is_finished_by_the_next(tmp_path: Path) -> None:
    with troubled_sites(2, stall=120) as (site, sites):
        process = begun_scan(tmp_path, f"{sites[0]}/0", f"{sites[1]}/19")
        wait_until(lambda: site.asked["/19"])
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    states = states_of(tmp_path / "job")
    assert states[f"{sites[1]}/19"] == "waiting"


def test_a_second_interruption_ends_a_scan_at_once(tmp_path: Path) -> None:
    process = begun_scan(tmp_path, slow_page(tmp_path))
    wait_until(lambda: has_pages(tmp_path / "job"))
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said


def test_a_scan_of_nothing_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "urls.txt").write_text("# none yet\n")
    assert main(["scan", "--urls-from", str(tmp_path / "urls.txt"), "--job", str(tmp_path / "job")]) == 2
    assert "there is no page to scan" in capsys.readouterr().err


def test_a_second_scan_in_the_same_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with begun(tmp_path, {}, {}):
        assert main(["scan", "--job", str(tmp_path)]) == 2
    assert "another scan is at work" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the workers of a scan by /proc")
def test_a_scan_that_is_killed_again_and_again_loses_no_page(tmp_path: Path) -> None:
    with troubled_sites(6, stall=0.2) as (_, sites):
        listed = tmp_path / "urls.txt"
        listed.write_text("\n".join(f"{sites[n % 6]}/{n}" for n in range(60)))
        arguments = ["--urls-from", str(listed), "--job", str(tmp_path), "--allow-private", "--delay", "0"]
        killed = scan_with_kills([*arguments, "--workers", "1"], kills=5, wait=(0.6, 2.0))
    ended = ended_in(tmp_path)
    assert killed.runners and killed.runners + killed.workers == 5
    assert killed.code == 3
    assert len(ended) == 60
    assert {int(url.rsplit("/", 1)[1]): state for url, (state, _) in ended.items()} == {
        n: "failed" if n % 10 == 3 else "done" for n in range(60)
    }
