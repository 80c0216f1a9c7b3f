"""Which files search is made of: posts numbered from the oldest, in segments."""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from sitegen import text, work
from sitegen.model import Published, Searched
from sitegen.ruby import unruby

SEGMENT = 512  # posts; `search.js` knows these numbers too
_BLOCK = 128  # posts whose addresses stand in one file
_SHARD = 4  # posts to each file of postings, so that files have one size in old and new segments


class Segment(Struct, frozen=True):
    """Posts that are indexed together: a new post changes the newest segment alone."""

    number: int
    posts: tuple[Published, ...]  # the oldest first; a withdrawn one keeps its number


def segments(posts: Sequence[Published]) -> Iterator[Segment]:
    """`posts`, which come newest first, in segments, the oldest first."""
    for number in range(-(-len(posts) // SEGMENT)):
        end = len(posts) - number * SEGMENT
        yield Segment(number, tuple(reversed(posts[max(0, end - SEGMENT) : end])))


def shards(count: int) -> int:
    """In how many files the postings of `count` posts are: a power of two."""
    return 1 << max(0, -(-count // _SHARD) - 1).bit_length()


def blocks(count: int) -> int:
    """In how many files the addresses of `count` posts are."""
    return -(-count // _BLOCK)


def urls(segment: Segment) -> tuple[str, ...]:
    """The raw URLs of the files of `segment`: first those of addresses, then postings."""
    folder, count = f"/search/{segment.number}", len(segment.posts)
    return (
        *(f"{folder}/posts-{number}.txt" for number in range(blocks(count))),
        *(f"{folder}/{number}.txt" for number in range(shards(count))),
    )


def searched(segment: Segment) -> tuple[Searched, ...]:
    """What is found of each post of `segment`, beside its body."""
    return tuple(_searched(one) for one in segment.posts)


def _searched(one: Published) -> Searched:
    post, card = one.post, one.card
    if post.withdrawn:
        return Searched(post.path, "", "", "")
    said = (text.plain(update.html) for update in post.updates)
    words = (unruby(post.title), *(tag.name for tag in card.tags), *said)
    return Searched(post.path, post.body, card.url, "\n".join(words))


def key(posts: Sequence[Searched]) -> str:
    """Names all that the files of a segment are made of."""
    return work.digest(msgspec.msgpack.encode(posts))


def addresses(posts: Sequence[Searched]) -> Iterator[str]:
    """The files of addresses: a URL in each line, none for a withdrawn post."""
    for start in range(0, len(posts), _BLOCK):
        yield "".join(f"{one.url}\n" for one in posts[start : start + _BLOCK])
