import json

import pytest

from tests.support.documents import texts
from tests.support.packages import an_epub
from twind.domain.documents import BlockKind
from twind.ingest.extract import csv, epub, mail, notebook, rst, rtf, xml
from twind.ingest.extract import json as json_format

HEAD = """From: Ada Baker <ada@example.com>
To: Bob <bob@example.com>
Date: Fri, 16 Dec 2022 17:04:16 -0500"""
MAIL = b"""From: "Ada Baker" <ada@example.com>
To: Bob <bob@example.com>
Subject: =?utf-8?q?Br=C3=B6tchen?=
Date: Fri, 16 Dec 2022 17:04:16 -0500
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/html; charset=utf-8

<p>As a page.</p>
--a
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: base64

UnllIGZsb3VyIGlzIPxiZXIu
--a--
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="recipe.pdf"

JVBERi0=
--b--
"""


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_separated_values_carry_the_names_of_their_columns(delimiter: str, encoding: str) -> None:
    rows = [["Loaf", "Note"], ["Rye", '"dark, wet; good"'], ["Spelt", "light"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    document = csv.extract(text.encode(encoding))
    assert document.text == "Loaf: Rye | Note: dark, wet; good\nLoaf: Spelt | Note: light"
    assert [block.kind for block in document.blocks] == [BlockKind.TABLE]


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    chapters = {
        "two": "<html><body><h2>Two</h2><p>The end.</p></body></html>",
        "one": "<html><body><h2>One</h2><p><ruby>山<rt>やま</rt></ruby>を登る</p></body></html>",
    }
    document = epub.extract(an_epub(chapters))
    assert texts(document) == ["On bread", "One", "山を登る", "Two", "The end."]
    assert (document.title, document.author, document.published) == (
        "On bread",
        "Ada Baker",
        "2019",
    )


def test_json_values_carry_the_path_of_their_keys() -> None:
    value = {"title": "Bread", "by": {"name": "Ada"}, "tags": ["rye", "wheat"], "none": None}
    document = json_format.extract(json.dumps(value).encode())
    assert texts(document) == ["title: Bread", "by.name: Ada", "tags: rye\ntags: wheat"]
    assert document.title == "Bread"


def test_each_line_of_json_lines_is_a_block() -> None:
    document = json_format.extract(b'{"q": "Why?", "sure": true}\n{"q": "How?"}\n')
    assert texts(document) == ["q: Why?\nsure: true", "q: How?"]


def test_mail_shows_its_head_plain_body_and_names_of_attachments() -> None:
    document = mail.extract(MAIL)
    assert texts(document) == [
        "Brötchen",
        HEAD,
        "Rye flour is über.",
        "Attachments: recipe.pdf",
    ]
    assert document.title == "Brötchen"
    assert document.author == "Ada Baker"
    assert document.published == "2022-12-16"


def test_mail_that_is_only_a_page_is_read_as_one() -> None:
    data = b"Subject: Hi\nContent-Type: text/html\n\n<p>Rye <b>bread</b></p><script>x</script>"
    assert texts(mail.extract(data)) == ["Hi", "Rye bread"]


def test_a_mailbox_is_all_its_messages() -> None:
    one = b"From ada@example.com Fri Dec 16 17:04:16 2022\nSubject: One\n\nFirst.\n\n"
    document = mail.extract(one + one.replace(b"One", b"Two").replace(b"First", b"Second"))
    assert texts(document) == ["One", "First.", "Two", "Second."]


def test_a_notebook_is_its_markdown_and_code() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Oven\n", "\n", "Heat it."]},
        {"cell_type": "code", "source": "heat(250)", "outputs": [{"text": "done"}]},
    ]
    document = notebook.extract(json.dumps({"cells": cells}).encode())
    assert texts(document) == ["Oven", "Heat it.", "heat(250)"]
    assert document.blocks[0].level == 1


def test_underlined_lines_are_headings() -> None:
    data = b"=====\nBread\n=====\n\nText here.\n\nRye\n---\n\nWet.\n\nWheat\n-----\nDry.\n"
    document = rst.extract(data)
    assert texts(document) == ["Bread", "Text here.", "Rye", "Wet.", "Wheat", "Dry."]
    assert [block.level for block in document.blocks] == [1, None, 2, None, 2, None]
    assert document.text == data.decode()


def test_rich_text_loses_its_control_words() -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}\pard One \b bold\b0  word.\par T\'fcr.}"
    assert texts(rtf.extract(data)) == ["One bold word.", "Tür."]


def test_journal_articles_are_read_without_their_numbers() -> None:
    data = b"""<?xml version="1.0"?><article><front><article-meta>
    <article-id>123</article-id><title-group><article-title>On <i>rye</i></article-title>
    </title-group><contrib><name><surname>Baker</surname><given-names>Ada</given-names></name>
    </contrib></article-meta></front><body><sec><title>Methods</title><p>We <b>bake</b>.</p>
    </sec></body></article>"""
    document = xml.extract(data)
    assert texts(document) == ["On rye", "Baker Ada", "Methods", "We bake."]
    assert document.title == "On rye"


def test_timed_text_is_captions() -> None:
    data = b"""<?xml version="1.0"?><transcript><text start="1.5" dur="2">Hello &amp;amp;</text>
    <text start="3.5" dur="1">&lt;i&gt;there&lt;/i&gt;</text></transcript>"""
    document = xml.extract(data)
    assert document.text == "Hello & there"
    assert [block.start_seconds for block in document.blocks] == [1.5, 3.5]
