"""A model writes, and only what is supported is shown."""

from collections.abc import Generator

import pytest

from tests.support.passages import a_passage, shared_words
from tests.support.writers import PreparedGenerator
from tests.unit.twind.answer.test_prompt import TWIN
from twind.answer.events import Delta, Stage
from twind.answer.prompt import Brief
from twind.answer.writing import Piece, Writer, Written
from twind.domain.answers import Citation

TEXT = (
    "The lighthouse was built in 1841 by Margaret Dunmore. Its tower is 27 metres high. "
    "The lamp burned whale oil at first."
)
FERRY = "The ferry to Harra sails four times a day."
GOOD = "The lighthouse was built in 1841 by Margaret Dunmore. [1]"
ALSO = "The lamp burned whale oil [1]."
BAD = "It is haunted by three pirates [1]."
BRIEF = Brief(
    twin=TWIN,
    question="Who built the lighthouse?",
    passages=[a_passage(TEXT, start=10), a_passage(FERRY, source_id="src_2")],
)


def run(steps: Generator[Piece, None, Written]) -> tuple[list[Piece], Written]:
    pieces: list[Piece] = []
    while True:
        try:
            pieces.append(next(steps))
        except StopIteration as end:
            return pieces, end.value


def write(text: str, *, fails_after: int | None = None) -> tuple[list[Piece], Written]:
    generator = PreparedGenerator(text, fails_after=fails_after)
    found = run(Writer(generator, shared_words, answer_tokens=400).write(BRIEF))
    assert generator.is_closed
    return found


def shown(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Delta))


def test_a_supported_sentence_is_shown_with_its_quote() -> None:
    pieces, written = write(GOOD)
    assert pieces[0] == Stage(name="writing")
    assert shown(pieces) == GOOD
    (citation,) = (piece for piece in pieces if isinstance(piece, Citation))
    assert citation.quote == TEXT[: TEXT.index(" Its tower")]
    assert citation.locator.start_char == 10
    answer = written.composition.answer(0.7, None)
    assert (answer.text, answer.confidence, answer.citations) == (GOOD, 0.7, (citation,))
    (claim,) = answer.claims
    assert (claim.text, claim.citations) == (GOOD.removesuffix(" [1]"), (1,))
    assert claim.support > 0.5


@pytest.mark.parametrize("text", [f"{BAD} {GOOD}", f"{GOOD} {BAD}", f"{BAD} {GOOD} {BAD}"])
def test_a_sentence_without_support_is_never_shown(text: str) -> None:
    pieces, written = write(text)
    assert shown(pieces) == GOOD
    assert written.composition.answer(1, None).text == GOOD


def test_readers_see_numbers_of_their_own() -> None:
    pieces, written = write("The ferry to Harra sails four times a day [2]. " + GOOD + " " + ALSO)
    assert shown(pieces) == (
        "The ferry to Harra sails four times a day. [1] "
        "The lighthouse was built in 1841 by Margaret Dunmore. [2] The lamp burned whale oil. [3]"
    )
    citations = written.composition.answer(1, None).citations
    assert [citation.n for citation in citations] == [1, 2, 3]
    assert [citation.source_id for citation in citations] == ["src_2", "src_1", "src_1"]


def test_a_sentence_that_comes_again_is_shown_once() -> None:
    assert shown(write(f"{GOOD} {ALSO} {GOOD} {GOOD}")[0]).count("1841") == 1


def test_a_list_keeps_its_lines() -> None:
    text = "- The tower is 27 metres high [1]\n- The lamp burned whale oil [1]"
    assert shown(write(text)[0]) == (
        "- The tower is 27 metres high [1]\n- The lamp burned whale oil [2]"
    )


@pytest.mark.parametrize("text", ["NO_ANSWER", BAD, "", "I cannot help with that."])
def test_nothing_supported_is_nothing_said(text: str) -> None:
    pieces, written = write(text)
    assert pieces == [Stage(name="writing")]
    assert written.composition.is_empty
    assert not written.failed


def test_giving_up_ends_the_writing() -> None:
    generator = PreparedGenerator("NO_ANSWER because " + "and " * 100)
    run(Writer(generator, None, answer_tokens=400).write(BRIEF))
    assert generator.written < 5
    assert generator.is_closed


def test_a_model_that_breaks_off_leaves_what_was_complete() -> None:
    pieces, written = write(f"{GOOD} {ALSO}", fails_after=12)
    assert shown(pieces) == GOOD
    assert written.failed
    assert not written.composition.is_empty


def test_a_model_that_does_not_begin_leaves_nothing() -> None:
    _, written = write(GOOD, fails_after=0)
    assert written.failed
    assert written.composition.is_empty


def test_whoever_stops_reading_stops_the_model() -> None:
    generator = PreparedGenerator(f"{GOOD} {ALSO} " * 20)
    steps = Writer(generator, shared_words, answer_tokens=400).write(BRIEF)
    while not isinstance(next(steps), Delta):
        pass
    steps.close()
    assert generator.is_closed
    assert generator.written < 20
