from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.terminal import Terminal

TEXT = """# Mending a gap

## Tools

A walling hammer weighs about two kilograms. Keep the string line tight.

## Money

The price of a mended gap is ninety pounds a metre.
"""
QUESTION = "What is the price of a mended gap?"
STRANGE = "Who composed the opera about the flying Dutchman?"


@pytest.fixture(scope="module")
def notes(daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notes") / "gap.md"
    path.write_text(TEXT)
    daemon.json("twin", "create", "Waller")
    daemon.json("ingest", str(path), "--twin", "waller")
    return path


def test_an_answer_names_where_it_stands(daemon: LiveDaemon, notes: Path) -> None:
    done = daemon.run("ask", "--twin", "waller", QUESTION)
    assert done.returncode == 0
    assert "ninety pounds a metre" in done.stdout
    assert "[1] Mending a gap — " in done.stdout
    assert f"{notes}:9" in done.stdout


def test_the_document_of_an_answer_holds_its_evidence(daemon: LiveDaemon, notes: Path) -> None:
    answer = daemon.json("ask", "--twin", "waller", QUESTION)
    assert set(answer) == {
        *("answer", "answered", "refusal_reason", "confidence", "citations", "claims"),
        *("generator", "conversation_id", "took_ms"),
    }
    citation = answer["citations"][0]
    assert set(citation) == {
        *("n", "source_id", "chunk_id", "uri", "title", "quote", "locator"),
    }
    assert citation["quote"] in TEXT
    assert citation["uri"] == str(notes)


def test_a_question_comes_from_stdin(daemon: LiveDaemon, notes: Path) -> None:
    done = daemon.run("ask", "-", "--twin", "waller", stdin=QUESTION + "\n")
    assert "ninety pounds" in done.stdout


def test_a_refusal_is_a_sentence_and_ends_with_10(daemon: LiveDaemon, notes: Path) -> None:
    plain = daemon.run("ask", "--twin", "waller", STRANGE)
    assert (plain.returncode, plain.stderr) == (10, "")
    assert plain.stdout.count("\n") == 1
    document = daemon.run("ask", "--twin", "waller", STRANGE, "--json")
    assert document.returncode == 10
    assert '"answered": false' in document.stdout


def test_search_shows_passages_best_first(daemon: LiveDaemon, notes: Path) -> None:
    found = daemon.json("search", "walling hammer", "--twin", "waller", "-k", "1")
    assert set(found) == {"query", "hits", "took_ms"}
    (hit,) = found["hits"]
    assert set(hit) == {
        *("rank", "score", "source_id", "chunk_id", "uri", "title", "text", "locator"),
    }
    assert "hammer" in hit["text"]
    done = daemon.run("search", "walling", "hammer", "--twin", "waller")
    assert done.stdout.startswith("1. Mending a gap — ")


def test_finding_nothing_is_no_failure(daemon: LiveDaemon) -> None:
    daemon.json("twin", "create", "Empty")
    done = daemon.run("search", "anything", "--twin", "empty")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing was found." in done.stderr


def test_a_chat_in_a_pipe_answers_line_by_line(daemon: LiveDaemon, notes: Path) -> None:
    typed = f"{QUESTION}\n\n/new\n/sources\n{STRANGE}\n/quit\nnever asked\n"
    done = daemon.run("chat", "--twin", "waller", stdin=typed)
    assert done.returncode == 0
    assert done.stdout.index("ninety pounds") < done.stdout.index("STATUS")
    assert "> " not in done.stdout


def test_a_chat_goes_on_where_it_was_left(daemon: LiveDaemon, notes: Path) -> None:
    first = daemon.json("chat", "--twin", "waller", stdin=QUESTION)
    conversation = first["conversation_id"]
    again = daemon.json("chat", "--twin", "waller", "-c", conversation, stdin=QUESTION)
    assert again["conversation_id"] == conversation
    assert again["answers"][0]["answered"] is True
    with daemon.client() as client:
        assert len(list(client.messages(conversation))) == 4


def test_a_conversation_that_is_not_there_ends_with_4(daemon: LiveDaemon) -> None:
    assert daemon.run("chat", "-c", "nothing", stdin="hello").returncode == 4


def test_a_chat_on_a_terminal_remembers_what_was_typed(daemon: LiveDaemon, notes: Path) -> None:
    environ = {"TWINCTL_HOME": str(daemon.root)}
    with Terminal("chat", "--twin", "waller", environ=environ) as terminal:
        terminal.expect("> ")
        terminal.type(QUESTION + "\n")
        terminal.expect("ninety pounds")
        terminal.expect(f"{notes}:9")
        terminal.expect("> ")
        terminal.type("\x04")
        terminal.expect("twinctl chat -c cnv_")
        assert terminal.end() == 0
    assert QUESTION in daemon.home.history.read_text()
    assert daemon.home.history.stat().st_mode & 0o777 == 0o600
    with Terminal("chat", "--twin", "waller", environ=environ) as terminal:
        terminal.expect("> ")
        terminal.type("\x1b[A")
        terminal.expect(QUESTION)
        terminal.type("\n")
        terminal.expect("ninety pounds")
        terminal.expect("> ")
        terminal.type("/quit\n")
        assert terminal.end() == 0


def test_ctrl_c_at_the_prompt_begins_a_new_line(daemon: LiveDaemon, notes: Path) -> None:
    with Terminal("chat", environ={"TWINCTL_HOME": str(daemon.root)}) as terminal:
        terminal.expect("> ")
        terminal.type("half a thought")
        terminal.expect("half a thought")
        terminal.type("\x03")
        terminal.expect("(Ctrl-C again or Ctrl-D leaves)")
        terminal.expect("> ")
        terminal.type("/help\n")
        terminal.expect("Ctrl-C stops an answer")
        terminal.expect("> ")
        terminal.type("\x04")
        assert terminal.end() == 0
