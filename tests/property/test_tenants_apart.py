"""What belongs to others is to nobody what does not exist: on every route, in text and in work."""

import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.apps import RunningApp, running_app
from tests.support.routes import Declared, routes
from tests.support.tenants import (
    PREFIXES,
    QUESTION,
    Caller,
    Ids,
    belongings,
    owner_in,
    unknown_ids,
    with_key,
)
from twind.api.app import build_app
from twind.serving.scopes import Reach
from twind.store.sqlite import SqliteDatabase

UNASKED: Any = None
STATEMENTS = ("rows", "execute", "executemany")
KEPT = (
    "twins",
    "sources",
    "documents",
    "chunks",
    "jobs",
    "conversations",
    "messages",
    "verified_answers",
    "watches",
    "api_keys",
    "shares",
    "evaluations",
)
"""What only a request changes, while nothing is ingested."""

BODIES: dict[str, Any] = {
    "PATCH /twins/{twin_id}": {"name": "Mine now"},
    "POST /ingest/file/{twin_id}": {"path": "/etc/hostname"},
    "POST /ingest/files/{twin_id}": {"paths": ["/etc/hostname"]},
    "POST /ingest/text/{twin_id}": {"text": "Words.", "title": "t"},
    "POST /ingest/url/{twin_id}": {"url": "https://example.com/"},
    "POST /ingest/youtube/{twin_id}": {"url": "https://youtu.be/dQw4w9WgXcQ"},
    "POST /watches/{twin_id}": {"path": "/etc"},
    "POST /search/{twin_id}": {"query": "bees"},
    "POST /twins/{twin_id}/verified-qna": {"question": "Why?", "answer": "So."},
    "PATCH /verified-qna/{qna_id}": {"answer": "Never."},
    "POST /chat/{twin_id}": {"message": QUESTION},
    "POST /audience/{twin_id}/gaps/{group_id}/close": {"question": "Why?", "answer": "So."},
    "POST /audience/{twin_id}/forget": {"visitor": "v"},
    "PUT /messages/{message_id}/feedback": {"feedback": "up"},
    "POST /evaluations/{twin_id}": {"name": "q", "questions": 1, "figures": {"right": 1.0}},
    "POST /evaluations/{twin_id}/attempts": {"question": QUESTION},
    "POST /twins/{twin_id}/share-links": {},
}
"""What is sent to the routes that want a body, so that only the ids are wrong."""


def of_a_tenant(route: Declared) -> bool:
    return bool(named(route)) and route.reach is not Reach.MACHINE


def named(route: Declared) -> list[str]:
    """Return the parameters of a path that name a thing of a tenant."""
    return [name for name in PREFIXES if f"{{{name}}}" in route.path]


