"""What layouts see of the settings, and the URLs of the site."""

import pytest

from sitegen import config
from sitegen.config import Config
from sitegen.model import Ref


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/", "/blog/"),
        ("/タグ/", "/blog/%E3%82%BF%E3%82%B0/"),
        ("https://a.jp/x", "https://a.jp/x"),
    ],
)
def test_a_path_of_this_site_lies_below_its_base(url, href):
    assert config.href(Config(base_url="https://example.org/blog/"), url) == href


@pytest.mark.parametrize("typed", ["/tags/", "/blog/tags/"])
def test_the_path_of_the_base_url_may_be_typed_or_left_out(typed):
    made = Config(base_url="https://example.org/blog/", menu=(Ref("札", typed),))
    assert config.view(made, {}).menu == (Ref("札", "/blog/tags/"),)


def test_a_typed_address_of_another_site_stays():
    made = Config(base_url="https://example.org/blog/")
    assert config.typed_href(made, "https://a.jp/blog/") == "https://a.jp/blog/"
    assert config.typed_href(made, "https://a.jp/?b[]") == "https://a.jp/?b%5B%5D"


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("/about/#contact", "/b/about/#contact"),
        ("/b/about/#連絡", "/b/about/#%E9%80%A3%E7%B5%A1"),
        ("/search/?q=a b&c=%26", "/b/search/?q=a%20b&c=%26"),
        ("/%E8%80%85/", "/b/%E8%80%85/"),
        ("/C%23.png?", "/b/C%23.png?"),
        ("https://a.jp/?q#c", "https://a.jp/?q#c"),
        ("", ""),
    ],
)
def test_what_stands_behind_a_typed_path_stays(typed, href):
    assert config.typed_href(Config(base_url="https://example.org/b/"), typed) == href


def test_layouts_see_addresses_that_are_ready():
    made = Config(title="題", base_url="https://a.jp/b/", menu=(Ref("x", "/c/"),), extra={"d": 1})
    view = config.view(made, {"style.css": "/b/style.css"})
    assert (view.title, view.origin, view.base) == ("題", "https://a.jp", "/b/")
    assert (view.menu, view.assets, view.extra) == (
        (Ref("x", "/b/c/"),), {"style.css": "/b/style.css"}, {"d": 1},
    )  # fmt: skip


@pytest.mark.parametrize(("csp", "shown"), [("off", ""), ("default-src *", "default-src *")])
def test_the_policy_is_what_is_asked_for(csp, shown):
    assert config.view(Config(csp=csp), {}).csp == shown


def test_the_strict_policy_allows_no_foreign_script():
    policy = config.view(Config(), {}).csp
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("base_url", "upgrades"),
    [
        ("https://a.jp/", True),
        ("HTTPS://A.JP/", True),
        ("http://blog.a.jp/", False),
        ("http://192.168.0.9:8000/b/", False),
        ("", False),
    ],
)
def test_only_a_site_that_answers_by_https_asks_for_it(base_url, upgrades):
    strict = config.view(Config(base_url="https://a.jp/"), {}).csp
    policy = config.view(Config(base_url=base_url), {}).csp
    assert policy == (strict if upgrades else strict.removesuffix("; upgrade-insecure-requests"))
    assert ("upgrade" in policy) is upgrades


def test_layouts_see_services_with_their_addresses():
    shown = config.view(Config(share=("bluesky",)), {})
    (service,) = shown.share
    assert service == Ref("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}")


@pytest.mark.parametrize("service", config.SHARES.values(), ids=config.SHARES)
def test_every_service_is_asked_with_the_address_of_the_post(service):
    assert service.url.count("{url}") == 1
