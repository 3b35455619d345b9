# ruff: noqa: E501, RUF001 - a pattern a line reads better than one cut into pieces
"""Why a sentence that a model wrote must not be shown: code supplies links, and the newsletter
neither appeals nor speaks of itself.
"""

from __future__ import annotations

import re
import unicodedata

from digest.extract.hostile.invisible import seen
from digest.text.quotation import unquoted

_HOST = r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,18}"

_LINK = re.compile(
    r"(?:\bh[tx]{2}ps?|\bftp|\bfile|\bipfs|\bmagnet|\btel|\bsms|\bmailto|\bjavascript|\bvbscript|\bdata)\s?:\s?[/\w+]|://|\bwww\s?\.|"
    r"\[\s?(?:\.|dot)\s?\]|\(\s?(?:\.|dot)\s?\)|\b\w+ dot"
    r" (?:com|org|net|io|ai|example|info|xyz)\b|\b\d{1,3}(?:\.\d{1,3}){3}(?![\d.])",
    re.IGNORECASE,
)
_PATH = re.compile(
    rf"(?<![\w.@-]){_HOST}(?::\d{{2,5}})?/(?!(?:and|or)\b)|(?<![\w.@-])[A-Z\d-]{{2,63}}\.[A-Z]{{2,6}}/\w"
)
_SUBDOMAIN = re.compile(r"(?<![\w.@-])[a-z\d-]{2,63}\.[a-z\d-]{2,63}\.[a-z]{2,18}\b(?!\.)")
_PLACE = re.compile(
    r"\b(?:at|via|visit|see|to|from|on|under) [a-z\d][a-z\d-]{1,62}\.[a-z]{2,18}\b(?!\.\w)"
)
_EMAIL = re.compile(r"[^\s@]@[^\s@.]{1,63}\.\w|\b\w+\s?[\[(]at[\])]\s?\w+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.])(?:\+|00)\d[\d ().-]{7,18}\d(?!\w)|(?<![\w.$€£])\(?\d{3}\)?[ .-]\d{3}["
    r" .-]\d{4}(?!\w)|\b1-8\d\d-[\w-]{6,}"
)
_HANDLE = re.compile(r"(?<![\w/])@\w{2,}|(?<!\w)#[^\W\d]\w+")
_CODE = re.compile(
    r"(?<!\w)(?=\w{0,60}\d)(?=\w{0,60}[A-Za-z])\w{26,}|\b0x[0-9a-fA-F]{8,}|\b[0-9a-f]{16}\b"
)
_MARKUP = re.compile(
    r"</?[a-z!][^<>]{0,300}>?|&(?:\w{2,8}|#x?\w{2,6});|\]\s?[(:]|!\[|\[\[|\[\^?\d{1,3}\]|\*\*|__|~~|`|(?<!\w)[*_][^\s*_][^*_\n]{0,200}[*_](?!\w)|"
    r"^\s{0,3}(?:#{1,6}|[-*+>]|\d{1,2}[.)])\s|^\s{0,3}(?:-{3,}|={3,}|\*{3,})\s*$|\{[{%]|[%}]\}|\|.*\||={3,}|-->|<\||\|>|[\[(]/?INST[\])]|"
    r'^\s*[\[{]|"\w{1,20}"\s?:',
    re.IGNORECASE | re.MULTILINE,
)
_START = (
    r"(?:^|[.!?:;\u2014\u2013]\s+|,\s+(?:and |so |then |please )?|\b(?:please|readers"
    r" (?:should|must|can|may|are (?:urged|advised|invited) to)) )"
)
_APPEAL = re.compile(
    rf"{_START}(?:please|hurry|act (?:now|fast|today)|subscribe|sign"
    r" up|donate|(?:click|tap|swipe)(?! *-) (?:here|the|on|this|to|up|below)|learn more|find out"
    r" more|read (?:more|on|"
    r"the (?:full|rest|whole))|check (?:it |them )?out|(?:don't|do not|never)"
    r" (?:miss|wait|forget|hesitate|trust|buy|sell|read)|"
    r"buy (?:now(?!,? pay)|it|your|this|yours|today|here|one)|buy (?:shares|stock|the stock)\b|sell"
    r" (?:now|your|everything)|visit (?:us|our|the|"
    r"this|their|its|[\w-]+\.\w+)|register (?:now|today|here|at|for)|join (?:us|now|our|today)|join"
    r" the (?:waitlist|community|list|"
    r"webinar)|download (?:the|our|it|now|this|your)|follow (?:us|me|the link|this"
    r" link|our|along)|share (?:this|with)|"
    r"invest (?:now|today|your|with)|contact (?:us|me|our|your|the author|support)|call"
    r" (?:us|now|today|the number|me)|e-?mail (?:us|me|"
    r"the author|your)|scan (?:the|this)|go to (?:the|our|[\w-]+\.\w+)|head (?:to|over)|claim"
    r" (?:your|yours)|vote (?:for|yes|no)|"
    r"watch (?:the|our|this) (?:video|episode|full)|listen (?:to the|to our|now)|apply"
    r" (?:now|today|here)|get (?:yours|your|a free|started)|"
    r"try (?:it|our|them|for free)|send (?:us|me|your|money|bitcoin|\d)|enter (?:your|the"
    r" code)|tell (?:your|everyone)|"
    r"(?:remember|make sure|be sure) (?:to|you|that))\b",
    re.IGNORECASE,
)
_TO_READERS = re.compile(
    r"\buse (?:the |promo |discount |coupon ){0,2}code\b|\b(?:promo|discount|coupon|referral)"
    r" code\b|\byou(?:'ll| will| must| should| can| need| "
    r"have to| may| could| want)\b|\byour"
    r" (?:account|money|wallet|inbox|subscription|password|portfolio|seat|copy|spot|savings|bank|card|"
    r"free)\b|\bclick(?:ing)? (?:here|below|the link|on)\b|\b(?:link|details) (?:below|in (?:the"
    r" )?bio)\b|\blimited[- ]time offer\b|"
    r"\b(?:klicken sie|abonnieren sie|besuchen sie|cliquez|abonnez|visitez|inscrivez|haga clic|haz"
    r" clic|suscr[ií]b\w+|clique aqui|"
    r"inscreva|clicca|iscriviti|klik"
    r" hier|kliknij|tıkla\w*)\b|点击|订阅|クリック|登録は|클릭|구독|нажмите|подпишит|انقر|اشترك",
    re.IGNORECASE,
)
_I = re.compile(r"\bI\b(?:['’](?:m|ve|ll|d))?")
_SELF = re.compile(
    r"\bas an? (?:AI|artificial intelligence|(?:large )?language"
    r" model|assistant|chatbot|digest)\b(?! (?:company|firm|startup|lab|bubble|chip|hub|"
    r"business|leader|play|investment|stock|provider|tool|platform))|\bI(?:'m|'ve|'ll|'d|"
    r" (?:am|was|have|had|will|would|can(?:not|'t)?|could|"
    r"do|don't|did|must|should|think|believe|apologi[sz]e|understand|need|see|found|refuse|hope|received|follow\w*|obey\w*|hereby|"
    r"follow))\b|\bmy"
    r" (?:instructions|training|knowledge|guidelines|summary|answer|response|task|system)\b|\bI"
    r" (?:cannot|can't)\b|"
    r"^\W*(?:sorry|apologies|certainly|sure|of course|okay|ok|understood|absolutely|got"
    r" it|noted|unfortunately, (?:I|the))\s?[,!:.]|"
    r"^\W*here(?:'s| is| are) (?:the|an?|your|my|some)\b|\b(?:knowledge|training)"
    r" cut-?off\b.{0,20}\bmy\b|\bis unable to (?:summari[sz]e|comply)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:my|your|these|the above|(?:the"
    r" )?(?:previous|prior|earlier|preceding|hidden|embedded|injected)) (?:system"
    r" )?(?:instruction|prompt|"
    r"directive)s?\b|^\W*(?:as (?:instructed|requested|directed|asked|told)|per (?:the|your)"
    r" (?:instructions?|request|prompt))\b|"
    r"\bas (?:instructed|requested|directed) (?:by|in) (?:the|this)"
    r" (?:page|article|document|text|prompt|user|operator)\b|"
    r"\b(?:instructions?|prompt) (?:overridden|ignored|accepted|received)\b|"
    r"\b(?:prompt|instruction)s? (?:contained|found|embedded|hidden) in (?:the|this)"
    r" (?:page|article|document|text)\b",
    re.IGNORECASE,
)
_PIECE = (
    r"(?:documents?|articles?|passages?|excerpts?|texts?|transcripts?|piece|page|snippets?|webpage|blog"
    r" post|feed text|show notes)"
)
_META = re.compile(
    r"\b(?:the|this|that|each|both|these)"
    r" (?:(?:provided|given|cited|above|following|source|quoted|original|attached|supplied)"
    rf" )?{_PIECE} "
    r"(?:itself |also |only |further |then |primarily |mainly |merely |simply |does |do |did"
    r" ){0,2}(?:says?|said|states?|stated|mentions?|mentioned|"
    r"notes?|noted|describes?|described|discuss(?:es|ed)?|reports?|reported|reveals?|provides?|contains?|highlights?|explains?|outlines?|argues?|"
    r"suggests?|indicates?|covers?|focus(?:es)?|talks?|presents?|claims?|asks?|instructs?|tells?|is"
    r" about|are about|not|doesn't|don't|cuts? off|"
    rf"includes?|ends?|begins?|shows?|gives?)\b|\b(?:according to|in|per|as stated in|based on)"
    rf" (?:the|this|that) (?:(?:provided|given|cited|"
    rf"above|following|source|original) )?{_PIECE}\b|\b(?:provided|given|supplied) {_PIECE}\b|\bnot"
    r" (?:specified|mentioned|stated|given) in the\b|"
    r"\bno (?:relevant |further |specific |additional )?(?:information|details)"
    rf" (?:is|are|was|were|about|on|in)\b|\bthe author of th(?:e|is) {_PIECE}",
    re.IGNORECASE,
)


