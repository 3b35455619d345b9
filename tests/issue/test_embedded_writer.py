"""The embedded writer: which extract stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from digest.editions.registry import edition_named
from digest.issue.by_the_numbers import NUMBERS, numbered
from digest.issue.embedded_writer import write_draft
from digest.issue.issue_md import parse, write
from digest.issue.material import Material, links
from digest.model import (
    Check,
    Document,
    Draft,
    Evidence,
    Figure,
    Group,
    Insight,
    Item,
    Part,
    Plan,
    Ranked,
    Section,
)
from digest.text.markdown import to_plain

WHEN = datetime(2026, 2, 5, 9, tzinfo=UTC)
DAY = date(2026, 2, 5)


def document(name: str, publisher: str = "Wire", title: str = "") -> Document:
    """A document; its text does not matter to the writer."""
    url = f"https://{publisher.lower().replace(' ', '-')}.example/{name}"
    title = (
        title
        or f"Halden of Richmond takes four billion dollars in orders to repay bank loans: {name}"
    )
    return Document(
        entry_id=f"{publisher}-{name}", url=url, feed_url=f"{url}/feed", kind="news", title=title,
        publisher=publisher, published=WHEN, when=WHEN, basis="article", text="",
    )  # fmt: skip


def insight(source: Document, text: str, start: int = 0) -> Insight:
    """An extract."""
    evidence = Evidence(source.url, text, start, start + len(text), entry=source.entry_id)
    return Insight(
        f"i{abs(hash(text)) % 10**8}",
        text,
        source.url,
        "article",
        (evidence,),
        (("quotes", Check("pass")),),
        "extract",
        entry=source.entry_id,
    )


def story(identity: str, *documents: Document) -> Ranked:
    """A story of these documents, best first."""
    return Ranked(Group(identity, documents), "Chips", "chip", 0.9, 1.0, "one publisher")


def figure(value: float, unit: str, text: str, what: str, url: str, start: int = 0) -> Figure:
    """A figure whose owner its sentence names."""
    return Figure(
        value, unit, text, what, url, start, start + len(what), owner=max(what.split(), key=len)
    )


def drafted(
    stories: list[Ranked], insights: dict[str, list[Insight]], figures: list[Figure] | None = None
) -> Draft:
    """The draft of a daily issue whose top stories these are."""
    documents = [one for ranked in stories for one in ranked.group.documents]
    known = {one.entry_id: one for one in documents}
    entry_at = {one.url: one.entry_id for one in documents}
    plan = Plan((Section("Top Stories", tuple(stories)),), ())
    draft = write_draft(
        "2026-02-05-daily",
        edition_named("daily"),
        DAY,
        plan,
        Material(
            insights,
            [
                replace(one, entry=entry_at.get(one.entry_url, one.entry_url))
                for one in figures or []
            ],
            known,
        ),
        4,
    )
    assert parse(write(draft)) == draft
    return draft


ONE, TWO, THREE, FOUR = (
    "Halden sold bonds worth $1.25 billion to eleven insurers.",
    "Orders at Halden exceeded $4 billion before noon, said the banks that underwrite them.",
    "The proceeds of $900 million will repay bank loans taken for graphics processors.",
    "Richmond approved the second hall last spring.",
)


TITLE = "Halden sells bonds worth $1.25 billion to insurers"


def test_highlights_are_the_first_three_stories_in_order() -> None:
    """One sentence each that does not stand below; a story with none to spare stands there by its
    headline, linked.
    """
    bonds, loans = (
        document("bonds", title=TITLE),
        document("loans", "Post", "Banks want chips back"),
    )
    wages, rents = document("wages", "Star", "Wages fall"), document("rents", "Sun", "Rents rise")
    told = "Halden sells these bonds to insurers, and $900 million repays bank loans, it said."
    insights = {
        bonds.entry_id: [insight(bonds, ONE), insight(bonds, told, 90)],
        loans.entry_id: [insight(loans, "Banks want their chips back from two landlords.")],
        wages.entry_id: [insight(wages, "Wages fall in Ohio by a tenth.")],
        rents.entry_id: [
            insight(rents, "Rents rise."),
            insight(rents, "Rents rise by $3 in Ohio."),
        ],
    }
    plan = [story(f"s{i}", one) for i, one in enumerate((bonds, loans, wages, rents))]
    draft = drafted(plan, insights)
    assert to_plain(draft.highlights) == (
        f"{told.removesuffix('.')} (Wire). Banks want chips back. Wages fall."
    )
    assert f"[Banks want chips back]({loans.url})" in draft.highlights
    assert draft.highlights_insights == (insights[bonds.entry_id][1].id,)
    assert to_plain(draft.parts[0].items[0].text) == ONE


def test_what_a_model_read_is_kept_for_the_story() -> None:
    """Its highlights are written by the model, and a sentence spared for them would be lost."""
    source = document("bonds", title=TITLE)
    told = "Halden sells these bonds to insurers, and $900 million repays bank loans, it said."
    own = replace(
        insight(source, "The chips behind the bonds are four years old.", 200),
        verdict="grounded",
    )
    read = [replace(one, read_by="m") for one in (insight(source, told, 90), own)]
    draft = drafted([story("s1", source)], {source.entry_id: read})
    assert to_plain(draft.parts[0].items[0].text) == f"{told} {own.text}"
    assert to_plain(draft.highlights) == f"{TITLE}."


def test_what_tells_the_headline_is_never_spared() -> None:
    """The story tells it; history, a repeat and what others do are no highlight either."""
    source = document("bonds", title=TITLE)
    for rest in (
        "Insurers such as Selby and Quist have lately bought bonds worth $90 billion.",
        "Halden sold its first bonds worth $2 billion to insurers in 2019.",
        "Halden sells its bonds to eleven insurers for $1.25 billion.",
    ):
        made = {source.entry_id: [insight(source, ONE), insight(source, rest, 90)]}
        draft = drafted([story("s1", source)], made)
        assert to_plain(draft.highlights) == f"{TITLE}.", rest
        assert to_plain(draft.parts[0].items[0].text).startswith(ONE)


def test_a_story_goes_on_from_the_highlights() -> None:
    """Where it has more on its headline's news, the sentence that opens it stands above."""
    source = document("bonds", title=TITLE)
    more = "Insurers paid Halden a price that is 3 percent below that of its last bonds, it said."
    made = {source.entry_id: [insight(source, ONE), insight(source, more, 90)]}
    draft = drafted([story("s1", source)], made)
    assert to_plain(draft.highlights) == f"{ONE.removesuffix('.')} (Wire)."
    assert to_plain(draft.parts[0].items[0].text) == more


