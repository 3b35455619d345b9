"""Addresses that open with their subscriber's key: those of private feeds and their recordings."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from digest.text.folding import word_list

SHORTEST = 12  # characters; "token=1" is nobody's key
_NAMES = word_list(
    "auth auth_token auth-token authtoken authkey auth_key access_token accesstoken access-token"
    " access_key token user_token feed_token rss_token private_token member_token token-hash"
    " subscriber_token jwt apikey api_key api-key secret password passwd pwd sig signature hmac"
    " x-amz-signature x-amz-security-token x-goog-signature"
)
_KEY = re.compile(r"[\w.~+/=%:-]+")


def subscriber_key(url: str) -> str:
    """What of an address is its subscriber's own and would let in everybody who has the link: "a
    password", or the name of a parameter; "" when nothing is.
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query)
    except ValueError:
        return ""
    if parts.password:
        return "a password"
    return next((name for name, value in pairs if _is_key(name, value)), "")


def _is_key(name: str, value: str) -> bool:
    if name.lower() not in _NAMES:
        return False
    return len(value) >= SHORTEST and bool(_KEY.fullmatch(value))
