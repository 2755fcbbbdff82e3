"""Sites are asked only with the leave of their robots.txt, in turns, and again only where that may help."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outside import PUBLIC, Outside
from web import Answer, Site, answer, site

from auditor.errors import FetchFailed
from auditor.fetching.fetcher import Fetcher
from auditor.fetching.pacing import Pacer
from auditor.fetching.reasons import Why, failed, status_failed
from auditor.fetching.robots import EVERYTHING, MOST_BYTES, Robots, rules_in
from auditor.fetching.settings import FetchSettings

PAGE = answer("<!doctype html><p>A root hurts.</p>", content_type="text/html")
QUICK = FetchSettings(allow_private=True, delay=0, retry_delay=0, seconds=5)
SITE = "http://a.example.org"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        here.answers["/"] = PAGE
        yield here


def code_of(url: str, fetcher: Fetcher) -> str:
    with pytest.raises(FetchFailed) as caught:
        fetcher.page_at(url)
    return caught.value.code


class Hand:
    """A clock that is set by hand; sleeping moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /x", "/y", True),
        ("User-agent: *\nDisallow: /\nAllow: /x", "/x", True),  # the longest match wins
        ("User-agent: *\nDisallow: /x\nAllow: /x", "/x", True),  # allow wins a tie
        ("User-agent: *\nDisallow: /*.php$", "/x.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x.php?y", True),
        ("user-AGENT: healthCLAIMauditor\ndisallow: /", "/x", False),
        ("User-agent: HealthClaimAuditor/0.1 # us\nDisallow: /", "/x", False),
        ("User-agent: HealthClaimAuditor\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: HealthClaimAuditor\nAllow: /", "/x", True),
        ("User-agent: Health\nDisallow: /", "/x", True),  # another's name, with which ours begins
        ("User-agent: HealthClaimAuditorPro\nDisallow: /", "/x", True),
        ("User-agent: otherbot\nUser-agent: HealthClaimAuditor\nDisallow: /", "/x", False),
        ("User-agent: otherbot\nDisallow: /", "/x", True),
        ("User-agent: otherbot\nDisallow: /\n\nUser-agent: *\nDisallow: /x", "/x", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\rDisallow: /\r", "/x", False),
        ("User-agent: *\r\nDisallow: /caf%C3%A9\r\n", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9", False),
        ("<!doctype html><title>Not found</title>", "/x", True),
        ("Disallow: /", "/x", True),  # belongs to no group
    ],
)
def test_a_robots_txt_is_read_by_its_standard(text: str, path: str, allowed: bool) -> None:
    assert rules_in(text.encode()).allow(SITE + path) is allowed


def test_a_robots_txt_is_read_as_far_as_the_limit_and_to_the_end_of_a_line() -> None:
    head = b"User-agent: *\nDisallow: /x\n"
    rules = rules_in(head + b"#" * (MOST_BYTES - len(head) - 12) + b"\nDisallow: /yy\nDisallow: /")
    assert not rules.allow(SITE + "/x") and rules.allow(SITE + "/z") and rules.allow(SITE + "/yy")


@pytest.mark.parametrize(
    ("said", "delay"),
    [("2", 2.0), ("0.5", 0.5), ("-1", 0.0), ("nan", 0.0), ("inf", 0.0), ("soon", 0.0), ("99999999", 86_400.0)],
)
def test_a_crawl_delay_is_read(said: str, delay: float) -> None:
    assert rules_in(f"User-agent: *\nCrawl-delay: {said}\nDisallow: /x".encode()).delay == delay
    assert EVERYTHING.delay == 0


@given(st.binary(max_size=400))
def test_any_robots_txt_gives_rules(data: bytes) -> None:
    rules = rules_in(b"User-agent: *\n" + data)
    assert rules.allow(SITE + "/x") in (True, False)
    assert 0 <= rules.delay <= 86_400


def test_a_page_that_robots_txt_disallows_is_not_asked_for(web: Site) -> None:
    web.answers["/robots.txt"] = answer("User-agent: *\nDisallow: /")
    with pytest.raises(FetchFailed, match="allow HealthClaimAuditor there by name") as caught:
        Fetcher(QUICK).page_at(web.url)
    assert (caught.value.code, caught.value.passing, web.paths) == ("fetch/robots", False, [])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451])