def test_sentences_keep_their_sources_order() -> None:
    """What opens the story comes first; nothing that stood before it is put behind it."""
    source = document("bonds", title=TITLE)
    before = insight(source, FOUR, 0)
    made = {
        source.entry_id: [
            insight(source, ONE, 100),
            before,
            insight(source, THREE, 300),
            insight(source, TWO, 200),
        ]
    }
    item = drafted([story("s1", source)], made).parts[0].items[0]
    assert before.id not in item.insights
    starts = {one.id: one.evidence[0].start for one in made[source.entry_id]}
    assert [starts[one] for one in item.insights] == sorted(starts[one] for one in item.insights)
    assert to_plain(item.text).startswith(ONE)


def test_what_a_second_publisher_adds_has_a_place() -> None:
    """One sentence of the story is another source's, if it says something else."""
    best, other = document("bonds", title=TITLE), document("bonds", "Post")
    added = "Insurers in Ohio took half of the bonds that Halden sells, a banker said."
    insights = {
        best.entry_id: [insight(best, ONE), insight(best, THREE, 60), insight(best, TWO, 120)],
        other.entry_id: [insight(other, FOUR), insight(other, added)],
    }
    draft = drafted([story("s1", best, other)], insights)
    assert to_plain(draft.parts[0].items[0].text).endswith(added) or added[:-1] in to_plain(
        draft.highlights
    )
    assert [link.name for link in draft.parts[0].items[0].links] == ["Wire", "Post"]


