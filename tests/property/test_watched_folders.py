"""Whatever is done in a folder, its sources are its files afterwards, and renames keep ids."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.store import default_tenant, default_twin, open_store
from tests.support.watching import Watching, watching

FOLDERS = ("one", "two", "one/deep")
NAMES = ("a.md", "b.md", "c.txt", ".hidden.md", "d.exe")

places = st.tuples(st.sampled_from(FOLDERS), st.sampled_from(NAMES)).map("/".join)
deeds = st.one_of(
    st.tuples(st.just("write"), places, st.text("xyz", min_size=1, max_size=3)),
    st.tuples(st.just("rename"), places, places),
    st.tuples(st.just("delete"), places, st.just("")),
    st.tuples(st.just("drop"), st.sampled_from(FOLDERS), st.just("")),
    st.tuples(st.just("look"), st.just(""), st.just("")),
)


def do(deed: tuple[str, str, str], root: Path, watched: Watching) -> None:
    kind, place, other = deed
    path = root / place
    if kind == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"About {other}.")
    elif kind == "rename" and path.exists():
        (root / other).parent.mkdir(parents=True, exist_ok=True)
        path.replace(root / other)
    elif kind == "delete":
        path.unlink(missing_ok=True)
    elif kind == "drop":
        shutil.rmtree(path, ignore_errors=True)
    elif kind == "look":
        watched.look()


def content(root: Path) -> dict[str, str]:
    return {
        str(path): path.read_text()
        for path in root.rglob("*")
        if path.suffix in {".md", ".txt"} and not path.name.startswith(".")
    }


@settings(max_examples=25, deadline=None)
@given(st.lists(deeds, max_size=25))
def test_sources_are_the_files_of_the_folder(done: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        tenant = default_tenant(store)
        root = Path(folder, "notes")
        root.mkdir()
        with watching(store, tenant, default_twin(tenant)) as watched:
            watched.watch(root)
            for deed in done:
                do(deed, root, watched)
            watched.look()
            found = {
                uri: tenant.documents.text(source.id) for uri, source in watched.sources().items()
            }
            assert found == content(root)
            before = {source.id for source in watched.sources().values()}
            for number, uri in enumerate(found):
                Path(uri).rename(root / f"{number}.md")
            watched.look()
            assert {source.id for source in watched.sources().values()} == before
        store.close()
