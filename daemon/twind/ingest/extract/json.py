"""JSON and JSON lines: values as lines `key: value`, a block for each object."""

import json
from collections.abc import Iterator
from typing import Any

from twind.domain.documents import Document, DocumentBuilder
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.text import paragraphs

_TITLES = ("title", "name")


def extract(data: bytes) -> Document:
    """Return the values with the path of their keys; text that is no JSON as it is.

    Raises:
        ValueError: It begins as JSON and is none.
    """
    text = decode(data)
    if not text.lstrip().startswith(("{", "[", '"')):
        return Document(text=text, blocks=tuple(paragraphs(text)))
    value = _parsed(text)
    builder = DocumentBuilder()
    for lines in _objects(value, ""):
        builder.add("\n".join(lines))
    return builder.build(title=_title(value))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]


def _objects(value: Any, path: str) -> Iterator[list[str]]:
    """Yield the lines of an object, then those of the objects in it."""
    if isinstance(value, dict):
        pairs = [(_joined(path, str(key)), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        pairs = [(path, inner) for inner in value]
    else:
        pairs = [(path, value)]
    plain = [(key, inner) for key, inner in pairs if not isinstance(inner, dict | list)]
    yield [_line(key, inner) for key, inner in plain if inner not in (None, "")]
    for key, inner in pairs:
        if isinstance(inner, dict | list):
            yield from _objects(inner, key)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _line(key: str, value: Any) -> str:
    shown = json.dumps(value) if isinstance(value, bool) else str(value)
    return f"{key}: {shown}" if key else shown


def _title(value: Any) -> str | None:
    stated = [value.get(key) for key in _TITLES] if isinstance(value, dict) else []
    return next((title for title in stated if isinstance(title, str) and title), None)
