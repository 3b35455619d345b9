"""Captions as XML: TTML (W3C, also as DFXP and EBU-TT) and what YouTube serves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.transcript.cues import Cue
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:\w+:)?(?P<root>tt|timedtext|transcript)[\s>]", re.DOTALL
)
_OFFSET = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s|f|t)")
_FRAMED = re.compile(r"(\d+:\d\d:\d\d):(\d+(?:\.\d+)?)")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3}
_USUAL_RATE = 30.0


def is_xml_captions(text: str) -> bool:
    """Whether the text is XML that holds captions."""
    return bool(_ROOT.match(text[:4000]))


def read_xml_captions(text: str) -> Iterator[Cue]:
    """The captions in the order of the file; nothing when there are none."""
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    if root is not None:
        yield from _youtube(root) if _name(root) != "tt" else _ttml(root)


def _youtube(root: Any) -> Iterator[Cue]:
    for caption in root.iter("{*}text", "{*}p"):
        start = seconds(caption.get("start"))
        if start is None and (caption.get("t") or "").isdigit():
            start = int(caption.get("t")) / 1000
        if start is not None:
            yield Cue(_words(caption), start)


def _ttml(root: Any) -> Iterator[Cue]:
    rates = {
        "f": _rate(_attribute(root, "frameRate"), _USUAL_RATE),
        "t": _rate(_attribute(root, "tickRate"), 1.0),
    }
    names = dict(_agents(root))
    for caption in root.iter("{*}p"):
        above = sum(_time(one.get("begin"), rates) or 0.0 for one in caption.iterancestors())
        inside = (_time(one.get("begin"), rates) for one in caption.iter("*"))
        start = next((moment for moment in inside if moment is not None), None)
        end = _time(caption.get("end"), rates)
        agent = _attribute(caption, "agent").split()
        yield Cue(
            _words(caption),
            None if start is None else above + start,
            None if end is None else above + end,
            names.get(agent[0], "") if agent else "",
        )


def _agents(root: Any) -> Iterator[tuple[str, str]]:
    for agent in root.iter("{*}agent"):
        name = next((child.text for child in agent if _name(child) == "name"), None)
        yield _attribute(agent, "id"), " ".join((name or "").split())


def _words(caption: Any) -> str:
    for line_break in caption.iter("{*}br"):
        line_break.tail = f" {line_break.tail or ''}"
    skipped = {id(text) for aside in caption.iter("{*}metadata") for text in aside.iter("*")}
    parts = [
        (node.text or "") if event == "start" else (node.tail or "")
        for event, node in etree.iterwalk(caption, events=("start", "end"))
        if (event == "start" and id(node) not in skipped)
        or (event == "end" and node is not caption)
    ]
    return "".join(parts)


def _time(value: str | None, rates: Mapping[str, float]) -> float | None:
    """A TTML time expression (section 12.3.1) in seconds."""
    text = (value or "").strip()
    framed = _FRAMED.fullmatch(text)
    if framed:
        return (seconds(framed[1]) or 0.0) + float(framed[2]) / rates["f"]
    offset = _OFFSET.fullmatch(text)
    if not offset:
        return seconds(text) if ":" in text else None
    number, unit = float(offset[1]), offset[2]
    return number * _UNITS[unit] if unit in _UNITS else number / rates[unit]


def _rate(text: str, usual: float) -> float:
    return float(text) if re.fullmatch(r"\d{1,9}", text) and int(text) else usual


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    """An attribute in any namespace."""
    return next(
        (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), ""
    )
