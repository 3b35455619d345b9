"""Whether a sentence can be understood directly under its headline, without the sentences around
it.
"""

from __future__ import annotations

import re

from digest.text.folding import folded, word_list
from digest.text.quotation import unquoted

_OPENERS = "\"'«( "
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[A-Z][\w&'-]*[\w&]|[a-z]{1,2}[A-Z]\w+")


def _opening(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


# Openings that hand on from the sentence before. The connective itself would read oddly, so no
# neighbour helps.
_CONNECTIVE = _opening(
    r"but|and|so|or|yet|nor|however|meanwhile|still|instead|also|moreover|furthermore|additionally|then|thus|therefore|hence|besides|"
    r"plus",
    r"nevertheless|nonetheless|otherwise|likewise|similarly|conversely|alternatively|consequently|accordingly|indeed|again|next|"
    r"finally|lastly",
    r"first(?:ly)?|second(?:ly)?|third(?:ly)?|initially|eventually|ultimately|overall|elsewhere|afterwards?|apparently|naturally|"
    r"specifically",
    r"notably|ironically|importantly|more importantly|most importantly|more"
    r" specifically|worse|better|anyway|alas|granted|ditto|"
    r"perhaps|maybe",
    r"yes|no|well|sure|true|here|you|of course|even (?:so|then)|at least|after all|if (?:so|not)|as"
    r" (?:such|usual|for|it turns out|"
    r"a (?:result|consequence|refresher|reminder|recap))",
    r"in (?:fact|turn|addition|response|contrast|short|particular|that|this|any case|other"
    r" words|the (?:end|meantime)|doing so)|"
    r"by contrast",
    r"on (?:top of|that|one hand|the other hand)|at (?:that|this|the same time)|after"
    r" (?:that|this)|because of th\w+|to (?:that end|"
    r"be|give|put|do (?:so|that|this))",
    r"case in point|that (?:said|being said)|for (?:that|this|example|instance|now|one|(?:its|his|her|their)"
    r" part)|with (?:that|this)|"
    r"from (?:there|that)|even (?-i:[A-Z]\w+)|back (?:then|in)",
    r"(?:until|since|by) then|(?:given|despite|beyond|as part of) (?:that|this)|all"
    r" (?:that|this|of)|amidst? all|part of th\w+|much of|"
    r"not only that|what's more",
    r"if (?:that|this|it|they|you)",
    r"(?:all|both) (?:its|their|his|her)|put simply|simply put|either way|rather than|working"
    r" against|the same",
)
_PRONOUN = _opening(
    r"he|she|it|they|his|her|hers|its|their|theirs|that|(?:this|these|those)(?!"
    r" (?:who|time|week|month|quarter|year|summer|spring|"
    r"autumn|winter)\b)|both|such|another|others?|neither|either|one (?:would|might|"
    r"can)",
    r"(?:one|some|many|most|several|each|none|half|two|three) of"
    r" (?:them|these|those|its|their|his|her|the (?:two|three|company|firm|"
    r"startup))",
)
_PERSONAL = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_HE_SAID = re.compile(
    r"\b(?:he|she|they) (?:said|says|wrote|writes|added|told|explained|noted|argued|testified)\b",
    re.IGNORECASE,
)
_SUBJECT_PRONOUN = re.compile(r"(?:it|they|he|she)\b", re.IGNORECASE)
_SUBORDINATE_PRONOUN = re.compile(
    r"(?:although|though|while|because|since|if|when|as|after|before) (?:it|they)\b", re.IGNORECASE
)
_APPOSITION = re.compile(
    r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}, (?:its|their|his|her) "
)  # "Acme Ventures, its fund, …"
_SETTING = re.compile(
    r"(?:in|at|on|during) [^,]{3,80}, ", re.IGNORECASE
)  # says when and where, and names nobody who acts
_POINTER = re.compile(
    r"\b(?:this|these|those)\b(?!"
    r" (?:who|whose|with|without|in|on|of|at|from|time|day|week|month|quarter|year|decade|century|spring|"
    r"summer|autumn|fall|winter)\b)"
)
# "closing that gap", "30% of that sum"; not "the day on which", not "said in May that the …"
_THAT = re.compile(
    r"\b(?:of|for|with|behind|under|from|about|closing|filling|bridging|meeting|solving|despite)"
    r" that "
    r"(?!(?:the|a|an|it|they|he|she|we|you|is|was|has|will|are|would|can|could|may|might|there|this|these|its|their)\b)[a-z]+\b"
)
_INNER = re.compile(
    r"\b(?:all|both|each|half|many|most|none|one|some|two|three|four|five|six|\d+) of"
    r" (?:them|these|those)\b|\bthere(?=[,.;])",
    re.IGNORECASE,
)
_ANTECEDENT = re.compile(
    r"\b(?:in|at|near|to|from|of|across) [A-Z]|\b[a-z]{3,}s\b(?= (?:that|which|who|and|in|of|,)|,)"
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|we|We|our|Our|ours|my|My|mine|me|myself|ourselves|[Ll]et's)\b|\b(?:told|tells?|gave|sent|showed|e-?mailed)"
    r" us\b"
    r"|\b[Aa] colleague (?:pointed|told|noted|asked|wrote|said)\b"
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_IMPERATIVE = re.compile(
    r"(?:please |just |always |never |simply |do not |don't )?(?:create|use|make|try|consider|think|"
    r"remember|imagine|ask|start|keep|get|take|look|check|choose|pick|find|learn|see|read|watch|"
    r"discover|explore|meet|hear|dive|join|write|design|develop|add|click|open|avoid|ensure|expect|forget|stop|"
    r"picture|suppose|stay|turn|go|come|give|put|tell|help|ignore)"
    r" (?!said\b|says\b|is\b|was\b|has\b|and [A-Z])",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:mentioned|described|shown|listed|noted|discussed|outlined|pictured|quoted|linked|embedded)"
    r" (?:above|below|earlier|here|"
    r"previously)\b|"
    r"\b(?:above-mentioned|aforementioned|see (?:above|below|chart|table|figure)|as follows|the"
    r" following)\b|"
    r"\b(?:chart|table|figure|graph|image|photo|video|post|tweet|list|section) (?:above|below)\b|"
    r"\b(?:in )?this (?:article|post|piece|story|guide|section|chart)\b|\bhere(?:'s| is| are)"
    r" (?:how|what|why|where|the|an?|all|"
    r"everything|some)\b|\bexplains? (?:why|how)\.$",
    re.IGNORECASE,
)

# "The company said …": a thing that only the sentence before can name.
_DEFINITE = re.compile(
    r"(?:(?:according to|as part"
    r" of|in|at|during|with|under|on|for|through|following|after|alongside|since|by|from|inside) )?"
    r"(?:the|other|another|an accompanying) (?![A-Z\d]|[a-z]+ (?:of )?(?:the )?[A-Z])"
)
_ANAPHORIC = (
    r"(?:compan(?:y|ies)|start-?up|automaker|carmaker|chipmaker|retailer|drama|saga|dispute|feud|incident|controversy|valuation|firm|lab|unit|team|group|division|business|duo|pair|two|three|four|rest|former|latter|others?|"
    r"people|person|man|woman|"
    r"founder|co-founder|executive|CEO|spokes(?:person|man|woman)|judge|court|agency|regulator|researcher|author|plaintiff|defendant|"
    r"investor|user|signator(?:y|ies)|"
    r"deal|round|funding|investment|fund|acquisition|transaction|agreement|partnership|collaboration|talk|offer|bid|proposal|"
    r"program(?:me)?|initiative|"
    r"report|study|survey|research|paper|finding|result|figure|number|data|test|experiment|list|document|memo|letter|post|blog|"
    r"statement|comment|remark|article|"
    r"lawsuit|suit|case|trial|ruling|order|bill|law|filing|complaint|campaign|move|decision|effort|plan|goal|idea|change|process|"
    r"approach|method|work|"
    r"announcement|news|event|conference|update|problem|issue|question|answer|reason|purpose|topic|pitch|response|attack|"
    r"vulnerabilit(?:y|ies)|flaw|bug|"
    r"model|product|service|feature|tool|device|app|platform|system|software|technology|chip|image|video|page|site|website|facility|"
    r"plant|project|"
    r"new|latest|same|first|second|third|last|next|original|revised|current|previous|resulting|proposed|planned|upcoming|rumored|"
    r"experimental|exact|only)"
)
_PLACE = re.compile(
    r"\b(?:[A-Z][\w.]*(?: [A-Z]\w+)?-(?:born|based|owned|listed|headquartered)|Silicon Valley|"
    r"San Francisco|New York|Wall Street|U\.?S\.?|U\.?K\.?|American|British|Chinese|European|French|"
    r"German|Indian|Israeli|Japanese|Korean|South Korean|Swedish|Swiss|Canadian|Dutch|Taiwanese|AI)"
    r" (?=[a-z])"
)
_ANAPHOR = re.compile(rf"(?:\w+[- ]){{0,2}}{_ANAPHORIC}(?:'?s)?\b", re.IGNORECASE)
_QUALIFIER = re.compile(  # "… between A and B", "… maker C", "… (D)"
    r"(?:'s)?,? ?[(—-]?"
    r" ?(?:(?:of|between|behind|with|from|by|for|against|over|called|named|dubbed|known as|"
    r"entrepreneur|giant|maker|chief|boss|veteran|pioneer|developer|provider)\b|(?=[A-Z]))(?:"
    r" [\w'&.$%-]+){1,4}"
)
_UNNAMED = re.compile(
    r"\bthe (?:company|exec|start-?up|firm|report|study|survey|duo|pair|model"
    r" maker|lawsuit|ruling|memo|letter|deal|round|post|model)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"(?:the|one of the|both|another) (?!(?-i:[A-Z]))", re.IGNORECASE)
_TOO = re.compile(r"\b(?:also|too|as well)\b")
_NOT_NAMES = word_list(
    "The A An In On At It Its This That These Those He She They We You I His Her Their Our But And"
    " So Or For From With As When While After Before Since If Although Though There Here What Why"
    " How Who According By To Both Some Many Most More All Such Each One Two Three Four Five Now"
    " Last Not No Even Also Still Then Yet Instead Despite During Because Among Until Unlike Other"
    " Another Speaking Asked Rather Every Any Once Over Under About Around Through Between Against"
    " Without Within Like Just Only Much Few Several Earlier Later Today Yesterday Tomorrow"
    " Sometimes Often Recently Lately Currently Usually Monday Tuesday Wednesday Thursday Friday"
    " Saturday Sunday January February March April May June July August September October November"
    " December CEO CFO CTO COO AI AIs"
)


def refusal(text: str, *, speech: bool = False) -> str:
    """Why no neighbour can make the sentence fit to be shown, in a few words; "" when nothing
    speaks against it.

    In `speech` (a transcript) the first person is the speaker's and stays.
    """
    whole, plain = folded(text), unquoted(text)
    judgements = (
        ("asks and does not tell", whole.rstrip("\"')").endswith("?")),
        ("hands on from the sentence before", bool(_CONNECTIVE.match(whole.lstrip(_OPENERS)))),
        ("a quote without its speaker", not _WORD.search(plain)),
        ("an aside in brackets", whole.startswith("(") and whole.rstrip(".").endswith(")")),
        ("the author speaks of himself", not speech and bool(_FIRST_PERSON.search(plain))),
        ("points elsewhere on the page", bool(_ELSEWHERE.search(plain))),
    )
    return next((reason for reason, applies in judgements if applies), "")


def leans(text: str, *, opens: bool = False) -> str:
    """What the sentence needs the one before it for, in a few words; "" when it stands alone.

    A sentence that `opens` its article cannot refer back: "The trial of …" introduces what it
    names.
    """
    plain = unquoted(text)
    opening = plain.lstrip(_OPENERS)
    judgements = (
        ("begins with a pronoun", bool(_PRONOUN.match(opening))),
        ("a person without a name", _person_unnamed(plain)),
        ("points back at something", _points_back(plain)),
        ("begins with something already known", not opens and _already_known(opening)),
        ("a company without a name", _company_unnamed(plain)),
        ("counts or places what was named before", _within(plain) or bool(_THAT.search(plain))),
    )
    return next((reason for reason, applies in judgements if applies), "")


def takes_for_known(text: str) -> bool:
    """Whether a sentence takes for known what only its article has said, though it leans on no
    sentence: at the head of a text nothing stands before it.
    """
    opening = " ".join(text.split()[:5])
    nameless = _THE.match(text) and not names(opening.partition(" ")[2])
    return bool(nameless or _TOO.search(text))


def names_nobody(text: str) -> bool:
    """Whether a sentence speaks of him or her and gives no name."""
    plain = unquoted(text)
    return bool(_PERSONAL.search(plain)) and not names(plain.lstrip(_OPENERS).partition(" ")[2])


def speaks_for_us(text: str) -> bool:
    """Whether the sentence speaks of "us" outside its quotes: whoever writes, and perhaps the
    reader.
    """
    return bool(re.search(r"\bus\b", unquoted(text)))


def addresses_the_reader(text: str) -> bool:
    """Whether the sentence speaks to "you" outside its quotes."""
    return bool(_SECOND_PERSON.search(unquoted(text)))


def commands(text: str) -> bool:
    """Whether the sentence tells somebody to do something: it begins with a bare verb."""
    return bool(_IMPERATIVE.match(folded(text)))


def names(text: str) -> tuple[str, ...]:
    """The words that look like parts of proper names, in order."""
    return tuple(
        word for word in _NAME.findall(folded(text)) if word.removesuffix("'s") not in _NOT_NAMES
    )


def _person_unnamed(plain: str) -> bool:
    """As in "…, he said": a personal pronoun before anybody is mentioned. "In his lawsuit, Musk …"
    names him at once.
    """
    said = _HE_SAID.search(plain)
    if said and not names(plain[: said.start()].lstrip(_OPENERS).partition(" ")[2]):
        return True  # whatever stands first is capitalised and need not be a name
    personal = _PERSONAL.search(plain)
    if (
        personal is None
        or names(plain[: personal.start()])
        or len(_WORD.findall(plain[: personal.start()])) > 3
    ):
        return False
    clause, comma, rest = plain[personal.end() :].partition(",")
    return not comma or len(clause) > 80 or not names(rest[:20])


def _points_back(plain: str) -> bool:
    """Words such as "Experts say these skills …" or "In the first quarter, it …": early on, and
    before any name.
    """
    opening, comma, rest = plain.partition(", ")
    late_pronoun = (
        comma
        and len(opening) < 60
        and _SUBJECT_PRONOUN.match(rest)
        and (_SETTING.match(plain) or not names(opening))
    )
    never_named = _SUBORDINATE_PRONOUN.match(opening) and not names(" ".join(rest.split()[:3]))
    pointer = _POINTER.search(plain)
    return bool(late_pronoun or never_named or _APPOSITION.match(plain)) or (
        pointer is not None and len(_WORD.findall(plain[: pointer.start()])) < 8
    )


def _already_known(opening: str) -> bool:
    """A beginning such as "The company said …", where neither the words before the noun nor those
    that qualify it say which.
    """
    opening = _PLACE.sub("", opening)  # where a firm is from does not say which it is
    definite = _DEFINITE.match(opening[:1].lower() + opening[1:])
    anaphor = _ANAPHOR.match(opening, definite.end()) if definite else None
    if anaphor is None:
        return False
    return not names(_PLACE.sub("", anaphor[0])) and not _qualified(opening, anaphor.end())


def _within(plain: str) -> bool:
    """As in "Oracle will build three of them" or "… a design there": early in the sentence, with no
    plural or place before it.
    """
    inner = _INNER.search(plain)
    return inner is not None and not _ANTECEDENT.search(plain[: inner.start()])


def _company_unnamed(plain: str) -> bool:
    plain = _SETTING.sub("", plain, count=1) if _SETTING.match(plain) else plain
    bare = _UNNAMED.search(plain)
    return (
        bare is not None and not names(plain[: bare.start()]) and not _qualified(plain, bare.end())
    )


def _qualified(text: str, end: int) -> bool:
    """Whether what follows a noun that ends at `end` names the thing."""
    qualifier = _QUALIFIER.match(text, end)
    return qualifier is not None and bool(names(qualifier[0]))
