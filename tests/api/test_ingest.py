"""What the ingest routes take, and what becomes of it."""

import http.client
import json
import socket
from pathlib import Path

import pytest

from tests.support.corpora import ingested, new_twin
from tests.support.daemon import LiveDaemon
from tests.support.waiting import finished
from twinctl.errors import ApiError
from twinctl.wire.errors import Failure
from twinctl.wire.jobs import Accepted
from twinctl.wire.sources import FileIn, FilesIn, TextIn


def test_a_file_goes_from_processing_to_live(daemon: LiveDaemon, tmp_path: Path) -> None:
    path = tmp_path / "bees.md"
    path.write_text("# Bees\n\nA hive holds about forty thousand bees in June.\n")
    with daemon.client() as client:
        twin = new_twin(client, "From processing to live")
        accepted = client.ingest_file(twin, FileIn(path=str(path)))
        assert accepted.source.status == "processing"
        assert finished(client, accepted.job.id).status == "succeeded"
        source = client.source(twin, accepted.source.id)
        assert (source.status, source.title, source.uri) == ("live", "Bees", str(path))
        assert source.chunks == 1
        assert source.error is None
        assert client.source_text(twin, source.id).text == path.read_text()


def test_the_same_bytes_again_are_nothing_to_do(daemon: LiveDaemon, tmp_path: Path) -> None:
    path = tmp_path / "same.txt"
    path.write_text("Queens live for three to five years.")
    with daemon.client() as client:
        twin = new_twin(client, "The same bytes")
        first = ingested(client, twin, path)
        second = ingested(client, twin, path)
        assert second.id == first.id
        assert second.indexed_at == first.indexed_at


def test_changed_bytes_take_the_place_of_the_old(daemon: LiveDaemon, tmp_path: Path) -> None:
    path = tmp_path / "changed.txt"
    path.write_text("The honey harvest is in July.")
    with daemon.client() as client:
        twin = new_twin(client, "Changed bytes")
        first = ingested(client, twin, path)
        path.write_text("The honey harvest is in August.")
        second = ingested(client, twin, path)
        assert second.id == first.id
        assert "August" in client.source_text(twin, first.id).text
        assert client.twin(twin).chunks == 1


def test_a_text_goes_by_its_first_line_that_says_something(daemon: LiveDaemon) -> None:
    texts = ["---\n\n## Drones\n\nThey do not sting.", "###\n\nWax is made by the young."]
    with daemon.client() as client:
        twin = new_twin(client, "First lines")
        for text in texts:
            finished(client, client.ingest_text(twin, TextIn(text=text)).job.id)
        titles = {source.uri: source.title for source in client.sources(twin)}
    assert titles == {
        "text:Drones": "Drones",
        "text:Wax is made by the young.": "Wax is made by the young.",
    }


