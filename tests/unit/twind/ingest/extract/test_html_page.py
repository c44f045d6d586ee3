"""Pages of the web: what is taken off, what is put back, and what they state of themselves."""

import pytest

from twind.ingest.extract.html import extract

PROSE = "Rye flour drinks more water than wheat flour does, so the dough feels wetter. "


def page(body: str, head: str = "<title>Rye bread</title>") -> bytes:
    return f"<html><head>{head}</head><body><nav>Home</nav>{body}</body></html>".encode()


def article(inner: str) -> bytes:
    paragraphs = f"<p>{PROSE * 3}</p>"
    return page(f"<article><h1>Rye bread</h1>{paragraphs * 3}{inner}{paragraphs}</article>")


@pytest.mark.parametrize(
    "inner",
    [
        '<div class="print-header">Printed from our site.</div>',
        '<span class="tooltip-text">Ada Baker has written six books.</span>',
        '<section class="Newsletter-box"><p>Get our letter.</p><input></section>',
        '<p>Read more: <a href="/spelt">Why spelt bread falls apart so easily</a></p>',
        '<p><strong><a href="/spelt">Why spelt bread falls apart so easily</a></strong></p>',
        '<ul><li><a href="/a"><h3>Spelt is back</h3></a></li><li><h3><a>Oats</a></h3></li></ul>',
    ],
    ids=["print", "rollover", "newsletter", "read more", "linked", "teasers"],
)
def test_what_is_not_read_on_the_page_is_taken_off(inner: str) -> None:
    assert extract(article(inner)).text == extract(article("")).text


def test_a_word_that_is_explained_under_the_pointer_stays_and_so_do_named_paragraphs() -> None:
    inner = (
        f'<p>{PROSE} Use <span class="tooltip">altus<span class="tooltip-text">Old bread, soaked.'
        '</span></span> in it.</p><p class="subscription-part">It keeps the crumb moist for long '
        "and gives the crust its colour, so bakers keep what they have not sold.</p>"
    )
    text = extract(article(inner)).text
    assert "Use altus in it." in text
    assert "so bakers keep" in text


def test_links_in_a_sentence_and_in_lists_stay() -> None:
    inner = (
        '<p>We bought the flour <a href="/mill">at the old mill by the river</a> on a day in May '
        "when it was still dark.</p>"
        '<ul><li><a href="/scale">A scale</a> that shows single grams, for salt and yeast</li>'
        "<li>A bowl that holds twice as much as all of the flour</li></ul>"
    )
    text = extract(article(inner)).text
    assert "at the old mill" in text
    assert "- A scale that shows single grams" in text


def test_a_page_that_is_mostly_linked_paragraphs_keeps_them() -> None:
    links = "".join(f'<p><a href="/{n}">Recipe number {n} with a long name</a></p>' for n in "123")
    text = extract(page(f"<main><h1>Recipes</h1><p>{PROSE}</p>{links}</main>")).text
    assert "Recipe number 2 with a long name" in text


def test_a_menu_of_plain_boxes_is_dropped_however_much_script_the_page_has() -> None:
    menu = "".join(f'<li><a href="/{n}">All loaves of kind {n}</a></li>' for n in range(20))
    script = f"<script>var a = '{'x' * 20_000}';</script>"
    body = f"<div><ul>{menu}</ul></div><div><h1>Rye</h1>{f'<p>{PROSE * 3}</p>' * 4}</div>"
    text = extract(f"<html><body>{script}{body}</body></html>".encode()).text
    assert "Rye flour" in text
    assert "loaves" not in text


def test_a_quoted_post_stays_though_its_box_is_named_as_an_embed() -> None:
    post = "My rye never rose until I stopped kneading it. &mdash; Grace (@grace)"
    inner = (
        f'<div class="social-media-embed"><blockquote class="twitter-tweet"><p>{post}</p>'
        "</blockquote></div>"
    )
    assert "never rose until" in extract(article(inner)).text


def test_an_article_in_several_boxes_is_read_whole_and_in_order() -> None:
    boxes = "".join(
        f'<div class="row"><div class="article-body"><p>Part {n}. {PROSE * 3}</p></div></div>'
        for n in "123"
    )
    text = extract(page(f"<h1>Rye bread</h1>{boxes}")).text
    assert text.index("Part 1") < text.index("Part 2") < text.index("Part 3")


def test_the_excerpts_of_other_articles_are_not_taken_as_parts() -> None:
    def boxed(headline: str, words: str) -> str:
        return f'<div><h2>{headline}</h2><div class="post-content"><p>{words}</p></div></div>'

    body = boxed("Rye bread", PROSE * 9) + boxed("Spelt", "Spelt falls apart. " * 3)
    text = extract(page(body)).text
    assert text.index("Rye flour") < text.find("Spelt falls") or "Spelt falls" not in text
    assert "wetter.\n\nSpelt falls" not in text


def test_the_lead_between_headline_and_body_is_kept() -> None:
    lead = "Rye bread keeps for a week, and it needs nothing but patience and a warm kitchen."
    body = (
        f'<main><header><h1>Rye bread</h1><p class="kicker">Baking</p><p class="big">{lead}</p>'
        f'</header><div class="article-body">{f"<p>{PROSE * 3}</p>" * 3}</div></main>'
    )
    text = extract(page(body)).text
    assert text.count(lead) == 1
    assert text.index(lead) < text.index("Rye flour")


def test_a_caption_above_the_body_is_no_lead() -> None:
    caption = "The baker stands in front of her oven and holds the first loaf of the morning."
    body = (
        f"<main><h1>Rye bread</h1><figure><p>{caption}</p></figure>"
        f'<div class="article-body">{f"<p>{PROSE * 3}</p>" * 3}</div></main>'
    )
    assert caption not in extract(page(body)).text


@pytest.mark.parametrize(
    ("title", "site", "heading", "expected"),
    [
        ("Rye bread | The Oven", "", "Rye bread", "Rye bread"),
        ("Rye bread - The Oven", "The Oven", "Welcome", "Rye bread"),
        ("The Oven: Rye bread", "", "Rye bread", "Rye bread"),
        ("Rye bread \u2013 dark and sour", "", "Recipes", "Rye bread \u2013 dark and sour"),
        ("Don't knead - The Oven", "", "Don\u2019t knead", "Don't knead"),
        ("The Oven", "The Oven", "The Oven", "The Oven"),
    ],
)
def test_the_title_goes_without_the_name_of_the_site(
    title: str, site: str, heading: str, expected: str
) -> None:
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    data = page(f"<article><h1>{heading}</h1><p>{PROSE * 9}</p></article>", head)
    assert extract(data).title == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="https://oven.example/rye">', "https://oven.example/rye"),
        ('<meta property="og:url" content="http://oven.example/rye">', "http://oven.example/rye"),
        (
            '<base href="https://oven.example/a/"><link rel="canonical" href="../rye">',
            "https://oven.example/rye",
        ),
        ('<link rel="canonical" href="/rye">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[broken">', None),
        ("", None),
    ],
)
def test_the_address_a_page_calls_its_own(head: str, expected: str | None) -> None:
    assert extract(page(f"<article><p>{PROSE * 9}</p></article>", head)).url == expected
