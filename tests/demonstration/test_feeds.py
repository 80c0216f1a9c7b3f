"""Feeds as readers read them, and what RFC 4287, RSS 2.0 and JSON Feed 1.1 require."""

import json
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import feedparser
import pytest

BASE = "https://example.org/blog/"
ATOM = "{http://www.w3.org/2005/Atom}"


def _atoms(folder):
    return sorted(folder.rglob("atom.xml"))


def _root(file):
    return ET.fromstring(file.read_bytes())  # noqa: S314 -- our own


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_feed_is_read_without_complaint(demonstration, name):
    feed = feedparser.parse((demonstration / name).read_bytes())
    assert (feed.bozo, len(feed.entries)) == (False, 14)
    assert all(entry.link.startswith(BASE) for entry in feed.entries)


def test_the_feed_of_every_tag_is_read_without_complaint(demonstration):
    feeds = [feedparser.parse(file.read_bytes()) for file in _atoms(demonstration)]
    assert len(feeds) == 4
    assert [feed.bozo for feed in feeds] == [False] * len(feeds)


def test_atom_has_what_rfc_4287_requires(demonstration):
    for file in _atoms(demonstration):
        feed = _root(file)
        for element in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1, (file, name)
        for entry in feed.iter(f"{ATOM}entry"):
            assert entry.findall(f"{ATOM}author") or feed.findall(f"{ATOM}author")
            links = entry.findall(f"{ATOM}link")
            assert len([link for link in links if link.get("rel") == "alternate"]) == 1
            assert entry.findall(f"{ATOM}summary") or entry.findall(f"{ATOM}content")


def test_the_ids_of_atom_are_each_its_own(demonstration):
    feed = _root(demonstration / "atom.xml")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 14


def _contents(folder):
    """What each feed shows of the post that was corrected."""
    url = f"{BASE}2025/02/ferry/"
    for name in ("atom.xml", "rss.xml"):
        entries = feedparser.parse((folder / name).read_bytes(), sanitize_html=False).entries
        (entry,) = [one for one in entries if one.link == url]
        yield entry.content[0].value if "content" in entry else entry.description
    items = json.loads((folder / "feed.json").read_bytes())["items"]
    yield next(one["content_html"] for one in items if one["url"] == url)


def test_a_feed_tells_what_was_corrected_and_added_where_the_page_does(demonstration):
    order = ("update correction", 'class="quotation', "update addition")
    for content in _contents(demonstration):
        places = [content.find(one) for one in order]
        assert -1 not in places, places
        assert places == sorted(places)


def test_a_link_within_an_entry_of_atom_leads_to_its_post(demonstration):
    for entry in _root(demonstration / "atom.xml").iter(f"{ATOM}entry"):
        (link,) = [one for one in entry.iter(f"{ATOM}link") if one.get("rel") == "alternate"]
        base = entry.find(f"{ATOM}content").get("{http://www.w3.org/XML/1998/namespace}base")
        assert base == link.get("href")


def test_rss_has_what_its_specification_requires(demonstration):
    channel = _root(demonstration / "rss.xml").find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    for item in channel.iter("item"):
        assert item.findtext("title")
        assert item.findtext("description")
        assert item.findtext("guid")


def test_the_json_feed_has_what_its_specification_requires(demonstration):
    feed = json.loads((demonstration / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    for item in feed["items"]:
        assert item["id"]
        assert item["content_html"]
        assert item["date_published"].endswith("+09:00")


def test_what_a_feed_quotes_has_its_attribution_beside_it(demonstration):
    for item in json.loads((demonstration / "feed.json").read_bytes())["items"]:
        html = item["content_html"]
        assert html.count('<figure class="quotation ') == html.count('class="attribution') > 0


@pytest.fixture
def fed(project, post):
    """A site of one post with all that its feeds can say, built on the day of the post."""
    project.write("content/posts/muteki.md", post())
    project.write(
        "pyproject.toml",
        f"""[tool.sitegen]
base_url = "{BASE}"
news_sitemap = true
feed = {{content = "summary", hub = "https://hub.example.org/", paths = {{"/feed/" = "rss"}}}}
""",
    )
    assert project.build("--now", "2025-02-05").code == 0
    return project


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "feed/index.html"])
def test_a_feed_of_summaries_is_read_without_complaint_and_names_its_hub(fed, name):
    feed = feedparser.parse(fed.output(name).encode())
    assert (feed.bozo, len(feed.entries)) == (False, 1)
    assert [link.href for link in feed.feed.links if link.rel == "hub"] == [
        "https://hub.example.org/"
    ]
    assert feed.entries[0].summary == "論評を書く。"


def test_the_json_feed_of_summaries_names_its_hub(fed):
    feed = json.loads(fed.output("feed.json"))
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]
    assert feed["items"][0]["content_text"] == "論評を書く。"


def test_no_feed_of_summaries_quotes(fed):
    made = [fed.output(name) for name in ("atom.xml", "rss.xml", "feed.json")]
    assert not any("港に霧笛が鳴る" in text for text in made)


def test_the_sitemap_of_news_has_what_google_requires(fed):
    space = "{http://www.google.com/schemas/sitemap-news/0.9}"
    (url,) = ET.fromstring(fed.output("news-sitemap.xml").encode())  # noqa: S314 -- our own
    assert url[0].text == f"{BASE}2025/02/muteki/"
    said = {element.tag.removeprefix(space): element.text for element in url.iter()}
    assert {name: said[name] for name in ("name", "language", "publication_date", "title")} == {
        "name": "無題のブログ", "language": "ja", "publication_date": "2025-02-04", "title": "霧笛",
    }  # fmt: skip


def test_the_sitemap_names_pages_that_there_are(demonstration):
    for place in _root(demonstration / "sitemap.xml").iter():
        if place.tag.endswith("loc"):
            path = place.text.removeprefix(BASE)
            assert path != place.text
            assert (demonstration / unquote(path) / "index.html").is_file(), path
