"""Addresses as text: one spelling for one page, and what a URL says about its host."""

from __future__ import annotations

import re

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_DEFAULT_PORT = {"http": re.compile(r"(?::(?:80)?)+$"), "https": re.compile(r"(?::(?:443)?)+$")}

# Parameters that say where a reader came from and never what is shown. Each is one vendor's own
# name;
# words that a site may use for content (`id`, `source`, `ref`, `campaign`) are left alone.
_TRACKING_PREFIXES = (
    "utm_",
    "at_",
    "ns_",
    "pk_",
    "mtm_",
    "hsa_",
    "_hs",
)  # Analytics, BBC twice, Matomo twice, HubSpot twice
_TRACKING = frozenset(
    {
        # click ids
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
        "ttclid", "li_fat_id",
        "igshid", "igsh", "ref_src", "ref_url",  # Instagram and X share links
        "mc_cid", "mc_eid", "mkt_tok", "vero_id", "ck_subscriber_id",  # mailings
        # newspapers
        "cmpid", "icid", "ftag", "smid", "smtyp", "emc", "xtor", "wt_mc", "srnd", "taid",
        "guccounter",
    }
)  # fmt: skip


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
    kept = [part for part in (query or "").split("&") if not _is_tracking(part)]
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


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _authority(scheme: str, authority: str) -> str:
    user, at, _ = authority.rpartition("@")
    return f"{user}{at}{_host(scheme, authority)}"


def _host(scheme: str, authority: str) -> str:
    return _DEFAULT_PORT[scheme].sub("", authority.rpartition("@")[2].lower())
