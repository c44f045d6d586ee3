"""Addresses of the web have one spelling, and those of private networks are never public."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twind.errors import InvalidInput
from twind.ingest.fetch.addresses import is_public
from twind.ingest.fetch.normalise import normalised, stated

PRIVATE_V4 = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4"),
    *("240.0.0.0/4", "255.255.255.255/32"),
]
PRIVATE_V6 = [
    *("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b:1::/48"),
    *("2001::/32", "2001:db8::/32", "100::/64"),
]


def in_network(text: str) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    network = IPv6Network(text) if ":" in text else IPv4Network(text)
    return st.integers(0, network.num_addresses - 1).map(lambda number: network[number])


private_v4 = st.sampled_from(PRIVATE_V4).flatmap(in_network)
private_v6 = st.sampled_from(PRIVATE_V6).flatmap(in_network)
labels = st.from_regex(r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,8}[a-zA-Z0-9])?", fullmatch=True)
hosts = st.lists(labels, min_size=1, max_size=4).map(".".join)
paths = st.text(max_size=30).map(lambda text: "/" + text.replace("#", "").strip())


@given(st.one_of(private_v4, private_v6))
def test_an_address_of_a_private_network_is_not_public(address: IPv4Address) -> None:
    assert not is_public(str(address))


@given(st.ip_addresses(v=4))
@example(IPv4Address("127.0.0.1"))
@example(IPv4Address("169.254.169.254"))
@example(IPv4Address("93.184.215.14"))
def test_an_ipv4_address_is_the_same_in_whatever_it_is_carried(address: IPv4Address) -> None:
    number = int(address)
    carriers = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0x0064FF9B << 96 | number),
        IPv6Address(0x2002 << 112 | number << 80 | 1),
    ]
    assert {is_public(str(carrier)) for carrier in carriers} == {is_public(str(address))}


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_beyond_the_global_ones_is_public_only_for_what_it_carries(
    address: IPv6Address,
) -> None:
    if address not in IPv6Network("2000::/3") and is_public(str(address)):
        assert address.ipv4_mapped or address in IPv6Network("64:ff9b::/96")


@given(st.text(max_size=60))
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(f"{text}!")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@given(st.text(max_size=80))
def test_any_text_has_a_normal_spelling_or_is_refused(text: str) -> None:
    for address in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            spelled = normalised(address)
        except InvalidInput:
            continue
        assert normalised(spelled) == spelled
        assert spelled.isascii()


@given(hosts, paths)
def test_what_means_the_same_place_is_spelled_the_same(host: str, path: str) -> None:
    try:
        spelled = normalised(f"https://{host}{path}")
    except InvalidInput:
        return
    for same in (
        f"HTTPS://{host.upper()}{path}",
        f"https://{host}:443{path}#part",
        f"  https://{host}.{path}",
    ):
        assert normalised(same) == spelled


@given(hosts, st.text(max_size=40))
def test_a_stated_address_is_one_of_the_web_or_the_place_itself(host: str, text: str) -> None:
    place = normalised(f"https://{host}/a/b")
    found = stated(text, place)
    assert found is not None
    assert found.startswith(("http://", "https://"))
