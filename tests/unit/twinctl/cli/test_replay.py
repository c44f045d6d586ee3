import pytest

from twinctl.cli.replay import origin_of
from twinctl.errors import Misused


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://example.com", "https://example.com"),
        ("https://Example.COM/page?x=1#y", "https://example.com"),
        ("https://example.com:443/", "https://example.com"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://me@example.com", "https://example.com"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_is_stated_as_browsers_do(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "null",
        "example.com",
        "file:///x",
        "https://",
        "https://a b",
        "https://a:x",
        "http://[::1",
    ],
)
def test_what_is_no_site_has_no_origin(address: str) -> None:
    with pytest.raises(Misused):
        origin_of(address)
