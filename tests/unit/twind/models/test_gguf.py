"""A local model runs in a child that starts when it is needed and is replaced when it dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.gguf import Shape, write_gguf
from tests.support.waiting import wait_until
from twind.errors import GeneratorFailed, ModelUnavailable
from twind.models.base import Prompt
from twind.models.gguf import LEAST_REST_S, LocalGenerator
from twind.models.gguf_process import died, refused

CONTEXT = 2048
PROMPTS = [
    Prompt(role="system", content="you are a mason and answer from your notes only"),
    Prompt(role="user", content="how wide?"),
]


def a_generator(model: Path, *, keep_alive_s: float = -1) -> LocalGenerator:
    return LocalGenerator(
        model,
        prefixes=model.parent / "prefixes",
        context_tokens=CONTEXT,
        threads=1,
        keep_alive_s=keep_alive_s,
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    return write_gguf(folder / "tiny.gguf", Shape(context_tokens=8192))


@pytest.fixture(scope="module")
def generator(model: Path) -> Iterator[LocalGenerator]:
    with closing(a_generator(model)) as generator:
        yield generator


def kill(generator: LocalGenerator) -> int:
    pid = generator.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def written(generator: LocalGenerator, most: int = 12) -> str:
    return "".join(generator.stream(PROMPTS, max_tokens=most))


def test_text_comes_in_pieces(generator: LocalGenerator) -> None:
    pieces = [piece for piece in generator.stream(PROMPTS, max_tokens=12) if piece]
    assert len(pieces) > 1
    assert "".join(pieces) == written(generator)
    assert (generator.name, generator.context_tokens) == ("gguf:tiny.gguf", CONTEXT)


def test_tokens_are_counted_by_the_model(generator: LocalGenerator) -> None:
    longer = [PROMPTS[0], Prompt(role="user", content="how wide? " * 100)]
    assert generator.count_tokens(longer) - generator.count_tokens(PROMPTS) > 100


def test_a_process_that_cannot_be_started_is_a_failure_to_write(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with (
        closing(a_generator(model)) as generator,
        pytest.raises(GeneratorFailed, match="no process can be started"),
    ):
        written(generator)


def test_the_daemon_does_not_load_what_runs_the_model(model: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from twind.models.gguf import LocalGenerator\n"
        f"LocalGenerator(Path({str(model)!r}), prefixes=Path('p'), context_tokens=9, threads=1, "
        "keep_alive_s=1)\n"
        "assert not {'llama_cpp', 'numpy', 'jinja2'} & set(sys.modules)"
    )
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert os.spawnve(os.P_WAIT, sys.executable, [sys.executable, "-c", code], environ) == 0


def test_a_prompt_that_is_too_long_is_an_error_of_the_generator(
    generator: LocalGenerator,
) -> None:
    written(generator)
    before = generator.child_pid
    long = [Prompt(role="user", content="how wide " * CONTEXT)]
    with pytest.raises(GeneratorFailed, match="at once"):
        list(generator.stream(long, max_tokens=5))
    assert generator.child_pid == before


def test_closing_a_text_leaves_the_model_to_the_next_one(generator: LocalGenerator) -> None:
    pieces = generator.stream(PROMPTS, max_tokens=CONTEXT)
    while not next(pieces):
        pass
    before = generator.child_pid
    pieces.close()
    assert written(generator)
    assert generator.child_pid == before


def test_a_child_that_was_killed_is_replaced(generator: LocalGenerator) -> None:
    before = written(generator)
    pid = kill(generator)
    assert written(generator) == before
    assert generator.child_pid != pid


def test_a_child_that_was_killed_counts_again(generator: LocalGenerator) -> None:
    before = generator.count_tokens(PROMPTS)
    kill(generator)
    assert generator.count_tokens(PROMPTS) == before


def test_a_text_that_was_begun_is_not_begun_again(generator: LocalGenerator) -> None:
    pieces = generator.stream(PROMPTS, max_tokens=CONTEXT)
    while not next(pieces):
        pass
    kill(generator)
    with pytest.raises(GeneratorFailed, match="memory") as caught:
        list(pieces)
    assert caught.value.hint is not None
    assert "smaller model" in caught.value.hint
    assert written(generator)


def test_the_child_ends_when_nobody_asks(model: Path) -> None:
    assert LEAST_REST_S < 5
    with closing(a_generator(model, keep_alive_s=0)) as generator:
        first = written(generator)
        pid = generator.child_pid
        assert pid is not None
        wait_until(lambda: generator.child_pid is None)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        assert written(generator) == first


def test_nothing_starts_once_it_is_closed(model: Path) -> None:
    generator = a_generator(model)
    generator.close()
    with pytest.raises(GeneratorFailed, match="shutting down"):
        written(generator)


def test_a_file_that_is_cut_off_is_told_once(tmp_path: Path, model: Path) -> None:
    short = tmp_path / "short.gguf"
    short.write_bytes(model.read_bytes()[:-20_000])
    with closing(a_generator(short)) as generator:
        with pytest.raises(GeneratorFailed, match=r"short\.gguf cannot be loaded") as caught:
            written(generator)
        assert caught.value.hint is not None
        assert "fetch it again" in caught.value.hint
        assert generator.child_pid is None


def test_a_model_of_a_new_kind_asks_for_a_newer_llama_cpp(tmp_path: Path) -> None:
    new = write_gguf(tmp_path / "new.gguf", architecture="llama99")
    with closing(a_generator(new)) as generator, pytest.raises(GeneratorFailed) as caught:
        written(generator)
    assert caught.value.hint is not None
    assert "newer llama.cpp" in caught.value.hint


def test_a_model_that_does_not_fit_into_memory_is_told(tmp_path: Path) -> None:
    size = Shape(layers=4, width=512, heads=8, context_tokens=1 << 20)
    vast = write_gguf(tmp_path / "vast.gguf", size)
    code = f"""if True:
        import resource, sys
        from pathlib import Path
        from twind.errors import GeneratorFailed
        from twind.models.base import Prompt
        from twind.models.gguf import LocalGenerator
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        generator = LocalGenerator(
            Path({str(vast)!r}), prefixes=Path({str(tmp_path)!r}), context_tokens=1 << 20,
            threads=1, keep_alive_s=-1,
        )
        try:
            generator.count_tokens([Prompt(role="user", content="how wide?")])
        except GeneratorFailed as error:
            sys.stdout.write(error.hint or "")
        generator.close()
    """
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "context_tokens" in done.stdout, done


def test_without_the_package_it_is_told_how_to_get_it(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    with pytest.raises(ModelUnavailable) as caught:
        a_generator(model)
    assert caught.value.hint is not None
    assert "twinctl[llm]" in caught.value.hint


@pytest.mark.parametrize(
    ("failure", "hint"),
    [
        (died("a.gguf", -signal.SIGKILL), "smaller model"),
        (died("a.gguf", -signal.SIGSEGV), "daemon logs"),
        (refused("a.gguf", "failed to allocate CPU buffer of size 9"), "smaller model"),
        (refused("a.gguf", "unknown model architecture: 'x'"), "newer llama.cpp"),
        (refused("a.gguf", "tensor data is not within the file bounds"), "fetch it again"),
    ],
)
def test_each_end_names_a_way_out(failure: GeneratorFailed, hint: str) -> None:
    assert failure.hint is not None
    assert hint in failure.hint
