"""What business news says in more ways than a general thesaurus knows, and what it holds to be
opposites.
"""

from __future__ import annotations

from digest.text.stems import stem
from digest.text.thesaurus_contrasts import CONTRASTS

# What business news says in more ways than a general thesaurus knows. One line, one meaning.
_SAME = """
rise increase grow climb gain jump surge soar advance up rocket spike swell expand accelerate \
escalate boost upturn upswing uptick \
higher hike growth double triple
fall decrease decline drop slip slide sink tumble plunge shrink slump dip down lower reduce \
contract plummet downturn \
dwindle lose reduction decelerate shave halve
acquire buy purchase takeover acquisition buyout snap
sell divest offload disposal sale
invest back fund finance bankroll investment stake funding
say tell state announce report declare disclose reveal note affirm communicate mention claim \
confirm explain comment add assert \
write reaffirm
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
top highest
bottom lowest
quarter q1 q2 q3 q4
previous prior former earlier preceding last
promise pledge commit vow undertake
serve supply
tech technology
labor labour work
design specification
ad advert advertisement posting
clarify explain state
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
block uphold
lower highest
higher lowest
lapse start
expire start
end start
more below
less beyond
more beneath
small large
small big
reach escape
allow forbid
allow bar
permit forbid
permit prohibit
loose strict
looser stricter
loser strictly
one-time annual
lend repay
underspend outspend
ahead trail
lead trail
leading trailing
"""


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.split("\n") if line)


MEANINGS = _rows(_SAME)  # one row, one meaning
RISING, FALLING = (frozenset(map(stem, row)) for row in MEANINGS[:2])
OPPOSITES = (
    *_rows(_OPPOSED),
    *CONTRASTS,
    *((up, down) for up in MEANINGS[0] for down in MEANINGS[1]),
)
