import json

import pytest

from twinctl.cli.output import Output, tame
from twinctl.errors import Misused


def test_columns_line_up_and_empty_cells_show(capsys: pytest.CaptureFixture[str]) -> None:
    Output().table(["ID", "TITLE"], [("a", "One\ntwo"), ("long", None)])
    assert capsys.readouterr().out.splitlines() == ["ID    TITLE", "a     One two", "long  -"]


def test_fields_without_a_value_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    Output().fields([("id", "x"), ("about", ""), ("sources", 0), ("page", None)])
    assert capsys.readouterr().out.splitlines() == ["id       x", "sources  0"]


def test_a_document_is_one_line_of_json_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    Output().document({"title": "Zoë", "n": 1})
    out = capsys.readouterr().out
    assert json.loads(out) == {"title": "Zoë", "n": 1}
    assert out.count("\n") == 1


def test_what_others_wrote_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output, hostile = Output(), "a\x1b[2J\x9bb\r\u202ec\td"
    output.table(["TITLE"], [(hostile,)])
    output.fields([("name", hostile)])
    output.line(output.bold(hostile))
    output.error(hostile, hostile)
    shown = "".join(capsys.readouterr())
    assert not set("\x1b\x9b\r\u202e") & set(shown)
    assert (
        tame("tabs\tand\nlines, naïve 👨\u200d👩 stay")
        == "tabs\tand\nlines, naïve 👨\u200d👩 stay"
    )


def test_notices_keep_quiet_but_errors_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(quiet=True)
    output.notice("by the way")
    output.error("it failed", "try again")
    assert capsys.readouterr() == ("", "error: it failed\nhint: try again\n")


def test_nothing_is_styled_without_a_terminal() -> None:
    assert Output().bold("title") == "title"


def test_without_a_terminal_a_deletion_wants_yes() -> None:
    assert Output().confirm("Delete it?", yes=True)
    with pytest.raises(Misused, match="no terminal") as caught:
        Output().confirm("Delete it?", yes=False)
    assert caught.value.hint == "add --yes"
