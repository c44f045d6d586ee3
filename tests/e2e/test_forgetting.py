"""After a deletion no search, no answer and no file of the home holds the text."""

import socket
from functools import partial
from pathlib import Path

import pytest

from tests.support.corpora import ingested
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import wait_until
from twinctl.wire.search import SearchIn

SECRET = "zyxomma"
TEXT = f"""# The {SECRET} file

The {SECRET} is a dragonfly that flies at dusk. It was first described in 1842 by Rambur.

## Where it lives

The {SECRET} lives at slow rivers and hides in the shade all day.
"""
REFUSED = 10


def holders(home: Path, word: str) -> list[str]:
    """Return the files of a home that hold a word, also where its begin is shortened away."""
    wanted = word[2:].encode()
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in files if wanted in path.read_bytes().lower()]


def holds_nothing(home: Path, word: str) -> bool:
    return not holders(home, word)


def test_a_deleted_source_is_found_nowhere(tmp_path: Path) -> None:
    (tmp_path / "dragonfly.md").write_text(TEXT)
    (tmp_path / "ferry.md").write_text("# Ferry\n\nThe ferry sails four times a day in summer.\n")
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        daemon.json("ingest", str(tmp_path / "dragonfly.md"), str(tmp_path / "ferry.md"))
        answer = daemon.json("ask", "Who described the dragonfly that flies at dusk?")
        assert SECRET in answer["citations"][0]["quote"] + answer["citations"][0]["title"]
        assert holders(daemon.root, SECRET)

        done = daemon.run("sources", "delete", str(tmp_path / "dragonfly.md"), "--yes")

        assert done.returncode == 0
        assert done.stdout.endswith("1 answer withdrawn).\n")
        assert holders(daemon.root, SECRET) == []
        assert daemon.json("search", "dragonfly dusk")["hits"] == []
        again = daemon.run("ask", "Who described the dragonfly that flies at dusk?")
        assert again.returncode == REFUSED
        with daemon.client() as client:
            (told,) = [
                message
                for message in client.messages(answer["conversation_id"])
                if message.role == "assistant"
            ]
        assert (told.citations, "withdrawn" in told.content) == ([], True)
        assert daemon.json("search", "ferry")["hits"]
        daemon.stop()
        assert holders(daemon.root, SECRET) == []


def test_an_older_revision_is_found_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "dragonfly.md"
    path.write_text(TEXT)
    with live_daemon(tmp_path / "home", embedding="none") as daemon, daemon.client() as client:
        ingested(client, "default", path)
        path.write_text(TEXT.replace(SECRET, "damselfly"))
        again = ingested(client, "default", path)
        assert (again.status, again.error) == ("live", None)
        assert client.search("default", SearchIn(query=SECRET)).hits == []

        wait_until(partial(holds_nothing, daemon.root, SECRET))

        assert client.search("default", SearchIn(query="damselfly")).hits


def test_a_deleted_twin_is_found_nowhere(daemon: LiveDaemon, tmp_path: Path) -> None:
    (tmp_path / "dragonfly.md").write_text(TEXT)
    daemon.run("twin", "create", "Rambur")
    daemon.json("ingest", str(tmp_path / "dragonfly.md"), "--twin", "rambur")
    daemon.json("ask", "Who described the dragonfly that flies at dusk?", "--twin", "rambur")

    assert daemon.run("twin", "delete", "rambur", "--yes").returncode == 0

    wait_until(partial(holds_nothing, daemon.root, SECRET))


def is_written(file: Path, since: int) -> bool:
    return file.stat().st_mtime_ns != since


def ask_and_hang_up(daemon: LiveDaemon, path: str) -> None:
    """Send a DELETE and leave before the answer."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(daemon.home.socket))
        connection.sendall(f"DELETE {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


@pytest.mark.slow
def test_a_daemon_that_is_killed_while_it_deletes_keeps_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dragonfly.md"
    parts = (
        f"## Part {n}\n\nThe {SECRET} came {n} times. " + "It flew. " * 80 for n in range(300)
    )
    path.write_text("\n\n".join(parts))
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        log = daemon.home.database.with_name(f"{daemon.home.database.name}-wal")
        for is_seen_in_the_log in (False, True, False, True):
            with daemon.client() as client:
                source = ingested(client, "default", path)
            since = log.stat().st_mtime_ns
            ask_and_hang_up(daemon, f"/sources/default/{source.id}")
            if is_seen_in_the_log:
                wait_until(partial(is_written, log, since))
            daemon.kill()
            daemon.start()

            with daemon.client() as client:
                left = list(client.sources("default"))
                hits = client.search("default", SearchIn(query=SECRET)).hits
                checks = client.checks().checks
            assert [each.chunks for each in left] in ([], [source.chunks])
            assert bool(hits) == bool(left)
            assert [check for check in checks if check.state == "failed"] == []
            if not left:
                wait_until(partial(holds_nothing, daemon.root, SECRET))


@pytest.mark.slow
def test_a_daemon_that_is_killed_while_it_removes_a_twin_goes_on_with_it(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for number in range(150):
        (tmp_path / "notes" / f"{number}.md").write_text(f"{TEXT}\nIt was seen {number} times.\n")
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        daemon.run("twin", "create", "Rambur")
        daemon.run("ingest", str(tmp_path / "notes"), "--twin", "rambur")
        log = daemon.home.database.with_name(f"{daemon.home.database.name}-wal")
        since = log.stat().st_mtime_ns
        ask_and_hang_up(daemon, "/twins/rambur")
        wait_until(partial(is_written, log, since))
        for _ in range(3):
            daemon.kill()
            daemon.start()
            with daemon.client() as client:
                assert [twin.slug for twin in client.twins()] == ["default"]
                assert [each for each in client.checks().checks if each.state == "failed"] == []

        wait_until(partial(holds_nothing, daemon.root, SECRET))
        assert daemon.json("twin", "create", "Rambur")["sources"] == 0
