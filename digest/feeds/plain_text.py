"""Plain text out of what feeds put into titles and bodies: HTML, escaped HTML, or text that only
looks like it.
"""

from __future__ import annotations

import html
import re

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.text.inline_markup import say_inline
from digest.text.tidy import composed

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)
_MARKUP = re.compile(
    r"</(?:a|abbr|b|big|cite|code|del|div|em|font|h[1-6]|i|ins|p|small|span|strong|sub|sup|tt|u)\s*>|<br\s*/?>|<img\s",
    re.IGNORECASE,
)
# Markup of a line that says something: without it 10<sup>26</sup> would be 1026.
_SPEAKS = re.compile(
    r"<(?:sup|sub|s|del|strike|q|math|ruby|button)\b[^<>]*>|<(?:span|a)\s[^<>]*>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|li|h[1-6])\b[^<>]*>", re.IGNORECASE)
# What neither XML 1.0 nor a terminal can bear.
_CONTROLS = bytes([*range(0x9), 0xB, 0xC, *range(0xE, 0x20), 0x7F])
_NO_CHARACTERS = ("\ufffe", "\uffff")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_WHITE_SPACE = frozenset({0x9, 0xA, 0xD})
_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "object", "title", "head"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "tr", "ul",
    }
)  # fmt: skip


# HTML that was escaped once more than its place asks for: it begins with a tag and closes one.
_ESCAPED_TWICE = re.compile(
    r"\s*<(p|div|ul|ol|h[1-6]|blockquote|figure|table|section|article|span|strong|em|b|i|a|img|br)"
    r"\b[^<>]*>.*(?:</(?:p|div|ul|ol|h[1-6]|blockquote|figure|table|section|article|span|strong|em"
    r"|b|i|a)\s*>|<br\s*/?>)",
    re.IGNORECASE | re.DOTALL,
)
# Lines of a plain text that are no wrapped sentence: those of a list, and headings.
_OWN_LINE = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*+\u2022] |#{1,6} |\d{1,2}[.)] ))")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]\n]+)\]\((?:https?://|mailto:)[^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)")
_CODE = re.compile(r"(?<![`\w])`([^`\n]+)`(?![`\w])")
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)


def clean(text: str) -> str:
    """The text without control characters and halves of surrogate pairs, which no file can hold."""
    # As bytes, because a pattern takes five times as long, and this goes over every feed several
    # times.
    legal = text.encode("utf-8", "ignore").translate(None, _CONTROLS).decode()
    for no_character in _NO_CHARACTERS:
        legal = legal.replace(no_character, "")
    return legal


def legal_references(text: str) -> str:
    """The XML text without references to characters that XML cannot hold: one of these makes a
    whole document damaged.
    """
    return _REFERENCE.sub(_legal_reference, text) if "&#" in text else text


def _legal_reference(match: re.Match[str]) -> str:
    code = (
        int(match[1][:9], 16) if match[1] else int(match[2][:9])
    )  # nine digits are too many for any character
    return match[0] if code in _WHITE_SPACE or (code < 0x110000 and clean(chr(code))) else ""


def plain_line(text: str, *, markup: bool = True) -> str:
    """One line of plain text. `markup` says that the text is HTML; unmistakable tags are taken out
    even when it is said not to be.
    """
    if _SPEAKS.search(text):
        text = html.escape(" ".join(plain_text(text).split("\n")), quote=False)
    elif markup or _MARKUP.search(text):
        text = _TAG.sub("", _BREAKING_TAG.sub(" ", _SCRIPT.sub("", text)))
    return composed(without_markdown(" ".join(clean(_unescaped(text)).split())))


def plain_text(text: str) -> str:
    """Plain paragraphs parted by one newline, from HTML or from plain text whose paragraphs are
    parted by blank lines. Marks of Markdown are no words of either.
    """
    if not _TAG.search(text):
        text = _unescaped(text).replace("\r\n", "\n")
        blocks = _blocks(clean(text)) if _ESCAPED_TWICE.match(text) else _OWN_LINE.split(text)
    else:
        blocks = _blocks(clean(text))
    lines = (" ".join(clean(block).split()) for block in blocks if block)
    return composed(without_markdown("\n".join(line for line in lines if line)))


def without_markdown(text: str) -> str:
    """A text without the marks of emphasis, links, code and headings that were never rendered."""
    if not any(mark in text for mark in "*`#["):
        return text
    return _HEADING.sub("", _CODE.sub(r"\1", _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", text))))


def _unescaped(text: str) -> str:
    """Entities resolved, and once more where they were escaped twice ("AT&amp;amp;T")."""
    once = html.unescape(text)
    return html.unescape(once) if once != text and _ENTITY.search(once) else once


def _blocks(markup: str) -> list[str]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(f"<div>{markup}</div>".encode(), parser)
    if root is None:
        return []
    say_inline(root)
    blocks: list[list[str]] = [[]]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if node.tag in _BLOCKS:
            blocks.append([])
        if event == "start" and node.tag in _DROPPED:
            walk.skip_subtree()
        elif event == "start":
            blocks[-1].append(node.text or "")
        if event == "end":
            blocks[-1].append((" " if node.tag in {"td", "th"} else "") + (node.tail or ""))
    return ["".join(parts) for parts in blocks]
