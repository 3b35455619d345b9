"""The folder of one issue: its files, their hashes, and what state they are in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.errors import IssueError
from digest.issue.issue_md import parse
from digest.text.tidy import composed

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Draft, Status

RENDERED = ("index.html", "email.html", "email.txt", "issue.json")
SENT = ("issue.md", "email.html", "email.txt")  # what approval vouches for


@dataclass(frozen=True, slots=True)
class Folder:
    """`output/<id>/`; without `images` a draft that shows one is refused."""

    path: Path
    images: bool = False

    @property
    def markdown(self) -> Path:
        """The draft."""
        return self.path / "issue.md"

    def text(self) -> str | None:
        """issue.md as it stands, or None when there is none. Raises IssueError when it cannot be
        read as UTF-8 text.
        """
        try:
            return self.markdown.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise IssueError(f"{self.markdown}: is not UTF-8 text; save it as UTF-8") from None
        except OSError as error:
            raise IssueError(f"{self.markdown}: cannot be read: {error.strerror}") from None

    def draft(self) -> Draft:
        """issue.md, parsed. Raises IssueError with the line that is wrong, or when there is no such
        file.
        """
        text = self.text()
        if text is None:
            raise IssueError(f"{self.markdown}: there is no such draft; 'digest run' makes one")
        draft = parse(  # composed as sources are, whatever typed it
            composed(text), str(self.markdown), images=self.images
        )
        if draft.id != self.path.name:
            raise IssueError(
                f"{self.markdown}:2: says it is {draft.id}, but stands in the folder"
                f" {self.path.name}"
            )
        if draft.id != f"{draft.date.isoformat()}-{draft.edition}":
            raise IssueError(
                f"{self.markdown}:2: id {draft.id}, date {draft.date} and edition {draft.edition}"
                " do not agree"
            )
        # a section that the editor emptied is none
        return replace(draft, parts=tuple(part for part in draft.parts if part.items))

    def content_hash(self) -> str:
        """Changes with any byte that a reader would be sent."""
        from hashlib import sha256

        digest = sha256()
        for name in SENT:
            file = self.path / name
            data = file.read_bytes() if file.is_file() else b""
            digest.update(f"{name} {len(data)}\n".encode() + data)
        return digest.hexdigest()

    def status(self, approved_hash: str | None, sending: Status | None = None) -> Status:
        """Approved, or as far as `sending` those bytes has come, while every approved byte is still
        in place; any change takes the issue back to draft.
        """
        if approved_hash is None or approved_hash != self.content_hash():
            return "draft"
        return sending or "approved"


def hash_of(text: str) -> str:
    """The hash by which a draft is known to be as the program wrote it."""
    from hashlib import sha256

    return sha256(text.encode("utf-8")).hexdigest()
