"""Transcripts as HTML, alone in a file or somewhere on an episode's page, as lines of plain
text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.text.folding import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_WORDS = 7  # of a link's text that leads to a transcript and does not only speak of one
ENOUGH_WORDS = 300  # two minutes of talk: less on a page is a teaser
_FURNITURE = word_list(
    "script style template noscript svg iframe object head nav header footer aside form button"
    " select thead"
)
_BLOCKS = word_list(
    "address article aside blockquote br center cite dd details div dl dt figure h1 h2 h3 h4 h5 h6"
    " hr li main ol p pre section summary table tbody td time tr ul"
)
_BESIDE = frozenset({"dt", "td", "th"})  # where a speaker's name may stand, its talk behind it
_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'’-]{0,24}(?:\s+|$)){1,4}")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^<>]*>", re.IGNORECASE)
_WHOLE = frozenset({"html", "body", "head"})
_NAMED = re.compile(r"transcript", re.IGNORECASE)
_NAMES_ONE = re.compile(r"\btranscript(?:ion)?\b", re.IGNORECASE)
_TITLE = re.compile(
    r"\W*(?:(?:full|episode|podcast|read(?: the)?|view(?:"
    r" the)?|(?:machine|auto(?:matic(?:ally)?)?)\W+generated)\W+)*transcript(?:ion)?\W*",
    re.IGNORECASE,
)


def is_html(text: str) -> bool:
    """Whether the text is marked up as a web page or a piece of one."""
    return bool(
        re.search(
            r"<(?:!doctype html|html|body|cite|p|div|br|dl|dd|table|td|ul|ol|li|section|article"
            r"|blockquote|h[1-6]|span)\b[^<>]*>",
            text[:4000],
            re.IGNORECASE,
        )
    )


def is_page(text: str) -> bool:
    """Whether the text is a whole web page, not a piece of one."""
    return bool(_PAGE.search(text[:4000]))


def calls_itself_transcript(text: str) -> bool:
    """Whether a page says of itself, in its title or a heading, or of a part, that it is one."""
    root = _tree(text)
    if root is None:
        return False
    said = (" ".join("".join(node.itertext()).split()) for node in root.iter("title", "h1", "h2"))
    return any(_NAMES_ONE.search(line) for line in said) or bool(_contained(root))


def html_lines(text: str) -> str:
    """The talk of an HTML transcript: the part of the page that calls itself the transcript, else
    the page without its furniture.
    """
    root = _tree(text)
    return "" if root is None else _contained(root) or _lines(root)


def contained(text: str) -> str:
    """The transcript that an episode's page holds, as lines or, out of its metadata, as it stands
    there; "" when it holds none.
    """
    root = _tree(text)
    return "" if root is None else _contained(root) or _in_metadata(root)


def linked(text: str, base: str) -> tuple[str, ...]:
    """Where the page's links to a transcript lead, in order, each once."""
    from urllib.parse import urljoin

    root = _tree(text)
    anchors = [] if root is None else root.iter("a")
    found = (
        urljoin(base, anchor.get("href").strip())
        for anchor in anchors
        if anchor.get("href") and _leads_to_transcript(anchor)
    )
    return tuple(
        dict.fromkeys(
            url
            for url in found
            if url.startswith(("http://", "https://")) and url.partition("#")[0] != base
        )
    )


def _leads_to_transcript(anchor: Any) -> bool:
    path = anchor.get("href").partition("?")[0].lower()
    text = " ".join("".join(anchor.itertext()).split())
    return (bool(_NAMES_ONE.search(text)) and len(text.split()) <= MOST_WORDS) or path.endswith(
        (".vtt", ".srt")
    )


def _tree(text: str) -> Any:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None


def _contained(root: Any) -> str:
    """The longest of what is named a transcript, by its id or class or by the heading above it."""
    named = (
        _lines(node)
        for node in root.iter()
        if node.tag not in _WHOLE and _NAMED.search(f"{node.get('id', '')} {node.get('class', '')}")
    )
    headed = (
        "\n".join(_below(node))
        for node in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary")
        if _is_title(node)
    )
    best = max((*named, *headed), key=len, default="")
    return best if len(best.split()) >= ENOUGH_WORDS else ""


def _is_title(node: Any) -> bool:
    return bool(_TITLE.fullmatch(" ".join("".join(node.itertext()).split())))


def _below(heading: Any) -> Iterator[str]:
    """What stands below a heading, up to the next of its rank."""
    while (
        heading.getnext() is None
        and heading.getparent() is not None
        and heading.getparent().tag in {"div", "header", "section"}
    ):
        heading = heading.getparent()
    for node in heading.itersiblings():
        if node.tag == heading.tag and node.tag[:1] == "h":
            return
        yield _lines(node)


def _in_metadata(root: Any) -> str:
    """The `transcript` of schema.org's PodcastEpisode, AudioObject or VideoObject."""
    for node in root.iter("script"):
        if node.get("type", "").strip().lower() == "application/ld+json":
            try:
                found = _property(json.loads(node.text or ""), 0)
            except (ValueError, RecursionError):
                continue
            if len(found.split()) >= ENOUGH_WORDS:
                return found
    return ""


def _property(value: Any, depth: int) -> str:
    if isinstance(value, dict) and isinstance(value.get("transcript"), str):
        return str(value["transcript"])
    children = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )
    return next(
        (found for child in children if depth < 5 and (found := _property(child, depth + 1))), ""
    )


def _lines(root: Any) -> str:
    """The text of an element, a line for each block, and one that ends in a colon for whoever is
    cited, or stands in a cell of their own, as the speaker.
    """
    blocks: list[list[str]] = [[]]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "end" and not (node.text or "").strip() and _names_speaker(node):
            blocks[-1].append(":")
        if node.tag in _BLOCKS:
            blocks.append([])
        if event == "start" and node.tag in _FURNITURE and node is not root:
            walk.skip_subtree()
        elif event == "start":
            blocks[-1].append(node.text or "")
        elif node is not root:
            blocks[-1].append(node.tail or "")
        if event == "start" and (node.text or "").strip() and _names_speaker(node):
            blocks[-1][-1] = f"{node.text.rstrip()}:"
    lines = (" ".join("".join(parts).split()) for parts in blocks)
    return "\n".join(line for line in lines if line)


def _names_speaker(node: Any) -> bool:
    """Whether who speaks stands in an element without a colon: cited, or by name in a cell or a
    term before the talk.
    """
    said = "".join(node.itertext()) if node.tag in _BESIDE else node.text or ""
    if not said.strip() or said.rstrip().endswith(":"):
        return False
    if node.tag == "cite":
        return True
    own = (node.text or "").strip() or said.strip()
    return (
        node.tag in _BESIDE
        and len(node) <= 1
        and node.getnext() is not None
        and bool(_NAME.fullmatch(own))
    )
