"""The watcher as it runs: real events, a real job loop, a short quiet window."""

import ctypes
import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers import inotify_c
from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, WatchDescriptor

from tests.support.full_disk import only_read
from tests.support.waiting import wait_until
from tests.support.watching import index
from twind.domain.sources import SourceStatus
from twind.domain.twins import DEFAULT_TWIN
from twind.domain.watches import Watch, WatchState
from twind.errors import Conflict, InvalidInput
from twind.ingest.handler import INGEST
from twind.ingest.intake import Intake
from twind.ingest.watch import filesystems
from twind.ingest.watch.inotify import InotifyObserver
from twind.ingest.watch.pace import Pace
from twind.ingest.watch.watcher import Watcher
from twind.jobs.loop import JobLoop
from twind.store.store import Store, Tenant

PACE = Pace(quiet_s=0.05, check_s=0.1, poll_s=0.1, rescan_s=600.0)
DRAIN_S = 10.0


class Scene:
    """A watcher at work, and what has come of it."""

    def __init__(self, tenant: Tenant, watcher: Watcher) -> None:
        self.tenant = tenant
        self.watcher = watcher
        self.twin = tenant.twins.get(DEFAULT_TWIN)

    def watch(self, folder: Path, *, include: tuple[str, ...] = ()) -> Watch:
        return self.watcher.add(self.tenant, self.twin, str(folder), include, ())

    def live(self) -> dict[str, str]:
        """Return the ids of live sources by the names of their files."""
        sources = self.tenant.sources.list(self.twin.id, status=SourceStatus.LIVE)
        return {Path(source.uri).name: source.id for source in sources}

    def wait_for(self, *names: str) -> dict[str, str]:
        wait_until(lambda: self.live().keys() == set(names))
        return self.live()

    def state(self, watch: Watch) -> WatchState:
        return self.watcher.condition(watch).state


def start(store: Store) -> tuple[Scene, JobLoop]:
    loop = JobLoop(store, {INGEST: index})
    loop.start()
    watcher = Watcher(store, Intake(loop, max_file_bytes=1 << 20), PACE)
    watcher.start()
    return Scene(store.tenant("default"), watcher), loop


@pytest.fixture
def scene(store: Store) -> Iterator[Scene]:
    made, loop = start(store)
    yield made
    made.watcher.stop()
    loop.stop(DRAIN_S)


def test_files_are_followed_through_their_lives(scene: Scene, folder: Path) -> None:
    scene.watch(folder)
    (folder / "a.md").write_text("Bees.")
    source_id = scene.wait_for("a.md")["a.md"]
    (folder / "a.md").rename(folder / "b.md")
    assert scene.wait_for("b.md") == {"b.md": source_id}
    (folder / "b.md").write_text("Bumblebees.")
    wait_until(lambda: scene.tenant.documents.text(source_id) == "Bumblebees.")
    (folder / "b.md").unlink()
    scene.wait_for()


def test_folders_that_appear_move_and_go_are_followed(
    scene: Scene, folder: Path, tmp_path: Path
) -> None:
    scene.watch(folder)
    (tmp_path / "new" / "deep").mkdir(parents=True)
    for name in ("a.md", "deep/b.md"):
        (tmp_path / "new" / name).write_text(f"About {name}.")
    (tmp_path / "new").rename(folder / "new")
    before = scene.wait_for("a.md", "b.md")
    (folder / "new").rename(folder / "old")
    wait_until(
        lambda: scene.tenant.sources.get(before["b.md"]).uri == str(folder / "old/deep/b.md")
    )
    assert scene.live() == before
    (folder / "old" / "deep").rename(tmp_path / "away")
    scene.wait_for("a.md")


def test_a_folder_that_is_made_piece_by_piece_is_followed(scene: Scene, folder: Path) -> None:
    scene.watch(folder)
    for depth in range(5):
        below = folder.joinpath(*"abcde"[: depth + 1])
        below.mkdir()
        (below / f"{depth}.md").write_text(f"Number {depth}.")
    scene.wait_for(*(f"{depth}.md" for depth in range(5)))


