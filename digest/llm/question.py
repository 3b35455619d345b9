"""What is asked of a language model and what comes back: the seam between those who ask and those
who answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from digest.errors import DigestError

if TYPE_CHECKING:
    from pydantic import BaseModel

Task = Literal["read", "write", "judge"]
Form = TypeVar("Form", bound="BaseModel")


@dataclass(frozen=True, slots=True)
class Question(Generic[Form]):
    """One question. Two questions with the same task, system, prompt, form and words are the same
    question.
    """

    task: Task  # which model is asked: a small one may read, a strong one write
    about: str  # what it is about, for reports: an address, or a story's headline
    system: str
    prompt: str
    form: type[Form]  # what the answer must hold
    words: int  # the longest answer that is of use
    language: str = "en"  # the language that the answer must be in


@dataclass(frozen=True, slots=True)
class Answer(Generic[Form]):
    """An answer that has the form asked for; nothing more is known of its truth."""

    form: Form
    model: str
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as the model gave it, and what the endpoint counted (or we estimated). A useless
    one is kept not to be paid for twice.
    """

    model: str
    text: str
    tokens_in: int
    tokens_out: int
    useless: bool = False


class NoAnswer(DigestError):
    """No model could answer; `str()` is the reason in words. Whoever asked goes on without one."""


class TooLong(NoAnswer):
    """The prompt is longer than the model takes; shorter parts may do. `room` is how many tokens a
    prompt may have, where known.
    """

    def __init__(self, message: str, room: int | None = None) -> None:
        super().__init__(message)
        self.room = room


class Spent(NoAnswer):
    """The call would break a cap on money or tokens, and was not made."""


class Answerer(Protocol):
    """Somebody who answers questions, from any thread."""

    @property
    def name(self) -> str:
        """The model that answers when all goes well."""

    def room(self, task: Task) -> int:
        """How many tokens a prompt for this task may have."""

    def ask(self, question: Question[Form]) -> Answer[Form]:
        """The answer. Raises NoAnswer."""
