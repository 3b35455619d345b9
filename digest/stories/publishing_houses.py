"""Whose an address is: the part of a host that one registers, or the writer on a host of many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Where many write under names of their own, and which the public suffix list does not have: by
# subdomain, or by the first part of the path.
_BY_SUBDOMAIN = frozenset(
    [
        "substack.com",
        "medium.com",
        "ghost.io",
        "beehiiv.com",
        "wordpress.com",
        "tumblr.com",
        "buttondown.email",
        "buttondown.com",
        "hashnode.dev",
        "livejournal.com",
        "typepad.com",
        "squarespace.com",
        "mataroa.blog",
        "write.as",
        "micro.blog",
        "posthaven.com",
        "svbtle.com",
        "over-blog.com",
        "canalblog.com",
        "ameblo.jp",
        "fc2.com",
        "kit.com",
        "convertkit.com",
        "blogspot.co.uk",
        "blogspot.de",
        "blogspot.fr",
        "blogspot.ca",
        "blogspot.in",
        "libsyn.com",
        "podbean.com",
        "simplecast.com",
        "transistor.fm",
        "captivate.fm",
        "acast.com",
        "buzzsprout.com",
        "substackcdn.com",
    ]
)
_BY_PATH = frozenset(
    [
        "medium.com",
        "substack.com",
        "github.com",
        "gitlab.com",
        "codeberg.org",
        "youtube.com",
        "x.com",
        "twitter.com",
        "bsky.app",
        "linkedin.com",
        "note.com",
        "dev.to",
        "zenn.dev",
        "qiita.com",
        "patreon.com",
        "huggingface.co",
        "reddit.com",
        "buttondown.email",
        "buttondown.com",
        "telegra.ph",
    ]
)
# Parts of a path before the name, and parts that are no name.
_BEFORE_NAME = frozenset(
    {"c", "channel", "user", "profile", "in", "company", "pulse", "r", "u", "pub"}
)
_NO_NAME = frozenset(
    {
        "",
        "watch",
        "p",
        "home",
        "posts",
        "post",
        "s",
        "m",
        "live",
        "shorts",
        "playlist",
        "blog",
        "papers",
    }
)


SHARED = _BY_SUBDOMAIN | _BY_PATH


@dataclass(frozen=True, slots=True)
class Home:
    """Where something stands. `writer` is "" where the host is one house's own, `host` what a host
    of many is called ("medium").
    """

    site: str  # the registered part of the host, or the host when it is none
    writer: str = ""
    host: str = ""

    @property
    def name(self) -> str:
        """What the house is called by its address: "verge" of theverge.com, a writer's own name."""
        path = self.writer.partition("/")[2]
        own = path or (self.writer or self.site).partition(".")[0]
        plain = _name(own) if re.search("[a-z]", self.site) else self.site
        return plain.removeprefix("the") if len(plain) > 6 else plain


@lru_cache(4096)
def home(url: str) -> Home:
    """Whose an address is; an empty site for what is no address."""
    try:
        parts = urlsplit(url)
        named = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return Home("")
    if not re.search(r"[a-z]", named) or ":" in named:
        return Home(named)  # a number is nobody's name
    above = named.partition(".")[2]
    for base in (above, above.partition(".")[2]):
        if base in _BY_SUBDOMAIN:
            return Home(base, named, _name(base.partition(".")[0]))
    if named in SHARED:
        return Home(named, _by_path(named, parts.path), _name(named.partition(".")[0]))
    site = _suffixes().privatesuffix(named) or named
    suffix = _suffixes().publicsuffix(named) or ""
    *_, owner, _ = ["", "", *suffix.split(".")]  # of github.io; of co.uk nobody's
    return Home(site, host=_name(owner))


def _by_path(site: str, path: str) -> str:
    """The name that a path begins with, "" for none: "/@ann/1", "/c/ann"."""
    names = [part for part in path.lower().split("/") if part not in _BEFORE_NAME]
    first = names[1] if len(names) > 1 else ""
    return "" if first in _NO_NAME else f"{site}/{first}"


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def _name(label: str) -> str:
    return "".join(re.findall(r"\w+", label.replace("_", "").lower()))
