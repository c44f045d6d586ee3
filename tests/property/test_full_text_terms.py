"""Whatever somebody asks, full text understands the question."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.domain.terms import MAX_TERMS, index_text, match_expression, query_terms
from twind.store.driver import load_driver
from twind.store.index.text import TOKENIZER

COUNT = "SELECT count(*) FROM texts WHERE texts MATCH ?"


class Texts:
    """A real full-text index with the tokenizer of the product."""

    def __init__(self) -> None:
        self.connection = load_driver().connect(":memory:")
        self.connection.execute(
            f'CREATE VIRTUAL TABLE texts USING fts5(body, tokenize="{TOKENIZER}")'
        )

    def matches(self, text: str, expression: str) -> bool:
        self.connection.execute("DELETE FROM texts")
        self.connection.execute("INSERT INTO texts VALUES (?)", (index_text(text),))
        return bool(self.connection.execute(COUNT, (expression,)).fetchone()[0])


@pytest.fixture(scope="module")
def texts() -> Iterator[Texts]:
    opened = Texts()
    yield opened
    opened.connection.close()


@given(question=st.text(max_size=200))
def test_no_question_is_a_syntax_error(texts: Texts, question: str) -> None:
    terms = query_terms(question)
    assert len(terms) <= MAX_TERMS
    if terms:
        texts.matches("anything", match_expression(terms))


@given(terms=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=5))
def test_no_term_is_a_syntax_error(texts: Texts, terms: list[str]) -> None:
    texts.matches("anything", match_expression(terms))


@given(text=st.text(alphabet=st.characters(categories=["L", "Nd", "Zs"]), max_size=60))
def test_a_text_is_found_by_its_own_words(texts: Texts, text: str) -> None:
    terms = query_terms(text)
    assert not terms or texts.matches(text, match_expression(terms))


@given(text=st.text(max_size=100))
def test_index_text_loses_no_letter_of_an_unspaced_script(text: str) -> None:
    letters = {char for char in text if "\u4e00" <= char <= "\u9fff"}
    assert letters <= set(index_text(text))
