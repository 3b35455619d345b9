"""How well a story that was told is known again, and what is new of it told from what is not.

Documents of a labelled set come day by day; each is told, and held against all of the days before.
It was told before where the labels join it with one of them. `ai_stories` was labelled by two
people, each blind to the other: what they do not agree on is not judged. Tuned: its weeks chose the
thresholds, with all pairs in sight. `allsides_roundups` is other news, each of whose events stands
on one day: nothing of it should be held back. Its even half chose when a headline brings nothing;
its odd half (by the SHA-1 of ids) was opened three times on the way. What is an update among what
was told before is one reader's word, in `update_labels.json`.

`month` makes dailies of all weeks, day by day on one state, however few stories a day has.
`told_twice` counts stories of one label that an issue tells again without saying what is new.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.clusters import AI_STORIES, ai_story_windows, other_sets
from bench.newsroom_weeks import weeks, weeks_of
from digest.config.schema import Daily, Editions
from digest.errors import QuietDay
from digest.model import Group
from digest.run.compose import compose
from digest.run.job import job_for
from digest.run.report import Report
from digest.run.summarise import summarise
from digest.store import issues
from digest.stories.recurrence import recurrences
from digest.stories.told_story import ToldStory, signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bench.clusters import Labelled
    from digest.stories.recurrence import Recurrence

LABELS = Path(__file__).with_name("update_labels.json")
HALVES = ("even", "odd")


@dataclass(frozen=True, slots=True)
class Case:
    """A document, what was decided of it, and whether its label says that it was told before; None
    where the labels do not agree.
    """

    id: str
    title: str
    found: Recurrence
    told: bool | None

    @property
    def half(self) -> str:
        """Which half of the set the document belongs to."""
        return HALVES[int(sha1(self.id.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


def cases(one: Labelled) -> Iterator[Case]:
    """Every document of a set, decided on its day. What came before on the same day is not held
    against it, and neither is what the labels do not place.
    """
    days = defaultdict(list)
    for i, document in enumerate(one.documents):
        days[document.when.date()].append(i)
    told: list[ToldStory] = []
    earlier: list[int] = []
    for day, today in sorted(days.items()):
        groups = [Group(str(i), (one.documents[i],)) for i in today]
        decided = recurrences(groups, told)
        for i in today:
            joined = [one.same.get((min(i, j), max(i, j))) for j in earlier]
            gold = True if True in joined else None if None in joined else False
            row = one.rows[i]
            if not row.get("multi_story_roundup") and not row.get("roundup_2"):
                yield Case(row["id"], row["title"], decided[str(i)], gold)
        earlier += today
        told += [
            ToldStory(f"{day}-daily", day, str(i), document.title, signature([document]))
            for i in today
            for document in one.documents[i : i + 1]
        ]


def scores(found: Sequence[Case], updates: dict[str, str]) -> dict[str, float]:
    """Precision and recall of "told before" and of "update", and how much was held back wrongly."""
    judged = [case for case in found if case.told is not None]
    pairs = Counter((case.told, case.found.kind != "new") for case in judged)
    held = [case for case in judged if case.found.kind == "repetition"]
    values = {
        "documents": len(judged),
        "told_before": pairs[True, True] + pairs[True, False],
        "precision": _share(pairs[True, True], pairs[False, True]),
        "recall": _share(pairs[True, True], pairs[True, False]),
        "held_back": len(held),
        "held_back_wrongly": sum(not case.told for case in held),
    }
    named = [case for case in found if case.id in updates and case.found.kind != "new"]
    if named:
        both = Counter(
            (updates[case.id] == "update", case.found.kind == "update") for case in named
        )
        values |= {
            "updates": both[True, True] + both[True, False],
            "update_precision": _share(both[True, True], both[False, True]),
            "update_recall": _share(both[True, True], both[True, False]),
        }
    return values


def _share(hits: int, misses: int) -> float:
    return round(hits / (hits + misses), 4) if hits + misses else 1.0


# ---------------------------------------------------------------- a month of issues


def month(corpus: Path) -> tuple[dict[str, float], list[str]]:
    """What the issues of all weeks tell on one state, and each exception in words."""
    rows = (corpus / "clusters" / "ai_stories.jsonl").read_text("utf-8").splitlines()
    labels = {row["id"]: row for row in map(json.loads, filter(None, rows))}
    counts: Counter[str] = Counter()
    notes: list[str] = []
    before: list[tuple[str, dict[str, Any]]] = []
    editions = Editions(daily=Daily(min_stories=1))
    with (
        tempfile.TemporaryDirectory() as folder,
        weeks_of(corpus, weeks(corpus), Path(folder), editions) as all_weeks,
    ):
        session = all_weeks.session
        for day in all_weeks.days:
            job = job_for(session, "daily", day)
            summarise(session, job, None)
            try:
                compose(session, job, None, Report())
            except QuietDay:
                continue
            record = issues.get(session.db, job.id)
            assert record is not None  # noqa: S101  compose has made it
            stories = list(record.facts["stories"].values())
            left = [one for one in record.facts["left_out"] if " as “" in one["why"]]
            counts.update(issues=1, stories=len(stories), held_back=len(left))
            notes += [
                f"{day} held back: {labels[one['entry']]['title']} | {one['why']}" for one in left
            ]
            for story in stories:
                notes += _told_again(day, story, before, labels, counts)
            before += [(job.id, story) for story in stories]
    return dict(counts), notes


def _told_again(
    day: date,
    story: dict[str, Any],
    before: Sequence[tuple[str, dict[str, Any]]],
    labels: dict[str, Any],
    counts: Counter[str],
) -> Iterator[str]:
    """What there is to say of a story: that it is an update, or that it was told before."""
    update = story["update_of"]
    if update:
        counts["updates"] += 1
        new = "; ".join(f"{one['kind']} {one['text']}" for one in update["news"])
        of = f"{update['date']} “{update['headline']}”"
        yield f"{day} update: {story['headline']} | of {of} | new: {new}"
        return
    for issue, other in before:
        if _stories(story, labels) & _stories(other, labels):
            counts["told_twice"] += 1
            yield f"{day} TOLD TWICE: {story['headline']} | {issue} “{other['headline']}”"


def _stories(story: dict[str, Any], labels: dict[str, Any]) -> set[str]:
    entries = [source["entry"] for source in story["sources"]]
    return {labels[entry]["story"] for entry in entries if entry in labels}


# ---------------------------------------------------------------- all of it


def measure(corpus: Path) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Every metric, and the notes of the month."""
    updates = json.loads(LABELS.read_text("utf-8"))["labels"] if LABELS.exists() else {}
    weeks_found = [case for window in ai_story_windows(corpus) for case in cases(window)]
    results = {AI_STORIES: scores(weeks_found, updates)}
    for half in HALVES:
        own = [case for case in weeks_found if case.half == half]
        results[f"{AI_STORIES}/{half}"] = scores(own, updates)
    for other in other_sets(corpus):
        if other.name == "allsides_roundups":
            found = list(cases(other))
            for half in HALVES:
                own = [case for case in found if case.half == half]
                held = sum(case.found.kind == "repetition" for case in own)
                results[f"{other.name}/{half}"] = {"documents": len(own), "held_back_wrongly": held}
    results["month"], notes = month(corpus)
    return results, notes


def main() -> None:
    """Print the metrics as one JSON object; with --why each decision of the month."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.told_before", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument(
        "--json", action="store_true", help="kept for all benches: JSON it always is"
    )
    parser.add_argument("--why", action="store_true")
    arguments = parser.parse_args()
    results, notes = measure(arguments.corpus)
    print(json.dumps(results, indent=2))
    if arguments.why:
        print("\n".join(notes))


if __name__ == "__main__":
    main()
