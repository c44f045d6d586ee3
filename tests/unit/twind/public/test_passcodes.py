"""Passcodes of share links that are guessed at, at a moment that does not pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.public import public_services
from twind.access.shares import Shares
from twind.domain.shares import ShareTerms
from twind.public.app import build_public_app
from twind.public.context import PublicServices
from twind.store.store import Store, Tenant

RIGHT = "open sesame"
GUESSERS = [f"198.51.{n}.1" for n in range(70)]


@pytest.fixture
def services(store: Store, tmp_path: Path) -> Iterator[PublicServices]:
    with public_services(store, tmp_path, clock=lambda: 1_000_000.0) as made:
        yield made


class Link:
    """A share link with a passcode, as networks try it."""

    def __init__(self, services: PublicServices, tenant: Tenant, twin: str) -> None:
        token, _ = Shares(services.store).create(tenant, ShareTerms(twin_id=twin), RIGHT)
        self._app = build_public_app(services)
        self._path = f"/public/validate-share/default/{token}"

    def tried(self, passcode: str, address: str) -> int:
        """Return how a passcode is answered."""
        client = TestClient(self._app, base_url="http://localhost", client=(address, 1))
        return client.get(self._path, headers={"X-Share-Passcode": passcode}).status_code


@pytest.fixture
def link(services: PublicServices, tenant: Tenant, twin: str) -> Link:
    return Link(services, tenant, twin)


def test_a_network_may_be_wrong_a_few_times(link: Link) -> None:
    wrong = [link.tried("wrong", f"203.0.113.{n}") for n in range(7)]

    assert wrong == [403] * 5 + [429] * 2
    assert link.tried(RIGHT, "203.0.113.200") == 429


def test_networks_that_guess_do_not_lock_others_out(link: Link) -> None:
    wrong = [link.tried("wrong", address) for address in GUESSERS[:10] for _ in range(5)]

    assert (wrong.count(403), wrong.count(429)) == (30, 20)
    assert link.tried(RIGHT, "203.0.113.1") == 200


def test_guesses_from_everywhere_are_bounded(link: Link) -> None:
    wrong = [link.tried("wrong", address) for address in GUESSERS]

    assert (wrong.count(403), wrong.count(429)) == (60, 10)


def test_passcodes_that_are_right_use_nothing_up(link: Link) -> None:
    right = [link.tried(RIGHT, "203.0.113.1") for _ in range(30)]

    assert set(right) == {200}
