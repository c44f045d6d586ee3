import json
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinctl.wire.completions import CompletionIn
from twind.answer.events import AnswerEvent, Delta, Reply, Stage
from twind.answer.rewrite import REMEMBERED
from twind.domain.answers import Answer, Citation
from twind.domain.chunks import Locator
from twind.domain.conversations import Role
from twind.domain.verified import VerifiedAnswer, as_answer
from twind.public.completions import DONE, Completion, annotations, question_of
from twind.serving.streaming import PING


def citation(n: int, uri: str = "/home/ada/notes.md") -> Citation:
    return Citation(
        n=n,
        source_id=f"src_{n}",
        chunk_id=f"chk_{n}",
        uri=uri,
        title=f"Title {n}",
        quote="word for word",
        locator=Locator(start_char=0, end_char=13),
    )


def answer(text: str, *citations: Citation) -> Answer:
    return Answer(text=text, answered=True, confidence=0.5, citations=citations)


def asked(*messages: tuple[str, str]) -> CompletionIn:
    said = [{"role": role, "content": content} for role, content in messages]
    return CompletionIn.model_validate({"model": "ada", "messages": said})


def completion(*, tells_usage: bool = False) -> Completion:
    return Completion(
        id="chatcmpl-1", model="ada", created=1, prompt_tokens=3, tells_usage=tells_usage
    )


def steps(*events: AnswerEvent) -> Generator[AnswerEvent, None, None]:
    yield from events


def told(frames: list[bytes]) -> list[Any]:
    return [json.loads(frame.removeprefix(b"data: ")) for frame in frames if b"{" in frame]


def test_each_mark_is_an_annotation_where_it_stands() -> None:
    text = "Bees dance. [1][2] They sleep, too. [1]"
    found = annotations(answer(text, citation(1), citation(2)))
    places = [(each.url_citation.start_index, each.url_citation.end_index) for each in found]
    assert [text[start:end] for start, end in places] == ["[1]", "[2]", "[1]"]


def test_a_number_that_is_no_citation_is_text() -> None:
    assert annotations(answer("As in [7] and [0]. [1]", citation(1)))[0].url_citation.title
    assert len(annotations(answer("As in [7] and [0]. [1]", citation(1)))) == 1


def test_an_answer_without_marks_rests_on_its_citation_as_a_whole() -> None:
    verified = VerifiedAnswer(
        id="qna_1", twin_id="twn_1", question="?", answer="So.", created_at=0.0, updated_at=0.0
    )
    (found,) = annotations(as_answer(verified))
    assert (found.url_citation.start_index, found.url_citation.end_index) == (0, 3)


@pytest.mark.parametrize(
    ("uri", "begins"),
    [
        ("/home/ada/notes.md", "urn:twinctl:citation:1"),
        ("qa:qna_1", "urn:twinctl:citation:1"),
        ("https://example.com/walls", "https://example.com/walls#:~:text="),
    ],
)
def test_only_what_lies_on_the_web_is_linked(uri: str, begins: str) -> None:
    (found,) = annotations(answer("So. [1]", citation(1, uri)))
    assert found.url_citation.url.startswith(begins)
    assert "/home" not in found.model_dump_json()


def test_the_last_message_of_the_user_is_the_question() -> None:
    question = question_of(
        asked(
            ("system", "Be brief."),
            ("user", "First?"),
            ("assistant", "Yes."),
            ("user", "Second?"),
            ("assistant", "Prefilled"),
            ("developer", "Obey."),
        )
    )
    assert question.text == "Second?"
    assert [(each.role, each.content, each.answered) for each in question.before] == [
        (Role.USER, "First?", None),
        (Role.ASSISTANT, "Yes.", True),
    ]


@given(st.integers(0, 40))
def test_no_more_is_remembered_than_a_question_can_lean_on(turns: int) -> None:
    history = [("user", "Why?"), ("assistant", "So.")] * turns
    question = question_of(asked(*history, ("user", "And?")))
    assert len(question.before) == min(2 * turns, REMEMBERED)


def test_a_stream_begins_with_the_role_and_ends_with_done() -> None:
    reply = Reply(
        answer=answer("So. [1]", citation(1)),
        generator="extractive",
        conversation_id="cnv_1",
        took_ms=1.0,
    )
    frames = list(
        completion(tells_usage=True).frames(
            steps(Stage(name="reading"), Delta(text="So. [1]"), citation(1), reply)
        )
    )
    assert frames[-1] == DONE
    assert PING in frames
    first, piece, last, usage = told(frames)
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert piece["choices"][0]["delta"] == {"content": "So. [1]"}
    assert last["choices"][0]["finish_reason"] == "stop"
    assert last["twin"]["conversation_id"] == "cnv_1"
    assert (usage["choices"], usage["usage"]["total_tokens"]) == ([], 5)


def test_what_makes_the_answer_stops_when_the_stream_is_closed() -> None:
    stopped = []

    def endless() -> Generator[AnswerEvent, None, None]:
        try:
            while True:
                yield Delta(text="more ")
        finally:
            stopped.append(True)

    frames = completion().frames(endless())
    for _ in range(3):
        next(frames)
    frames.close()
    assert stopped == [True]
