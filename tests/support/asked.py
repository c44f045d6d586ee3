"""Questions that were asked of a twin."""

from collections.abc import Iterable, Sequence

from tests.support.daemon import LiveDaemon
from tests.support.waiting import finished, wait_until
from twinctl.wire.answers import AnswerOut, ChatIn
from twinctl.wire.sources import TextIn
from twinctl.wire.twins import TwinIn
from twind.answer.events import Reply
from twind.answer.service import AnswerService, Turn

LIGHT = (
    "# Skerry Point\n\nThe lighthouse at Skerry Point was built in 1841 by Margaret Dunmore.\n\n"
    "The tower is made of grey granite.\n"
)
BUILT = "Who built the lighthouse at Skerry Point?"
TOWER = "What is the tower made of?"
TICKET = "What does a balloon ticket to Lisbon cost?"


def keeper(daemon: LiveDaemon, slug: str) -> str:
    """Make a twin that knows of a lighthouse; return its slug."""
    with daemon.client() as client:
        client.create_twin(TwinIn(name=slug.title(), slug=slug))
        accepted = client.ingest_text(slug, TextIn(text=LIGHT, title="The light"))
        assert finished(client, accepted.job.id).status == "succeeded"
    return slug


def asked(daemon: LiveDaemon, twin: str, questions: Iterable[str]) -> list[AnswerOut]:
    """Ask each question in a conversation of its own, as the owner; return the answers."""
    with daemon.client() as client:
        return [client.answer(twin, ChatIn(message=question)) for question in questions]


def counted(daemon: LiveDaemon, twin: str, questions: Sequence[str]) -> None:
    """Ask each question as `asked` does, and wait until every report knows of all of them."""
    asked(daemon, twin, questions)
    with daemon.client() as client:

        def grouped() -> int:
            return sum(each.count for each in client.audience(twin, days=2).groups)

        wait_until(lambda: grouped() == len(questions))


def reply_of(service: AnswerService, turn: Turn) -> Reply:
    """Return how the answer to a turn ends."""
    *_, reply = service.stream(turn)
    assert isinstance(reply, Reply)
    return reply
