"""The screen of sources."""

import itertools
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.screens import fill_in, reads, running, shown, until
from tests.support.store import default_tenant, default_twin, open_store
from twinctl.tui.screens.sources import SourcesScreen
from twinctl.tui.widgets.windows import Line
from twinctl.wire.sources import TextIn
from twinctl.wire.twins import TwinIn
from twind.domain.sources import SourceKind

pytestmark = pytest.mark.anyio

MANY = 10_000
TOO_LARGE_BYTES = 300 * 2**20
FRAME_S = 0.1
"""Slower than this is felt; a frame takes a few milliseconds on a quiet machine."""


def twin(slug: str) -> TwinIn:
    return TwinIn(name=slug.title(), slug=slug)


def fill(root: Path) -> None:
    """Put many sources into a home whose daemon does not run."""
    store = open_store(root)
    tenant = default_tenant(store)
    twin_id = default_twin(tenant)
    with tenant.transaction():
        for n in range(MANY):
            tenant.sources.add(twin_id, SourceKind.TEXT, f"text:{n:05}", f"Note {n:05}")
    store.close()


@contextmanager
def being_taught(daemon: LiveDaemon, slug: str) -> Iterator[None]:
    """Have somebody else add one source after another to a twin."""
    is_enough = threading.Event()

    def teach() -> None:
        with daemon.client() as client:
            for n in itertools.count():
                client.ingest_text(slug, TextIn(text=f"Rye is baked {n} times.", title="Bread"))
                if is_enough.is_set():
                    return

    teacher = threading.Thread(target=teach)
    teacher.start()
    try:
        yield
    finally:
        is_enough.set()
        teacher.join()


def rows(pilot: Pilot[None]) -> int:
    screen = pilot.app.screen
    assert isinstance(screen, SourcesScreen)
    return screen.table.shown


async def add(pilot: Pilot[None], path: Path) -> None:
    """Add a file and wait for its row."""
    before = rows(pilot)
    await pilot.press("a")
    await reads(pilot, "Add sources")
    await fill_in(pilot, str(path))
    await until(pilot, lambda: rows(pilot) == before + 1)


