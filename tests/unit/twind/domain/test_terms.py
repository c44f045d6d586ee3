"""What of a question is looked for."""

import pytest

from twind.domain.terms import index_text, match_expression, query_terms


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What is the war in Spain about?", ["war", "spain"]),
        ("Wie viele Kriege gab es in der Türkei?", ["kriege", "türkei"]),
        ("¿Cuándo murió Tesla?", ["murió", "tesla"]),
        ("Когда умер Тесла?", ["умер", "тесла"]),
        ("Tesla Tesla TESLA", ["tesla"]),
        ("Sales in FY2022?", ["sales", "fy2022", "2022"]),
        ("the 1980s, A4 or Q2", ["1980s", "a4", "q2"]),
        ("特斯拉何时", ["特斯", "斯拉", "拉何", "何时"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("?!", []),
    ],
)
def test_the_words_that_carry_the_topic(question: str, terms: list[str]) -> None:
    assert query_terms(question) == terms


def test_a_question_of_stop_words_alone_keeps_them() -> None:
    assert query_terms("Who is he?") == ["who", "is", "he"]


def test_scripts_without_spaces_are_indexed_as_pairs() -> None:
    assert index_text("于1943年去世了。").split() == ["于", "1943", "年去", "去世", "世了", "。"]
    assert index_text("plain words") == "plain words"


def test_vowel_points_do_not_part_arabic_words() -> None:
    assert index_text("كِتَاب") == "كتاب"


def test_a_single_character_finds_the_pairs_it_begins() -> None:
    assert match_expression(["字", 'a"b']) == '"字" * OR "a""b"'
