"""Sponsor reads found in talk, against marks made by hand: as seconds where the transcript has
times, else as places in its text.

The rules were written with the first five of the timed episodes at hand and mended once after the
other five; they were mended once more with the episodes of OPEN. Those of HELD_OUT were only marked
and measured, although three of their shows occur above.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bench.episodes import episode, theme_words
from digest.insights.embedded import read
from digest.insights.sponsor_reads import Said, asides, sponsor_reads
from digest.text.sentences import sentences
from digest.transcript.turns import Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from digest.model import Document

    Ranges = Sequence[tuple[int, int]]

# Seconds from and to, by file.
TIMED: Mapping[str, Ranges] = {
    "lenny_md/asha-sharma.md": ((155, 260), (1517, 1581)),
    "lenny_md/bret-taylor.md": ((142, 250), (2637, 2726)),
    "lenny_md/mike-krieger.md": ((144, 269), (1874, 1968)),
    "lenny_md/nicole-forsgren.md": ((181, 313), (1937, 2013)),
    "mixed_fixtures/Zenlytic_Is_Building_You_A_Better_Coworker_With_AI_Agents.txt": (
        (16, 63),
        (1309, 1368),
    ),
    "lenny_md/brandon-chu.md": ((46, 178), (1482, 1521)),
    "lenny_md/dhanji-r-prasanna.md": ((192, 330), (2584, 2649)),
    "lenny_md/julian-shapiro.md": ((97, 220), (1698, 1768)),
    "lenny_md/logan-kilpatrick.md": ((116, 232),),
    "lenny_md/sander-schulhoff-20.md": ((175, 317), (2622, 2684)),
}
# The text's length, for which the marks hold, and the code points from and to; episodes of the last
# three shows have no read.
OPEN: Mapping[str, tuple[int, Ranges]] = {
    "ai_podcast_md/ai-explained__2026-01-28__Iar4yweKGoI.md": (23207, ((17689, 18158),)),
    "ai_podcast_md/ai-explained__2026-03-26__s4tptozUJ8Y.md": (16696, ((12104, 12764),)),
    "changelog_news_md/changelog-news-168.md": (6513, ((3162, 3968),)),
    "practicalai_md/practical-ai-255.md": (41712, ()),
    "practicalai_md/practical-ai-280.md": (31494, ()),
    "mlops_txt/ep337-the-era-of-ai-agents-in-marketing-joel-horwitz-337.txt": (41183, ()),
    "ai_podcast_md/latent-space__2026-03-06__tMflcZHo2zI.md": (75787, ()),
}
HELD_OUT: Mapping[str, tuple[int, Ranges]] = {
    "changelog_news_md/changelog-news-177.md": (6313, ((3106, 4381),)),
    "changelog_news_md/changelog-news-178.md": (6196, ((3164, 4376),)),
    "changelog_news_md/changelog-news-161.md": (6704, ((3450, 4262),)),
    "changelog_news_md/changelog-news-96.md": (7006, ((3981, 4779),)),
    "ai_podcast_md/lennys-podcast__2026-03-04__I-R1bc1rlFs.md": (
        110452,
        ((3467, 5229), (62189, 63557)),
    ),
    "ai_podcast_md/lennys-podcast__2026-04-05__k-H4nsOTuxU.md": (
        117737,
        ((7716, 8930), (59326, 60407)),
    ),
    "ai_podcast_md/lennys-podcast__2026-06-21__Ybrl4FYM57c.md": (64920, ((7521, 8729),)),
}
_EARLY = 1  # seconds by which a mark may be late


def sponsors(root: Path) -> dict[str, dict[str, float]]:
    """For each set of marked episodes how much of the reads is cut, how much else is cut as one,
    and insights that come from one.
    """
    timed = [
        (episode(root / name), ranges, True)
        for name, ranges in TIMED.items()
        if (root / name).exists()
    ]
    found = {"sponsor_reads": _measured(timed)}
    for name, marked in (("sponsor_reads/open", OPEN), ("sponsor_reads/held_out", HELD_OUT)):
        known = [
            (episode(root / file), length, ranges)
            for file, (length, ranges) in marked.items()
            if (root / file).exists()
        ]
        found[name] = _measured(
            [(one, ranges, False) for one, length, ranges in known if len(one.text) == length]
        )
    return found


def _measured(episodes: Sequence[tuple[Document, Ranges, bool]]) -> dict[str, float]:
    sums: Counter[str] = Counter()
    for document, ranges, timed in episodes:
        sums.update(_cut(document, ranges, timed))
    if not episodes:
        return {}
    return {
        "episodes": len(episodes),
        "reads": sum(len(ranges) for _, ranges, _ in episodes),
        "recall": round(sums["cut"] / max(sums["read"], 1), 4),
        "false_cuts": round(sums["wrong"] / max(sums["other"], 1), 4),
        "insights_in_reads": sums["insights"],
    }


def _cut(document: Document, ranges: Ranges, timed: bool) -> Counter[str]:
    """Words in reads and how many of them are cut; words elsewhere and how many are cut as a
    sponsor read; insights from reads.
    """
    timeline = Timeline(document.marks)

    def inside(place: int) -> bool:
        at = (timeline.second(place) or 0.0) + _EARLY if timed else place
        return any(start <= at < end + (_EARLY if timed else 0) for start, end in ranges)

    spans = sentences(document.text)
    said = [Said(span.text, timeline.speaker(span.start)) for span in spans]
    as_read = {i for start, end in sponsor_reads(said) for i in range(start, end)}
    found: Counter[str] = Counter()
    for i, (span, aside) in enumerate(zip(spans, asides(said), strict=True)):
        within = inside(span.start)
        found["read" if within else "other"] += span.words
        found["cut"] += span.words * (within and bool(aside))
        found["wrong"] += span.words * (not within and i in as_read)
    found["insights"] = sum(
        inside(insight.evidence[0].start) for insight in read(document, theme_words=theme_words())
    )
    return found
