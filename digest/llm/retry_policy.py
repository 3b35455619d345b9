"""What is asked after an answer of no use: how often, and what is different. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.llm.structured_output import WARM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.llm.question import Form, Question
    from digest.llm.structured_output import Attempt
    from digest.llm.validation import Fault, Unsound

MOST_ANSWERS = 4  # that one model gives to one question
AGAIN: Mapping[Fault, int] = {
    "cut": 2,
    "form": 1,
    "language": 1,
    "repeated": 1,
    "empty": 1,
    "thought": 1,
    "refused": 0,
}


def after(attempt: Attempt, verdict: Unsound, question: Question[Form]) -> Attempt:
    """The next attempt. What was wrong is named to the model in our words; nothing that it wrote
    goes back into a prompt.
    """
    match verdict.fault:
        case "cut":
            return replace(attempt, cap=attempt.cap * 2)
        case (
            "repeated" | "empty"
        ):  # a grammar can hold a model in a loop, or leave it nothing to say
            return replace(attempt, temperature=WARM, plain=True)
        case "language":
            return replace(
                attempt,
                reminder=(
                    f"{_again(verdict)} Write every text of your own in the language"
                    f" '{question.language}'."
                ),
            )
        case "form":
            return replace(
                attempt, reminder=f"{_again(verdict)} Keep exactly to the form described."
            )
    return attempt


def _again(verdict: Unsound) -> str:
    return f"Your previous answer could not be used: {verdict.why}. Answer once more."
