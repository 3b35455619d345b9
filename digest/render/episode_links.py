"""The minutes of an episode that a story rests on, as links into its recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text import markdown
from digest.transcript.timestamps import clock, moment_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Evidence

MOST = 3  # for one episode; more than a listener will look up
APART = 60  # seconds; two places that are nearer are one


@dataclass(frozen=True, slots=True)
class MomentView:
    """The place in an episode that a story rests on, "12:34"; `url` opens it there, and is "" when
    the feed names no recording.
    """

    clock: str
    url: str


def moments(evidence: Sequence[Evidence]) -> tuple[MomentView, ...]:
    """The places of one episode, in its order: the first few of `evidence`, which has what bears
    the story out best first.
    """
    kept: list[tuple[float, Evidence]] = []
    for one in evidence:
        if (
            one.second is not None
            and len(kept) < MOST
            and all(abs(one.second - second) >= APART for second, _ in kept)
        ):
            kept.append((one.second, one))
    return tuple(
        MomentView(
            clock(second), markdown.safe_url(moment_url(one.entry_url, one.audio_url, second))
        )
        for second, one in sorted(kept, key=lambda pair: pair[0])
    )
