"""Work in threads: a question to the daemon, and what to do with its answer."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker, get_current_worker

from twinctl.client.client import TwinClient
from twinctl.errors import TwinctlError
from twinctl.tui.desk import Desk
from twinctl.tui.messages import Answered, Failed

Value = TypeVar("Value")


class Asks(DOMNode):
    """For screens and windows: asks the daemon without ever waiting for it.

    A question runs in a thread with a connection of its own and touches no widget. What takes
    its answer is called as a handler, so it may change widgets; it is not called when the screen
    is gone or the same was asked anew meanwhile.
    """

    desk: Desk

    def ask(
        self,
        question: Callable[[TwinClient], Value],
        then: Callable[[Value], None],
        *,
        group: str = "load",
    ) -> None:
        """Ask for something to show; a failure becomes the banner.

        Args:
            question: Returns the answer.
            then: Shows it.
            group: A question takes the place of one of the same group that runs.
        """

        def work(client: TwinClient) -> Iterable[Callable[[], None]]:
            yield partial(then, question(client))

        self._work(work, group=group, is_action=False)

    def follow(
        self,
        question: Callable[[TwinClient], Iterable[Value]],
        each: Callable[[Value], None],
        *,
        then: Callable[[], None],
        group: str = "load",
    ) -> None:
        """Ask for something that comes in parts; a failure becomes the banner.

        Args:
            question: Yields the parts.
            each: Shows one.
            then: Called after the last one.
            group: As in `ask`.
        """

        def work(client: TwinClient) -> Iterable[Callable[[], None]]:
            for part in question(client):
                yield partial(each, part)
            yield then

        self._work(work, group=group, is_action=False)

    def act(self, action: Callable[[TwinClient], Value], then: Callable[[Value], None]) -> None:
        """Ask for a change; a failure becomes a window."""

        def work(client: TwinClient) -> Iterable[Callable[[], None]]:
            yield partial(then, action(client))

        self._work(work, group="", is_action=True)

    def on_answered(self, message: Answered) -> None:
        """Show an answer, unless there is nothing left to show it in."""
        message.stop()
        if self.app.is_running and not message.is_outdated:
            message.then()

    def _work(
        self,
        work: Callable[[TwinClient], Iterable[Callable[[], None]]],
        *,
        group: str,
        is_action: bool,
    ) -> None:
        def run() -> None:
            worker: Worker[Any] = get_current_worker()
            try:
                with self.desk.client() as client:
                    for then in work(client):
                        self.post_message(Answered(then, worker))
                        if worker.is_cancelled:
                            return
            except TwinctlError as error:
                failure = error
            except Exception as error:  # noqa: BLE001 - the edge of the thread
                failure = TwinctlError(f"{type(error).__name__}: {error}")
            else:
                return
            if not worker.is_cancelled:
                self.post_message(Failed(failure, is_action=is_action))

        self.run_worker(run, thread=True, group=group or "action", exclusive=bool(group))
