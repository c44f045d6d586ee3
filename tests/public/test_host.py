"""A name that somebody else points to this machine: it answers under its own names alone."""

import pytest

from tests.support.visitors import PublicSide


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.",
        "evil.example@127.0.0.1",
        "127.0.0.1/evil",
        "127.0.0.1:x",
        "[::1",
        "0.0.0.0",
        "",
        " ",
    ],
)
def test_another_name_is_not_answered(side: PublicSide, host: str) -> None:
    answer = side.get("/health", host=host)

    assert answer.status in {400, 421}
    assert b"status" not in answer.body or b"host_refused" in answer.body


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST:1234", "127.0.0.1:80", "[::1]:99"]
)
def test_loopback_is_answered_under_any_of_its_names(side: PublicSide, host: str) -> None:
    assert side.get("/health", host=host).status == 200


def test_a_request_without_a_host_is_not_answered(side: PublicSide) -> None:
    assert side.send(b"GET /health HTTP/1.0\r\n\r\n").status == 421


def test_two_hosts_are_none(side: PublicSide) -> None:
    request = (
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n"
        b"Connection: close\r\n\r\n"
    )

    assert side.send(request).status in {400, 421}


@pytest.mark.parametrize("path", ["/widget.js", "/chat-widget/default", "/nothing", "//"])
def test_the_host_is_looked_at_before_anything_else(side: PublicSide, path: str) -> None:
    answer = side.get(path, "Origin: http://localhost", host="evil.example")

    assert answer.status == 421
    assert "access-control-allow-origin" not in answer.headers


def test_a_forwarded_host_changes_nothing(side: PublicSide) -> None:
    assert side.get("/health", "X-Forwarded-Host: localhost", host="evil.example").status == 421
