"""What can be counted of whole issues: dailies of the labelled weeks, made without a model and read
against what EDITORIAL asks of them.

Tuned: the rules that choose and cut were made while reading issues of all four weeks; 2026-06-08
was kept aside for the build before. Of the theme labels only those with an even number in
`theme_labels.json` were looked at; `themes_right` counts the odd ones. What is counted here is
counted by its own rules, not by those that made the issues.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.newsroom_weeks import week_of, weeks
from bench.stories import table
from digest.errors import QuietDay
from digest.issue.issue_md import parse
from digest.model import Group
from digest.run.compose import compose
from digest.run.job import job_for
from digest.run.report import Report
from digest.run.summarise import summarise
from digest.store import documents, issues
from digest.stories.themes import assign
from digest.text.markdown import to_plain
from digest.text.quantities import quantities
from digest.text.sentences import sentences
from digest.text.stems import stem
from digest.text.thesaurus import known
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bench.newsroom_weeks import Week
    from digest.model import Draft, Item

LABELS = Path(__file__).with_name("theme_labels.json")
TOLD = 0.5  # share of a headline's telling words that a text must have
IN_TITLE = 0.5  # share of the title's or the headline's words, whichever are fewer
_EMPTY = frozenset(
    ["ai", "report", "reports", "new", "say", "says", "source", "sources", "why", "how", "get"]
)
_DANGLING = re.compile(
    r"[\"“'(]*(?:he|she|it|they|his|her|its|their|this|that|these|those|such|both|another|"
    r"but|and|so|however|meanwhile|also|instead|the (?:company|firm|start-?up|deal|round|model|"
    r"report|study|lawsuit|ruling|move|news|announcement|platform|tool|feature|duo|pair|latter))\b"
    r"(?! (?:week|month|year|quarter|morning|time)\b)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\b(?:sign up|subscribe|newsletter|in your inbox|tickets?\b.{0,30}\b(?:save|sale|pass)|"
    r"early bird|register (?:now|by)|welcome back|welcome to|sponsored|brought to you|click here|"
    r"read more|continue reading|in this (?:episode|week's)|follow us|promo code|\d+% off|"
    r"getty images|image credits?|all rights reserved|live updates|affiliate|our (?:editors|"
    r"readers|process)|independently tests)\b",
    re.IGNORECASE,
)
Counts = Counter[str]


def measure(corpus: Path, only: Sequence[str] = ()) -> dict[str, dict[str, float]]:
    """The metrics over all weeks, and week by week."""
    found: dict[str, Counts] = {}
    labels = _labels()
    for name in only or weeks(corpus):
        with (
            tempfile.TemporaryDirectory() as folder,
            week_of(corpus, name, Path(folder)) as week,
        ):
            counted = [_counted(draft, facts) for draft, facts in made(week)]
            found[name] = sum((*counted, _themes(week, labels)), Counter())
    pooled: Counts = sum(found.values(), Counter())
    return {"issues": _metrics(pooled)} | {f"issues/{one}": _metrics(c) for one, c in found.items()}


def made(week: Week, edition: str = "daily") -> Iterator[tuple[Draft, Mapping[str, Any]]]:
    """The week's issues with their facts, made one day after the other; quiet days have none."""
    for day in week.days:
        job = job_for(week.session, edition, day)
        try:
            summarise(week.session, job, None)
            compose(week.session, job, None, Report())
        except QuietDay:
            continue
        record = issues.get(week.session.db, job.id)
        text = week.session.folder(job.id).text()
        assert record  # noqa: S101  it was composed just now
        assert text  # noqa: S101
        yield parse(text), record.facts


# ---------------------------------------------------------------- counting


def _counted(draft: Draft, facts: Mapping[str, Any]) -> Counts:
    stories = [item for part in draft.parts for item in part.items if item.kind == "story"]
    figures = [item for part in draft.parts for item in part.items if item.kind == "figure"]
    # what is said in an episode is no news under a headline
    news = [one for one in stories if not _is_talk(one, facts)]
    texts = [to_plain(one.text) for one in (*stories, *figures)]
    front = to_plain(draft.highlights)
    return Counter(
        {
            "issues": 1,
            "stories": len(stories),
            "news": len(news),
            "words": len(" ".join((front, *texts)).split()),
            "told": sum(
                tells(f"{above(one, draft)} {to_plain(one.text)}", to_plain(one.headline))
                for one in news
            ),
            "told_below": sum(tells(to_plain(one.text), to_plain(one.headline)) for one in news),
            "in_title": bool(stories) and _speaks_of(draft.title, to_plain(stories[0].headline)),
            "in_highlights": bool(stories) and _stands_in(stories[0], draft.highlights),
            "repeated": _repeated(
                [*_split(front), *(one for text in texts for one in _split(text))]
            ),
            "dangling": sum(bool(_DANGLING.match(text)) for text in (*texts, *_split(front))),
            "furniture": sum(bool(_FURNITURE.search(text)) for text in (*texts, front)),
            "ownerless": sum(not _has_owner(to_plain(one.text)) for one in figures),
        }
    )


