"""One question and the answer that streams in, which can be stopped."""

from collections.abc import Iterator
from contextlib import closing

from twinctl.client.client import TwinClient
from twinctl.client.requests import checked
from twinctl.errors import TwinctlError
from twinctl.wire.answers import ChatEvent, ChatIn


class Exchange:
    """Asked once. `events` runs in a thread; `stop` may be called from any.

    Attributes:
        question: What was asked.
        is_stopped: The user did not want the rest.
    """

    def __init__(self, twin: str, question: str, conversation_id: str | None) -> None:
        self.question = question
        self.is_stopped = False
        self._twin = twin
        self._conversation_id = conversation_id
        self._client: TwinClient | None = None

    def events(self, client: TwinClient) -> Iterator[ChatEvent | TwinctlError]:
        """Yield what the daemon tells, and why it ended where that is a failure."""
        self._client = client
        try:
            message = checked(ChatIn, message=self.question, conversation_id=self._conversation_id)
            with closing(client.chat(self._twin, message)) as events:
                for event in events:
                    if self.is_stopped:
                        return
                    yield event
        except TwinctlError as error:
            if not self.is_stopped:
                yield error

    def stop(self) -> None:
        """Hang up, which ends the work in the daemon too."""
        self.is_stopped = True
        if self._client is not None:
            self._client.hang_up()
