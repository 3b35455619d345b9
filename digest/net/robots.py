"""robots.txt, asked once a day per origin (RFC 9309)."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

from protego import Protego

from digest.errors import FetchFailed
from digest.net.politeness import TOO_MANY_REQUESTS
from digest.net.urls import origin
from digest.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.net.http import Client

ROBOT_NAME = "digest"
VALID = timedelta(hours=24)

_LINE = re.compile(r"[ \t\ufeff]*([A-Za-z][A-Za-z-]*)[ \t]*:[ \t]*([^#\r\n]*)")
# How names are misspelt that crawlers take all the same.
_RULES = {"allow": "Allow", "disallow": "Disallow", "dissallow": "Disallow", "disalow": "Disallow"}
_AGENTS = {"user-agent", "useragent"}
_PARSED = 500 * 1024  # bytes: what RFC 9309 asks a crawler to read at least
_RECEIVED = 4 * _PARSED


class Permission(Protocol):
    """Says which pages may be fetched."""

    def refusal(self, url: str) -> str | None:
        """Why the page may not be fetched, in words; None when it may."""


class RobotsCache(Protocol):
    """Where robots.txt files are kept between runs."""

    def get(self, origin: str) -> tuple[str, datetime] | None:
        """The text kept for an origin and when it was fetched."""

    def put(self, origin: str, text: str, fetched_at: datetime) -> None:
        """Keep a text; "" when the origin has none."""


class Robots:
    """Says which pages may be fetched. Safe to share between threads; each origin is asked once."""

    def __init__(
        self,
        client: Client,
        cache: RobotsCache,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client, self._cache, self._now = client, cache, now
        self._rules: dict[str, Protego | str] = {}  # or, in words, why there are none to go by
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def allowed(self, url: str) -> bool:
        """Whether the page may be fetched."""
        return self.refusal(url) is None

    def refusal(self, url: str) -> str | None:
        """Why the page may not be fetched, in words; None when it may.

        An origin without robots.txt (4xx) allows everything, one that cannot be reached or fails
        (5xx) nothing.
        """
        place = origin(url)
        if not place:
            return None  # no http or https URL; the client says so better
        with self._lock:
            lock = self._locks[place]
        with lock:
            if place not in self._rules:
                self._rules[place] = self._load(place)
            rules = self._rules[place]
        if isinstance(rules, str):
            return rules
        return None if rules.can_fetch(url, ROBOT_NAME) else "robots.txt does not allow it"

    def _load(self, place: str) -> Protego | str:
        kept = self._cache.get(place)
        if kept and timedelta(0) <= self._now() - kept[1] < VALID:
            return Protego.parse(ours(kept[0]))
        try:
            text = self._fetch(place)
        except FetchFailed as error:
            if kept:  # better yesterday's rules than none (section 2.4)
                return Protego.parse(ours(kept[0]))
            return f"robots.txt: {error.reason}" if error.status else error.reason
        self._cache.put(place, text, self._now())
        return Protego.parse(ours(text))

    def _fetch(self, place: str) -> str:
        """The origin's rules, "" when it has none. Raises FetchFailed when that cannot be known."""
        try:
            response = self._client.get(
                urljoin(place, "/robots.txt"), accept="text/plain, */*;q=0.5", max_bytes=_RECEIVED
            )
        except FetchFailed as error:
            if error.status and 400 <= error.status < 500 and error.status != TOO_MANY_REQUESTS:
                return ""
            raise
        return decode(response.body[:_PARSED], response.headers.get("content-type", ""))


def ours(text: str) -> str:
    """The rules that are for us, as plain as can be: of the groups named `digest` or, when there is
    none, `*` (RFC 9309, section 2.2.1). Pure.

    Protego ends a group at a line that is no rule, and takes a name for ours that ours begins
    with; both ways a page that is closed to us would be fetched.
    """
    rules: dict[str, list[str]] = {}
    names: set[str] = set()
    begun = True  # whether the next user agent begins another group
    for match in filter(None, map(_LINE.match, re.split(r"\r\n?|\n", text))):
        name, value = match[1].lower(), match[2].strip()
        if name in _AGENTS:
            names = set() if begun else names
            names.add(value.partition("/")[0].strip().lower())
            begun = False
            for group in names & {ROBOT_NAME, "*"}:
                rules.setdefault(group, [])
        elif name in _RULES:
            begun = True
            for group in names & {ROBOT_NAME, "*"}:
                rules[group].append(f"{_RULES[name]}: {value}")
    chosen = rules.get(ROBOT_NAME, rules.get("*"))
    return "\n".join([f"User-agent: {ROBOT_NAME}", *chosen, ""]) if chosen else ""
