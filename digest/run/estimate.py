"""Before a run: which questions it would ask a model, counted without asking any."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.editions.window import today
from digest.llm.cost_estimate import Ahead, Estimate, Planned, estimate
from digest.llm.json_schema import strict_schema
from digest.llm.prices import price_of
from digest.llm.structured_output import prompt_of
from digest.llm.token_count import answer_tokens, prompt_tokens
from digest.llm.usage import SecondReadings
from digest.run.model_account import caps_of, open_account
from digest.run.read import reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.config.schema import Llm, Price
    from digest.llm.question import Form, Question, Task
    from digest.model import Document
    from digest.run.llm_answer_cache import AnswerCache
    from digest.run.session import Session


def foreseen(session: Session, wanted: Sequence[Document], stories: int) -> Estimate | None:
    """What reading these documents and writing an issue of so many stories would take; None where
    no model is configured.
    """
    llm = session.config.llm
    if llm is None:
        return None
    from digest.run.llm_factory import missing_keys

    silent = replace(session, offline=True)
    with (
        silent.answerer() as answerer,
        open_account(session.config, llm, session.now, "") as account,
    ):
        if answerer is None:
            return None
        reads = reader(silent, answerer, SecondReadings())
        planned = [
            _planned(question, session.summariser, account.answers)
            for document in wanted
            for question in reads.questions(document)
        ]
        if session.config.second_reader:
            # it is shown what was read; what it is asked about is known only then
            planned += [
                Planned("judge", one.tokens_in, one.tokens_out // 2, one.answered)
                for one in planned
            ]
        ahead = Ahead(
            session.summariser,
            len(wanted),
            stories,
            caps_of(llm),
            account.budget.before,
            missing_keys(llm),
        )
        return estimate(planned, _prices(session, llm), ahead)


def _prices(session: Session, llm: Llm) -> dict[Task, Price | None]:
    """What each task's model charges; None where that is unknown."""
    day = today(session.now, session.config.newsletter.zone)
    models: dict[Task, str] = {
        "read": session.summariser,
        "write": llm.models.write or llm.model,
        "judge": session.config.second_reader,
    }
    return {task: price_of(llm, model, day) for task, model in models.items()}


def _planned(question: Question[Form], model: str, answers: AnswerCache) -> Planned:
    """The question at its largest: its form may be sent twice, as a schema and in words."""
    size = prompt_tokens(
        question.system, prompt_of(question), json.dumps(strict_schema(question.form))
    )
    return Planned(question.task, size, answer_tokens(question.words), answers.has(question, model))
