import signal
import tempfile
from pathlib import Path

import pytest

from tests.support.editors import an_editor
from twinctl.cli.editor import edit
from twinctl.errors import DaemonUnreachable, Misused

DOCUMENT = "# A twin\nname = 1\n"


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where drafts lie."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def use_editor(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("VISUAL", an_editor(folder, script))


def object_to_twos(text: str) -> str:
    if "2" in text:
        raise Misused("no\ntwos", hint="three is fine")
    return text


def test_what_was_saved_is_taken_and_no_draft_stays(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, """sed -i 's/1/3/' "$1" """)
    assert edit(DOCUMENT, object_to_twos) == "# A twin\nname = 3\n"
    assert not list(drafts.iterdir())


def test_an_objection_opens_the_editor_again_on_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"""cp "$1" "{tmp_path}/seen.$(ls {tmp_path} | grep -c seen)"
sed -i '/^name/ {{ s/2/3/; s/1/2/ }}' "$1" """
    use_editor(tmp_path, monkeypatch, script)

    taken = edit(DOCUMENT, object_to_twos)

    assert (tmp_path / "seen.0").read_text() == DOCUMENT
    assert (tmp_path / "seen.1").read_text() == "# error: no twos\nname = 2\n"
    assert taken == "# error: no twos\nname = 3\n"


def test_a_second_objection_takes_the_place_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = """sed -i '/^name/ { s/24/3/; s/2$/24/; s/1/2/ }' "$1" """
    use_editor(tmp_path, monkeypatch, script)
    assert edit(DOCUMENT, object_to_twos) == "# error: no twos\nname = 3\n"


def test_a_document_without_its_comment_keeps_its_first_line(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, """grep -q error "$1" || echo 'name = 2' > "$1" """)
    with pytest.raises(Misused):
        edit(DOCUMENT, object_to_twos)
    assert next(drafts.iterdir()).read_text() == "# error: no twos\nname = 2\n"


def test_whoever_saves_an_objection_as_it_is_has_given_up_and_keeps_the_draft(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(tmp_path, monkeypatch, """sed -i 's/1/2/' "$1" """)
    with pytest.raises(Misused, match="twos") as caught:
        edit(DOCUMENT, object_to_twos)
    [draft] = drafts.iterdir()
    assert caught.value.hint == f"what you wrote is in {draft}"
    assert "name = 2" in draft.read_text()
    assert draft.stat().st_mode & 0o777 == 0o600


def test_a_draft_outlives_a_daemon_that_cannot_be_reached(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(text: str) -> None:
        raise DaemonUnreachable("it is gone", hint="twinctl daemon start")

    use_editor(tmp_path, monkeypatch, """sed -i 's/1/3/' "$1" """)
    with pytest.raises(DaemonUnreachable) as caught:
        edit(DOCUMENT, take)
    assert caught.value.hint == f"what you wrote is in {next(drafts.iterdir())}"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 3", "ended with 3"),
        ('rm "$1"', "cannot be read"),
        ("printf '\\377' > \"$1\"", "cannot be read"),
    ],
)
def test_an_edit_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    use_editor(tmp_path, monkeypatch, script)
    with pytest.raises(Misused, match=words):
        edit(DOCUMENT, object_to_twos)


@pytest.mark.parametrize("editor", ["/nowhere/ed", "unclosed 'quote"])
def test_an_editor_that_cannot_be_started_leaves_no_draft(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    with pytest.raises(Misused, match="cannot be started"):
        edit(DOCUMENT, object_to_twos)
    assert not list(drafts.iterdir())


def test_ctrl_c_is_left_to_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_editor(tmp_path, monkeypatch, """kill -INT $PPID; sed -i 's/1/3/' "$1" """)
    handler = signal.getsignal(signal.SIGINT)
    assert edit(DOCUMENT, object_to_twos) == "# A twin\nname = 3\n"
    assert signal.getsignal(signal.SIGINT) is handler
