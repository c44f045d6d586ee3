"""Replies of models, read into sentences."""

import pytest

from twind.answer.draft import Draft, Drafted

ISSUED = 3


def read(reply: str, *, step: int = 1_000, issued: int = ISSUED) -> list[Drafted]:
    draft = Draft(issued)
    found = [one for at in range(0, len(reply), step) for one in draft.add(reply[at : at + step])]
    return [*found, *draft.end()]


def cited(reply: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.cited) for one in read(reply)]


@pytest.mark.parametrize(
    "mark", ["[1][2]", "[1, 2]", "[1;2]", "[1-2]", "【1】【2】", "【1†source】[2]", "[ 1 ] [2]"]
)
def test_citations_are_known_in_every_form(mark: str) -> None:
    assert cited(f"It was built in 1841 {mark}. It stands.") == [
        ("It was built in 1841.", (1, 2)),
        ("It stands.", ()),
    ]


@pytest.mark.parametrize("placed", ["a [1]. B", "a. [1] B", "a.[1] B", "a[1]. B", "[1] a. B"])
def test_a_citation_belongs_to_the_sentence_it_stands_at(placed: str) -> None:
    assert cited(f"The lamp is old and {placed} is not.")[0][1] == (1,)


def test_numbers_that_were_not_issued_vanish() -> None:
    assert cited("It is so [7]. It is [0] [2][99].") == [("It is so.", ()), ("It is.", (2,))]


@pytest.mark.parametrize("step", [1, 2, 3, 7])
def test_pieces_of_any_size_give_the_same_sentences(step: int) -> None:
    reply = (
        "Dr. Rolfe built it [1]. It is old.[2][3] See [here](http://a.b/c) and {this}!【1】\n\n"
        "- One item [1]\n- Two items [2-3]\n\n塔高27米。[1]它很老。 The last"
    )
    assert read(reply, step=step) == read(reply)


def test_a_sentence_comes_as_soon_as_the_next_begins() -> None:
    draft = Draft(ISSUED)
    assert draft.add("It is old. [1") == []
    assert draft.add("] ") == []
    assert draft.add("And") == [Drafted(text="It is old.", cited=(1,), gap="")]


def test_list_items_keep_their_marks_and_their_lines() -> None:
    found = read("They are:\n- a lamp [1]\n- **a bell** [2]\n\n1. First [3]")
    assert [(one.gap, one.text) for one in found] == [
        ("", "They are:"),
        ("\n", "- a lamp"),
        ("\n", "- a bell"),
        ("\n\n", "1. First"),
    ]


def test_links_pictures_and_tags_leave_their_words() -> None:
    reply = "See [the **story**](http://e.vil/x) ![p](http://e.vil/p) <b onclick='x'>now</b> [1]."
    assert cited(reply) == [("See the story p now.", (1,))]


def test_signs_that_are_no_tags_stay() -> None:
    assert cited("It holds where p < 0.05 and {x} > 3 [1].") == [
        ("It holds where p < 0.05 and {x} > 3.", (1,))
    ]


def test_a_last_sentence_that_breaks_off_is_left_out() -> None:
    assert [one.text for one in read("It is old [1]. It was changed to")] == ["It is old."]
    assert [one.text for one in read("It is old [1]. It is red [2]")] == [
        "It is old.",
        "It is red",
    ]
    assert [one.text for one in read("1841")] == ["1841"]


@pytest.mark.parametrize("reply", ["NO_ANSWER", "NO_ANSWER.", "**NO_ANSWER**\n"])
def test_giving_up_is_no_sentence(reply: str) -> None:
    draft = Draft(ISSUED)
    assert [*draft.add(reply), *draft.end()] == []
    assert draft.gives_up


def test_nothing_is_read_from_nothing() -> None:
    assert read("") == read(" \n ") == read("[1]") == []
