import pytest

from twind.errors import InvalidInput
from twind.public.context import Site


@pytest.mark.parametrize(
    ("url", "origin", "host"),
    [
        ("", "", ""),
        ("https://twin.example.com", "https://twin.example.com", "twin.example.com"),
        ("https://Twin.Example.com/", "https://twin.example.com", "twin.example.com"),
        ("https://example.com:8443/ada/", "https://example.com:8443", "example.com"),
        ("https://zwölf.example", "https://xn--zwlf-6qa.example", "xn--zwlf-6qa.example"),
        ("http://[2001:DB8::0:1]:80", "http://[2001:db8::1]", "2001:db8::1"),
    ],
)
def test_a_site_has_the_origin_and_host_that_browsers_send(
    url: str, origin: str, host: str
) -> None:
    site = Site.parse(url, "")

    assert (site.origin, site.host) == (origin, host)
    assert site.url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "twin.example.com",
        "ftp://example.com",
        "https://",
        "https://me@example.com",
        "https://*.example.com",
        "https://example.com:99999",
        "https://example.com/?x=1",
        "https://example.com/#x",
        "https://[::1",
    ],
)
def test_what_no_visitor_could_open_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match=r"public\.url"):
        Site.parse(url, "")


@pytest.mark.parametrize("proxies", ["proxy.example.com", "10.0.0.0/33", "10.0.0.1/8"])
def test_a_proxy_has_an_address(proxies: str) -> None:
    with pytest.raises(InvalidInput, match=r"public\.proxies"):
        Site.parse("", proxies)
