"""One file -> its post, its body and its faults."""

from urllib.parse import unquote

import msgspec
import pytest

from sitegen import parse
from sitegen.config import Config, Host
from sitegen.model import Body, Fence, Html, Link, Parsed, Source, Via

HEAD = "title: 霧笛\ndate: 2025-02-04\n"
SOURCE = "source:\n  url: https://example.jp/kiji\n  title: 元の記事\n"
QUOTE = "quote: 港に霧笛が鳴る。\n"
PATH = "content/posts/muteki.md"
DEGREE = {  # what a post of a line or two is told of anyway: see quotation/test_rules.py
    "accessed-missing", "editorial-short", "published-missing", "quote-ratio",
    "source-site-missing", "via-without-url",
}  # fmt: skip


def read(front=HEAD + SOURCE + QUOTE, body="論評を書く。", path=PATH, **settings):
    data = f"---\n{front}---\n{body}\n".encode()
    known = parse.settings(Config(**settings))
    found, pack = parse.parse(known, parse.Read(path, data))
    parsed = msgspec.msgpack.decode(found, type=Parsed)
    told = tuple(one for one in parsed.diagnostics if one.code not in DEGREE)
    return msgspec.structs.replace(parsed, diagnostics=told), pack and msgspec.msgpack.decode(
        pack, type=Body
    )


def post(*arguments, **rest):
    found, _ = read(*arguments, **rest)
    assert found.diagnostics == ()
    return found.post


def told(*arguments, **rest):
    found, _ = read(*arguments, **rest)
    return [
        (one.code, one.location.line, one.location.column, one.location.width)
        for one in found.diagnostics
    ]


def codes(*arguments, **rest):
    return [code for code, *_ in told(*arguments, **rest)]


# ---------------------------------------------------------------- the post


def test_a_post_is_read_with_its_body():
    found, body = read()
    one = found.post
    assert (one.title, one.slug, one.kind, one.date.iso[:10]) == (
        "霧笛", "muteki", "post", "2025-02-04",
    )  # fmt: skip
    assert (one.quote, one.quoted, one.written) == ("港に霧笛が鳴る。", 8, 6)
    assert [part.html for part in body.parts] == ["<p>論評を書く。</p>\n"]
    assert (
        body.leads[0].source
        == one.sources[0]
        == Source(url="https://example.jp/kiji", title="元の記事", host="example.jp")
    )
    assert one.anchors == ("quote-1",)


def test_a_file_that_cannot_be_read_has_faults_and_no_body():
    found, body = read("title: a: b\n")
    assert (found.post, body, [one.code for one in found.diagnostics]) == (
        None, b"", ["front-matter-syntax"],
    )  # fmt: skip


def test_the_same_body_has_the_same_name_and_another_another():
    assert post().body == post(f"{HEAD}tags: [港]\n{SOURCE}{QUOTE}").body
    assert post().body != post(body="論評を書いた。").body


@pytest.mark.parametrize(
    ("path", "front", "slug"),
    [
        ("content/posts/2025-02-04-霧.md", "", "霧"),
        ("content/posts/2025/02/04-霧.md", "", "霧"),
        ("content/posts/霧/index.md", "", "霧"),
        ("content/posts/AI・港.md", "", "ai-港"),
        ("content/posts/!.md", "", "霧笛"),
        ("content/posts/a.md", "slug: 港\n", "港"),
    ],
)
def test_a_slug_is_given_or_of_the_file_or_of_the_title(path, front, slug):
    assert post(f"{HEAD}{front}{SOURCE}{QUOTE}", path=path).slug == slug


def test_without_letters_there_is_no_slug():
    assert told(f"title: '!'\ndate: 2025-02-04\n{SOURCE}{QUOTE}", path="content/posts/!.md") == [
        ("empty-slug", 2, 8, 3)
    ]


