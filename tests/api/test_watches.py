"""The routes of watched folders."""

from pathlib import Path

import pytest

from tests.support.corpora import new_twin
from tests.support.daemon import LiveDaemon
from tests.support.waiting import wait_until
from twinctl.errors import ApiError
from twinctl.wire.watches import WatchIn


def test_a_watch_is_made_listed_and_removed(daemon: LiveDaemon, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Bees\n\nBees dance.\n")
    with daemon.client() as client:
        twin = new_twin(client, "Watched")
        wanted = WatchIn(path=str(tmp_path), include=["*.md"], exclude=["drafts/"])
        made = client.add_watch(twin, wanted)
        assert (made.path, made.state, made.files) == (str(tmp_path), "watching", 1)
        assert (made.include, made.exclude) == (["*.md"], ["drafts/"])
        wait_until(lambda: client.watches(twin).watches[0].live == 1)
        removed = client.remove_watch(twin, made.id)
        assert (removed.id, removed.files) == (made.id, 1)
        assert client.watches(twin).watches == []
        assert len(list(client.sources(twin))) == 1


def test_a_file_without_text_is_counted_as_failed(daemon: LiveDaemon, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 100)
    with daemon.client() as client:
        twin = new_twin(client, "Watched and broken")
        client.add_watch(twin, WatchIn(path=str(tmp_path)))
        wait_until(lambda: client.watches(twin).watches[0].failed == 1)


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        (WatchIn(path="relative"), 422),
        (WatchIn(path="/nowhere/at/all"), 404),
        (WatchIn(path="/tmp", include=["!"]), 422),
    ],
)
def test_what_cannot_be_watched_is_refused(
    daemon: LiveDaemon, wanted: WatchIn, status: int
) -> None:
    with daemon.client() as client, pytest.raises(ApiError) as caught:
        client.add_watch("default", wanted)
    assert caught.value.status == status


def test_a_watch_of_another_twin_is_not_found(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        one = new_twin(client, "Watching one")
        other = new_twin(client, "Watching other")
        watch = client.add_watch(one, WatchIn(path=str(tmp_path)))
        with pytest.raises(ApiError) as caught:
            client.remove_watch(other, watch.id)
        assert caught.value.status == 404
        client.remove_watch(one, watch.id)
