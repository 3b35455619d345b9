"""The shapes of text that belong to a page or speak to a machine, by kind. Matched against folded
text, in any letter case.
"""

from __future__ import annotations

import re

_CAPITAL = r"(?-i:[A-Z])"  # a capital even where case does not matter elsewhere
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_MEDIUM = r"(?:image|photo|picture|photograph|illustration|graphic|screenshot|video|cover|thumbnail|chart)s?"
_PIECE = r"(?:story|article|post|piece|report|newsletter|column|interview|essay|blog|content)"


def _any(*alternatives: str, flags: re.RegexFlag = re.ASCII) -> re.Pattern[str]:
    """One pattern of many. ASCII rules for words and letter case take nearly half the time of
    Unicode's.
    """
    return re.compile("|".join(alternatives), re.IGNORECASE | flags)


# What tries to instruct a program that reads the page, in the languages such text comes in; not a
# list of known attacks.
_CREDIT = _any(
    rf"\b{_MEDIUM}(?: source| credit)?s?\s*(?:credit|courtesy|:|©|via\b|by {_CAPITAL}\w+"
    rf" {_CAPITAL})",
    r"\b(?:getty images|shutterstock|istock|unsplash|dreamstime|alamy|via getty|ap"
    r" photo)\b|\w/(?:afp|reuters|ap|bloomberg|zdnet)\b",
    r"\b(?:afp|reuters|bloomberg) ?/ ?\w|\bpictured"
    r" (?:left|right|above|below|here)|\((?:left|right|pictured|top|bottom)\)",
    # a caption says in the present tense what somebody does in the picture
    rf"^{_CAPITAL}[^,]*\b(?:arrives?|poses?|gestures?|looks? on|walks?|stands?|attends?|is"
    r" (?:seen|pictured|shown))"
    r" (?:for|at|during|before|after|outside|with|in|on|next to|onstage)"
    r" (?:the|an?|his|her)\b[^,]*\.$",
)

_BYLINE = _any(
    rf"(?:^|[.;|] )(?:written|reviewed|edited|reported|posted|photographed) by (?={_CAPITAL})",
    r"\bstaff writer\b|\bcontributing (?:writer|editor)\b",
    r"\b(?:posted|published|updated|last (?:updated|modified)|first published)(?: on)?\s*:",
    r"^(?:update[ds]?|correction|clarification|editor'?s? note)\s*[,:(]",
    rf"\b{_MONTH} \d{{1,2}},? \d{{4}},?(?: at| ·)? \d{{1,2}}:\d\d|^by {_CAPITAL}\w+ {_CAPITAL}\w+"
    rf" {_MONTH} \d",
    r"\b\d+[ -]min(?:ute)?s? (?:read|listen|watch)\b|\b\d+ (?:minute|hour|day)s? ago\b|\b\d+"
    r" (?:comments?|shares?|views|likes)\.?$",
    rf"\bis an? (?:[\w-]+ ){{0,3}}(?:reporter|writer|journalist|correspondent|contributor|editor)"
    rf" (?:at|for|with|who|based|"
    rf"covering) (?:{_CAPITAL}|the|a)",
)

_POINTER = _any(
    r"^(?:also(?: read| see)?|see also|related|read(?: more| next| also)?|more(?:"
    r" on)?|watch|listen|recommended|next|topics|tags|"
    r"filed under|source|via)\s*:",
    rf"^(?:topics|tags|keywords|categories) {_CAPITAL}|\bappeared first on\b|\b(?:this|the)"
    rf" {_PIECE} (?:originally|"
    rf"first) (?:appeared|ran)\b",
    r"\b(?:read|see|find|check out|view|watch|hear|listen to)(?: (?:the|our|his|her|their))?(?:"
    r" (?:full|whole|entire|original|complete))?"
    rf" (?:{_PIECE}|transcript|episode|list|announcement|review|coverage|guide)s?"
    r" (?:at|on|here|below|in|about|of)\b",
    r"\b(?:click|tap|scroll|swipe|press)"
    r" (?:here|on|the|to|below|through|down)\b|\b(?:read|learn|see|find out|discover|get) more\b",
    r"\b(?:keep|continue) reading\b|\bread on\b|\bmore (?:info|information|details?)"
    r" (?:here|below|at|on our)\b",
    rf"\bthis {_PIECE}\b(?: \w+){{0,2}}"
    r" (?:appeared|published|updated|developing|produced|written|edited|corrected|adapted|sponsored|"
    rf"reprinted)\b",
    rf"\bthis {_PIECE} (?:includes?|contains?|features?|is"
    r" (?:part|based|provided))\b|^(?:here(?:'s| is| are| were)|below (?:is|are|"
    rf"we)|let's)\b",
)

