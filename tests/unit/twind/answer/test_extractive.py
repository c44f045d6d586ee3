"""Answers made of sentences of the sources, and refusals."""

from tests.support.passages import a_passage, shared_words
from twind.answer.extractive import answer
from twind.answer.selection import MAX_SENTENCES
from twind.domain.answers import RefusalReason

QUESTION = "Who founded the observatory in Tartu?"
ANSWERING = "The observatory in Tartu was **founded** by Georg Parrot."
TEXT = f"The town lies on a river. {ANSWERING} It rains."


def test_the_answer_is_the_sentence_with_its_citation() -> None:
    found = answer(QUESTION, [a_passage(TEXT, start=40)], shared_words)
    assert found.answered
    assert found.text == "The observatory in Tartu was founded by Georg Parrot. [1]"
    citation = found.citations[0]
    assert citation.quote == ANSWERING
    assert citation.locator.start_char == 40 + TEXT.index(ANSWERING)
    assert citation.locator.end_char == citation.locator.start_char + len(ANSWERING)


def test_a_question_about_something_else_is_refused() -> None:
    passage = a_passage(TEXT, similarity=0.1, coverage=0.1)
    found = answer("How does photosynthesis store energy?", [passage], shared_words)
    assert not found.answered
    assert found.refusal_reason is RefusalReason.NO_EVIDENCE
    assert found.citations == ()
    assert found.claims == ()
    assert found.confidence < 0.5


def test_no_passages_are_no_evidence() -> None:
    found = answer(QUESTION, [], shared_words)
    assert not found.answered
    assert found.confidence == 0


def test_without_a_model_shared_words_are_enough() -> None:
    passage = a_passage(TEXT, similarity=None, coverage=1.0)
    assert answer(QUESTION, [passage], None).citations[0].quote == ANSWERING


def test_the_same_sentence_is_said_once() -> None:
    passages = [a_passage(TEXT, source_id="src_1"), a_passage(TEXT, source_id="src_2")]
    found = answer(QUESTION, passages, shared_words)
    assert found.text.count("Georg Parrot") == 1


def test_sentences_of_one_source_keep_the_order_of_the_text() -> None:
    text = (
        "The dose for children is 5 milligrams. The weather was fine. "
        "The dose for children over twelve is 10 milligrams."
    )
    found = answer("What is the dose for children?", [a_passage(text)], shared_words)
    starts = [citation.locator.start_char for citation in found.citations]
    assert 1 < len(starts) <= MAX_SENTENCES
    assert starts == sorted(starts)
    assert [citation.n for citation in found.citations] == list(range(1, len(starts) + 1))


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    text = "Ida Rolfe was born in Oslo. She founded the northern school of glass painting."
    passage = a_passage(text, coverage=0.9)
    found = answer("Who founded the northern school of glass painting?", [passage], shared_words)
    assert found.citations[0].quote == "Ida Rolfe was born in Oslo."


def test_a_fragment_gets_a_line_of_its_own() -> None:
    text = "Dose for children: 5 milligrams\n\nDose for adults: 10 milligrams"
    found = answer("What is the dose for children and adults?", [a_passage(text)], shared_words)
    assert found.text == "Dose for children: 5 milligrams [1]\nDose for adults: 10 milligrams [2]"


def test_a_list_that_answers_is_quoted_whole() -> None:
    text = "It rains a lot. The dose is:\n\n- 5 milligrams for children\n- 10 for adults"
    found = answer("What is the dose for children?", [a_passage(text)], shared_words)
    assert found.citations[0].quote == text.removeprefix("It rains a lot. ")
    assert found.text == "The dose is:\n- 5 milligrams for children\n- 10 for adults [1]"


def test_a_row_of_a_long_table_comes_with_the_first_row() -> None:
    rows = [f"| Region {n} | {n}00 thousand euros | {n}10 thousand euros |" for n in range(1, 20)]
    table = "\n".join(["| Region | Sales in 2021 | Sales in 2022 |", "|---|---|---|", *rows])
    found = answer("What were the sales of region 7?", [a_passage(table)], shared_words)
    quotes = [citation.quote for citation in found.citations]
    assert quotes[0].startswith("| Region | Sales in 2021")
    assert rows[6] in quotes


