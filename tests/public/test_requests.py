"""Requests that are written to get somewhere else, or to make something of the answer."""

import json

import pytest

from tests.support.visitors import SITE, PublicSide

TRICKS = [
    "//",
    "//health",
    "/health/",
    "/health//ready",
    "/./health",
    "/health/../health",
    "/%2e%2e/health",
    "/%2e/health",
    "/health/%2e%2e/%2e%2e/etc/passwd",
    "/..;/health",
    "/health;x=1",
    "/health%2fready",
    "/health%00",
    "/%68ealth",
    "/health\\ready",
    "/health?x=1#y",
    "/.env",
    "/chat-widget/..%2fapi-keys/session",
]


@pytest.mark.parametrize("path", TRICKS)
def test_a_path_is_written_plainly_or_leads_nowhere(side: PublicSide, path: str) -> None:
    expected = {200} if path == "/health?x=1#y" else {400, 404}

    assert side.get(path).status in expected


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/health",
        "http://evil.example/health",
        "https://example.com/health",
        "*",
        "health",
        "127.0.0.1:443",
    ],
)
def test_a_target_that_is_no_path_leads_nowhere(side: PublicSide, target: str) -> None:
    assert side.get(target).status in {400, 404}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_only_methods_of_the_routes_are_answered(side: PublicSide, method: str) -> None:
    request = f"{method} /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    assert side.send(request.encode()).status in {400, 405}


def test_a_method_that_is_not_there_is_told_which_are(side: PublicSide) -> None:
    request = b"POST /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    assert side.send(request).headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "line",
    [
        "Origin: https://example.com\rX-Made: up",
        "Origin: https://example.com\nX-Made: up",
        "Origin: https://example.com\r\n X-Made: up",
        "Origin: https://example.com%0d%0aX-Made: up",
        "X-Request-ID: abc\rX-Made: up",
        "X-Request-ID: abc\nX-Made: up",
        "X-Request-ID: abc%0d%0aX-Made: up",
        "X-Forwarded-For: 1.2.3.4\rX-Made: up",
        "X-Forwarded-For: 1.2.3.4\nX-Made: up",
    ],
)
def test_no_header_of_a_request_makes_one_of_the_answer(
    side: PublicSide, key: str, line: str
) -> None:
    answer = side.get("/health", line)

    assert "x-made" not in answer.headers
    assert answer.headers.get("access-control-allow-origin", SITE) == SITE
    assert b"\rX-Made" not in answer.raw


def test_an_id_of_a_request_that_is_no_word_is_exchanged(side: PublicSide) -> None:
    assert side.get("/health", "X-Request-ID: a-1.b").headers["x-request-id"] == "a-1.b"
    for odd in ("<script>", "\xe9", "a" * 101):
        assert side.get("/health", f"X-Request-ID: {odd}").headers["x-request-id"] != odd


def test_an_overlong_head_is_not_read_to_its_end(side: PublicSide) -> None:
    answer = side.get("/health", "X-Long: " + "x" * 100_000)

    assert answer.status in {0, 400, 431}
    assert side.get("/health", *(f"X-{n}: x" for n in range(200))).status == 431


def test_what_is_no_http_is_hung_up_on(side: PublicSide) -> None:
    assert side.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").status in {0, 400}
    assert side.send(b"GET / HTTP/x\r\n\r\n").status in {0, 400}


def test_two_ways_to_say_how_long_a_body_is_are_one_too_many(side: PublicSide) -> None:
    request = (
        b"POST /chat-widget/default HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Length: 4\r\nContent-Length: 40\r\n\r\n{}{}"
    )

    assert side.send(request).status == 400


@pytest.mark.parametrize(
    "path", ["/health", "/widget.js", "/nothing", "/chat-widget/default/session"]
)
def test_every_answer_says_what_browsers_may_make_of_it(side: PublicSide, path: str) -> None:
    headers = side.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_health_says_that_it_is_alive_and_nothing_else(side: PublicSide) -> None:
    for path in ("/health", "/health/ready"):
        assert json.loads(side.get(path).body) == {"status": "ok"}


def post(side: PublicSide, *lines: str, body: bytes) -> int:
    head = ["POST /chat-widget/default/session HTTP/1.1", "Host: localhost", *lines]
    return side.send("\r\n".join(head).encode() + b"\r\n\r\n" + body).status


def test_a_body_that_is_said_to_be_large_is_refused_before_it_comes(side: PublicSide) -> None:
    said = ["Content-Type: application/json", "Content-Length: 65537"]

    assert post(side, *said, body=b"") == 413


def test_a_body_of_any_said_length_is_no_trouble(side: PublicSide) -> None:
    said = ["Content-Type: application/json", "Content-Length: " + "9" * 5000]

    assert post(side, *said, body=b"") in {400, 413}


def test_a_body_that_becomes_large_is_refused(side: PublicSide) -> None:
    said = ["Content-Type: application/json", "Transfer-Encoding: chunked"]
    chunk = b"1000\r\n" + b" " * 0x1000 + b"\r\n"

    assert post(side, *said, body=chunk * 17) == 413


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
def test_what_a_page_can_send_without_asking_first_is_no_question(
    side: PublicSide, media_type: str
) -> None:
    body = b'{"message": "hello"}'
    said = [f"Content-Length: {len(body)}", "Connection: close"]
    if media_type:
        said.append(f"Content-Type: {media_type}")

    assert post(side, *said, body=body) == 415
