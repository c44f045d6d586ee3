"""Opening a citation where there is no pager for it."""

import pytest

from twinctl.cli.opening import has_screen, open_citation
from twinctl.cli.output import Output
from twinctl.wire.answers import CitationOut
from twinctl.wire.locators import Locator

TEXT = "word " * 400 + "The quote stands here." + " more" * 400


def a_citation(start: int | None = 2000, quote: str = "The quote stands here.") -> CitationOut:
    return CitationOut(
        n=1,
        source_id="src_1",
        chunk_id="chk_1",
        uri="https://example.org/page",
        title="A page",
        quote=quote,
        locator=Locator(start_char=start, end_char=None if start is None else start + len(quote)),
    )


def printed(citation: CitationOut, capsys: pytest.CaptureFixture[str]) -> str:
    open_citation(Output(), citation, lambda: TEXT)
    return capsys.readouterr().out


@pytest.mark.parametrize("start", [2000, None, 7], ids=["placed", "unplaced", "misplaced"])
def test_a_quote_is_printed_in_its_context(
    start: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = printed(a_citation(start), capsys)
    assert shown.startswith("A page\nhttps://example.org/page\n")
    assert "»The quote stands here.«" in shown
    assert shown.count("…") == 2
    assert len(shown) < 1_400


def test_a_quote_that_is_gone_shows_how_its_source_begins(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "\nword word" in printed(a_citation(quote="Gone."), capsys).replace("»«", "")


def test_over_ssh_there_is_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_screen()
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert not has_screen()
