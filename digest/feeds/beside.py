"""Elements of a feed that say nothing of what is read: neither they nor what they hold change what
feedparser makes of the rest.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from digest.text.folding import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

# The namespaces whose names feedparser knows by a prefix of its own, in lower case.
_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "http://www.w3.org/2005/atom": "",
        "http://purl.org/atom/ns#": "",
        "http://backend.userland.com/rss": "",
        "http://blogs.law.harvard.edu/tech/rss": "",
        "http://purl.org/rss/1.0/": "",
        "http://my.netscape.com/rdf/simple/0.9/": "",
        "http://example.com/newformat#": "",
        "http://example.com/necho": "",
        "http://purl.org/echo/": "",
        "uri/of/echo/namespace#": "",
        "http://purl.org/pie/": "",
        "http://purl.org/rss/1.0/modules/rss091#": "",
        "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
        "http://example.com/dtds/podcast-1.0.dtd": "itunes",
        "http://search.yahoo.com/mrss/": "media",
        "http://search.yahoo.com/mrss": "media",
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://purl.org/dc/terms/": "dcterms",
        "http://purl.org/rss/1.0/modules/content/": "content",
        "http://www.w3.org/1999/xhtml": "xhtml",
        "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
        "http://purl.org/rss/1.0/modules/syndication/": "sy",
    }
)
# What feedparser, or we, read of a feed or an item, by its prefix and name; and the other names
# under which feedparser keeps it.
_READ = word_list(
    "title title_detail media_title dc_title link links guid guidislink id pubdate published"
    " issued published_parsed updated modified updated_parsed lastbuilddate date date_parsed"
    " created created_parsed dc_date dcterms_created dcterms_issued dcterms_modified description"
    " description_detail summary summary_detail subtitle tagline abstract info media_description"
    " dc_description itunes_summary feedburner_browserfriendly content content_encoded body"
    " xhtml_body fullitem author authors author_detail managingeditor name email contributor"
    " dc_author dc_creator dc_contributor itunes_author itunes_name language dc_language ttl"
    " source enclosure image textinput item items entry entries channel feed rss newlocation url"
    " uri href homepage width height itunes_duration itunes_link sy_updateperiod"
    " sy_updatefrequency feedburner_origlink"
)
_OWNER, _OF_AN_OWNER = "itunes_owner", frozenset({"itunes_name", "itunes_email"})  # no author's


def called(element: Any) -> str:
    """How feedparser calls an element: by its own prefix for the namespace, else by the
    document's.
    """
    return _called(element.tag, element.prefix or "")


@lru_cache(maxsize=1024)
def _called(tag: str, written: str) -> str:
    namespace, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:].lower(), written)
    return f"{prefix}_{name}".lower() if prefix else name.lower()


def is_beside(element: Any) -> bool:
    """Whether nothing of an element is read."""
    name = called(element)
    if name == _OWNER:
        return all(called(child) in _OF_AN_OWNER and not len(child) for child in element)
    return name not in _READ and all(map(is_beside, element))
