"""Tenants: made, listed, and deleted with everything that they have."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.apps import RunningApp, running_app
from tests.support.tenants import Caller, belongings, owner_in, with_key
from tests.support.waiting import wait_until

SECRET = "zyxomma"
TEXT = f"""# The {SECRET} file

The {SECRET} is a dragonfly that flies at dusk. It was first described in 1842 by Rambur.
"""
QUESTION = "Who described the dragonfly that flies at dusk?"
MADE_ELSEWHERE = {"embeddings", "generations", "audience_changed_days"}
"""Tables that need a model to get a row, or have rows for moments only."""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[RunningApp]:
    with running_app(tmp_path / "home") as running:
        yield running


@pytest.fixture
def machine(app: RunningApp) -> Caller:
    return owner_in(app, "default")


def rows(app: RunningApp, tenant_id: str) -> dict[str, int]:
    """Return how many rows a tenant has in each table that knows tenants."""
    db = app.services.store._db
    tables = db.rows(
        "SELECT t.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c "
        "WHERE t.type = 'table' AND c.name = 'tenant_id'"
    )
    return {
        table["name"]: db.rows(
            f"SELECT count(*) AS n FROM {table['name']} WHERE tenant_id = :id", {"id": tenant_id}
        )[0]["n"]
        for table in tables
    }


def holders(folder: Path, word: str) -> list[str]:
    """Return the files below a folder that hold a word, or have it in their path."""
    return [
        str(path)
        for path in folder.rglob("*")
        if word in str(path.relative_to(folder))
        or (path.is_file() and word.encode() in path.read_bytes())
    ]


def furnished(machine: Caller, tenant_id: str, folder: Path) -> Caller:
    """Make a tenant that has a row in every table; return its owner."""
    folder.mkdir()
    (folder / "dragonfly.md").write_text(TEXT)
    machine.json("POST", "/tenants", {"id": tenant_id})
    owner = owner_in(machine.app, tenant_id)
    ids = belongings(owner, "furnished", str(folder))
    twin = ids["twin_id"]
    wait_until(lambda: owner.json("GET", f"/watches/{twin}")["watches"][0]["live"] == 1)
    told = owner.json("POST", f"/chat/{twin}", {"message": QUESTION, "stream": False})
    assert SECRET in str(told)
    figures = {"name": "q", "questions": 1, "figures": {"right": 1.0}}
    owner.json("POST", f"/evaluations/{twin}", figures)
    return owner


def test_a_deleted_tenant_leaves_nothing(app: RunningApp, machine: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    theirs = furnished(machine, "theirs", folder)
    wait_until(
        lambda: {table for table, n in rows(app, "theirs").items() if not n} <= MADE_ELSEWHERE
    )
    assert holders(tmp_path / "home", SECRET)

    gone = machine.json("DELETE", "/tenants/theirs")

    assert (gone["id"], gone["twins"], gone["sources"]) == ("theirs", 2, 2)
    wait_until(lambda: set(rows(app, "theirs").values()) == {0})
    assert [each["id"] for each in machine.json("GET", "/tenants")["tenants"]] == ["default"]
    assert theirs.ask("GET", "/twins").status_code == 404
    wait_until(lambda: holders(tmp_path / "home", SECRET) == [])
    wait_until(lambda: holders(tmp_path / "home" / "blobs", "theirs") == [])
    assert app.services.store.health.check() is not None
    assert app.services.store._db.problems() == []


def test_nothing_is_followed_for_a_deleted_tenant(
    app: RunningApp, machine: Caller, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    furnished(machine, "theirs", folder)
    kept = tmp_path / "kept"
    kept.mkdir()
    ours = machine.json("POST", "/watches/default", {"path": str(kept)})

    machine.json("DELETE", "/tenants/theirs")
    (folder / "late.md").write_text("# Late\n\nA late note.\n")
    (kept / "late.md").write_text("# Late\n\nA late note.\n")

    def follows() -> bool:
        (watch,) = machine.json("GET", "/watches/default")["watches"]
        return bool(watch["id"] == ours["id"] and watch["live"] == 1)

    wait_until(follows)
    assert set(rows(app, "theirs").values()) == {0}


def test_what_others_have_stays(app: RunningApp, machine: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    belongings(machine, "ours", str(folder))
    furnished(machine, "theirs", tmp_path / "notes")
    wait_until(lambda: rows(app, "default")["audience_counts"] > 0)
    before = rows(app, "default")

    machine.json("DELETE", "/tenants/theirs")

    after = rows(app, "default")
    assert after.pop("audit_log") == before.pop("audit_log") + 1
    assert after == before


def test_of_two_who_delete_a_tenant_at_once_one_does(
    app: RunningApp, machine: Caller, tmp_path: Path
) -> None:
    furnished(machine, "theirs", tmp_path / "notes")
    with ThreadPoolExecutor(4) as several:
        answers = list(several.map(lambda _: machine.ask("DELETE", "/tenants/theirs"), range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]
    log = machine.json("GET", "/audit-logs")["entries"]
    assert [entry["action"] for entry in log] == ["tenant.delete", "tenant.create"]


def test_the_name_of_a_deleted_tenant_is_free_again(app: RunningApp, machine: Caller) -> None:
    machine.json("POST", "/tenants", {"id": "theirs"})
    key = with_key(app, "theirs")
    machine.json("DELETE", "/tenants/theirs")
    machine.json("POST", "/tenants", {"id": "theirs"})

    assert key.ask("GET", "/twins").status_code == 401
    assert [each["slug"] for each in owner_in(app, "theirs").json("GET", "/twins")["twins"]] == [
        "default"
    ]


def test_a_daemon_that_was_killed_while_it_deleted_goes_on_at_its_start(tmp_path: Path) -> None:
    with running_app(tmp_path / "home") as app:
        furnished(owner_in(app, "default"), "theirs", tmp_path / "notes")
        app.services.watcher.forget("theirs")
        app.services.store.tenants.leave("theirs")

    with running_app(tmp_path / "home") as app:
        wait_until(lambda: set(rows(app, "theirs").values()) == {0})
        wait_until(lambda: holders(tmp_path / "home" / "blobs", "theirs") == [])
        owner_in(app, "default").json("POST", "/tenants", {"id": "theirs"})


def test_files_of_a_tenant_that_is_no_more_go_at_the_next_start(tmp_path: Path) -> None:
    with running_app(tmp_path / "home"):
        pass
    late = tmp_path / "home" / "blobs" / "theirs" / "incoming" / "late"
    late.parent.mkdir(parents=True)
    late.write_text("words")

    with running_app(tmp_path / "home"):
        assert not late.parent.parent.exists()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/tenants", {"id": "default"}, 409),
        ("POST", "/tenants", {"id": "../etc"}, 422),
        ("POST", "/tenants", {"id": "Upper"}, 422),
        ("POST", "/tenants", {"id": "line\n"}, 422),
        ("POST", "/tenants", {"id": ""}, 422),
        ("DELETE", "/tenants/default", None, 409),
        ("DELETE", "/tenants/nobody", None, 404),
        ("DELETE", "/tenants/..%2f..", None, 404),
    ],
)
def test_what_cannot_be_done_to_tenants_is_refused(
    method: str, path: str, body: Any, status: int, machine: Caller
) -> None:
    assert machine.ask(method, path, body).status_code == status


def test_tenants_are_listed_by_name_page_after_page(app: RunningApp, machine: Caller) -> None:
    for name in ("zoe", "acme", "b-2"):
        machine.json("POST", "/tenants", {"id": name})

    seen: list[str] = []
    cursor = ""
    while True:
        page = machine.json("GET", f"/tenants?limit=2{cursor}")
        seen += [each["id"] for each in page["tenants"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"

    assert seen == ["acme", "b-2", "default", "zoe"]


def test_no_key_touches_tenants(app: RunningApp) -> None:
    key = with_key(app, "default")
    asked = [
        key.ask("GET", "/tenants"),
        key.ask("POST", "/tenants", {"id": "x"}),
        key.ask("DELETE", "/tenants/default"),
        key.ask("DELETE", "/tenants/nobody"),
    ]

    assert {(each.status_code, each.json()["code"]) for each in asked} == {(403, "not_allowed")}
    assert len({each.json()["detail"] for each in asked}) == 1


def test_the_log_of_the_machine_tells_of_tenants(machine: Caller) -> None:
    machine.json("POST", "/tenants", {"id": "theirs"})
    machine.json("DELETE", "/tenants/theirs")

    entries = machine.json("GET", "/audit-logs")["entries"]
    assert [(each["action"], each["subject"], each["actor"]) for each in entries] == [
        ("tenant.delete", "theirs", "owner"),
        ("tenant.create", "theirs", "owner"),
    ]