def test_a_robots_txt_that_is_not_there_allows_everything(web: Site, status: int) -> None:
    web.answers["/robots.txt"] = answer("User-agent: *\nDisallow: /", status=status)
    assert Fetcher(QUICK).page_at(web.url)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_robots_txt_that_fails_forbids_everything_for_now(web: Site, status: int) -> None:
    web.answers["/robots.txt"] = answer(status=status)
    with pytest.raises(FetchFailed) as caught:
        Fetcher(QUICK).page_at(web.url)
    assert (caught.value.code, caught.value.passing, web.paths) == ("fetch/robots-unreachable", True, [])


def test_a_robots_txt_is_followed_where_it_has_moved(web: Site) -> None:
    web.answers["/robots.txt"] = answer(status=301, location="/rules")
    web.answers["/rules"] = answer("User-agent: *\nDisallow: /")
    assert code_of(web.url, Fetcher(QUICK)) == "fetch/robots"


def test_a_robots_txt_that_moves_without_end_allows_everything(web: Site) -> None:
    web.answers["/robots.txt"] = answer(status=301, location="/robots.txt")
    assert Fetcher(QUICK).page_at(web.url)


def test_a_large_robots_txt_is_read_in_part(web: Site) -> None:
    web.answers["/robots.txt"] = answer("User-agent: *\nDisallow: /\n" + "# x\n" * 400_000)
    assert code_of(web.url, Fetcher(QUICK)) == "fetch/robots"


def test_a_site_is_asked_once_for_its_rules(web: Site) -> None:
    with Fetcher(QUICK) as fetcher:
        for _ in range(3):
            fetcher.page_at(web.url)
    assert web.robots_asked == 1


def test_a_redirect_to_another_site_asks_for_leave_there(web: Site) -> None:
    web.answers["/robots.txt"] = lambda request: answer(
        "User-agent: *\nDisallow: /" if "b." in request.headers["Host"] else ""
    )(request)
    web.answers["/"] = answer(status=302, location="http://b.example.org/x")
    there = Outside(int(web.url.rpartition(":")[2]), {name: [[PUBLIC]] for name in ("a.example.org", "b.example.org")})
    assert code_of(SITE, Fetcher(QUICK, there.network)) == "fetch/robots"
    assert web.paths == ["/"]


def test_rules_are_kept_for_a_day() -> None:
    clock, asked = Hand(), []
    robots = Robots(clock)
    for wait in (0, 86_000, 500):
        clock.sleep(wait)
        robots.rules_for(SITE, lambda place: asked.append(place) or EVERYTHING)
    assert asked == [SITE + "/robots.txt"] * 2


def test_rules_that_could_not_be_had_three_times_are_left_alone_for_a_while() -> None:
    clock, asked = Hand(), []

    def fail(place: str) -> object:
        asked.append(place)
        raise status_failed(503, "")

    robots = Robots(clock)
    for wait in (0, 1, 1, 10, 200, 300):
        clock.sleep(wait)
        with pytest.raises(FetchFailed):
            robots.rules_for(SITE, fail)  # type: ignore[arg-type]
    assert len(asked) == 4


@pytest.mark.parametrize("trouble", [answer(status=503), lambda request: request.connection.close()])
def test_a_robots_txt_is_asked_for_again_where_that_may_help(web: Site, trouble: Answer) -> None:
    web.answers["/robots.txt"] = one_after_another(trouble, trouble, answer("User-agent: *\nDisallow: /x"))
    assert Fetcher(QUICK).page_at(web.url)
    assert web.robots_asked == 3


def test_a_wait_that_is_asked_for_with_robots_txt_is_heeded(web: Site) -> None:
    web.answers["/robots.txt"] = answer(status=429, retry_after="3600")
    assert code_of(web.url, Fetcher(QUICK)) == "fetch/too-soon"
    assert web.paths == []


def test_older_rules_hold_while_new_ones_cannot_be_had() -> None:
    clock = Hand()
    robots = Robots(clock)
    old = robots.rules_for(SITE, lambda _: rules_in(b"User-agent: *\nDisallow: /x"))
    clock.sleep(90_000)

    def fail(_: str) -> object:
        raise failed(Why.TIMEOUT)

    assert robots.rules_for(SITE, fail) is old  # type: ignore[arg-type]


