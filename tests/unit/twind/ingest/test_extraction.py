"""Files that somebody else made are parsed apart, within limits."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.pages import LOGINS
from tests.support.pdfs import a_pdf, a_scan
from tests.support.waiting import wait_until
from twinctl.wire.codes import ErrorCode
from twind.errors import ExtractionFailed
from twind.ingest.extraction import Extraction, ExtractionLimits

MEGABYTE = 1 << 20


def extraction_of(
    *, timeout_s: float = 60, memory_mb: int = 1024, idle_s: float = 60
) -> Extraction:
    limits = ExtractionLimits(
        timeout_s=timeout_s, memory_bytes=memory_mb * MEGABYTE, idle_s=idle_s
    )
    return Extraction(limits, tokenizer=None, max_tokens=None)


@pytest.fixture(scope="module")
def extraction() -> Iterator[Extraction]:
    extraction = extraction_of()
    yield extraction
    extraction.close()


def test_chunks_are_spans_of_the_text(extraction: Extraction, tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_text("# Title\n\nFirst paragraph.\n\n## Part\n\nSecond paragraph.\n")
    extracted = extraction.extract(path, name="notes.md", title=None)
    assert extracted.title == "Title"
    assert len(extracted.chunks) == 2
    for chunk in extracted.chunks:
        span = slice(chunk.locator.start_char, chunk.locator.end_char)
        assert extracted.document.text[span] == chunk.text


def test_a_title_that_is_given_wins(extraction: Extraction, tmp_path: Path) -> None:
    (tmp_path / "blob").write_text("# Title\n\nText.\n")
    extracted = extraction.extract(tmp_path / "blob", name="notes.md", title="Given")
    assert extracted.title == "Given"


def test_a_failure_comes_over_with_its_code_and_the_child_goes_on(
    extraction: Extraction, tmp_path: Path
) -> None:
    (tmp_path / "blob").write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 100)
    with pytest.raises(ExtractionFailed) as caught:
        extraction.extract(tmp_path / "blob", name="broken.pdf", title=None)
    assert caught.value.code is ErrorCode.CORRUPT
    assert caught.value.hint
    (tmp_path / "blob").write_text("fine")
    assert extraction.extract(tmp_path / "blob", name="a.txt", title=None).chunks


def test_only_what_a_web_server_sent_is_judged(extraction: Extraction, tmp_path: Path) -> None:
    (tmp_path / "blob").write_text(LOGINS["form"])
    assert extraction.extract(tmp_path / "blob", name="a.html", title=None).chunks
    with pytest.raises(ExtractionFailed) as caught:
        extraction.extract(tmp_path / "blob", name="a.html", title=None, is_page=True)
    assert caught.value.code is ErrorCode.PAGE_LOGIN


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    extraction = extraction_of(timeout_s=0.001)
    (tmp_path / "blob").write_text("word " * 1_000_000)
    try:
        with pytest.raises(ExtractionFailed) as caught:
            extraction.extract(tmp_path / "blob", name="long.txt", title=None)
    finally:
        extraction.close()
    assert caught.value.code is ErrorCode.EXTRACT_TIMEOUT
    assert "ingest.timeout_s" in str(caught.value.hint)


def test_a_file_that_needs_too_much_memory_is_given_up_and_the_next_one_is_read(
    tmp_path: Path,
) -> None:
    extraction = extraction_of(memory_mb=256)
    (tmp_path / "blob").write_text("word " * 40_000_000)
    try:
        with pytest.raises(ExtractionFailed) as caught:
            extraction.extract(tmp_path / "blob", name="huge.txt", title=None)
        (tmp_path / "blob").write_text("fine")
        assert extraction.extract(tmp_path / "blob", name="a.txt", title=None).chunks
    finally:
        extraction.close()
    assert caught.value.code in (ErrorCode.EXTRACT_MEMORY, ErrorCode.EXTRACT_CRASHED)


def test_a_scan_is_recognised_within_the_limits_of_a_file(tmp_path: Path) -> None:
    extraction = extraction_of(memory_mb=2048)
    (tmp_path / "blob").write_bytes(a_scan(a_pdf([["Rye flour drinks more water."]])))
    try:
        extracted = extraction.extract(tmp_path / "blob", name="scan.pdf", title=None)
    finally:
        extraction.close()
    (chunk,) = extracted.chunks
    assert (chunk.text, chunk.locator.page) == ("Rye flour drinks more water.", 1)


def test_who_is_told_of_progress_can_end_the_work(extraction: Extraction, tmp_path: Path) -> None:
    (tmp_path / "blob").write_bytes(a_pdf([["Rye."]]))

    def stop(_done: int, _total: int) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError):
        extraction.extract(tmp_path / "blob", name="a.pdf", title=None, on_progress=stop)
    assert extraction.extract(tmp_path / "blob", name="a.pdf", title=None).chunks


def test_children_without_work_end(tmp_path: Path) -> None:
    extraction, before = extraction_of(idle_s=0.2), _children()
    (tmp_path / "blob").write_text("fine")
    try:
        extraction.extract(tmp_path / "blob", name="a.txt", title=None)
        wait_until(lambda: _children() <= before)
        assert extraction.extract(tmp_path / "blob", name="a.txt", title=None).chunks
    finally:
        extraction.close()


def _children() -> set[str]:
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            found |= set((task / "children").read_text().split())
    return found
