"""Cookies that a server hands out on the way of one request, and wants back before it answers."""

from __future__ import annotations

import httpx2

MOST = 8000  # characters; with more nothing is sent back


class RedirectCookies:
    """What was set since the request began. It ends with its redirects, so nobody is known again
    by it, and a host is sent what it may be sent by RFC 6265 alone.
    """

    def __init__(self) -> None:
        self._kept = httpx2.Cookies()

    def keep(self, url: httpx2.URL, status: int, headers: httpx2.Headers) -> None:
        """Take what the answer from `url` sets."""
        if "set-cookie" in headers:
            asked = httpx2.Request("GET", url)
            self._kept.extract_cookies(httpx2.Response(status, headers=headers, request=asked))

    def header_for(self, url: httpx2.URL) -> str:
        """The Cookie header for `url`; "" when there is none."""
        request = httpx2.Request("GET", url)
        self._kept.set_cookie_header(request)
        value: str = request.headers.get("cookie", "")
        return value if len(value) <= MOST else ""
