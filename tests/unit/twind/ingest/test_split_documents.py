"""Chunks follow the structure of a document."""

from itertools import pairwise

from twind.domain.chunks import Chunk, embedding_text
from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.domain.tokens import estimate_token_starts
from twind.ingest.split import split


def chunks_of(document: Document, *, title: str | None = None, most: int = 256) -> list[Chunk]:
    return split(document, token_starts=estimate_token_starts, max_tokens=most, title=title)


def text_of(sentences: int) -> str:
    return " ".join(f"Sentence number {n} says a thing." for n in range(sentences))


def test_short_neighbours_are_one_chunk_under_their_headings() -> None:
    builder = DocumentBuilder()
    builder.add("Guide", BlockKind.HEADING, level=1)
    builder.add("Keepers", BlockKind.HEADING, level=2)
    builder.add("Three keepers lived there.")
    builder.add("One wrote a diary.")
    builder.add("Lamp", BlockKind.HEADING, level=2)
    builder.add("It burned oil.")
    chunks = chunks_of(builder.build(), title="Guide")
    assert [(chunk.locator.heading, chunk.text) for chunk in chunks] == [
        ("Keepers", "Three keepers lived there.\n\nOne wrote a diary."),
        ("Lamp", "It burned oil."),
    ]


def test_a_heading_with_nothing_below_it_is_a_chunk() -> None:
    builder = DocumentBuilder()
    builder.add("Empty", BlockKind.HEADING, level=1)
    builder.add("Full", BlockKind.HEADING, level=1)
    builder.add("Words.")
    assert [chunk.text for chunk in chunks_of(builder.build())] == ["Empty", "Words."]


def test_a_long_paragraph_is_cut_evenly_at_sentences_and_repeats_its_seams() -> None:
    builder = DocumentBuilder()
    builder.add(text_of(60))
    chunks = chunks_of(builder.build())
    assert len(chunks) > 2
    assert all(chunk.text.startswith("Sentence") for chunk in chunks)
    assert all(chunk.text.endswith("thing.") for chunk in chunks)
    sizes = [len(estimate_token_starts(chunk.text)) for chunk in chunks]
    assert min(sizes) > max(sizes) / 2
    assert chunks[1].locator.start_char < chunks[0].locator.end_char


def test_a_table_is_cut_between_rows_and_repeats_nothing() -> None:
    rows = [f"| {n} | value of row {n} | another cell |" for n in range(60)]
    builder = DocumentBuilder()
    builder.add("\n".join(rows), BlockKind.TABLE)
    chunks = chunks_of(builder.build())
    assert len(chunks) > 1
    assert [line for chunk in chunks for line in chunk.text.splitlines()] == rows


def test_a_caption_stays_with_the_start_of_its_table() -> None:
    builder = DocumentBuilder()
    builder.add("Balance sheet")
    builder.add("\n".join(f"row {n} of the sheet" for n in range(90)), BlockKind.TABLE)
    assert chunks_of(builder.build())[0].text.startswith("Balance sheet\n\nrow 0")


def test_a_heading_of_a_paged_document_reaches_the_next_page_only() -> None:
    builder = DocumentBuilder()
    builder.add("Cover", BlockKind.HEADING, level=1, page=1)
    for page in (1, 2, 3):
        builder.add(f"Text of page {page}.", page=page)
    headings = [chunk.locator.heading for chunk in chunks_of(builder.build())]
    assert headings == ["Cover", "Cover", None]


def test_cues_become_stretches_that_start_with_their_first_cue() -> None:
    builder = DocumentBuilder()
    for n in range(40):
        builder.add(f"Cue {n} of the talk.", BlockKind.CUE, start_seconds=float(n), glue="\n")
    chunks = chunks_of(builder.build())
    assert len(chunks) > 1
    for chunk in chunks:
        assert chunk.text.startswith(f"Cue {chunk.locator.start_seconds:.0f} ")


def test_a_word_longer_than_the_limit_is_cut_inside() -> None:
    builder = DocumentBuilder()
    builder.add("x" * 5000)
    chunks = chunks_of(builder.build())
    assert "".join(chunk.text for chunk in chunks) == "x" * 5000
    assert all(len(estimate_token_starts(chunk.text)) <= 254 for chunk in chunks)


def test_a_long_title_and_heading_leave_the_text_its_room() -> None:
    builder = DocumentBuilder()
    builder.add("long heading " * 15, BlockKind.HEADING, level=1)
    builder.add(text_of(40))
    title = "a title without end " * 30
    for chunk in chunks_of(builder.build(), title=title):
        assert len(estimate_token_starts(chunk.text)) > 30
        assert len(estimate_token_starts(embedding_text(title, chunk))) <= 254


def test_an_empty_document_has_no_chunks() -> None:
    assert chunks_of(Document(text="", blocks=())) == []


def test_a_short_end_does_not_repeat_the_whole_chunk_before_it() -> None:
    builder = DocumentBuilder()
    builder.add(" ".join(("word " * length).strip() + "." for length in (40, 200, 20)))

    chunks = chunks_of(builder.build())

    ends = [(chunk.locator.start_char, chunk.locator.end_char) for chunk in chunks]
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(ends))
