"""Where the publication is on the web, and which way its language is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from digest.config.schema import Newsletter

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def address(newsletter: Newsletter, path: str) -> str:
    """The public URL of a file of the archive, "" when the newsletter has none."""
    return f"{newsletter.url.rstrip('/')}/{path}" if newsletter.url else ""


def direction(newsletter: Newsletter) -> Literal["ltr", "rtl"]:
    """Which way the newsletter's language is written."""
    return "rtl" if newsletter.language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