def test_posts_without_letters_do_not_share_an_address():
    paths = [f"content/posts/2025-02-0{day}.md" for day in (3, 4)]
    slugs = {read(f"title: …\n{SOURCE}{QUOTE}", path=path)[0].post.slug for path in paths}
    assert len(slugs - {""}) == 2


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize("path", ["content/posts/2025-02-04-a.md", "content/posts/2025/02/04-a.md"])
def test_the_path_may_say_the_date(path):
    assert post(f"title: a\n{SOURCE}{QUOTE}", path=path).date.iso[:10] == "2025-02-04"


def test_where_date_and_path_differ_the_date_stands():
    found, _ = read(path="content/posts/2025-02-05-a.md")
    assert found.post.date.iso[:10] == "2025-02-04"
    (fault,) = found.diagnostics
    assert (fault.code, fault.location.line, fault.arguments) == (
        "date-mismatch", 3, {"date": "2025-02-04", "path": "2025/02/05"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("front", "faults"),
    [
        (f"title: a\n{SOURCE}{QUOTE}", ["date-missing"]),
        (f"title: a\ndate: 2025-02-30\n{SOURCE}{QUOTE}", ["bad-date"]),
        (f"title: a\ndraft: true\n{SOURCE}{QUOTE}", []),
    ],
)
def test_a_bad_date_is_not_missing_too(front, faults):
    assert codes(front) == faults


# ---------------------------------------------------------------- quotations


def test_several_quotations_have_the_posts_source_and_via_or_their_own():
    front = (
        f"{HEAD}{SOURCE}via: 友\nquotes:\n- 一\n"
        "- text: 二\n  source: {url: 'https://b.jp/', title: 乙}\n  via: {url: 'https://c.jp/'}\n"
    )
    one, two = read(front)[1].leads
    assert (one.number, one.source.title, one.via) == (1, "元の記事", Via("友"))
    assert (two.number, two.source.title, two.via) == (2, "乙", Via("c.jp", "https://c.jp/"))


def test_the_settings_know_what_is_quoted_often():
    hosts = {"example.jp": Host("紙", "news", "ja", "")}
    source = post(sources=hosts).sources[0]
    assert (source.site, source.kind, source.lang) == ("紙", "news", "ja")
    own = post(f"{HEAD}{SOURCE}  site: 別\n{QUOTE}", sources=hosts).sources[0]
    assert own.site == "別"


def test_quotations_in_the_editorial_go_on_counting():
    front = f"{HEAD}{SOURCE}sources:\n  港: {{url: 'https://b.jp/', title: 乙}}\n{QUOTE}"
    body = "前\n\n```quote\n二\n```\n\n中\n\n```quote 港\n三\n```\n"
    found, pack = read(front, body)
    assert found.diagnostics == ()
    kinds = [type(part) for part in pack.parts]
    assert kinds == [Html, Fence, Html, Fence]
    fences = [part.quote for part in pack.parts if isinstance(part, Fence)]
    assert [(one.number, one.source.title) for one in fences] == [(2, "元の記事"), (3, "乙")]
    assert found.post.anchors[:3] == ("quote-1", "quote-2", "quote-3")


def linked(quote, **settings):
    """The URLs of the source and of the passage, as far as the passage is linked."""
    (lead,) = read(f"{HEAD}{SOURCE}{quote}", **settings)[1].leads
    return unquote(lead.passage)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (QUOTE, "港に霧笛が鳴る。"),
        ("quote:\n  text: 港に霧笛が鳴る。\n  translation: The horn sounds.\n", "港に霧笛が鳴る。"),
        ("quote:\n  text: 港に霧笛が鳴る。\n  original: The horn sounds.\n", "The horn sounds."),
        ("quote:\n  text: 港に**霧笛**が鳴る。\n  emphasis: ours\n", "港に霧笛が鳴る。"),
        (
            "quote:\n  text: 《《港の霧笛》》が<b>鳴る</b>。\n  emphasis: source\n",
            "港の霧笛が鳴る。",
        ),
    ],
)
def test_a_quotation_leads_to_the_sources_own_words(quote, text):
    assert linked(quote) == f"https://example.jp/kiji#:~:text={text}"


