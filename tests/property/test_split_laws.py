"""Whatever a document looks like, its chunks hold all of it, in order, and fit the model."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from twind.domain.chunks import Chunk, embedding_text
from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.domain.sentences import sentences
from twind.domain.tokens import estimate_token_starts
from twind.ingest.split import SPECIAL_TOKENS, split

LIMIT = 200

words = st.text(
    alphabet=st.sampled_from("abcXYZ019éßЖ特斯拉กา,;(-"), min_size=1, max_size=30
) | st.just("x" * 900)
prose = st.lists(
    st.builds("{}{}".format, words, st.sampled_from(["", ".", "!", "。", ".\n", "\n", "?”"])),
    min_size=1,
    max_size=50,
).map(" ".join)
blocks = st.lists(
    st.tuples(
        prose,
        st.sampled_from(BlockKind),
        st.integers(1, 6),
        st.integers(0, 2),
        st.floats(0, 9, allow_nan=False),
    ),
    max_size=6,
)
titles = st.none() | prose


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Build documents with or without pages; pages only go up."""
    builder = DocumentBuilder()
    page = 1 if draw(st.booleans()) else None
    for text, kind, level, turned, seconds in draw(blocks):
        page = page + turned if page is not None else None
        builder.add(
            text,
            kind,
            level=level if kind is BlockKind.HEADING else None,
            page=page,
            start_seconds=seconds if kind is BlockKind.CUE else None,
        )
    return builder.build()


def chunks_of(document: Document, title: str | None) -> list[Chunk]:
    return split(document, token_starts=estimate_token_starts, max_tokens=LIMIT, title=title)


@given(documents(), titles)
def test_a_chunk_is_exactly_its_span(document: Document, title: str | None) -> None:
    for chunk in chunks_of(document, title):
        locator = chunk.locator
        assert chunk.text == document.text[locator.start_char : locator.end_char]
        assert chunk.text.strip()


@given(documents(), titles)
def test_chunks_are_in_order(document: Document, title: str | None) -> None:
    spans = [(c.locator.start_char, c.locator.end_char) for c in chunks_of(document, title)]
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(spans))


@given(documents(), titles)
def test_nothing_is_lost(document: Document, title: str | None) -> None:
    chunks = chunks_of(document, title)
    kept = {at for c in chunks for at in range(c.locator.start_char, c.locator.end_char)}
    above = " ".join([title or "", *(c.locator.heading or "" for c in chunks)])
    for block in document.blocks:
        text = document.text[block.start : block.end]
        lost = [
            at
            for at in range(block.start, block.end)
            if at not in kept and not document.text[at].isspace()
        ]
        name = " ".join(text.strip("#=-_ \n\t").split())
        assert not lost or (block.kind is BlockKind.HEADING and name in above)


@given(documents(), titles)
def test_what_the_model_reads_is_never_too_long(document: Document, title: str | None) -> None:
    for chunk in chunks_of(document, title):
        assert len(estimate_token_starts(embedding_text(title, chunk))) <= LIMIT - SPECIAL_TOKENS


@given(documents())
def test_no_chunk_crosses_a_page(document: Document) -> None:
    for chunk in chunks_of(document, None):
        inside = [
            block.page
            for block in document.blocks
            if block.start < chunk.locator.end_char and chunk.locator.start_char < block.end
        ]
        assert set(inside) == {chunk.locator.page}


@given(prose)
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(text[a:b] for a, b in spans))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
