"""Which addresses are embedded, and from where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import embeds

TUBE = "https://www.youtube-nocookie.com/embed/a-B_3456789"
TWEET = "https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true"


@pytest.mark.parametrize(
    ("url", "host", "address"),
    [
        ("https://www.youtube.com/watch?v=a-B_3456789", "youtube.com", TUBE),
        ("https://m.youtube.com/watch?list=x&v=a-B_3456789", "youtube.com", TUBE),
        ("http://youtu.be/a-B_3456789", "youtube.com", TUBE),
        ("https://youtu.be/a-B_3456789?t=90", "youtube.com", f"{TUBE}?start=90"),
        ("https://youtu.be/a-B_3456789?t=1h2m3s", "youtube.com", f"{TUBE}?start=3723"),
        ("https://youtu.be/a-B_3456789?t=soon", "youtube.com", TUBE),
        ("https://www.youtube.com/shorts/a-B_3456789", "youtube.com", TUBE),
        ("https://www.youtube.com/live/a-B_3456789?start=5", "youtube.com", f"{TUBE}?start=5"),
        ("https://x.com/minato/status/1234567890", "x.com", TWEET),
        ("https://twitter.com/minato/status/1234567890?s=20", "x.com", TWEET),
        ("https://mobile.twitter.com/minato/status/1234567890/photo/1", "x.com", TWEET),
        ("https://vimeo.com/123456", "vimeo.com", "https://player.vimeo.com/video/123456?dnt=1"),
        (
            "https://vimeo.com/123456/abcdef0123",
            "vimeo.com",
            "https://player.vimeo.com/video/123456?dnt=1&h=abcdef0123",
        ),
        (
            "https://www.nicovideo.jp/watch/sm9",
            "nicovideo.jp",
            "https://embed.nicovideo.jp/watch/sm9",
        ),
        ("https://nico.ms/sm9", "nicovideo.jp", "https://embed.nicovideo.jp/watch/sm9"),
    ],
)
def test_an_address_is_shown_where_its_host_is_allowed(url, host, address):
    found = embeds.frame(url, {host})
    assert (found.url, found.address) == (url, address)
    others = [other for other in embeds.HOSTS if other != host]
    assert embeds.frame(url, others) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://youtu.be/short",
        "https://youtu.be/a-B_3456789/x",
        "https://www.youtube.com/@minato",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=a-B_345678%22",
        "https://youtube.com.example.jp/watch?v=a-B_3456789",
        "https://example.jp/youtu.be/a-B_3456789",
        "https://youtu.be@example.jp/a-B_3456789",
        "https://x.com/minato",
        "https://x.com/minato/status/12ab",
        "https://vimeo.com/channels/1",
        "https://www.nicovideo.jp/user/1",
        "霧の https://youtu.be/a-B_3456789",
        "https://youtu.be/a-B_3456789 を見る",
        "https://youtu.be/a-B_3456789\nhttps://youtu.be/a-B_3456789",
        "youtu.be/a-B_3456789",
        "ftp://youtu.be/a-B_3456789",
        "https://[youtu.be/a-B_3456789",
        "",
    ],
)
def test_nothing_else_is(text):
    assert embeds.frame(text, embeds.HOSTS) is None


@given(st.text("htps:/.?&=#[]@yoube%-_0123456789w", max_size=60))
def test_no_text_raises(text):
    for start in ("", "https://youtu.be/", "https://x.com/a/status/", "https://www.youtube.com/w"):
        embeds.frame(start + text, embeds.HOSTS)


def test_an_origin_is_what_a_policy_allows():
    found = embeds.frame("https://youtu.be/a-B_3456789", embeds.HOSTS)
    assert found.origin == "https://www.youtube-nocookie.com"
