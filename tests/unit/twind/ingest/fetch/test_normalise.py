import pytest

from twind.errors import InvalidInput
from twind.ingest.fetch.normalise import normalised, stated


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a?utm_source=x&b=1#top", "https://example.org/a?utm_source=x&b=1"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ("https://example.org/%c3%a4%2f", "https://example.org/%C3%A4%2F"),
        ("http://[2606:4700:0:0::1111]:80/", "http://[2606:4700::1111]/"),
        ("https://en.wikipedia.org/wiki/Ada_(name)", "https://en.wikipedia.org/wiki/Ada_(name)"),
    ],
)
def test_an_address_has_one_spelling(given: str, spelled: str) -> None:
    assert normalised(given) == spelled


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)"),
        *("http://", "http:///path", "http://:80/", "http://a b/", "http://example.org:0x50/"),
        *("http://example.org:99999/", "http://user@example.org/", "http://u:p@example.org/"),
        *("http://[::1", "http://[fe80::1%25eth0]/", "http://ex%61mple.org/"),
        *("http://exa\nmple.org/", "http://example.org/\x00", "http://-/", "http://xn--/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        normalised(address)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "place", "found"),
    [
        ("https://example.org/real", "https://example.org/?p=1", "https://example.org/real"),
        ("/real", "https://example.org/?p=1", "https://example.org/?p=1"),
        ("https://other.org/", "https://example.org/a", "https://other.org/"),
        ("javascript:void(0)", "https://example.org/a", "https://example.org/a"),
        (None, "https://example.org/a", "https://example.org/a"),
        ("/real", None, None),
        ("https://example.org/real", None, "https://example.org/real"),
        (None, None, None),
    ],
)
def test_a_page_may_state_its_own_address(
    url: str | None, place: str | None, found: str | None
) -> None:
    assert stated(url, place) == found
