"""Makes the grounding checks' word list (digest/text/thesaurus.txt) out of the
WordNet 3.0 database files.

Kept are single lower-case words in the senses that WordNet's tagged texts hold.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_PART_OF_SENSE_KEY = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_SIMPLE = re.compile(r"[a-z]{2,}")
_NOTICE = """\
# Made by bench/thesaurus.py from WordNet 3.0, Copyright 2006 by Princeton University. All rights
# reserved.
# This software and database is being provided to you, the LICENSEE, by Princeton University under
# the following license. By obtaining, using and/or copying this software and database, you agree
# that you have read, understood, and will comply with these terms and conditions.: Permission to
# use, copy, modify and distribute this software and database and its documentation for any purpose
# and without fee or royalty is hereby granted, provided that you agree to comply with the following
# copyright notice and statements, including the disclaimer, and that the same appear on ALL copies
# of the software, database and documentation, including modifications that you make for internal
# use or for distribution. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY
# MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION,
# PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT- ABILITY OR FITNESS FOR
# ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL
# NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of
# Princeton University or Princeton may not be used in advertising or publicity pertaining to
# distribution of the software and/or database. Title to copyright in this software, database and
# any associated documentation shall at all times remain with Princeton University and LICENSEE
# agrees to preserve same.
#
# "= a b": words of one sense
# "~ a b | c d": the words of a sense, and those of the wider or similar one
# "! a b": opposites · ". form word": an irregular form
"""


@dataclass(frozen=True, slots=True)
class _Synset:
    words: tuple[str, ...]
    wider: tuple[str, ...]  # keys of hypernyms of verbs and nouns, and of similar adjectives
    opposites: tuple[
        tuple[int, str, int], ...
    ]  # own word, key of the other synset, its word; counted from 1, 0 for all


def made(database: Path) -> str:
    """The word list as text."""
    tagged = _senses(database / "cntlist.rev")
    synsets = dict(
        entry for name, part in _PARTS.items() for entry in _read(database / f"data.{name}", part)
    )
    order = _order(database)
    kept = {key: _usual(key, synset, tagged, order) for key, synset in synsets.items()}
    words = {word for members in kept.values() for word in members}
    lines = {
        *_synonyms(kept),
        *_wider(synsets, kept),
        *_opposites(synsets, words),
        *_irregular(database, words),
    }
    return _NOTICE + "\n".join(sorted(lines)) + "\n"


def _senses(path: Path) -> frozenset[tuple[str, str, int]]:
    """Word, part of speech and number of every sense that the tagged texts hold."""
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return frozenset(
        (key.partition("%")[0], _PART_OF_SENSE_KEY[key.partition("%")[2][0]], int(number))
        for key, number, _ in rows
    )


def _order(database: Path) -> dict[tuple[str, str], int]:
    """The number of a sense by word and synset key."""
    found = {}
    for name, part in _PARTS.items():
        for line in (database / f"index.{name}").read_text(encoding="ascii").splitlines():
            if not line.startswith(" "):
                word, _, senses, pointers, *rest = line.split()
                for number, offset in enumerate(rest[int(pointers) + 2 :], 1):
                    found[word, part + offset] = number
                # the format's own redundancy
                assert len(rest[int(pointers) + 2 :]) == int(senses)  # noqa: S101
    return found


def _read(path: Path, part: str) -> Iterator[tuple[str, _Synset]]:
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            fields = line.partition("|")[0].split()
            count = int(fields[3], 16)
            words = tuple(re.sub(r"\(.*\)", "", word) for word in fields[4 : 4 + 2 * count : 2])
            at = 4 + 2 * count + 1
            pointers = [fields[at + 4 * i : at + 4 * i + 4] for i in range(int(fields[at - 1]))]
            wider = tuple(_key(p[2], p[1]) for p in pointers if p[0] in {"@", "&"})
            opposite = tuple(
                (int(p[3][:2], 16), _key(p[2], p[1]), int(p[3][2:], 16))
                for p in pointers
                if p[0] == "!"
            )
            yield part + fields[0], _Synset(words, wider, opposite)


def _key(part: str, offset: str) -> str:
    return ("a" if part == "s" else part) + offset


def _usual(
    key: str,
    synset: _Synset,
    tagged: frozenset[tuple[str, str, int]],
    order: dict[tuple[str, str], int],
) -> tuple[str, ...]:
    """The words of the synset for which it is a sense that people use."""
    simple = (word for word in synset.words if _SIMPLE.fullmatch(word))
    return tuple(word for word in simple if (word, key[0], order.get((word, key), 0)) in tagged)


def _synonyms(kept: dict[str, tuple[str, ...]]) -> Iterator[str]:
    return ("= " + " ".join(words) for words in kept.values() if len(words) > 1)


def _wider(synsets: dict[str, _Synset], kept: dict[str, tuple[str, ...]]) -> Iterator[str]:
    narrower: dict[str, list[str]] = defaultdict(list)
    for key, synset in synsets.items():
        for other in synset.wider:
            narrower[other] += kept[key]
    return (
        f"~ {' '.join(sorted(set(words)))} | {' '.join(kept[key])}"
        for key, words in narrower.items()
        if words and kept[key]
    )


def _opposites(synsets: dict[str, _Synset], words: set[str]) -> Iterator[str]:
    for synset in synsets.values():
        for own, key, other in synset.opposites:
            pair = sorted((synset.words[own - 1], synsets[key].words[other - 1]))
            if words.issuperset(pair):
                yield "! " + " ".join(pair)


def _irregular(database: Path, words: set[str]) -> Iterator[str]:
    for name in _PARTS:
        for line in (database / f"{name}.exc").read_text(encoding="ascii").splitlines():
            form, *lemmas = line.split()
            if lemmas[0] in words and _SIMPLE.fullmatch(form):
                yield f". {form} {lemmas[0]}"


def main() -> None:
    """Print the word list."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.thesaurus", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "database", type=Path, help="the folder that has data.noun, index.noun, cntlist.rev …"
    )
    print(made(parser.parse_args().database), end="")


if __name__ == "__main__":
    main()
