"""How long grouping takes: made-up documents of one window, a half of them about an event that
others tell too, and the processor time that grouping them takes.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from digest.model import Document
from digest.stories.grouping import group

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUSES = 400
TELLERS = (1, 1, 1, 1, 2, 2, 3, 5)  # of an event, each as likely
SENTENCES, WORDS = 12, 12  # of a text; each sentence has OWN words of its event beside
OWN = 4


def made_up(count: int, *, vocabulary: int = 30_000, seed: int = 1) -> list[Document]:
    """So many documents of one day. Words are as frequent as in speech (Zipf)."""
    chance = random.Random(seed)  # noqa: S311  made-up texts
    words = list(dict.fromkeys(_word(chance) for _ in range(vocabulary)))
    weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
    documents: list[Document] = []
    while len(documents) < count:
        names = [word.capitalize() for word in chance.choices(words[len(words) // 10 :], k=OWN)]
        matter = [*names, *chance.choices(words[len(words) // 10 :], k=3 * OWN)]
        for _ in range(chance.choice(TELLERS)):
            common = chance.choices(words, cum_weights=weights, k=SENTENCES * WORDS)
            documents.append(_document(len(documents), names, matter, common, chance))
    return documents[:count]


def _word(chance: random.Random) -> str:
    syllables = range(chance.randint(2, 4))
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in syllables)


def _document(
    number: int,
    names: Sequence[str],
    matter: Sequence[str],
    common: Sequence[str],
    chance: random.Random,
) -> Document:
    title = " ".join([*chance.sample(names, 2), *chance.sample(matter, OWN), *common[:OWN]])
    sentences = (
        " ".join([*common[at : at + WORDS], *chance.sample(matter, OWN)]).capitalize()
        for at in range(0, len(common), WORDS)
    )
    house = chance.randrange(HOUSES)
    site = f"https://house{house}.example"
    when = DAY + timedelta(minutes=chance.randrange(24 * 60))
    return Document(
        f"e{number}", f"{site}/{number}", f"{site}/feed", "news", title, f"House {house}",
        when, when, "article", ". ".join(sentences),
    )  # fmt: skip


def measure(counts: Sequence[int]) -> dict[str, dict[str, float]]:
    """The seconds of processor time that grouping takes, and how many stories there are."""
    found = {}
    for count in counts:
        documents = made_up(count)
        before = time.process_time()
        stories = group(documents)
        seconds = time.process_time() - before
        found[str(count)] = {"seconds": round(seconds, 2), "stories": len(stories)}
    return found


def main() -> None:
    """Print them as JSON, for as many documents as the arguments say."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.made_up", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 2000, 4000, 10_000])
    print(json.dumps(measure(parser.parse_args().counts), indent=1))


if __name__ == "__main__":
    main()
