"""Work in threads: a question to the daemon, and what to do with its answer."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from twinctl.client.client import TwinClient
from twinctl.errors import TwinctlError
from twinctl.tui.desk import Desk
from twinctl.tui.messages import Answered, Failed

Value = TypeVar("Value")


class Asks(DOMNode):
    """For screens and windows: asks the daemon without ever waiting for it.

    `then` is called as a handler of the screen, so it may change widgets; it is not called when
    the screen is gone or the question was asked anew meanwhile.
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
            question: Runs in a thread with a connection of its own; touches no widget.
            then: Shows the answer.
            group: A question takes the place of one of the same group that runs.
        """
        self._work(question, then, group=group, is_action=False)

    def act(
        self,
        action: Callable[[TwinClient], Value],
        then: Callable[[Value], None],
    ) -> None:
        """Ask for a change; a failure becomes a window."""
        self._work(action, then, group="", is_action=True)

    def on_answered(self, message: Answered) -> None:
        """Show an answer."""
        message.stop()
        message.then()

    def _work(
        self,
        question: Callable[[TwinClient], Value],
        then: Callable[[Value], None],
        *,
        group: str,
        is_action: bool,
    ) -> None:
        def work() -> None:
            worker = get_current_worker()
            message: Message
            try:
                with self.desk.client() as client:
                    message = Answered(partial(then, question(client)))
            except TwinctlError as error:
                message = Failed(error, is_action=is_action)
            except Exception as error:  # noqa: BLE001 - the edge of the thread
                failure = TwinctlError(f"{type(error).__name__}: {error}")
                message = Failed(failure, is_action=is_action)
            if not worker.is_cancelled:
                self.post_message(message)

        self.run_worker(work, thread=True, group=group or "action", exclusive=bool(group))
