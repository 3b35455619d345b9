"""How two words are related: the same, the opposite, wider or narrower, or sisters. Read from thesaurus.txt, part of WordNet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Relation = Literal["same", "wider", "sister", "opposite", ""]

# What business news says in more ways than a general thesaurus knows. One line, one meaning.
_TRADE = """
rise increase grow climb gain jump surge soar advance up rocket spike swell expand accelerate escalate boost upturn upswing uptick higher hike growth
fall decrease decline drop slip slide sink tumble plunge shrink slump dip down lower reduce contract plummet downturn dwindle lose reduction decelerate shave
acquire buy purchase takeover acquisition buyout snap
sell divest offload disposal sale
invest back fund finance bankroll investment stake funding
say tell state announce report declare disclose reveal note affirm communicate mention claim confirm explain comment add assert write reaffirm
expect anticipate forecast project predict guide foresee estimate outlook guidance
plan intend aim scheme propose
start begin launch open commence kick debut
end stop finish close conclude halt cease discontinue
hire recruit employ
fire dismiss layoff sack shed axe cut
raise lift hike up elevate boost
cut trim slash reduce lower
revenue sales turnover
profit earnings income
company firm business corporation group maker
chief boss head executive ceo leader
deal agreement accord pact contract transaction
spend spending expenditure outlay capex
build construct construction erect
use utilize employ utilise usage
big large huge massive great sizeable major
roughly about approximately around some circa
show indicate demonstrate suggest reveal
help aid assist support
job position role post
worker employee staff staffer workforce
customer client user
power electricity energy
charge bill fee
pay compensation wage salary
center centre
order command require mandate
approve clear authorize endorse
reject refuse deny decline
data information
get obtain receive secure
allow let permit enable
give provide supply offer deliver
keep retain hold maintain
warn caution alert
record highest
quarter q1 q2 q3 q4
previous prior former earlier preceding last
chip semiconductor gpu processor accelerator
"""
_OPPOSED = """
rise fall
increase decrease
increase reduce
up down
raise lower
raise cut
gain lose
gain drop
grow shrink
growth decline
profit loss
buy sell
acquire sell
above below
over under
over below
above under
buy seller
sell buyer
sell purchase
sell acquisition
buy sale
more fewer
more less
more fewer
most least
higher lower
highest lowest
include exclude
hire fire
start end
open close
strengthen weaken
improve worsen
before after
earlier later
win lose
approve reject
accept reject
allow ban
allow block
support oppose
best worst
cheap expensive
cheaper dearer
public private
long short
first last
majority minority
confirm deny
agree refuse
accelerate slow
expand shrink
tighten loosen
always never
all none
maximum minimum
inside outside
succeed fail
pass fail
import export
lend borrow
early late
easy difficult
ahead behind
supply demand
buyer seller
lender borrower
landlord tenant
employer employee
largest smallest
bigger smaller
larger smaller
faster slower
strong weak
stronger weaker
better worse
optimistic pessimistic
bullish bearish
surplus deficit
upgrade downgrade
overtake trail
approximately exactly
approximately precisely
roughly exactly
roughly precisely
about exactly
significant slight
significant negligible
significant insignificant
substantial slight
substantial minimal
net gross
new old
commercial military
domestic foreign
internal external
partial full
temporary permanent
struggle thrive
secret public
robust weak
physical digital
upstream downstream
senior junior
minor major
majority minority
rich poor
wholly partly
fully partially
oversupply shortage
glut shortage
exceed miss
beat miss
"""
_ENDINGS = (
    ("ization", "iz"), ("isation", "iz"), ("ational", "at"), ("fulness", "ful"), ("iveness", "iv"), ("ements", ""), ("ement", ""),
    ("ments", ""), ("ment", ""), ("ations", ""), ("ation", ""), ("ition", ""), ("ness", ""), ("ity", ""), ("ies", "y"), ("ied", "y"),
    ("ising", "iz"), ("ised", "iz"), ("ises", "iz"), ("ise", "iz"), ("izing", "iz"), ("ized", "iz"), ("izes", "iz"), ("ize", "iz"),
    ("ually", "ual"), ("ally", "al"), ("ings", ""), ("ing", ""), ("edly", ""), ("ions", ""), ("ion", ""), ("ers", "er"), ("ors", "or"),
    ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_NOT = ("un", "non", "dis", "mis")  # what makes a word its opposite
_SPELLINGS = (("our", "or"), ("tre", "ter"), ("ogue", "og"), ("ence", "ense"))


@dataclass(frozen=True, slots=True)
class _Thesaurus:
    same: dict[str, frozenset[int]]
    narrower: dict[str, frozenset[int]]  # the groups in which a word is one of the narrower ones
    wider: dict[str, frozenset[int]]
    opposite: dict[str, frozenset[str]]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the inflected and most of the derived forms of a lower-case word have in common."""
    word = _irregular().get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        left = len(word) - len(ending)
        if word.endswith(ending) and left >= 3 and not (ending == "s" and word[-2] in "su"):
            word = word[:left] + instead
            break
    for spelling, instead in _SPELLINGS:
        if word.endswith(spelling) and len(word) > 5:
            word = word.removesuffix(spelling) + instead
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        return word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith(("e", "y")) else word


