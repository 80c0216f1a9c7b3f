"""The values that flow, and nothing else.

Three stages, types for each: what a file says (`Post`, `Body`), what other pages may show of a
post (`Card`), one file to be made (`Page`). A value is complete when it exists. Texts are NFC or as
typed; a `url` begins with `/`, holds the path of the site's base URL and is percent-encoded, ready
for `href`; a `path` is relative, with `/`.
"""

from typing import Any, Literal

from msgspec import Struct

from sitegen.diagnostics.model import Diagnostic, Location


class Date(Struct, frozen=True, array_like=True):
    """An instant in the site's time zone, or a day of it where `timed` is false.

    `iso` is ISO 8601 with an offset (`2025-02-04T21:00:00+09:00`; midnight for a day), `epoch`
    its seconds since 1970 in UTC, by which dates are ordered.
    """

    iso: str
    epoch: int
    timed: bool = True

    @property
    def year(self) -> int:
        """The year in the site's zone."""
        return int(self.iso[:4])

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return int(self.iso[5:7])

    @property
    def day(self) -> int:
        """The day of the month."""
        return int(self.iso[8:10])

    @property
    def machine(self) -> str:
        """The text for `datetime` attributes, sitemaps and JSON-LD: a day stays a day."""
        return self.iso if self.timed else self.iso[:10]


# ---------------------------------------------------------------- what a file says


class Source(Struct, frozen=True, array_like=True):
    """The work quoted from, with the site's defaults for its host filled in; "" is unknown."""

    url: str = ""
    title: str = ""
    site: str = ""
    author: str = ""
    publisher: str = ""
    published: Date | None = None
    accessed: Date | None = None
    lang: str = ""
    kind: str = ""
    locator: str = ""
    isbn: str = ""
    archive: str = ""
    host: str = ""  # of `url`, as listed under /sources/; "" without one

    @property
    def is_talk(self) -> bool:
        """Whether it is what people say to each other: that has no title and little grammar."""
        return self.kind in {"sns", "forum", "comment"}


class Via(Struct, frozen=True, array_like=True):
    """How the source was found."""

    name: str
    url: str = ""


class Span(Struct, frozen=True, array_like=True):
    """A run of a quotation's text, character for character as typed; a `break` is a newline."""

    kind: Literal["text", "elision", "dateline", "break"]
    text: str


class Size(Struct, frozen=True, array_like=True):
    """The pixels of a picture, and the widths of its smaller copies."""

    width: int
    height: int
    widths: tuple[int, ...] = ()


class Quote(Struct, frozen=True, array_like=True):
    """One quotation, lead or in the editorial. `number` gives its id on the page: `quote-1`."""

    number: int
    paragraphs: tuple[tuple[Span, ...], ...]
    source: Source
    via: Via | None = None
    elided: str = ""  # the trailing elision mark as typed, which stands below the text
    translation: tuple[tuple[Span, ...], ...] = ()
    translator: str = ""
    original: str = ""
    emphasis: str = ""
    image: str = ""  # a link mark (see `Body`) or an absolute URL; where it is shown, a URL
    alt: str = ""
    size: Size | None = None  # of `image`, where it is shown
    passage: str = ""  # the link to the very passage; "" gives none
    withdrawn: str = ""  # why the quotation was taken down

    @property
    def lang(self) -> str:
        """The language of its words; "" is ours, if they are a translation, or unknown."""
        translated = self.translator or self.original
        return self.source.lang if self.translation or not translated else ""


class Html(Struct, frozen=True, array_like=True, tag="html"):
    """Finished HTML but for its link marks."""

    html: str


class Fence(Struct, frozen=True, array_like=True, tag="quote"):
    """A quotation within the editorial."""

    quote: Quote


class Frame(Struct, frozen=True, array_like=True):
    """What shows the page at `url` within another: `address` is that of the frame."""

    name: str  # of the provider, for people
    shape: Literal["video", "post"]
    url: str
    address: str

    @property
    def origin(self) -> str:
        """What a page's policy has to allow."""
        return "/".join(self.address.split("/", 3)[:3])


class Embed(Struct, frozen=True, array_like=True, tag="embed"):
    """An address that stands alone in a paragraph; `html` is that paragraph, a plain link."""

    frame: Frame
    html: str


class Heading(Struct, frozen=True, array_like=True):
    """One line of a post's contents; `html` has neither links nor ids."""

    level: int
    id: str
    html: str


