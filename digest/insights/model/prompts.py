"""The prompts: templates filled in, strangers' text fenced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.config.templates import environment, fill_in
from digest.extract.hostile import fenced
from digest.insights.model.typography import typeset
from digest.llm.question import Form, Question

if TYPE_CHECKING:
    from pathlib import Path

    from digest.config.schema import Newsletter
    from digest.llm.question import Task

VOICE = (
    "Dry and precise, for people who allocate capital: who did what, for how much, against what. "
    "No praise, no hype, no rhetorical questions."
)


class Asking:
    """What every prompt of a newsletter shares. A user's own folder of templates wins over ours.
    For any thread.
    """

    def __init__(self, newsletter: Newsletter, voice: str, templates: Path | None) -> None:
        self._env = environment(templates)
        self._env.filters["fenced"] = lambda text, name: fenced(name, text.strip())
        self._env.globals.update(newsletter=newsletter, voice=voice.strip() or VOICE)
        self._language = newsletter.language

    def typeset(self, text: str) -> str:
        """A model's text with the marks of the newsletter's language."""
        return typeset(text, self._language)

    def question(
        self, task: Task, name: str, form: type[Form], *, about: str, words: int, **values: Any
    ) -> Question[Form]:
        """The question that the templates `prompts/NAME.system` and `prompts/NAME.user` make of
        these values.

        Raises IssueError, which names the template's line, when a template of the user's own is
        wrong.
        """
        system, user = (
            fill_in(self._env, f"prompts/{name}.{part}.txt.j2", **values).strip()
            for part in ("system", "user")
        )
        return Question(task, about, system, user, form, words, self._language)
