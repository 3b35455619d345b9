"""What a mail that came back says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from digest.deliver.bounce_severity import Severity

Kind = Literal["bounce", "delayed", "complaint", "opt-out", "answer", "other"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A recipient who was not reached, "" where the mail does not say who, and the server's words.
    `original` is the address that was written to, where a report says it besides.
    """

    recipient: str
    severity: Severity
    why: str
    original: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the mail is.

    bounce     a recipient was not reached
    delayed    not reached yet
    complaint  a reader called the mail unwanted
    opt-out    a reader left by way of their mail service
    answer     an automatic answer: nothing is to be done
    other      anything else; a person should look
    """

    kind: Kind
    failures: tuple[Failure, ...] = ()
    why: str = ""


def one_line(text: str) -> str:
    """A stranger's words, fit for one line of a report."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
