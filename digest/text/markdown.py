"""Inline Markdown, the only markup that an issue's prose has: plain text turned into it, and it
into safe HTML and back into plain text.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING

from digest.model import SourceLink
from digest.text.notes import without_notes

if TYPE_CHECKING:
    from markdown import Markdown
    from markupsafe import Markup

_SPACES = re.compile(
    "[\t-\r\x1c-\x1f \x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+"
)
# Control characters, what reverses or hides text (bidirectional embeddings, overrides and
# isolates), and what XML cannot hold.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

# What Markdown, or HTML, could act on; a text without it is what a reader sees.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>]|&(?=[#\w])")


@cache
def _active() -> re.Pattern[str]:
    """What has to be escaped: made when first asked for, as many commands write nothing."""
    from html.entities import html5

    legacy = "|".join(
        sorted(name for name in html5 if not name.endswith(";"))
    )  # browsers read these without their semicolon, too
    return re.compile(
        rf"""
            \\(?=[!-/:-@\[-`{{-~]|$)                # a backslash that would escape what follows it
          | [`*\[\]]
          | \{{(?=[{{%\#])                        # what a static-site generator would fill in
          | (?<![^\W_])_ | _(?![^\W_])             # an underscore that is not inside a word
          # "< 5" and "<5%" cannot begin a tag, an address or a comment
          | <(?!\ |\d[\d.,]*%?(?:\ |$))
          | &(?=\#\w|\w+;|{legacy})               # an entity; "AT&T" is none
          # at the start: a heading, a quotation, a list, a rule
          | ^(?:[#>]|[-+](?=[\ -]|$))
          # a numbered list, when only digits stand before it: see _inert
          | (?<=\d)[.)](?=\ |$)
        """,
        re.VERBOSE,
    )


_ENTITIES = {"<": "&lt;", "&": "&amp;"}

_IMAGE = re.compile(r'<img (?:src="[^"]*" )?alt="([^"]*)"[^>]*>|<img [^>]*>')
_TAGS = {"a", "b", "br", "code", "em", "i", "strong", "sub", "sup"}
_SCHEMES = {"http", "https", "mailto"}
_NOT_IN_URLS = re.compile(
    r'[\x00-\x20"<>\\^`{|}\x7f]'
)  # RFC 3986; raw in an attribute they could open a comment for Outlook
_BARE_LINK = re.compile(r'<a rel="noopener">(.*?)</a>', re.DOTALL)
_HREF = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def one_line(text: str) -> str:
    """The text on one line: runs of white space as one space, no-break spaces kept, control and
    direction-changing characters gone.
    """
    return _SPACES.sub(" ", _UNWANTED.sub("", text)).strip()


def escape(text: str) -> str:
    """Inline Markdown that renders as exactly `one_line(text)`, escaping only what Markdown would
    act on.
    """
    line = one_line(text)
    return _active().sub(_inert, line)


def _inert(match: re.Match[str]) -> str:
    mark = match[0]
    if mark in ".)" and not match.string[: match.start()].isdigit():
        return mark
    return _ENTITIES.get(mark) or f"\\{mark}"


def to_html(markdown: str, *, images: bool = False) -> Markup:
    """One paragraph of inline Markdown as sanitised HTML without the `<p>`.

    Links lead to http, https or mailto or lose their target; raw HTML keeps its text and at most
    plain emphasis. An image is shown with `images`, from https alone; else what it shows is said.
    """
    import nh3
    from markupsafe import Markup

    rendered = _own_converter().convert(one_line(markdown))
    clean = nh3.clean(
        rendered if images else _IMAGE.sub(r"\1", rendered),
        tags=_TAGS | {"img"} if images else _TAGS,
        attributes={"a": {"href"}, "img": {"alt", "src"}, "*": set()},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="noopener",
        attribute_filter=_safe_attribute,
    )
    return Markup(_BARE_LINK.sub(r"\1", clean).strip())  # noqa: S704  what nh3 returns is what may stand in a page


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "alt":
        return value
    if tag == "img" and not value.strip().lower().startswith("https://"):
        return None
    return safe_url(value.strip())


def safe_url(url: str) -> str:
    """The URL with the characters that no URL may hold percent-encoded."""
    return _NOT_IN_URLS.sub(lambda match: f"%{ord(match[0]):02X}", url)


def paragraphs(markdown: str, *, images: bool = False) -> tuple[Markup, ...]:
    """Each paragraph of a text, parted by blank lines, as `to_html` makes it; empty ones are left
    out.
    """
    rendered = (to_html(paragraph, images=images) for paragraph in re.split(r"\n\s*\n", markdown))
    return tuple(paragraph for paragraph in rendered if paragraph)


def to_plain(markdown: str) -> str:
    """What a reader sees of inline Markdown but its notes, as plain text on one line."""
    if not _MARKUP.search(markdown):
        return one_line(markdown)
    return strip_tags(to_html(without_notes(markdown)))


def strip_tags(rendered: str) -> str:
    """The text of HTML that `to_html` made, on one line; of an image what it shows."""
    from html import unescape

    import nh3

    said = _IMAGE.sub(r"\1", str(rendered).replace("<br>", " "))
    return one_line(unescape(nh3.clean(said, tags=set())))


def links(markdown: str) -> tuple[SourceLink, ...]:
    """The links inside a text that lead to the web, in order, named by their text."""
    if "[" not in markdown and "<" not in markdown:
        return ()
    from html import unescape

    found = (
        SourceLink(strip_tags(text), unescape(href))
        for href, text in _HREF.findall(to_html(markdown))
    )
    return tuple(link for link in found if not link.url.lower().startswith("mailto:"))


def number_links(rendered: str, numbers: dict[str, int]) -> str:
    """Plain text of HTML that `to_html` made, with `[n]` after each link whose target is
    numbered.
    """

    from html import unescape

    def numbered(match: re.Match[str]) -> str:
        number = numbers.get(unescape(match[1]))
        if number is None:
            return match[2]
        return f"[{number}]" if match[2].isdigit() else f"{match[2]} [{number}]"

    return strip_tags(_HREF.sub(numbered, rendered))


_threads = threading.local()  # a converter keeps state while it converts: one for each thread


def _own_converter() -> Markdown:
    """This thread's converter, with nothing left of what it converted before: to make one takes
    longer than to convert.
    """
    converter: Markdown | None = getattr(_threads, "converter", None)
    if converter is None:
        converter = _threads.converter = _inline_markdown()
    return converter.reset()


def _inline_markdown() -> Markdown:
    """A converter that knows paragraphs only: a text that begins like a list or a heading is still
    a text.
    """
    from markdown import Markdown

    converter = Markdown(output_format="html")
    converter.preprocessors.deregister("html_block")
    for block in (
        "indent",
        "code",
        "hashheader",
        "setextheader",
        "hr",
        "olist",
        "ulist",
        "quote",
        "reference",
    ):
        converter.parser.blockprocessors.deregister(block)
    for pattern in (
        "reference",
        "image_reference",
        "short_reference",
        "short_image_ref",
    ):  # there is nowhere to define one
        converter.inlinePatterns.deregister(pattern)
    return converter
