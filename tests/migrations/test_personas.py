import shutil
from pathlib import Path

from tests.support.store import open_store
from twind.domain.twins import Persona
from twind.store.migrate import FOLDER, migrate
from twind.store.sqlite import SqliteDatabase


def test_twins_from_before_personas_speak_as_they_did(tmp_path: Path) -> None:
    before = tmp_path / "migrations"
    before.mkdir()
    for file in sorted(FOLDER.glob("*.sql"))[:3]:
        shutil.copy(file, before)
    old = SqliteDatabase.open(tmp_path / "twinctl.db")
    migrate(old.connection, before)
    old.execute("INSERT INTO tenants (id, created_at) VALUES ('default', 1.0)")
    old.execute(
        "INSERT INTO twins (id, tenant_id, slug, name, description, created_at, updated_at) "
        "VALUES ('twn_1', 'default', 'ada', 'Ada', 'Engines', 1.0, 2.0)"
    )
    old.close()

    store = open_store(tmp_path)

    twin = store.tenant("default").twins.get("ada")
    assert (twin.id, twin.description, twin.updated_at) == ("twn_1", "Engines", 2.0)
    assert twin.persona == Persona()
    store.close()
