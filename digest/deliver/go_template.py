"""An approved mail as a template of Go's, in which listmonk keeps campaigns: the same words come
out of it for every reader, whatever feeds have written into them, but for each one's own link.
"""

from __future__ import annotations

import json
import re

UNSUBSCRIBE = "{{ UnsubscribeURL }}"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)  # Outlook reads some; Go's templates drop all


def html_template(html: str, link: str) -> str:
    """The HTML part; `link` stands for each reader's own wherever it is a whole attribute."""
    pieces = html.split(f'"{link}"') if link else [html]
    return f'"{UNSUBSCRIBE}"'.join(map(_html, pieces))


def text_template(text: str, link: str) -> str:
    """The text part, which Go takes for HTML as well."""
    pieces = re.split(rf"(?<!\S){re.escape(link)}(?!\S)", text) if link else [text]
    return UNSUBSCRIBE.join(_literal(piece).replace("<", '{{ Safe "<" }}') for piece in pieces)


def line_template(line: str) -> str:
    """A subject, which is a template only where it holds the signs of one."""
    return _literal(line)


def _html(piece: str) -> str:
    kept, at = [], 0
    for found in _COMMENT.finditer(piece):
        said = json.dumps(found[0], ensure_ascii=False)  # a string of JSON is one of Go
        kept += [_literal(piece[at : found.start()]), f"{{{{ Safe {said} }}}}"]
        at = found.end()
    return "".join([*kept, _literal(piece[at:])])


def _literal(text: str) -> str:
    """Text with nothing in it that would be run: neither {{ }} nor listmonk's word for a tracked
    link.
    """
    return text.replace("{{", '{{ "{{" }}').replace("@TrackLink", '@{{ "" }}TrackLink')
