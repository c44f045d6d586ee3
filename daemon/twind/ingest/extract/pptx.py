"""PowerPoint presentations: a slide is a page, its title a heading, its notes follow."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.archive import Archive
from twind.ingest.extract.ooxml import core_properties, is_text_part


def extract(data: bytes) -> Document:
    """Return titles, texts, tables and speaker notes in the order of the slides."""
    archive = Archive(data)
    archive.check_size(is_text_part)
    builder = DocumentBuilder()
    slides = Presentation(BytesIO(data)).slides
    for number, slide in enumerate(slides, start=1):
        for kind, text in _slide(slide):
            level = 1 if kind is BlockKind.HEADING else None
            builder.add(text, kind, level=level, page=number)
    return builder.build(pages=len(slides), **core_properties(archive))


def _slide(slide: Any) -> Iterator[tuple[BlockKind, str]]:
    title = slide.shapes.title
    if title is not None:
        yield BlockKind.HEADING, " ".join(title.text_frame.text.split())
    for shape in _flat(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None:
        yield BlockKind.PARAGRAPH, _lines(notes.text)


def _flat(shapes: Any) -> Iterator[Any]:
    """Yield the shapes in groups in place of the groups."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _shape(shape: Any) -> Iterator[tuple[BlockKind, str]]:
    if shape.has_text_frame:
        yield BlockKind.PARAGRAPH, _lines(shape.text_frame.text)
    elif getattr(shape, "has_table", False):
        rows = [
            " | ".join(" ".join(c.text.split()) for c in row.cells) for row in shape.table.rows
        ]
        yield BlockKind.TABLE, "\n".join(row for row in rows if row.strip(" |"))
    elif getattr(shape, "has_chart", False):
        yield BlockKind.TABLE, "\n".join(_chart(shape.chart))


def _chart(chart: Any) -> Iterator[str]:
    """Yield the title of a chart and what it draws, a line a series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield chart.chart_title.text_frame.text
    for plot in chart.plots:
        names = [str(name) for name in plot.categories]
        for series in plot.series:
            values = zip(names, series.values, strict=False)
            yield f"{series.name}: " + ", ".join(f"{name} {value}" for name, value in values)


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\v", "\n").split("\n"))
    return "\n".join(line for line in lines if line)
