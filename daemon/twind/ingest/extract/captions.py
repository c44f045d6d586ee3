"""Captions (SubRip and WebVTT): the spoken words with the second at which each cue begins."""

from collections.abc import Iterable

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.cues import WEB_HEADER, Cue, parse, without_repeats
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.speech import joined, noted, without_notes
from twind.ingest.extract.text import paragraphs

_ARROW = "-->"


def extract(data: bytes) -> Document:
    """Return a block for each cue, or each paragraph of text that has no cues."""
    text = decode(data)
    if _ARROW not in text and not text.startswith(WEB_HEADER):
        return Document(text=text, blocks=tuple(paragraphs(text)))
    return document_of(parse(text))


def document_of(cues: Iterable[Cue]) -> Document:
    """Join the cues to prose, without what was only shown again and what nobody says."""
    shown = list(without_repeats(list(cues)))
    sounds = noted(line for cue in shown for line in cue.lines)
    builder = DocumentBuilder()
    before = ""
    for cue in shown:
        lines = [words for line in cue.lines if (words := without_notes(line, sounds))]
        glue, words = joined(lines, before)
        builder.add(words, BlockKind.CUE, start_seconds=cue.start, glue=glue)
        before = words or before
    return builder.build()
