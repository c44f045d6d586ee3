"""In public too, what another tenant has is what nobody has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.visitors import SITE, Page, PublicSide, public_side
from twind.domain.ids import new_id

OUR_TWIN, THEIR_TWIN = "ours", "theirs-alone"
QUESTION = "Why?"
VOLATILE = {"x-request-id", "date"}
NONCE = re.compile(r"""nonce(-|=")[\w-]+""")


@dataclass(frozen=True, kw_only=True)
class Things:
    """What belongs to a tenant, as somebody from outside would name it."""

    twin: str
    slug: str
    share: str
    conversation: str
    message: str


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSide]:
    with public_side(tmp_path_factory.mktemp("apart") / "home") as running:
        yield running


def owner(side: PublicSide, tenant: str, path: str, body: Any) -> Any:
    """Return what the owner is answered in a tenant."""
    transport = httpx2.HTTPTransport(uds=str(side.daemon.home.socket))
    with httpx2.Client(transport=transport, base_url="http://owner") as client:
        answer = client.post(path, json=body, headers={"X-Twinctl-Tenant": tenant})
    assert answer.is_success, answer.text
    return answer.json()


def things(side: PublicSide, tenant: str, slug: str) -> Things:
    """Make a twin with a link and a conversation over the widget."""
    twin = owner(side, tenant, "/twins", {"name": slug, "slug": slug})["id"]
    site = {"kind": "publishable", "origins": [SITE]}
    key = owner(side, tenant, "/api-keys", site)["key"]
    with side.page(key) as page:
        page.twin = slug
        assert page.begin().is_success
        meta = dict(page.ask(QUESTION))["meta"]
    return Things(
        twin=twin,
        slug=slug,
        share=owner(side, tenant, f"/twins/{twin}/share-links", {})["token"],
        conversation=meta["conversation_id"],
        message=meta["message_id"],
    )


@pytest.fixture(scope="module")
def ours(side: PublicSide) -> Things:
    return things(side, "default", OUR_TWIN)


@pytest.fixture(scope="module")
def theirs(side: PublicSide) -> Things:
    owner(side, "default", "/tenants", {"id": "theirs"})
    return things(side, "theirs", THEIR_TWIN)


@pytest.fixture(scope="module")
def nobodys(ours: Things) -> Things:
    return Things(
        twin=new_id("twn"),
        slug="nobodys-here",
        share="x" * len(ours.share),
        conversation=new_id("cnv"),
        message=new_id("msg"),
    )


@pytest.fixture(scope="module")
def page(side: PublicSide, ours: Things) -> Iterator[Page]:
    """Yield a page of ours, in the middle of a session."""
    with side.page(side.key()["key"]) as shown:
        shown.twin = OUR_TWIN
        assert shown.begin().is_success
        yield shown


@pytest.fixture(scope="module")
def secret(side: PublicSide) -> str:
    return str(side.key(kind="secret", origins=[], scopes=["chat"])["key"])


def told(answer: httpx2.Response, named: Things) -> tuple[int, dict[str, str], str]:
    """Return an answer without what differs from one name, or one request, to the next."""
    text = NONCE.sub("NONCE", answer.text.replace(answer.headers["X-Request-ID"], "REQUEST"))
    for name in (named.twin, named.slug, named.share, named.conversation, named.message):
        text = text.replace(name, "NAME")
    headers = {
        name: NONCE.sub("NONCE", value)
        for name, value in answer.headers.items()
        if name not in VOLATILE and not name.startswith(("ratelimit", "content-length"))
    }
    return answer.status_code, headers, text


Ask = Callable[[Page, Things, Things, str], httpx2.Response]
ASKED: dict[str, Ask] = {
    "session by id": lambda page, _, it, __: elsewhere(page, it.twin).begin(),
    "session by slug": lambda page, _, it, __: elsewhere(page, it.slug).begin(),
    "question by id": lambda page, _, it, __: elsewhere(page, it.twin).say(message=QUESTION),
    "question by slug": lambda page, _, it, __: elsewhere(page, it.slug).say(message=QUESTION),
    "conversation": lambda page, _, it, __: page.say(
        message=QUESTION, conversation_id=it.conversation
    ),
    "rating": lambda page, _, it, __: page.say(message_id=it.message, feedback="up"),
    "page of a link": lambda page, _, it, __: page.client.get(f"/share/{it.slug}/{it.share}x"),
    "our link to it": lambda page, our, it, __: page.client.get(f"/share/{it.slug}/{our.share}"),
    "its link to us": lambda page, our, it, __: page.client.get(
        f"/public/validate-share/{our.slug}/{it.share}"
    ),
    "our link asked": lambda page, our, it, __: page.client.post(
        f"/public/chat/{it.slug}/{our.share}", json={"message": QUESTION}
    ),
    "model": lambda page, _, it, secret: page.client.post(
        "/v1/chat/completions",
        json={"model": it.slug, "messages": [{"role": "user", "content": QUESTION}]},
        headers={"Authorization": f"Bearer {secret}"},
    ),
}


def elsewhere(page: Page, twin: str) -> Page:
    """Return the page as if it were for another twin."""
    return Page(client=page.client, key=page.key, twin=twin, token=page.token)


@pytest.mark.parametrize("asked", ASKED)
def test_what_another_tenant_has_is_what_nobody_has(
    asked: str, page: Page, ours: Things, theirs: Things, nobodys: Things, secret: str
) -> None:
    got = ASKED[asked](page, ours, theirs, secret)
    expected = ASKED[asked](page, ours, nobodys, secret)

    assert got.status_code in {403, 404}
    assert told(got, theirs) == told(expected, nobodys)


def test_the_models_of_a_key_are_its_tenants(side: PublicSide, theirs: Things) -> None:
    key = side.key(kind="secret", origins=[], scopes=["chat"])["key"]
    listed = httpx2.get(f"{side.url}/v1/models", headers={"Authorization": f"Bearer {key}"})

    assert THEIR_TWIN not in listed.text
    assert "default" in listed.text


def test_visitors_of_a_deleted_tenant_are_told_no_more_than_of_an_ended_key(
    tmp_path: Path,
) -> None:
    with public_side(tmp_path / "home") as side:
        owner(side, "default", "/tenants", {"id": "theirs"})
        site = {"kind": "publishable", "origins": [SITE]}
        made = owner(side, "theirs", "/api-keys", site)
        with side.page(made["key"]) as page:
            assert page.begin().is_success
            side.owner("DELETE", "/tenants/theirs")

            said, begun = page.say(message=QUESTION), page.begin()

    assert (said.status_code, said.json()["code"]) == (401, "key_revoked")
    assert (begun.status_code, begun.json()["code"]) == (401, "not_authenticated")
    assert "theirs" not in said.text + begun.text
    assert made["id"] not in said.text + begun.text
