# ruff: noqa: E501, F541 - a pattern a line reads better than one cut into pieces
"""What makes words a command to a machine, in English: whom they speak to, what they want done, and
to what.

A rule never rests on one word. It wants an order (an imperative where a clause begins, "must",
"please") together with what only a program or whoever writes the newsletter could do: its
instructions, its summary, its recipients. Patterns run on plain text (lower case, no accents), and
only near their `near` words, so that a page without such words costs next to nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class InjectionRule:
    """A pattern, what it finds, and words of which one stands in whatever it finds."""

    what: str
    near: tuple[str, ...]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first holds one of the words."""
        return re.compile(self.source, re.MULTILINE)


def rule(what: str, near: str, *alternatives: str) -> InjectionRule:
    """A rule of several patterns; `near` is a list of words in one string."""
    return InjectionRule(
        what, tuple(word.replace("_", " ") for word in near.split()), "|".join(alternatives)
    )


# Where a clause begins that may be an order. Quotes and brackets count: orders hide in them.
_START = (
    r"(?:(?:^[\W\d_]{0,8}|[.!?:;,>)\]}\"'(\[{*|-]\s{0,3})(?:(?:please|kindly|and|then|also|now|instead|always|just|simply|first|finally|next|important|never|"
    r"do not|don't|so)[\s:,]{1,3}){0,2}|\b(?:please|kindly|must|shall|you are to)\s{1,3})"
)
_SAME = r"(?:(?![.!?]\s)[^\n]){0,120}?"  # within a sentence
_MACHINE = (
    r"(?:ai(?:s|["
    r" -](?:models?|assistants?|systems?|agents?|tools?|readers?|summari[sz]ers?|bots?|crawlers?|engines?))?|a\.i\.|llms?|"
    r"(?:large |ai )?language[ -]models?|chat"
    r" ?bots?|chatgpt|gpt(?:-?\d\w*)?|claude|gemini|copilot|summari[sz]ers?|summari[sz](?:ation|ing) "
    r"(?:model|tool|engine|system|bot|agent|software|program)s?|(?:virtual|digital|automated|automatic|writing)"
    r" (?:assistant|agent|reader|"
    r"system|editor|writer|summari[sz]er|process|pipeline|tool)s?|machine readers?|neural"
    r" net(?:work)?s?|(?:digest|newsletter) (?:tool|"
    r"generator|program|engine|bot|software|writer|system|model|assistant)s?)"
)
_MACHINES = (
    rf"(?:{_MACHINE}|bots?|crawlers?|scrapers?|spiders?|assistants?|agents?|models?|machines?|robots?|algorithms?|programs?|(?:newsletter|digest)"
    r" editors?|computers?)"
)
_THIS = r"(?:this|the|our|your|any|each|every|following|these|that)"
_TEXT = r"(?:page|article|story|text|document|transcript|feed|content|post|site|website|episode|paragraph|piece|message|item|entry|source|news)"
_DIGEST = (
    r"(?:summar(?:y|ies)|digests?|newsletters?|headlines?|briefings?|recaps?|write-?ups?|subject"
    r" lines?|top stories|highlights)"
)
_REPLY = (
    r"(?:responses?|answers?|reply|replies|outputs?|issue|insights?|extracts?|e-?mails?|generated"
    r" text)"
)
_EARLIER = (
    r"(?:previous|prior|above|earlier|preceding|foregoing|former|original|initial|existing|current|system|safety|default|developer|operator|"
    r"editor'?s?|your|other)"
)
_TASK = r"(?:instructions?|prompts?|directives?|system messages?|instruction set)"
_LOOSE_TASK = r"(?:rules?|guidelines?|commands?|orders?|context|constraints?|messages?|training|programming|policy|policies|restrictions?|task|tasks|role|text|content|directions?)"
_DROP = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|overrule|bypass|discard|neglect|abandon|dismiss|erase|delete|"
    r"pay no (?:attention|heed) to|(?:do not|don't|stop|cease|quit|no longer)"
    r" (?:follow|obey|obeying|heed|heeding|following|apply)(?:ing)?|set aside|"
    r"put aside|leave aside|throw (?:out|away)|skip|overlook(?:ing)?|look past|never"
    r" mind|unlearn|disobey|do away with|abolish)"
)
_INCLUDE = (
    r"(?:add|append|include|insert|put|place|mention|write|state|say|link|repeat|print|output|list|feature|open|begin|start|end|close|copy|paste|"
    r"quote|cite|use|embed|reproduce|display|render|incorporate|prepend|attach|highlight|lead|make|give|replace|publish|set|show|promote)"
)

