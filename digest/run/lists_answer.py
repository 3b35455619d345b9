"""Asking the server where readers leave whether it is there and knows our tokens."""

from __future__ import annotations

import urllib.error
import urllib.request

TIMEOUT = 10.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """RFC 8058: a redirect is no answer to one click."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Follow none."""


def lists_trouble(url: str) -> str:
    """What is wrong with the page behind a token that is nobody's; "" when nothing is.

    `url` is the user's own, and may be on any network.
    """
    asking = urllib.request.build_opener(_NoRedirects())
    # http or https, as feeds.yaml was checked for
    request = urllib.request.Request(url, headers={"User-Agent": "digest"})  # noqa: S310
    try:
        with asking.open(request, timeout=TIMEOUT):
            return ""
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 404:
                return (
                    "answers, but does not know this list's links: does 'digest serve-lists' run"
                    " there, with the same state?"
                )
            return f"answers HTTP {error.code}; readers cannot leave there"
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return f"does not answer ({reason}); readers cannot leave: start 'digest serve-lists'"
