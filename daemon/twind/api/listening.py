"""What `doctor` finds about the public listener."""

from twinctl.wire.system import Check
from twind.access.origins import is_loopback
from twind.serving.listening import Address, Listener

NAME = "public listener"


def listener_check(listener: Listener) -> Check:
    """Return whether visitors are answered, where, under which name and through which proxy."""
    address, problem = listener.address, listener.problem
    if problem is not None:
        return Check(name=NAME, state="failed", message=problem.message, hint=problem.hint)
    if address is None:
        return Check(name=NAME, state="ok", message="off; nobody but you reaches this machine")
    return _running_check(listener, address)


def _running_check(listener: Listener, address: Address) -> Check:
    if not listener.known_as and not is_loopback(address.host):
        return Check(
            name=NAME,
            state="warning",
            message=f"listens on {address}, but no name of it is known",
            hint="twinctl config set public.url https://twin.example.com",
        )
    proxy = listener.unnamed_proxy
    if proxy is not None:
        return Check(
            name=NAME,
            state="warning",
            message=f"{proxy} hands on visitors; all of them are limited as if they were one",
            hint=f"twinctl config set public.proxies {proxy}",
        )
    return Check(name=NAME, state="ok", message=f"listens on {address}, as {listener.url}")
