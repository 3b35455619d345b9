"""Answers that only lead on to another address: refresh pages, and addresses wrapped in another's.
Pure.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from digest.net.urls import clean_url, host_of
from digest.text.folding import word_list

MOST = 3  # in a row
LONGEST_WAIT = 10.0  # seconds; a page that shows itself for longer is one, and loads itself anew
_SEARCHED = 50_000  # characters
_STUB = 5_000  # characters; a longer page with scripts is an application that may lead to a login
_META = re.compile(r"<meta\s[^<>]{0,2000}>", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_WAIT = re.compile(
    r"\s*(\d*\.?\d*)\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)[\"']?", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"(?:window|document|self|top)?\.?\blocation(?:\.href)?\s*(?:=\s*|\.(?:replace|assign)\(\s*)"
    r"[\"']([^\"'\s<>]{1,2000})[\"']"
)
_WRAPPING = word_list(
    "url u q target dest destination to link redirect redirect_url redirect_uri goto href out"
)


def refresh_of(html: str, url: str, *, by_script: bool = False) -> str:
    """Where a page at `url` sends those who open it; "" when nowhere, or only to itself.
    `by_script` says that a script may do it too.
    """
    head = html[:_SEARCHED]
    for meta in _META.findall(head):
        content = _CONTENT.search(meta) if _REFRESH.search(meta) else None
        if content:
            wait = _WAIT.fullmatch(unescape(content[1] or content[2] or "").strip())
            if wait and float(wait[1].strip(".") or 0) <= LONGEST_WAIT:
                return _elsewhere(wait[2].strip(), url)
    script = _SCRIPT.search(head) if by_script and len(html) <= _STUB else None
    return _elsewhere(script[1].replace("\\/", "/"), url) if script else ""


def wrapped_in(url: str) -> str:
    """The address that another one carries ("…/url?q=https://…"); "" when there is none."""
    try:
        pairs = parse_qsl(urlsplit(url).query)
    except ValueError:
        return ""
    found = (value.strip() for name, value in pairs if name.lower() in _WRAPPING)
    return next((clean_url(value) for value in found if host_of(value)), "")


def _elsewhere(link: str, url: str) -> str:
    try:
        onward = clean_url(urljoin(url, link))
    except ValueError:
        return ""
    return onward if host_of(onward) and onward != clean_url(url) else ""
