"""How often visitors may ask, and that a restart does not let them begin anew."""

from collections.abc import Iterator
from functools import partial
from itertools import takewhile
from pathlib import Path

import httpx2
import pytest

from tests.support.visitors import SITE, Page, PublicSide, found_side, public_side
from twind.public.limiting import (
    ADDRESSES_A_MINUTE,
    GUESSES_A_MINUTE,
    VISITOR_A_MINUTE,
)

LAST_ADDRESS = "X-Forwarded-For"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSide]:
    """Yield a public listener behind a proxy at 127.0.0.1."""
    root = tmp_path_factory.mktemp("limits") / "home"
    with public_side(root, 'proxies = "127.0.0.1"\n') as running:
        yield running


@pytest.fixture(scope="module")
def proxied_key(proxied: PublicSide) -> str:
    return str(proxied.key()["key"])


def until_limited(page: Page, most: int) -> int:
    """Begin sessions until one is too many; return how many there were."""
    for count in range(most):
        answer = page.begin()
        if answer.status_code == 429:
            check_limited(answer.headers, answer.json())
            return count
        assert answer.status_code == 200
    return most


def check_limited(headers: object, problem: dict[str, object]) -> None:
    assert problem["code"] == "rate_limited"
    told = dict(headers)  # type: ignore[call-overload]
    assert int(told["retry-after"]) >= 1
    assert told["ratelimit-remaining"] == "0"
    assert int(told["ratelimit-limit"]) >= 1
    assert int(told["ratelimit-reset"]) >= 1
    assert told["access-control-allow-origin"] == SITE


def test_a_key_is_limited_to_what_its_owner_chose(proxied: PublicSide) -> None:
    small = proxied.key(requests_per_minute=3)["key"]
    with proxied.page(small, **{LAST_ADDRESS: "198.51.100.1"}) as page:
        assert until_limited(page, 10) == 3
    with proxied.page(small, **{LAST_ADDRESS: "203.0.113.1"}) as elsewhere:
        assert elsewhere.begin().status_code == 429


def test_a_session_that_leads_nowhere_is_limited_too(proxied: PublicSide) -> None:
    made = proxied.key()
    with proxied.page(made["key"], **{LAST_ADDRESS: "198.51.107.1"}) as page:
        page.begin()
        proxied.owner("DELETE", f"/api-keys/{made['id']}")
        told = [page.say(message="How wide?").status_code for _ in range(ADDRESSES_A_MINUTE + 10)]

    assert set(told) == {401, 429}


def test_the_tightest_of_all_limits_is_told(proxied: PublicSide) -> None:
    made = proxied.key(kind="secret", origins=[], scopes=["chat"], requests_per_minute=7)
    with httpx2.Client(base_url=proxied.url, timeout=60) as client:
        answer = client.post(
            "/v1/chat/completions",
            json={"model": "default", "messages": [{"role": "user", "content": "How wide?"}]},
            headers={"Authorization": f"Bearer {made['key']}"},
        )

    assert answer.status_code == 200
    assert (answer.headers["ratelimit-limit"], answer.headers["ratelimit-remaining"]) == ("7", "6")


ASKED = 40


def remaining(side: PublicSide, key: str, address: str) -> int:
    """Begin a session from an address; return what the tightest limit leaves then."""
    with side.page(key, **{LAST_ADDRESS: address}) as page:
        return int(page.begin().headers["ratelimit-remaining"])


@pytest.mark.parametrize(
    ("network", "same", "other"),
    [
        ("192.0.2.{n}", "192.0.2.250", "192.0.3.1"),
        ("2001:db8:0:{n:x}::1", "2001:db8:0:ff:1:2:3:4", "2001:db8:0:100::1"),
    ],
)
def test_the_addresses_of_a_network_count_as_one(
    proxied: PublicSide, proxied_key: str, network: str, same: str, other: str
) -> None:
    with proxied.page(proxied_key) as page:
        for n in range(ASKED):
            page.headers = {LAST_ADDRESS: network.format(n=n)}
            page.begin()

    assert remaining(proxied, proxied_key, other) == ADDRESSES_A_MINUTE - 1
    assert remaining(proxied, proxied_key, same) < ADDRESSES_A_MINUTE - 1


def test_a_visitor_is_limited(proxied: PublicSide, proxied_key: str) -> None:
    with proxied.page(proxied_key, **{LAST_ADDRESS: "198.51.100.77"}) as page:
        page.begin()
        rate = partial(page.say, message_id="msg_x", feedback="up")
        answers = list(takewhile(is_let_in, (rate() for _ in range(3 * VISITOR_A_MINUTE))))

    assert VISITOR_A_MINUTE <= len(answers) < 2 * VISITOR_A_MINUTE
    assert {answer.status_code for answer in answers} == {404}


def is_let_in(answer: httpx2.Response) -> bool:
    return answer.status_code != 429


def test_keys_that_are_guessed_are_limited_and_others_are_not_shut_out(
    proxied: PublicSide, proxied_key: str
) -> None:
    where = {LAST_ADDRESS: "198.18.0.9"}
    with proxied.page("pk_guess", **where) as guesser:
        tried = (guesser.begin() for _ in range(3 * GUESSES_A_MINUTE))
        answers = list(takewhile(is_let_in, tried))
    with proxied.page(proxied_key, **where) as visitor:
        assert visitor.begin().status_code == 200

    assert GUESSES_A_MINUTE <= len(answers) < 2 * GUESSES_A_MINUTE
    assert {answer.status_code for answer in answers} == {401}


def test_only_a_proxy_is_believed_about_addresses(side: PublicSide, key: str) -> None:
    left = []
    with side.page(key, source="127.9.9.9") as page:
        for n in range(10):
            page.headers = {LAST_ADDRESS: f"198.51.{n}.1"}
            left.append(int(page.begin().headers["ratelimit-remaining"]))

    assert left[-1] < left[0]


@pytest.mark.parametrize(
    "claimed",
    ["10.0.{n}.1, 198.19.0.1", "10.0.{n}.1, x, 198.19.1.1", "{n}, 198.19.2.1, 127.0.0.1"],
)
def test_what_a_visitor_claims_before_the_proxy_is_not_believed(
    proxied: PublicSide, proxied_key: str, claimed: str
) -> None:
    left = [remaining(proxied, proxied_key, claimed.format(n=n)) for n in range(10)]

    assert left[-1] < left[0]


def test_a_restart_lifts_no_limit(tmp_path: Path) -> None:
    with public_side(tmp_path / "home") as side:
        small = side.key(requests_per_minute=1)["key"]
        with side.page(small) as page:
            assert until_limited(page, 5) == 1
        side.daemon.stop()
        side.daemon.start()

        with found_side(side.daemon).page(small) as page:
            assert page.begin().status_code == 429


def test_a_restart_ends_no_session(tmp_path: Path) -> None:
    with public_side(tmp_path / "home") as side:
        key = side.key()["key"]
        with side.page(key) as page:
            page.begin()
            token = page.token
        side.daemon.stop()
        side.daemon.start()

        with found_side(side.daemon).page(key) as page:
            page.token = token
            assert page.ask("What do you know?")


def test_addresses_are_written_down_nowhere(tmp_path: Path) -> None:
    with public_side(tmp_path / "home", 'proxies = "127.0.0.1"\n') as side:
        key = side.key()["key"]
        with side.page(key, **{LAST_ADDRESS: "203.0.113.99"}) as page:
            page.begin()
            page.ask("What do you know?")
        side.daemon.stop()
        files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]

        assert files
        assert not [path for path in files if b"203.0.113" in path.read_bytes()]
