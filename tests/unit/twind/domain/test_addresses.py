from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.domain.addresses import (
    client_address,
    is_within,
    one_client,
    parse_address,
    prefix_of,
)

PROXIES = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("::1"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("::1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6", "198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6, nobody"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1, nobody, 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
        ("127.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("127.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("127.0.0.1", ['"[2001:db8::1]"'], "127.0.0.1"),
        ("::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_last_that_is_no_proxy_of_ours_is_believed(
    peer: str, forwarded: list[str], client: str
) -> None:
    assert client_address(peer, forwarded, PROXIES) == client


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("nobody", "nobody"),
    ],
)
def test_addresses_of_a_network_have_one_prefix(address: str, prefix: str) -> None:
    assert prefix_of(address) == prefix


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.77", "192.0.2.77"),
        ("::ffff:192.0.2.77", "192.0.2.77"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("", ""),
    ],
)
def test_a_client_of_the_longer_addresses_has_many(address: str, client: str) -> None:
    assert one_client(address) == client


@given(st.ip_addresses())
def test_every_address_is_read_with_and_without_a_port(address: object) -> None:
    written = f"[{address}]:80" if ":" in str(address) else f"{address}:80"

    assert parse_address(written) == parse_address(str(address)) is not None


@given(st.text())
def test_any_text_may_stand_in_the_header(text: str) -> None:
    assert client_address("127.0.0.1", [text], PROXIES)
    assert not is_within("6.6.6.6", PROXIES)