async def test_the_text_of_the_source_under_the_cursor_is_shown(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2")
        await reads(pilot, "Rye bread is baked for twelve hours")
        await pilot.press("down")
        await reads(pilot, "The harbour of Akureyri")


async def test_typing_narrows_the_sources_down(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2")
        await reads(pilot, "2 sources")
        await pilot.press("slash", *"ports")
        await until(pilot, lambda: rows(pilot) == 1)
        await reads(pilot, "1 shown of 2 sources")
        await pilot.press(*"xyz")
        await reads(pilot, "nothing was found")
        await pilot.press("escape")
        await until(pilot, lambda: rows(pilot) == 2)


async def test_keys_for_a_source_are_offered_where_there_is_one(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2")
        await reads(pilot, "d Delete")
        await pilot.press("f")
        await reads(pilot, "0 failed of 2 sources")
        await until(pilot, lambda: "d Delete" not in shown(pilot))
        await pilot.press("d", "f", "f")
        await reads(pilot, "d Delete")


async def test_what_could_not_be_added_comes_back_to_be_mended(
    shown_daemon: LiveDaemon, tmp_path: Path
) -> None:
    missing = str(tmp_path / "missing.txt")
    async with running(shown_daemon, twin="ada", size=(140, 40)) as pilot:
        await pilot.press("2", "a")
        await reads(pilot, "Add sources")
        await fill_in(pilot, missing)
        await reads(pilot, "there is no file")
        await pilot.press("escape", "a")
        await reads(pilot, "Add sources")
        assert pilot.app.screen.query_one(Line).value == missing


async def test_a_source_is_read_over_the_whole_screen(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2")
        await reads(pilot, "Rye bread")
        await pilot.press("enter")
        await reads(pilot, "esc Back")
        await pilot.press("escape")
        await reads(pilot, "a Add")


async def test_what_is_added_fails_with_its_reason_or_comes_alive(
    shown_daemon: LiveDaemon, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "full.txt").write_text("Whale oil lit the lamps of Akureyri.")
    with shown_daemon.client() as client:
        client.create_twin(twin("adding"))
    async with running(shown_daemon, twin="adding", size=(140, 40)) as pilot:
        await pilot.press("2")
        await reads(pilot, "nothing yet")
        await add(pilot, tmp_path / "full.txt")
        await add(pilot, tmp_path / "empty.txt")
        await reads(pilot, "1 failed")
        await pilot.press("home")
        await reads(pilot, "failed: ")
        await pilot.press("enter")
        await reads(pilot, "Nothing to read: its status is failed.")
        await pilot.press("down")
        await reads(pilot, "Whale oil lit the lamps")


async def test_what_cannot_be_added_is_told_in_a_window(
    shown_daemon: LiveDaemon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path would break the line elsewhere
    (tmp_path / "empty").mkdir()
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2", "a")
        await reads(pilot, "Add sources")
        await fill_in(pilot, "empty")
        await reads(pilot, "nothing of a format that is taken")
        await pilot.press("escape")
        await reads(pilot, "2 sources")


async def test_a_source_is_deleted_once_the_question_is_answered(
    shown_daemon: LiveDaemon,
) -> None:
    with shown_daemon.client() as client:
        client.create_twin(twin("deleting"))
        client.ingest_text("deleting", TextIn(text="Rye is baked.", title="Bread"))
    async with running(shown_daemon, twin="deleting") as pilot:
        await pilot.press("2")
        await reads(pilot, "live")
        await pilot.press("d")
        await reads(pilot, "Delete Bread?")
        await pilot.press("n")
        await reads(pilot, "1 source")
        await pilot.press("d", "y")
        await reads(pilot, "nothing yet")


async def test_indexing_anew_is_seen_as_it_happens(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2")
        await reads(pilot, "2 sources")
        await pilot.press("r")
        await reads(pilot, "queued")
        await until(pilot, lambda: "processing" not in shown(pilot))


async def test_what_others_add_is_seen_without_asking(shown_daemon: LiveDaemon) -> None:
    with shown_daemon.client() as client:
        client.create_twin(twin("watching"))
        async with running(shown_daemon, twin="watching") as pilot:
            await pilot.press("2")
            await reads(pilot, "nothing yet")
            client.ingest_text("watching", TextIn(text="Rye is baked.", title="Bread"))
            await reads(pilot, "Bread")
            client.ingest_text("default", TextIn(text="Rye is baked.", title="Loaf"))
            assert rows(pilot) == 1


async def test_it_is_left_quietly_while_sources_come_in(shown_daemon: LiveDaemon) -> None:
    with shown_daemon.client() as client:
        client.create_twin(twin("leaving"))
    with being_taught(shown_daemon, "leaving"):
        for _ in range(8):
            async with running(shown_daemon, twin="leaving") as pilot:
                await pilot.press("2")
                await reads(pilot, "Bread")


async def test_ten_thousand_sources_scroll_smoothly(tmp_path: Path) -> None:
    root = tmp_path / "home"
    with live_daemon(root, embedding="none") as daemon:
        daemon.stop()
        fill(root)
        daemon.start()
        async with running(daemon, size=(140, 40)) as pilot:
            await pilot.press("2")
            await until(pilot, lambda: rows(pilot) == MANY)
            screen = pilot.app.screen
            assert isinstance(screen, SourcesScreen)
            table = screen.table
            spent = []
            for _ in range(50):
                table.action_page(1)
                began = time.perf_counter()
                table.render_lines(table.region.reset_offset)
                spent.append(time.perf_counter() - began)
            assert sorted(spent)[len(spent) // 2] < FRAME_S
            await pilot.press("end")
            await reads(pilot, "Note 00000")
            await pilot.press("slash", *"09999")
            await until(pilot, lambda: rows(pilot) == 1)


async def test_a_file_that_is_refused_hinders_no_other_of_its_folder(
    shown_daemon: LiveDaemon, tmp_path: Path
) -> None:
    (tmp_path / "a-sparse.txt").touch()
    os.truncate(tmp_path / "a-sparse.txt", TOO_LARGE_BYTES)
    (tmp_path / "b-tar.txt").write_text("Tar kept the planks of the whalers dry.")
    with shown_daemon.client() as client:
        client.create_twin(twin("refusing"))
    async with running(shown_daemon, twin="refusing", size=(140, 40)) as pilot:
        await pilot.press("2")
        await reads(pilot, "nothing yet")
        await pilot.press("a")
        await reads(pilot, "Add sources")
        await fill_in(pilot, str(tmp_path))
        await reads(pilot, "1 refused")
        await until(pilot, lambda: rows(pilot) == 1)
        await reads(pilot, "Tar kept the planks")