def test_two_files_with_the_same_bytes_are_two_sources(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Two files")
        sources = []
        for name in ("one.txt", "two.txt"):
            (tmp_path / name).write_text("Drones have no sting.")
            sources.append(ingested(client, twin, tmp_path / name))
        assert len({source.id for source in sources}) == 2
        assert {source.status for source in sources} == {"live"}


def test_a_changed_file_that_cannot_be_read_leaves_the_old_content_live(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    path = tmp_path / "then-broken.md"
    path.write_text("Smoke calms a hive.")
    with daemon.client() as client:
        twin = new_twin(client, "Then broken")
        first = ingested(client, twin, path)
        path.write_bytes(b"\x00\x01\x02" * 500)
        second = ingested(client, twin, path)
        assert second.status == "live"
        assert second.error is not None
        assert second.chunks == first.chunks
        assert "Smoke calms" in client.source_text(twin, first.id).text


def test_a_file_without_text_fails_with_code_message_and_hint(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    path = tmp_path / "blank.txt"
    path.write_text("   \n\n")
    with daemon.client() as client:
        source = ingested(client, new_twin(client, "Without text"), path)
        assert source.status == "failed"
        assert source.error is not None
        assert source.error.code == "no_text"
        assert source.error.message
        assert source.error.hint


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nowhere/at/all.txt", "file_missing"),
        ("relative.txt", "invalid"),
        ("/tmp", "file_unreadable"),
    ],
    ids=["missing", "relative", "folder"],
)
def test_a_path_that_cannot_be_taken_is_refused_and_makes_no_source(
    daemon: LiveDaemon, path: str, code: str
) -> None:
    with daemon.client() as client:
        twin = new_twin(client, f"Refuses {path}")
        with pytest.raises(ApiError) as caught:
            client.ingest_file(twin, FileIn(path=path))
        assert caught.value.code == code
        assert list(client.sources(twin)) == []


def test_of_many_files_each_is_taken_in_or_refused_by_itself(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    paths = [tmp_path / "wax.md", tmp_path / "nowhere.md", tmp_path / "comb.md"]
    paths[0].write_text("Wax is made by young bees.")
    paths[2].write_text("A comb has two sides.")
    with daemon.client() as client:
        twin = new_twin(client, "Many files")
        answers = client.ingest_files(twin, FilesIn(paths=[str(path) for path in paths]))
        refused = [each for each in answers if isinstance(each, Failure)]
        accepted = [each for each in answers if isinstance(each, Accepted)]
        assert isinstance(answers[1], Failure)
        assert [each.code for each in refused] == ["file_missing"]
        assert [each.source.uri for each in accepted] == [str(paths[0]), str(paths[2])]
        ended = [finished(client, each.job.id).status for each in accepted]
        assert ended == ["succeeded", "succeeded"]
        assert {source.status for source in client.sources(twin)} == {"live"}


def test_of_many_files_none_is_taken_in_where_there_is_no_such_twin(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    path = tmp_path / "queen.md"
    path.write_text("A queen lays two thousand eggs a day.")
    with daemon.client() as client:
        with pytest.raises(ApiError) as caught:
            client.ingest_files("no-such-twin", FilesIn(paths=[str(path)]))
        assert caught.value.code == "not_found"


def test_text_under_the_same_title_is_replaced(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Replaced text")
        for text in ("Feed syrup in autumn.", "Feed fondant in winter."):
            accepted = client.ingest_text(twin, TextIn(text=text, title="Feeding"))
            assert finished(client, accepted.job.id).status == "succeeded"
        (source,) = client.sources(twin)
        assert (source.kind, source.title, source.status) == ("text", "Feeding", "live")
        assert client.source_text(twin, source.id).text == "Feed fondant in winter."


def test_an_uploaded_file_is_kept_under_its_name(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Uploaded")
    status, answer = upload(daemon, twin, NOTES)
    assert status == 202
    with daemon.client() as client:
        assert finished(client, answer["job"]["id"]).status == "succeeded"
        source = client.source(twin, answer["source"]["id"])
    assert (source.uri, source.title, source.status) == ("upload:notes.md", "Notes", "live")


def test_an_uploaded_file_may_come_with_a_title(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Uploaded with a title")
    status, answer = upload(daemon, twin, NOTES, title="On moths")
    assert status == 202
    with daemon.client() as client:
        assert finished(client, answer["job"]["id"]).status == "succeeded"
        assert client.source(twin, answer["source"]["id"]).title == "On moths"
    assert upload(daemon, twin, NOTES, title="x" * 501)[0] == 422


NOTES = b"# Notes\n\nWax moths dislike the cold."


def upload(
    daemon: LiveDaemon, twin: str, content: bytes, **fields: str
) -> tuple[int, dict[str, dict[str, str]]]:
    """Send a form with a file and these fields beside it."""
    begin, end = b"--frontier\r\nContent-Disposition: form-data; ", b"--frontier--\r\n"
    parts = [f'name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    parts.append(b'name="file"; filename="notes.md"\r\n\r\n' + content + b"\r\n")
    body = b"".join(begin + part for part in parts) + end
    headers = {"Content-Type": "multipart/form-data; boundary=frontier"}
    return post(daemon, f"/ingest/file/{twin}", body, headers)


def post(
    daemon: LiveDaemon, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, dict[str, dict[str, str]]]:
    """Send a request as a foreign client would."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(daemon.home.socket))
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()
