"""A site in which one post was edited, where that changes its own page and cards and no more."""

from msgspec.structs import replace

from sitegen.model import Card, Group, Link, Post, Published, Site
from sitegen.ruby import unruby

# What no other page is arranged by. Links and anchors are compared by what they say: their
# places move with every line above them.
_OWN = {"quote", "quoted", "written", "summary", "body", "links", "anchors", "frames"}
_ARRANGING = tuple(name for name in Post.__struct_fields__ if name not in _OWN)


def revised(site: Site, old: Post, new: Post) -> Site | None:
    """`site` with `new` for `old`, None where other pages may change in more than its cards."""
    if any(getattr(old, name) != getattr(new, name) for name in _ARRANGING):
        return None
    if [*map(_said, old.links)] != [*map(_said, new.links)]:
        return None
    if old.anchors != new.anchors and _leads_to_anchors(site):
        return None
    shown = {one.post.path: one for one in (*site.posts, *site.pages)}
    before = shown.get(new.path)
    if before is None:
        return site
    after = replace(before, post=new, card=_card(before.card, new))
    return replace(
        site,
        posts=_put(site.posts, before, after),
        pages=_put(site.pages, before, after),
        groups={
            kind: tuple(_regrouped(group, before, after) for group in groups)
            for kind, groups in site.groups.items()
        },
    )


def _said(link: Link) -> tuple[str, bool, bool]:
    return link.target, link.shown, link.literal


def _leads_to_anchors(site: Site) -> bool:
    return any("#" in link.target for one in (*site.posts, *site.pages) for link in one.post.links)


def _card(card: Card, post: Post) -> Card:
    silent = bool(post.withdrawn)
    return replace(
        card,
        quote="" if silent else post.quote,
        summary="" if silent else unruby(post.summary),
        written=post.written,
    )


def _regrouped(group: Group, before: Published, after: Published) -> Group:
    posts = _put(group.posts, before, after)
    return group if posts is group.posts else replace(group, posts=posts)


def _put(
    posts: tuple[Published, ...], before: Published, after: Published
) -> tuple[Published, ...]:
    """`posts` with `after` in the place of `before`; the very same if that is not among them."""
    for place, one in enumerate(posts):
        if one.post is before.post:
            return (*posts[:place], after, *posts[place + 1 :])
    return posts
