"""Answers that fail half-way: what visitors and programs are told, and what is counted."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.support.public import public_services
from tests.support.store import a_live_source
from tests.support.visitors import events_of
from twind.access.keys import Keys
from twind.access.shares import Shares
from twind.domain.audience import Asked
from twind.domain.keys import KeyTerms
from twind.domain.shares import ShareTerms
from twind.errors import ModelUnavailable
from twind.public.app import build_public_app
from twind.store.store import Store, Tenant

QUESTION = "Who built the lighthouse at Skerry Point?"
TEXT = "The lighthouse at Skerry Point was built in 1841 by Margaret Dunmore."
INSIDE = "the disk /home/ada is full"


class Failing:
    """Notes answers, unless it is to fail."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def record(self, _: Tenant, __: Asked) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture
def failing() -> Failing:
    return Failing()


@pytest.fixture
def client(store: Store, tmp_path: Path, failing: Failing) -> Iterator[TestClient]:
    """Yield somebody who asks the public application."""
    with public_services(store, tmp_path, record=failing.record) as services:
        yield TestClient(build_public_app(services), base_url="http://localhost")


def a_link(store: Store, tenant: Tenant, twin: str) -> tuple[str, str]:
    """Return the path of a link of three questions, and its id."""
    a_live_source(tenant, TEXT)
    token, share = Shares(store).create(tenant, ShareTerms(twin_id=twin, max_questions=3), None)
    return f"/public/chat/default/{token}", share.id


@pytest.mark.parametrize(
    "error", [ModelUnavailable(INSIDE), RuntimeError(INSIDE)], ids=["expected", "unexpected"]
)
def test_a_question_that_failed_inside_is_given_back(
    store: Store, tenant: Tenant, twin: str, client: TestClient, failing: Failing, error: Exception
) -> None:
    path, share_id = a_link(store, tenant, twin)
    failing.error = error
    failed = events_of(client.post(path, json={"message": QUESTION}).text)
    failing.error = None
    told = events_of(client.post(path, json={"message": QUESTION}).text)
    assert failed[-1][0] == "error"
    assert INSIDE not in str(failed)
    assert told[-1][0] == "done"
    assert tenant.shares.get(share_id).questions == 1


def asked(client: TestClient, tenant: Tenant, store: Store, *, stream: bool) -> httpx2.Response:
    """Return what a program with a key is told."""
    a_live_source(tenant, TEXT)
    secret, _ = Keys(store).create(tenant, KeyTerms(name="program"))
    return client.post(
        "/v1/chat/completions",
        json={
            "model": "default",
            "messages": [{"role": "user", "content": QUESTION}],
            "stream": stream,
        },
        headers={"Authorization": f"Bearer {secret}"},
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [(ModelUnavailable(INSIDE), "model_unavailable"), (RuntimeError(INSIDE), "internal")],
    ids=["expected", "unexpected"],
)
def test_a_stream_that_fails_ends_with_an_error_of_the_protocol(
    store: Store, tenant: Tenant, client: TestClient, failing: Failing, error: Exception, code: str
) -> None:
    failing.error = error
    told = asked(client, tenant, store, stream=True).text
    *_, last = [part for part in told.split("\n\n") if part.startswith("data: ")]
    assert f'"code":"{code}"' in last
    assert '"type":"server_error"' in last
    assert INSIDE not in told


def test_what_failed_inside_is_not_told_to_programs(
    store: Store, tenant: Tenant, client: TestClient, failing: Failing
) -> None:
    failing.error = ModelUnavailable(INSIDE)
    answer = asked(client, tenant, store, stream=False)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_unavailable")
    assert INSIDE not in answer.text


def test_a_place_is_free_again_however_an_answer_ends(
    store: Store, tenant: Tenant, client: TestClient, failing: Failing
) -> None:
    failing.error = ModelUnavailable("no model")
    for stream in (False, True, False):
        assert asked(client, tenant, store, stream=stream).status_code in {200, 503}
    failing.error = None
    assert asked(client, tenant, store, stream=False).status_code == 200
