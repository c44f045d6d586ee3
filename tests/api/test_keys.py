"""Keys over the socket: what they are, and what a request with one may do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.apps import RunningApp, running_app
from tests.support.routes import OPEN, Declared, routes
from tests.support.tenants import Caller, owner_in, unknown_ids, with_key
from twind.api.app import build_app
from twind.domain.keys import Scope
from twind.serving.scopes import Reach

UNASKED: Any = None
ROUTES = [route for route in routes(build_app(UNASKED)) if route.asks != (OPEN,)]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with running_app(tmp_path_factory.mktemp("keys") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def owner(app: RunningApp) -> Caller:
    return owner_in(app, "default")


@pytest.fixture(scope="module")
def by_scope(app: RunningApp) -> dict[str, Caller]:
    """Return a key for each scope, and a publishable one, which has none."""
    made = {str(scope): with_scope(app, scope) for scope in Scope}
    publishable = owner_in(app, "default").json("POST", "/api-keys", {"kind": "publishable"})
    return {**made, "none": bearer(app, publishable["key"])}


def bearer(app: RunningApp, key: str) -> Caller:
    return Caller(app=app, headers={"Authorization": f"Bearer {key}"})


def with_scope(app: RunningApp, scope: str) -> Caller:
    made = owner_in(app, "default").json("POST", "/api-keys", {"scopes": [scope]})
    return bearer(app, made["key"])


def address(route: Declared) -> str:
    return route.path.format(**unknown_ids(), tenant_id="nobody", name="nothing")


def test_a_new_key_shows_its_secret_once(owner: Caller) -> None:
    ends = datetime.now(UTC) + timedelta(days=30)
    body = {
        "name": "reports",
        "scopes": ["chat", "search", "chat"],
        "twins": ["default"],
        "expires_at": ends.isoformat(),
        "requests_per_minute": 30,
    }

    made = owner.json("POST", "/api-keys", body)
    shown = owner.json("GET", f"/api-keys/{made['id']}")

    assert made.pop("key").startswith(made["prefix"])
    assert made == shown
    assert (shown["kind"], shown["state"], shown["twins"]) == ("secret", "active", ["default"])
    assert (shown["scopes"], shown["requests_per_minute"]) == (["chat", "search"], 30)
    assert datetime.fromisoformat(shown["expires_at"]) == ends
    assert shown in owner.json("GET", "/api-keys")["keys"]


def test_a_secret_key_may_chat_unless_it_is_told_otherwise(owner: Caller) -> None:
    assert owner.json("POST", "/api-keys", {})["scopes"] == ["chat"]
    assert owner.json("POST", "/api-keys", {"kind": "publishable"})["scopes"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "other"}, 422),
        ({"scopes": ["everything"]}, 422),
        ({"scopes": []}, 422),
        ({"kind": "publishable", "scopes": ["chat"]}, 422),
        ({"twins": ["nobody"]}, 404),
        ({"origins": ["https://*.com"]}, 422),
        ({"origins": ["null"]}, 422),
        ({"expires_at": "2001-01-01T00:00:00Z"}, 422),
        ({"expires": "2101-01-01T00:00:00Z"}, 422),
        ({"expires_at": "2101-01-01T00:00:00"}, 422),
        ({"requests_per_minute": 0}, 422),
        ({"name": "two\nlines"}, 422),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(owner: Caller, body: Any, status: int) -> None:
    assert owner.ask("POST", "/api-keys", body).status_code == status


def test_a_revoked_key_stays_in_the_list_and_opens_nothing(app: RunningApp, owner: Caller) -> None:
    made = owner.json("POST", "/api-keys", {"scopes": ["sources:read"]})
    caller = bearer(app, made["key"])
    assert caller.ask("GET", "/twins").status_code == 200

    revoked = owner.json("DELETE", f"/api-keys/{made['id']}")
    refused = caller.ask("GET", "/twins")

    assert revoked["state"] == "revoked"
    assert (refused.status_code, refused.json()["code"]) == (401, "key_revoked")
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert revoked in owner.json("GET", "/api-keys")["keys"]


def test_a_key_that_ends_makes_none_that_does_not(app: RunningApp, owner: Caller) -> None:
    end = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = owner.json("POST", "/api-keys", {"scopes": ["admin"], "expires_at": end})
    caller = bearer(app, made["key"])

    refused = caller.ask("POST", "/api-keys", {"scopes": ["admin"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert "outdoes it" in refused.json()["detail"]
    assert "expires_at" in refused.json()["hint"]
    assert caller.json("POST", "/api-keys", {"scopes": ["chat"], "expires_at": end})["key"]


def test_a_key_asks_no_more_often_than_it_was_let(app: RunningApp, owner: Caller) -> None:
    once = owner.json("POST", "/api-keys", {"scopes": ["search"], "requests_per_minute": 1})
    free = owner.json("POST", "/api-keys", {"scopes": ["search"]})
    query = {"query": "anything"}

    answers = [bearer(app, once["key"]).ask("POST", "/search/default", query) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].json()["code"] == "rate_limited"
    assert 0 < int(answers[1].headers["Retry-After"]) <= 60
    for _ in range(2):
        assert bearer(app, free["key"]).ask("POST", "/search/default", query).is_success


def test_both_keys_work_while_they_overlap(app: RunningApp, owner: Caller) -> None:
    made = owner.json("POST", "/api-keys", {"scopes": ["sources:read"]})
    new = owner.json("POST", f"/api-keys/{made['id']}/rotate", {"overlap_s": 3600})
    old = owner.json("GET", f"/api-keys/{made['id']}")

    assert (old["state"], old["replaced_by"]) == ("replaced", new["id"])
    for key in (made["key"], new["key"]):
        assert bearer(app, key).ask("GET", "/twins").status_code == 200
    owner.json("DELETE", f"/api-keys/{made['id']}")
    assert bearer(app, made["key"]).ask("GET", "/twins").status_code == 401
    assert bearer(app, new["key"]).ask("GET", "/twins").status_code == 200


def test_a_key_that_was_rotated_without_overlap_is_over(app: RunningApp, owner: Caller) -> None:
    made = owner.json("POST", "/api-keys", {"scopes": ["sources:read"]})
    owner.json("POST", f"/api-keys/{made['id']}/rotate", {"overlap_s": 0})

    refused = bearer(app, made["key"]).ask("GET", "/twins")
    assert (refused.status_code, refused.json()["code"]) == (401, "key_expired")
    again = owner.ask("POST", f"/api-keys/{made['id']}/rotate")
    assert again.status_code == 409


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_route_opens_to_its_scope_and_to_admin_only(
    route: Declared, by_scope: dict[str, Caller]
) -> None:
    (wanted,) = route.asks
    allowed = set() if route.reach is Reach.MACHINE else {wanted, "admin"}
    for scope in by_scope.keys() - allowed:
        answer = by_scope[scope].ask(route.method, address(route))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), scope


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.ADMIN])
def test_a_scope_is_enough_for_its_routes(scope: Scope, by_scope: dict[str, Caller]) -> None:
    for route in ROUTES:
        if route.asks == (scope,) and "{" in route.path:
            answer = by_scope[scope].ask(route.method, address(route))
            assert answer.status_code in {404, 422}, route.name


@pytest.mark.parametrize(
    "header",
    [
        "Bearer nonsense",
        "Bearer ",
        "Bearer",
        "Basic b3duZXI6",
        "sk_nonsense",
        "bearer sk_" + "a" * 49,
        "Bearer sk_ñ",
    ],
)
@pytest.mark.parametrize("path", ["/twins", "/twins/default", "/twins/nobody", "/health"])
def test_what_is_no_key_opens_nothing_and_is_not_taken_for_the_owner(
    app: RunningApp, header: str, path: str
) -> None:
    answer = app.client.get(path, headers={b"Authorization": header.encode("latin-1")})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_two_keys_in_one_request_are_none(app: RunningApp, by_scope: dict[str, Caller]) -> None:
    header = ("Authorization", by_scope["admin"].headers["Authorization"])

    assert app.client.get("/twins", headers=[header, header]).status_code == 401


def test_a_key_holds_in_its_own_tenant_whatever_the_header_says(
    app: RunningApp, owner: Caller
) -> None:
    owner.json("POST", "/tenants", {"id": "acme"})
    twin = owner_in(app, "acme").json("GET", "/twins")["twins"][0]["id"]
    key = with_key(app, "acme")

    for tenant in ("default", "acme", "nobody"):
        caller = Caller(app=app, headers={**key.headers, "X-Twinctl-Tenant": tenant})
        assert [each["id"] for each in caller.json("GET", "/twins")["twins"]] == [twin]


def test_a_key_takes_in_bytes_but_no_files_of_the_machine(
    app: RunningApp, owner: Caller, tmp_path: Path
) -> None:
    key = with_scope(app, "sources:write")
    file = tmp_path / "bees.txt"
    file.write_text("Bees live in hives.")

    for way, body in (
        ("/ingest/file/default", {"path": str(file)}),
        ("/ingest/files/default", {"paths": [str(file)]}),
        ("/watches/default", {"path": str(tmp_path)}),
    ):
        refused = key.ask("POST", way, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed"), way
    sent = app.client.post(
        "/ingest/file/default", files={"file": ("bees.txt", b"Bees.")}, headers=key.headers
    )
    assert sent.status_code == 202
    assert owner.ask("POST", "/ingest/file/default", {"path": str(file)}).status_code == 202


def test_a_key_for_some_twins_sees_those(app: RunningApp, owner: Caller) -> None:
    ada = owner.json("POST", "/twins", {"name": "Ada"})["id"]
    key = with_key(app, "default", twins=[ada])

    assert [each["id"] for each in key.json("GET", "/twins")["twins"]] == [ada]
    assert key.ask("POST", "/twins", {"name": "More"}).status_code == 403
    assert key.ask("POST", "/api-keys", {}).status_code == 403
    assert key.ask("GET", "/audit-logs").status_code == 403
    assert key.ask("GET", "/events?twin=default").status_code == 404
    for way in ("default", ada):
        taken = owner.json("POST", f"/ingest/text/{way}", {"text": "Bees.", "title": way})
        source = taken["job"]["source_id"]
        listed = {each["source_id"] for each in key.json("GET", "/jobs")["jobs"]}
        assert (source in listed) == (way == ada)


def test_a_key_goes_on_with_its_own_conversations_only(app: RunningApp, owner: Caller) -> None:
    asked = {"message": "Why?", "stream": False}
    one, other = with_scope(app, "chat"), with_scope(app, "chat")
    begun = one.json("POST", "/chat/default", asked)["conversation_id"]
    owners = owner.json("POST", "/chat/default", asked)["conversation_id"]

    def go_on(caller: Caller, conversation: str) -> int:
        answer = caller.ask("POST", "/chat/default", {**asked, "conversation_id": conversation})
        return int(answer.status_code)

    assert (go_on(one, begun), go_on(owner, begun)) == (200, 409)
    assert go_on(other, begun) == go_on(one, owners) == 404


def test_the_scope_of_a_route_stands_in_the_document(app: RunningApp, tmp_path: Path) -> None:
    document = app.client.get("/openapi.json").json()

    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for route in routes(build_app(UNASKED)):
        shown = document["paths"][route.path][route.method.lower()].get("security", [])
        assert shown == ([] if route.asks == (OPEN,) else [{"key": [route.asks[0]]}])