@lru_cache(maxsize=100_000)
def relation(one: str, other: str) -> Relation:
    """How the stem `one` of a claim is related to the stem `other` of its source; "" when it is not, as far as we know."""
    if one == other:
        return "same"
    words = _thesaurus()
    if other in opposites(one):
        return "opposite"
    if _meet(words.same, words.same, one, other):
        return "same"
    if _meet(words.narrower, words.wider, one, other) or _meet(words.wider, words.narrower, one, other):
        return "wider"
    return "sister" if _meet(words.narrower, words.narrower, one, other) else ""


@lru_cache(maxsize=20_000)
def opposites(one: str) -> frozenset[str]:
    """The stems that say the opposite of this one."""
    with_prefix = {prefix + one for prefix in _NOT} if len(one) > 3 else set()
    without = {one.removeprefix(prefix) for prefix in _NOT if one.startswith(prefix) and known(one.removeprefix(prefix))}
    return _thesaurus().opposite.get(one, frozenset()) | with_prefix | without


def groups(one: str) -> frozenset[int]:
    """The meanings of a stem: two stems that share one are the same."""
    return _thesaurus().same.get(one, frozenset())


def known(one: str) -> bool:
    """Whether the stem is a word of the language, as far as the thesaurus goes."""
    found = _thesaurus()
    return one in found.same or one in found.narrower or one in found.wider or one in found.opposite


def _meet(of_one: dict[str, frozenset[int]], of_other: dict[str, frozenset[int]], one: str, other: str) -> bool:
    return not of_one.get(one, frozenset()).isdisjoint(of_other.get(other, frozenset()))


@cache
def _lines() -> tuple[str, ...]:
    text = (files(__package__) / "thesaurus.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _irregular() -> dict[str, str]:
    """Irregular forms; those that are words of their own as well ("found", "saw", "left") stay what they are."""
    pairs = (line[2:].split() for line in _lines() if line.startswith("."))
    return {form: word for form, word in pairs if form not in {"found", "ground", "bore", "wound", "lay", "does", "us", "as", "less"}}


@cache
def _thesaurus() -> _Thesaurus:
    same, narrower, wider = (defaultdict[str, set[int]](set) for _ in range(3))
    number = 0
    for number, line in enumerate(_lines()):
        below, _, above = line[2:].partition("|")
        if line.startswith("="):
            _put(same, below.split(), number)
        elif line.startswith("~"):
            _put(narrower, below.split(), number)
            _put(wider, above.split(), number)
    for row, line in enumerate(_TRADE.split("\n"), number + 1):
        _put(same, line.split(), row)
    return _Thesaurus(_frozen(same), _frozen(narrower), _frozen(wider), _opposite())


def _opposite() -> dict[str, frozenset[str]]:
    """Opposites as WordNet and the trade have them, and for the trade's own those of the words that mean the same."""
    pairs = [tuple(line[2:].split()) for line in _lines() if line.startswith("!")]
    rows = [line.split() for line in _TRADE.split("\n") if line]
    by_head = {row[0]: row for row in rows if row[0] in {"rise", "fall"}}
    pairs += [tuple(line.split()) for line in _OPPOSED.split("\n") if line]
    pairs += [(up, down) for up in by_head["rise"] for down in by_head["fall"]]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[stem(one)].add(stem(other))
        found[stem(other)].add(stem(one))
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _put(table: dict[str, set[int]], words: Iterable[str], number: int) -> None:
    for word in words:
        table[stem(word)].add(number)


def _frozen(table: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {word: frozenset(numbers) for word, numbers in table.items()}
