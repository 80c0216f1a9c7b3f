"""Whether, when and where a post is shown."""

import posixpath

from msgspec import Struct

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Date, Held, Post
from sitegen.ruby import unruby


class Showing(Struct, frozen=True):
    """What is shown beside what is published, and the instant that decides it."""

    drafts: bool
    future: bool
    now: Date


def hides(wanted: Showing, post: Post) -> bool:
    """Whether `post` is left out."""
    if post.draft:
        return not wanted.drafts
    return awaits(wanted, post) and not wanted.future


def awaits(wanted: Showing, post: Post) -> bool:
    """Whether the day of `post` is still to come."""
    return bool(post.kind == "post" and post.date and post.date.epoch > wanted.now.epoch)


def held(wanted: Showing, post: Post) -> Held | None:
    """Why `post` is not published, whether or not this build shows it; None if it is."""
    title = unruby(post.title)
    if post.draft:
        return Held(post.path, title, "draft")
    if awaits(wanted, post):
        return Held(post.path, title, "scheduled", post.date)
    return Held(post.path, title, "withdrawn") if post.withdrawn else None


def date(wanted: Showing, post: Post) -> Date:
    """The date that `post` is shown with.

    A draft without one has that of the build; a standing page that of its last update, or epoch 0:
    what is published is the same on another day.
    """
    if post.date or post.kind == "post":
        return post.date or wanted.now
    return post.updates[-1].date if post.updates else _NEVER


_NEVER = Date("1970-01-01T00:00:00+00:00", 0, timed=False)


def url(config: Config, post: Post, now: Date) -> str:
    """The raw URL of `post`, relative to the site; a draft without a date has that of `now`."""
    if post.url:
        return urls.inside(config.base, post.url)
    if post.kind == "post":
        return urls.permalink(config.permalink, post.slug, post.date or now)
    folder = posixpath.dirname(post.path.removeprefix("content/pages/"))
    parts = [urls.slug(part) or part for part in folder.split("/") if part]
    index = posixpath.basename(post.path) == "index.md"
    return "/" + "".join(f"{part}/" for part in (*parts, *(() if index else (post.slug,))))
