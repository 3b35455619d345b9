"""Answers from before: found again for the same question and for no other, and never lost once paid
for.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path  # noqa: TC003  # the killed process imports it from here
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from digest.llm.question import Kept, Question
from digest.run.llm_answer_cache import AnswerCache, key_of
from digest.store import open_state
from digest.store.thread_connection import open_shared

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2025, 9, 22, 6, 30, tzinfo=UTC)


class Form(BaseModel):
    """What is asked for."""

    text: str = ""


class Longer(BaseModel):
    """The same with a second field."""

    text: str = ""
    why: str = ""


QUESTION: Question[Any] = Question(
    "read", "https://news.example/a", "Be dry.", "A text.", Form, 100
)
ANSWER = Kept("small", '{"text": "so"}', 120, 15)


@contextmanager
def answers(home: Path, now: datetime = NOW) -> Iterator[AnswerCache]:
    """The answers of a run at a time."""
    with open_state(home / "state.sqlite3"), open_shared(home / "state.sqlite3") as shared:
        yield AnswerCache(shared, now)


def test_the_same_question_is_answered_from_before(tmp_path: Path) -> None:
    """In another run too, with what the endpoint counted."""
    with answers(tmp_path) as kept:
        assert not kept.has(QUESTION, "small")
        kept.put(QUESTION, ANSWER)
    with answers(tmp_path) as kept:
        assert kept.has(QUESTION, "small")
        assert kept.get(QUESTION, "small") == ANSWER


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, system="Be kind."),
        replace(QUESTION, prompt="A text. "),
        replace(QUESTION, form=Longer),
        replace(QUESTION, words=101),
        replace(QUESTION, system="Be dry.A", prompt=" text."),  # the same letters, cut elsewhere
    ],
)
def test_a_question_that_differs_is_another(tmp_path: Path, other: Question[Any]) -> None:
    """Any word that is sent, the form and the length make a question what it is."""
    with answers(tmp_path) as kept:
        kept.put(QUESTION, ANSWER)
        assert kept.get(other, "small") is None


def test_another_model_is_asked_itself(tmp_path: Path) -> None:
    """What one model said is no answer of another's."""
    with answers(tmp_path) as kept:
        kept.put(QUESTION, ANSWER)
        assert kept.get(QUESTION, "large") is None


def test_what_a_question_is_about_does_not_matter() -> None:
    """The report's word for it is not sent."""
    assert key_of(QUESTION, "m") == key_of(replace(QUESTION, about="elsewhere"), "m")


def test_half_a_surrogate_is_a_question_like_any_other() -> None:
    """Hostile text has a key."""
    assert key_of(replace(QUESTION, prompt="\ud800"), "m")


def test_threads_share_the_answers(tmp_path: Path) -> None:
    """Eight threads put and get at once, while the main thread writes to the state itself."""
    questions = [replace(QUESTION, prompt=f"{i}") for i in range(64)]
    with (
        open_state(tmp_path / "state.sqlite3") as db,
        open_shared(tmp_path / "state.sqlite3") as shared,
        ThreadPoolExecutor(8) as pool,
    ):
        kept = AnswerCache(shared, NOW)
        for i, _ in enumerate(pool.map(lambda question: kept.put(question, ANSWER), questions)):
            with db:
                db.execute("INSERT INTO robots VALUES (?, 'b', 'c')", (str(i),))
        assert all(pool.map(lambda question: kept.get(question, "small") == ANSWER, questions))


def test_an_answer_paid_for_survives_kill_9(tmp_path: Path) -> None:
    """It is on the disk before anything is done with it."""
    code = f"""
import os, signal
from tests.llm.test_cache import *
with answers(Path({str(tmp_path)!r})) as kept:
    kept.put(QUESTION, ANSWER)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL
    with answers(tmp_path) as kept:
        assert kept.get(QUESTION, "small") == ANSWER


def test_answers_are_forgotten_sixty_days_after_their_last_use(tmp_path: Path) -> None:
    """A use makes an answer young again; has() is no use."""
    other = replace(QUESTION, prompt="Another text.")
    with answers(tmp_path) as kept:
        kept.put(QUESTION, ANSWER)
        kept.put(other, ANSWER)
    with answers(tmp_path, NOW + timedelta(days=40)) as kept:
        assert kept.get(QUESTION, "small")
        assert kept.has(other, "small")
    with answers(tmp_path, NOW + timedelta(days=80)) as kept:
        assert kept.has(QUESTION, "small")
        assert not kept.has(other, "small")
