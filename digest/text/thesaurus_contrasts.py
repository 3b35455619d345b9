"""Words that exclude each other in business news, although no dictionary holds them to be
opposites: "in cash" is not "in stock".
"""

from __future__ import annotations

from itertools import product

# One line, one contrast: a word before the bar is never told for one behind it.
_CONTRASTS = """
junior entry-level beginner novice | experienced senior veteran seasoned
consumer consumers household households | enterprise enterprises corporate
cash | stock shares equity
debt loan loans | equity
retail | wholesale institutional
private | listed public
hardware | software
training | inference
open-weight open-source | closed proprietary
voluntary optional | mandatory compulsory obligatory
binding | nonbinding
final | draft preliminary provisional proposed tentative
interim temporary acting | permanent
one-off once one-time | yearly annual annually recurring monthly
upfront | later
fixed | floating variable
secured | unsecured
revenue revenues sales turnover | profit profits
federal | state
profit profitable | loss-making unprofitable loss
surplus excess | shortfall shortage short deficit lacking
oversubscribed | undersubscribed
outperform outpace outrun | underperform lag trail
overvalued | undervalued
understaffed | overstaffed
buyer bidder | seller
winner | loser
supporter backer proponent | opponent critic
plaintiff | defendant
creditor | debtor
creditors | debtors
exporter | importer
incumbent | newcomer challenger
widen broaden | narrow
widening broadening | narrowing shrinking
strengthen | weaken soften
tighten | loosen ease relax
tightening | loosening easing
hawkish | dovish
optimism confidence | pessimism doubt doubts gloom
hopeful upbeat | gloomy downbeat
praise praised laud lauded welcome welcomed | criticize criticized condemn condemned decry decried
endorse endorsed | oppose opposed
favor favors favour favours | disfavor penalize hurts
benefit benefits | harm harms hurts
helps helped | hurts hurt hinders
encourage encourages | discourage discourages deter deters
succeeded | failed
enter entered enters | exit exited exits
arrive arrived | depart departed
resume resumed | suspend suspended halt halted
launch launched | scrap scrapped shelve shelved cancel cancelled canceled
approve approved | reject rejected block blocked veto vetoed
grant granted | deny denied
impose imposed | lift lifted waive waived
ban banned bars barred | allow allowed permit permitted
mandatory required | optional voluntary
keep kept retain retained maintain maintained | drop dropped scrap scrapped abandon abandoned
unchanged | raise raised raises rise rises rose cut cuts lowered higher lower climbed fell
unchanged | drops dropped jumps jumped
hire hired hires hiring | fire fired lay-offs layoffs laid
accelerate hasten | slow delay slows
expedite | delay
ahead | behind
beat beats topped | missed misses
exceed exceeds exceeded | undershoot undershot
lead leads leading | trail trails trailing lag lags
ample plentiful abundant | scarce
cheap inexpensive affordable | costly dear expensive pricey
cheaper | dearer costlier pricier
busy | idle
idle unused | busy
vacant empty | leased occupied full
leased | vacant
wet | dry
inland | coastal
urban | rural
north northern | south southern
east eastern | west western
upper top highest | bottom lowest
heaviest | lightest
tallest | shortest
quickest fastest | slowest
richest | poorest
oldest | newest youngest
latest newest | earliest oldest
majority | minority
both | neither
everyone everybody | nobody
always | never rarely seldom
often frequently | rarely seldom
former | current
include included includes including | exclude excluded excludes excluding
gross | net
parent | subsidiary
employer employers | employee employees worker workers
landlord landlords | tenant tenants
lender lenders | borrower borrowers
customer customers client clients | supplier suppliers vendor
teacher teachers | pupil pupils student students
doctor doctors | patient patients
summer | winter
spring | autumn
morning | evening afternoon night
weekday weekdays | weekend weekends
daytime | nighttime overnight
lenient | harsh severe strict
strict | loose lax
loosely | strictly
mildly slightly | sharply steeply
gradually | abruptly suddenly
slight modest small | sharp steep
small smaller | large larger big mid-sized
midsize mid-sized medium-sized medium | small large
first-ever | last
binding | voluntary
jointly together | separately alone independently
domestic | overseas foreign
civilian | military
physical | virtual
manual | automated automatic
wired | wireless
solar wind | gas coal nuclear
coal | gas nuclear
onshore | offshore
full-time | part-time
short-term | long-term
insider insiders | outsider outsiders
"""


def _pairs() -> tuple[tuple[str, str], ...]:
    rows = (line.split("|") for line in _CONTRASTS.split("\n") if line)
    return tuple(
        pair
        for one, other in rows
        for pair in product(one.split(), other.split())
        if not any("-" in word for word in pair)
    )


CONTRASTS = _pairs()
