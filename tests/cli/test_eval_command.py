"""`twinctl eval` on a real daemon."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.corpora import coast, new_twin
from tests.support.daemon import LiveDaemon

KNOWN = {"question": "Who built the lighthouse?", "source": "light"}
UNKNOWN = {"question": "What is the boiling point of mercury?", "answerable": False}
FIGURES = {
    *("right", "recall", "answered", "supported"),
    *("refused_rightly", "refused_wrongly"),
}


@pytest.fixture(scope="module")
def twin(daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> str:
    with daemon.client() as client:
        return coast(client, "Scored on the coast", tmp_path_factory.mktemp("coast"))


def lines(*questions: Mapping[str, object]) -> str:
    return "\n".join(json.dumps(question) for question in questions)


def test_a_twin_is_scored_and_nothing_but_figures_is_kept(
    daemon: LiveDaemon, twin: str, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(lines(KNOWN, UNKNOWN))
    done = daemon.json("eval", str(file), "-t", twin)
    assert (done["questions"], done["figures"]["right"], done["figures"]["recall"]) == (2, 1.0, 1)
    assert set(done["figures"]) == FIGURES
    assert [each["right"] for each in done["details"]] == [True, True]
    with daemon.client() as client:
        assert list(client.conversations(twin)) == []


def test_the_history_shows_the_change(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = coast(client, "Scored twice", tmp_path)
    wrong = {**KNOWN, "source": "nowhere"}
    daemon.run("eval", "-", "-t", twin, stdin=lines(KNOWN, wrong))
    again = daemon.run("eval", "-", "-t", twin, stdin=lines(KNOWN, UNKNOWN))
    assert "change" in again.stdout
    assert "+50.0" in again.stdout
    [newest, oldest] = daemon.json("eval", "--history", "-t", twin)["evaluations"]
    assert (newest["name"], newest["figures"]["right"]) == ("stdin", 1.0)
    assert oldest["figures"]["right"] == 0.5
    shown = daemon.run("eval", "--history", "-t", twin).stdout.splitlines()
    assert len(shown) == 3
    assert "+50.0" in shown[1]


def test_too_little_that_is_right_ends_with_1(daemon: LiveDaemon, twin: str) -> None:
    wrong = {"question": "Who built the lighthouse?", "answer": "Nobody at all"}
    done = daemon.run("eval", "-", "--min", "0.6", "-v", "-t", twin, stdin=lines(KNOWN, wrong))
    assert done.returncode == 1
    assert "50.0% is right, less than 60.0%" in done.stderr
    assert "WRONG, not found" in done.stderr
    enough = daemon.run("eval", "-", "--min", "0.5", "-t", twin, stdin=lines(KNOWN, wrong))
    assert enough.returncode == 0


@pytest.mark.parametrize(
    ("stdin", "arguments", "code", "said"),
    [
        ('{"question": "Who?"}\nWho?', ["-"], 2, "stdin, line 2"),
        ("", ["-"], 2, "no questions"),
        ("", [], 2, "a file of questions"),
        ("", ["-", "--history"], 2, "a file of questions"),
        ('{"question": "Who?"}', ["-", "--min", "2"], 2, "--min"),
        ("", ["absent.jsonl"], 4, "there is no file"),
    ],
)
def test_what_cannot_be_run_is_named(
    daemon: LiveDaemon, stdin: str, arguments: list[str], code: int, said: str
) -> None:
    done = daemon.run("eval", *arguments, stdin=stdin)
    assert done.returncode == code
    assert said in done.stderr


def test_a_deleted_twin_takes_its_history_along(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Scored and gone")
        daemon.run("eval", "-", "-t", twin, stdin=lines(UNKNOWN))
        assert len(list(client.evaluations(twin))) == 1
        client.delete_twin(twin)
    assert daemon.run("eval", "--history", "-t", twin).returncode == 4
