"""The screen of jobs."""

from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.screens import fill_in, reads, running, shown, until
from tests.support.waiting import finished
from tests.support.web import Reply, web_server
from twinctl.wire.sources import FileIn, TextIn
from twinctl.wire.twins import TwinIn

pytestmark = pytest.mark.anyio


async def test_the_log_of_the_job_under_the_cursor_is_shown(shown_daemon: LiveDaemon) -> None:
    with shown_daemon.client() as client:
        client.create_twin(TwinIn(name="Logging", slug="logging"))
        accepted = client.ingest_text("logging", TextIn(text="Oats are rolled.", title="Oats"))
        assert finished(client, accepted.job.id).status == "succeeded"
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("3")
        await reads(pilot, "succeeded")
        await reads(pilot, "chunks: 1; read in")


async def test_a_job_is_seen_as_it_goes_on(shown_daemon: LiveDaemon) -> None:
    with shown_daemon.client() as client:
        async with running(shown_daemon, twin="ada") as pilot:
            await pilot.press("3")
            await reads(pilot, "succeeded")
            client.create_twin(TwinIn(name="Working", slug="working"))
            client.ingest_text("working", TextIn(text="Rye is baked.", title="A new loaf"))
            await until(
                pilot,
                lambda: any(
                    "succ" in ln and "A new loaf" in ln for ln in shown(pilot).split("\n")
                ),
            )


async def test_a_job_that_failed_says_why_and_is_tried_again(
    shown_daemon: LiveDaemon, tmp_path: Path
) -> None:
    path = tmp_path / "late.txt"
    path.write_text("")
    with shown_daemon.client() as client:
        client.create_twin(TwinIn(name="Trying", slug="trying"))
        accepted = client.ingest_file("trying", FileIn(path=str(path)))
        assert finished(client, accepted.job.id).status == "failed"
        async with running(shown_daemon, twin="trying", size=(140, 40)) as pilot:
            await pilot.press("3", "f", "f")
            await reads(pilot, accepted.job.id)
            await reads(pilot, "! ")
            path.write_text("Better late than never.")
            await pilot.press("r")
            await until(pilot, lambda: accepted.job.id not in shown(pilot))
            assert finished(client, accepted.job.id).status == "succeeded"


async def test_a_page_that_never_ends_is_cancelled(tmp_path: Path) -> None:
    with web_server() as web:
        drops = web.dripping(b"<p>and so on</p>")
        web.replies["/endless"] = Reply(headers={"Content-Type": "text/html"}, body=drops)
        local = '[ingest]\nprivate_hosts = "127.0.0.1"\n'
        with live_daemon(tmp_path / "home", embedding="none", models=local) as daemon:
            async with running(daemon) as pilot:
                await pilot.press("2", "a")
                await reads(pilot, "Add sources")
                await fill_in(pilot, web.url("/endless"))
                await pilot.press("3")
                await reads(pilot, "running")
                await pilot.press("c")
                await reads(pilot, "cancelled")


async def test_what_cannot_be_cancelled_is_told_in_a_window(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("3")
        await reads(pilot, "succeeded")
        await pilot.press("c")
        await reads(pilot, "esc Close")
