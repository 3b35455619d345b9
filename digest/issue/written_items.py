"""Items as issue.md has them: bullets, headed stories and stories below a bold line, each with its
sources and its marker.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.issue.bold_lines import READ_MORE, bold_line
from digest.text.markdown import escape

if TYPE_CHECKING:
    from digest.model import Form, Item, SourceLink

LINK = r"\[((?:\\.|[^\[\]\\])+)\]\((?:<([^<>\s]+)>|([^()<>\s]+))\)"
LINKS_LINE = re.compile(rf"(?:{READ_MORE})?{LINK}(?: · {LINK})*")


def written_item(item: Item, form: Form) -> str:
    """An item as issue.md has it in a section of this form."""
    if item.kind == "note":
        return item.text
    if form == "bullets":
        return _bullet(item)
    more = READ_MORE if form == "bold" and item.links else ""
    blocks = [
        bold_line(item) if form == "bold" else f"### {item.headline}".rstrip(),
        item.text,
        *_update(item),
        f"{more}{_links(item.links)}",
        _marker(item) if item.id else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _bullet(item: Item) -> str:
    lead = f"**{item.headline}:** " if item.headline else ""
    paragraphs = [*item.text.split("\n\n"), *_update(item)]
    lines = [f"- {lead}{paragraphs[0]}".rstrip()]
    lines += [f"\n  {paragraph}" for paragraph in paragraphs[1:]]
    if item.links:
        apart = "\n" if len(paragraphs) > 1 or LINKS_LINE.fullmatch(item.text) else ""
        lines.append(f"{apart}  {_links(item.links)}")
    if item.id:
        lines.append(f"  {_marker(item)}")
    return "\n".join(lines)


def _update(item: Item) -> list[str]:
    """The paragraph that says what the story is an update of, where it is one."""
    return [f"*Update: {item.update}*"] if item.update else []


def _links(links: tuple[SourceLink, ...]) -> str:
    return " · ".join(f"[{escape(link.name)}]({_target(link.url)})" for link in links)


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def _marker(item: Item) -> str:
    insights = f" insights:{','.join(item.insights)}" if item.insights else ""
    return f"<!-- {item.kind}:{item.id}{insights} -->"
