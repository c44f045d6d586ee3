"""Which addresses may be connected to: those of the public internet, and what the owner allows.

A page that is fetched for the owner must not reach what only the owner's machine can reach.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to IP addresses; raises `OSError` where there are none."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_LOW_32_BITS = 0xFFFFFFFF


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them.

    Raises:
        OSError: There are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(text: str) -> bool:
    """Say whether an IP address belongs to one machine of the public internet.

    An IPv6 address that carries an IPv4 address (mapped, 6to4, NAT64) is judged by that.

    >>> is_public("93.184.215.14"), is_public("::ffff:10.0.0.1"), is_public("fe80::1%eth0")
    (True, False, False)
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        carried = _carried(address)
        if carried is None:
            return address in _GLOBAL_UNICAST and address.is_global and not address.scope_id
        address = carried
    return address.is_global and not address.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & _LOW_32_BITS)
    return address.ipv4_mapped or address.sixtofour


class Guard:
    """Gives the addresses that a connection to a host may be made to."""

    def __init__(self, private_hosts: str, resolve: Resolve = resolve) -> None:
        """Take the rules.

        Args:
            private_hosts: Hosts, or hosts with a port, that are allowed wherever they are;
                parted by commas.
            resolve: Finds the addresses of a host.
        """
        named = (name.strip().lower() for name in private_hosts.split(","))
        self._allowed = frozenset(name for name in named if name)
        self._resolve = resolve

    def addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host, all of them public unless the host is allowed.

        Raises:
            FetchFailed: `unreachable`, or `address_refused` where one of them is not public.
        """
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:  # a name can be too long to be asked for
            raise FetchFailed(
                f"there is no host {host}",
                hint="check the spelling of the address and the network of this machine",
                code=ErrorCode.UNREACHABLE,
            ) from error
        private = [address for address in found if not is_public(address)]
        if private and not self._is_allowed(host, port):
            allowed = ",".join(sorted({*self._allowed, host}))
            raise FetchFailed(
                f"{host} is at {private[0]}, which is not an address of the public internet",
                hint="where it is yours, allow it with: "
                f"twinctl config set ingest.private_hosts {allowed}",
                code=ErrorCode.ADDRESS_REFUSED,
            )
        return found

    def _is_allowed(self, host: str, port: int) -> bool:
        written = f"[{host}]" if ":" in host else host
        return not self._allowed.isdisjoint({host, written, f"{written}:{port}"})
