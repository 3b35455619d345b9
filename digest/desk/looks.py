"""An issue in every form in which readers meet it: page, mail at two widths, dark, inverted,
without images, as text, and its headers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.deliver.message import message
from digest.errors import DigestError
from digest.render.mail_html import MAX_BYTES, WARN_BYTES
from digest.run.publish import load, mail
from digest.run.send import letter_of, mail_settings

if TYPE_CHECKING:
    from pathlib import Path

    from digest.run.session import Session

_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_INVERTED = "<style>html{filter:invert(1) hue-rotate(180deg);background:#fff}</style></head>"


@dataclass(frozen=True, slots=True)
class Look:
    """One form: of which file, in a frame of what width (0: all there is)."""

    name: str
    title: str
    file: str
    width: int = 0


LOOKS = {
    look.name: look
    for look in (
        Look("web", "Web", "index.html"),
        Look("mail", "Mail", "email.html", 600),
        Look("phone", "Phone", "email.html", 360),
        Look("dark", "Dark", "email.html", 600),
        Look("inverted", "Inverted", "email.html", 600),
        Look("no-images", "No images", "email.html", 600),
        Look("text", "Text", "email.txt"),
        Look("headers", "Headers", ""),
    )
}


def framed(folder: Path, look: Look) -> str | None:
    """The rendered file as it looks in that form, for a frame; None where there is none yet."""
    try:
        text = (folder / look.file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    scheme = "dark" if look.name == "dark" else "light"
    text = _POLICY.sub("", _SCHEME.sub(lambda one: _always(one[1], scheme), text), count=1)
    return text.replace("</head>", _INVERTED, 1) if look.name == "inverted" else text


def _always(asked: str, scheme: str) -> str:
    """A condition that holds whatever the browser prefers, or never."""
    return "(min-width: 0px)" if asked == scheme else "(max-width: 0px)"


def plain_text(folder: Path) -> str:
    """The mail's text."""
    try:
        return (folder / "email.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "It was not rendered yet."


def header_lines(session: Session, identity: str) -> list[tuple[str, str]]:
    """The headers of a test copy; why there are none, where there are none."""
    try:
        settings = mail_settings(session)
        issue = load(session, identity)
        letter = letter_of(session, settings, issue, mail(session, issue), datetime.now(UTC))
        made = message(letter, "reader@example.org", test=True)
    except DigestError as error:
        return [("No headers", str(error))]
    return [(name, str(value)) for name, value in made.items()]


@dataclass(frozen=True, slots=True)
class Weight:
    """The bytes of a mail against what clients show whole."""

    bytes: int

    @property
    def share(self) -> int:
        """Of what is allowed, in per cent."""
        return round(100 * self.bytes / MAX_BYTES)

    @property
    def state(self) -> str:
        """How that is to be taken."""
        return "bad" if self.bytes > MAX_BYTES else "warn" if self.bytes > WARN_BYTES else "good"

    @property
    def line(self) -> str:
        """For a person."""
        return f"{self.bytes / 1000:.1f} of {MAX_BYTES / 1000:.0f} KB"


def weight(folder: Path) -> Weight:
    """The mail's; 0 where there is none yet."""
    try:
        return Weight((folder / "email.html").stat().st_size)
    except OSError:
        return Weight(0)
