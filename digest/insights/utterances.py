"""The shapes of spoken English that make a sentence worth quoting, or not. Matched against folded text unless they say otherwise."""

from __future__ import annotations

import re

CLAIMS = re.compile(
    r"\b(?:because|therefore|which means|that means|means that|the reason|the (?:real|big(?:gest)?|main|only|key) \w+|more than|less than|"
    r"rather than|instead of|the more|never|no longer|every (?:single )?\w+|bottleneck|constraint|scarce|shortage|trade-?off|advantage|"
    r"moat|it turns out|in fact|what happens|if you|unless|cheaper|faster|bigger|higher|lower|double[sd]?|triple[sd]?|times (?:as|more)|"
    r"going to|will|won't|can't|need(?:s)? to|has to|have to|depends on|driven by|worth|cost(?:s)?|not (?:just|about|a|the|because))\b",
    re.IGNORECASE,
)
FILLERS = re.compile(
    r"\b(?:you know|i mean|kind of|sort of|gonna|wanna|gotta|cuz|yeah|okay|stuff|or whatever|whatever|and so on|blah|i guess|i don't know|"
    r"right\?|you guys|guys|man|dude|whoa|lol|like,|like a|like when|of like|to like|with like|was like|is like|be like|i'm like|"
    r"were like|just like|super|crazy|honestly|literally|hey|obviously|basically|actually)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:it|its|it's|that|that's|this|these|those|they|them|they're|there|he|she|him|her|thing|things|something|here)\b", re.IGNORECASE
)
SELF = re.compile(r"\b(?:I|I'm|I've|I'd|I'll|me|my|mine|myself)\b")
FROM_SELF = re.compile(r"(?:I|We|My|Our)\b")
TO_SOMEBODY = re.compile(
    r"\b(?:you (?:said|mentioned|asked|wrote|told|were|talked|brought)|your (?:question|point|company|team|book|post|view|take|background|"
    r"journey)|(?:tell|talk|walk|teach) (?:us|me|about|through)|do you|did you|are you|have you|let me|let's|(?:i|we)'ll (?:get|"
    r"come) (?:to|back)|as (?:i|we|you) (?:said|mentioned)|i'll (?:give|tell|show|be)|your response|to your|you asked|your boy|"
    r"apply (?:for|to)|go ahead|thank you|thanks|sorry|good point|great point|i love|i agree|congrat\w*)\b",
    re.IGNORECASE,
)
LEANING = re.compile(  # "I think that's …", "What he said …"
    r"(?:(?:I|we) (?:think|believe|guess|feel|mean|would say|agree|know|love|hope)|the (?:thing|point|question|answer|idea|same|other)|"
    r"what|when|because|if|as|at (?:that|the) (?:point|time)|there(?:'s| is| are| was| were)?|same)\W+(?:that )?(?:it|that|this|they|he|"
    r"she|these|those|there|him|her|them|the same)(?:'\w+)?\b",
    re.IGNORECASE,
)
FRAGMENT = re.compile(  # no sentence of its own, or a question that lost its mark
    r"(?:\w+'s (?:is|are|was)|because|speaking of|as \w+ (?:said|mentioned)|like|which|who|same|to me|to \w+'s point|me|otherwise|"
    r"obviously|essentially|correct|talking|thinking|having|number \w+|going back|just|one (?:is|was|I)|there(?:'s| are| is) (?:a couple|"
    r"two|three|several|many)|(?:is|are|was|were|do|does|did|can|could|should|would|will|have|has) (?:it|this|that|you|we|they|he|she|"
    r"there|the|your|I)|whether|(?:what|how|why|when)\b(?!.* (?:is|are|was|were) ))\b",
    re.IGNORECASE,
)
UNCLEAR = re.compile(  # words lost, said twice, or run together where captions have no full stop
    r"[\[\]]|\d%?, \d+%|\bjust, |\.{2,}|…|--|(?i:\b(\w+),? \1\b)(?<!had had)(?<!that that)|\b(\w+ \w+ \w+)\b.*\b\2\b|[.?!] [a-z]|"
    r"(?<![\w'’])[b-hj-np-z](?![\w'’.])|[a-z,] (?:So|And|But|Or|Well|We|It|It's|You|They|There|This|That|These|Those|What|When|Because|"
    r"How|Why|If|Yeah|Okay|Right|He|She|My|Now|In|At|For|On|The|A|As|Like|Just|Then|Not|Is|Are|Do|Does)\b|"
    r"\b(?!(?:that|because|if|and|but|when|what|as|where|which|who|so|or|how|why|than|think|say|said|know|while|though|although|until|"
    r"before|after|since|time|way|thing|things|one|everything|all|believe|guess|hope|wish|sure|people|company|companies) )"
    r"[a-z]+ I(?:'m|'ve|'ll)?\b"
)
