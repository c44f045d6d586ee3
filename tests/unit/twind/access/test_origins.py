import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.access.origins import Origin, allowed
from twind.domain.origins import NotAnOrigin, origin_pattern

SITE = "https://example.com"


@pytest.mark.parametrize(
    ("origin", "pattern", "is_allowed"),
    [
        (SITE, SITE, True),
        ("https://EXAMPLE.com", SITE, True),
        ("https://example.com:443", SITE, True),
        ("https://example.com:8443", "https://example.com:8443", True),
        ("http://example.com", SITE, False),
        ("https://example.com:444", SITE, False),
        ("https://www.example.com", SITE, False),
        ("https://example.com.", SITE, False),
        ("https://a.example.com", "https://*.example.com", True),
        ("https://a.b.example.com", "https://*.example.com", True),
        ("https://example.com", "https://*.example.com", False),
        ("https://evilexample.com", "https://*.example.com", False),
        ("https://.example.com", "https://*.example.com", False),
        ("https://*.example.com", "https://*.example.com", False),
        ("http://a.example.com", "https://*.example.com", False),
        ("https://a.example.com:8443", "https://*.example.com", False),
    ],
)
def test_scheme_host_and_port_have_to_fit(origin: str, pattern: str, is_allowed: bool) -> None:  # noqa: FBT001
    assert allowed(origin, [pattern]) is is_allowed


@pytest.mark.parametrize(
    "origin", ["http://localhost", "https://localhost:3000", "http://127.8.9.1", "http://[::1]:80"]
)
def test_without_patterns_pages_of_loopback_are_allowed(origin: str) -> None:
    assert allowed(origin, [])
    assert not allowed(origin, [SITE])


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "*",
        "file://",
        "https://",
        "example.com",
        "https://example.com/",
        "https://example.com/path",
        "https://a@example.com",
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:٤٤٣",
        "https://exämple.com",
        "https://example.com\n",
        " https://example.com",
        "https://example.com https://evil.example",
        "ftp://example.com",
        "http://0.0.0.0",
        "http://localhost.evil.example",
        "http://[::ffff:8.8.8.8]",
    ],
)
def test_what_is_no_origin_or_another_is_not_allowed(origin: str) -> None:
    assert not allowed(origin, [])
    assert not allowed(origin, [SITE])


@given(st.text())
def test_any_text_is_an_origin_that_reads_the_same_again_or_none(text: str) -> None:
    origin = Origin.parse(text)

    assert origin is None or Origin.parse(str(origin)) == origin


@given(st.from_regex(r"https?://(\*\.)?[a-z0-9-]{1,9}(\.[a-z0-9-]{1,9}){0,3}(:\d{1,5})?"))
def test_a_pattern_that_may_be_kept_is_one_that_can_be_met(text: str) -> None:
    try:
        pattern = origin_pattern(text)
    except NotAnOrigin:
        return
    page = pattern.replace("*.", "sub.")
    assert allowed(page, [pattern]) is (Origin.parse(page) is not None)