@pytest.mark.parametrize(
    ("key", "lang"),
    [("", "en"), ("translator: 編集部", ""), ("original: x", ""), ("translation: x", "en")],
)
def test_a_translation_that_stands_alone_is_not_in_the_language_of_its_source(key, lang):
    source = SOURCE.replace("source:\n", "source:\n  lang: en\n")
    found, body = read(HEAD + source + f"quote:\n  text: 港に霧笛が鳴る。\n  {key}\n")
    assert (body.leads[0].lang, found.post.quote_lang) == (lang, lang)


@pytest.mark.parametrize("key", ["deeplink: off", "withdrawn: 求めによる", "translator: 編集部"])
def test_what_was_switched_off_or_taken_down_or_translated_has_no_link(key):
    assert linked(f"quote:\n  text: 港に霧笛が鳴る。\n  {key}\n") == ""


@pytest.mark.parametrize(
    ("host", "own", "there"), [("off", "", False), ("off", "on", True), ("on", "off", False)]
)
def test_a_quotation_may_differ_from_what_is_set_for_its_host(host, own, there):
    key = f"  deeplink: {own}\n" if own else ""
    quote = f"quote:\n  text: 港に霧笛が鳴る。\n{key}"
    assert bool(linked(quote, sources={"example.jp": Host(deeplink=host)})) is there


def test_a_quotation_in_the_editorial_follows_its_host():
    body = "論評\n\n```quote\n船は沖で霧を待つ。\n```\n"
    fences = [read(body=body, sources=hosts)[1].parts[1].quote.passage for hosts in ({}, OFF)]
    assert [unquote(one) for one in fences] == [
        "https://example.jp/kiji#:~:text=船は沖で霧を待つ。",
        "",
    ]


OFF = {"example.jp": Host(deeplink="off")}
UNCUT = "霧の晴れるのを待つ船は沖で待つと見込まれ〔以下略〕"


@pytest.mark.parametrize(
    ("quote", "body", "faults"),
    [
        (f"quote: {UNCUT}\n", "論評", [("passage-unlinked", 7, 1, 5)]),
        (QUOTE, f"論評\n\n```quote\n{UNCUT}\n```\n", [("passage-unlinked", 11, 4, 5)]),
        (f"quote:\n  text: {UNCUT}\n  deeplink: off\n", "論評", []),
        ("quote: 霧〔以下略〕\n", "論評", []),
    ],
)
def test_that_a_passage_cannot_be_linked_is_told(quote, body, faults):
    assert told(f"{HEAD}{SOURCE}{quote}", body) == faults


@pytest.mark.parametrize(
    ("front", "body", "faults"),
    [
        (HEAD + QUOTE, "論評", [("source-missing", 4, 1, 5)]),
        (HEAD + "source: {title: 題}\n" + QUOTE, "論評", [("source-missing", 4, 1, 6)]),
        (HEAD + "source: https://a.jp/\n" + QUOTE, "論評", [("source-title-missing", 4, 1, 6)]),
        (HEAD + "source: ftp://a.jp/\n" + QUOTE, "論評", [("bad-url", 4, 9, 11)]),
        (HEAD + "soruce: https://a.jp/\n" + QUOTE, "論評", [("unknown-key", 4, 1, 6)]),
        (HEAD + SOURCE + 'quote: ""\n', "論評", [("quote-empty", 7, 1, 5)]),
        (HEAD + SOURCE + QUOTE, "", [("editorial-missing", 7, 1, 5)]),
        (HEAD + SOURCE + QUOTE, "論評\n\n```quote 霧\nx\n```", [("unknown-source", 11, 4, 7)]),
        (HEAD, "論評\n\n```quote\nx\n```", [("source-missing", 7, 4, 5)]),
        (HEAD + SOURCE + "quote: {withdrawn: 理由}\n", "論評", []),
        (HEAD + SOURCE + "withdrawn: 理由\n" + QUOTE, "", []),
        (HEAD + SOURCE + "  kind: own\n" + QUOTE, "", [("editorial-missing", 8, 1, 5)]),
        (HEAD, "引用のない記事", []),
    ],
)
def test_a_quotation_is_checked_and_each_cause_told_once(front, body, faults):
    assert told(front, body) == faults


