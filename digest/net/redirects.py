"""Where a redirect leads, and where it may not: never to anything but http and https, and never
from https to http.
"""

from __future__ import annotations

import httpx2

from digest.errors import FetchFailed

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_LONGEST_URL = 8000


def target_of(location: str, asked: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """The absolute URL to ask, without user name and fragment. Raises FetchFailed for what is no
    http or https URL.
    """
    try:
        url = base.join(location.strip()) if base else httpx2.URL(location.strip())
        if url.userinfo or url.fragment:
            url = url.copy_with(username=None, password=None, fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchFailed(
            asked, f"{'redirected to' if base else 'this is'} no valid URL: {error}"
        ) from None
    if url.scheme not in {"http", "https"}:
        raise FetchFailed(
            asked,
            (
                f"only http and https are fetched, not {url.scheme[:20]}:"
                if url.scheme
                else "this is no absolute URL"
            ),
        )
    if not url.raw_host or len(str(url)) > _LONGEST_URL:
        raise FetchFailed(
            asked, "the URL names no host" if not url.raw_host else "the URL is too long"
        )
    return url


def over_tls(target: httpx2.URL, base: httpx2.URL) -> tuple[httpx2.URL, bool]:
    """Where to go from `base`, and whether that had to be changed.

    What was asked for over https is not fetched over http, where anybody on the way can write in
    it. Servers that redirect there mostly send everybody back to https in the next step, so that is
    where we go at once.
    """
    if (base.scheme, target.scheme) != ("https", "http"):
        return target, False
    return target.copy_with(scheme="https"), True


def downgraded(error: FetchFailed) -> FetchFailed:
    """The failure of a request that a server would have had made over http."""
    return FetchFailed(
        error.url,
        f"refused: redirected from https to http, and over https: {error.reason}",
        status=error.status,
    )
