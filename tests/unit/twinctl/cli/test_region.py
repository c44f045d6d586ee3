"""What a region leaves on a screen, played back by a small terminal."""

import re

import pytest

from twinctl.cli.output import Output
from twinctl.cli.region import Region

_PIECES = re.compile(r"\033\[(\d*)([AKJ])|(\n)|(\r)|([^\033\n\r]+)")


class Screen:
    """Lines of text, and a cursor that follows the few escapes a region may use."""

    def __init__(self) -> None:
        self.lines = [""]
        self._row = self._column = 0

    def feed(self, text: str) -> None:
        for number, escape, newline, back, words in _PIECES.findall(text):
            if newline:
                self._row, self._column = self._row + 1, 0
                self.lines += [""] * (self._row + 1 - len(self.lines))
            elif back:
                self._column = 0
            elif words:
                line = self.lines[self._row].ljust(self._column)
                self.lines[self._row] = (
                    line[: self._column] + words + line[self._column + len(words) :]
                )
                self._column += len(words)
            elif escape == "A":
                self._row -= int(number)
            else:
                self.lines[self._row] = self.lines[self._row][: self._column]
                if escape == "J":
                    del self.lines[self._row + 1 :]


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("COLUMNS", "20")
    return Screen()


def show(screen: Screen, capsys: pytest.CaptureFixture[str]) -> list[str]:
    screen.feed(capsys.readouterr().err)
    return screen.lines


def test_each_picture_stands_in_the_place_of_the_one_before(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    region = Region(Output())
    screen.feed("$ command\n")
    region.draw(["one of three", "two"])
    assert show(screen, capsys) == ["$ command", "one of three", "two", ""]
    region.draw(["1", "2", "3"])
    assert show(screen, capsys) == ["$ command", "1", "2", "3", ""]
    region.draw(["last"])
    assert show(screen, capsys) == ["$ command", "last", ""]
    region.clear()
    assert show(screen, capsys) == ["$ command", ""]


def test_the_same_picture_is_not_written_again(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    region = Region(Output())
    region.draw(["one"])
    assert capsys.readouterr().err
    region.draw(["one"])
    assert capsys.readouterr().err == ""


def test_lines_that_a_narrower_window_broke_are_taken_away_too(
    screen: Screen, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    region = Region(Output())
    region.draw(["0123456789abcdef", "xy"])
    capsys.readouterr()
    screen.feed("$ command\n0123456789\nabcdef\nxy\n")  # as a terminal of 10 columns breaks it
    monkeypatch.setenv("COLUMNS", "10")
    region.draw(["short"])
    assert show(screen, capsys) == ["$ command", "short", ""]


def test_where_nothing_was_drawn_nothing_is_taken_away(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    Region(Output()).clear()
    assert capsys.readouterr().err == ""
