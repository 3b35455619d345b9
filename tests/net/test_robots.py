"""robots.txt: asked once, kept for a day, and believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.net.robots import Robots
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from digest.net.http import Client
    from tests.conftest import MakeClient

NOW = datetime(2026, 2, 5, 6, 30, tzinfo=UTC)
RULES = (
    b"User-agent: *\nDisallow: /private\nAllow: /private/open\n\nUser-agent: digest\nDisallow:"
    b" /login\n"
)


class Shelf:
    """A cache in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, datetime]] = {}

    def get(self, origin: str) -> tuple[str, datetime] | None:
        """What is kept."""
        return self.kept.get(origin)

    def put(self, origin: str, text: str, fetched_at: datetime) -> None:
        """Keep it."""
        self.kept[origin] = (text, fetched_at)


def robots(client: Client, shelf: Shelf, now: datetime = NOW) -> Robots:
    """Robots at a fixed time."""
    return Robots(client, shelf, lambda: now)


def test_our_own_group_of_rules_counts(server: ScriptedServer, client: Client) -> None:
    """The rules for "digest" go before those for everybody; the origin is asked once for all its
    pages.
    """
    server.routes["/robots.txt"] = RULES
    rules = robots(client, Shelf())
    assert rules.refusal(server.url + "/login?x=1") == "robots.txt does not allow it"
    assert rules.allowed(server.url + "/private/")
    assert rules.allowed(server.url + "/news")
    assert [seen.path for seen in server.seen] == ["/robots.txt"]


def test_everybodys_rules_count_where_we_have_none(server: ScriptedServer, client: Client) -> None:
    """The group for all agents holds, its longest match deciding."""
    server.routes["/robots.txt"] = RULES.partition(b"\n\n")[0]
    rules = robots(client, Shelf())
    assert not rules.allowed(server.url + "/private/x")
    assert rules.allowed(server.url + "/private/open")


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\0garbage\0" * 50, b"<html>not rules</html>", b"Disallow: /\n"]
)
def test_a_file_without_rules_allows_everything(
    server: ScriptedServer, client: Client, body: bytes
) -> None:
    """An error page or rubbish in the place of rules forbids nothing."""
    server.routes["/robots.txt"] = body
    assert robots(client, Shelf()).allowed(server.url + "/news")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_file_allows_everything(server: ScriptedServer, client: Client, status: int) -> None:
    """RFC 9309, section 2.3.1.3: a client error means that there are no rules."""
    server.routes["/robots.txt"] = Reply(status)
    assert robots(client, Shelf()).allowed(server.url + "/news")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500),
        Reply(429),
        Reply(429, {"Retry-After": "600"}),
        Reply(503, {"Retry-After": "600"}),
    ],
)
def test_a_failing_server_allows_nothing(
    server: ScriptedServer, client: Client, reply: Reply
) -> None:
    """RFC 9309, section 2.3.1.4: unreachable rules are taken to forbid everything; the failure is
    told and not kept.
    """
    server.routes["/robots.txt"] = reply
    shelf = Shelf()
    rules = robots(client, shelf)
    assert (rules.refusal(server.url + "/news") or "").startswith(
        f"robots.txt: HTTP {reply.status}"
    )
    assert not rules.allowed(server.url + "/more")
    assert (len(server.seen), shelf.kept) == (1, {})


def test_a_closed_network_is_refused_for_what_it_is(make_client: MakeClient) -> None:
    """Where nobody may connect, the reason is that and not robots.txt."""
    rules = robots(make_client(allow=()), Shelf())
    assert (
        rules.refusal("http://169.254.169.254/latest/")
        == "refused: 169.254.169.254 is a link-local address"
    )


def test_other_schemes_are_left_to_the_client() -> None:
    """file: and the like have no robots.txt."""
    # nothing is fetched
    assert robots(None, Shelf()).allowed("file:///etc/passwd")  # type: ignore[arg-type]


def test_a_second_run_does_not_ask_again(server: ScriptedServer, client: Client) -> None:
    """Kept rules hold for a day, also the knowledge that there are none."""
    with serving({}) as without:
        server.routes["/robots.txt"] = RULES
        shelf = Shelf()
        for hours in (0, 23):
            rules = robots(client, shelf, NOW + timedelta(hours=hours))
            assert not rules.allowed(server.url + "/login")
            assert rules.allowed(without.url + "/login")
        assert (len(server.seen), len(without.seen)) == (1, 1)
        assert robots(client, shelf, NOW + timedelta(hours=25)).allowed(server.url + "/news")
        assert len(server.seen) == 2


def test_old_rules_are_better_than_none(server: ScriptedServer, client: Client) -> None:
    """When the server fails, the rules of the day before still count."""
    server.routes["/robots.txt"] = RULES
    shelf = Shelf()
    assert robots(client, shelf).allowed(server.url + "/news")
    server.routes["/robots.txt"] = Reply(500)
    later = robots(client, shelf, NOW + timedelta(days=3))
    assert later.allowed(server.url + "/news")
    assert not later.allowed(server.url + "/login")


def test_a_clock_that_went_back_does_not_keep_rules_for_ever(
    server: ScriptedServer, client: Client
) -> None:
    """Rules from the future are asked for again."""
    server.routes["/robots.txt"] = RULES
    shelf = Shelf()
    robots(client, shelf, NOW + timedelta(days=300)).allowed(server.url + "/news")
    robots(client, shelf, NOW).allowed(server.url + "/news")
    assert len(server.seen) == 2


SPOILT = [
    ("a line between two agents", "User-agent: *\nCrawl-delay: 5\nUser-agent: other\nDisallow: /"),
    ("a line before the rules", "User-agent: *\nContent-Signal: ai-train=no\nDisallow: /private"),
    ("a line among the rules", "User-agent: *\nDisallow: /a\nClean-param: x /\nDisallow: /private"),
    ("no space, no case, a comment", "USER-AGENT:*#all\nDISALLOW:/private#not this"),
    (
        "ours in two places",
        "User-agent: Digest/2.0\nDisallow: /x\n\nUser-agent: digest\nDisallow: /private",
    ),
]


@pytest.mark.parametrize("text", [row[1] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_lines_that_are_no_rules_end_no_group(
    server: ScriptedServer, client: Client, text: str
) -> None:
    """What a group forbids it forbids whatever else stands in it."""
    server.routes["/robots.txt"] = text.encode()
    assert not robots(client, Shelf()).allowed(server.url + "/private/page")


@pytest.mark.parametrize("name", ["dig", "d", "digestive", "digest-images", "di*"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_name_that_is_only_like_ours_is_another_robots(
    server: ScriptedServer, client: Client, name: str, *, closed: bool
) -> None:
    """Its rules neither close a page to us nor open one."""
    theirs, everybodys = ("", "/") if closed else ("/", "")
    server.routes["/robots.txt"] = (
        f"User-agent: {name}\nDisallow: {theirs}\n\nUser-agent: *\nDisallow: {everybodys}\n"
    ).encode()
    assert robots(client, Shelf()).allowed(server.url + "/news") is not closed
