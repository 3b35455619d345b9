"""One feed and many, from subscription to entries, and what is remembered in between."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Feed
from digest.feeds.fetch import Fetched, fetch_feed, fetch_feeds
from digest.feeds.gone_or_failing import FeedState
from digest.net.freshness import CEILING
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.net.http import Client
    from tests.conftest import MakeClient

NOW = datetime(2026, 2, 5, 6, 30, tzinfo=UTC)
RSS = (
    b"<rss"
    b" version='2.0'><channel><title>News</title><link>http://news.example/</link><language>en</language>%s<item><guid>1</guid><title>One</title><link>/one</link><pubDate>Thu,"
    b" 05 Feb 2026 05:00:00"
    b" GMT</pubDate></item><item><guid>2</guid><title>Two</title></item><item><guid>1</guid><title>One"
    b" again</title><link>/one</link></item></channel></rss>"
)
PLAIN = RSS % b""


def fetch(client: Client, url: str, state: FeedState | None = None, now: datetime = NOW) -> Fetched:
    """Fetch the feed at a URL."""
    return fetch_feed(Feed(url=url), state, client, now)


def test_items_become_entries(server: ScriptedServer, client: Client) -> None:
    """The first of several items with one GUID stays; undated stays undated; the feed's language
    holds for its items.
    """
    server.routes["/feed"] = PLAIN
    got = fetch_feed(Feed(url=server.url + "/feed", kind="podcast"), None, client, NOW)
    assert (got.outcome, got.reason, got.title, got.requested) == ("ok", "", "News", True)
    one, two = got.entries
    assert (one.title, one.url, one.published) == (
        "One",
        "http://news.example/one",
        NOW - timedelta(minutes=90),
    )
    assert (two.title, two.url, two.published) == ("Two", "", None)
    assert {(e.feed_url, e.first_seen, e.kind, e.language) for e in got.entries} == {
        (server.url + "/feed", NOW, "podcast", "en")
    }
    assert one.id != two.id
    assert one.id == fetch(client, server.url + "/feed").entries[0].id


def test_a_title_of_the_users_wins(server: ScriptedServer, client: Client) -> None:
    """The subscription's own title goes before the feed's; the feed's is remembered all the
    same.
    """
    server.routes["/feed"] = PLAIN
    got = fetch_feed(Feed(url=server.url + "/feed", title="Mine"), None, client, NOW)
    assert (got.title, got.state.title) == ("Mine", "News")


def test_a_users_own_user_agent_is_sent(server: ScriptedServer, client: Client) -> None:
    """For the few feeds that refuse ours."""
    server.routes["/feed"] = PLAIN
    fetch_feed(Feed(url=server.url + "/feed", user_agent="Mozilla/5.0"), None, client, NOW)
    assert server.seen[0].headers["User-Agent"] == "Mozilla/5.0"


def test_a_fresh_feed_is_not_asked(server: ScriptedServer, client: Client) -> None:
    """Within ttl nothing goes out; after it a conditional request does, and 304 renews what was
    said about freshness.
    """
    server.routes["/feed"] = Reply(
        headers={"ETag": '"1"', "Cache-Control": "max-age=600"}, body=RSS % b"<ttl>30</ttl>"
    )
    first = fetch(client, server.url + "/feed")
    assert first.state.fresh_until == NOW + timedelta(minutes=30)

    early = fetch(client, server.url + "/feed", first.state, NOW + timedelta(minutes=29))
    assert (early.outcome, early.reason, early.requested, early.title) == (
        "unchanged",
        "fresh until 07:00 UTC",
        False,
        "News",
    )

    server.routes["/feed"] = Reply(304, {"ETag": '"2"'})
    later = NOW + timedelta(minutes=30)
    again = fetch(client, server.url + "/feed", early.state, later)
    assert (again.outcome, again.reason, again.requested, again.entries) == (
        "unchanged",
        "not modified",
        True,
        (),
    )
    assert (again.state.etag, again.state.fresh_until, again.state.title) == (
        '"2"',
        later + timedelta(minutes=30),
        "News",
    )
    assert [seen.headers.get("If-None-Match") for seen in server.seen] == [None, '"1"']


def test_a_304_that_says_nothing_keeps_the_lifetime(server: ScriptedServer, client: Client) -> None:
    """RFC 9111, section 4.3.4: the kept Cache-Control still holds; a new one replaces it."""
    state = FeedState(server.url + "/feed", etag='"1"', lifetime=600)
    server.routes["/feed"] = Reply(304)
    assert fetch(client, server.url + "/feed", state).state.fresh_until == NOW + timedelta(
        seconds=600
    )
    server.routes["/feed"] = Reply(304, {"Cache-Control": "no-cache"})
    assert fetch(client, server.url + "/feed", state).state.fresh_until == NOW


def test_a_clock_that_jumped_does_not_silence_a_feed(
    server: ScriptedServer, client: Client
) -> None:
    """A freshness further off than any we would set is not believed."""
    server.routes["/feed"] = PLAIN
    state = FeedState(
        server.url + "/feed",
        fresh_until=NOW + CEILING + timedelta(seconds=1),
        ask_after=NOW + timedelta(days=400),
    )
    assert fetch(client, server.url + "/feed", state).outcome == "ok"


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        (Reply(404), "HTTP 404 Not Found"),
        (b"<html>sorry</html>", "not a feed: a web page"),
        (b"", "empty answer"),
        (
            Reply(headers={"Content-Length": "9999"}, body=PLAIN),
            f"connection closed early: {len(PLAIN)} of 9999 bytes",
        ),
    ],
)
def test_a_failure_is_data_and_forgets_nothing(
    server: ScriptedServer, client: Client, route: bytes | Reply, reason: str
) -> None:
    """What was kept stays, so that no later 304 hides that the feed is broken."""
    server.routes["/feed"] = route
    state = FeedState(server.url + "/feed", etag='"1"', title="News")
    got = fetch(client, server.url + "/feed", state)
    assert (got.outcome, got.reason, got.entries, got.title, got.state) == (
        "failed",
        reason,
        (),
        "News",
        state,
    )


def test_a_retry_after_is_remembered_for_the_next_run(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    """Until then the next run fails at once without asking; a good answer forgets it."""
    server.routes["/feed"] = Reply(429, {"Retry-After": "600"})
    state = fetch(make_client(), server.url + "/feed").state
    assert state.ask_after == NOW + timedelta(minutes=10)
    early = fetch(make_client(), server.url + "/feed", state, NOW + timedelta(minutes=9))
    assert (early.outcome, early.reason, early.requested, early.state) == (
        "failed",
        "asked to wait until 06:40 UTC",
        False,
        state,
    )
    server.routes["/feed"] = PLAIN
    assert (
        fetch(
            make_client(), server.url + "/feed", state, NOW + timedelta(minutes=10)
        ).state.ask_after
        is None
    )
    assert len(server.seen) == 2


def test_a_feed_that_the_run_did_not_get_to_keeps_its_state(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    """It says so, was not asked, and is as it was."""
    server.routes["/feed"] = PLAIN
    state = FeedState(server.url + "/feed", etag='"1"')
    got = fetch(make_client(run_deadline=1e-9), server.url + "/feed", state)
    assert (got.outcome, got.reason, got.requested, got.state) == (
        "failed",
        "not reached in time: a run has 1e-09 s",
        False,
        state,
    )
    assert not server.seen


@pytest.mark.parametrize(("period", "minutes"), [("hourly", 60), ("daily", 1440)])
def test_how_often_a_feed_is_updated_is_how_long_it_stays_fresh(
    server: ScriptedServer, client: Client, period: str, minutes: int
) -> None:
    """The syndication module's period counts like a ttl, and the longer of both holds."""
    space = b'<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
    body = (PLAIN.replace(b"<rss version='2.0'>", space)).replace(
        b"<item>", b"<ttl>5</ttl><sy:updatePeriod>%s</sy:updatePeriod><item>", 1
    )
    server.routes["/feed"] = body.replace(b"%s", period.encode())
    assert fetch(client, server.url + "/feed").state.ttl_minutes == minutes