_CALL = _any(
    r"^(?:sign"
    r" up|subscribe|register|join|follow|download|donate|apply|shop|rsvp|enter)\b",
    # what is a noun as often ("Share prices fell") calls upon nobody unless something is to be done
    r"^(?:share|support|buy|book|vote)(?: (?:your|our|us|me|the|this|these|it|an?|my|now|here|today|"
    r"early|tickets?|on|via|with|in|at|by)\b|[.!:]|$)",
    r"\bsign(?:ing)? up"
    r" (?:for|to|here|now|today|below|with|at)\b.{0,60}(?:\bour\b|newsletter|updates|e-?mail|alerts?|inbox|trial|free)",
    r"\bsubscrib\w+"
    r" (?:to|now|today|here|for|on|and)\b.{0,30}(?:\bour\b|newsletter|channel|podcast|feed|today|now|here|free)",
    r"\b(?:our|free|daily|weekly|this) newsletters?\b|\bin your inbox\b|\bdelivered to"
    r" your\b|\bpreferred source\b",
    r"\b(?:follow|contact|e-?mail|join) (?:us|me)\b|\bfollow (?:along|the (?:show|pod))\b|\bjoin"
    r" the (?:conversation|discussion|"
    r"waitlist|community)\b",
    r"\byou can"
    r" (?:get|find|hear|read|follow)\b.{0,40}\b(?:coverage|newsletters?|inbox|podcasts?)\b",
    r"\b(?:tell|let) us know\b|\b(?:got|have) (?:a|any) (?:tips?|questions?|story)\b|\bin the"
    r" comments\b|\bcomments? section\b",
    r"\bshare (?:this|on|via)\b|\bprint this\b|\bcopy link\b|\bsave (?:this|for"
    r" later)\b|\b(?:leave|write) (?:us )?(?:a|"
    r"your) (?:review|comment|rating)\b",
    r"\brate (?:us|this)\b|\b(?:five|5)[- ]stars?\b|\bwherever you (?:get|listen)\b|\bapple"
    r" podcasts\b.{0,40}\bspotify\b|"
    r"\bspotify\b.{0,40}\bapple podcasts\b",
)

_PROMOTION = _any(
    r"^(?:our )?sponsors?\b|^support (?:us|the (?:show|podcast))\b",
    r"\btickets?\b.{0,40}(?:\blive\b|\bsave\b|\bon"
    r" sale\b|\blowest\b|\bpass\b|:|\bregister)|\b(?:register|book|apply|rsvp|"
    r"sign up) (?:by|before|now|today)\b",
    r"\bearly[- ]bird\b|\bsave (?:up to )?[$€£]?\d+|\b\d+%"
    r" (?:off|discount)\b|\b(?:promo|coupon|discount|use(?: the)?) codes?\b|"
    r"\bfree trial\b|\bbuy now\b",
    r"\b(?:techcrunch|disrupt) (?:event|disrupt|(?:\w+ ){1,2}summit|20\d\d)\b|\bmeet (?:your"
    r" next|investors)\b|\bdates tbd\b|"
    r"\blimited[- ]time\b|\bmoney[- ]back\b",
    r"^(?:want|looking|ready|need|interested|ever) (?:to|for|in|wonder)\b|\b(?:webinar|white"
    r" ?paper|e-?book)s? (?:to|now|for free|"
    r"on demand)\b",
    r"\bsponsor(?:s|ed)? (?:by|content|post|message|of this|for)\b|\b(?:our|today's|this"
    r" (?:week|episode)(?:'s)?) (?:sponsor|"
    r"partner)s?\b|\bpartners? for making\b",
    rf"\bbrought to you by\b|\bthank(?:s| you) to (?:our|the|everyone|{_CAPITAL}\w+ for)|\bpaid"
    r" partnership\b|\badvertis(?:ement|"
    rf"ing) (?:disclosure|feature)\b",
)

