import pytest

from tests.support.daemon import LiveDaemon


@pytest.fixture(scope="module")
def twin(daemon: LiveDaemon) -> str:
    return str(daemon.json("twin", "create", "Owner of answers")["slug"])


def test_an_answer_is_added_listed_used_and_deleted(daemon: LiveDaemon, twin: str) -> None:
    added = daemon.json("qa", "add", "When are you open?", "Every day.", "-t", twin)
    assert set(added) == {"id", "twin", "question", "answer", "created_at", "updated_at"}
    answer = daemon.json("ask", "when are you open", "-t", twin)
    assert (answer["answer"], answer["generator"]) == ("Every day.", "verified")
    shown = daemon.run("ask", "when are you open", "-t", twin)
    assert "Verified answer" in shown.stdout
    assert added["id"] in daemon.run("qa", "ls", "-t", twin).stdout
    assert daemon.json("qa", "-t", twin)["answers"] == [added]
    deleted = daemon.run("qa", "rm", added["id"], "--yes")
    assert (deleted.returncode, deleted.stdout) == (0, f"Deleted {added['id']}.\n")
    assert daemon.json("qa", "list", "-t", twin) == {"answers": []}


def test_an_answer_comes_from_stdin(daemon: LiveDaemon, twin: str) -> None:
    added = daemon.json("qa", "add", "What is it?", "-", "-t", twin, stdin="Two\n\nparts.\n")
    assert added["answer"] == "Two\n\nparts."


def test_a_question_comes_from_stdin(daemon: LiveDaemon, twin: str) -> None:
    added = daemon.json("qa", "add", "-", "Ash and oak.", "-t", twin, stdin="Of what wood?\n")
    assert (added["question"], added["answer"]) == ("Of what wood?", "Ash and oak.")
    both = daemon.run("qa", "add", "-", "-", "-t", twin, stdin="Which of both?\n")
    assert (both.returncode, "the answer is empty" in both.stderr) == (2, True)


def test_without_an_answer_or_a_terminal_there_is_nothing_to_keep(
    daemon: LiveDaemon, twin: str
) -> None:
    done = daemon.run("qa", "add", "What is missing?", "-t", twin)
    assert done.returncode == 2
    assert "the answer is missing" in done.stderr


def test_control_characters_are_not_kept(daemon: LiveDaemon, twin: str) -> None:
    done = daemon.run("qa", "add", "Who?", "\x1b[2Jme", "-t", twin)
    assert done.returncode == 2
    assert "U+001B" in done.stderr


def test_an_answer_that_is_not_there_cannot_be_deleted(daemon: LiveDaemon) -> None:
    assert daemon.run("qa", "delete", "qna_none", "--yes").returncode == 4
