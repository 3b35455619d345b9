"""The verbs of headlines, of one word or two ("sues", "lays off"), and the words by which a source
may say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.text.words import Word

_PLAIN = """
poach: hire recruit
unveil: announce launch present introduce reveal release show
top: exceed surpass overtake beat outstrip pass
sue: lawsuit suit complaint litigation
weigh: consider mull explore discuss
mull: consider weigh explore discuss
tap: appoint choose select hire pick
name: appoint choose
ink: sign agree
land: win secure receive get sign
nab: win secure receive get raise
back: invest fund support finance
slam: criticize condemn attack
blast: criticize condemn attack
woo: attract persuade
court: attract persuade
pitch: propose offer present
probe: investigate inquiry
curb: limit restrict
halt: stop pause suspend
scrap: abandon cancel end
ditch: abandon cancel end leave
drop: abandon cancel end
debut: launch release introduce
ship: release deliver launch
oust: fire dismiss remove
quit: leave depart resign
exit: leave depart withdraw
test: trial pilot try
trim: cut reduce
tout: promote claim praise
flag: warn report
concede: acknowledge admit
admit: acknowledge
fight: oppose contest resist
strip: remove
seize: confiscate take
ease: relax loosen
snub: reject refuse
merge: merger combine
detail: describe explain
block: cut suspend halt stop bar ban deny
ban: bar block forbid prohibit not no
bar: ban block forbid prohibit not no
"""
_VERBS = """
lay off: layoff dismiss fire sack cut redundancy
switch off: block disable suspend halt stop shut withdraw deactivate
turn off: block disable suspend halt stop shut withdraw deactivate
shut off: block disable suspend halt stop switch close
cut off: block disable suspend halt stop end
shut down: close halt stop end discontinue
wind down: close end stop liquidate
phase out: end retire discontinue stop remove
roll out: launch release introduce deploy
bring out: launch release introduce publish
set up: found establish create form build launch
team up: partner partnership collaborate join alliance
step down: resign quit leave depart
pull out: withdraw quit leave exit abandon
drop out: withdraw quit leave exit
call off: cancel abandon end
put off: delay postpone defer
push back: delay postpone defer resist
hold off: delay wait postpone defer
scale back: cut reduce shrink limit
cut back: reduce limit shrink
scale up: expand grow increase
ramp up: increase expand raise accelerate
step up: increase intensify accelerate
build out: expand construct
take over: acquire acquisition buy replace succeed
buy out: acquire acquisition
buy up: acquire acquisition
spin off: separate divest carve
sell off: sell divest
pay off: repay settle
pay back: repay
hand over: give transfer deliver
give up: abandon renounce drop
sign up: register enrol enroll join subscribe
speed up: accelerate
slow down: decelerate delay
back off: retreat withdraw
turn down: reject refuse decline
rule out: exclude reject
point out: note say
carry out: conduct perform execute
take on: hire employ challenge
bring in: earn raise hire
"""
_OF = {
    (stem(verb), particle): frozenset(map(stem, words.split()))
    for verb, _, rest in (line.partition(" ") for line in _VERBS.strip().splitlines())
    for particle, _, words in (rest.partition(": "),)
}
_OF_ONE = {
    stem(verb): frozenset(map(stem, words.split()))
    for verb, _, words in (line.partition(": ") for line in _PLAIN.strip().splitlines())
}


def with_particle(words: Sequence[Word], at: int) -> frozenset[str]:
    """The stems by which a source may say what the verb at this place and the particle behind it
    say; none for another verb.
    """
    after = words[at + 1].low if at + 1 < len(words) else ""
    two = _OF.get((words[at].stem, after), frozenset())
    return two | {stem(words[at].stem + after)} if two else two


def plainly(verb: str) -> frozenset[str]:
    """The stems by which a source may say what the verb with this stem says; none for another
    verb.
    """
    return _OF_ONE.get(verb, frozenset())
