"""True statements about the sample newsroom pass; made untrue in one thing, they are caught."""

from __future__ import annotations

from bench.mutations import articles, extracts, judged, newsletter, statements, tuned

NEWSROOM = articles()
TRUE = tuple(one for one in statements() if not one.kind)
UNTRUE = tuple(one for one in statements() if one.kind)


def share_caught(claims: tuple[object, ...]) -> float:
    """The share of the claims that are flagged."""
    return sum(judged(one, NEWSROOM).verdict == "flagged" for one in claims) / len(claims)  # type: ignore[arg-type]


def test_true_statements_in_other_words_pass() -> None:
    """At most one in fifty is flagged; none of them is in the article's own words."""
    claims = (*statements(), *newsletter(), *tuned())
    assert share_caught(tuple(one for one in claims if not one.kind)) <= 0.02


def test_nineteen_in_twenty_sentences_changed_by_rule_are_caught() -> None:
    """One number, name, unit, direction, negation or date changed in the source's own sentence."""
    by_rule = extracts(NEWSROOM)
    assert len(by_rule) > 600
    assert share_caught(by_rule) >= 0.95


def test_changed_facts_are_caught_in_other_words_too() -> None:
    """Numbers, units, dates and names that the article does not have: one in twenty passes."""
    absent = tuple(one for one in UNTRUE if one.absent(NEWSROOM[one.item]))
    assert len(absent) > 40
    assert share_caught(absent) >= 0.95


def test_a_claim_about_another_article_is_caught() -> None:
    """Every true statement held against an article that it is not about."""
    from digest.grounding import ground

    items = sorted({one.item for one in TRUE})
    elsewhere = dict(zip(items, [*items[1:], items[0]], strict=True))
    crossed = [ground([one.text], [NEWSROOM[elsewhere[one.item]]]).verdict for one in TRUE]
    assert crossed.count("flagged") == len(crossed)
