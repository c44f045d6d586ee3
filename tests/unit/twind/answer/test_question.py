"""What a question asks for."""

import pytest

from twind.answer.question import Wanted, offers, read_question
from twind.answer.words import content_words


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who signed the contract?", Wanted.NAME),
        ("Where is the archive?", Wanted.PLACE),
        ("Which city has an archive?", Wanted.PLACE),
        ("phone number", Wanted.CONTACT),
        ("How can I reach you?", Wanted.CONTACT),
        ("When did it open?", Wanted.TIME),
        ("In what year did it open?", Wanted.TIME),
        ("What time does it open?", Wanted.TIME),
        ("How much is a room?", Wanted.PRICE),
        ("What does a room cost?", Wanted.PRICE),
        ("How many rooms are there?", Wanted.NUMBER),
        ("How much water is there?", Wanted.NUMBER),
        ("¿Cuántas salas hay?", Wanted.NUMBER),
        ("Wann wurde es eröffnet?", Wanted.TIME),
        ("Кто подписал договор?", Wanted.NAME),
        ("Why did it close?", Wanted.ANY),
    ],
)
def test_a_question_wants_a_kind_of_thing(question: str, wanted: Wanted) -> None:
    assert read_question(question).wanted is wanted


def test_names_and_numbers_are_told_from_other_words() -> None:
    question = read_question("Which treaty did Spain sign in Utrecht in 1713?")
    assert question.names == set(content_words("Spain Utrecht 1713"))


def test_that_something_happens_is_no_content_where_there_is_other() -> None:
    assert read_question("What happened at Low Garth?").words == {"low", "garth"}
    assert read_question("What happened?").words == {"happen"}


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("What is the rate?", True),
        ("¿Qué ciudad es la capital?", False),
        ("Welche Stadt ist die Hauptstadt?", False),
        ("哪个城市是首都?", False),
    ],
)
def test_english_is_recognised_by_its_small_words(text: str, english: bool) -> None:  # noqa: FBT001
    assert read_question(text).is_english is english


@pytest.mark.parametrize(
    ("question", "sentence", "offered"),
    [
        ("When did it open?", "It opened in 1912.", 1.0),
        ("When did it open?", "It opened to great applause.", 0.0),
        ("When did the 1912 hall open?", "The 1912 hall is large.", 0.0),
        ("How many rooms are there?", "There are 14 rooms.", 1.0),
        ("How many rooms are there?", "There are twelve rooms.", 1.0),
        ("How many rooms are there?", "There are rooms.", 0.0),
        ("Who founded Acme?", "It was founded by Ida Rolfe.", 1.0),
        ("Who founded Acme?", "It is what I founded.", 0.0),
        ("What time does it open?", "It opens at 9 am.", 1.0),
        ("How much is a room?", "A room is €50 a night.", 1.0),
        ("How much is a room?", "There are 14 rooms.", 0.0),
        ("Who founded Acme?", "The founder of Acme left early.", 0.0),
        ("Why did it close?", "Nobody came.", 1.0),
        ("Where do you teach?", "I teach in Oslo.", 1.0),
        ("Where do you teach?", "I teach behind the mill.", 1.0),
        ("Where do you teach?", "I teach in English on Mondays.", 0.0),
        ("What is your phone number?", "Ring +47 55 01 72 20.", 1.0),
        ("What is your email address?", "Write to ida@mill.example.", 1.0),
        ("What is your phone number?", "I took number 17 in 1998.", 0.0),
    ],
)
def test_a_sentence_offers_what_was_not_already_said(
    question: str, sentence: str, offered: float
) -> None:
    assert offers(read_question(question), sentence) == offered
