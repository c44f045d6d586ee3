import pytest

from twind.answer.refusal import in_words_of, refuse
from twind.domain.answers import Answer, RefusalReason
from twind.domain.twins import Persona

QUESTION = "How old is the mill?"


def test_a_refusal_for_want_of_sources_says_so() -> None:
    found = refuse(RefusalReason.NO_SOURCES)
    assert found.refusal_reason is RefusalReason.NO_SOURCES
    assert "no sources" in found.text


def test_a_refusal_is_put_in_the_words_of_the_owner() -> None:
    refusal = refuse(RefusalReason.NO_EVIDENCE, confidence=0.3)

    put = in_words_of(Persona(refusal="Ask my sister.", language="de"), QUESTION, refusal)

    assert (put.text, put.answered, put.confidence) == ("Ask my sister.", False, 0.3)
    assert put.refusal_reason is RefusalReason.NO_EVIDENCE


def test_the_owners_words_do_not_hide_that_there_are_no_sources() -> None:
    refusal = refuse(RefusalReason.NO_SOURCES)
    assert in_words_of(Persona(refusal="Ask my sister."), QUESTION, refusal) == refusal


@pytest.mark.parametrize("reason", RefusalReason)
@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt"])
def test_the_usual_words_are_in_the_language_of_the_twin(
    reason: RefusalReason, language: str
) -> None:
    usual = refuse(reason)
    put = in_words_of(Persona(language=f"{language.upper()}-AT"), QUESTION, usual)
    assert put.text != usual.text
    assert put == in_words_of(Persona(language=language), QUESTION, usual)


@pytest.mark.parametrize("language", ["", "en", "en-GB", "sw"])
def test_the_usual_words_are_english_where_there_are_no_others(language: str) -> None:
    usual = refuse(RefusalReason.NO_EVIDENCE)
    assert in_words_of(Persona(language=language), QUESTION, usual) == usual


def test_an_answer_is_left_alone() -> None:
    answer = Answer(text="Bees dance. [1]", answered=True, confidence=0.9)
    assert in_words_of(Persona(refusal="Pass.", language="de"), QUESTION, answer) == answer


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Wie alt ist die Mühle?", "Quellen"),
        ("¿Cuándo se construyó el molino?", "fuentes"),
        ("Quand est-ce que le moulin est construit ?", "sources n'en"),
        ("Hallo!", "Hallo"),
        ("Hi there, who are you?", "Hello"),
        ("¡Gracias!", "De nada"),
        ("ok thanks, bye", "You are welcome"),
        ("Hello, how old is the mill?", "My sources do not say"),
    ],
)
def test_a_twin_without_a_language_refuses_in_that_of_the_question(
    question: str, word: str
) -> None:
    put = in_words_of(Persona(), question, refuse(RefusalReason.NO_EVIDENCE))
    assert word in put.text
    assert not put.answered


def test_a_greeting_is_answered_with_the_owners_and_thanks_are_no_lack_of_sources() -> None:
    persona = Persona(greeting="Good day from the mill.", refusal="Ask my sister.")
    refusal = refuse(RefusalReason.NO_EVIDENCE)
    assert in_words_of(persona, "hello", refusal).text == "Good day from the mill."
    assert in_words_of(persona, "thanks", refusal).text.startswith("You are welcome")
    assert in_words_of(Persona(refusal="Ask my sister."), "hello", refusal).text[:5] == "Hello"


@pytest.mark.parametrize("courtesy", ["hello", "thanks"])
def test_without_sources_a_greeting_does_not_hide_it(courtesy: str) -> None:
    refusal = refuse(RefusalReason.NO_SOURCES)
    assert in_words_of(Persona(greeting="Good day."), courtesy, refusal) == refusal
