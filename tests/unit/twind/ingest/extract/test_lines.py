"""Lines of a page whose numbers stand anywhere in them."""

import pytest

from twind.domain.documents import BlockKind
from twind.ingest.extract.lines import Line, page_blocks

PRICES = [
    "Work Price Time",
    "New violin 118,000 14 months",
    "New sound post 620 while you wait",
    "Crack repair from 1,800 by arrangement",
    "Appraisal in writing 1,200 2 weeks",
]


def blocks(*texts: str) -> list[tuple[BlockKind, list[str]]]:
    lines = [
        Line(text=text, left=50, right=50 + 5 * len(text), baseline=700 - 12 * n, size=10)
        for n, text in enumerate(texts)
    ]
    return [(kind, [line.text for line in block]) for kind, block in page_blocks(lines)]


def test_short_lines_below_each_other_that_hold_numbers_are_rows() -> None:
    assert blocks(*PRICES) == [(BlockKind.TABLE, PRICES)]


@pytest.mark.parametrize(
    "lines",
    [
        PRICES[1:3],
        [
            "We sold 118 violins in our shop",
            "and in 2004 another 33 of them to",
            "Oslo for 40 crowns.",
        ],
    ],
)
def test_a_line_or_two_with_a_number_are_prose(lines: list[str]) -> None:
    assert all(kind is BlockKind.PARAGRAPH for kind, _ in blocks(*lines))
