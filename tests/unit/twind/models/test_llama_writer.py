"""A writer evaluates what is new only, keeps to its context and stops when told to."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.gguf import Shape, write_gguf
from twind.models import llama_prefixes
from twind.models.llama import Llama
from twind.models.llama_prefixes import PrefixStates
from twind.models.llama_writer import PromptTooLong, Wanted, Writer, Writing

MASON = "you are a mason and answer from your notes only, in short and plain sentences"
BAKER = "you bake bread at night and never say more than what stands in your book of bread"
CONTEXT = 600


class Stopped(Exception):
    pass


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    return write_gguf(folder / "tiny.gguf", Shape(context_tokens=CONTEXT))


@pytest.fixture(scope="module")
def load(model: Path) -> Callable[[Path], Writer]:
    llama = Llama(model, context_tokens=4096, threads=1)

    def writer(states: Path) -> Writer:
        llama.keep(0)
        return Writer(llama, PrefixStates(states, model, "1"))

    return writer


@pytest.fixture
def writer(load: Callable[[Path], Writer], tmp_path: Path) -> Writer:
    return load(tmp_path / "states")


def ask(rules: str, text: str, *, most: int = 8, temperature: float = 0.0) -> Wanted:
    messages = [{"role": "system", "content": rules}, {"role": "user", "content": text}]
    return Wanted(messages=messages, max_tokens=most, temperature=temperature)


def written(writer: Writer, wanted: Wanted) -> tuple[Writing, str]:
    writing = writer.begin(wanted)
    return writing, "".join(writer.write(writing, lambda: None))


def test_an_answer_has_the_length_that_was_asked_for(writer: Writer) -> None:
    writing, text = written(writer, ask(MASON, "how wide?", most=20))
    assert (writing.written_tokens, writing.finish_reason) == (20, "length")
    assert len(text) >= 20


def test_the_same_question_gets_the_same_answer_whatever_was_kept(
    load: Callable[[Path], Writer], tmp_path: Path
) -> None:
    writer = load(tmp_path / "states")
    cold, first = written(writer, ask(MASON, "how wide?", most=30))
    again, second = written(writer, ask(MASON, "how wide?", most=30))
    written(writer, ask(BAKER, "how long?"))
    restored, third = written(writer, ask(MASON, "how wide?", most=30))
    assert first == second == third
    assert cold.cached_tokens < restored.cached_tokens < again.cached_tokens
    assert again.cached_tokens == len(again.prompt) - 1


def test_chance_has_a_say_only_when_it_is_asked(writer: Writer) -> None:
    _, likeliest = written(writer, ask(MASON, "how wide?", most=40))
    _, chosen = written(writer, ask(MASON, "how wide?", most=40, temperature=5.0))
    assert likeliest != chosen


def test_rules_are_evaluated_once_though_another_twin_was_asked_in_between(
    writer: Writer,
) -> None:
    mason, _ = written(writer, ask(MASON, "how wide?"))
    baker, _ = written(writer, ask(BAKER, "how long?"))
    mason_again, _ = written(writer, ask(MASON, "is it high?"))
    baker_again, _ = written(writer, ask(BAKER, "how hot?"))
    for first, second in ((mason, mason_again), (baker, baker_again)):
        assert len(second.prompt) - second.cached_tokens <= 40
        assert second.cached_tokens > 30 > first.cached_tokens


def test_rules_are_remembered_by_the_next_process(
    load: Callable[[Path], Writer], tmp_path: Path
) -> None:
    written(load(tmp_path), ask(MASON, "how wide?"))
    writing, _ = written(load(tmp_path), ask(MASON, "how high?"))
    assert writing.cached_tokens > 30


def test_states_are_for_their_owner_alone_and_bounded(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama_prefixes, "MOST_FILES", 3)
    for number in range(5):
        written(writer, ask(f"{MASON}, number {number}", "how wide?"))
    files = list((tmp_path / "states").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "states").stat().st_mode) == 0o700


def test_a_state_that_is_damaged_is_made_again(writer: Writer, tmp_path: Path) -> None:
    _, sound = written(writer, ask(MASON, "how wide?"))
    (state,) = (tmp_path / "states").iterdir()
    size = state.stat().st_size
    state.write_bytes(b"nonsense")
    written(writer, ask(BAKER, "how long?"))
    writing, text = written(writer, ask(MASON, "how wide?"))
    assert text == sound
    assert writing.cached_tokens < 30
    assert state.stat().st_size == size


def test_a_folder_that_cannot_be_written_costs_the_states_only(
    load: Callable[[Path], Writer], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    writing, text = written(load(tmp_path / "file"), ask(MASON, "how wide?"))
    assert text
    assert writing.cached_tokens == 0


def test_a_prompt_that_fills_the_context_is_refused_before_any_work(writer: Writer) -> None:
    with pytest.raises(PromptTooLong, match=f"the context {CONTEXT}"):
        writer.begin(ask(MASON, "how wide? " * CONTEXT))


def test_an_answer_ends_where_the_context_does(writer: Writer) -> None:
    long = "how wide " * 60
    writing, _ = written(writer, ask(MASON, long, most=10_000))
    assert len(writing.prompt) + writing.written_tokens == CONTEXT
    assert writing.finish_reason == "length"


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_work_ends_with_the_step_at_which_it_is_given_up(writer: Writer, steps: int) -> None:
    writing = writer.begin(ask(MASON, "how wide?", most=400))
    left = steps

    def pulse() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    with pytest.raises(Stopped):
        list(writer.write(writing, pulse))
    assert writing.written_tokens <= steps
    _, text = written(writer, ask(MASON, "how wide?", most=30))
    assert text


def test_what_is_counted_is_what_is_evaluated(writer: Writer) -> None:
    wanted = ask(MASON, "how wide?")
    assert writer.count(wanted.messages) == len(writer.begin(wanted).prompt)