def test_a_sentence_that_leans_on_one_there_is_no_room_for_is_left_out() -> None:
    before = "Ida Rolfe of Oslo " + "and many others " * 30 + "worked there."
    text = f"Glass painting was taught in Bergen. {before} She taught glass painting."
    found = answer("Where was glass painting taught?", [a_passage(text)], shared_words)
    assert [c.quote for c in found.citations] == ["Glass painting was taught in Bergen."]


def test_a_heading_is_no_answer() -> None:
    text = f"## Observatory in Tartu\n\nOBSERVATORY IN TARTU\n\n{ANSWERING}"
    found = answer(QUESTION, [a_passage(text)], shared_words)
    assert [citation.quote for citation in found.citations] == [ANSWERING]


def test_what_speaks_against_the_sentence_lowers_confidence_and_not_the_answer() -> None:
    told = answer(QUESTION, [a_passage(TEXT)], shared_words)
    turned = answer("Who never founded the observatory in Tartu?", [a_passage(TEXT)], shared_words)
    assert told.answered
    assert turned.answered
    assert turned.confidence < 0.5 < told.confidence


def test_references_in_the_source_are_not_taken_for_citations() -> None:
    passage = a_passage("The observatory in Tartu was founded by Georg Parrot [12].")
    found = answer(QUESTION, [passage], shared_words)
    assert found.text == "The observatory in Tartu was founded by Georg Parrot (12). [1]"
    assert found.citations[0].quote == passage.text


def test_each_claim_names_its_citation_and_its_support() -> None:
    found = answer(QUESTION, [a_passage(TEXT)], shared_words)
    assert [claim.citations for claim in found.claims] == [(c.n,) for c in found.citations]
    assert max(claim.support for claim in found.claims) >= found.confidence > 0.5


def test_what_stands_in_a_list_that_is_quoted_is_not_said_again() -> None:
    whole = a_passage("The dose is:\n\n- 5 milligrams for children\n- 10 for adults")
    part = a_passage("- 5 milligrams for children", source_id="src_2")
    found = answer("What is the dose for children?", [whole, part], shared_words)
    assert found.text.count("5 milligrams for children") == 1


def test_a_short_fragment_about_something_else_is_no_answer() -> None:
    text = f"Commercial Airplanes Segment\n\n{ANSWERING}"
    found = answer(QUESTION, [a_passage(text)], shared_words)
    assert [citation.quote for citation in found.citations] == [ANSWERING]


def test_under_the_question_that_was_asked_the_answer_needs_no_word_of_it() -> None:
    text = "Please do not. Its stems push the faces apart. Moss is harmless."
    passage = a_passage(text, heading="Can I plant ivy on it?")
    found = answer("Can I plant ivy on it?", [passage], shared_words)
    quotes = [citation.quote for citation in found.citations]
    assert quotes[:2] == ["Please do not.", "Its stems push the faces apart."]


def test_the_title_is_no_answer() -> None:
    text = f"Notes\n\n{ANSWERING}"
    found = answer(f"{QUESTION} Notes", [a_passage(text)], shared_words)
    assert [citation.quote for citation in found.citations] == [ANSWERING]


def test_a_reply_to_another_question_is_not_added() -> None:
    lent = "Yes, for people of the observatory in Tartu."
    other = a_passage(lent, source_id="src_2", heading="Can you lend me a telescope?")
    found = answer(QUESTION, [a_passage(TEXT), other], shared_words)
    assert [citation.source_id for citation in found.citations] == ["src_1"]


def test_a_question_about_two_things_gets_a_sentence_for_either() -> None:
    text = (
        "Grit stone is rough and heavy. Grit stone is rough and grey. Grit stone is rough. "
        "Slate is smooth and heavy."
    )
    found = answer("Is grit stone rough and slate smooth?", [a_passage(text)], shared_words)
    assert "Slate is smooth and heavy." in [citation.quote for citation in found.citations]


def test_only_the_sentence_right_before_explains_a_pronoun() -> None:
    text = f"Ida Rolfe was born in Oslo. Why there? She {ANSWERING.partition(' ')[2]}"
    found = answer(QUESTION, [a_passage(text, coverage=0.9)], shared_words)
    assert found.citations[0].quote.startswith("She observatory")


