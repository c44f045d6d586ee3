"""The child that parses files that somebody else made.

Started as `python -m twind.ingest.extractor_child SETTINGS` with a JSON object of
`memory_bytes`, `tokenizer` (path or null) and `max_tokens`. A request's header is `{"path",
"name", "title", "charset", "is_page"}`. The answer's header is `{"ok": true}` with what the
document states and the spans of its chunks, its payload the text as UTF-8; or `{"ok": false,
"error": {"code", "message", "hint"}}`. Frames of progress before it tell how many pages of all
are read.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.domain.chunks import Chunk
from twind.domain.documents import Document
from twind.domain.titles import title_of
from twind.domain.tokens import estimate_token_starts
from twind.errors import ExtractionFailed
from twind.ingest.extract.registry import extract
from twind.ingest.split import TokenStarts, split
from twind.processes.limits import limit_resources
from twind.processes.serve import Progress, serve_slowly

FILE_BYTES = 1 << 30
OPEN_FILES = 256
NICENESS = 10
"""Reading files gives way to whoever asks a question meanwhile."""


def main() -> None:
    """Limit the process, then parse files until the daemon goes away."""
    settings = json.loads(sys.argv[1])
    os.nice(NICENESS)
    token_starts = _tokenizer(settings["tokenizer"])
    limit_resources(
        memory_bytes=settings["memory_bytes"], file_bytes=FILE_BYTES, open_files=OPEN_FILES
    )

    def answer(
        header: dict[str, Any], _payload: bytes, tell: Progress
    ) -> tuple[dict[str, Any], bytes]:
        try:
            document = extract(
                Path(header["path"]),
                header["name"],
                header["charset"],
                is_page=header["is_page"],
                tell=tell,
            )
            title = header["title"] or document.title or title_of(header["name"])
            chunks = split(
                document, token_starts=token_starts, max_tokens=settings["max_tokens"], title=title
            )
        except ExtractionFailed as error:
            return _failure(error), b""
        except MemoryError:
            return _failure(_too_much_memory()), b""
        return {"ok": True, **_facts(document, title, chunks)}, document.text.encode()

    serve_slowly(answer)


def _tokenizer(path: str | None) -> TokenStarts:
    if path is None:
        return estimate_token_starts
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def starts(text: str) -> list[int]:
        return [start for start, _ in tokenizer.encode(text, add_special_tokens=False).offsets]

    return starts


def _too_much_memory() -> ExtractionFailed:
    return ExtractionFailed(
        "the file needs more memory than an extraction may take",
        code=ErrorCode.EXTRACT_MEMORY,
        hint="raise the limit with: twinctl config set ingest.memory_mb 4096",
    )


def _failure(error: ExtractionFailed) -> dict[str, Any]:
    return {
        "ok": False,
        "error": {"code": error.code.value, "message": error.message, "hint": error.hint},
    }


def _facts(document: Document, title: str, chunks: list[Chunk]) -> dict[str, Any]:
    spans = [
        (
            chunk.locator.start_char,
            chunk.locator.end_char,
            chunk.locator.page,
            chunk.locator.heading,
            chunk.locator.start_seconds,
        )
        for chunk in chunks
    ]
    return {
        "title": title,
        "author": document.author,
        "published": document.published,
        "url": document.url,
        "pages": document.pages,
        "spans": spans,
    }


if __name__ == "__main__":
    main()
