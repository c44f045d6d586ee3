"""How well sentences support an answer."""

from collections.abc import Sequence

from tests.support.passages import a_passage, shared_words
from twind.answer.evidence import MAX_COMPARED, Evidence, weigh
from twind.answer.question import read_question

QUESTION = "Who founded the observatory in Tartu?"
TEXT = "The town lies on a river. The observatory in Tartu was founded by Georg Parrot. It rains."


def weighed(question: str, *texts: str) -> list[Evidence]:
    passages = [a_passage(text, start=1000 * n) for n, text in enumerate(texts)]
    return weigh(read_question(question), passages, shared_words)


def test_the_sentence_that_answers_is_strongest() -> None:
    best = weighed(QUESTION, TEXT)[0]
    assert best.sentence.text == "The observatory in Tartu was founded by Georg Parrot."


def test_words_alone_find_it_too() -> None:
    best = weigh(read_question(QUESTION), [a_passage(TEXT, similarity=None)], None)[0]
    assert best.sentence.text == "The observatory in Tartu was founded by Georg Parrot."


def test_support_rises_with_strength() -> None:
    evidence = weighed(QUESTION, TEXT)
    assert [one.support for one in evidence] == sorted((e.support for e in evidence), reverse=True)
    assert all(0 < one.support < 1 for one in evidence)


def test_a_better_passage_lends_its_sentences_support() -> None:
    def support(similarity: float) -> float:
        passage = a_passage(TEXT, similarity=similarity)
        return weigh(read_question(QUESTION), [passage], shared_words)[0].support

    assert support(0.8) > support(0.2)


def test_a_bounded_number_of_sentences_is_compared() -> None:
    compared: list[int] = []

    def counting(question: str, sentences: Sequence[str]) -> list[float]:
        compared.append(len(sentences))
        return shared_words(question, sentences)

    long = " ".join(f"Item {n} is listed here." for n in range(200))
    weigh(read_question("Which items are listed?"), [a_passage(long)], counting)
    assert compared == [MAX_COMPARED]


def test_a_long_table_is_read_by_its_lines() -> None:
    rows = [f"Region {n} net sales {n}00 {n}10 {n}20 thousand euros" for n in range(1, 20)]
    evidence = weighed("What were the net sales of region 7?", "\n".join(rows))
    assert len(evidence) > 1
    assert any("Region 7 net sales 700" in one.sentence.text for one in evidence[:3])


def test_the_same_question_in_the_source_outweighs_what_else_the_passage_tells() -> None:
    text = "Do you ship?\n\nTo Oslo.\n\nWhere are you?\n\nBehind the mill."
    passage = a_passage(text, similarity=0.1, coverage=0.0)
    best = weigh(
        read_question("Where are you?"),
        [passage],
        lambda asked, told: [one == asked for one in told],
    )[0]
    assert best.sentence.text == "Behind the mill."
    assert best.support > 0.9


def test_a_question_that_leans_does_not_lend_its_likeness() -> None:
    def support(heading: str) -> float:
        passage = a_passage(f"{heading}\n\nTen crowns.", similarity=0.1, coverage=0.0)
        return weigh(read_question("What does it cost?"), [passage], lambda _, t: [0.8] * len(t))[
            0
        ].support

    assert support("What does it cost?") < support("What does a place cost?")


def test_the_reply_to_a_question_of_another_kind_gives_way() -> None:
    text = "Do you test first?\n\nMostly, yes.\n\nTests\n\nI write tests first since 2002."
    best = weighed("When did you first test?", text)[0]
    assert best.sentence.text == "I write tests first since 2002."


def test_a_table_is_compared_by_the_rows_that_share_words_with_the_question() -> None:
    compared: list[str] = []

    def keeping(question: str, sentences: Sequence[str]) -> list[float]:
        compared.extend(sentences)
        return shared_words(question, sentences)

    table = "Item | Paid by\nDesk | us\nChair | us\nPhone | you"
    found = weigh(read_question("Who pays for a chair?"), [a_passage(table)], keeping)
    assert compared == ["Item | Paid by\nChair | us"]
    assert found[0].sentence.text == table


def test_marks_without_words_are_no_evidence() -> None:
    assert weighed("Who?", "*** ... --- !!!") == []
