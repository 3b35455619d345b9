"""Formulas in pages and feeds, MathML and TeX, as a line of plain text. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.raised_lowered import exponent

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it ships no types

_DEPTH = 40
_SPACED = frozenset("=+\u2212×÷±<>≤≥≈≠→∝\u223c~·")
_NOT_SAID = frozenset({"annotation", "annotation-xml", "maction", "mphantom", "none"})
_COMMANDS = {
    "times": "×", "cdot": "·", "pm": "±", "approx": "≈", "sim": "\u223c", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "to": "→", "rightarrow": "→", "propto": "∝",
    "infty": "∞", "sum": "∑", "prod": "∏", "alpha": "\u03b1", "beta": "β", "gamma": "\u03b3",
    "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π",
    "rho": "\u03c1", "sigma": "\u03c3", "tau": "τ", "phi": "φ", "omega": "ω", "Delta": "Δ",
    "Sigma": "Σ", "Omega": "Ω", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", ",": " ",
    ";": " ", ":": " ", "!": "", " ": " ", "quad": " ", "qquad": " ",
}  # fmt: skip
_GROUP = r"\{([^{}]*)\}"
_FRAC = re.compile(rf"\\[dt]?frac\s*{_GROUP}\s*{_GROUP}")
_ROOT = re.compile(rf"\\sqrt\s*{_GROUP}")
_STYLED = re.compile(
    rf"\\(?:text|mathrm|mathbf|mathit|mathsf|operatorname|textbf|textit|mbox|boldsymbol)\s*{_GROUP}"
)
_POWER = re.compile(rf"\^\s*(?:{_GROUP}|(\w))")
_INDEX = re.compile(r"_\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)\s?")


def formula(math: _Element) -> str:
    """A `math` element in a line: "10²⁶", "a/b", "√(x)"."""
    return " ".join(_said(math, _DEPTH).split())


def tex(source: str) -> str:
    """TeX in a line, as far as it is simple; what is not keeps its letters."""
    text = source.replace("\\displaystyle", "").replace("\\left", "").replace("\\right", "")
    for _ in range(5):
        text = _STYLED.sub(r"\1", text)
        text = _FRAC.sub(lambda found: f"{_term(found[1])}/{_term(found[2])}", text)
        text = _ROOT.sub(r"√(\1)", text)
        text = _INDEX.sub(lambda found: f"_{_term(found[1])}", text)
        text = _POWER.sub(lambda found: exponent(found[1] or found[2] or ""), text)
    text = _COMMAND.sub(lambda found: _COMMANDS.get(found[1], found[1]), text)
    return " ".join(re.sub(r"[{}$]", "", text).split())


def bare(source: str) -> str:
    """TeX without what only says how large it is set."""
    text = source.strip()
    inner = re.fullmatch(r"\{\s*\\displaystyle\b\s*(.*)\}", text, re.DOTALL)
    return " ".join((inner[1] if inner else text).split())


def is_plain(source: str) -> bool:
    """Whether a line of plain text can say what this TeX does: no command that it has no character
    for, nothing nested.
    """
    commands = set(_COMMAND.findall(_ROOT.sub("", _FRAC.sub("", _STYLED.sub(r"\1", source)))))
    return commands <= {*_COMMANDS, "displaystyle", "left", "right", "{", "}"} and not (
        {"sum", "prod"} & commands
    )


def _said(node: _Element, depth: int) -> str:
    if not isinstance(node.tag, str) or not depth:
        return ""
    name = node.tag.rpartition("}")[2].lower()
    if name in _NOT_SAID:
        return ""
    parts = [_said(child, depth - 1) for child in node]
    laid = _laid_out(name, [part.strip() for part in parts])
    if laid is not None:
        return laid
    own = (node.text or "").strip()
    if name == "mo":
        return f" {own} " if own in _SPACED else own.strip("\u2061\u2062\u2063")
    if name in {"mspace", "mtd", "mtr"}:
        return "".join(parts) + " "
    return own + "".join(parts)


def _laid_out(name: str, parts: list[str]) -> str | None:
    """What stands above, below or over another; None for what stands in a row."""
    if name == "mfrac" and len(parts) == 2:
        return f"{_term(parts[0])}/{_term(parts[1])}"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name in {"msup", "mover"} and len(parts) == 2:
        return parts[0] + exponent(parts[1])
    if name in {"msub", "munder"} and len(parts) == 2:
        return f"{parts[0]}_{_term(parts[1])}"
    if name in {"msubsup", "munderover"} and len(parts) == 3:
        return f"{parts[0]}_{_term(parts[1])}{exponent(parts[2])}"
    return None


def _term(text: str) -> str:
    return f"({text})" if re.search(r"[\s+\u2212·×=-]", text.strip()) else text.strip()
