"""A place in an episode as a reader sees it and as a link to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from digest.net.subscriber_keys import subscriber_key

_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"})


def clock(second: float) -> str:
    """A place as players show it: "4:05", "1:02:03"."""
    hours, minutes, rest = int(second) // 3600, int(second) // 60 % 60, int(second) % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def moment_url(entry_url: str, audio_url: str | None, second: float) -> str:
    """Where the episode opens at that second: YouTube by its `t`, a recording by a media fragment
    (W3C, 2012); "" when it has neither, or the recording's address holds a subscriber's key.
    """
    parts = urlsplit(entry_url)
    if (parts.hostname or "") in _YOUTUBE:
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "t"]
        return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{int(second)}s")])))
    if not audio_url or subscriber_key(audio_url):
        return ""
    return f"{urldefrag(audio_url).url}#t={int(second)}"
