"""Models of the hub come whole or not at all, and what was cut off goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.gguf import Shape, write_gguf
from tests.support.hub import Hub, running_hub
from tests.support.models import a_bert
from twinctl.wire.codes import ErrorCode
from twind.errors import Conflict, InvalidInput, ModelUnavailable, TwindError
from twind.models.hub_names import parse_hub_name
from twind.models.library import Library, ModelKind
from twind.models.pull import Pull

REPOSITORY, REVISION = "someone/tiny", "0123456789abcdef0123456789abcdef01234567"
FILE = "tiny-Q8_0.gguf"


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("gguf") / FILE
    return write_gguf(path, Shape(layers=1, width=256)).read_bytes()


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = a_bert(tmp_path_factory.mktemp("embedder") / "tiny")
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return {**files, "pytorch_model.bin": b"a pickle", "train.py": b"import os", "README.md": b"#"}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    return Library(tmp_path / "models")


@pytest.fixture
def hub(generator: bytes, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {FILE: generator, "tiny-F16.gguf": generator, "README.md": b"# Tiny"}
    with running_hub(REPOSITORY, REVISION, files) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


def silent(_done: int, _total: int) -> None:
    """Show nothing."""


def pulled(name: str, library: Library) -> str:
    return Pull(name, library).run(silent)


def failure(name: str, library: Library) -> TwindError:
    with pytest.raises(TwindError) as caught:
        pulled(name, library)
    return caught.value


def names_in(library: Library) -> list[str]:
    return sorted(path.name for path in library.models.glob("[!.]*"))


@pytest.mark.parametrize("name", [f"{REPOSITORY}/{FILE}", f"{REPOSITORY}:Q8_0"])
def test_a_generator_is_named_by_its_file_or_how_it_is_rounded(
    hub: Hub, library: Library, generator: bytes, name: str
) -> None:
    seen: list[tuple[int, int]] = []
    assert Pull(name, library).run(lambda done, total: seen.append((done, total))) == FILE
    assert names_in(library) == [FILE]
    assert (library.models / FILE).read_bytes() == generator
    assert seen[-1] == (len(generator), len(generator))
    (entry,) = (one for one in library.entries() if one.kind is ModelKind.GENERATOR)
    assert entry.origin == f"hub {REPOSITORY}@{REVISION[:12]} {FILE}"
    assert entry.problem is None


def test_what_is_here_is_not_fetched_again(hub: Hub, library: Library) -> None:
    pulled(f"{REPOSITORY}:Q8_0", library)
    asked = len(hub.ranges)
    assert pulled(f"{REPOSITORY}:Q8_0", library) == FILE
    assert len(hub.ranges) == asked
    library.keep(library.models / FILE, library.models / FILE, "file /elsewhere")
    with pytest.raises(Conflict):
        pulled(f"{REPOSITORY}:Q8_0", library)


def test_a_transfer_that_was_cut_off_goes_on_where_it_was(
    hub: Hub, library: Library, generator: bytes
) -> None:
    hub.stops_at = len(generator) - 5_000

    class Stopped(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        Pull(f"{REPOSITORY}:Q8_0", library).run(stop)
    (part,) = library.models.rglob("*.incomplete")
    kept = part.stat().st_size
    assert 0 < kept < len(generator)
    assert not (library.models / FILE).exists()
    hub.stops_at = None
    pulled(f"{REPOSITORY}:Q8_0", library)
    assert hub.ranges == [0, kept]
    assert (library.models / FILE).read_bytes() == generator
    assert names_in(library) == [FILE]


def test_what_is_not_the_file_that_was_wanted_is_thrown_away(
    hub: Hub, library: Library, generator: bytes
) -> None:
    hub.false_files = {FILE: generator[:-1] + b"!"}
    error = failure(f"{REPOSITORY}:Q8_0", library)
    assert error.code is ErrorCode.CHECKSUM_MISMATCH
    assert names_in(library) == []
    hub.false_files = {}
    assert pulled(f"{REPOSITORY}:Q8_0", library) == FILE


def test_a_damaged_model_is_refused_even_if_it_is_what_the_hub_has(
    hub: Hub, library: Library, generator: bytes
) -> None:
    hub.files = {FILE: generator[:-40_000]}
    error = failure(f"{REPOSITORY}:Q8_0", library)
    assert isinstance(error, ModelUnavailable)
    assert "missing" in error.message
    assert names_in(library) == []


def test_a_model_that_the_disk_has_no_room_for_is_not_begun(hub: Hub, library: Library) -> None:
    hub.claimed_bytes = 1 << 60
    error = failure(f"{REPOSITORY}:Q8_0", library)
    assert error.code is ErrorCode.DISK_FULL
    assert error.hint is not None
    assert hub.ranges == []
    assert names_in(library) == []


def test_an_embedder_comes_without_what_could_be_a_program(
    hub: Hub, library: Library, embedder: dict[str, bytes]
) -> None:
    hub.files = embedder
    assert pulled(REPOSITORY, library) == "tiny"
    assert names_in(library) == ["tiny"]
    here = {
        path.relative_to(library.models / "tiny").as_posix()
        for path in (library.models / "tiny").rglob("*")
        if path.is_file()
    }
    assert {"modules.json", "model.safetensors", "1_Pooling/config.json"} <= here
    assert not here & {"pytorch_model.bin", "train.py", "README.md"}
    assert library.find("tiny").problem is None


def test_the_graph_is_preferred_to_the_weights(
    hub: Hub, library: Library, embedder: dict[str, bytes]
) -> None:
    hub.files = {**embedder, "onnx/model.onnx": b"a graph", "onnx/model_O4.onnx": b"another"}
    pulled(REPOSITORY, library)
    assert (library.models / "tiny" / "onnx" / "model.onnx").read_bytes() == b"a graph"
    assert not list(library.models.rglob("*.safetensors"))
    assert not list(library.models.rglob("model_O4.onnx"))


@pytest.mark.parametrize(
    ("lacking", "says"),
    [("modules.json", "no embedding model"), ("model.safetensors", "neither model.safetensors")],
)
def test_a_repository_in_another_form_is_refused(
    hub: Hub, library: Library, embedder: dict[str, bytes], lacking: str, says: str
) -> None:
    hub.files = {name: content for name, content in embedder.items() if name != lacking}
    error = failure(REPOSITORY, library)
    assert isinstance(error, InvalidInput)
    assert says in error.message
    assert names_in(library) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("someone/else:Q8_0", ErrorCode.NOT_FOUND),
        (f"{REPOSITORY}:Q2_K", ErrorCode.INVALID),
        (f"{REPOSITORY}/other.gguf", ErrorCode.INVALID),
    ],
)
def test_what_the_hub_does_not_have_is_told(
    hub: Hub, library: Library, name: str, code: ErrorCode
) -> None:
    error = failure(name, library)
    assert error.code is code
    assert error.hint is not None
    assert names_in(library) == []


def test_a_hub_that_nobody_answers_for_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    error = failure(f"{REPOSITORY}:Q8_0", library)
    assert error.code is ErrorCode.UNREACHABLE
    assert error.hint is not None
    assert names_in(library) == []


def test_nothing_is_asked_where_the_owner_forbids_it(
    hub: Hub, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "HF_HUB_OFFLINE" in str(failure(f"{REPOSITORY}:Q8_0", library).hint)
    assert hub.asked == []


def test_paths_that_lead_out_of_the_folder_are_passed_over(
    hub: Hub, library: Library, generator: bytes
) -> None:
    hub.files = {"../../evil-Q8_0.gguf": generator}
    assert failure(f"{REPOSITORY}:Q8_0", library).code is ErrorCode.INVALID
    assert not list(library.models.parent.rglob("evil*"))


@pytest.mark.parametrize(
    "name", ["tiny", "http://127.0.0.1/a/b", "a/../b.gguf", "a/b/../../c.gguf", "../a", "a/b:", ""]
)
def test_what_no_hub_could_have_is_refused_before_it_is_asked(name: str) -> None:
    with pytest.raises(InvalidInput):
        parse_hub_name(name)


def test_a_model_with_known_checksums_has_a_short_name() -> None:
    known = parse_hub_name("all-MiniLM-L6-v2")
    assert known.repository == "sentence-transformers/all-MiniLM-L6-v2"
    assert not known.is_generator
