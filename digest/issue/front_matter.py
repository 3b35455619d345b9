"""The front matter of issue.md: YAML between two lines of ---, written and read back."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from digest.errors import IssueError
from digest.text.plain_yaml import plain_mapping

if TYPE_CHECKING:
    from digest.model import Draft

_PLAIN_WORDS = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n|inf|nan)$)[a-z][a-z"
    r" &-]*[a-z]|[a-z][a-z0-9]+|\d{4}-\d\d-\d\d-[a-z]+",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"^(draft: *)true(?=\s*$)", re.IGNORECASE)
_KEYS = (
    "id",
    "edition",
    "date",
    "title",
    "draft",
    "description",
    "summary",
    "tags",
    "byline",
    "thesis",
    "thesis_stories",
    "summariser",
    "categories",
    "title_insights",
    "highlights_insights",
)


def front_matter(draft: Draft) -> str:
    """The front matter of a draft, with its lines of ---."""
    values = {
        "id": draft.id,
        "edition": draft.edition,
        "date": draft.date,
        "title": draft.title,
        "draft": draft.unpublished,
        "description": draft.description,
        "summary": draft.summary,
        "tags": list(draft.tags),
        "byline": draft.byline,
        "thesis": draft.thesis,
        "thesis_stories": list(draft.thesis_stories),
        "summariser": draft.summariser,
        "categories": list(draft.categories),
        "title_insights": list(draft.title_insights),
        "highlights_insights": list(draft.highlights_insights),
    }
    from ruamel.yaml import YAML

    out = StringIO()
    handler = YAML(typ="rt", pure=True)
    handler.width = 1_000_000
    handler.dump(
        {key: _scalar(value) for key, value in values.items() if value not in ([], "", None)}, out
    )
    return f"---\n{out.getvalue()}---"


def _scalar(value: object) -> object:
    """Words as they are, anything that YAML could take for something else in quotes, lists on one
    line.
    """
    from ruamel.yaml.comments import CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, str):
        return value if _PLAIN_WORDS.fullmatch(value) else DoubleQuotedScalarString(value)
    if isinstance(value, list):
        row = CommentedSeq(_scalar(one) for one in value)
        row.fa.set_flow_style()
        return row
    return value


def split_front(lines: list[str], name: str) -> tuple[str, int]:
    """The lines between the two of ---, and where what follows begins. Raises IssueError."""
    if lines[0].rstrip() != "---":
        raise IssueError(f"{name}:1: must begin with front matter between two lines of ---")
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        raise IssueError(f"{name}:1: the front matter is not closed by a line of ---")
    return "\n".join(lines[1:end]), end + 1


def published(text: str) -> str:
    """The text of an issue.md whose front matter no longer calls it a draft. Raises IssueError."""
    _, body_at = split_front(text.split("\n"), "issue.md")
    lines = text.split("\n")
    front = [_DRAFT.sub(r"\1false", line) for line in lines[:body_at]]
    return "\n".join([*front, *lines[body_at:]])


def read_front(front: str, name: str) -> dict[str, object]:
    """The values of a front matter by key. Raises IssueError."""
    values = plain_mapping(front) or _read_yaml(front, name)
    if not isinstance(values, dict):
        raise IssueError(f"{name}:2: the front matter must hold 'key: value' lines")
    for key in values:
        if key not in _KEYS:
            raise IssueError(
                f"{name}:{_line_of_key(front, key)}: unknown key '{key}' in the front matter;"
                f" valid: {', '.join(_KEYS)}"
            )
    for key in ("id", "edition", "date", "title"):
        if values.get(key) in {None, ""}:
            raise IssueError(f"{name}:1: the front matter lacks '{key}'")
    return values


def _read_yaml(front: str, name: str) -> object:
    """Front matter that may be anything."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe", pure=True).load(front)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise IssueError(
            f"{name}:{line}: the front matter is not YAML: {error.problem}; put the value in quotes"
        ) from None
    except (YAMLError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise IssueError(
            f"{name}:1: the front matter is not YAML: {str(error).splitlines()[0]}"
        ) from None


def _line_of_key(front: str, key: object) -> int:
    return next(
        (i for i, line in enumerate(front.split("\n"), 2) if line.lstrip().startswith(str(key))), 2
    )


def read_date(value: object, name: str) -> date:
    """A day. Raises IssueError."""
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise IssueError(f"{name}:1: date: '{value}' is not a day such as 2026-02-05") from None


def read_flag(values: dict[str, object], key: str, name: str) -> bool | None:
    """True or false; None where nothing stands at the key. Raises IssueError."""
    value = values.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise IssueError(f"{name}:1: {key}: '{value}' is neither true nor false")


def strings(values: dict[str, object], key: str, name: str) -> tuple[str, ...]:
    """The list that stands at a key; () for none. Raises IssueError."""
    found = values.get(key) or []
    if not isinstance(found, list):
        raise IssueError(f"{name}:1: {key}: must be a list such as [a, b]")
    return tuple(str(value) for value in found)
