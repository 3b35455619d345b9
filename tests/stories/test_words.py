"""The small tools that texts are compared with: tokens, phrases, amounts, names and clusters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.stories.amounts import amounts, largest, raised
from digest.stories.linkage import average_link
from digest.stories.publishers import copied
from digest.stories.publishing_houses import home
from digest.stories.sketch import NO_COMMON_NAME, NO_TELLING_NAME, by_name
from digest.text.phrases import Phrases
from digest.text.proper_names import proper_names
from digest.text.vectors import cosines, tf_idf, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The companies' GPUs", ["company", "gpu"]),
        ("$1.5 billion, 1.5bn and $1.5B", ["1.5bn", "1.5bn", "1.5bn"]),
        ("97 percent, 97%", ["97%", "97%"]),
        ("1,000,000 users", ["1000000", "user"]),
        ("Nvidia’s chips on a campus", ["nvidia", "chip", "campus"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Plurals, possessives and the ways to write a figure are folded; stop words go."""
    assert tokens(text) == expected


def test_a_document_is_like_itself() -> None:
    """The cosine of two equal bags is 1, and of two that share nothing is not listed."""
    vectors = tf_idf([{"a": 1, "b": 2}, {"a": 1, "b": 2}, {"c": 1}])
    assert cosines(vectors) == {(0, 1): pytest.approx(1.0)}


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (
            ["data centre"],
            "Data centres, a data-centre and metadata centred",
            ["data centre", "data centre"],
        ),
        (["utilities"], "one utility, two utilities", ["utilities", "utilities"]),
        (["job"], "jobs, not jobless", ["job"]),
        (["AI"], "AI-powered, said, AI's, AIs", ["AI", "AI", "AI"]),
        (["round", "funding round"], "a funding round", ["funding round"]),
        (["open-weight"], "open weight", ["open-weight"]),
        (["chips", " ", "-"], "chip\u017f \u0130 \u212a - chips", ["chips"]),
        ([], "anything", []),
    ],
)
def test_phrases(words: list[str], text: str, expected: list[str]) -> None:
    """Phrases stop at word boundaries, hold in the plural, and the longer of two wins."""
    assert Phrases(words).found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raised $41 billion", ["$41 bn"]),
        ("a €1.2bn plant", ["€1.2 bn"]),
        ("$900m at $6.5B", ["$900 m", "$6.5 bn"]),
        ("300 million dollars", ["$300 m"]),
        ("$20 a month", ["$20"]),
        ("$150,000 a megawatt", ["$150,000"]),
        ("up 18 percent", ["18%"]),
        ("1.9 GW and 300 megawatts", ["1.9 GW", "300 MW"]),
        ("a $5 million-a-year deal", ["$5 m"]),
        ("5 mice, GPT-5 and 2026", []),
        ("5 million-dollar\u017f, $5\u212a", ["$5,000"]),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    """Sums, shares and power are found and written alike."""
    assert [str(amount) for amount in amounts(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$5m of $2bn, 18%", "$2 bn"),
        ("18% at 2 GW", "2 GW"),
        ("18%, then 40%", "18%"),
        ("nothing", "None"),
    ],
)
def test_the_amount_put_forward(text: str, expected: str) -> None:
    """Money goes before power, power before shares; the largest sum, but the first share."""
    assert str(largest(amounts(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pelican raises another $900m at a $6.5 billion valuation", ["$900 m"]),
        ("closed a $40 million seed round", ["$40 m"]),
        ("hits $1B valuation", []),
        ("a $900B+ valuation round", []),
        ("raised prices for its $20 plan", []),
    ],
)
def test_the_sum_of_a_round(text: str, expected: list[str]) -> None:
    """What is raised is told from what the company is worth."""
    assert [str(amount) for amount in raised(text)] == expected


def test_a_name_is_never_written_small() -> None:
    """A word that opens a sentence or stands in a headline is no name once it occurs in lower
    case.
    """
    assert proper_names(["Funding for Larkspur", "The funding was led by Northgate"]) == [
        {"larkspur"},
        {"northgate"},
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.ledger.example/a", "ledger.example"),
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://a.b.paper.example", "paper.example"),
        ("", ""),
    ],
)
def test_sites(url: str, expected: str) -> None:
    """The part of a host that is registered."""
    assert home(url).site == expected


def test_a_copy_with_another_ending_is_a_copy() -> None:
    """Most of the shorter text word for word is a copy; a shared quotation is not."""
    text = (
        "Pelican Compute will build three sites in Ohio with money from Northgate Capital and two"
        " pension funds next May"
    )
    quote = "It is a question of who owns the turbines"
    assert copied(text, f"OHIO (Wire) - {text}. Copyright the wire.")
    assert not copied(
        f"{text}. {quote}",
        f"The mayor was asked about noise and answered with a shrug and a smile. {quote}",
    )
    assert not copied("", "")


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ({"halden", "openai"}, {"halden", "norway"}, 1.0),
        ({"halden", "openai"}, {"ostra", "openai"}, NO_TELLING_NAME),
        ({"halden"}, {"ostra", "openai"}, NO_COMMON_NAME),
        ({"openai"}, {"openai", "ostra"}, 1.0),
        (set(), {"ostra"}, 1.0),
    ],
)
def test_a_name_of_the_whole_field_tells_little(
    one: set[str], other: set[str], left: float
) -> None:
    """Two texts of different days that name others beside it, and share it alone, are a little less
    alike.
    """
    assert by_name(frozenset(one), frozenset(other), timedelta(days=2)) == left
    assert by_name(frozenset(one), frozenset(other), timedelta(hours=9)) in {1.0, NO_COMMON_NAME}


def _linked(
    size: int, similarity: dict[tuple[int, int], float], certain: list[tuple[int, int]]
) -> list[list[int]]:
    """Clusters that average .2, no two members of which are less than .05 alike."""
    near = [pair for pair, value in similarity.items() if value >= 0.2]
    return average_link(
        size,
        near,
        certain,
        lambda i, j: similarity.get((i, j), 0.0),
        threshold=0.2,
        floor=0.05,
    )


CHAIN = {(0, 1): 0.6, (1, 2): 0.6}  # 0 and 2 share nothing


@pytest.mark.parametrize(
    ("similarity", "certain", "expected"),
    [
        (
            CHAIN,
            [],
            [[0, 1], [2], [3]],
        ),  # the floor stops the chain; the tie goes to the lower numbers
        (
            CHAIN,
            [(0, 2)],
            [[0, 1, 2], [3]],
        ),  # what is certain needs no likeness, and 1 is like both
        ({**CHAIN, (0, 2): 0.1}, [], [[0, 1, 2], [3]]),  # .35 on average
        ({(0, 1): 0.15}, [], [[0], [1], [2], [3]]),
        ({}, [(0, 1), (1, 3)], [[0, 1, 3], [2]]),
    ],
)
def test_average_link(
    similarity: dict[tuple[int, int], float],
    certain: list[tuple[int, int]],
    expected: list[list[int]],
) -> None:
    """Clusters join for as long as they average .2 with no pair below .05."""
    assert _linked(4, similarity, certain) == expected


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.floats(0, 1),
    )
)
def test_every_item_is_in_one_cluster(similarity: dict[tuple[int, int], float]) -> None:
    """Whatever the similarities, clustering is a partition and no cluster holds strangers."""
    clusters = _linked(8, similarity, [])
    assert sorted(item for cluster in clusters for item in cluster) == list(range(8))
    assert all(
        similarity.get((i, j), 0) >= 0.05
        for cluster in clusters
        for i in cluster
        for j in cluster
        if i < j
    )
