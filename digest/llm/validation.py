"""What kind of answer it is: sound, or cut short, refused, empty, thought only, running in circles,
of the wrong form or language. Pure.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal

from digest.llm.answer_form import Misformed, form_in, prose_of
from digest.llm.lenient_json import JsonValues, ReplyText, values_in, without_thoughts
from digest.llm.question import Form, Question
from digest.text.language import iso_639_1, language_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from digest.llm.chat_completion import Reply

Fault = Literal["cut", "thought", "empty", "refused", "repeated", "form", "language"]

_LONGEST_REFUSAL = 700  # characters; a longer text without the form is an answer of the wrong form
_REFUSALS = re.compile(
    r"\b(?:I(?:'m| am) (?:sorry|unable|not able)|I (?:can(?:no|')t|can not|won't|will not|must"
    r" decline)"
    r"|as an? (?:AI|language model)|(?:cannot|can't|unable to)"
    r" (?:assist|help|comply|process|provide)"
    r"|es tut mir leid|ich kann (?:leider )?nicht|je (?:suis désolé|ne peux pas)"
    r"|désolé|lo siento|no puedo|não posso|desculpe|mi dispiace|non"
    r" posso)|抱歉|无法|不能|申し訳|できません|죄송",
    re.IGNORECASE,
)
_BLOCKS = (
    (600, 0.08),
    (2000, 0.15),
)  # characters, and how far zlib may shrink so many: prose gives 0.4 and more, a loop 0.03
_VOID = re.compile(
    r"(?<!\s)\s{400}"
)  # what a model writes that is held to a grammar and has nothing left to say
_NAME = 40  # bytes of UTF-8
_PROSE_ENOUGH = (
    120  # bytes of UTF-8 in the model's own words: names and figures alone tell no language
)


@dataclass(frozen=True, slots=True)
class Sound(Generic[Form]):
    """An answer that has the form, in the language asked for."""

    form: Form


@dataclass(frozen=True, slots=True)
class Unsound:
    """An answer of no use, and why, in words fit for asking again."""

    fault: Fault
    why: str


def judged(reply: Reply, question: Question[Form]) -> Sound[Form] | Unsound:
    """The form in a reply to a question, or what is wrong with the reply."""
    said = without_thoughts(reply.text)
    if reply.refusal or reply.finish == "content_filter":
        return Unsound("refused", "it was refused")
    if not said.text:
        return _blank(reply, said)
    if runs_in_circles(reply.text):
        return Unsound("repeated", "it ran in circles")
    if said.unended and reply.finish == "length":
        return Unsound("cut", "it was cut short before it began")
    found = values_in(said.text)
    try:
        form = form_in(found, question.form)
    except Misformed as error:
        return _of_no_form(reply, said, found, str(error))
    return _in_language(form, question)


def _blank(reply: Reply, said: ReplyText) -> Unsound:
    if reply.finish == "length":
        return Unsound("cut", "it was cut short before it began")
    return (
        Unsound("thought", "there were thoughts and no answer")
        if said.thought or reply.reasoned
        else Unsound("empty", "it was empty")
    )


def _of_no_form(reply: Reply, said: ReplyText, found: JsonValues, fault: str) -> Unsound:
    if reply.finish == "length" or found.open:
        return Unsound("cut", "it was cut short")
    if said.unended:
        return Unsound("thought", "there were thoughts and no answer")
    if not found.values and len(said.text) <= _LONGEST_REFUSAL and _REFUSALS.search(said.text):
        return Unsound("refused", "it was refused")
    return Unsound("form", fault)


def _in_language(form: Form, question: Question[Form]) -> Sound[Form] | Unsound:
    wanted = iso_639_1(question.language)
    own = own_words(form, question.prompt)
    found = language_of(own, wanted) if len(own.encode()) >= _PROSE_ENOUGH else wanted
    return (
        Sound(form)
        if found == wanted
        else Unsound("language", f"it was in another language ({found})")
    )


def own_words(form: BaseModel, prompt: str) -> str:
    """The model's own sentences: what is longer than a name and does not stand in the prompt, as
    quotations do.
    """
    return " ".join(
        text for text in prose_of(form) if len(text.encode()) > _NAME and text not in prompt
    )


def runs_in_circles(text: str) -> bool:
    """Does some stretch of the text say the same over and over, or nothing at all?"""
    if _VOID.search(text):
        return True
    flat = re.sub(r"\s+", " ", text)
    return any(
        len(zlib.compress(block)) < share * len(block)
        for size, share in _BLOCKS
        for place in range(0, len(flat) - size + 1, size // 2)
        if (block := flat[place : place + size].encode())
    )
