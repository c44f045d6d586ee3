import pytest

from tests.support.web import resolving_to
from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed
from twind.ingest.fetch.addresses import Guard

PUBLIC, PRIVATE = "93.184.215.14", "10.0.0.1"


def guard(*addresses: str, private_hosts: str = "") -> Guard:
    return Guard(private_hosts, resolving_to(*addresses))


def test_public_addresses_are_given() -> None:
    assert list(guard(PUBLIC, "2606:4700::1").addresses("a.test", 80)) == [PUBLIC, "2606:4700::1"]


@pytest.mark.parametrize("found", [(PRIVATE,), (PUBLIC, PRIVATE), ("fe80::1%eth0",), ("::1",)])
def test_one_private_address_among_those_of_a_host_refuses_it(found: tuple[str, ...]) -> None:
    with pytest.raises(FetchFailed) as caught:
        guard(*found).addresses("a.test", 80)
    assert caught.value.code is ErrorCode.ADDRESS_REFUSED
    assert "ingest.private_hosts a.test" in str(caught.value.hint)


def test_the_hint_keeps_what_is_allowed_already() -> None:
    with pytest.raises(FetchFailed) as caught:
        guard(PRIVATE, private_hosts="b.test:81").addresses("a.test", 80)
    assert str(caught.value.hint).endswith("ingest.private_hosts a.test,b.test:81")


@pytest.mark.parametrize("named", ["a.test", " b.test , A.test", "a.test:80"])
def test_a_host_that_the_owner_names_is_allowed(named: str) -> None:
    assert list(guard(PRIVATE, private_hosts=named).addresses("a.test", 80)) == [PRIVATE]


@pytest.mark.parametrize("named", ["::1", "[::1]", "[::1]:80"])
def test_an_ipv6_address_may_be_named_in_each_of_its_forms(named: str) -> None:
    assert list(guard("::1", private_hosts=named).addresses("::1", 80)) == ["::1"]


@pytest.mark.parametrize("named", ["", ",", "test", "b.a.test", "a.test:81", PRIVATE])
def test_another_host_or_port_is_not_allowed_with_it(named: str) -> None:
    with pytest.raises(FetchFailed):
        guard(PRIVATE, private_hosts=named).addresses("a.test", 80)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "::1"],
)
def test_however_this_machine_is_spelled_it_is_refused(host: str) -> None:
    with pytest.raises(FetchFailed):
        Guard("").addresses(host, 80)


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "a" * 300])
def test_a_host_that_nobody_knows_is_unreachable(host: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        Guard("").addresses(host, 80)
    assert caught.value.code is ErrorCode.UNREACHABLE
