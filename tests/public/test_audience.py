"""What is known of visitors afterwards, and what is not."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import pytest

from tests.support.visitors import Page, PublicSide
from twinctl.wire.audience import AudienceOut

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Telltale/17.3"
QUESTION = "How wide is the trench of a wall?"


@pytest.fixture
def twin(side: PublicSide) -> str:
    """Return the slug of a twin of its own, which knows nothing."""
    slug = f"audience-{secrets.token_hex(4)}"
    side.owner("POST", "/twins", {"name": "Audience", "slug": slug})
    return slug


@contextmanager
def visitor(
    side: PublicSide, key: str, twin: str, source: str, *, name: str | None = None, **headers: str
) -> Iterator[Page]:
    """Yield the page of a visitor at an address, with a session."""
    with side.page(key, source=source, **{"User-Agent": BROWSER, **headers}) as page:
        page.twin = twin
        begun = page.begin(visitor=name) if name else page.begin()
        assert begun.is_success, begun.text
        yield page


def audience(side: PublicSide, twin: str) -> AudienceOut:
    return AudienceOut.model_validate(side.owner("GET", f"/audience/{twin}?days=1"))


def test_visitors_of_a_page_are_counted(side: PublicSide, key: str, twin: str) -> None:
    with visitor(side, key, twin, "127.0.7.1") as page:
        page.ask(QUESTION)
        page.ask("How deep is it?")
    with visitor(side, key, twin, "127.0.7.2") as page:
        page.ask(QUESTION.lower())

    found = audience(side, twin)
    assert (found.questions, found.daily_visitors, found.sessions) == (3, [2], 2)
    assert [(each.channel, each.count) for each in found.channels] == [("widget", 3)]
    assert [(each.host, each.count) for each in found.hosts] == [("example.com", 3)]
    assert [(each.reason, each.count) for each in found.refusals] == [("no_sources", 3)]
    assert (found.gaps[0].question, found.gaps[0].count, found.gaps[0].visitors) == (
        QUESTION,
        2,
        2,
    )


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_who_wants_no_trace_is_no_visitor_and_came_from_nowhere(
    side: PublicSide, key: str, twin: str, header: str
) -> None:
    with visitor(side, key, twin, "127.0.7.3", **{header: "1"}) as page:
        page.ask(QUESTION)

    found = audience(side, twin)
    assert (found.questions, found.daily_visitors, found.hosts) == (1, [0], [])


def test_bots_are_answered_and_not_counted(side: PublicSide, key: str, twin: str) -> None:
    bot = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
    with visitor(side, key, twin, "127.0.7.4", **bot) as page:
        events = page.ask(QUESTION)

    assert events[-1][0] == "done"
    assert audience(side, twin).questions == 0


def rated(side: PublicSide, twin: str) -> tuple[int, int]:
    feedback = audience(side, twin).feedback
    return feedback.up, feedback.down


def test_an_answer_is_rated_by_whom_it_was_given_to(side: PublicSide, key: str, twin: str) -> None:
    with visitor(side, key, twin, "127.0.7.5") as page:
        message_id = page.ask(QUESTION)[0][1]["message_id"]
        assert page.say(message_id=message_id, feedback="up").status_code == 204
        assert rated(side, twin) == (1, 0)
        with visitor(side, key, twin, "127.0.7.6") as other:
            assert other.say(message_id=message_id, feedback="down").status_code == 404
        assert rated(side, twin) == (1, 0)
        assert page.say(message_id=message_id, feedback=None).status_code == 204

    assert rated(side, twin) == (0, 0)


def signed(side: PublicSide, made: dict[str, Any], name: str) -> str:
    """Return the token by which a site names its visitor."""
    secret = side.owner("GET", f"/api-keys/{made['id']}/visitor-secret")["secret"]
    claims = {"sub": name, "exp": int(time.time()) + 60}
    return str(jwt.encode(claims, secret, algorithm="HS256"))


def test_a_named_visitor_is_forgotten_with_all_that_was_said(side: PublicSide, twin: str) -> None:
    made = side.key()
    token = signed(side, made, "ada@example.com")
    with visitor(side, made["key"], twin, "127.0.7.7", name=token) as page:
        page.ask("Where are my Wellingtons?")
    with visitor(side, made["key"], twin, "127.0.7.8") as page:
        page.ask(QUESTION)
    gap = next(each for each in audience(side, twin).gaps if "Wellingtons" in each.question)
    [asked] = side.owner("GET", f"/audience/{twin}/gaps/{gap.id}")["questions"]
    assert asked["visitor"] == "named:ada@example.com"

    gone = side.owner("POST", f"/audience/{twin}/forget", {"visitor": asked["visitor"]})
    assert gone == {"events": 1, "conversations": 1}
    found = audience(side, twin)
    assert (found.questions, found.daily_visitors) == (1, [1])
    assert [each.question for each in found.groups] == [QUESTION]
    files = [path for path in side.daemon.root.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Wellingtons" in path.read_bytes()]


def test_no_address_and_no_browser_is_written_down(side: PublicSide, key: str, twin: str) -> None:
    with visitor(side, key, twin, "127.0.7.99", **{"X-Forwarded-For": "203.0.113.99"}) as page:
        page.ask(QUESTION)
    assert audience(side, twin).questions == 1

    files = [path for path in side.daemon.root.rglob("*") if path.is_file()]
    assert any(path.name == "twinctl.db" for path in files)
    for mark in (b"127.0.7.99", b"203.0.113.99", b"Telltale"):
        assert not [path for path in files if mark in path.read_bytes()]
