"""Markup inside a line that changes what is said, put into plain characters: raised figures, notes,
struck prices, text for screen readers alone, formulas, quotations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.markup_tree import (
    before,
    behind,
    drop,
    put_behind_block,
    replace_with,
    text_of,
    unwrap,
)
from digest.text.math_markup import bare, formula, is_plain, tex
from digest.text.raised_lowered import MARK, fraction, lowered, raised

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it ships no types

ASIDE = 600  # characters, or a third of the page: more that is struck or hidden is the page itself
LONGEST_MARK = 24  # characters; what is longer and raised or lowered is text that is set so
_NOTE = re.compile(
    r"(?<![a-z])(?:foot|end|side|margin)?-?_?notes?(?:-?_?(?:anchor|ref|link|number|call))?(?![a-z])"
    r"|footnote|foot-?ref|footnum|endnote|sidenote|noteref|(?<![a-z])(?:fn|fnref|ftn|ftnref|edn|ednref|sdfootnote)(?![a-z])"
    r"|cite[_-]?(?:note|ref)|(?<![a-z])(?:biblioref|reference|ref|citation)s?(?![a-z])",
    re.IGNORECASE,
)
_NAMED = ("class", "id", "role", "epub:type", "rel", "data-type")
_BACK = re.compile(r"[\s\[(]*[↩↑⤴⏎^\ufe0e\ufe0f]+[\s\])]*")
_IN_THE_MARGIN = re.compile(r"(?:^|\s)(?:side|margin)-?note(?:\s|$)")
_FOR_READERS = re.compile(
    r"(?:^|\s)[\w-]*(?:sr-only|visually-?hidden|hidden-?visually|screen-?reader)[\w-]*(?:\s|$)"
    r"|(?:^|\s)(?:show-for-sr|a11y-hidden|assistive-text|tooltip-?text|element-invisible|offscreen|off-screen)(?:\s|$)",
    re.IGNORECASE,
)
_HINT = re.compile(r"(?:^|\s)tooltip(?:[_-]{1,2}(?:text|content|body|inner|box))?(?:\s|$)")
# A part of a term that opens when it is pointed at or pressed.
_OPENS = re.compile(
    r"\w__(?:popup|popover|tooltip(?:-?text)?|hovercard|bubble|definition)(?:\s|$)"
    r"|(?:^|\s)(?:popup|popover|hovercard)[_-]{1,2}(?:text|content|body|inner|box)(?:\s|$)"
)
_CLIPPED = re.compile(
    r"clip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\(\s*(?:50|100)%)", re.IGNORECASE
)
_STRUCK = frozenset({"s", "strike", "del"})
_STRUCK_NAME = re.compile(r"(?:^|\s)(?:line-through|strike-?through|struck)(?:\s|$)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_OVER, _UNDER = re.compile(r"(?:^|\s)num(?:\s|$)"), re.compile(r"(?:^|\s)den(?:\s|$)")
_FORMULA = re.compile(
    r"(?:^|\s)(?:katex|mwe-math-element|mathjax\w*|mathml|latex-rendered)(?:\s|$|-)", re.IGNORECASE
)
_MARKS = (("“", "”"), ("‘", "’"))
_QUOTED = ('"', "“", "„", "«", "‘", "\u201a", "'", "「")


def say_inline(root: _Element) -> None:
    """Change a document so that its plain text says what its markup does. Each step takes the
    element and leaves the text around it.
    """
    for math in list(root.iter("math")):
        _write_formula(math)
    for script in list(root.iter("script")):
        if (script.get("type") or "").lower().startswith("math/tex"):
            _write_tex(script)
    kinds = _Kinds()
    for element in list(root.iter("*")):
        if element.getparent() is not None:
            _say(element, root, kinds[element.get("class") or ""])
    for quotation in reversed(list(root.iter("q"))):  # inner ones first
        _write_quotation(quotation)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the names of an element say of it."""

    struck: bool
    hidden: bool
    hint: bool
    margin: bool
    over: bool


class _Kinds(dict[str, _Kind]):
    """The kinds of one document's elements: many have the same names."""

    def __missing__(self, names: str) -> _Kind:
        self[names] = kind = _Kind(
            struck=bool(_STRUCK_NAME.search(names)),
            hidden=bool(_FOR_READERS.search(names) or _OPENS.search(names)),
            hint=bool(_HINT.search(names)),
            margin=bool(_IN_THE_MARGIN.search(names)),
            over=bool(_OVER.search(names)),
        )
        return kind


