"""The screen to talk on."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.endpoint import Reply, chunk, event, loopback_endpoint
from tests.support.screens import reads, running, shown, teach, type_line, until
from twinctl.tui.widgets.passage import Passage
from twinctl.wire.answers import ChatIn
from twinctl.wire.twins import TwinIn

pytestmark = pytest.mark.anyio

BREAD = "how long is rye bread baked?"


async def ask(pilot: Pilot[None], question: str) -> None:
    await pilot.press("4")
    await reads(pilot, "has 2 sources")
    await type_line(pilot, question)
    await reads(pilot, f"> {question}")


async def answered(pilot: Pilot[None]) -> None:
    """Wait until an answer is whole, with what it rests on."""
    await reads(pilot, "^r Quotes")
    await reads(pilot, "esc Leave the line")


async def test_an_answer_streams_in_with_what_it_rests_on(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await ask(pilot, BREAD)
        await reads(pilot, "twelve hours in the warm ground. [1]")
        await reads(pilot, "[1] Bread")


async def test_a_quote_opens_in_its_context(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await ask(pilot, BREAD)
        await reads(pilot, "[1] Bread")
        await pilot.press("ctrl+r", "enter")
        await reads(pilot, "esc Back")
        passage = pilot.app.screen.query_one(Passage)
        await until(pilot, lambda: passage.marked.startswith("Rye bread is baked"))


async def test_a_refusal_is_shown_as_one(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await ask(pilot, "who won the cup in 1998?")
        await reads(pilot, "Refused: ")


async def test_all_lines_that_are_pasted_are_asked(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("4")
        await reads(pilot, "esc Leave the line")
        pilot.app.post_message(events.Paste("\nhow long is\r\n  rye bread\n\nbaked?\n"))
        await until(pilot, lambda: pilot.app.screen.query_one(Input).value == BREAD)
        await pilot.press("enter")
        await reads(pilot, "twelve hours in the warm ground. [1]")


async def test_a_question_that_cannot_be_asked_comes_back_to_be_mended(
    shown_daemon: LiveDaemon,
) -> None:
    too_long = f"{BREAD} " * 400
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("4")
        await reads(pilot, "has 2 sources")
        await type_line(pilot, too_long)
        await reads(pilot, "takes at most 10000 characters")
        await reads(pilot, "esc Leave the line")
        assert pilot.app.screen.query_one(Input).value == too_long.strip()


async def test_a_twin_without_sources_says_where_they_are_added(shown_daemon: LiveDaemon) -> None:
    with shown_daemon.client() as client:
        client.create_twin(TwinIn(name="Nobody Yet", slug="nobody-yet"))
    async with running(shown_daemon, twin="nobody-yet") as pilot:
        await pilot.press("4")
        await reads(pilot, "has no sources yet: a adds some")


async def test_a_conversation_is_left_and_continued(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await ask(pilot, BREAD)
        await answered(pilot)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "twelve hours" not in shown(pilot))
        await pilot.press("ctrl+o")
        await reads(pilot, "Continue which conversation?")
        await pilot.press(*"rye bread", "enter")
        await reads(pilot, "twelve hours in the warm ground. [1]")
        await reads(pilot, "esc Leave the line")
        await type_line(pilot, "is it baked in winter?")
        await reads(pilot, "> is it baked in winter?")


async def test_digits_are_typed_on_the_line_and_go_elsewhere_beside_it(
    shown_daemon: LiveDaemon,
) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("4")
        await reads(pilot, "esc Leave the line")
        await pilot.press("3")
        await reads(pilot, "Leave the line")
        await pilot.press("escape")
        await reads(pilot, "i Write")
        await pilot.press("3")
        await reads(pilot, "STEPS")


async def test_escape_stops_an_answer_and_the_work_on_it(tmp_path: Path) -> None:
    with loopback_endpoint() as endpoint:
        said = event(chunk({"content": "Rye bread is baked for "}))
        endpoint.replies = [Reply(pieces=[said], stalls=True)]
        models = f'generator = "endpoint"\nendpoint_url = "{endpoint.url}"\nendpoint_model = "m"\n'
        with live_daemon(tmp_path / "home", embedding="none", models=models) as daemon:
            with daemon.client() as client:
                teach(client, "default")
            async with running(daemon) as pilot:
                await pilot.press("4")
                await reads(pilot, "has 2 sources")
                await type_line(pilot, BREAD)
                await until(pilot, lambda: len(endpoint.chats) > 0)
                await reads(pilot, "esc Stop")
                await pilot.press("escape")
                await reads(pilot, "(stopped; this answer is not kept)")
                await until(pilot, endpoint.hung_up.is_set)
                await reads(pilot, "esc Leave the line")


async def test_what_was_asked_elsewhere_can_be_continued(shown_daemon: LiveDaemon) -> None:
    with shown_daemon.client() as client:
        client.answer("ada", ChatIn(message="where do ships carry timber?"))
    async with running(shown_daemon, twin="ada", size=(140, 40)) as pilot:
        await pilot.press("4", "ctrl+o")
        await reads(pilot, "where do ships carry timber?")
        await pilot.press("escape")
        await reads(pilot, "has 2 sources")
