"""The templates in the newsletter's language and look, which must be readable in both colour
schemes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digest.config.templates import environment, speak, values_of
from digest.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from digest.config.schema import Config, Look

LEAST = 4.5  # of text, WCAG 2.2, success criterion 1.4.3
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_TEXT = ("ink", "muted", "accent")


def styled(config: Config, edition: str = "") -> Environment:
    """The templates, an edition's own before the newsletter's, with `look` for all of them, and
    `join_url`, "" where nobody can subscribe by mail.

    Raises UsageError when there is no such folder of templates, ConfigError when a colour cannot be
    read on its paper, IssueError when the palette is no template.
    """
    env = environment(*config.templates_of(edition))
    speak(env, config.newsletter.language)
    if config.delivery.kind == "listmonk":
        env.globals["join_url"] = f"{(config.delivery.url or '').rstrip('/')}/subscription/form"
    elif config.mail and config.mail.lists_url:
        env.globals["join_url"] = f"{config.mail.lists_url.rstrip('/')}/join"
    env.globals["look"] = _whole(config.look, values_of(env, "palette.j2"))
    env = env.overlay()  # which has not yet set the palette without it
    palette = values_of(env, "palette.j2")
    for scheme in ("light", "dark"):
        colours = palette.get(scheme) or {}
        for name in _TEXT:
            _readable(scheme, name, colours.get(name, ""), colours.get("paper", ""))
    return env


def _whole(look: Look, palette: Mapping[str, Any]) -> Look:
    """With an accent for the dark that is the light one's, as light as it must be."""
    paper = (palette.get("dark") or {}).get("paper", "")
    if not look.accent or look.accent_dark or not _COLOUR.fullmatch(paper):
        return look
    steps = (lighter(look.accent, step / 20) for step in range(21))
    return replace(look, accent_dark=next(one for one in steps if contrast(one, paper) >= LEAST))


def lighter(colour: str, share: float) -> str:
    """A colour mixed with that share of white."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(c + (255 - c) * share):02x}" for c in channels)


def _readable(scheme: str, name: str, colour: str, paper: str) -> None:
    if not (_COLOUR.fullmatch(colour) and _COLOUR.fullmatch(paper)):
        return  # a user's own palette may say a colour in any way
    ratio = contrast(colour, paper)
    if ratio < LEAST:
        key = {"light": "look.accent", "dark": "look.accent_dark"}[scheme]
        where = key if name == "accent" else f"palette.j2, {scheme}.{name}"
        raise ConfigError(
            f"{where}: {colour} cannot be read on {paper}: its contrast is {ratio:.1f}, at least"
            f" {LEAST} is needed"
        )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours like "#97331f", from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
