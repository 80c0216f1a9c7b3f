"""Addresses of sources."""

import pytest

from sitegen.quotation import addresses


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("https://a.jp/x", "https://a.jp/x"),
        ("https://a.jp/x?utm_source=a", "https://a.jp/x"),
        ("https://a.jp/x?id=%E6%B8%AF&utm_source=a&p=2#s", "https://a.jp/x?id=%E6%B8%AF&p=2#s"),
        ("https://a.jp/x?a&&b=", "https://a.jp/x?a&&b="),
        ("https://a.jp/x#:~:text=a,b", "https://a.jp/x"),
        ("https://a.jp/x#s:~:text=a", "https://a.jp/x#s"),
        ("https://a.jp/x?ref=rss", "https://a.jp/x"),
        ("https://a.jp/x?ref=rssa", "https://a.jp/x?ref=rssa"),
        ("https://a.jp/x?UTM_Source=a&iref=b&gclid=c", "https://a.jp/x"),
        ("https://a.jp/x?fbclid", "https://a.jp/x"),
        ("https://a.jp/x?", "https://a.jp/x?"),
    ],
)
def test_only_what_measures_is_taken_out(url, cleaned):
    assert addresses.clean(url) == cleaned
    assert bool(addresses.measuring(url)) == (url != cleaned)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.jp/x", "http://www.a.jp/x/", True),
        ("https://a.jp/x?utm_source=a#s", "https://A.jp/x", True),
        ("https://a.jp/x?id=1", "https://a.jp/x?id=2", False),
        ("https://a.jp/X", "https://a.jp/x", False),
        ("https://a.jp/", "https://b.jp/", False),
    ],
)
def test_a_page_is_the_same_at_more_than_one_address(one, other, same):
    assert (addresses.identity(one) == addresses.identity(other)) is same


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("news.example.jp", "example.jp"),
        ("img.news.example.jp", "example.jp"),
        ("news.example.co.jp", "example.co.jp"),
        ("example.co.jp", "example.co.jp"),
        ("co.jp", "co.jp"),
        ("example.com", "example.com"),
        ("localhost", "localhost"),
        ("port.github.io", "port.github.io"),
        ("a.port.github.io", "port.github.io"),
        ("port.blogspot.com", "port.blogspot.com"),
        ("github.io", "github.io"),
    ],
)
def test_hosts_of_one_owner_are_told_by_their_names(host, owner):
    assert addresses.owner(host) == owner


@pytest.mark.parametrize(
    ("host", "gathers", "social"),
    [
        ("togetter.com", True, False),
        ("b.hatena.ne.jp", True, False),
        ("hatena.ne.jp", False, False),
        ("x.com", False, True),
        ("old.reddit.com", False, True),
        ("netflix.com", False, False),
        ("", False, False),
    ],
)
def test_hosts_that_pass_on_are_known_by_name(host, gathers, social):
    assert (addresses.gathers(host), addresses.is_social(host)) == (gathers, social)
