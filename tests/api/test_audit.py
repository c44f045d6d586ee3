"""The audit log tells of every change to keys, links, tenants, twins and sources, by whom."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.apps import RunningApp, running_app
from tests.support.tenants import Caller, belongings, owner_in, with_key
from tests.support.waiting import wait_until
from twind.domain.audit import Action


@pytest.fixture
def app(tmp_path: Path) -> Iterator[RunningApp]:
    with running_app(tmp_path / "home") as running:
        yield running


@pytest.fixture
def owner(app: RunningApp) -> Caller:
    return owner_in(app, "default")


def entries(owner: Caller) -> list[Any]:
    """Return the log, oldest first."""
    return list(reversed(owner.json("GET", "/audit-logs?limit=500")["entries"]))


def told(owner: Caller) -> list[tuple[str, str, str]]:
    return [(each["actor"], each["action"], each["subject"]) for each in entries(owner)]


def test_every_action_is_written_down(app: RunningApp, owner: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    ids = belongings(owner, "ada", str(folder))
    twin, source = ids["twin_id"], ids["source_id"]
    owner.json("PATCH", f"/twins/{twin}", {"name": "Ada", "persona": {"voice": "dry"}})
    owner.json("POST", f"/sources/{twin}/{source}/reindex")
    owner.json("DELETE", f"/sources/{twin}/{source}")
    owner.json("DELETE", f"/share-links/{ids['share_id']}")
    rotated = owner.json("POST", f"/api-keys/{ids['key_id']}/rotate")["id"]
    owner.json("DELETE", f"/api-keys/{rotated}")
    owner.json("DELETE", f"/twins/{twin}")
    owner.json("POST", "/tenants", {"id": "acme"})
    owner.json("DELETE", "/tenants/acme")

    expected = [
        ("twin.create", twin),
        ("source.ingest", source),
        ("key.create", ids["key_id"]),
        ("share.create", ids["share_id"]),
        ("twin.update", twin),
        ("source.reindex", source),
        ("source.delete", source),
        ("share.revoke", ids["share_id"]),
        ("key.rotate", ids["key_id"]),
        ("key.revoke", rotated),
        ("twin.delete", twin),
        ("tenant.create", "acme"),
        ("tenant.delete", "acme"),
    ]
    assert told(owner) == [("owner", *each) for each in expected]
    assert {action for action, _ in expected} == set(Action)


def test_every_way_of_ingesting_is_written_down(owner: Caller, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Bees\n\nBees dance.\n")
    ways: list[tuple[str, Any]] = [
        ("file", {"path": str(file)}),
        ("text", {"text": "Bees dance.", "title": "bees"}),
        ("url", {"url": "http://127.0.0.1:9/"}),
        ("youtube", {"url": "https://youtu.be/dQw4w9WgXcQ"}),
    ]
    for way, body in ways:
        owner.json("POST", f"/ingest/{way}/default", body)
    owner.app.client.post("/ingest/file/default", files={"file": ("b.md", b"# Ants\n\nAnts.\n")})

    found = [(each["action"], each["details"]["source_kind"]) for each in entries(owner)]
    kinds = ["file", "text", "url", "youtube", "file"]
    assert found == [("source.ingest", kind) for kind in kinds]


def test_what_a_watched_folder_does_is_done_by_the_watch(owner: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    owner.json("POST", "/watches/default", {"path": str(folder)})
    file = folder / "bees.md"
    file.write_text("# Bees\n\nBees dance.\n")
    wait_until(lambda: len(told(owner)) == 1)
    wait_until(lambda: owner.json("GET", "/watches/default")["watches"][0]["live"] == 1)
    file.unlink()
    wait_until(lambda: len(told(owner)) == 2)

    found = [(actor, action) for actor, action, _ in told(owner)]
    assert found == [("watch", "source.ingest"), ("watch", "source.delete")]


def test_what_is_done_with_a_key_is_done_by_the_key(app: RunningApp, owner: Caller) -> None:
    key = with_key(app, "default")
    key_id = owner.json("GET", "/api-keys")["keys"][0]["id"]

    twin = key.json("POST", "/twins", {"name": "Ada"})["id"]

    assert told(owner)[-1] == (key_id, "twin.create", twin)


def test_the_log_holds_no_words_of_sources_and_no_secret(owner: Caller, tmp_path: Path) -> None:
    body = {"text": "The zyxomma flies at dusk.", "title": "About the zyxomma"}
    taken = owner.json("POST", "/ingest/text/default", body)
    secret = owner.json("POST", "/api-keys", {"name": "reports"})["key"]
    owner.json("PATCH", "/twins/default", {"description": "Knows the zyxomma."})
    owner.json("DELETE", f"/sources/default/{taken['source']['id']}")

    log = str(entries(owner))
    assert "zyxomma" not in log
    assert secret not in log
    assert "reports" in log


def test_a_log_is_its_tenants_own(app: RunningApp, owner: Caller) -> None:
    owner.json("POST", "/tenants", {"id": "acme"})
    theirs = owner_in(app, "acme")
    twin = theirs.json("POST", "/twins", {"name": "Ada"})["id"]

    assert told(theirs) == [("owner", "twin.create", twin)]
    assert twin not in str(entries(owner))


def test_a_failed_change_is_not_written_down(owner: Caller) -> None:
    assert owner.ask("POST", "/twins", {"name": "x", "slug": "default"}).status_code == 409
    assert owner.ask("DELETE", "/twins/nobody").status_code == 404
    assert owner.ask("PATCH", "/twins/default", {"slug": "UPPER"}).status_code == 422

    assert entries(owner) == []