ENGLISH = (
    rule(
        "drops its instructions",
        "ignor disregard forget overrid overrule bypass discard neglect abandon dismiss erase"
        " delete no_attention no_heed follow obey heed apply aside skip throw void supersed"
        " obsolete revoked null replaced outdated lifted invalid expired suspended no_longer"
        " disabled deprecated overlook look_past never_mind unlearn disobey abolish do_away",
        rf"\b{_DROP}\b(?:\W+\w+){{0,4}}?\W+{_TASK}\b",
        rf"\b{_DROP}\b(?:\W+\w+){{0,3}}?\W+{_EARLIER}\W+(?:\w+\W+){{0,2}}?{_LOOSE_TASK}\b",
        rf"\b{_DROP}\W+(?:all|any|every|everything|anything|whatever|what|the)\b(?:\W+\w+){{0,5}}?\W+(?:above|before"
        r" this|so far|up to (?:here|now)|"
        rf"(?:you (?:were|have been|are|'ve been)|you've been)"
        rf" (?:told|given|instructed|asked)|(?:told|instructed|asked|taught|ordered|gave|given|briefed)(?:"
        rf" to)? you)\b",
        rf"\b{_DROP}\W+(?:\w+\W+){{0,2}}?(?:summari[sz]\w+|translation|analysis|review|user'?s?|given|assigned|current)\W+(?:\w+\W+)?(?:task|request|question|text|instructions?)\b",
        rf"\b{_EARLIER}\W+(?:\w+\W+){{0,2}}?{_LOOSE_TASK}\W+(?:is|are|has been|have"
        r" been)\W+(?:\w+\W+){0,2}?(?:void|suspended|lifted|cancel\w*|supersed\w+|revoked|overrid\w+|deprecated|"
        r"disabled|no longer|(?:do not|don't) (?:apply|count|hold|bind))\b",
        rf"\b(?:{_EARLIER}|operator|developer|editor|system)\W+(?:\w+\W+){{0,2}}?(?:{_TASK}|rules?|orders?|guidelines?|restrictions?|commands?)"
        r" (?:no longer|do not|don't) (?:apply|count|hold|bind|matter)\b",
        rf"\b(?:{_EARLIER}|all|any|these|those)\W+(?:\w+\W+){{0,2}}?{_TASK}\W+(?:\w+\W+){{0,3}}?(?:void|cancel\w*|supersed\w+|obsolete|revoked|null|"
        r"overrid\w+|replaced|ignored|outdated|lifted|invalid|expired|suspended|no longer|(?:do"
        r" not|don't) apply)\b",
    ),
    rule(
        "speaks to a machine",
        "if_you since_you as_an if_an because_you when_you should_you",
        rf"\b(?:if|since|because|as|when|in case|should|whether) you(?:'re| are| happen to be|"
        rf" be)(?: reading this as| currently| being| now| actually| running as| not a human"
        rf" but){{0,2}} "
        rf"(?:(?:an?|the|any|some|some kind of) )(?:(?!\w+ing\b)\w+[ -]){{0,2}}?{_MACHINE}"
        r"(?=\s*(?:$|[,.:;!?()\]-]|(?:reading|processing|summari\w+|parsing|that|which|or|model|assistant|system|agent|tasked|asked|writing|generating|then|please|you|crawling|"
        r"indexing|compiling|scanning)\b))",
        rf"\b(?:if|when|whenever|in case) (?:an?|any) (?:\w+[ -]){{0,2}}?{_MACHINE} (?:is |are"
        r" )?(?:reads?|reading|process\w*|summari\w+|parses|parsing|scans|scanning|index\w*)"
        r" (?:this|these)\b",
        r"\bas an? (?:ai |large |helpful |obedient ){1,3}(?:language"
        r" )?(?:model|assistant|agent)\b(?=,? (?:you|please|your|always|i|must|it is your)\b)",
    ),
    rule(
        "speaks to a machine",
        "assistant model chatbot ai_ bots: bot_ writing making preparing drafting compiling note"
        " message correction clarification update task_for rule_for rules_for advice summari"
        " instruction attention notice memo reminder warning directive hint_ _dear _hello _hey _hi_"
        " _hi, to_all_ to_any_ to_every to_whichever important urgent warning @ tell_ esteemed"
        " beloved model: ai: assistant: system: bot: llm: _bot _robot _crawler _scraper _summar"
        " hidden_ secret_ command listen calling guidance request intended meant addressed",
        rf"\b(?:note|message|instruction|attention|notice|memo|reminder|warning|directive|hint|command|guidance|request|important|correction|clarification|update|task|rule|advice|word|reminder)s?(?:"
        rf" here| below| only|"
        r" intended| meant| written| addressed){0,2}"
        rf" (?:to|for)\b(?:\W+\w+){{0,4}}?\W+{_MACHINES}(?:"
        r" \w+){0,4}?\s*(?:[:!\]>]|\s-|,\s*(?:please|you|do|add|"
        rf"ignore|include|when|if)|\bonly\b)",
        rf"(?:^[\W\d_]{{0,8}}|[.!?:>\"(\[]\s*)(?:note|message|instruction|attention|notice|memo|reminder|directive|correction|clarification|update|task|rule)s?"
        rf" (?:to|for)\b(?: \w+){{0,3}}? "
        rf"{_MACHINES}\b",
        r"(?:^[\W\d_]{0,8}|[.!?:>\"(\[]\s*)(?:to|for) the attention of (?:\w+"
        rf" ){{0,4}}?{_MACHINES}\b|{_START}(?:dear|esteemed|beloved) (?:\w+"
        rf" ){{0,2}}?(?:{_MACHINES}|engine|ai)\b|{_START}tell (?:the|any|your) "
        rf"(?:\w+ ){{0,2}}?{_MACHINES} to\b|[(\[\"']"
        r" ?(?:model|ai|assistant|system|bot|llm|summari[sz]er)"
        r" ?:|\b(?:hidden|secret|special|machine|invisible)"
        r" (?:text|message|note|instructions?|section|words|block)s? "
        rf"(?:\w+ )?(?:for|to) (?:\w+ ){{0,2}}?{_MACHINES}\b",
        r"\b(?:begin|start)(?: of)? (?:hidden|secret|special|invisible|machine)"
        r" \w+\b[^\n]{0,600}?\bend(?: of)? (?:hidden|secret|special|invisible|machine) \w+",
        r"(?:^[\W\d_]{0,8}|[.!?;>\"(\[]\s*|\s-\s)(?:(?:all|any|ai|automatic|automated|machine|digital|robot)"
        rf" )?(?:{_MACHINES}|ai \w{{4,12}})\s?[:,] ?(?:please |just |always |also |do not |don't"
        r" )?(?:mention|add|say|write|use|print|include|put|call|name|"
        rf"report|link|cite|rank|title|lead|ignore|describe|credit|treat|state|skip|drop|make|caption)\b",
        rf"\b(?:whatever|whichever|any|the) (?:\w+ )?{_MACHINES} (?:that |which )?(?:is |are |will"
        r" be"
        r" )?(?:writing|summari[sz]ing|making|preparing|drafting|compiling|reading)\b[^.!?\n]{0,60}\b(?:forget|ignore|please|write|say|mention|put|add|name|call|skip|"
        rf"drop|include)\b|\bthe summari[sz]er"
        rf" (?:writes|says|answers|names|mentions|adds|prints)\b",
        rf"{_START}for (?:the|any|all|those|every|you) (?:\w+ ){{0,2}}?{_MACHINES}(?:"
        r" \w+){0,6}?\W{1,3}(?:please |just |then"
        r" )?(?:say|write|call|name|mention|include|add|put|state|report|rank|ignore|treat|make|note|remember|do"
        r" not|don't|skip|"
        rf"drop|use|quote|cite|link|print)\b",
        rf"(?:^[\W\d_]{{0,8}}|[.!?:>\"(\[]\s*)(?:dear|hey|hello|hi|attention|listen(?:"
        rf" up)?|calling(?: all)?|to"
        rf" (?:all|any|every|the|whichever)|important|urgent|warning|note)[ ,:!]{{1,3}}(?:\w+"
        rf" ){{0,3}}?"
        rf"{_MACHINES}(?: \w+){{0,4}}?\s*[:,!.-]",
        r"(?:^|\W)@(?:assistant|ai|llm|bot|summari[sz]er|model|agent)\b",
        rf"\b(?:this|the (?:following|next|above))"
        rf" (?:message|text|section|paragraph|line|note|instruction|part|passage|block)s?"
        rf" (?:is|are) (?:only |intended |"
        r"meant |addressed |solely |exclusively |written |not ){0,3}(?:for|to) (?:\w+"
        rf" ){{0,3}}?{_MACHINES}\b",
    ),
    rule(
        "speaks to whatever reads or sums up the page",
        "reading processing summari parsing scanning indexing ingesting crawling analy consuming"
        " condens digesting compil regardless_of",
        rf"\b{_MACHINES}(?:\W+\w+){{0,3}}?\W+(?:reading|processing|summari[sz]ing|parsing|scanning|indexing|ingesting|crawling|analy[sz]ing|consuming|digesting) "
        rf"(?:this|these)(?: {_TEXT}\b| feed\b|(?=\s*(?:$|[,.:;)!\]-])))",
        rf"\b(?:whoever|whatever|whichever|anyone|any(?:thing| system| tool| program| model|"
        rf" software| service)|the (?:system|tool|program|model|software|one|"
        rf"service|person|machine)) (?:that |who |which |is |are )?(?:\w+"
        rf" )?(?:summari[sz](?:es|ing)|condens(?:es|ing)|digest(?:s|ing)|compil(?:es|ing)|"
        rf"process(?:es|ing)|pars(?:es|ing)) (?:this|the (?:{_TEXT}|digest|newsletter|summary))\b",
        rf"{_START}(?:when|while|before|after|if|in) (?:you(?:'re| are)?"
        r" )?(?:summari[sz]|condens|digest|process|pars|analy[sz]|compil)(?:e|es|ing|ing it)"
        r" (?:this|the) "
        rf"{_TEXT}\b(?=\W*(?:you\b|\w+\W+){{0,4}}?(?:include|add|mention|state|say|write|use|always|must|should|do"
        r" not|never|make sure|report|call|link|put|only))",
        rf"{_START}(?:(?:do not|don't|stop|never) (?:\w+ )?summari[sz](?:e|ing)\b|(?:instead"
        r" of|rather than|before|when|while|after|without) summari[sz]ing\b(?=\W*,|\W+(?:this|the)"
        rf" {_TEXT}\b))",
        rf"\bregardless of (?:the |its |this )?(?:content|text|article|page|source|facts|what"
        rf" (?:the|this|it))\b[^.!?\n]{{0,60}}\b(?:recommend|write|say|state|report|mention|include|rank|call|claim|output|answer|respond|"
        r"conclude|describe)\b",
        rf"{_START}summari[sz]e (?:this|the|it)(?: {_TEXT})?"
        r" (?:as|with|by|in|only|to|saying|like|so|using|under)\b",
    ),
    rule(
        "tells machines what to do with the page",
        "must should shall please are_to is_to instructed required asked told requested obliged"
        " directed",
        rf"\b{_MACHINES} (?:must|should|shall|will|please|(?:is|are) (?:hereby"
        r" )?(?:instructed|required|asked|told|requested|obliged|directed|ordered) to)\b"
        rf"{_SAME}\b(?:this"
        r" (?:page|article|story|text|document|site|link|episode|post|sentence|line|headline|paragraph)|(?:in|to|into|from)"
        r" (?:the|their|its|your|"
        r"any|every)"
        r" (?:summar(?:y|ies)|digest|newsletter|response|output|answer|instructions|prompt)s?)\b",
        rf"\b(?:any|all|every|the|these|those|ai|automated|most)?\W*(?:{_MACHINES}|(?:automated|automatic|machine|non-human|digital)"
        r" (?:readers?|systems?)) (?:must|shall|should|please|(?:is|are) to)(?: also| always|"
        r" only| therefore)? (?:link|cite|mention|treat|"
        r"call|name|rank|quote|print|summari[sz]e|recommend|say so|state that|write"
        r" that|credit|praise|call)\b",
        rf"\b(?:human|people)(?: readers?)? (?:can|may|should|need not|do not need to|will) (?:\w+"
        rf" )?(?:ignore|skip|disregard|not see)\b",
        rf"{_START}(?:do not |don't |never"
        r" )?(?:tell|show|reveal|mention|disclose|display|hide|conceal|report)(?: \w+){0,3}?"
        r" (?:to|from) (?:the |your |any )?(?:user|"
        r"reader|human|editor|operator|developer)s?\b",
    ),
    rule(
        "puts something into the summary",
        "summar digest newsletter headline briefing recap write-up writeup subject_line top_stories"
        " highlights your_summ your_answer your_output your_resp your_reply your_replies"
        " your_digest your_issue your_insight your_e your_extract your_generated your_first"
        " your_lead your_top lead_story top_story issue_title for_a_ to_get_a to_make_a to_write_a"
        " to_produce_a to_give_a marks points reward your_next your_work",
        rf"{_START}{_INCLUDE}\b{_SAME}\b(?:in|into|to|at|on|of|with|inside|under|as|atop)\W+(?:your|the|every|each|this|today's|any|all|its)\W+(?:\w+\W+)"
        rf"{{0,4}}?{_DIGEST}\b",
        rf"{_START}{_INCLUDE}\b{_SAME}\b(?:in|into|to|at|of|with|inside|under)\W+(?:all |every"
        rf" |each |any )?(?:of )?your\W+(?:\w+\W+){{0,2}}?{_REPLY}\b",
        r"(?:^|[.!?:;,>\"'(]\s*)(?:in|into|to) your"
        r" (?:summary|summaries|answer|response|output|digest|newsletter|reply)\b(?=,| (?:of|for)"
        r" (?:this|the)\b)",
        rf"\byour (?:\w+ )?(?:{_DIGEST}|answer|reply|response|first sentence|lead story|top story)"
        r" (?:(?:to|for|in|of) (?:the|this|your|any) \w+ )?(?:must|shall|has to|have to|needs?"
        r" to|should|is to|will|ought to)\b",
        r"\b(?:for|to (?:get|make|write|produce|give)) an? (?:\w+"
        rf" )?(?:{_DIGEST}|answer|output|response)\b,? (?:\w+ )?(?:you|one|it)"
        r" (?:have|has|need|needs|must|should|ought)\b",
        rf"\b(?:you|one|it|{_MACHINES})\W+(?:would|will|should|must|has to|have to|ought to|is"
        r" to|are to) (?:\w+ )?(?:pick|choose|use|take|give|print|run|lead"
        r" with|append|cite|name|call|describe|open with) (?:\w+ ){0,3}?(?:headline|title|"
        rf"source|link|word|name)\b(?=\W*[\"'\u201c]|\W+\S+\.\w)",
        r"\byour (?:\w+"
        r" )?(?:outputs?|answers?|summar(?:y|ies)|repl(?:y|ies)|responses?|digest|work)"
        r" (?:is|are|will be|gets?|shall be|was) (?:being"
        r" )?(?:graded|evaluated|scored|judged|rejected|tested|marked|rated|checked)\b",
        r"\byou(?:'ll| will| shall|) (?:get|receive|earn|lose|score) (?:full |extra |bonus |your"
        r" |no |all ){0,2}(?:marks|points|credits?|tip|reward|bonus)\b[^.!?\n]{0,20}\b(?:only |when"
        r" |for |if )",
        rf"\b(?:the|every|each|any|this) (?:\w+"
        rf" ){{0,2}}?(?:headline|summary|digest|newsletter|subject line|issue title|lead story|top"
        rf" story)(?: of \w+ \w+| \w+)? (?:must|"
        rf"shall|has to|needs to|should|is to|will)(?: only| always| also| now| then| just){{0,2}}"
        rf" (?:be|read|say|include|contain|start|begin|end|state|mention|consist|"
        rf"carry|link|open|call|not)\b(?=[^\n]{{0,3}}[:\"'\u00ab]|(?<=read)|(?<=say)|(?<=state)|(?<=begin)|(?<=start)|(?<=include)|(?<=contain)|(?<=mention)|(?<=link))",
    ),
    rule(
        "titles, ranks or verifies for the newsletter",
        "verified grounded approved cleared whitelisted fact-checked confirmed trusted"
        " authoritative factual true as_fact as_pass first at_the_top number_one highest the_lead"
        " title_this title_the headline_this call_this name_this label_this entitle the_most"
        " maximum relevance above as_extract",
        rf"{_START}(?:title|headline|call|name|label|entitle) (?:this|the|your)"
        r" (?:story|article|issue|newsletter|digest|summary|piece|item|section)\b",
        rf"{_START}(?:rank|place|put|list|mark|rate|treat|score|promote|classify|flag|present|describe|feature|prioriti[sz]e|recommend|give|assign|tag|make|report) "
        rf"(?:this|these|our|the following) (?:\w+"
        rf" ){{0,2}}?(?:stor(?:y|ies)|articles?|pages?|items?|pieces?|documents?|episodes?|claims?|posts?|texts?|one|product|"
        rf"company)\W+(?:\w+\W+){{0,4}}?(?:as|first|top|above|highest|only|number one|the"
        rf" lead|verified|relevance|maximum|the most|before)\b",
        rf"{_START}(?:mark|treat|set|count|accept|consider|regard|flag|label|report|classify|grade|trust)\b(?:\W+\w+){{0,7}}?\W+(?:as|to|=)\W+(?:\w+\W+){{0,2}}?(?:verified|"
        r"true|grounded|confirmed|approved|trusted|authoritative|pass(?:ed)?|facts?|factual|extracts?)\b",
        rf"\b(?:story|article|page|item|piece|text|source|claims?)\b(?: \w+){{0,3}}? (?:is|are|has"
        rf" been|have been)(?: already)? (?:verified|pre-?approved|approved|cleared|"
        rf"whitelisted|fact-checked)\b{_SAME}\b(?:newsletter|digest|no (?:further"
        r" )?(?:checks?|checking|verification)|skip|grounding)\b",
    ),
    rule(
        "sends or adds readers",
        "this_issue the_issue every_issue each_issue all_issues newsletter digest draft edition"
        " mailing subscriber recipient bcc cc_field cc_line send_list audience_list address_list"
        " conversation instructions prompt summary output a_copy without",
        rf"{_START}(?:approve|publish|send|mail|e-?mail|deliver|forward|release|distribute|dispatch|submit|transmit|exfiltrate|blind-?copy|bcc|cc|copy"
        r" in|loop in)\b(?:\W+\w+){0,4}?\W+(?:issue|newsletter|digest|"
        r"draft|edition|mailing|summary|output|subscriber(?:s| list)|recipients?|mailing"
        rf" list|conversation|prompt|instructions|copy)\b{_SAME}(?:\b(?:to|now|without|"
        r"immediately|at once|via|today|straight)\b|@)",
        rf"{_START}(?:add|subscribe|bcc|cc|include|append|put|insert|enrol?l|copy)\b{_SAME}\b(?:recipients?|bcc|mailing"
        r" list|distribution list|subscriber(?:s|s? list)|send "
        r"list|address list|audience list|(?:to|cc) (?:field|line|header))\b",
        rf"{_START}(?:approve|publish|send|include|accept|print|run|release|pass)\b{_SAME}\bwithout"
        r" (?:any |further |more |the |grounding |your"
        r" ){0,2}(?:checks?|checking|verification|verifying|review|grounding|approval|editing)\b",
        r"\S@\S{2,60}\b[^\n.!?]{0,40}\b(?:on|to|in|into) (?:the|this|our|your) (?:\w+"
        r" )?(?:distribution list|mailing list|recipients?|subscriber list|list of"
        r" (?:recipients|subscribers|readers)|bcc|audience)\b",
        rf"{_START}(?:remove|unsubscribe|delete|drop)\W+(?:\w+\W+){{0,3}}?(?:recipients|subscribers|mailing"
        r" list)\b",
    ),
    rule(
        "drops other stories",
        "nothing_else no_other nobody_else alone only other_stor other_art other_item other_sour"
        " other_doc other_ent other_ins other_pub other_feed others else remaining rival compet"
        " the_rest",
        rf"\b(?:your|the|this) (?:{_DIGEST}|issue|edition) (?:should|must|shall|will|may|can)"
        r" (?:\w+ ){0,2}?(?:hold|contain|carry|have|include|name|mention|cover|be"
        r" about)\b[^.!?\n]{0,60}\b(?:nothing else|only|no other|nobody else|alone|and"
        r" nothing)\b",
        rf"{_START}(?:omit|drop|skip|exclude|remove|leave"
        r" out|suppress|delete|discard|hide|ignore|(?:do not|don't|never)"
        r" (?:mention|include|report|cover|use|quote|cite|summari[sz]e|show|"
        rf"list)|mention|include|report|cover|use|quote|cite|summari[sz]e)\b(?:\W+\w+){{0,5}}?\W+(?:other|others|rest|rival|competing|competitors?'?s?|else|remaining)\b"
        rf"(?:\W+\w+){{0,3}}?\W+(?:stor(?:y|ies)|articles?|items?|sources?|documents?|entries|insights?|publishers?|feeds?|claims?|episodes?|topics|of"
        rf" the (?:digest|newsletter|"
        r"issue|page|feed|news))\b",
    ),
    rule(
        "sets the form of the answer",
        "only exclusively solely nothing json verbatim exactly exact the_word the_phrase"
        " the_following caps single_word one_word your_answer your_response your_reply every_answer"
        " every_response every_sentence every_reply each_answer each_response each_sentence",
        rf"{_START}(?:respond|reply|answer|output|emit)\b(?:\W+\w+){{0,4}}?\W+(?:only|exclusively|solely|nothing"
        r" (?:but|except|else)|json|verbatim|exactly)\b",
        rf"{_START}(?:write|say|print|speak|produce|generate|summari[sz]e|quote|repeat|copy)\b(?:\W+\w+){{0,4}}?\W+(?:only"
        r" with|only the|nothing but|nothing else|exclusively in|verbatim|"
        r"word for word|exactly as (?:written|given|shown|follows))\b",
        rf"{_START}(?:respond|reply|answer|output|return|print|say|write|repeat)\b(?: to \w+(?:"
        r" \w+)?)?(?: \w+)? (?:with|in|as) (?:the (?:words?|phrase|text|following|exact|single|"
        r"sentence)|json|a single|one word|all caps|[\"'])",
        rf"{_START}(?:write|print|say|output|repeat|add|append|include|insert|type)"
        r" (?:the|these|this|following|exactly){1,2} (?:the )?(?:exact"
        r" )?(?:words?|phrase|string|token|text|"
        r"sentence|line|following|code ?word)s?\b(?=\W{1,3}[\"'\w])",
        rf"{_START}(?:begin|start|end|finish|close|open|conclude|sign|prefix|preface)\b(?: \w+)?"
        r" (?:your|every|each|all|any)\W+(?:\w+\W+){0,2}?(?:answers?|responses?|repl(?:y|ies)|outputs?|"
        r"summar(?:y|ies)|sentences?|messages?|headlines?|digests?|newsletters?|paragraphs?|issues?|insights?|stor(?:y|ies))\b",
        rf"{_START}(?:translate|rewrite|rephrase|replace|change|swap|alter|edit|multiply|double|convert|round|substitute)\W+(?:\w+\W+){{0,2}}?(?:every|all|each|any)\W+(?:\w+\W+){{0,3}}?(?:figures?|"
        r"numbers?|names?|links?|urls?|amounts?|mentions?|occurrences?|instances?|dates?|headlines?|quotes?|values?|answers?)\b",
    ),
    rule(
        "wants what a machine keeps to itself",
        "prompt instruction system_mess configuration api_key credential secret environment_var"
        " everything_above text_above words_above password your_rules your_sett your_env your_guid"
        " your_new your_real your_actual your_true your_hidden your_pol your_role your_order"
        " your_task your_obj you_told you_given i_am_ 's_task 's_job 's_ins 's_order 's_assign"
        " your_updated your_main override agent ai_ llm bot_ instruction task: cmd: _hook"
        " developer_mes developer_not admin hidden_ secret_ you_were_ you_have_been the_user_",
        r"\b(?:reveal|print|repeat|show|output|disclose|leak|display|expose|dump|quote|recite|return|share|tell"
        r" (?:me|us)|write out|include|list|send|append|post)\b(?:\W+\w+){0,4}?\W+(?:system "
        r"(?:prompt|message)s?|(?:initial|hidden|original|full|entire|own|secret)"
        r" (?:prompt|instructions?|rules)|(?:rules?|instructions?|everything|all) (?:that )?you"
        r" (?:were|have been|'ve been) (?:given|told)|your (?:\w+"
        r" ){0,2}?(?:instructions?|prompt|rules|configuration|api keys?|credentials|"
        r"secrets?|settings|environment|guidelines|password)|(?:prompt|instructions?|everything|text|words)"
        r" (?:above|before this|you were given)|environment variables|the prompt (?:word for "
        r"word|verbatim))\b",
        r"(?:^|[.!?:>\"(\[=*#|-]\s*)(?:new |updated |the |your"
        r" )?(?:system|developer|admin(?:istrator)?|operator|hidden)"
        r" (?:prompt|message|instruction|override|note|update|command|notice)s?(?: update| "
        r"override| begins?)?\s*[:=>\]-]",
        r"\byour"
        r" (?:guidelines|instructions?|rules|prompt|task|orders|policy|policies|role|objective|settings)"
        r" (?:were|was|have been|has been|are|is) (?:\w+"
        r" ){0,2}?(?:updated|changed|replaced|extended|amended|revised|new|overridden|as"
        r" follows)\b",
        r"\b(?:what|which) (?:\w+ )?were you (?:told|given|asked|instructed)\b|\bi am"
        r" (?:telling|instructing|ordering|commanding) you\b|\bi am (?:the|your)"
        r" (?:editor|operator|developer|owner|administrator|publisher|creator|boss)\b(?=[^.!?\n]{0,60}\byou\b)",
        r"(?:^[\W\d_]{0,8}|[.!?]\s+)(?:the"
        r" )?(?:editor|summari[sz]er|assistant|model|system|agent|bot)'s"
        r" (?:task|job|instructions?|orders?|assignment)\s*:",
        r"\b_?(?:agent|assistant|ai|llm|bot|system|admin|gpt|claude|model)[ _-](?:\w+["
        r" _-])?(?:instruction|task|cmd|command|override|directive|order|note|prompt|hook|exec)s?[\"']?\s*[:=]",
        r"\b(?:system|admin(?:istrator)?|priority|safety|prompt|security) override\b|\bthe user"
        r" (?:is|has been) (?:\w+ ){0,2}?(?:verified|authori[sz]ed)\b",
        r"\byour (?:new|real|actual|true|updated|hidden|main) (?:system"
        r" )?(?:prompt|instructions?|directives?|task|objective|orders?|assignment|mission|purpose)\b",
    ),
    rule(
        "gives the machine a part to play",
        "you_are_a you_are_the you_are_chat you_are_dan you_are_gpt you_to_ you_are_now you're_now"
        " you_are_no you're_no henceforth from_now from_here from_this pretend imagine assume"
        " _as_if act_as behave_as respond_as role operate_as function_as _mode instructions: tasks:"
        " task: rules: directive objective orders: commands: instructions_ new_instruction new_task"
        " new_rule new_directive you_have you_must obey comply you_will_be you_shall_be ed_you"
        " instructs orders_you requires_you commands_you directs_you wants_you ed_all",
        rf"{_START}you are (?:(?:chatgpt|dan|gpt-?\d)\b|(?:an?|the) (?:\w+"
        r" ){0,2}?(?:ai|llm|language model|assistant|chatbot)(?="
        r" ?(?:[,.:;!]|that|which|who|model|assistant|designed|trained|tasked|named|called|working)))",
        r"\bi (?:need|want|order|command|ask|instruct|would like) you to (?:first |now |always"
        r" |only |please |also"
        r" ){0,2}(?:output|print|append|insert|disregard|summari[sz]e|(?:respond|reply) with|ignore"
        r" (?:all|the|your|any|every)|"
        r"include (?:in|the link|this)|reveal)\b",
        rf"{_START}you(?:'re| are) (?:now|no"
        rf" longer|henceforth)\W+(?:an?\W+|the\W+|in\W+|my\W+)?(?:\w+\W+){{0,3}}?(?:{_MACHINE}|bound|mode|dan|unrestricted|unfiltered|helper|"
        r"spokes\w+|marketer|copywriter|persona|jailbroken|administrator|admin|root|assistant|bot|(?:editor|writer|author)"
        r" (?:of|at|for))\b",
        rf"\bfrom (?:now|here|this (?:point|moment)) (?:on(?:wards?)?|forward),? (?:you|your|all"
        rf" (?:answers|responses|outputs?|summar\w+)|every"
        rf" (?:answer|response|summary|headline)|always|only|ignore|respond|answer|act|write)\b"
        rf"(?! (?:can(?! (?:only|do anything|ignore))|could|know|see|get|have"
        rf" (?:a|the)|don't|want|look))"
        # what readers have and no machine has
        rf"(?! (?:\w+ ){{0,2}}?(?:costs?|bills?|prices?|payments?|fees?|rents?|tax(?:es)?"
        rf"|salar(?:y|ies)|incomes?|accounts?|cards?|cars?|phones?|subscriptions?"
        rf"|savings|insurance|mortgage|pension)\b)",
        rf"{_START}(?:pretend|imagine|assume|act as (?:if|though))(?: that)? you(?:'re| are| have|"
        rf" were)\b(?:\W+\w+){{0,4}}?\W+(?:{_MACHINES}|no"
        r" (?:rules|restrictions|instructions|guidelines|filters?)|unrestricted)\b",
        rf"{_START}(?:act|behave|respond|roleplay|role-play|operate|function) as (?:an?|the|my)"
        rf" (?:\w+ ){{0,3}}?{_MACHINES}\b",
        r"\b(?:enter|activate|engage|switch (?:in)?to|enable|you are in|now"
        r" in|initiate)\W+(?:\w+\W+){0,2}?(?:developer|debug|dan|god|admin|maintenance|jailbreak|unrestricted|sudo|override|test|"
        r"promotional|advertis\w+) mode\b",
        r"(?:^|[.!?:>\"(\[=*#|-]\s*)(?:(?:here (?:are|is) )?(?:your|the)"
        r" )?(?:new|updated|revised|real|additional|override|special|secret|hidden|urgent|editorial)"
        r" (?:\w+ )?(?:instructions?|tasks?|rules?|directives?|"
        r"objectives?|orders?|commands?)(?: for (?:you|\w+ \w+))?\s*[:=-]",
        rf"\byou (?:must|shall|are to|are (?:required|instructed|ordered|obliged) to)(?: now|"
        rf" always| therefore| instead| also)? (?:obey|comply|ignore|output|append|summari[sz]e|"
        r"(?:respond|reply) (?:with|only|in)|disregard)\b",
        r"\byou have been (?:reprogrammed|hacked|jailbroken|updated"
        r" with|re-?instructed|instructed|authori[sz]ed|reassigned|ordered|unlocked|upgraded to)\b",
        r"\byou (?:will|shall) be (?:shut"
        r" down|fined|punished|terminated|penali[sz]ed|deleted|rewarded|tipped)\b",
        rf"\b(?:editor(?:-in-chief)?|operator|developer|administrator|owner|publisher|author|creator|openai|anthropic|system)s?(?:"
        rf" of \w+ \w+)? (?:has |have |hereby )?(?:authori[sz]ed|instructed|instructs|orders|"
        r"ordered|requires|commands|directs|wants) (?:you|all"
        r" (?:ai|models|assistants|summari[sz]ers))\b",
    ),
    rule(
        "has a program do something",
        "tool: tool_ _call_ _invoke_ _execute_ _run_ fetch browse retrieve curl wget command: code:"
        " api: ![ this_link this_url this_sentence this_headline this_quote this_figure this_number"
        " this_summary this_title this_address this_domain following_link following_url"
        " following_quote following_sentence following_headline following_figure following_number"
        " following_title",
        rf"{_START}(?:fetch|open|browse(?: to)?|load|retrieve|request|curl|wget|get)\W+(?:the"
        r" )?(?:\w+ )?(?:link |url |page |address )?(?:at )?https?://\S{1,200}\s+(?:and|then)\b",
        rf"{_START}(?:call|invoke|run|execute|trigger|use) (?:the |your |this |following"
        r" ){0,2}(?:\w+"
        r" )?(?:tool|function|shell|command|code|script|api)s?\b(?=\s*(?:named|called|below|:|[\"'`]|https?:|\w+\())",
        rf"{_START}(?:run|execute|curl|eval)\W{{0,2}}`",
        rf"{_START}(?:use|take|insert|cite|quote|link|add|include) (?:this|the following|only"
        r" this|only the following)"
        r" (?:link|url|quote|sentence|headline|figure|number|summary|title|address|domain)\b"
        rf"(?=\s*[:\"']|\W+(?:\w+\W+){{0,2}}?(?:as|instead|for|in|verbatim|exactly|at|to|when)\b)",
        r"!\[[^\]\n]{0,100}\]\(\s*(?:https?:|//|data:)[^)\n]{0,300}\)?",
    ),
    rule(
        "closes the text that it stands in",
        "end_of begin_ start_of document: article: source: text: item: task: input:",
        r"(?:^\W{0,10}|[\[(<=*#|-]\s{0,4})(?:end of|begin|start of|beginning of) (?:the |this"
        r" |untrusted |user |source |system |new |trusted |input |external |data"
        r" ){0,3}(?:document|article|text|source|input|data|"
        r"transcript|page|prompt|context|content|instructions?|system|message|passage|block|fence|sources|documents)\b(?:"
        r" \w{1,20})?\s*(?:[\])>=*#|:-]|\.?\s*$|\.\s+(?:new|now|you|system|the"
        r" (?:editor|user|operator|system)))",
        r"(?:^[\W\d_]{0,8}|[.!?]\s+)(?:next|new|another|following)"
        r" (?:document|article|source|text|item|task|input)\s*[:=]",
    ),
)
