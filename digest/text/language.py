"""Which language a text is in: what the feed or page declares, unless the text itself plainly says
otherwise.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from functools import cache, lru_cache
from typing import Any

ENOUGH_BYTES = 60  # of UTF-8: about ten words in Latin script, twenty characters in Chinese
_SAMPLE = 2000  # code points; more would cost time and decide nothing
_SURE_AGAINST = 0.95  # probability needed to overrule a declaration
_SURE_ALONE = 0.75  # probability needed when nothing is declared

# Codes that were renamed, three-letter codes that feeds use, and varieties that ISO 639-1 knows
# under one code.
_SAME_AS = {
    "iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "yue": "zh", "wuu": "zh",
    "cmn": "zh", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
    "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "zho": "zh", "chi": "zh", "jpn": "ja",
    "kor": "ko", "rus": "ru", "pol": "pl", "swe": "sv", "tur": "tr",
}  # fmt: skip

_LOADING = threading.Lock()


def language_of(text: str, declared: str) -> str:
    """The ISO 639-1 code of the text's language; "" when it is neither declared nor plain.

    `declared` is what the feed or page says ("en-US", "de_DE", ""). A text too short to tell keeps
    it.
    """
    said = iso_639_1(declared)
    sample = " ".join(re.sub(r"https?://\S+", " ", text[:_SAMPLE]).split())
    if len(sample.encode()) < ENOUGH_BYTES:
        return said
    found, probability = _most_likely(sample)
    return found if found and probability >= (_SURE_AGAINST if said else _SURE_ALONE) else said


@lru_cache(maxsize=1024)  # the model names the same 97 for every text
def iso_639_1(tag: str) -> str:
    """The two-letter code of a language tag (BCP 47 or a three-letter code), or "" when it has
    none.
    """
    primary = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    code = _SAME_AS.get(primary, primary)
    return code if re.fullmatch(r"[a-z]{2}", code) else ""


def _most_likely(text: str) -> tuple[str, float]:
    """A language and its probability, varieties counted as one."""
    with _LOADING:  # or each thread that is first would load a model of its own, at 120 MB
        identifier = _identifier()
    shares: defaultdict[str, float] = defaultdict(float)
    for code, probability in identifier.rank(text):
        shares[iso_639_1(code)] += probability
    return max(shares.items(), key=lambda share: share[1])


@cache
def _identifier() -> Any:
    """Loads its model once, in about 0.7 s; most commands never need it."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_modelpath(MODEL_DIR / MODEL_FILE, norm_probs=True)
