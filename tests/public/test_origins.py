"""Pages of other sites: what their browsers let them read, and what they get done."""

import pytest

from tests.support.visitors import SITE, Answered, PublicSide

PREFLIGHT = (
    "Access-Control-Request-Method: POST",
    "Access-Control-Request-Headers: authorization",
)
PATHS = [
    "/health",
    "/widget.js",
    "/nothing",
    "/chat-widget/default",
    "/chat-widget/default/session",
    "//",
]


def preflight(side: PublicSide, path: str, origin: str) -> Answered:
    head = [f"OPTIONS {path} HTTP/1.1", "Host: localhost", f"Origin: {origin}", *PREFLIGHT]
    return side.send("\r\n".join([*head, "Connection: close", "", ""]).encode())


@pytest.mark.parametrize("path", PATHS)
def test_the_one_origin_that_a_key_names_is_echoed(side: PublicSide, key: str, path: str) -> None:
    for answer in (side.get(path, f"Origin: {SITE}"), preflight(side, path, SITE)):
        assert answer.headers["access-control-allow-origin"] == SITE
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers


def test_a_page_may_send_headers_that_its_client_adds(side: PublicSide, key: str) -> None:
    allowed = preflight(side, "/v1/chat/completions", SITE).headers["access-control-allow-headers"]

    assert {"Authorization", "Content-Type", "*"} == set(allowed.split(", "))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://example.com",
        "https://example.com.evil.example",
        "https://example.com:8443",
        "https://sub.example.com",
        "https://example.com/",
        "https://example.com@evil.example",
        "null",
        "*",
        "file://",
        "",
    ],
)
def test_no_other_origin_reads_anything(
    side: PublicSide, key: str, path: str, origin: str
) -> None:
    asked = side.get(path, f"Origin: {origin}")
    before = preflight(side, path, origin)

    for answer in (asked, before):
        assert "access-control-allow-origin" not in answer.headers
        assert "Origin" in answer.headers["vary"]
    assert before.status == 403


def test_a_page_that_a_key_does_not_name_gets_no_session(side: PublicSide, key: str) -> None:
    with side.page(key, origin="https://evil.example") as page:
        answer = page.begin()

    assert answer.status_code == 403
    assert answer.json()["code"] == "origin_refused"
    assert SITE in answer.json()["detail"]


@pytest.mark.parametrize("origin", [None, "null", "file://"])
def test_a_publishable_key_is_for_pages_alone(
    side: PublicSide, key: str, origin: str | None
) -> None:
    with side.page(key, origin=origin) as page:
        assert page.begin().json()["code"] == "origin_refused"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:3000", 200),
        ("https://127.0.0.1", 200),
        ("http://[::1]:8080", 200),
        ("http://localhost.evil.example", 403),
        (SITE, 403),
    ],
)
def test_a_key_without_origins_is_for_pages_of_this_machine(
    side: PublicSide, origin: str, status: int
) -> None:
    local = side.key(origins=[])["key"]

    with side.page(local, origin=origin, source="127.0.8.1") as page:
        assert page.begin().status_code == status


def test_a_star_stands_for_every_host_below(side: PublicSide) -> None:
    wide = side.key(origins=["https://*.example.org"])["key"]

    for origin, status in [("https://a.b.example.org", 200), ("https://example.org", 403)]:
        with side.page(wide, origin=origin, source="127.0.8.2") as page:
            assert page.begin().status_code == status


def test_a_token_of_a_session_is_for_the_page_that_began_it(side: PublicSide) -> None:
    both = side.key(origins=[SITE, "https://other.example"])["key"]

    with side.page(both) as page, side.page(both, origin="https://other.example") as other:
        page.begin()
        other.token = page.token

        assert other.say(message="Whose is this?").json()["code"] == "origin_refused"


def test_a_page_reads_why_its_key_has_ended(side: PublicSide) -> None:
    ended = side.key(origins=["https://ended.example"])
    side.owner("DELETE", f"/api-keys/{ended['id']}")

    with side.page(ended["key"], origin="https://ended.example") as page:
        answer = page.begin()

    assert answer.json()["code"] == "key_revoked"
    assert answer.headers["access-control-allow-origin"] == "https://ended.example"
