"""Addresses of the internet: whose they are, and which count as one."""

from collections.abc import Collection, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

_PREFIXES = {4: 24, 6: 56}

Networks = Collection[IPv4Network | IPv6Network]


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, with or without brackets and a port; None for what is none.

    An IPv4 address in the form of an IPv6 one is returned as what it is.
    """
    for candidate in (text, text.strip("[]"), text.rpartition(":")[0].strip("[]")):
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return mapped or address
    return None


def is_within(text: str, networks: Networks) -> bool:
    """Return whether an address lies in one of some networks."""
    address = parse_address(text) if networks else None
    return address is not None and any(address in network for network in networks)


def client_address(peer: str, forwarded: Sequence[str], proxies: Networks) -> str:
    """Return the address of whoever asks.

    Each proxy notes at the end of `X-Forwarded-For` who asked it. From there backwards, the
    first that is no proxy of ours is believed, and nothing before it: that is what it claims.

    Args:
        peer: Who is connected.
        forwarded: The values of the header, in their order.
        proxies: Whose word is believed.
    """
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    client = peer
    while hops and is_within(client, proxies):
        hop = parse_address(hops.pop())
        if hop is None:
            break
        client = str(hop)
    return client


def is_beside(text: str) -> bool:
    """Return whether an address is of this machine or its own network, as a proxy's often is."""
    address = parse_address(text)
    return address is not None and address.is_private


def one_client(text: str) -> str:
    """Return what tells one machine from others: an address, or a network of the longer ones."""
    address = parse_address(text)
    return prefix_of(text) if isinstance(address, IPv6Address) else str(address or text)


def prefix_of(text: str) -> str:
    """Return the network that counts as one with an address: /24, or /56 of IPv6."""
    address = parse_address(text)
    if address is None:
        return text
    return str(ip_network((address, _PREFIXES[address.version]), strict=False))
