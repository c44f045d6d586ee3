"""Problem documents, request ids, paging, tenants, and the other nouns."""

import http.client
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.support.corpora import ingested, new_twin
from tests.support.daemon import LiveDaemon
from tests.support.waiting import finished
from twinctl.errors import ApiError
from twinctl.wire.search import SearchIn
from twinctl.wire.sources import FileIn, TextIn
from twinctl.wire.twins import TwinIn, TwinPatch


def ask(
    daemon: LiveDaemon,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: str | None = None,
) -> tuple[http.client.HTTPResponse, Any]:
    """Send a request as a foreign client would; return the answer and its JSON."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(daemon.home.socket))
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response, json.loads(response.read())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/twins/nobody", 404, "not_found"),
        ("GET", "/jobs/job_none", 404, "not_found"),
        ("GET", "/jobs?limit=0", 422, "invalid"),
        ("GET", "/jobs?cursor=nonsense", 422, "invalid"),
        ("PUT", "/twins", 405, "invalid"),
        ("POST", "/search/default", 422, "invalid"),
    ],
)
def test_every_failure_is_a_problem_document(
    daemon: LiveDaemon, method: str, path: str, status: int, code: str
) -> None:
    response, problem = ask(daemon, method, path)
    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("path", "body", "detail"),
    [
        ("/search/default", '{"query": " "}', "body.query: is empty"),
        ("/chat/default", '{"message": "\\n"}', "body.message: is empty"),
        ("/chat/default", '{"message": ', "body: is not JSON: Expecting value"),
        ("/twins", "[1]", "body: takes a JSON object, sent as application/json"),
        ("/api-keys", '{"expires": "2040-01-01T00:00:00Z"}', "body.expires: is not known here"),
        ("/twins/default/share-links", '{"max": 3}', "body.max: is not known here"),
    ],
)
def test_what_is_wrong_with_a_body_is_told_in_words(
    daemon: LiveDaemon, path: str, body: str, detail: str
) -> None:
    headers = {"Content-Type": "application/json"}
    response, problem = ask(daemon, "POST", path, headers, body)
    assert (response.status, problem["code"], problem["detail"]) == (422, "invalid", detail)


@pytest.mark.parametrize("path", ["/api-keys", "/twins/default/share-links"])
def test_a_body_of_which_all_may_be_left_out_may_be_left_out(
    daemon: LiveDaemon, path: str
) -> None:
    response, made = ask(daemon, "POST", path)
    assert response.status == 201
    assert made["expires_at"] is None


def test_a_request_id_is_echoed_when_it_is_sane_and_made_otherwise(daemon: LiveDaemon) -> None:
    sane, _ = ask(daemon, "GET", "/health/ready", {"X-Request-ID": "trace-7"})
    odd, _ = ask(daemon, "GET", "/health/ready", {"X-Request-ID": "a b\tc"})
    assert sane.headers["X-Request-ID"] == "trace-7"
    assert odd.headers["X-Request-ID"] not in ("", "a b\tc")


def test_the_openapi_document_names_every_route_of_the_contract(daemon: LiveDaemon) -> None:
    _, document = ask(daemon, "GET", "/openapi.json")
    assert {
        "/health",
        "/health/ready",
        "/twins",
        "/ingest/file/{twin_id}",
        "/ingest/text/{twin_id}",
        "/sources/{twin_id}/{source_id}/reindex",
        "/jobs/{job_id}/cancel",
        "/search/{twin_id}",
        "/chat/{twin_id}",
        "/conversations/{conversation_id}/messages",
    } <= set(document["paths"])


def test_a_tenant_that_does_not_exist_is_not_found(daemon: LiveDaemon) -> None:
    response, problem = ask(daemon, "GET", "/twins", {"X-Twinctl-Tenant": "elsewhere"})
    assert (response.status, problem["code"]) == (404, "not_found")


def test_a_twin_is_created_changed_and_deleted(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        made = client.create_twin(TwinIn(name="Ada Lovelace"))
        assert made.slug == "ada-lovelace"
        with pytest.raises(ApiError) as taken:
            client.create_twin(TwinIn(name="Ada Lovelace"))
        assert taken.value.code == "conflict"
        assert client.change_twin("ada-lovelace", TwinPatch(slug="ada")).slug == "ada"
        (tmp_path / "engine.txt").write_text("The engine weaves algebraical patterns.")
        ingested(client, "ada", tmp_path / "engine.txt")
        removed = client.delete_twin("ada")
        assert (removed.sources, removed.chunks) == (1, 1)
        assert made.id not in [twin.id for twin in client.twins()]


def test_a_deleted_source_answers_no_more(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Forgets")
        (tmp_path / "secret.txt").write_text("The password of the vault is zanzibar.")
        source = ingested(client, twin, tmp_path / "secret.txt")
        assert client.search(twin, SearchIn(query="zanzibar")).hits
        assert client.delete_source(twin, source.id).chunks == 1
        assert client.search(twin, SearchIn(query="zanzibar")).hits == []
        with pytest.raises(ApiError) as gone:
            client.source_text(twin, source.id)
        assert gone.value.code == "not_found"


def test_a_source_of_another_twin_does_not_exist(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        one, two = new_twin(client, "One of two"), new_twin(client, "Two of two")
        (tmp_path / "a.txt").write_text("Only the first one knows this.")
        source = ingested(client, one, tmp_path / "a.txt")
        for call in (client.source, client.source_text, client.delete_source):
            with pytest.raises(ApiError) as caught:
                call(two, source.id)
            assert caught.value.code == "not_found"
        assert client.search(two, SearchIn(query="first")).hits == []
        assert client.source(one, source.id).status == "live"


def test_a_source_is_indexed_anew_on_demand(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Anew")
        (tmp_path / "a.txt").write_text("Moss grows on the north side.")
        source = ingested(client, twin, tmp_path / "a.txt")
        accepted = client.reindex_source(twin, source.id)
        assert finished(client, accepted.job.id).status == "succeeded"
        again = client.source(twin, source.id)
        assert again.indexed_at is not None
        assert source.indexed_at is not None
        assert again.indexed_at > source.indexed_at
        assert again.chunks == source.chunks


def test_pages_hold_every_source_once(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Many pages")
        for number in range(5):
            text = TextIn(text=f"Note number {number}.", title=f"Note {number}")
            finished(client, client.ingest_text(twin, text).job.id)
        everything = [source.id for source in client.sources(twin)]
    seen: list[str] = []
    cursor = ""
    while True:
        _, page = ask(daemon, "GET", f"/sources/{twin}?limit=2{cursor}")
        seen += [source["id"] for source in page["sources"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == everything
    assert len(set(seen)) == 5


def test_a_job_tells_what_it_did_and_cannot_be_cancelled_afterwards(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Thyme, sage and rosemary.")
    with daemon.client() as client:
        twin = new_twin(client, "Tells")
        job = finished(
            client, client.ingest_file(twin, FileIn(path=str(tmp_path / "a.txt"))).job.id
        )
        assert (job.status, job.attempts, job.progress.done) == ("succeeded", 1, 1)
        assert "chunks: 1;" in client.job_logs(job.id).logs[-1].message
        for call in (client.cancel_job, client.retry_job):
            with pytest.raises(ApiError) as caught:
                call(job.id)
            assert caught.value.code == "conflict"


def test_a_failed_job_is_done_again_on_retry(daemon: LiveDaemon, tmp_path: Path) -> None:
    path = tmp_path / "later.txt"
    path.write_text(" ")
    with daemon.client() as client:
        twin = new_twin(client, "Again")
        failed = finished(client, client.ingest_file(twin, FileIn(path=str(path))).job.id)
        assert failed.status == "failed"
        assert failed.error is not None
        path.write_text("Now there is something to read.")
        client.retry_job(failed.id)
        assert finished(client, failed.id).status == "succeeded"
        assert next(client.sources(twin)).status == "live"


def test_the_daemon_finds_itself_well(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        states = {check.name: check.state for check in client.checks().checks}
        assert states["database"] == "ok"
        assert states["full text"] == "ok"
        assert states["embedding model"] == "warning"
        assert {check.state for check in client.repair().checks} <= {"ok", "warning"}
