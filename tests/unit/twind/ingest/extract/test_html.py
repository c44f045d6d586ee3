import pytest

from tests.support.documents import texts
from twind.domain.documents import BlockKind
from twind.errors import ExtractionFailed
from twind.ingest.extract.html import extract

WORDS = "Rye flour drinks more water than wheat flour does, so the dough feels wetter. "
PAGE = f"""<!DOCTYPE html><html><head><title>Rye bread</title>
<meta name="author" content="Ada Baker">
<meta property="article:published_time" content="2023-05-06T10:00:00Z">
<style>p {{ color: red }}</style><script>var tracker = 1;</script></head><body>
<nav><a href="/">Home</a> <a href="/shop">Shop our mixers</a></nav>
<article><h1>Rye bread</h1><p>{WORDS * 3}</p>
<h2>What you need</h2><ul><li>Flour</li><li>Water<ul><li>warm</li></ul></li></ul>
<table><tr><th>Flour</th><th>Water</th></tr><tr><td>500 g</td><td>400 g</td></tr></table>
<h2>How it works</h2><p>{WORDS * 3}</p></article>
<footer>All rights reserved. Cookie settings.</footer></body></html>"""


def test_the_content_is_kept_and_the_page_around_it_dropped() -> None:
    document = extract(PAGE.encode())
    assert texts(document, BlockKind.HEADING) == ["Rye bread", "What you need", "How it works"]
    assert texts(document, BlockKind.TABLE) == ["Flour | Water\n500 g | 400 g"]
    assert texts(document, BlockKind.LIST) == ["- Flour\n- Water\n  - warm"]
    for unwanted in ("tracker", "color", "mixers", "Cookie"):
        assert unwanted not in document.text


def test_the_page_says_its_title_author_and_date() -> None:
    document = extract(PAGE.encode())
    assert document.title == "Rye bread"
    assert document.author == "Ada Baker"
    assert document.published == "2023-05-06"


def test_a_page_of_one_sentence_is_read_whole() -> None:
    page = b"<html><body><script>var s = 1;</script>This is a <b>test</b>.<br>Yes.</body></html>"
    assert extract(page).text == "This is a test.\nYes."


def test_a_short_page_loses_its_menu() -> None:
    page = b"<html><body><nav>Home Shop</nav><p>We bake at six.</p></body></html>"
    assert extract(page).text == "We bake at six."


def test_the_declared_encoding_is_used() -> None:
    text = "昔々、ある所に子供のいない老夫婦が住んでいた。"
    page = f'<html><head><meta charset="euc-jp"></head><body><p>{text}</p></body></html>'
    assert text in extract(page.encode("euc_jp")).text


def test_the_reading_aid_above_japanese_words_is_dropped() -> None:
    page = "<html><body><p><ruby>山路<rt>やまみち</rt></ruby>を登りながら</p></body></html>"
    assert texts(extract(page.encode())) == ["山路を登りながら"]


def test_a_page_without_words_has_no_text() -> None:
    with pytest.raises(ExtractionFailed):
        extract(b"<!-- nothing -->")
