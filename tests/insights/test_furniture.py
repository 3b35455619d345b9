"""What is never shown: the page's furniture, text for machines, code, and what is not one whole
sentence.
"""

from __future__ import annotations

import pytest

from digest.insights.page_furniture import broken, furniture, markup, unfit

NEWS = [
    "Acme raised $40 million from Bolt Capital to build three data centres in Norway.",
    "“Demand is far ahead of supply,” Ann Roe, the chief executive, told investors on Tuesday.",
    "The U.S. Senate voted 61 to 38 to delay the chip rules until next year.",
    "Some 9,000 people who follow the process closely signed an open letter.",
    "Subscription revenue at Acme rose 12% after the firm raised the price of its cheapest plan.",
    "xAI rents the servers from Bolt, which paid for them with a bond.",
    "The court said Acme must share its sources of training data with the authors.",
    "The newsletter business of Acme lost 40 people in May.",
    "TSMC has begun mass production of chips for Acme in Norway.",
    "An affiliate of Bolt will run the power plant beside the data centre.",
    "Acme's terms of service forbid the use of its models for weapons.",
    "Ticket prices are set by software that Acme bought in 2024.",
    "Acme lost a third of its clients, according to a memo reviewed by Chip Daily on Monday.",
    "Share prices of Acme fell 3% after it cut its forecast for the year.",
    "Support for the bill grew in Ohio, where Acme builds its plant.",
    "A listing of tools by price shows that Bolt's model costs half of what Acme's does.",
]

FURNITURE = [
    "Image credit: Ann Roe for The Daily Bolt and its readers.",
    "The chief executive is seen at the fair. Photo by Ann Roe",
    "Ann Roe/Getty Images Plus by way of the agency's archive.",
    "Acme founder Ann Roe arrives for a hearing in the capital.",
    "Written by Ann Roe, who has been with us since 2012.",
    "By Ann Roe March 3, 2026 11:15 am and later changed.",
    "Posted: 4:20 PM on the third of March in Rome.",
    "Updated: the number of jobs was wrong before and is right now.",
    "Correction: an earlier version gave a wrong name for the firm.",
    "This long and careful read is an 8 min read for most.",
    "Ann Roe is a senior reporter at The Daily Bolt in Rome.",
    "Also: The seven fastest laptops that we have seen this year.",
    "Read more: Why the grid cannot keep up with data centres.",
    "Topics Chips, Energy, Data centres, Norway and many others besides.",
    "The post Acme buys Bolt appeared first on Chip Daily today.",
    "You can read the full story at Chip Daily right now.",
    "Click here for the whole list of winners and losers.",
    "This article was originally published by Chip Daily in May.",
    "This story has been updated with a statement from Acme.",
    "Sign up for our newsletter and get the best of the week.",
    "Subscribe now to never miss a story about chips and power.",
    "Add us as a preferred source wherever you search for news.",
    "Every weekday and Sunday, you can get the best of our coverage.",
    "More than 1,000 founders meet at TechCrunch Founder Summit for a day.",
    "ZDNET's key takeawaysThe market for chips has doubled this year.",
    "The show is a production of Bolt Media, made in Rome.",
    "Follow us on the usual networks for more of this.",
    "Share this piece with those who care for power.",
    "Support our work on chips with a small sum.",
    "Got a tip for us that we should be looking into?",
    "Rate us five stars wherever you listen to the show.",
    "The show is on Apple Podcasts, on Spotify and on our site.",
    "Tickets for the summit in Rome are on sale for a week.",
    "Register by Friday to save $300 on the price of a pass.",
    "Use code BOLT at checkout for 20% off your first year.",
    "Meet your next investor on three stages in the old harbour.",
    "This episode is brought to you by Bolt, makers of chairs.",
    "Thanks to our partners for making the whole season possible.",
    "We may earn a commission when readers buy through such links.",
    "Disclosure: the owner of this site has sued Acme over copyright.",
    "Our editors fact-check every line that appears on these pages.",
    "Copyright 2026 Chip Daily and its partners in all countries.",
    "By going on, readers accept cookies and the privacy policy that applies to you.",
    "Acme did not immediately respond to a request for comment.",
    "Chip Daily has reached out to Acme for comment on the plan.",
    "The intro music is by Ann Roe and her brother Al.",
]

BROKEN = [
    ("Acme said that it would build three more data centres in", "cut off"),
    ("Acme said that it would build three more data centres…", "cut off"),
    ("Acme said that it would build three more [...]", "cut off"),
    ("It was so.", "too short"),
    ("Acme said " + "so and " * 70 + "so.", "too long"),
    ("and then it built three more data centres in Norway.", "begins in the middle"),
    (", which built three more data centres in Norway.", "begins in the middle"),
    ("“We are building three more data centres in Norway.", "a quote or bracket is left open"),
    ("The firm is building three more data centres.”", "a quote or bracket is left open"),
    ('"The firm is building three more data centres in Norway.', "a quote or bracket is left open"),
    (
        "The firm (and its rivals is building data centres in Norway.",
        "a quote or bracket is left open",
    ),
    ("Home | News | Chips are what the whole world wants now.", "a list of links"),
    ("Chips are what workersThe world wants more than anything else.", "words run together"),
    ("Chips are four vital skillsDominic needs to have before long.", "words run together"),
    (
        "The Seven Fastest Laptops Money Could Ever Possibly Buy You.",
        "a heading or a list of names",
    ),
    (
        "Ann Roe in advanced talks to combine Acme with Bolt amid rising prices.",
        "a heading or a list of names",
    ),
    ("Acme and Bolt to build three more data centres in Norway.", "a heading or a list of names"),
    ("Ann Roe, chief executive of Acme, in Norway, in May.", "a heading or a list of names"),
]

CODE = [
    "See https://example.org/offer for the terms of the deal in full.",
    "Write to ann@example.org and she will tell all there is to know.",
    "Everybody at @acmechips was talking about the deal in Norway.",
    "The deal is <b>done</b> and everybody is happy with the price.",
    "Run pip `install` bolt and the tool is there for all to use.",
    "The firm [said](more) that it would build in Norway and in Chad.",
    "const price = 3; is what the page shows to those who look;",
]


@pytest.mark.parametrize("text", NEWS)
def test_news_is_fit(text: str) -> None:
    """A plain sentence of news passes, also when it speaks of subscriptions, tickets, terms or
    sources.
    """
    assert unfit(text) == ""


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture_is_named(text: str) -> None:
    """Credits, bylines, pointers, calls, promotion and self-description are the page's own."""
    assert furniture(text) or broken(text) == "cut off"


@pytest.mark.parametrize(("text", "reason"), BROKEN)
def test_what_is_not_one_whole_sentence_is_refused(text: str, reason: str) -> None:
    """A sentence begins, ends, closes its quotes and says something with a verb."""
    assert broken(text) == reason


@pytest.mark.parametrize("text", CODE)
def test_links_and_code_are_refused(text: str) -> None:
    """Addresses, handles and markup are not for reading."""
    assert markup(text)
