from pathlib import Path

from twinctl.client.places import opens_at
from twinctl.wire.answers import CitationOut
from twinctl.wire.locators import Locator


def _cited(
    uri: str,
    quote: str = "The second line.",
    page: int | None = None,
    start_seconds: float | None = None,
) -> CitationOut:
    return CitationOut(
        n=1,
        source_id="src_1",
        chunk_id="chk_1",
        uri=uri,
        title="Title",
        quote=quote,
        locator=Locator(page=page, start_seconds=start_seconds),
    )


def test_a_pdf_opens_at_its_page() -> None:
    assert opens_at(_cited("/a b/c.pdf", page=3)) == "file:///a%20b/c.pdf#page=3"


def test_a_text_file_opens_at_the_line_of_the_quote(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("The first line.\nThe second line.\n")
    assert opens_at(_cited(str(path))) == f"{path}:2"


def test_no_line_is_named_where_the_file_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("All new.\n")
    assert opens_at(_cited(str(path))) == str(path)


def test_a_file_that_is_gone_is_still_named() -> None:
    assert opens_at(_cited("/nowhere/notes.md")) == "/nowhere/notes.md"


def test_what_is_no_file_keeps_its_address() -> None:
    assert opens_at(_cited("text:On Paris")) == "text:On Paris"


def test_a_video_opens_at_the_second() -> None:
    address = "https://www.youtube.com/watch?v=aB3-_x9Qz0k"
    assert opens_at(_cited(address, start_seconds=93.7)) == f"{address}&t=93s"
    assert opens_at(_cited(address)) == address


def test_a_page_of_youtube_that_is_no_video_keeps_its_address() -> None:
    assert opens_at(_cited("https://www.youtube.com/@somebody")).endswith("/@somebody")
