import time
from dataclasses import replace
from typing import Any

import jwt
import pytest

from twinctl.wire.codes import ErrorCode
from twind.access.sessions import RESUMABLE_S, Session, Sessions, new_session_id
from twind.errors import NotAuthenticated

SECRET = b"s" * 32
SESSION = Session(
    id="ses", tenant_id="default", twin_id="twn_1", opener="key_1", origin="https://example.com"
)


def expired(sessions: Sessions, ago_s: float) -> str:
    """Return a token of `SESSION` that expired a while ago."""
    claims: dict[str, Any] = jwt.decode(
        sessions.mint(SESSION), options={"verify_signature": False}
    )
    claims["exp"] = time.time() - ago_s
    return jwt.encode(claims, sessions._key, algorithm="HS256")


def test_a_token_says_whose_session_it_is() -> None:
    sessions = Sessions(SECRET)

    assert sessions.read(sessions.mint(SESSION)) == SESSION


def test_a_token_of_another_installation_is_none() -> None:
    token = Sessions(b"t" * 32).mint(SESSION)

    with pytest.raises(NotAuthenticated) as error:
        Sessions(SECRET).read(token)

    assert error.value.code == ErrorCode.NOT_AUTHENTICATED


def test_a_token_for_something_else_is_none() -> None:
    sessions = Sessions(SECRET)
    token = jwt.encode(
        {"id": "x", "exp": time.time() + 60, "aud": "else"}, sessions._key, algorithm="HS256"
    )

    with pytest.raises(NotAuthenticated):
        sessions.read(token)


def test_a_token_expires_and_says_so() -> None:
    sessions = Sessions(SECRET)

    with pytest.raises(NotAuthenticated) as error:
        sessions.read(expired(sessions, 1))

    assert error.value.code == ErrorCode.SESSION_EXPIRED


def test_an_expired_token_still_shows_whose_session_it_was_for_some_days() -> None:
    sessions, begun = Sessions(SECRET), replace(SESSION, id="new")

    assert sessions.resumed(expired(sessions, 3600), begun) == SESSION
    assert sessions.resumed(expired(sessions, RESUMABLE_S + 60), begun) == begun


@pytest.mark.parametrize(
    "changed",
    [
        {"tenant_id": "other"},
        {"twin_id": "twn_2"},
        {"opener": "key_2"},
        {"origin": "https://other.example"},
        {"visitor": "somebody"},
    ],
)
def test_a_session_is_gone_on_with_only_as_it_was_begun(changed: dict[str, str]) -> None:
    sessions = Sessions(SECRET)
    begun = replace(SESSION, id="new", **changed)

    assert sessions.resumed(sessions.mint(SESSION), begun) == begun


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "é", "\ud800", "." * 5000])
def test_what_is_no_token_begins_a_session(token: str | None) -> None:
    assert Sessions(SECRET).resumed(token, SESSION) == SESSION


def test_no_two_sessions_have_one_id() -> None:
    assert len({new_session_id() for _ in range(1000)}) == 1000