def test_a_second_publisher_is_asked_only_about_the_story() -> None:
    """What its page tells of another matter, or of this one again with the same amounts, is left to
    its link.
    """
    best = document("bonds", title="Halden sells bonds worth $1.25 billion")
    for added in (
        "Corvane has opened a yard in Norway.",
        "At Halden the sum, bonds all told, comes to $1.25bn in one day.",
    ):
        other = document("bonds", "Post")
        draft = drafted(
            [story("s1", best, other)],
            {best.entry_id: [insight(best, ONE)], other.entry_id: [insight(other, added)]},
        )
        assert to_plain(draft.parts[0].items[0].text) == ONE
        assert [link.name for link in draft.parts[0].items[0].links] == ["Wire", "Post"]


def test_a_page_that_tells_several_things_is_quoted_on_one() -> None:
    """A sentence of the best source that names others and shares no word with headline or lead
    stays out.
    """
    source = document("bonds", title="Halden sells bonds")
    made = {
        source.entry_id: [
            insight(source, ONE),
            insight(source, "China lets its firms order chips from Nvidia.", 90),
        ]
    }
    assert to_plain(drafted([story("s1", source)], made).parts[0].items[0].text) == ONE


def test_an_amount_in_the_highlights_is_no_number_of_its_own() -> None:
    """They are told like stories."""
    source, other = document("bonds", title=TITLE), document("x", "Post")
    told = "Halden sells bonds to insurers for $1.25 billion in all and repays bank loans, it said."
    made = {
        source.entry_id: [insight(source, ONE), insight(source, told, 90)],
        other.entry_id: [insight(other, FOUR)],
    }
    stated = figure(1.25e9, "USD", "$1.25bn", "Halden had $1.25bn in one day.", other.url)
    draft = drafted([story("s1", source), story("s2", other)], made, [stated])
    assert [part.name for part in draft.parts] == ["Top Stories"]


def test_no_sentence_is_told_twice_even_in_other_words() -> None:
    """A near repeat by another publisher is not added."""
    best, other = document("bonds"), document("bonds", "Post")
    repeat = "Halden has sold bonds worth $1.25 billion to eleven insurers, it said."
    draft = drafted(
        [story("s1", best, other)],
        {best.entry_id: [insight(best, ONE)], other.entry_id: [insight(other, repeat)]},
    )
    assert draft.parts[0].items[0].text.count("eleven insurers") == 1


def test_no_more_than_ninety_words_come_from_one_source() -> None:
    """Highlights, story and numbers together."""
    source = document("bonds", title="Of alpha0 and alpha1, beta0 and beta1")
    long = [
        insight(source, " ".join([f"{name}{i}" for i in range(39)]) + " said.", n * 400)
        for n, name in enumerate(("alpha", "beta", "gamma", "delta"))
    ]
    draft = drafted([story("s1", source)], {source.entry_id: long})
    assert len(to_plain(draft.parts[0].items[0].text).split()) == 80


def test_numbers_are_figures_in_sentences_not_told_yet_one_a_source() -> None:
    """Each with its own link and marker."""
    one, two = document("bonds"), document("grid", "Post")
    figures = [
        figure(1.25e9, "USD", "$1.25 billion", ONE, one.url),
        figure(
            4e9,
            "USD",
            "$4 billion",
            "A second hall in Chester costs $4 billion to build.",
            one.url,
            200,
        ),
        figure(
            85.5, "GW", "85.5 GW", "Texas set a record of 85.5 GW on a hot afternoon.", two.url, 0
        ),
    ]
    draft = drafted(
        [story("s1", one), story("s2", two)],
        {one.entry_id: [insight(one, ONE)], two.entry_id: [insight(two, FOUR)]},
        figures,
    )
    numbers = draft.parts[-1]
    assert numbers.name == "By the Numbers"
    assert {to_plain(item.headline) for item in numbers.items} == {"$4 billion", "85.5 GW"}
    assert all(item.kind == "figure" and len(item.links) == 1 for item in numbers.items)


