"""The names that a sentence has, told by their capitals, and when two of them are one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.name import Name
from digest.text.folding import word_list
from digest.text.stems import stem
from digest.text.thesaurus import known
from digest.text.words import FUNCTION, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.aligned import Place
    from digest.grounding.indexed import Indexed, Sentence

# What a name may have or lack without being another name.
ORNAMENTS = word_list(
    "inc corp corporation co company ltd llc plc group holdings holding partners ag sa nv se gmbh"
    " mr mrs ms dr prof professor sir president ceo cfo coo cto chief executive officer chair"
    " chairman chairwoman founder minister secretary senator judge analyst director vice senior sr"
    " us founder founders co-founder partner"
)
_CALENDAR = word_list(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december jan feb mar apr jun jul aug sept sep oct nov"
    " dec q1 q2 q3 q4 h1 h2 spring summer autumn fall winter i ai tv gw mw gwh mwh twh kw gpu gpus"
    " cpu cpus hi hey hello thanks yes okay oh series earth moon sun internet web anyone anybody"
    " everyone everybody someone somebody nobody whoever half nothing everything something"
)
_REPORTS = re.compile(r"\s(?:reports?|reported|writes|wrote)\b")
_LETTERED = frozenset(
    {"series", "class", "phase", "plan", "type", "tier", "round"}
)  # whose letter is a number
_OPENERS = word_list(
    "podcast episode interview video column whether together elsewhere separately meanwhile"
    " nonetheless nevertheless likewise besides alongside apart aside beyond unlike two three four"
    " five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
    " million billion trillion dozens hundreds thousands millions billions"
)
_UNSPOKEN = frozenset({"of", "the", "and", "for", "in"})  # what an abbreviation leaves out
_HEADING = 5  # words that a heading has at most
_LONG = 7  # letters from which two names that differ in one are one
_CLIPPED = 3  # letters that are left of a name cut short
_PARTICIPLE = 6  # letters that one has more than: "Allied" is a name
_NO_NAMES = FUNCTION | _CALENDAR
SAME_PLACE = tuple(
    frozenset(row.split(","))
    for row in (
        "us,usa,u,america,american,americans,united states,washington", "uk,u,britain,british,england,english,united kingdom,london",
        "eu,european,europe,european union,brussels", "china,chinese,beijing", "japan,japanese,tokyo", "germany,german,berlin",
        "france,french,paris", "russia,russian,moscow,kremlin", "india,indian", "korea,korean", "taiwan,taiwanese", "israel,israeli",
        "canada,canadian", "australia,australian", "italy,italian", "spain,spanish", "netherlands,dutch", "ukraine,ukrainian",
        "sweden,swedish", "norway,norwegian", "ireland,irish", "indonesia,indonesian", "brazil,brazilian", "mexico,mexican",
        "saudi,saudis", "switzerland,swiss", "scotland,scottish", "wales,welsh", "iran,iranian", "iraq,iraqi", "syria,syrian",
        "alphabet,google", "facebook,meta", "twitter,x",
    )
)  # fmt: skip


_COMPANIES = 3  # rows at the end that are of companies
# Parties and faiths in the singular say, like a country's adjective, what somebody is: "Republican
# Mike Quill".
ADHERENTS = word_list(
    "republican democrat democratic conservative labour tory muslim sunni shia shiite christian"
    " catholic jewish hindu buddhist"
)
_ROWS = {
    word: frozenset(i for i, row in enumerate(SAME_PLACE) if word in row)
    for row in SAME_PLACE
    for word in row
}


def claimed(sentence: Sentence, sources: Sequence[Indexed]) -> tuple[Name, ...]:
    """The names in the sentence, told by their capitals; none where nothing or nearly everything is
    capitalised.
    """
    words = sentence.words
    if not sentence.text.endswith(".") and _headline(words):
        single = (word for word in words if word.capital and not _no_name(word))
        return tuple(Name(word.text, (word,)) for word in single if _always_a_name(word, sources))
    runs: list[list[Word]] = [[]]
    heading = _heading(sentence)
    for i, word in enumerate(words):
        opening = (i < heading or _opens(sentence, i)) and not _always_a_name(word, sources)
        if word.capital and not opening and not _no_name(word) and not _numbered(sentence, i):
            together = (
                runs[-1]
                and not sentence.text[: runs[-1][-1].end].endswith(("'s", "’s"))
                and re.fullmatch(r"[\s&.-]{1,2}", sentence.text[runs[-1][-1].end : word.start])
            )
            if together:
                runs[-1].append(word)
            else:
                runs.append([word])
    return tuple(_name(sentence, run) for run in runs if run)


def names_in(place: Place) -> tuple[Name, ...]:
    """The names in a sentence of a source, read once."""
    noted = place.source.noted
    if place.number not in noted:
        noted[place.number] = claimed(place.sentence, (place.source,))
    return noted[place.number]


def _no_name(word: Word) -> bool:
    """Whether the word is never a name, whatever its capital: a function word, also contracted
    ("You're", "Don't"), or the calendar's.
    """
    return (
        word.low.endswith("n't") or word.low in _NO_NAMES or word.low.partition("'")[0] in FUNCTION
    )


def _numbered(sentence: Sentence, i: int) -> bool:
    """Whether the word is the "B" of "$5B" or of "Series B"."""
    word = sentence.words[i]
    kind = i > 0 and sentence.words[i - 1].low in _LETTERED
    return len(word.text) == 1 and (
        kind or sentence.text[max(0, word.start - 1) : word.start].isdigit()
    )


def _name(sentence: Sentence, run: list[Word]) -> Name:
    text = sentence.text[run[0].start : run[-1].end].strip(" .")
    return Name(text.removesuffix("'s").removesuffix("’s"), tuple(run))


def _headline(words: Sequence[Word]) -> bool:
    content = [word for word in words if word.content and word.low[0].isalpha()]
    return len(content) > 3 and sum(word.capital for word in content) > 0.75 * len(content)


def _heading(sentence: Sentence) -> int:
    """How many words stand before a colon as a heading does, with capitals that say nothing."""
    head, colon, _ = sentence.text.partition(": ")
    number = sum(word.end <= len(head) for word in sentence.words) if colon else 0
    return number if number <= _HEADING else 0


def _opens(sentence: Sentence, i: int) -> bool:
    return i == 0 or sentence.text[: sentence.words[i].start].rstrip(" ").endswith(
        (":", '"', "“", "‘", ".", "!", "?")
    )


def _always_a_name(word: Word, sources: Sequence[Indexed]) -> bool:
    """Whether the capital says something: the sources write the word with one inside a sentence
    too, or the language does not know it.
    """
    written = [one for source in sources for one in source.capitals.get(word.low, ())]
    if any(one[0].islower() for one in written):
        return False
    if any(word.low in source.inner for source in sources):
        return True
    return word.content and not _no_name(word) and not _common(word) and not _begins(word)


def _begins(word: Word) -> bool:
    """Whether the word opens sentences without being a name: a numeral, "Whether", a participle
    such as "Leveraged".
    """
    return word.low in _OPENERS or (
        word.low.endswith("ed") and len(word.low) > _PARTICIPLE and word.text[1:].islower()
    )


def _common(word: Word) -> bool:
    plain = word.low.removesuffix("s")
    agent = plain.endswith("er") and known(stem(plain.removesuffix("er")))  # "Marchers"
    return word.text[1:].islower() and (known(word.stem) or known(plain) or agent)


def reporting(name: Name, sentence: Sentence) -> bool:
    """Whether the name is whose report it is: "…, The Wire reports"."""
    return _REPORTS.match(sentence.text, name.words[-1].end) is not None


def of_a_country(name: Name) -> bool:
    """Whether the name is a country's, its adjective, or a party's or faith's: "Canadian" says what
    somebody is, not who did it.
    """
    if name.words[-1].low in ADHERENTS:
        return True
    return any(
        {word.low for word in name.words} <= row for row in SAME_PLACE[:-_COMPANIES]
    ) or name.words[-1].low.endswith(("ish", "ese"))


def spelled_out(name: Name, sentence: Sentence) -> bool:
    """Whether the sentence has in words what the name abbreviates: "attorneys general" for "AGs",
    "Department of Energy" for "DOE".
    """
    letters = name.text.replace(".", "").rstrip("s")
    if (
        len(letters) < 2
        or sum(letter.isupper() for letter in letters) < len(letters) - 1
        or not letters.isalpha()
    ):
        return False
    rows = (sentence.words, [word for word in sentence.words if word.low not in _UNSPOKEN])
    return any(letters.lower() in "".join(word.low[0] for word in row) for row in rows)


def _misspelt(one: str, other: str) -> bool:
    """Whether a source's slip is all that tells the two apart: one letter more, less or other in a
    long name ("Anthroic").
    """
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    start = next(
        (i for i, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
    return one[start + (len(one) >= len(other)) :] == other[start + (len(other) >= len(one)) :]


def _clipped(short: str, long: str) -> bool:
    """Whether the first is the second cut short: "Fed" of "Federal"."""
    return len(short) >= _CLIPPED and long.startswith(short)


def initials(short: Name, long: Name) -> bool:
    """Whether the first name is made of the second one's initials, in whatever order: "DoD" of
    "Defense Department".
    """
    letters = sorted(letter for letter in short.text if letter.isupper())
    told = [word.text[0] for word in long.words if word.text[0].isupper()]
    spelled = short.text.replace(".", "").rstrip("s")
    return (
        " " not in short.text and 1 < len(letters) >= len(spelled) - 1 and letters == sorted(told)
    )


def same_name(one: Name, other: Name) -> bool:
    """Whether two names share a word that tells, or are names of one place."""
    mine, theirs = (
        {word.stem for word in name.words if word.low not in ORNAMENTS} for name in (one, other)
    )
    if mine & theirs or not (mine and theirs):
        return True
    if initials(one, other) or initials(other, one):
        return True
    if any(_misspelt(mine_word, their_word) for mine_word in mine for their_word in theirs):
        return True
    if any(_clipped(*sorted((a.low, b.low), key=len)) for a in one.words for b in other.words):
        return True
    places = (
        frozenset[int]().union(*(_ROWS.get(word.low, frozenset()) for word in name.words))
        for name in (one, other)
    )
    return not next(places).isdisjoint(next(places))