class Body(Struct, frozen=True, array_like=True):
    """What only a post's own page and the full feeds show.

    A link inside the site is a mark with its number in `Post.links` (see `linkmarks`): a body
    knows nothing of other files.
    """

    leads: tuple[Quote, ...]
    parts: tuple[Html | Fence | Embed, ...]
    contents: tuple[Heading, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quotation, in the order of the page."""
        return (*self.leads, *(part.quote for part in self.parts if isinstance(part, Fence)))


class Link(Struct, frozen=True, array_like=True):
    """A target inside the site as the author wrote it, with its place in the file."""

    target: str
    place: Location
    shown: bool = True  # unless what it stands in was taken down
    literal: bool = False  # it may be the very name of a file, with its # and %


class Picture(Struct, frozen=True, array_like=True):
    """A post's image; `file` is a link mark in a `Post` and a URL, with its size, in a `Card`."""

    file: str
    alt: str = ""
    credit: str = ""
    size: Size | None = None


class Update(Struct, frozen=True, array_like=True):
    """A correction or an addition, newest last."""

    kind: Literal["correction", "addition"]
    date: Date
    html: str  # a paragraph's inline HTML, with link marks


class Named(Struct, frozen=True, array_like=True):
    """A word that the author wrote, with its place: a tag, an author, an alias, a kind of feed."""

    text: str
    place: Location


class Post(Struct, frozen=True, array_like=True):
    """All that other pages may know of a post, or of a standing page (`kind`)."""

    path: str
    kind: Literal["post", "page"]
    title: str  # as typed; a `Card` has it without its ruby
    date: Date | None  # None in a draft or on a standing page without one
    slug: str
    url: str  # the exact path that the author asked for, or ""
    place: Location  # of what decides the URL: `url`, `slug` or the file
    authors: tuple[Named, ...]
    tags: tuple[Named, ...]
    aliases: tuple[Named, ...]
    sources: tuple[Source, ...]  # each once; the first is of the quotation that stands for it
    via: Via | None  # of that quotation, the first that was not taken down
    quote: str  # the first line of that quotation, at most 120 characters
    quote_lang: str  # its language, "" is ours or unknown
    quoted: int  # characters of all quotations
    written: int  # characters of the editorial
    summary: str
    image: Picture | None
    layout: str
    layout_place: Location | None
    extra: dict[str, Any]
    draft: bool
    withdrawn: str
    updates: tuple[Update, ...]
    links: tuple[Link, ...]
    anchors: tuple[str, ...]
    body: str  # digest of its `Body`
    frames: tuple[str, ...] = ()  # origins of what its body embeds


class Parsed(Struct, frozen=True, array_like=True):
    """What one file gave: a post unless its faults forbid one, and every fault."""

    path: str
    post: Post | None
    diagnostics: tuple[Diagnostic, ...]
    draft: bool  # as far as the file can be read
    ignored: tuple[str, ...] = ()  # codes that the author silenced here


# ---------------------------------------------------------------- what other pages may show


class Ref(Struct, frozen=True, array_like=True):
    """A name that leads somewhere: a tag, an author, a host, a neighbour, an entry of a menu."""

    name: str
    url: str


class Dated(Ref, frozen=True, array_like=True):
    """Another post by its title, with the day on which it came out."""

    date: Date


class Card(Struct, frozen=True, array_like=True):
    """What listings, feeds and neighbours may show of a post."""

    path: str
    url: str
    title: str
    date: Date
    updated: Date
    authors: tuple[Ref, ...]
    tags: tuple[Ref, ...]
    source: Source | None  # of the quotation that stands for the post
    host: Ref | None  # the listing of that source's host
    via: Via | None
    quote: str
    quote_lang: str
    summary: str
    image: Picture | None
    written: int  # characters of the editorial
    withdrawn: str
    draft: bool
    scheduled: bool


class Full(Card, frozen=True, array_like=True):
    """What a post's own page shows beside its body."""

    updates: tuple[Update, ...]
    extra: dict[str, Any]
    heading: str  # the title's HTML, with its ruby
    older: Ref | None = None
    newer: Ref | None = None
    related: tuple[Dated, ...] = ()
    same_source: tuple[Dated, ...] = ()


class About(Struct, frozen=True, array_like=True):
    """What the configuration says of a tag, an author or a source."""

    description: str = ""
    url: str = ""
    image: str = ""
    host: str = ""  # of a source


class Work(Struct, frozen=True, array_like=True):
    """What several posts of a listing quote; `places` are theirs in it."""

    title: str
    url: str
    places: tuple[int, ...]


class Listing(Struct, frozen=True, array_like=True):
    """A page of posts under one heading. `number` counts from the oldest; 0 is the front page."""

    kind: Literal["home", "tag", "author", "source", "year", "month"]
    name: str
    url: str  # of the front page
    posts: tuple[Card, ...]
    number: int = 0
    older: str = ""  # URL of the page with older posts
    newer: str = ""
    feed: str = ""  # URL of its own feed
    about: About | None = None
    works: tuple[Work, ...] = ()  # of a source, by which its posts are grouped


class Entry(Struct, frozen=True, array_like=True):
    """One listing in an index of listings."""

    name: str
    url: str
    count: int
    last: Date
    about: About | None = None
    parts: "tuple[Entry, ...]" = ()  # the months of a year


class Index(Struct, frozen=True, array_like=True):
    """All listings of a kind."""

    kind: Literal["tags", "authors", "sources", "archive"]
    entries: tuple[Entry, ...]


class Redirect(Struct, frozen=True, array_like=True):
    """An old path of the site, raw, and the URL that it leads to now."""

    path: str
    url: str
    place: Location  # where the author says so


class Published(Struct, frozen=True, array_like=True):
    """A post or standing page that the site shows, with its links resolved."""

    post: Post
    card: Card
    links: tuple[str, ...]  # URLs, by the numbers of the body's link marks
    sizes: tuple[Size | None, ...] = ()  # of the pictures among them
    older: Ref | None = None
    newer: Ref | None = None


class Group(Struct, frozen=True, array_like=True):
    """All posts under one tag, author, host, month or year, newest first."""

    kind: Literal["home", "tag", "author", "source", "year", "month"]
    name: str
    url: str  # raw and relative to the site: "/tags/ai/"
    posts: tuple[Published, ...]
    about: About | None = None
    feed: bool = False  # whether it has a feed of its own


class Held(Struct, frozen=True, array_like=True):
    """A file that is not published, and why; `due` is when a scheduled post will be."""

    path: str
    title: str
    reason: Literal["draft", "scheduled", "withdrawn"]
    due: Date | None = None


class Asset(Struct, frozen=True, array_like=True):
    """A file that is copied as it is."""

    path: str  # below output/
    origin: str  # absolute path of the file
    file: str = ""  # its path in the site's folder, "" for a built-in file


class Copy(Struct, frozen=True, array_like=True):
    """A smaller copy of a picture; `origin` and `file` are those of the picture's `Asset`."""

    origin: str
    file: str
    width: int


class Site(Struct, frozen=True, array_like=True):
    """The whole blog: what is shown, how it is grouped, what goes with it."""

    posts: tuple[Published, ...]  # newest first
    pages: tuple[Published, ...]  # standing pages
    groups: dict[str, tuple[Group, ...]]  # by kind, sorted as the indexes show them
    assets: tuple[Asset, ...]
    redirects: tuple[Redirect, ...]
    held: tuple[Held, ...]


# ---------------------------------------------------------------- one file to be made


class BodyUse(Struct, frozen=True, array_like=True):
    """A body that a page shows, and what its link marks stand for there."""

    path: str  # of the post
    digest: str
    links: tuple[str, ...]
    sizes: tuple[Size | None, ...] = ()  # of the pictures among them


class Searched(Struct, frozen=True, array_like=True):
    """A post as it is indexed; all but `path` is "" of a withdrawn one."""

    path: str
    body: str  # digest
    url: str
    words: str  # of ours that are not in the body


class Search(Struct, frozen=True, array_like=True):
    """What the page of search needs to know of the index."""

    folder: str  # URL
    posts: int


class SitemapEntry(Struct, frozen=True, array_like=True):
    """One line of the sitemap; `modified` is ISO text or ""."""

    url: str
    modified: str


class Page(Struct, frozen=True, array_like=True):
    """One file to be made, and all that it may show: the digest of this value is in its key."""

    kind: str
    path: str  # below output/
    url: str
    layouts: tuple[str, ...]  # the first that exists is used
    title: str = ""
    description: str = ""
    noindex: bool = False
    post: Full | None = None
    listing: Listing | None = None
    index: Index | None = None
    bodies: tuple[BodyUse, ...] = ()
    frames: tuple[str, ...] = ()  # origins of what the bodies embed
    sitemap: tuple[SitemapEntry, ...] = ()
    redirects: tuple[Ref, ...] = ()  # old path -> URL
    types: tuple[Ref, ...] = ()  # media type -> URL, where a name does not tell it
    target: str = ""  # where a redirecting page leads
    pages: tuple[Card, ...] = ()  # the standing pages, in llms.txt
    search: Search | None = None
    updates: dict[str, tuple[Update, ...]] = {}  # of whole feeds, by the paths of posts


class View(Struct, frozen=True, array_like=True):
    """The part of the configuration that layouts may see, as `config`."""

    title: str
    description: str
    language: str
    calendar: str  # "gregorian" or "japanese" (和暦), of dates in Japanese
    author: str
    origin: str  # "https://example.org", or "" without a base URL
    base: str  # the path below which the site lives: "/" or "/blog/"
    menu: tuple[Ref, ...]
    footer: tuple[Ref, ...]
    csp: str  # the Content-Security-Policy of every page, "" for none
    assets: dict[str, str]  # name of a file of layouts/static -> URL
    extra: dict[str, Any]
    search: str = ""  # URL of the page of search, "" without one
    llms: str = ""  # URL of llms.txt; "" without it and the Markdown beside each post
    lasting: tuple[str, ...] = ()  # URLs whose bytes never change: a digest is in their names
    news: str = ""  # URL of the sitemap of news, "" without one
    hub: str = ""  # URL of the feeds' WebSub hub
    share: tuple[Ref, ...] = ()  # services; in each `url` are holes for {url} and {title}
