"""One spelling for one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.net.urls import clean_url, host_of, origin

CLEAN = {
    "https://Example.COM/A?b=C": "https://example.com/A?b=C",
    "HTTPS://example.com:443/": "https://example.com/",
    "http://example.com:80/x": "http://example.com/x",
    "http://example.com:443/x": "http://example.com:443/x",
    "https://example.com/x#part": "https://example.com/x",
    "https://example.com/x?utm_source=rss&utm_medium=feed": "https://example.com/x",
    "https://example.com/x?id=1&utm_source=rss&page=2": "https://example.com/x?id=1&page=2",
    "https://example.com/x?UTM_Source=a&q=%7E+b": "https://example.com/x?q=%7E+b",
    "https://example.com/x?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&igshid=5&ref_src=6&cmpid=7": (
        "https://example.com/x"
    ),
    "https://example.com/x?at_medium=RSS&at_campaign=KARANGA": "https://example.com/x",
    "https://example.com/x?source=a&ref=b&campaign=c&format=d": (
        "https://example.com/x?source=a&ref=b&campaign=c&format=d"
    ),
    "https://example.com/a//b/../c?": "https://example.com/a//b/../c",
    "https://example.com/?b=2&a=1": "https://example.com/?b=2&a=1",
    "https://[2001:DB8::1]:443/": "https://[2001:db8::1]/",
    "  https://example.com/ ": "https://example.com/",
    "mailto:a@example.com": "mailto:a@example.com",
    "": "",
}


@pytest.mark.parametrize(("url", "cleaned"), CLEAN.items())
def test_tracking_goes_and_the_rest_stays_byte_for_byte(url: str, cleaned: str) -> None:
    """Fragment, trackers and default port go; order, escapes and path are the publisher's."""
    assert clean_url(url) == cleaned


COMMON = [
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "__hstc",
    "hsCtaTracking",
    "_ga",
    "_gl",
    "gad_source",
    "srsltid",
    "epik",
    "irclickid",
    "rdt_cid",
    "ScCid",
    "vero_id",
    "oly_enc_id",
    "oly_anon_id",
    "wickedid",
    "_openstat",
    "ck_subscriber_id",
    "__s",
    "ml_subscriber",
    "ml_subscriber_hash",
    "dm_i",
    "_ke",
    "_kx",
    "s_cid",
    "ncid",
    "cmpid",
    "xtor",
    "guccounter",
    "guce_referrer",
    "mibextid",
    "ref_src",
    "spm",
    "pk_campaign",
    "mtm_source",
    "piwik_kwd",
    "at_medium",
    "wt_mc",
    "bsft_uid",
]


@pytest.mark.parametrize("name", COMMON)
def test_every_networks_parameter_goes(name: str) -> None:
    """An article is one address, whoever led to it."""
    assert clean_url(f"https://example.com/x?{name}=1&id=2") == "https://example.com/x?id=2"


@pytest.mark.parametrize(
    "name",
    ["id", "p", "page", "v", "q", "t", "s", "ref", "source", "campaign", "cid", "sid", "tag", "section", "lang", "format", "date", "post_id", "story", "attachment_id", "item", "u"],
)  # fmt: skip
def test_a_parameter_that_may_choose_the_page_stays(name: str) -> None:
    """Other pages would be told as one."""
    assert clean_url(f"https://example.com/x?{name}=1") == f"https://example.com/x?{name}=1"


@given(
    st.one_of(
        st.text(),
        st.from_regex(
            r"https?://[^ ]{1,20}(:80|:443)?:?/[^ ]{0,10}(\?[a-z_&=#]{0,20})?[ #]?", fullmatch=True
        ),
    )
)
def test_cleaning_twice_changes_nothing(url: str) -> None:
    """clean_url is idempotent on any text."""
    assert clean_url(clean_url(url)) == clean_url(url)


@pytest.mark.parametrize(
    ("url", "where", "host"),
    [
        ("https://User:pw@Example.org:443/x", "https://example.org", "example.org"),
        ("http://127.0.0.1:8900/feed", "http://127.0.0.1:8900", "127.0.0.1:8900"),
        ("http://example.org?x=@evil.example", "http://example.org", "example.org"),
        ("/relative", "", ""),
        ("file:///etc/passwd", "", ""),
    ],
)
def test_origin_and_host(url: str, where: str, host: str) -> None:
    """The origin has the scheme, the host has not; neither has user name or default port."""
    assert (origin(url), host_of(url)) == (where, host)