def test_threads_that_want_the_same_rules_wait_for_one_to_ask(web: Site) -> None:
    with Fetcher(QUICK) as fetcher:
        threads = [threading.Thread(target=fetcher.page_at, args=(web.url,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (web.robots_asked, len(web.paths)) == (1, 8)


def test_turns_at_a_host_keep_their_distance_and_hosts_do_not_wait_for_each_other() -> None:
    clock = Hand()
    pacer = Pacer(60, clock, clock.sleep)
    began = []
    for host in ("a", "a", "b", "a"):
        pacer.turn(host, 10)
        began.append(clock.now - 1000)
    assert began == [0, 10, 10, 20]
    assert (pacer.ready_at("a"), pacer.ready_at("b"), pacer.ready_at("c")) == (1030, 1020, 0)


def test_a_host_that_asks_for_patience_gets_no_more_than_we_have() -> None:
    clock = Hand()
    pacer = Pacer(60, clock, clock.sleep)
    pacer.hold("a", 50)
    assert pacer.is_patient("a")
    pacer.hold("a", 61)
    pacer.hold("a", 5)  # a shorter wait does not undo a longer one
    assert not pacer.is_patient("a")
    with pytest.raises(FetchFailed, match="another 61 s") as caught:
        pacer.turn("a", 1)
    assert (caught.value.code, caught.value.passing, clock.now) == ("fetch/too-soon", True, 1000)


def test_a_fetcher_says_when_a_host_may_be_asked_again(web: Site) -> None:
    slow = FetchSettings(allow_private=True, delay=1000)
    with Fetcher(slow) as fetcher:
        assert fetcher.ready_at(web.url) <= time.monotonic()
        fetcher.page_at(web.url)
        assert 900 < fetcher.ready_at(web.url + "/x") - time.monotonic() <= 1000
        assert fetcher.ready_at("http://b.example.org") == fetcher.ready_at("no address") == 0
        assert code_of(web.url, fetcher) == "fetch/too-soon"


def test_a_crawl_delay_goes_before_our_own(web: Site) -> None:
    web.answers["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 500\nDisallow: /private")
    with Fetcher(QUICK) as fetcher:
        fetcher.page_at(web.url)
        assert fetcher.ready_at(web.url) - time.monotonic() > 400


def test_redirects_within_a_host_are_one_turn(web: Site) -> None:
    web.answers["/old"] = answer(status=301, location="/")
    with Fetcher(FetchSettings(allow_private=True, delay=1000)) as fetcher:
        assert fetcher.page_at(web.url + "/old").url == web.url + "/"


def one_after_another(*answers: Answer) -> Answer:
    waiting = list(answers)
    return lambda request: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(request)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_page_is_asked_for_again_where_that_may_help(web: Site, status: int) -> None:
    web.answers["/"] = one_after_another(answer(status=status), answer(status=status), PAGE)
    assert Fetcher(QUICK).page_at(web.url).text
    assert len(web.paths) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_page_is_not_asked_for_again_where_that_would_not_help(web: Site, status: int) -> None:
    web.answers["/"] = one_after_another(answer(status=status), PAGE)
    assert code_of(web.url, Fetcher(QUICK)) == f"fetch/status-{status}"
    assert len(web.paths) == 1


def test_a_page_is_asked_for_again_when_the_connection_broke(web: Site) -> None:
    web.answers["/"] = one_after_another(lambda request: request.connection.close(), PAGE)
    assert Fetcher(QUICK).page_at(web.url).text


def test_tries_are_counted(web: Site) -> None:
    web.answers["/"] = answer(status=503)
    assert code_of(web.url, Fetcher(QUICK)) == "fetch/status-503"
    assert len(web.paths) == 1 + QUICK.retries


def test_a_wait_that_a_server_asks_for_is_waited_for(web: Site) -> None:
    web.answers["/"] = one_after_another(answer(status=503, retry_after="0"), PAGE)
    assert Fetcher(QUICK).page_at(web.url).text


@pytest.mark.parametrize("after", ["3600", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_beyond_our_patience_is_left_to_later(web: Site, status: int, after: str) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    web.answers["/"] = answer(status=status, retry_after=later if after == "date" else after)
    with Fetcher(QUICK) as fetcher:
        assert code_of(web.url, fetcher) == f"fetch/status-{status}"
        assert fetcher.ready_at(web.url) - time.monotonic() > 3000
        assert code_of(web.url, fetcher) == "fetch/too-soon"
    assert len(web.paths) == 1


@pytest.mark.parametrize(
    "after", ["", "soon", "-5", "99999999999999999999999999", "Fri, 99 Foo 2030 00:00:00 GMT", "\u00b2"]
)
def test_a_wait_that_makes_no_sense_is_survived(web: Site, after: str) -> None:
    web.answers["/"] = answer(status=503, retry_after=after)
    assert code_of(web.url, Fetcher(QUICK)) == "fetch/status-503"
