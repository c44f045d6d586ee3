"""One look at the picture of progress, as a terminal of 80 columns gets it."""

from datetime import UTC, datetime

import pytest

from twinctl.cli.output import Output
from twinctl.cli.screen import SLOTS, Picture
from twinctl.wire.jobs import JobOut, Progress
from twinctl.wire.sources import SourceBrief


@pytest.fixture(autouse=True)
def size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")


def a_source(name: str, status: str = "processing", chunks: int = 0) -> SourceBrief:
    return SourceBrief(
        id=f"src_{name}", kind="file", uri=f"/notes/{name}", title=name, status=status,
        chunks=chunks, job_id=f"job_{name}", error=None,
    )  # fmt: skip


def a_job(name: str, done: int, total: int | None, status: str = "running") -> JobOut:
    return JobOut(
        id=f"job_{name}", kind="ingest", status=status, source_id=f"src_{name}", attempts=1,
        progress=Progress(done=done, total=total), error=None,
        created_at=datetime.now(UTC), started_at=None, finished_at=None,
    )  # fmt: skip


def look(picture: Picture, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Draw once and return the lines."""
    picture.show()
    return capsys.readouterr().err.removeprefix("\r").replace("\033[K", "").split("\n")[:-1]


def test_one_source_alone_has_the_bar_of_its_job(capsys: pytest.CaptureFixture[str]) -> None:
    picture = Picture(Output())
    picture.begin(1)
    picture.handed_over()
    picture.changed(a_source("a.pdf"), a_job("a.pdf", 3, 12))
    first, facts = look(picture, capsys)
    assert first.startswith("a.pdf")
    assert first.endswith("  3/12")
    assert facts == ""


def test_many_are_counted_together(capsys: pytest.CaptureFixture[str]) -> None:
    picture = Picture(Output())
    picture.begin(1000)
    for number in range(400):
        picture.handed_over()
        picture.ended(a_source(str(number), "failed" if number < 3 else "live", chunks=2))
    first, facts = look(picture, capsys)
    assert first.startswith("sources")
    assert first.endswith("  400/1000")
    assert facts == "  handing over 400 of 1000, 3 failed, 0 running, 800 chunks"


def test_long_jobs_among_many_have_rows_and_short_ones_have_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [0.0]
    picture = Picture(Output(), lambda: now[0])
    picture.begin(20)
    for number in range(10):
        picture.changed(a_source(f"long-{number}"), a_job(f"long-{number}", 5, 500))
        picture.changed(a_source(f"short-{number}"), a_job(f"short-{number}", 1, 2))
    assert look(picture, capsys)[2:] == []
    now[0] = 3.0
    rows = look(picture, capsys)[2:]
    assert [row.split()[0] for row in rows] == [f"long-{number}" for number in range(SLOTS)]


def test_rows_keep_their_places_and_the_picture_its_height(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [0.0]
    picture = Picture(Output(), lambda: now[0])
    picture.begin(20)
    for name in ("one", "two", "three"):
        picture.changed(a_source(name), a_job(name, 5, 500))
    now[0] = 3.0
    assert len(look(picture, capsys)) == 5
    picture.ended(a_source("two", "live", 500))
    now[0] = 4.0
    rows = look(picture, capsys)[-3:]
    assert [row.split()[:1] for row in rows] == [["one"], [], ["three"]]


def test_what_remains_is_told_once_the_pace_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [0.0]
    picture = Picture(Output(), lambda: now[0])
    picture.begin(100)
    for second in range(6):
        now[0] = float(second)
        picture.show()
        for _ in range(10):
            picture.handed_over()
            picture.ended(a_source(str(second), "live", chunks=3))
    capsys.readouterr()
    now[0] = 6.0
    assert "4 s left" in look(picture, capsys)[-1]


def test_a_job_that_waits_to_be_tried_again_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    picture = Picture(Output())
    picture.begin(1)
    picture.changed(a_source("a.pdf"), a_job("a.pdf", 0, None, "queued"))
    assert look(picture, capsys)[0].endswith("  waiting")


def test_the_name_of_a_file_cannot_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    picture = Picture(Output())
    picture.begin(1)
    picture.changed(a_source("\033[2J.md"), a_job("x", 1, 2))
    assert look(picture, capsys)[0].startswith("?[2J.md")
