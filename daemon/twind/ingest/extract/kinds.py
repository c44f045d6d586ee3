"""The kinds of files that can be ingested, and the file name endings they go by."""

from enum import StrEnum
from pathlib import PurePath


class Kind(StrEnum):
    """A format, named as the module that extracts it."""

    CAPTIONS = "captions"
    CSV = "csv"
    DOCX = "docx"
    EPUB = "epub"
    HTML = "html"
    JSON = "json"
    MAIL = "mail"
    MARKDOWN = "markdown"
    MSG = "msg"
    NOTEBOOK = "notebook"
    ODT = "odt"
    PDF = "pdf"
    PPTX = "pptx"
    RST = "rst"
    RTF = "rtf"
    SHEET = "sheet"
    TEXT = "text"
    XML = "xml"


SUFFIXES = {
    ".csv": Kind.CSV,
    ".docm": Kind.DOCX,
    ".docx": Kind.DOCX,
    ".eml": Kind.MAIL,
    ".epub": Kind.EPUB,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".ipynb": Kind.NOTEBOOK,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON,
    ".markdown": Kind.MARKDOWN,
    ".mbox": Kind.MAIL,
    ".md": Kind.MARKDOWN,
    ".msg": Kind.MSG,
    ".ndjson": Kind.JSON,
    ".nxml": Kind.XML,
    ".ods": Kind.SHEET,
    ".odt": Kind.ODT,
    ".pdf": Kind.PDF,
    ".pptm": Kind.PPTX,
    ".pptx": Kind.PPTX,
    ".rst": Kind.RST,
    ".rtf": Kind.RTF,
    ".srt": Kind.CAPTIONS,
    ".text": Kind.TEXT,
    ".tsv": Kind.CSV,
    ".txt": Kind.TEXT,
    ".vtt": Kind.CAPTIONS,
    ".xhtml": Kind.HTML,
    ".xls": Kind.SHEET,
    ".xlsb": Kind.SHEET,
    ".xlsm": Kind.SHEET,
    ".xlsx": Kind.SHEET,
    ".xml": Kind.XML,
}


def kind_of_name(name: str) -> Kind | None:
    """Return the kind that the ending of a file name promises, None for an unknown one."""
    return SUFFIXES.get(PurePath(name).suffix.lower())
