from tests.support.documents import texts
from twind.domain.documents import BlockKind
from twind.ingest.extract.markdown import extract

PAGE = """---
title: "Bread at home"
author: Ada Baker
date: 2024-03-05
---

# Sourdough

Flour and water
ferment.

## Steps ##

- Mix
- Wait

  a day

| Flour | Water |
|-------|-------|
| 500 g | 350 g |

```python
# not a heading
```

Shaping
-------

> Fold it.

***

<!-- a note -->
The end.
"""


def test_blocks_are_spans_of_the_file() -> None:
    document = extract(PAGE.encode())
    assert document.text == PAGE
    assert texts(document) == [
        "Sourdough",
        "Flour and water\nferment.",
        "Steps",
        "- Mix\n- Wait\n\n  a day",
        "| Flour | Water |\n|-------|-------|\n| 500 g | 350 g |",
        "```python\n# not a heading\n```",
        "Shaping",
        "> Fold it.",
        "The end.",
    ]


def test_blocks_have_kinds_and_headings_levels() -> None:
    document = extract(PAGE.encode())
    assert [block.level for block in document.blocks if block.level] == [1, 2, 2]
    assert texts(document, BlockKind.CODE) == ["```python\n# not a heading\n```"]
    assert len(texts(document, BlockKind.TABLE)) == len(texts(document, BlockKind.LIST)) == 1


def test_front_matter_says_title_author_and_date() -> None:
    document = extract(PAGE.encode())
    assert document.title == "Bread at home"
    assert document.author == "Ada Baker"
    assert document.published == "2024-03-05"


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert texts(extract(b"---\n\nText.\n\n---\n\nMore.\n")) == ["Text.", "More."]


def test_empty_headings_give_no_block() -> None:
    assert texts(extract(b"#\n\n##  ##\n\ntext\n")) == ["text"]
