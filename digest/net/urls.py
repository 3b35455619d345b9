"""Addresses as text: one spelling for one page, and what a URL says about its host."""

from __future__ import annotations

import re

from digest.net.tracking_parameters import is_tracking

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_DEFAULT_PORT = {"http": re.compile(r"(?::(?:80)?)+$"), "https": re.compile(r"(?::(?:443)?)+$")}


def clean_url(url: str) -> str:
    """The URL without fragment, tracking parameters and default port, scheme and host in lower
    case, "/" for no path.

    All else stays byte for byte. What is not an http or https URL comes back as it is, stripped of
    white space. Idempotent.
    """
    match = _URL.match(url.strip())
    if not match:
        return url.strip()
    scheme, authority, path, query = match.groups()
    kept = [part for part in (query or "").split("&") if not is_tracking(part)]
    tail = f"?{'&'.join(kept)}" if any(kept) else ""
    return f"{scheme.lower()}://{_authority(scheme.lower(), authority)}{path or '/'}{tail}".rstrip()


def page_of(url: str) -> str:
    """The URL without its anchor: what a server is asked for."""
    return url.partition("#")[0]


def origin(url: str) -> str:
    """Scheme, host and port as RFC 6454 compares them: "https://example.org",
    "http://127.0.0.1:8900"; "" when there is none.
    """
    match = _URL.match(url.strip())
    return f"{match[1].lower()}://{_host(match[1].lower(), match[2])}" if match else ""


def host_of(url: str) -> str:
    """The host in lower case, with its port unless that is the scheme's own: what politeness counts
    as one host.
    """
    match = _URL.match(url.strip())
    return _host(match[1].lower(), match[2]) if match else ""


def _authority(scheme: str, authority: str) -> str:
    user, at, _ = authority.rpartition("@")
    return f"{user}{at}{_host(scheme, authority)}"


def _host(scheme: str, authority: str) -> str:
    return _DEFAULT_PORT[scheme].sub("", authority.rpartition("@")[2].lower())
