"""What the fusion makes of agreement, doubt and missing scores."""

import pytest

from twind.retrieve.fuse import Candidate, coverage, fluency, fuse, rarities


def candidate(key: int, bm25: float, share: float, similarity: float | None) -> Candidate:
    return Candidate(key=key, bm25=bm25, coverage=share, similarity=similarity)


def order(candidates: list[Candidate], *, read: float = 1.0) -> list[int]:
    return [one.key for one in fuse(candidates, fluency=read)]


def test_nothing_found_is_nothing_ranked() -> None:
    assert fuse([]) == []


def test_a_sentence_found_word_for_word_comes_first() -> None:
    verbatim = candidate(1, 30.0, 1.0, 0.5)
    similar = candidate(2, 8.0, 0.3, 0.7)
    assert order([similar, verbatim]) == [1, 2]


def test_where_no_words_match_well_the_meaning_decides() -> None:
    chatty = candidate(1, 9.0, 0.3, 0.4)
    meant = candidate(2, 3.0, 0.1, 0.65)
    assert order([chatty, meant]) == [2, 1]


def test_a_question_the_model_cannot_read_goes_by_its_words() -> None:
    worded = candidate(1, 9.0, 0.3, 0.4)
    similar = candidate(2, 3.0, 0.1, 0.65)
    assert order([worded, similar], read=0.1) == [1, 2]


def test_without_embeddings_the_words_decide() -> None:
    assert order([candidate(1, 2.0, 0.2, None), candidate(2, 5.0, 0.6, None)]) == [2, 1]


@pytest.mark.parametrize(
    ("question", "tokens", "least", "most"),
    [
        ("What did the Normans build in Sicily?", 9, 1.0, 1.0),
        ("特斯拉何时去世", 7, 0.4, 0.6),
        ("Когда умер Никола Тесла", 19, 0.1, 0.3),
        ("", 0, 1.0, 1.0),
    ],
)
def test_fluency_falls_with_the_tokens_a_text_takes(
    question: str, tokens: int, least: float, most: float
) -> None:
    assert least <= fluency(question, tokens) <= most


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    weights = rarities({"the": 900, "skerry": 2, "unknown": 0}, 1000)
    assert coverage({"skerry"}, weights) > coverage({"the"}, weights)
    assert coverage({"the", "skerry"}, weights) < 1
    assert coverage(set(), {}) == 0