def test_what_was_taken_down_is_in_no_text_of_the_post():
    front = f"{HEAD}{SOURCE}quotes:\n- {{text: 霧笛が鳴る, withdrawn: 理由}}\n- 港は静か\n"
    one = post(front)
    assert (one.quote, one.quoted) == ("港は静か", 4)
    assert len(one.sources) == 1


def lead(name, **more):
    """An entry of `quotes` from a source of its own."""
    source = f"{{url: 'https://{name}.jp/', title: {name}}}"
    pairs = {"source": source, **more}
    return f"- {{{', '.join(f'{key}: {value}' for key, value in pairs.items())}}}\n"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"text": "霧笛が鳴る", "withdrawn": "理由"}, ("港は静か", "second", "後で")),
        ({"image": "https://a.jp/x.png", "alt": "図"}, ("", "first", "")),
        ({"text": "〔前略〕"}, ("", "first", "")),
        ({"text": '"〔前略〕\\n霧笛が鳴る"', "via": "先に"}, ("霧笛が鳴る", "first", "先に")),
    ],
)
def test_words_source_and_via_that_stand_for_a_post_are_of_one_quotation(first, words):
    front = f"{HEAD}quotes:\n{lead('first', **first)}{lead('second', text='港は静か', via='後で')}"
    one = read(front)[0].post
    assert (one.quote, one.sources[0].title, one.via.name if one.via else "") == words
    assert len(one.sources) == 2


def test_the_address_of_a_source_leads_to_the_work_not_into_its_text():
    found, _ = read(HEAD + SOURCE.replace("kiji", "kiji?b=1#sec:~:text=霧") + QUOTE)
    assert found.post.sources[0].url == "https://example.jp/kiji?b=1#sec"
    assert [fault.code for fault in found.diagnostics] == ["source-url-unclean"]


def test_a_fenced_quotation_of_the_posts_source_has_its_via_and_others_have_none():
    front = f"{HEAD}{SOURCE}via: 友\nsources: {{港: {{url: 'https://b.jp/', title: 乙}}}}\n"
    found, body = read(front, "論評\n\n```quote\n二\n```\n\n```quote 港\n三\n```\n")
    assert [quote.via for quote in body.quotes] == [Via("友"), None]
    assert found.post.via == Via("友")


def test_nothing_is_left_of_an_only_quotation_that_was_taken_down():
    one = post(f"{HEAD}{SOURCE}quote: {{text: 霧笛が鳴る, withdrawn: 理由}}\n")
    assert (one.quote, one.quoted) == ("", 0)


def test_a_standing_page_has_no_quotations():
    found, pack = read("title: 紹介\n", "港\n\n```quote\n霧\n```\n", path="content/pages/about.md")
    (fault,) = found.diagnostics
    assert (fault.code, fault.location.line, fault.location.column) == ("quote-on-page", 6, 4)
    assert not any(isinstance(part, Fence) for part in pack.parts)
    assert (found.post.kind, found.post.date) == ("page", None)


# ---------------------------------------------------------------- texts, links, silence


@pytest.mark.parametrize(
    ("front", "body", "summary"),
    [
        ("summary: 要約\n", "論評", "要約"),
        ("", "前\n\n<!-- more -->\n\n後", "前"),
        ("", "# 題\n\n論評を書く", "論評を書く"),
        ("", "**論評**を[書く](https://a.jp/)", "論評を書く"),
    ],
)
def test_a_post_has_its_summary(front, body, summary):
    assert post(f"{HEAD}{front}{SOURCE}{QUOTE}", body).summary == summary


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ("前\n\n> [港](https://a.jp/)\n\n次\n\n<!-- more -->\n\n後", "前 次"),
        ("> [港](https://a.jp/)\n\n<!-- more -->\n\n後", "後"),
        ("> [港](https://a.jp/)\n\n後", "後"),
        ("## 題\n\n後", "後"),
        ("前\n\n後", "前 後"),
        ("前\n\n```quote\n霧\n```\n\n<!-- more -->\n\n後", "前"),
    ],
)
def test_a_summary_that_is_made_holds_no_words_of_others(body, summary):
    assert post(f"{HEAD}{SOURCE}{QUOTE}", body).summary == summary


