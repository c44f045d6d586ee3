"""Which texts name pages that a key could be for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.domain.origins import NotAnOrigin, origin_pattern


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("https://example.com", "https://example.com"),
        ("https://example.com/", "https://example.com"),
        ("HTTPS://Shop.Example.COM:443", "https://shop.example.com"),
        ("http://example.com:80", "http://example.com"),
        ("https://example.com:8443", "https://example.com:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
        ("http://[2001:DB8:0::1]:8000", "http://[2001:db8::1]:8000"),
        ("https://*.example.com", "https://*.example.com"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        (" https://example.com ", "https://example.com"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(text: str, pattern: str) -> None:
    assert origin_pattern(text) == pattern


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "null",
        "example.com",
        "//example.com",
        "https://",
        "https://*",
        "https://*.com",
        "https://*.*.com",
        "https://a.*.com",
        "https://*example.com",
        "https://example.com/page",
        "https://example.com?x=1",
        "https://example.com#x",
        "https://me@example.com",
        "https://example.com:99999",
        "https://example.com:0",
        "https://example.com:x",
        "https://exa mple.com",
        "https://example.com.",
        "https://.example.com",
        "https://-x.example.com",
        "https://[::1",
        "http://[fe80::1%25eth0]",
        "https://straße.example",
        "https://\u03c3\u03bf\u03c6\u03cc\u03c2.example",
        "https://a\u200db.example",
        "https://ex%61mple.com",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.com",
        "https://\u2100.com",
        "https://" + "a" * 64 + ".com",
    ],
)
def test_what_is_no_origin_or_too_many_is_refused(text: str) -> None:
    with pytest.raises(NotAnOrigin):
        origin_pattern(text)


@given(st.text(max_size=60))
def test_a_pattern_stays_as_it_is_and_holds_nothing_but_an_origin(text: str) -> None:
    try:
        pattern = origin_pattern(f"https://{text}")
    except NotAnOrigin:
        return

    assert origin_pattern(pattern) == pattern
    assert pattern.isascii()
    assert not set(pattern.removeprefix("https://")) & set("/?#@ \t\r\n\\,\"'<>")