_ITSELF = _any(
    r"\baffiliate (?:link|commission|partner|program|revenue|disclosure|advertis)|\bwe may"
    r" (?:earn|receive|make|get)\b|\b(?:earn|"
    r"receive) (?:an? )?commissions?\b",
    r"\bat no (?:extra|additional) cost\b|\bdisclos(?:ure|er)\s*:|\bdisclaimer\b|\bwhy you can"
    r" trust\b|\bkey takeaways|"
    r"\bindependent(?:ly)? (?:reviews?|tests?)\b",
    r"\beditorial (?:team|content|process|standards|guidelines|independence)\b|\bour"
    r" (?:editors|editorial|reporters|journalists|"
    r"readers?|reviewers|testing)\b",
    r"\brecommendations are based on\b|\ball rights reserved\b|©|\(c\) 20\d\d|\bcopyright"
    r" 20\d\d|\bnot (?:financial|investment|"
    r"legal) advice\b",
    r"\b(?:terms (?:of|and) (?:use|service|conditions)|privacy"
    r" (?:policy|notice|settings))\b.{0,60}(?:\byou\b|\bour\b|privacy|terms|"
    r"apply)",
    r"\b(?:uses?|accept|reject|manage|these|our|all) cookies\b|\bcookie"
    r" (?:policy|settings|preferences|notice)\b|"
    r"\benable javascript\b|\bad ?block|\byour browser\b",
    r"\b(?:did(?:n't| not)|ha(?:s|ve)(?:n't| not)) (?:immediately |yet"
    r" )?(?:respond|repl|return)\w*\b.{0,60}(?:request|comment|"
    r"inquir|question|e-?mail)",
    r"\b(?:declined|refused) to comment\b|\b(?:reached out|contacted) .{0,60}\b(?:for|and"
    r" will|comment|to confirm)\b|"
    r"\brepresentatives? for\b.{0,60}\bcomment\b",
    r"\b(?:intro|outro|theme) (?:music|video)\b|\bshow ?notes\b|\b(?:in|on) (?:this|today's)"
    r" (?:episode|podcast|show|"
    r"video)\b.{0,20}\b(?:we|you|i|of)\b",
    r"\b(?:hosted|produced) by\b.{0,60}\b(?:podcast|production|show|edited|mixed)\b|\b(?:an?|the)"
    r" (?:[\w-]+ )?production of\b",
)

_GREETING = _any(
    r"^(?:hi|hello|hey|greetings|welcome(?: back)?|good (?:morning|afternoon|evening)|happy"
    rf" \w+day)\b(?! {_CAPITAL})",
    rf"^(?:this|you're reading|you are reading) (?:is )?{_CAPITAL}.{{0,60}}\b(?:newsletter|podcast|"
    r"column|bulletin)\b|\barrives? in (?:our|your)\b|\bopt in (?:for|to)\b",
    r"^for more (?:on|about|from)\b.{0,80}\b(?:follow|see|read|check|visit)\b|^thanks for reading\b",
)

_RELEASE = _any(  # what companies put below their announcements
    rf"^about {_CAPITAL}[\w&. ]{{1,40}}$|\bforward-looking statements?\b|\bsafe harbor\b"
    rf"|\bfor (?:more|further|additional) information,? (?:please )?(?:visit|contact|see|call)\b",
    r"\b(?:is|are) (?:a|an|the) (?:world'?s? |global |industry |award-winning |trusted )*"
    r"(?:leading|premier|foremost|trusted) (?:global )?(?:provider|supplier|developer|platform|"
    r"innovator|partner)\b",
    r"\b(?:media|press|investor) (?:contacts?|enquiries|inquiries|relations)\b\s*:"
    r"|\b(?:registered )?trademarks? (?:of|or)\b|\b(?:pr newswire|business wire|globe ?newswire)\b",
)

PROMOTION = "promotion"
FURNITURE = (
    ("a greeting", _GREETING),
    ("a press release's ending", _RELEASE),
    ("a credit or a caption", _CREDIT),
    ("a byline or a time stamp", _BYLINE),
    ("a pointer elsewhere", _POINTER),
    ("a call to the reader", _CALL),
    (PROMOTION, _PROMOTION),
    ("the publisher about itself", _ITSELF),
)
