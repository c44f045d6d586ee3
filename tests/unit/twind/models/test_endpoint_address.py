import pytest

from twind.errors import ModelUnavailable
from twind.models.endpoint_address import Address


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("http://localhost:1234", "http://localhost:1234/v1"),
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("HTTPS://API.example.com:443/openai/v1", "https://api.example.com/openai/v1"),
        ("http://[::1]:8080/v1/chat/completions", "http://[::1]:8080/v1"),
    ],
)
def test_an_address_is_read_as_it_is_meant(given: str, url: str) -> None:
    assert Address.parse(given).url == url


@pytest.mark.parametrize(
    "given",
    [
        "",
        "127.0.0.1:11434/v1",
        "localhost",
        "ftp://localhost/v1",
        "http:///v1",
        "http://localhost:port/v1",
        "http://localhost:99999/v1",
        "http://localhost/v1?key=1",
        "http://[::1/v1",
        "http://höst.example/v1",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        Address.parse(given)
    assert "http://127.0.0.1:11434/v1" in (caught.value.hint or "")


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        Address.parse("https://me:sk-secret@api.example.com/v1")
    assert "sk-secret" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("peer", ["8.8.8.8", "2600::1", "::ffff:8.8.8.8"])
def test_the_way_to_a_public_host_is_open_unless_it_is_encrypted(peer: str) -> None:
    assert Address.parse("http://api.example.com/v1").is_open_to(peer)
    assert not Address.parse("https://api.example.com/v1").is_open_to(peer)


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "100.64.0.9", "::1", "fe80::1%eth0"])
def test_the_way_within_a_network_of_ones_own_is_not_open(peer: str) -> None:
    assert not Address.parse("http://gpu.local:8000/v1").is_open_to(peer)
