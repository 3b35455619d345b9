"""What a release is called: by its project, where its title is only a version. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_VERSION = re.compile(
    r"(?:(?:release|version|tag|build)[\s:]+)?"
    r"(?:(?:[vbr]|ver\.?|build)[\s.-]?\d+(?:[._-]\d+)*|\d+(?:[._-]\d+)+)"
    r"(?:[._+-]?(?:a|b|rc|alpha|beta|pre|preview|post|dev|nightly|final|lts)[._-]?\d*)*",
    re.IGNORECASE,
)
_SAID_OF_A_FEED = frozenset(
    {
        "release", "releases", "note", "notes", "tag", "tags", "version", "versions", "changelog", "changes", "recent", "new",
        "latest", "update", "updates", "from", "of", "for", "on", "the", "github", "gitlab", "pypi", "npm", "feed", "atom", "rss",
    }
)  # fmt: skip
_PROJECT_WORDS = 2
_RELEASES = frozenset({"releases", "tags", "-"})


def is_version(title: str) -> bool:
    """Whether a title is a version and nothing else ("v0.14.0", "b4567", "2026.1")."""
    return bool(_VERSION.fullmatch(title.strip()))


def names_a_release(title: str) -> bool:
    """Whether a title is a version, alone or behind whose it is ("servo v0.14.0"): a name, of which
    nothing is claimed. A sentence that ends on one ("Acme launches Pivot 4.5") is longer.
    """
    words = title.split()
    ends = (" ".join(words[i:]) for i in range(min(len(words), _PROJECT_WORDS + 1)))
    return any(is_version(end) for end in ends)


def project_of(feed_title: str, url: str) -> str:
    """Whose releases a feed brings, by its title ("Release notes from servo", "Releases · ann/servo"),
    else by an address of theirs ("…/ann/servo/releases/tag/v1"); "" when neither says.
    """
    words = [word.strip("\u00b7|:,-\u2013\u2014") for word in feed_title.split()]
    telling = [word for word in words if word and word.casefold() not in _SAID_OF_A_FEED]
    if telling:
        return " ".join(telling).rpartition("/")[2]
    parts = urlsplit(url).path.split("/")
    at = next((i for i, part in enumerate(parts) if part in _RELEASES and i > 1), 0)
    return parts[at - 1] if at else ""
