"""What listings, feeds and neighbours show of a post."""


def test_a_withdrawn_card_has_title_and_reason_and_no_words(assembled, post):
    front = "withdrawn: 理由\nsummary: 要約\nvia: 友\nimage: {file: 'https://a.jp/b.png'}\n"
    (one,) = assembled({"content/posts/a.md": post(front=front)}).site.posts
    card = one.card
    assert (card.title, card.withdrawn) == ("霧笛", "理由")
    assert (card.quote, card.summary, card.source, card.host, card.via, card.image) == (
        "", "", None, None, None, None,
    )  # fmt: skip


def test_the_newest_update_is_when_a_post_was_updated(assembled, post):
    front = (
        "updates:\n- {date: 2025-05-01, kind: addition, text: a}\n"
        "- {date: 2025-03-01, kind: correction, text: b}\n"
    )
    (one,) = assembled({"content/posts/a.md": post(front=front)}).site.posts
    assert one.card.updated.iso[:10] == "2025-05-01"
    assert [update.date.iso[:10] for update in one.post.updates] == ["2025-03-01", "2025-05-01"]