def test_what_was_kept_for_another_address_does_not_count(
    server: ScriptedServer, client: Client
) -> None:
    """Validators of one URL are never sent to another."""
    server.routes["/feed"] = PLAIN
    assert (
        fetch(
            client,
            server.url + "/feed",
            FeedState("http://other.example/", etag='"1"', fresh_until=NOW + timedelta(hours=1)),
        ).outcome
        == "ok"
    )
    assert "If-None-Match" not in server.seen[0].headers


def flat(batches: Iterable[list[Fetched]]) -> list[Fetched]:
    """The feeds in the order in which they were done."""
    return list(chain.from_iterable(batches))


@pytest.fixture
def hosts() -> Iterator[list[ScriptedServer]]:
    """Three hosts with a feed each."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(serving({"/feed": PLAIN}, f"127.0.0.{i}")) for i in (2, 3, 4)]


def test_many_feeds_come_as_they_are_done(
    hosts: list[ScriptedServer], make_client: MakeClient
) -> None:
    """A host that hangs holds up neither the others nor what its own earlier feeds gave."""
    hosts[0].routes["/hang"] = hosts[0].hang
    urls = [
        hosts[0].url + "/feed",
        hosts[0].url + "/hang",
        hosts[1].url + "/feed",
        hosts[2].url + "/gone",
    ]
    feeds = [Feed(url=url) for url in urls]
    with ThreadPoolExecutor(4) as pool:
        got = flat(fetch_feeds(feeds, {}, make_client(timeout=2), pool, NOW))
    assert {result.feed.url for result in got} == set(urls)
    assert (got[-1].feed.url, got[-1].reason) == (urls[1], "no answer within 2 s")
    assert sorted(result.outcome for result in got) == ["failed", "failed", "ok", "ok"]


def test_kept_states_are_used_by_address(hosts: list[ScriptedServer], client: Client) -> None:
    """A feed that is still fresh is not asked while the others are."""
    fresh = FeedState(hosts[1].url + "/feed", fresh_until=NOW + timedelta(minutes=1))
    with ThreadPoolExecutor(2) as pool:
        got = flat(
            fetch_feeds(
                [Feed(url=host.url + "/feed") for host in hosts],
                {fresh.url: fresh},
                client,
                pool,
                NOW,
            )
        )
    assert sorted(result.outcome for result in got) == ["ok", "ok", "unchanged"]
    assert [len(host.seen) for host in hosts] == [1, 0, 1]


def test_nothing_is_begun_after_the_iteration_has_ended(
    server: ScriptedServer, client: Client
) -> None:
    """Whoever stops listening, by an interrupt for one, stops the work: of ten feeds of one host
    not all are asked.
    """
    server.routes |= {f"/{i}": PLAIN for i in range(10)}
    with ThreadPoolExecutor(1) as pool:
        results = fetch_feeds(
            [Feed(url=f"{server.url}/{i}") for i in range(10)], {}, client, pool, NOW
        )
        for together in results:
            assert all(result.outcome == "ok" for result in together)
            break
        # a generator, which its callers need not know
        results.close()  # type: ignore[attr-defined]
    assert len(server.seen) < 10


def test_no_feeds_at_all(client: Client) -> None:
    """Nothing to do is done at once."""
    with ThreadPoolExecutor(1) as pool:
        assert flat(fetch_feeds([], {}, client, pool, NOW)) == []


def test_a_bug_is_no_feeds_failure(hosts: list[ScriptedServer], make_client: MakeClient) -> None:
    """An exception that no feed explains comes out of the iteration instead of ending as a line in
    a report, or never.
    """

    def broken(_host: str, _port: int) -> list[tuple[str, int]]:
        raise KeyError("bug")

    with ThreadPoolExecutor(2) as pool, pytest.raises(KeyError):
        flat(
            fetch_feeds(
                [Feed(url=host.url + "/feed") for host in hosts],
                {},
                make_client(resolver=broken),
                pool,
                NOW,
            )
        )


@pytest.mark.parametrize(
    ("days", "rests"),
    [
        ("<skipDays><day>Thursday</day><day>Sunday</day></skipDays>", True),
        ("<skipDays>\n<day> thursday </day>\n</skipDays>", True),
        ("<skipDays><day>Saturday</day></skipDays>", False),
        ("<skipDays><day>Someday</day></skipDays>", False),
        ("", False),
    ],
)
def test_a_feed_says_on_which_days_it_rests(
    server: ScriptedServer,
    client: Client,
    days: str,
    rests: bool,  # a row
) -> None:
    """RSS's skipDays; the run is on a Thursday."""
    server.routes["/feed"] = (
        f"<rss version='2.0'><channel><title>News</title>{days}</channel></rss>".encode()
    )
    assert fetch_feed(Feed(url=server.url + "/feed"), None, client, NOW).rests is rests
