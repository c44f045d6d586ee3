"""What holds of every excerpt."""

from hypothesis import given
from hypothesis import strategies as st

from twind.domain.excerpts import excerpt

WORDS = st.text("abcüÜéß1語", min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


@given(TEXTS, WORDS, st.integers(10, 80))
def test_an_excerpt_fits_and_stands_in_its_text(text: str, word: str, width: int) -> None:
    shown = excerpt(text, [word], width)
    assert len(shown) <= width
    assert shown.strip("…") in text


@given(TEXTS, st.data(), st.integers(30, 80))
def test_a_word_of_the_text_is_shown(text: str, data: st.DataObject, width: int) -> None:
    word = data.draw(st.sampled_from(text.split()))
    assert word.lower() in excerpt(text, [word], width).lower()


def test_an_excerpt_begins_with_the_text_where_no_word_is_found() -> None:
    text = "The tower is made of grey granite."
    assert excerpt(text, ["zebra"], 16) == "The tower is ma…"
    assert excerpt(text, ["granite"], 16) == "…grey granite."
    assert excerpt("Short\n text", ["x"], 16) == "Short text"
