"""The report of an audience, and what the owner does about it."""

import csv
import io
import stat
from datetime import date
from pathlib import Path

import pytest

from tests.support.asked import BUILT, TICKET, TOWER, asked, keeper
from tests.support.daemon import LiveDaemon
from tests.support.editors import an_editor
from tests.support.terminal import Terminal
from tests.support.visitors import public_side

CAFES = ["Is there a café?", "Do you have a café?", "Is there a café at your place?"]
CAFE = "There is no café, but a kiosk that sells coffee."


@pytest.fixture(scope="module")
def twin(daemon: LiveDaemon) -> str:
    """Return a twin that answered two questions and refused one twice."""
    slug = keeper(daemon, "beacon")
    asked(daemon, slug, [BUILT, TOWER, TICKET, TICKET])
    return slug


def refused(daemon: LiveDaemon, slug: str, questions: list[str]) -> str:
    """Return the id of the gap of a new twin that refused some questions."""
    asked(daemon, keeper(daemon, slug), questions)
    gaps = daemon.json("audience", "gaps", "-t", slug)["gaps"]
    assert sum(gap["count"] for gap in gaps) == len(questions)
    return str(gaps[0]["id"])


def test_the_report_is_one_document(daemon: LiveDaemon, twin: str) -> None:
    report = daemon.json("audience", "--days", "7", "-t", twin)
    assert (report["days"], report["questions"], report["answered"]) == (7, 4, 2)
    assert report["refusals"] == [{"reason": "no_evidence", "count": 2}]
    assert [gap["question"] for gap in report["gaps"]] == [TICKET]
    assert report == daemon.json("audience", "report", "--days", "7", "-t", twin)


def test_in_a_pipe_the_report_is_plain_text(daemon: LiveDaemon, twin: str) -> None:
    lines = daemon.run("audience", "-t", twin).stdout.splitlines()
    assert lines[0].startswith("Beacon: the last 30 days, ")
    assert "answered        2 (50 %)" in lines
    assert f"2      0 %       +2      {TICKET}" in lines
    assert "2      the sources do not say" in lines
    assert "daily visitors  none" in lines
    assert "no_evidence" not in daemon.run("audience", "gaps", "-t", twin).stdout
    assert not any(char in "".join(lines) for char in "▁█")


@pytest.mark.parametrize("columns", [44, 80, 140])
def test_on_a_terminal_the_report_is_drawn_as_wide_as_it_is(
    daemon: LiveDaemon, twin: str, columns: int
) -> None:
    environ = {"TWINCTL_HOME": str(daemon.root), "COLUMNS": str(columns), "LANG": "C.UTF-8"}
    with Terminal("audience", "-t", twin, environ=environ) as terminal:
        assert terminal.end() == 0
        lines = [line.rstrip() for line in terminal.shown.splitlines()]
    assert max(map(len, lines)) <= columns
    (drawn,) = [line for line in lines if line.startswith("questions ") and "█" in line]
    assert drawn.endswith("█")
    assert any(line.startswith("answered ") and "▄" in line for line in lines)
    assert any(TOWER[:12] in line for line in lines)


def test_nothing_asked_is_said_in_words(daemon: LiveDaemon) -> None:
    daemon.json("twin", "create", "Lonely")
    assert "Nothing was asked." in daemon.run("audience", "-t", "lonely").stdout
    gaps = daemon.run("audience", "gaps", "-t", "lonely")
    assert (gaps.returncode, "No question is open." in gaps.stderr) == (0, True)