def test_a_changed_ignore_file_is_followed(scene: Scene, folder: Path) -> None:
    scene.watch(folder)
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    scene.wait_for("a.md", "b.md")
    (folder / ".twinignore").write_text("b.md\n")
    scene.wait_for("a.md")
    (folder / ".twinignore").unlink()
    (folder / "c.md").write_text("Wasps.")
    scene.wait_for("a.md", "b.md", "c.md")


def test_a_folder_by_way_of_a_link_is_followed(scene: Scene, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    scene.watch(tmp_path / "link")
    (folder / "a.md").write_text("Bees.")
    scene.wait_for("a.md")
    assert scene.tenant.sources.find(scene.twin.id, str(tmp_path / "link" / "a.md"))


def test_a_folder_that_goes_is_missing_and_is_followed_again_when_back(
    scene: Scene, folder: Path, tmp_path: Path
) -> None:
    watch = scene.watch(folder)
    (folder / "a.md").write_text("Bees.")
    before = scene.wait_for("a.md")
    folder.rename(tmp_path / "away")
    wait_until(lambda: scene.state(watch) is WatchState.MISSING)
    (tmp_path / "away").rename(folder)
    (folder / "b.md").write_text("Ants.")
    assert scene.wait_for("a.md", "b.md")["a.md"] == before["a.md"]
    assert scene.state(watch) is WatchState.WATCHING


def test_what_happened_while_nobody_watched_is_followed(store: Store, folder: Path) -> None:
    scene, loop = start(store)
    for name in ("changed", "renamed", "deleted"):
        (folder / f"{name}.md").write_text(f"{name} then")
    scene.watch(folder)
    before = scene.wait_for("changed.md", "renamed.md", "deleted.md")
    scene.watcher.stop()
    loop.stop(DRAIN_S)
    (folder / "changed.md").write_text("changed now")
    (folder / "renamed.md").rename(folder / "other.md")
    (folder / "deleted.md").unlink()
    (folder / "new.md").write_text("new now")
    scene, loop = start(store)
    after = scene.wait_for("changed.md", "other.md", "new.md")
    scene.watcher.stop()
    loop.stop(DRAIN_S)
    assert (after["changed.md"], after["other.md"]) == (
        before["changed.md"],
        before["renamed.md"],
    )


def test_adding_a_folder_twice_is_one_watch_with_the_new_globs(scene: Scene, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.txt").write_text("Ants.")
    first = scene.watch(folder)
    scene.wait_for("a.md", "b.txt")
    second = scene.watch(folder, include=("*.md",))
    assert (second.id, second.include) == (first.id, ("*.md",))
    scene.wait_for("a.md")


def test_a_folder_in_a_watched_folder_is_refused(scene: Scene, folder: Path) -> None:
    (folder / "deep").mkdir()
    scene.watch(folder)
    for nested in (folder / "deep", folder.parent):
        with pytest.raises(Conflict, match="watched already"):
            scene.watch(nested)


def test_what_is_no_folder_is_refused(scene: Scene, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    for path in (folder / "a.md", folder / "absent", Path("relative")):
        with pytest.raises(InvalidInput):
            scene.watch(path)


def test_a_removed_watch_keeps_its_sources_and_follows_no_more(scene: Scene, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watch = scene.watch(folder)
    scene.wait_for("a.md")
    scene.watcher.remove(scene.tenant, watch)
    (folder / "a.md").unlink()
    assert scene.tenant.watches.all() == ()
    assert scene.live().keys() == {"a.md"}


def test_the_folders_of_a_deleted_twin_are_let_go(scene: Scene, folder: Path) -> None:
    twin = scene.tenant.twins.create("ada", "Ada")
    scene.watcher.add(scene.tenant, twin, str(folder), (), ())
    scene.tenant.twins.delete(twin.id)
    (folder / "a.md").write_text("Bees.")
    wait_until(lambda: not scene.watcher._folders)


def test_a_network_folder_is_polled_and_says_so(
    scene: Scene, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 22 0:40 / {folder} rw - nfs4 server:/export rw\n")
    monkeypatch.setattr(filesystems, "MOUNTS", mounts)
    watch = scene.watch(folder)
    condition = scene.watcher.condition(watch)
    assert condition.state is WatchState.POLLING
    assert "nfs4" in (condition.reason or "")
    (folder / "a.md").write_text("Bees.")
    source_id = scene.wait_for("a.md")["a.md"]
    (folder / "a.md").rename(folder / "b.md")
    assert scene.wait_for("b.md") == {"b.md": source_id}
    (folder / "b.md").unlink()
    scene.wait_for()


def test_what_the_system_lost_is_found_by_looking(scene: Scene, folder: Path) -> None:
    told: list[OSError | None] = []
    observer = InotifyObserver(told.append)
    overflow = InotifyConstants.IN_Q_OVERFLOW
    observer._descriptor.handle_event(InotifyEvent(WatchDescriptor(-1), overflow, 0, b""))
    observer.on_thread_stop()
    assert told == [None]
    watch = scene.watch(folder)
    following = scene.watcher._folders[watch.id]
    following._observation.close()
    (folder / "a.md").write_text("Bees.")
    following.on_trouble(None)
    scene.wait_for("a.md")


def test_after_something_unexpected_it_goes_on(scene: Scene, folder: Path) -> None:
    watch = scene.watch(folder)
    scene.tenant.database.execute("ALTER TABLE watched_files RENAME TO elsewhere")
    (folder / "a.md").write_text("Bees.")
    wait_until(lambda: scene.state(watch) is WatchState.FAILED)
    scene.tenant.database.execute("ALTER TABLE elsewhere RENAME TO watched_files")
    scene.wait_for("a.md")
    wait_until(lambda: scene.state(watch) is WatchState.WATCHING)


def test_a_folder_that_cannot_be_read_says_why(scene: Scene, folder: Path, tmp_path: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watch = scene.watch(folder)
    scene.wait_for("a.md")
    folder.rename(tmp_path / "away")
    folder.symlink_to(folder)  # to look into it is an error
    wait_until(lambda: scene.state(watch) is WatchState.FAILED)
    assert "cannot be read" in (scene.watcher.condition(watch).reason or "")
    assert scene.live().keys() == {"a.md"}


@pytest.fixture
def few_watches(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have the system refuse to observe more than some folders."""
    real = inotify_c.inotify_add_watch

    def limit(most: int) -> None:
        seen: set[bytes] = set()

        def add(descriptor: int, path: bytes, mask: int) -> int:
            seen.add(path)
            if len(seen) > most:
                ctypes.set_errno(errno.ENOSPC)
                return -1
            return real(descriptor, path, inotify_c.Mask(mask))

        monkeypatch.setattr(inotify_c, "inotify_add_watch", add)

    return limit


@pytest.mark.parametrize("most", [0, 2])
def test_a_folder_for_which_the_system_has_no_watches_is_polled_and_says_so(
    scene: Scene, folder: Path, few_watches: Callable[[int], None], most: int
) -> None:
    for name in ("one", "two", "three"):
        (folder / name).mkdir()
    few_watches(most)
    watch = scene.watch(folder)
    condition = scene.watcher.condition(watch)
    assert condition.state is WatchState.POLLING
    assert "fs.inotify.max_user_watches" in (condition.reason or "")
    (folder / "three" / "a.md").write_text("Bees.")
    scene.wait_for("a.md")


def test_a_limit_that_is_reached_later_is_told_too(
    scene: Scene, folder: Path, few_watches: Callable[[int], None]
) -> None:
    few_watches(1)
    watch = scene.watch(folder)
    assert scene.state(watch) is WatchState.WATCHING
    (folder / "below").mkdir()
    wait_until(lambda: scene.state(watch) is WatchState.POLLING)
    (folder / "below" / "a.md").write_text("Bees.")
    scene.wait_for("a.md")


def test_a_folder_goes_on_when_the_store_can_be_written_again(
    scene: Scene, folder: Path, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    watch = scene.watch(folder)
    with only_read(store):
        (folder / "a.md").write_text("Bees.")
        wait_until(lambda: scene.state(watch) is WatchState.FAILED)
        assert "can only be read" in (scene.watcher.condition(watch).reason or "")
    scene.wait_for("a.md")
    assert scene.state(watch) is WatchState.WATCHING
    assert "Traceback" not in caplog.text
