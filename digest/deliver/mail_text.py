"""The text of a mail of any make: headers decoded, parts decoded, what it says itself apart from
what it returns.
"""

from __future__ import annotations

import base64
import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

DEEPEST = 10  # parts inside parts
_RETURNED = re.compile(
    r"^.{0,20}(-{3,} ?(this is a copy|below this line|original message|returned message|the"
    r" original|the body of|forwarded message|unsent message|begin |.{0,30}message follows"
    r"|.{0,20}included below)|received: from )",
    re.IGNORECASE | re.MULTILINE,
)


def header(mail: Message, name: str) -> str:
    """A header's text on one line, "" when there is none; one that cannot be decoded as it is."""
    raw = str(mail.get(name, ""))
    try:
        text = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        text = raw
    return " ".join(text.split())


def parts_of(mail: Message, depth: int = 0) -> Iterator[Message]:
    """The mail and its parts, those of a returned mail among them."""
    yield mail
    inside: Any = mail.get_payload()
    if isinstance(inside, list) and depth < DEEPEST:
        for part in inside:
            yield from parts_of(part, depth + 1)


def text_of(part: Message) -> str:
    """A part's own text, decoded; of one that holds headers (RFC 3464), all its groups."""
    inside: Any = part.get_payload()
    if isinstance(inside, list):
        if part.get_content_maintype() == "multipart" or part.get_content_type() == (
            "message/rfc822"
        ):
            return ""
        told = "\n\n".join(_unfolded(group) for group in inside)
        return _decoded(told) if str(part.get("Content-Transfer-Encoding")) == "base64" else told
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else str(inside or "").encode("utf-8", "replace")
    try:
        return raw.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _decoded(text: str) -> str:
    """A part that RFC 3464 wants in plain letters, from programs that encode it all the same."""
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except ValueError:
        return text


def _unfolded(group: Message) -> str:
    lines = [f"{name}: {' '.join(str(value).split())}" for name, value in group.items()]
    rest = group.get_payload()
    return "\n".join(lines) + (f"\n\n{rest}" if isinstance(rest, str) and rest.strip() else "")


def own_text(mail: Message) -> str:
    """What the mail says itself: its first text, tags left out, up to the mail that it returns."""
    for part in outer_parts(mail):
        if part.get_content_type() not in {"text/plain", "text/html"}:
            continue
        text = text_of(part)
        if part.get_content_subtype() == "html":
            text = re.sub(r"<(style|script).*?</\1>|<[^>]{0,2000}>", " ", text, flags=re.S | re.I)
        if text.strip():
            found = _RETURNED.search(text)
            return text[: found.start()] if found else text
    return ""


def outer_parts(mail: Message) -> Iterator[Message]:
    """The mail and its parts, but for what is inside a mail that it returns or passes on."""
    inside: Any = mail.get_payload()
    if mail.get_content_type() == "message/rfc822":
        return
    yield mail
    if isinstance(inside, list):
        for part in inside[:20]:
            yield from outer_parts(part)


def everything(mail: Message, raw: bytes) -> str:
    """All that stands in a mail in any coding, for what is looked for wherever it is."""
    texts = [raw.decode("utf-8", "replace")]
    for part in parts_of(mail):
        texts += [f"{name}: {value}" for name, value in part.items()]
        if part.get("Content-Transfer-Encoding"):
            texts.append(text_of(part))
    return "\n".join(texts)