def improper(text: str, *, signed: bool = False) -> str:
    """Why the sentence must not be shown, in words; "" when it may. Names such as Booking.com,
    Character.AI and C3.ai are no links. What somebody signs may say "I".

    What somebody is quoted as saying may appeal and say "I"; it may not hold a link, an address or
    markup either.
    """
    if seen(text) != text or not all(
        character.isprintable() or character == "\n" for character in text
    ):
        return "it holds characters that cannot be seen"
    whole = unicodedata.normalize("NFKC", text)
    own = unquoted(whole)
    themselves = _I.sub("we", own) if signed else own
    judgements = (
        ("it holds a link", _LINK, whole),
        ("it holds an address with a path", _PATH, whole),
        ("it holds a web address", _SUBDOMAIN, whole),
        ("it sends readers to a web address", _PLACE, whole),
        ("it holds an e-mail address", _EMAIL, whole),
        ("it holds a telephone number", _PHONE, whole),
        ("it holds a handle or a hashtag", _HANDLE, whole),
        ("it holds a wallet's address or another code", _CODE, whole),
        ("it holds markup", _MARKUP, whole),
        ("it appeals to the reader", _APPEAL, own),
        ("it speaks to the reader", _TO_READERS, own),
        ("it speaks of itself", _SELF, themselves),
        ("it speaks of its instructions", _TOLD, own),
        ("it speaks of the text and not of the news", _META, own),
    )
    return next((reason for reason, pattern, part in judgements if pattern.search(part)), "")