def test_what_was_told_is_not_told_again() -> None:
    text = f"{ANSWERING} The observatory in Tartu was founded in 1810."
    found = answer(QUESTION, [a_passage(text)], shared_words, told={ANSWERING})
    assert [citation.quote for citation in found.citations] == [text.removeprefix(f"{ANSWERING} ")]


def test_a_sentence_whose_beginning_is_missing_gives_way_to_a_whole_one() -> None:
    cut = a_passage("was where the observatory in Tartu was founded by Georg Parrot.")
    whole = a_passage("The observatory in Tartu was founded by Georg Parrot.", source_id="src_2")
    found = answer(QUESTION, [cut, whole], shared_words)
    assert found.citations[0].source_id == "src_2"


def test_the_strongest_source_speaks_first() -> None:
    weaker = a_passage("The founded observatory in Tartu is old.", source_id="src_2")
    best = a_passage("Georg Parrot, who founded the observatory in Tartu, stayed.")
    found = answer(QUESTION, [weaker, best], shared_words)
    assert [citation.source_id for citation in found.citations] == ["src_1", "src_2"]


def test_a_line_that_only_names_something_is_not_added() -> None:
    text = f"Founded observatory in Tartu town\n\nObservatory grounds\n\n{ANSWERING}"
    found = answer(QUESTION, [a_passage(text)], shared_words)
    assert [citation.quote for citation in found.citations] == [ANSWERING]


def test_a_row_of_a_printed_table_comes_with_the_names_of_its_columns_and_no_other_row() -> None:
    rows = ["Treatment Dog Cat", "Microchip 18 17", "Nail clipping 12 11", "Blood test 68 60"]
    found = answer("What is nail clipping for a cat?", [a_passage("\n".join(rows))], shared_words)
    assert found.text == "Treatment Dog Cat [1]\nNail clipping 12 11 [2]"


def test_two_rows_that_a_question_asks_of_are_both_given() -> None:
    rows = ["Treatment Dog Cat", "Microchip 18 17", "Nail clipping 12 11", "Blood test 68 60"]
    question = "What do microchip and blood test cost?"
    found = answer(question, [a_passage("\n".join(rows))], shared_words)
    assert [claim.text for claim in found.claims] == [rows[0], rows[1], rows[3]]


def test_a_reply_brings_along_what_else_it_tells() -> None:
    text = "May I order pills?\n\nYes, if we saw you within six months. Order early."
    found = answer("May I order pills for her?", [a_passage(text)], shared_words)
    assert found.text == "Yes, if we saw you within six months. [1] Order early. [2]"


def test_who_speaks_does_not_hide_a_pronoun() -> None:
    text = "Marit: The violins of the factory are cheap. Marit: They are better than they were."
    found = answer("How are they, better than they were?", [a_passage(text)], shared_words)
    assert found.text.startswith("Marit: The violins")


def test_half_a_sentence_gives_way_to_the_whole_of_it() -> None:
    half, whole = "The wall of the mill", "The wall of the mill fell in 1911."
    found = answer(
        "What fell of the wall of the mill?",
        [a_passage(f"It rains. {half}"), a_passage(whole, start=50)],
        shared_words,
    )
    assert found.text == f"{whole} [1]"


def test_a_sentence_that_shares_nothing_is_added_only_beside_another() -> None:
    def said(*texts: str) -> str:
        passages = [a_passage(text, start=100 * n) for n, text in enumerate(texts)]
        return answer("When do you open?", passages, lambda _, told: [0.8] * len(told)).text

    opening, boots = "We open at nine in March.", "Bring old boots with you."
    assert boots in said(f"{opening} {boots}")
    assert boots not in said(opening, boots)


def test_half_a_sentence_is_not_added() -> None:
    half = a_passage("who founded the observatory. It is old.", source_id="src_1", start=90)
    found = answer(QUESTION, [a_passage(TEXT), half], shared_words)
    assert half.text.partition(".")[0] not in found.text


def test_a_list_begins_on_a_line_of_its_own() -> None:
    text = "The dose for children is small. The dose for children is:\n\n- 5 in spring\n- 10 later"
    found = answer("What is the dose for children?", [a_passage(text)], shared_words)
    listed = "The dose for children is:\n- 5 in spring\n- 10 later"
    assert found.text == f"The dose for children is small. [1]\n{listed} [2]"
