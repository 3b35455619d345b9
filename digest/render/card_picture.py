"""The picture that is shown of an issue where its address is shared (Open Graph): its title on the
newsletter's paper, drawn by Pillow where that is installed (`pip install '.[pictures]'`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from digest.config.templates import values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from digest.render.view import IssueView

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
_SIZES = (76, 64, 54, 46, 40)  # of the title, the largest that fits
_COLOURS = {
    "paper": "#fdfcf9", "accent": "#97331f", "ink": "#23262b", "rule": "#dedad1",
    "muted": "#5f646d",
}  # fmt: skip
_LONGEST_WORD = 26  # letters, however wide; a longer one is broken
_LINE = WIDTH - 2 * MARGIN
_ROOM = 330  # pixels for the title


def has_card(view: IssueView) -> bool:
    """Whether an issue has a picture: one of an address, where pictures can be drawn, of whose
    words the font that comes with Pillow has every letter.
    """
    words = f"{view.newsletter.name}{view.title}{view.date_text}"
    return bool(view.url) and find_spec("PIL") is not None and _known(frozenset(words))


def card(view: IssueView, env: Environment) -> bytes:
    """The picture as PNG, the same bytes for the same words and colours."""
    from PIL import Image, ImageDraw

    light = {**_COLOURS, **_plain(values_of(env, "palette.j2").get("light") or {})}
    picture = Image.new("RGB", (WIDTH, HEIGHT), light["paper"])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 14), fill=light["accent"])
    draw.text((MARGIN, 70), view.newsletter.name, font=_font(34), fill=light["accent"])
    _title(draw, view.title, light["ink"])
    draw.line((MARGIN, 520, WIDTH - MARGIN, 520), fill=light["rule"], width=2)
    draw.text((MARGIN, 543), view.date_text, font=_font(30), fill=light["muted"])
    out = BytesIO()
    picture.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _title(draw: Any, title: str, ink: str) -> None:
    """The title in the largest letters in which it fits, else as much of it as does in the
    smallest.
    """
    for size in _SIZES:
        font = _font(size)
        lines = list(_lines(title, font))
        most = int(_ROOM // (size * 1.22))
        if len(lines) <= most and all(font.getlength(line) <= _LINE for line in lines):
            break
    else:
        lines = (
            [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:')} …"] if lines[most:] else lines
        )
    for i, line in enumerate(lines):
        draw.text((MARGIN, 150 + i * size * 1.22), line, font=font, fill=ink)


def _lines(text: str, font: Any) -> Iterator[str]:
    line = ""
    for word in (piece for long in text.split() for piece in wrap(long, _LONGEST_WORD)):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > _LINE:
            yield line
            longer = word
        line = longer
    yield line


def _plain(colours: Mapping[str, Any]) -> dict[str, str]:
    """Those that are written as ours are; a user's own palette may say a colour in any way."""
    return {
        name: value
        for name, value in colours.items()
        if isinstance(value, str) and re.fullmatch("#[0-9A-Fa-f]{6}", value)
    }


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _known(letters: frozenset[str]) -> bool:
    return all(one.isspace() or _has(one) for one in letters)


@cache
def _has(letter: str) -> bool:
    font = _font(20)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))