def _say(element: _Element, root: _Element, kind: _Kind) -> None:
    """One element, of whatever kind."""
    tag = element.tag
    if _is_struck(element, kind) and _is_aside(text_of(element), root):
        drop(element)
    elif _is_hidden(element, kind) and _is_aside(text_of(element), root):
        replace_with(element, " " if behind(element)[:1].isalnum() else "")
    elif kind.margin:
        put_behind_block(element)
    elif tag == "sup" or kind.over:
        _write_raised(element)
    elif tag == "sub":
        _write_lowered(element)
    elif tag in {"a", "label", "button"} and _is_note(element):
        replace_with(element, _own_number(element))
    elif tag in {"rt", "rp", "rtc"}:
        drop(element)
    elif tag == "img" and "latex" in (element.get("class") or "").lower().split():
        source = element.get("alt") or ""
        replace_with(element, tex(source) if is_plain(source) else bare(source))


def _is_aside(text: str, root: _Element) -> bool:
    """Whether the page is more than this."""
    return len(text) <= ASIDE or 3 * len(text) <= len(text_of(root))


def _is_struck(element: _Element, kind: _Kind) -> bool:
    return (
        kind.struck
        or element.tag in _STRUCK
        or bool(_STRUCK_STYLE.search(element.get("style") or ""))
    )


def _is_hidden(element: _Element, kind: _Kind) -> bool:
    """Whether only screen readers, or those who point at something, are told this."""
    return (
        kind.hidden
        or bool(_CLIPPED.search(element.get("style") or ""))
        or element.get("role") == "tooltip"
        or element.get("popover") is not None
        or (kind.hint and element.getprevious() is not None)
    )


# ---------------------------------------------------------------- raised figures and notes


def _write_raised(element: _Element) -> None:
    following = element.getnext()
    parted = (element.tail or "").strip() in {"\u2044", "/"}
    if parted and following is not None and _is_under(following):
        text = fraction(text_of(element), text_of(following), before(element))
        element.tail = None
        drop(following)
        replace_with(element, text)
    elif element.tag == "sup":
        mark = text_of(element)
        if len(mark) > LONGEST_MARK:
            unwrap(element)
            return
        is_note = _leads_to_note(element) and bool(MARK.fullmatch(mark.strip()))
        text = raised(mark, before(element), behind(element), is_note=is_note)
        replace_with(element, text or _own_number(element))


def _write_lowered(element: _Element) -> None:
    mark = text_of(element)
    if len(mark) > LONGEST_MARK:
        unwrap(element)
        return
    is_note = _leads_to_note(element) and bool(MARK.fullmatch(mark.strip()))
    replace_with(element, lowered(mark, before(element), is_note=is_note))


def _own_number(element: _Element) -> str:
    """The mark at the beginning of a line, which is the number of the note that stands there; ""
    elsewhere.
    """
    mark = text_of(element).strip()
    return "" if before(element).strip() or _BACK.fullmatch(mark) else f"{mark} "


def _is_under(element: _Element) -> bool:
    return element.tag == "sub" or bool(_UNDER.search(element.get("class") or ""))


def _leads_to_note(element: _Element) -> bool:
    """Whether a raised mark is one of a note: it is called so, or is a link."""
    return _is_called_note(element) or any(
        child.tag == "a" or _is_called_note(child) for child in element.iterdescendants()
    )


def _is_called_note(element: _Element) -> bool:
    return any(_NOTE.search(element.get(name) or "") for name in _NAMED)


def _is_note(anchor: _Element) -> bool:
    """Whether a link, or what opens a note in its place, is the mark of a footnote or leads back
    from one.
    """
    text = text_of(anchor).strip()
    fragment = (anchor.get("href") or "").partition("#")[2]
    if not text or (anchor.tag == "a" and not fragment):
        return False
    if _BACK.fullmatch(text):
        return True
    called = _is_called_note(anchor) or bool(_NOTE.search(fragment))
    bracketed = text[0] == "["
    apart = before(anchor)[-1:].isspace() and not bracketed  # "as Section 2 says"
    own = (anchor.get("href") or "").startswith("#")
    return bool(MARK.fullmatch(text)) and ((called and not apart) or (own and bracketed))


# ---------------------------------------------------------------- quotations and formulas


def _write_quotation(element: _Element) -> None:
    depth = sum(1 for _ in element.iterancestors("q"))
    said = text_of(element).strip()
    if said and not said.startswith(_QUOTED):
        opening, closing = _MARKS[depth % 2]
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing
    unwrap(element)


def _write_formula(math: _Element) -> None:
    """The formula once, in place of all that shows it."""
    shown = math
    for above in math.iterancestors():
        if _FORMULA.search(above.get("class") or "") or above.tag == "mjx-container":
            shown = above
    source = next((note.text or "" for note in math.iter("annotation")), "")
    text = bare(source) if not is_plain(source) else formula(math) or tex(source)
    replace_with(shown, f" {text} " if shown.tag == "div" else text)


def _write_tex(script: _Element) -> None:
    shown = script.getprevious()
    while shown is not None and _FORMULA.search(shown.get("class") or ""):
        drop(shown)
        shown = script.getprevious()
    replace_with(script, tex(script.text or ""))
