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


def test_marks_without_words_are_no_evidence() -> None:
    assert weighed("Who?", "*** ... --- !!!") == []
