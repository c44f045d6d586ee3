"""How questions whose answers are known are read and scored."""

import pytest

from twinctl.cli.scoring import Question, figures, read_questions, score
from twinctl.errors import Misused
from twinctl.wire.answers import CitationOut, ClaimOut
from twinctl.wire.evaluations import AttemptOut
from twinctl.wire.locators import Locator
from twinctl.wire.search import Hit

TEXT = "Ida Rolfe opened the mine in 1911."


def an_attempt(*, answered: bool = True, support: float = 0.9) -> AttemptOut:
    where = {"source_id": "src_1", "chunk_id": "chk_1", "uri": "/notes/Mine.md", "title": "Mining"}
    locator = Locator(start_char=0, end_char=len(TEXT))
    cited = CitationOut(n=1, quote=TEXT, locator=locator, **where)
    return AttemptOut(
        answer=f"{TEXT} [1]" if answered else "I cannot say.",
        answered=answered,
        confidence=0.8,
        support=0.9,
        citations=[cited] if answered else [],
        claims=[ClaimOut(text=TEXT, support=support, citations=[1])] if answered else [],
        hits=[Hit(rank=1, score=0.5, text=TEXT, locator=locator, **where)],
        took_ms=1.0,
    )


@pytest.mark.parametrize(
    ("line", "right", "found"),
    [
        ('{"question": "Who?", "answer": "ida ROLFE"}', True, True),
        ('{"question": "Who?", "answer": ["Ada", "Rolfe"]}', True, True),
        ('{"question": "Who?", "answer": "Ida Rol"}', False, False),
        ('{"question": "Who?", "source": "mine.md"}', True, True),
        ('{"question": "Who?", "source": "mining", "answer": "Ada"}', False, True),
        ('{"question": "Who?", "source": "harbour"}', False, False),
        ('{"question": "Who?"}', True, None),
        ('{"question": "Who?", "answerable": false}', False, None),
        (
            '{"question": "Who?", "answer": "In 1911 the mine was opened, by a woman, Ida Rolfe"}',
            True,
            True,
        ),
    ],
)
def test_an_answer_is_held_against_what_was_expected(
    line: str, *, right: bool, found: bool | None
) -> None:
    [question] = read_questions(line, "questions.jsonl")
    scored = score(question, an_attempt())
    assert (scored.right, scored.found) == (right, found)


def test_a_refusal_is_right_only_where_there_is_no_answer() -> None:
    refused = an_attempt(answered=False)
    assert score(Question(question="Who?", answerable=False), refused).right
    assert not score(Question(question="Who?", answer=["Ida"]), refused).right


def test_figures_are_shares_of_the_questions_they_concern() -> None:
    known, unknown = (
        Question(question="Who?", answer=["Ida"]),
        Question(question="Why?", answerable=False),
    )
    scores = [
        score(known, an_attempt()),
        score(known, an_attempt(support=0.2)),
        score(known, an_attempt(answered=False)),
        score(unknown, an_attempt(answered=False)),
    ]
    told = figures(scores)
    assert (told.right, told.recall, told.supported) == (0.75, 1.0, 0.5)
    assert told.answered == pytest.approx(2 / 3)
    assert told.refused_wrongly == pytest.approx(1 / 3)
    assert told.refused_rightly == 1.0
    assert figures(scores[:1]).refused_rightly is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Who?", "not JSON"),
        ('["Who?"]', "valid dictionary"),
        ('{"question": ""}', "question"),
        ('{"question": "Who?", "answers": "Ida"}', "answers"),
        ('{"question": "Who?", "answerable": false, "answer": "Ida"}', "no answer and no source"),
    ],
)
def test_a_wrong_line_is_named(line: str, said: str) -> None:
    with pytest.raises(Misused, match=r"mine\.jsonl, line 3: ") as caught:
        read_questions(f'{{"question": "Who?"}}\n\n{line}\n', "mine.jsonl")
    assert said in caught.value.message


def test_a_file_without_questions_is_named() -> None:
    with pytest.raises(Misused, match="holds no questions"):
        read_questions("\n", "mine.jsonl")