def test_the_days_are_exported_as_csv(daemon: LiveDaemon, twin: str, tmp_path: Path) -> None:
    done = daemon.run("audience", "--export", "csv", "--days", "3", "-t", twin)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [date.fromisoformat(row["day"]).toordinal() for row in rows] == [
        date.fromisoformat(rows[0]["day"]).toordinal() + number for number in range(3)
    ]
    assert (rows[-1]["questions"], rows[-1]["answered"]) == ("4", "2")
    file = tmp_path / "days.csv"
    said = daemon.run("audience", "--export", "csv", str(file), "--days", "3", "-t", twin)
    assert said.stdout == f"Wrote 3 days to {file}.\n"
    assert file.read_text() == done.stdout
    again = daemon.json(
        "audience", "--export", "csv", str(file), "--yes", "--days", "3", "-t", twin
    )
    assert again == {"file": str(file), "days": 3}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "arguments",
    [
        ["--days", "0"],
        ["--export", "xml"],
        ["report", "x.csv"],
        ["--export", "csv", "--json"],
        ["--dayz", "3"],
        ["forget"],
        ["forget", "", "--yes"],
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(daemon: LiveDaemon, arguments: list[str]) -> None:
    done = daemon.run("audience", *arguments)
    assert done.returncode == 2
    assert "Value error" not in done.stderr


def test_the_questions_of_a_gap_are_shown(daemon: LiveDaemon, twin: str) -> None:
    (gap,) = daemon.json("audience", "gaps", "-t", twin)["gaps"]
    shown = daemon.run("audience", "gaps", "show", gap["id"][:-2], "-t", twin).stdout
    assert shown.count(TICKET) == 2
    assert gap["id"] in daemon.run("audience", "gaps", "--days", "1", "-t", twin).stdout
    none = daemon.run("audience", "gaps", "show", "grp_none", "-t", twin)
    assert none.returncode == 4


def test_a_gap_is_closed_by_an_answer(daemon: LiveDaemon) -> None:
    gap = refused(daemon, "lamp", [TICKET, TICKET])
    done = daemon.run("audience", "gaps", "close", gap, "Two hundred pounds.", "-t", "lamp")
    assert (done.returncode, done.stdout) == (0, "2 of 2 now answered.\n")
    assert daemon.json("ask", TICKET, "-t", "lamp")["answer"] == "Two hundred pounds."
    assert daemon.json("audience", "gaps", "-t", "lamp") == {"gaps": []}
    (kept,) = daemon.json("qa", "-t", "lamp")["answers"]
    assert kept["question"] == TICKET


def test_the_answer_may_come_from_stdin_and_be_kept_under_another_question(
    daemon: LiveDaemon,
) -> None:
    gap = refused(daemon, "buoy", [TICKET])
    arguments = ("audience", "gaps", "close", gap, "-", "--question", BUILT, "-t", "buoy")
    closed = daemon.json(*arguments, stdin="Nobody knows.\n")
    assert (closed["asked"], closed["answered"], closed["still_refused"]) == (1, 0, [TICKET])
    shown = daemon.run(*arguments, stdin="Nobody knows.\n").stdout
    assert shown == f"0 of 1 now answered.\nStill refused:\n  {TICKET}\n"


def test_without_an_answer_or_a_terminal_a_gap_stays_open(daemon: LiveDaemon, twin: str) -> None:
    done = daemon.run("audience", "gaps", "close", "grp_x", "-t", twin)
    assert done.returncode == 2
    assert "the answer is missing" in done.stderr


def test_on_a_terminal_a_gap_is_picked_and_answered_in_the_editor(
    model_daemon: LiveDaemon, tmp_path: Path
) -> None:
    gap = refused(model_daemon, "cafe", CAFES)
    editor = an_editor(
        tmp_path, f'cp "$1" {tmp_path}/seen; {{ echo "# x"; echo "{CAFE}"; }} > "$1"'
    )
    environ = {"TWINCTL_HOME": str(model_daemon.root), "EDITOR": editor, "LANG": "C.UTF-8"}
    with Terminal("audience", "gaps", "-t", "cafe", environ=environ) as terminal:
        terminal.expect("Answer which one? [1-")
        terminal.type("9\n")
        terminal.expect("There is no 9.")
        terminal.expect("Enter for none] ")
        terminal.type("1\n")
        terminal.expect("now answered.")
        assert terminal.end() == 0
    seen = (tmp_path / "seen").read_text()
    assert seen.startswith("# The answer to: ")
    assert all(f"#   {question}\n" in seen for question in CAFES)
    (kept,) = model_daemon.json("qa", "-t", "cafe")["answers"]
    assert kept["answer"] == CAFE
    assert gap not in model_daemon.run("audience", "gaps", "-t", "cafe").stdout


def test_picking_none_leaves_the_gaps_as_they_are(daemon: LiveDaemon, twin: str) -> None:
    environ = {"TWINCTL_HOME": str(daemon.root)}
    with Terminal("audience", "gaps", "-t", twin, environ=environ) as terminal:
        terminal.expect("Enter for none] ")
        terminal.type("\n")
        assert terminal.end() == 0
    assert daemon.json("qa", "-t", twin) == {"answers": []}


def test_a_visitor_is_forgotten_with_conversations(tmp_path: Path) -> None:
    with public_side(tmp_path / "home") as side:
        with side.page(side.key()["key"]) as page:
            page.begin()
            page.ask(TICKET)
        daemon = side.daemon
        (gap,) = daemon.json("audience", "gaps")["gaps"]
        (question,) = daemon.json("audience", "gaps", "show", gap["id"])["questions"]
        visitor = question["visitor"]
        (talk,) = daemon.json("conversations", "--channel", "widget")["conversations"]
        assert talk["title"] == TICKET

        unasked = daemon.run("audience", "forget", visitor)
        assert (unasked.returncode, "add --yes" in unasked.stderr) == (2, True)
        done = daemon.run("audience", "forget", visitor, "--yes")

        assert done.stdout == f"Forgot {visitor}: 1 question, 1 conversation.\n"
        assert daemon.json("conversations")["conversations"] == []
        assert daemon.json("audience")["questions"] == 0
        assert daemon.run("audience", "forget", visitor, "--yes").returncode == 4
