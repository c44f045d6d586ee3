"""The child that parses files that somebody else made.

Started as `python -m twind.ingest.extractor_child SETTINGS` with a JSON object of
`memory_bytes`, `tokenizer` (path or null) and `max_tokens`. A request's header is `{"path",
"name", "title"}`. The answer's header is `{"ok": true}` with a JSON payload of the document
and its chunks, or `{"ok": false, "error": {"code", "message", "hint"}}`.
"""

import json
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.domain.chunks import Chunk
from twind.domain.documents import Document
from twind.domain.terms import estimate_tokens
from twind.errors import ExtractionFailed
from twind.ingest.extract.registry import extract
from twind.ingest.split import split
from twind.processes.limits import limit_resources
from twind.processes.serve import serve

CountTokens = Callable[[str], int]
FILE_BYTES = 1 << 30
OPEN_FILES = 256


def main() -> None:
    """Limit the process, then parse files until the daemon goes away."""
    settings = json.loads(sys.argv[1])
    count_tokens = _token_counter(settings["tokenizer"])
    limit_resources(
        memory_bytes=settings["memory_bytes"], file_bytes=FILE_BYTES, open_files=OPEN_FILES
    )

    def answer(header: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            document = extract(Path(header["path"]), header["name"])
            title = header["title"] or document.title or Path(header["name"]).stem
            chunks = split(
                document, count_tokens=count_tokens, max_tokens=settings["max_tokens"], title=title
            )
        except ExtractionFailed as error:
            return _failure(error), b""
        except MemoryError:
            return _failure(_too_much_memory()), b""
        return {"ok": True}, _encode(document, title, chunks)

    serve(answer)


def _token_counter(tokenizer: str | None) -> CountTokens:
    if tokenizer is None:
        return estimate_tokens
    from tokenizers import Tokenizer

    encoder = Tokenizer.from_file(tokenizer)
    encoder.no_truncation()
    encoder.no_padding()

    @lru_cache(maxsize=65_536)
    def count(text: str) -> int:
        return len(encoder.encode(text, add_special_tokens=False).ids)

    return count


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


def _encode(document: Document, title: str, chunks: list[Chunk]) -> bytes:
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
    facts = {
        "text": document.text,
        "title": title,
        "author": document.author,
        "published": document.published,
        "pages": document.pages,
        "spans": spans,
    }
    return json.dumps(facts).encode()


if __name__ == "__main__":
    main()