ROUTES = [route for route in routes(build_app(UNASKED)) if of_a_tenant(route)]
BESIDE_THE_PATH: list[tuple[str, str, Callable[[Ids], Any]]] = [
    ("GET", "/events?twin={twin_id}", lambda _: None),
    ("GET", "/sources/{ours}?named={source_id}", lambda _: None),
    ("GET", "/conversations/{ours}?named={conversation_id}", lambda _: None),
    (
        "POST",
        "/chat/{ours}",
        lambda ids: {"message": "Why?", "conversation_id": ids["conversation_id"]},
    ),
    ("POST", "/api-keys", lambda ids: {"twins": [ids["twin_id"]]}),
]
"""Where else an id is taken."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with running_app(tmp_path_factory.mktemp("apart")) as running:
        running.client.post("/tenants", json={"id": "theirs"})
        yield running


@pytest.fixture(scope="module")
def ours(app: RunningApp, tmp_path_factory: pytest.TempPathFactory) -> Ids:
    return belongings(owner_in(app, "default"), "ours", str(tmp_path_factory.mktemp("ours")))


@pytest.fixture(scope="module")
def theirs(app: RunningApp, tmp_path_factory: pytest.TempPathFactory) -> Ids:
    return belongings(owner_in(app, "theirs"), "theirs", str(tmp_path_factory.mktemp("theirs")))


@pytest.fixture(scope="module")
def beside(app: RunningApp, tmp_path_factory: pytest.TempPathFactory) -> Ids:
    """Things of another twin of our own tenant."""
    return belongings(owner_in(app, "default"), "beside", str(tmp_path_factory.mktemp("beside")))


@pytest.fixture(scope="module", params=["owner", "key", "key for one twin", "key beside"])
def stranger(
    request: pytest.FixtureRequest, app: RunningApp, ours: Ids, theirs: Ids, beside: Ids
) -> tuple[Caller, Ids]:
    """Return somebody of ours, and what is not theirs to see."""
    match request.param:
        case "owner":
            return owner_in(app, "default"), theirs
        case "key":
            return with_key(app, "default"), theirs
        case "key for one twin":
            return with_key(app, "default", twins=[ours["twin_id"]]), theirs
        case _:
            return with_key(app, "default", twins=[ours["twin_id"]]), beside


class Work:
    """The statements that requests have run."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def record(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        """Note the statements of a method of the database from now on."""
        original = getattr(SqliteDatabase, name)

        def noted(db: SqliteDatabase, sql: str, params: Any = None) -> Any:
            if threading.current_thread().name.startswith("AnyIO"):
                self.statements.append(sql)
            return original(db, sql, params)

        monkeypatch.setattr(SqliteDatabase, name, noted)

    def take(self) -> list[str]:
        """Return what was noted since the last time."""
        taken, self.statements = self.statements, []
        return taken


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    recording = Work()
    for name in STATEMENTS:
        recording.record(monkeypatch, name)
    return recording


def kept(app: RunningApp) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that the other tenant has."""
    db = app.services.store._db
    return {
        table: [tuple(row) for row in db.rows(f"SELECT * FROM {table} WHERE tenant_id = 'theirs'")]
        for table in KEPT
    }


def told(answer: Any, ids: Ids) -> tuple[int, str]:
    """Return an answer without what differs from one id, or one request, to the next."""
    text = answer.text.replace(answer.headers["X-Request-ID"], "REQUEST")
    for value in ids.values():
        text = text.replace(value, "ID")
    return answer.status_code, text


def mixtures(names: list[str], ours: Ids, others: Ids) -> Iterator[Ids]:
    """Yield the ids of a path with at least one that is not ours."""
    for choice in itertools.product((others, ours), repeat=len(names)):
        if others in choice:
            yield {name: ids[name] for name, ids in zip(names, choice, strict=True)}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_what_others_have_is_what_nobody_has(
    route: Declared, stranger: tuple[Caller, Ids], ours: Ids, work: Work
) -> None:
    caller, others = stranger
    nobodys = unknown_ids()
    body = BODIES.get(route.name)
    before = kept(caller.app)
    for theirs, unknown in zip(
        mixtures(named(route), ours, others), mixtures(named(route), ours, nobodys), strict=True
    ):
        work.take()
        got = caller.ask(route.method, route.path.format(**theirs), body)
        done = work.take()
        expected = caller.ask(route.method, route.path.format(**unknown), body)

        is_refused = route.reach is Reach.TENANT and got.status_code == 403
        assert got.status_code == 404 or is_refused, got.text
        assert told(got, theirs) == told(expected, unknown)
        assert done == work.take()
    assert kept(caller.app) == before


@pytest.mark.parametrize(("method", "path", "body"), BESIDE_THE_PATH)
def test_an_id_beside_the_path_tells_nothing_either(
    method: str,
    path: str,
    body: Callable[[Ids], Any],
    stranger: tuple[Caller, Ids],
    ours: Ids,
    work: Work,
) -> None:
    caller, others = stranger
    nobodys = unknown_ids()

    work.take()
    got = caller.ask(method, path.format(ours=ours["twin_id"], **others), body(others))
    done = work.take()
    expected = caller.ask(method, path.format(ours=ours["twin_id"], **nobodys), body(nobodys))

    assert got.status_code in {200, 403, 404}
    assert told(got, others) == told(expected, nobodys)
    assert done == work.take()


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.method == "GET"], ids=lambda route: route.name
)
def test_whoever_has_them_sees_them(route: Declared, app: RunningApp, theirs: Ids) -> None:
    answer = owner_in(app, "theirs").ask(route.method, route.path.format(**theirs))

    assert answer.status_code == 200, answer.text