def _is_talk(item: Item, facts: Mapping[str, Any]) -> bool:
    return any(
        source["basis"] in {"transcript", "show-notes"}
        for source in facts["stories"][item.id]["sources"]
    )


def tells(text: str, headline: str) -> bool:
    """Whether the text has half of the headline's telling words, and each of its amounts."""
    wanted = {stem(one) for one in tokens(headline) if one not in _EMPTY and one[0].isalpha()}
    had = wanted & {stem(one) for one in tokens(text)}
    stated = {round(one.value) for one in quantities(text)}
    sums = all(
        any(abs(one.value - other) <= 0.06 * one.value for other in stated)
        for one in quantities(headline)
    )
    return sums and len(had) >= TOLD * len(wanted)


def above(item: Item, draft: Draft) -> str:
    """What the highlights say of a story: the sentences that link to one of its sources, but not a
    headline that is a link.
    """
    said = re.split(r"(?<=\)\)\.) |(?<=\)\.) ", draft.highlights)
    return " ".join(
        to_plain(one)
        for one in said
        if not one.startswith("[") and any(link.url in one for link in item.links)
    )


def _speaks_of(title: str, headline: str) -> bool:
    own, others = set(tokens(title)), set(tokens(headline))
    return len(own & others) >= IN_TITLE * min(len(own), len(others))


def _stands_in(item: Item, highlights: str) -> bool:
    linked = any(
        f"({link.url})" in highlights or f"<{link.url}>" in highlights for link in item.links
    )
    return linked or tells(to_plain(highlights), to_plain(item.headline))


def _split(text: str) -> list[str]:
    return [span.text for span in sentences(text)]


def _repeated(said: Iterable[str]) -> int:
    counts = Counter(re.sub(r"\W+", " ", one.casefold()).strip() for one in said)
    return sum(count - 1 for count in counts.values())


def _has_owner(text: str) -> bool:
    """Whether anybody is named before or behind the figure: a capital that no sentence needs."""
    first = re.match(r"[A-Z][\w&]+", text)
    return bool(re.search(r"(?<![.!?] )\b[A-Z][\w&]+", text[1:])) or bool(
        first and not known(stem(first[0].lower()))
    )


# ---------------------------------------------------------------- themes


def _labels() -> dict[str, str]:
    """Themes by document id, of the half that nothing was chosen by."""
    rows = json.loads(LABELS.read_text(encoding="utf-8"))
    return {id_: theme for i, (id_, theme) in enumerate(sorted(rows.items())) if i % 2}


def _themes(week: Week, labels: Mapping[str, str]) -> Counts:
    """How many of the week's labelled documents are of the right theme, each told alone."""
    config = week.session.config
    found = documents.of(week.session.db, labels)
    right = sum(
        assign(Group(id_, (document,)), config.themes)[0] == labels[id_]
        for id_, document in found.items()
    )
    return Counter({"labelled": len(found), "themes": right})


def _metrics(found: Counts) -> dict[str, float]:
    issues, news = found["issues"], found["news"]
    metrics = {
        "issues": issues,
        "headline_told": _share(found["told"], news),
        "told_in_its_text": _share(found["told_below"], news),
        "story1_in_title": _share(found["in_title"], issues),
        "story1_in_highlights": _share(found["in_highlights"], issues),
        "repeated_sentences": found["repeated"],
        "dangling": found["dangling"],
        "furniture": found["furniture"],
        "ownerless_figures": found["ownerless"],
        "stories": found["stories"],
        "words_an_issue": round(found["words"] / issues) if issues else 0,
    }
    return metrics | (
        {"themes_right": _share(found["themes"], found["labelled"])} if found["labelled"] else {}
    )


def _share(count: int, of: int) -> float:
    return round(count / of, 4) if of else 0.0


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json; --weeks limits them."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.issues", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--weeks", nargs="*", default=())
    arguments = parser.parse_args()
    results = measure(arguments.corpus, arguments.weeks)
    print(json.dumps(results, indent=2) if arguments.json else table(results))


if __name__ == "__main__":
    main()
