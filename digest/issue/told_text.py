"""Insights as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Insight


def told_text(chosen: Sequence[Insight]) -> str:
    """Insights as a reader sees them: of extracts, what somebody said stands in quotation marks,
    behind the speaker's name where known; an argument in other words that names nobody ends with
    who made it; a sentence that its publisher left without a full stop has one.
    """
    told: list[str] = []
    before: str | None = None
    for insight in chosen:
        own = insight.verdict == "extract"
        text = (
            f"“{insight.text}”"
            if own and insight.basis == "transcript"
            else " ".join(filter(None, (_credited(insight), insight.matters)))
        )
        told.append(
            f"{insight.speaker}: {text}"
            if own and insight.speaker and insight.speaker != before
            else text
        )
        before = insight.speaker
    return " ".join(told)


def _credited(insight: Insight) -> str:
    """The text with who said it, where a transcript names somebody and the text does not."""
    text, speaker = _stopped(insight), insight.speaker or ""
    if insight.verdict == "extract" or insight.basis != "transcript" or not speaker:
        return text
    if speaker.split()[-1].casefold() in text.casefold():
        return text
    return f"{text} ({speaker})"


def _stopped(insight: Insight) -> str:
    ends = insight.text[-1:].isalnum() and insight.basis in {"article", "feed-text"}
    return f"{insight.text}." if ends else insight.text


def is_talk(insights: Sequence[Insight]) -> bool:
    """Whether a story is a claim out of a talk, whose own title names the talk and not what is
    claimed.
    """
    return bool(insights) and insights[0].basis == "transcript"
