"""The shapes of spoken English that make a sentence worth quoting, or not. Matched against folded
text unless they say otherwise.
"""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    """Any of these, between the ends of words, whatever the case."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


# ---- what makes a point. Each way counts once, however often it is used.

CAUSE = _any(
    r"because|therefore|which means|means that|that means|the reason|that's why|which is why|so"
    r" that|leads? to|led to|depends? on",
    r"driven by|comes down to|it turns out|as a result|drives?|forces?|unless|if"
    r" (?:you|they|we)|the (?:moment|minute)|once you",
    r"creates?|enables?|allows?",
)
COMPARISON = _any(
    r"\w+er than|more than|less than|rather than|instead of|versus|compared"
    r" (?:to|with)|cheaper|faster|bigger|higher|lower|better|worse",
    r"double[sd]?|triple[sd]?|times (?:as|more|the)|the more|as much"
    r" as|\d+x|outpac\w+|competitive|increas\w+|decreas\w+|reduc\w+",
)
CONTRAST = _any(
    r"not (?:just|only|about|a|an|the|because|in)|isn't|aren't|no"
    r" longer|never|doesn't|don't|won't|can't|cannot|but|however|although",
    r"nobody|no one|nothing|without|wrong|actually|in fact|the truth|myth|even"
    r" (?:if|though)|despite",
)
FORECAST = _any(
    r"will|won't|going to|would|could|might|by (?:20\d\d|the end)|in the"
    r" (?:next|future|long)|eventually|over time|years? from now",
    r"becom(?:e|es|ing)|inevitabl\w+",
)
GENERAL = _any(
    r"every|everyone|everybody|always|most|all (?:of"
    r" )?the|any|companies|people|businesses|enterprises|customers|industr(?:y|ies)",
    r"markets?|economy|startups|governments?|countries|nations|workers|models|vendors|investors|developers|organi[sz]ations|the"
    r" world",
    r"software",
)
WEIGHT = _any(
    r"the (?:real|biggest|main|only|key|core|fundamental|hardest|most \w+|first|universal)"
    r" \w+|bottleneck|constraint|scarce|shortage",
    r"trade-?off|advantage|moat|leverage|opportunity|challenge|risk|problem|needs? to|has to|have"
    r" to|must|worth|value|critical|essential",
)
CLAIMS = (CAUSE, COMPARISON, CONTRAST, FORECAST, GENERAL, WEIGHT)

# ---- what belongs to talk and not to what is said

ANNOUNCING = _any(  # says that something will be said
    r"i (?:also )?(?:want|wanted|would like|'d like) to"
    r" (?:talk|ask|share|highlight|touch|start|go|add|mention|say|get|point)",
    r"we(?:'re| are) (?:going to|gonna) (?:talk|look|cover|discuss|go|take|explore)|we'll"
    r" (?:talk|look|cover|discuss|take|explore|see)",
    r"(?:talk|talked|talking|touch) about|here (?:are|is)|(?:give|gave) you (?:an|a|one)|one of the"
    r" (?:things|examples|questions)",
    r"there(?: are|'s| is) (?:a (?:couple|few|number|lot)|two|three|four|several|one|another|an"
    r" example|\w+ things)",
    r"(?:an|one|another|concrete|good|great|perfect|classic) example|speaking of|i"
    r" (?:remember|recall)|i can (?:give|tell)",
    r"(?:first|second|third|next|last|other|final) (?:thing|point|one|caveat|question|part|piece)",
    r"(?:this|that|the) (?:video|paper|chart|slide|graph|essay|tweet)|i was"
    r" (?:like|talking|reading|just)|hopefully|excited",
    r"will share (?:his|her|their)|insights from|i'll (?:quickly |just |also )?\w+|(?:i|we) just"
    r" (?:mentioned|talked|said)|by the way",
    r"what i mean|going back|moving on|to your point|you can see|as you know",
)
PITCH = _any(  # a speaker sells what is his own
    r"(?:we|i) (?:help|offer|sell|provide|also have|have an? \w+"
    r" (?:platform|product|program|service|tool|version)|invested in)",
    r"(?:we|i) were investors in|(?:came|apply) to our|at \w+,? we \w+|is an? (?:\w+["
    r" -]){0,4}platform|come work|we(?:'re| are) hiring",
    r"(?:our|my) (?:\w+"
    r" ){0,3}(?:platform|product|program|service|cloud|software|tool|portfolio|app|startup|api|infrastructure|mission)s?",
    r"(?:our|my) (?:\w+ ){0,3}goal is|please (?:join|come|try|check)|(?:to|and|or) join (?:\w+"
    r" ){1,3}|urge (?:anyone|everyone|you)",
    r"proud (?:of|to)|(?:create|make) an? \w+ account|log in",
)
TO_SOMEBODY = _any(
    r"you (?:said|mentioned|asked|wrote|told|were|talked|brought)|do you|did you|are you|have"
    r" you|let me|let's|to your|you asked",
    r"your (?:question|point|company|team|book|post|view|take|background|journey|response|boy)|as"
    r" (?:i|we|you) (?:said|mentioned)",
    r"(?:tell|talk|walk|teach) (?:us|me|about|through)|(?:i|we)'ll (?:get|come) (?:to|back)|i'll"
    r" (?:give|tell|show|be)",
    r"apply (?:for|to)|go ahead|thank you|thanks|sorry|good point|great point|i love|i"
    r" agree|congrat\w*",
)
FILLERS = re.compile(
    r"\b(?:you know|i mean|kind of|sort of|gonna|wanna|gotta|cuz|yeah|okay|stuff|or"
    r" whatever|whatever|and so on|blah|i guess|i don't know|"
    r"right\?|you guys|guys|man|dude|whoa|lol|like,|like (?:a|when|the|it|you|they|we|there)|of"
    r" like|to like|with like|was like|is like|"
    r"be like|i'm like|were like|just"
    r" like|super|crazy|honestly|literally|hey|obviously|basically|actually)\b",
    re.IGNORECASE,
)
VAGUE = _any(
    r"it|its|it's|that|that's|this|these|those|they|them|they're|there|he|she|him|her|thing|things|something|here"
)
CARRYING_ON = _any(r"also|again|as well|too|either|another")
OURS = _any(r"we|we're|we've|we'd|us|our|ours")
SELF = re.compile(r"\b(?:I|I'm|I've|I'd|I'll|me|my|mine|myself)\b")
FROM_SELF = re.compile(r"(?:I|We|My|Our)\b")
OF_HIMSELF = re.compile(
    r"(?:I'm|I've|I'd|My|I (?:want|have|had|used|need|was|love|like|tell|told|do|did|would"
    r" say|can|could|got|get|go)|"
    r"We(?:'re going to| (?:had|got|did|went|were|started|tried|built|made|saw)))\b"
)
TOLD = re.compile(  # a tale of what happened to the speaker
    r"\b(?:I|we|my \w+)"
    r" (?:was|were|had|went|got|did|said|saw|came|started|worked|built|met|made|took|used"
    r" to|launched|raised|joined|moved|"
    r"bought|called|asked|told|found|sat|tried|decided|thought)\b"
)
REPORTED = re.compile(  # what somebody in the room said
    r"\b(?:[A-Z][a-z]+|[Hh]e|[Ss]he) (?:said|says|talked|mentioned|told|asked|was saying|just"
    r" said|wrote)\b"
)
HUMMED = re.compile(  # nothing but what listeners hum along
    r"(?:(?:yeah|yep|yes|no|right|mm-?hm+|uh-huh|okay|ok|sure|exactly|totally|wow|huh|hmm*|cool|nice|interesting|great|true|correct|"
    r"thanks|thank you|absolutely|of course|well|so|and|but|like|i mean|you know|i see|got"
    r" it|oh|um|uh|hi|hey|bye)\W*)+",
    re.IGNORECASE,
)

# ---- what needs the sentence before

LEANING = re.compile(  # "I think that's …", "What he said …", "A lot of that …"
    r"(?:(?:a lot|lots|some|most|all|many|part|parts|half|each|one|none|both|any|the rest|the"
    r" point) of (?:that|this|it|them|those|these|"
    r"what (?:he|she|they|you))|point being|(?:the|an|your|my)"
    r" (?:first|second|third|other|opposite|former|latter|next|last) \w+|"
    r"(?:(?:I|we) (?:think|believe|guess|feel|mean|would say|agree|know|love|hope)|the"
    r" (?:thing|point|question|answer|idea|same|other)|"
    r"what|when|because|if|as|at (?:that|the) (?:point|time)|there(?:'s| is| are| was|"
    r" were)?|same)\W+(?:that )?(?:it|that|this|they|he|"
    r"she|these|those|there|him|her|them|the same)(?:'\w+)?)\b",
    re.IGNORECASE,
)
BARE_THAT = re.compile(  # "If we do that, …", "We are at double that now.", "Within that tribe, …"
    r"\b(?:do|does|did|doing|done|double|half|like|than|about|for|with|by|at|on|from|know|see|say|said|get|use|through) "
    r"(?:that|this|those|these)(?=[,.;!]|"
    r" (?:now|is|was|will|would|and|but|because|in|on|at|to|we|you|they|it|there|today|right|so|then|"
    r"as|again)\b)|\b(?:in|within|on|of|at|to|with|for|from|by|about) that"
    r" (?!(?:case|way|sense|point|we|you|they|he|she|it|the|is|was|"
    r"will|can|would|there|are|has|have)\b)(?-i:[a-z])",
    re.IGNORECASE,
)
# no sentence of its own, to somebody by name, or a question that lost its mark
FRAGMENT = re.compile(
    r"(?:(?-i:[A-Z][a-z]+,"
    r" (?:there|the|you|your|we|I|what|how|it|this|that|a|an|my|let))\b|(?:one|two|three|first|second),|"
    r"(?:\w+'s (?:is|are|was)|because|speaking of|as \w+"
    r" (?:say|says|said|mentioned)|like|which|who|same|to me|to \w+'s point|me|otherwise|"
    r"number (?:one|two|three)|on the (?:left|right|other|one)|let alone|even in|even though"
    r" because|now (?:I|you)|after (?:that|this|all)|"
    r"different than|more (?:so|than)|much (?:better|more|worse)|not to"
    r" mention|where|then|again|likewise|obviously|essentially|"
    r"correct|talking|thinking|having|number \w+|going back|just|one (?:is|was|I)|there(?:'s| are|"
    r" is) (?:a couple|two|three|several|many)|"
    r"(?:is|are|was|were|do|does|did|can|could|should|would|will|have|has)"
    r" (?:it|this|that|you|we|they|he|she|there|the|your|I)|whether|"
    r"(?:what|how|why|when)\b(?!.* (?:is|are|was|were) ))\b)",
    re.IGNORECASE,
)
GENERIC_YOU = re.compile(  # everybody
    r"You (?=(?:can|can't|cannot|could|need|don't|won't|will|get|have"
    r" to|should|must|never|want|still|only|may|might)\b)"
)

# ---- what was lost on the way into writing

_LITTLE = (
    r"the|a|an|to|of|and|or|for|with|in|that|which|is|are|like|because|but|as|at|my|your|our|their"
)
UNCLEAR = re.compile(  # words lost, said twice, or run together where captions have no full stop
    r"[\[\]]|\d%?, \d+%|\bjust, |\.{2,}|…|--|[.?!] [a-z]|"
    r"(?i:\b(?!(?:very|many|much|really|so|more|no|long|way|far),? )(\w+(?: \w+){0,3}),?"
    r" \1\b)(?<!had had)(?<!that that)|like that that|"
    # begun, broken off for an aside and begun again: "you can't just if you're big, you can't just"
    r"(?i:\b((?:[\w'’]{1,20} ){2}[\w'’]{1,20}),? (?:if|when|because|as|I mean|you know)\b[^.?!]{1,40},? \2\b)|"
    # said and said again, with nothing gained: "it's not only doing support, it's doing support,"
    r"(?i:\b((?:[\w'’]{1,30} ){2}[\w'’]{1,30})[,;][^.?!]{1,30}\b\3[,.;])|"
    r"\b(?i:a|an|the|my|your|our|their)"
    r" (?:a|an|the|my|your|our|their|that|this|it|you|we|they|I|he|she|is|are|was|were|to|of|and|in|for|"
    r"or|but|if|when|because|as|at|by|with|from|how|what)\b|"
    r"\b(?:[Ww]e|[Tt]hey|[Hh]e|[Ss]he|I) (?:you|we|they|he|she|I|it|my|our|their|a|an|"
    r"the)\b|\b(?:[Yy]ou|[Ww]e|[Tt]hey|I) is\b|'(?:s|re|m|ve)"
    r" (?:might|can|will|would|could|should|is|are|was|were|have)\b|"
    r"\b(?:is|are|was|were) (?:are|was|were|have|has|do|does|will|can)\b|\b(?:have|has|had)"
    r" (?:is|are|was|were|do|does|have|has|pay)\b|"
    r"\bto (?:is|are|was|were|of|and|the"
    rf" the)\b|\b(?:{_LITTLE})[.!]$|(?<![\w'’])[b-hj-np-z](?![\w'’.])|"
    r"[a-z,]"
    r" (?:So|And|But|Or|Well|We|It|It's|You|They|There|This|That|These|Those|What|When|Because|How|Why|If|Yeah|Okay|Right|He|She|My|"
    r"Now|In|At|For|On|The|A|As|Like|Just|Then|Not|Is|Are|Do|Does)\b|"
    r"\b(?!(?:that|because|if|and|but|when|what|as|where|which|who|so|or|how|why|than|think|say|said|know|while|though|although|until|"
    r"before|after|since|time|way|thing|things|one|everything|all|believe|guess|hope|wish|sure|people|company|companies) )"
    r"[a-z]+ I(?:'m|'ve|'ll)?\b"
)
