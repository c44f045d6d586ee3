"""What holds of any question that follows any others."""

from hypothesis import given
from hypothesis import strategies as st

from twind.answer.rewrite import understand
from twind.domain.conversations import Message, Role

WORDS = st.sampled_from(
    [
        *("and", "what about", "why", "when", "who", "did", "was", "she", "it", "there", "they"),
        *("her", "that", "the", "lighthouse", "Skerry", "Point", "of", "in", "one", "?", ",", "-"),
        *("und", "wann", "sie", "et", "elle", "-t-elle", "¿", "cuándo", "2023", "second", "ones"),
    ]
)
TEXT = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join))


def message(role: Role, content: str) -> Message:
    answered = None if role is Role.USER else True
    return Message(
        id="msg_1", role=role, content=content, answered=answered, citations=(), created_at=0.0
    )


@given(turns=st.lists(st.tuples(st.sampled_from(Role), TEXT), max_size=6), question=TEXT)
def test_any_question_after_any_turns_stays_a_question(
    turns: list[tuple[Role, str]], question: str
) -> None:
    before = [message(role, content) for role, content in turns]
    read = understand(question, before, None).question
    assert bool(read.strip()) or not question.strip()
    assert understand(question, before, None).question == read


@given(question=TEXT)
def test_without_turns_nothing_is_changed(question: str) -> None:
    assert understand(question, [], None).question == question


@given(
    part=st.sampled_from(["A of ", "a ", "the ", "Aa-", "it, ", "and what about ", "[1] ", "(("])
)
def test_long_texts_take_no_longer_than_short_ones(part: str) -> None:
    long = part * 2_000
    before = [message(Role.USER, long), message(Role.ASSISTANT, long)]
    assert understand(long, before, None).question == long
    assert len(understand("and when did she leave?", before, None).question) < 2_000