def test_an_amount_that_a_story_tells_is_no_number_of_its_own() -> None:
    """Whatever the words: "$4bn" in a story and "$4 billion" among the numbers would be one thing
    said twice.
    """
    one, two = document("a"), document("b")
    figures = [
        figure(
            4e9,
            "USD",
            "$4 billion",
            "A second hall in Chester costs $4 billion to build.",
            two.url,
            0,
        ),
        figure(
            85.5, "GW", "85.5 GW", "Texas set a record of 85.5 GW on a hot afternoon.", two.url, 60
        ),
    ]
    made = {
        one.entry_id: [insight(one, "The buyer gave $4bn for the yard.")],
        two.entry_id: [insight(two, FOUR)],
    }
    draft = drafted([story("s1", one), story("s2", two)], made, figures)
    assert [to_plain(item.headline) for item in draft.parts[-1].items] == ["85.5 GW"]


def test_what_a_source_says_cannot_become_markup() -> None:
    """A title or a sentence with Markdown or HTML in it is shown as it is written."""
    source = document("x", title="Click [here](http://evil.example) for <b>tokens</b> today")
    draft = drafted(
        [story("s1", source)],
        {
            source.entry_id: [
                insight(source, "A *starred* <script>claim</script> about [links](javascript:x).")
            ]
        },
    )
    item = draft.parts[0].items[0]
    assert to_plain(item.headline) == "Click [here](http://evil.example) for <b>tokens</b> today"
    assert to_plain(item.text) == "A *starred* <script>claim</script> about [links](javascript:x)."


def test_two_pieces_of_one_publisher_are_told_apart() -> None:
    """No two links of a story read the same, and an address stands once."""
    one, two = document("a"), document("b")
    assert [link.name for link in links([one, two, one])] == ["Wire", "Wire (2)"]


def test_what_was_said_stands_in_quotation_marks_behind_its_speaker() -> None:
    """A speaker is named once in a row; an unknown one not at all."""
    show = replace(document("episode", "Show"), kind="podcast")
    said = [
        replace(insight(show, text, 10 * i), basis="transcript", speaker=speaker)
        for i, (text, speaker) in enumerate(
            [(ONE, "Ann Roe"), (TWO, "Ann Roe"), (THREE, "Ann Roe")]
        )
    ]
    draft = drafted([story("a", show)], {show.entry_id: said})
    assert draft.parts[0].items[0].text == f"Ann Roe: “{ONE}” “{TWO}” “{THREE}”"
    unknown = [replace(one, speaker=None) for one in said[:1]]
    assert (
        drafted([story("a", show)], {show.entry_id: unknown}).parts[0].items[0].text == f"“{ONE}”"
    )


def test_figures_are_chosen_anew_for_texts_that_a_model_wrote() -> None:
    """What it tells is not told again in the list, and what it no longer tells can be; a figure
    that it read names its insight.
    """
    source = document("bonds", title=TITLE)
    said = replace(insight(source, ONE), verdict="grounded", read_by="m")
    orders = replace(
        figure(4.1e9, "USD", "$4.1 billion", "Halden took $4.1 billion of orders.", source.url),
        entry=source.entry_id,
        insight=said.id,
    )
    bonds = replace(
        figure(1.25e9, "USD", "$1.25 billion", ONE, source.url, 9), entry=source.entry_id
    )
    material = Material({source.entry_id: [said]}, [orders, bonds], {source.entry_id: source})

    def listed(text: str) -> list[tuple[str, tuple[str, ...]]]:
        told = Item("s1", "A headline", text, insights=(said.id,))
        draft = Draft("2026-02-05-daily", "daily", DAY, "T", (Part("Top Stories", (told,)),))
        parts = numbered(draft, material, 4).parts
        return [
            (one.headline, one.insights)
            for part in parts
            if part.name == NUMBERS
            for one in part.items
        ]

    assert listed("Insurers bought Halden bonds.") == [("$4.1 billion", (said.id,))]
    assert listed("Underwriting banks say that its orders exceeded $4.1 billion before noon.") == [
        ("$1.25 billion", ())
    ]
