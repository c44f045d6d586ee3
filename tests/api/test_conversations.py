"""The routes of conversations: found by words, filtered, read in pages and as a whole."""

import pytest

from tests.support.asked import BUILT, TICKET, TOWER, asked, keeper
from tests.support.daemon import LiveDaemon
from twinctl.client.transport import Transport
from twinctl.errors import ApiError


@pytest.fixture(scope="module")
def twin(daemon: LiveDaemon) -> str:
    """Return a twin that had three conversations; the last question was refused."""
    slug = keeper(daemon, "listener")
    asked(daemon, slug, [BUILT, TOWER, TICKET])
    return slug


def found(daemon: LiveDaemon, twin: str, **wanted: object) -> list[str]:
    with daemon.client() as client:
        return [each.title for each in client.conversations(twin, **wanted)]


def test_conversations_are_found_by_words_channel_refusal_and_id(
    daemon: LiveDaemon, twin: str
) -> None:
    assert found(daemon, twin, q="MARGARET lighthouse") == [BUILT]
    assert found(daemon, twin, q="margaret granite") == []
    assert found(daemon, twin, refused=True) == [TICKET]
    assert found(daemon, twin, refused=False) == [TICKET, TOWER, BUILT]
    assert found(daemon, twin, channel="widget") == []
    with daemon.client() as client:
        ids = {each.title: each.id for each in client.conversations(twin)}
    assert found(daemon, twin, named=ids[TOWER]) == [TOWER]


def test_what_is_searched_comes_with_the_words_around_it(daemon: LiveDaemon, twin: str) -> None:
    with daemon.client() as client:
        (searched,) = client.conversations(twin, q="1841")
        assert searched.excerpt is not None
        assert "in 1841 by Margaret Dunmore" in searched.excerpt
        assert [each.excerpt for each in client.conversations(twin)] == [None] * 3


def test_transcripts_hold_every_turn_and_nothing_of_a_session(
    daemon: LiveDaemon, twin: str
) -> None:
    with daemon.client() as client:
        transcripts = list(client.transcripts(twin, refused=True))
        (refused,) = transcripts
        said = list(client.messages(refused.conversation.id))
    assert refused.messages == said
    assert [message.answered for message in said] == [None, False]
    assert (refused.conversation.channel, refused.conversation.refused) == ("chat", 1)
    assert "session" not in refused.conversation.model_dump()


def test_transcripts_come_in_pages(daemon: LiveDaemon, twin: str) -> None:
    with Transport(daemon.home.socket) as transport:
        path = f"/conversations/{twin}/transcripts"
        first = transport.json("GET", path, query={"limit": 2})
        rest = transport.json("GET", path, query={"limit": 2, "cursor": first["next_cursor"]})
    titles = [
        each["conversation"]["title"] for page in (first, rest) for each in page["transcripts"]
    ]
    assert titles == [TICKET, TOWER, BUILT]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    "wanted", [{"channel": "fax"}, {"q": "x" * 201}, {"refused": "perhaps"}, {"named": "x" * 101}]
)
def test_what_cannot_be_meant_is_refused(
    daemon: LiveDaemon, twin: str, wanted: dict[str, str]
) -> None:
    with daemon.client() as client, pytest.raises(ApiError) as caught:
        list(client.conversations(twin, **wanted))
    assert caught.value.status == 422


def test_a_twin_that_is_not_there_has_no_conversations(daemon: LiveDaemon) -> None:
    for listed in ("conversations", "transcripts"):
        with daemon.client() as client, pytest.raises(ApiError) as caught:
            list(getattr(client, listed)("nobody"))
        assert caught.value.status == 404
