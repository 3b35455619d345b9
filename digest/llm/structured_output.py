"""How an endpoint wants to be asked: the rung of structured output and the parameters it takes, and
a question put that way. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from digest.llm.json_schema import form_text, strict_schema

if TYPE_CHECKING:
    from digest.llm.question import Form, Question

Rung = Literal["schema", "json", "text"]
Limit = Literal["max_tokens", "max_completion_tokens", "none"]

RUNGS: tuple[Rung, ...] = ("schema", "json", "text")
_LIMITS: tuple[Limit, ...] = ("max_tokens", "max_completion_tokens", "none")
# What may be given up, in the order in which it is when a server does not say what it minds.
PARTS = ("format", "temperature", "system", "limit")

COOL = 0.2  # for the first try: the same page should give the same insights
WARM = 0.8  # after an answer that ran in circles


@dataclass(frozen=True, slots=True)
class Manner:
    """What is known of one model at one endpoint. The first value of each field is what most
    servers take.
    """

    rung: Rung = "schema"
    limit: Limit = "max_tokens"
    temperature: bool = True
    system: bool = True
    whole: bool = True  # in one piece; False for a server that only streams
    thinking: int = (
        0  # tokens on top of each answer, for a model that was seen to think before it answers
    )
    window: int | None = None  # tokens, prompt and answer together, as the server said

    def without(self, part: str) -> Manner | None:
        """The next manner down that gives up `part`; None when there is nothing left of it to give
        up.
        """
        if part == "format":
            return replace(self, rung=rung) if (rung := _after(RUNGS, self.rung)) else None
        if part == "limit":
            return replace(self, limit=limit) if (limit := _after(_LIMITS, self.limit)) else None
        if part == "whole":
            return replace(self, whole=False) if self.whole else None
        if part == "temperature":
            return replace(self, temperature=False) if self.temperature else None
        return replace(self, system=False) if self.system else None

    def line(self) -> str:
        """For a person: the rung, and what is left out."""
        rung = {"schema": "JSON schema", "json": "JSON mode", "text": "plain text"}[self.rung]
        limit = {
            "max_tokens": "",
            "max_completion_tokens": "max_completion_tokens",
            "none": "no limit on the answer",
        }[self.limit]
        rest = (
            limit,
            "" if self.temperature else "no temperature",
            "" if self.system else "no system role",
            "" if self.whole else "streamed",
            "thinks first" if self.thinking else "",
        )
        return ", ".join((rung, *(one for one in rest if one)))


def _after(steps: tuple[Any, ...], step: Any) -> Any:
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a question: the most tokens of the answer, and what is different from the first
    try.
    """

    cap: int
    temperature: float = COOL
    reminder: str = ""  # what was wrong with the answer before
    plain: bool = False  # without a format that the server enforces

    def tokens(self, manner: Manner) -> int:
        """The most tokens that an answer in this manner may take, thoughts included."""
        return self.cap + manner.thinking


def body_of(
    question: Question[Form], model: str, manner: Manner, attempt: Attempt
) -> dict[str, Any]:
    """The request's body."""
    body: dict[str, Any] = {
        "model": model,
        "messages": messages(question, manner, attempt.reminder),
    }
    if manner.rung == "schema" and not attempt.plain:
        schema = {"name": "answer", "strict": True, "schema": strict_schema(question.form)}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif manner.rung == "json" and not attempt.plain:
        body["response_format"] = {"type": "json_object"}
    if manner.limit != "none":
        body[manner.limit] = attempt.tokens(manner)
    if manner.temperature:
        body["temperature"] = attempt.temperature
    if not manner.whole:  # past the SDK, which would read the stream itself
        body["extra_body"] = {"stream": True, "stream_options": {"include_usage": True}}
    return body


def messages(question: Question[Form], manner: Manner, reminder: str = "") -> list[dict[str, str]]:
    """What is said to the model. The form and the reminder are ours and stand outside of what the
    prompt quotes.
    """
    system, prompt = _sendable(question.system), _sendable(prompt_of(question, reminder))
    if manner.system and system:
        return [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
    return [{"role": "user", "content": f"{system}\n\n{prompt}".lstrip()}]


def _sendable(text: str) -> str:
    """The text without halves of surrogate pairs, which a page may hold and no request can."""
    return text.encode("utf-8", "replace").decode()


def prompt_of(question: Question[Form], reminder: str = "") -> str:
    """The prompt with the form described at its end: what questions of several forms share, such as
    a document, then begins them all, and a provider that keeps prompts reads it once.
    """
    parts = (question.prompt, form_text(question.form), reminder)
    return "\n\n".join(part for part in parts if part)
