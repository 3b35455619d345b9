"""A correction as the archive shows it, on the page of the issue that it corrects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.reader_dates import plain_day

if TYPE_CHECKING:
    from datetime import datetime

    from digest.config.schema import Newsletter


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction, on the page of the issue that it corrects. `headline` is of the story, plain
    text, "" where it is of the whole issue.
    """

    at: datetime
    day: str  # as readers read it
    headline: str
    text: str  # plain


def correction_view(
    at: datetime, headline: str, text: str, newsletter: Newsletter
) -> CorrectionView:
    """A correction as the template sees it."""
    on = at.astimezone(newsletter.zone).date()
    return CorrectionView(at, plain_day(on, newsletter.language), headline, text)