def test_links_are_numbered_through_the_whole_file():
    front = (
        f"{HEAD}image: a.png\nupdates: [{{date: 2025-02-05, kind: addition, text: '[b](b.md)'}}]\n"
        f"{SOURCE}quote: {{text: 霧, image: c.png}}\n"
    )
    found, pack = read(front, "[d](d.md)")
    one = found.post
    assert [link.target for link in one.links] == ["a.png", "b.md", "c.png", "d.md"]
    assert one.image.file == "\x020\x03"
    assert "\x021\x03" in one.updates[0].html
    assert pack.leads[0].image == "\x022\x03"
    assert "\x023\x03" in pack.parts[0].html


def test_an_image_of_the_web_is_no_link_of_the_site():
    one = post(f"{HEAD}image: https://a.jp/b.png\n{SOURCE}{QUOTE}")
    assert (one.image.file, one.links) == ("https://a.jp/b.png", ())


def test_aliases_have_their_places():
    one = post(f"{HEAD}aliases: [/a, /b.html]\n{SOURCE}{QUOTE}")
    assert [(old.text, old.place.line, old.place.column) for old in one.aliases] == [
        ("/a/", 4, 11), ("/b.html", 4, 15),
    ]  # fmt: skip


def test_what_is_free_is_kept():
    assert post(f"{HEAD}extra: {{a: [1, {{b: 'c'}}]}}\n{SOURCE}{QUOTE}").extra == {
        "a": ["1", {"b": "c"}]
    }


def test_an_author_may_silence_what_can_be_silenced():
    front = f"{HEAD}lint: {{ignore: [era-mismatch, bad-dat, bad-date], reason: a}}\n{SOURCE}{QUOTE}"
    found, _ = read(front)
    assert found.ignored == ("era-mismatch", "bad-dat", "bad-date")
    assert [(one.code, one.location.column) for one in found.diagnostics] == [
        ("unknown-rule", 31), ("fixed-rule", 40),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("front", "faults"),
    [
        ("image: {alt: x}\n", ["missing-key"]),
        ("updates: [{kind: addition, text: a}]\n", ["missing-key"]),
        ("updates: [{kind: addition, text: '[a](ftp://b)', date: 2025-01-01}]\n", ["unsafe-link"]),
    ],
)
def test_what_is_missing_within_a_value_does_not_stop_the_reading(front, faults):
    assert codes(f"{HEAD}{front}{SOURCE}{QUOTE}") == faults
    more = codes(f"{HEAD}{front}{SOURCE}{QUOTE}", "[x](ftp://y)")
    assert more == [*faults, "unsafe-link"]


def test_what_a_correction_cannot_show_is_told_in_the_front_matter():
    front = f"{HEAD}updates: [{{date: 2025-01-01, kind: correction, text: '- it''s'}}]\n"
    ((code, line, *_),) = told(front, "論評を書く。\n\n- it's")
    assert (code, line) == ("update-block", 4)


def test_addresses_are_such_as_pages_and_feeds_may_hold():
    url, via, image = (f"'https://{name}.jp/?a[]=5%'" for name in ("a", "b", "c"))
    source = f"source: {{url: {url}, title: 題, archive: {url}}}\n"
    one = post(f"{HEAD}{source}via: {{url: {via}}}\nimage: {{file: {image}, alt: 港}}\n{QUOTE}")
    shown = (one.sources[0].url, one.sources[0].archive, one.via.url, one.image.file)
    assert shown == tuple(f"https://{name}.jp/?a%5B%5D=5%25" for name in ("a", "a", "b", "c"))


def test_the_draft_is_known_even_where_nothing_else_is():
    assert read("draft: true\ntitle: a: b\n")[0].draft
    assert not read("title: a: b\n")[0].draft


def test_links_in_the_settings_of_hosts_change_nothing_else():
    assert post().links == ()
    assert Link not in {type(part) for part in post().links}
