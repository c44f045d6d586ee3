"""Headings in the text of a passage, told from what they stand above."""

from dataclasses import replace

import pytest

from tests.support.passages import a_passage
from twind.answer.headings import headed
from twind.answer.units import units
from twind.domain.chunks import HEADING_SEPARATOR


def told(text: str, heading: str | None = None) -> list[tuple[str, str, bool]]:
    """Return what stands between the headings, its heading, and whether it is the first there."""
    passage = a_passage(text, heading=heading)
    return [
        (text[one.start : one.end], one.heading, one.is_first)
        for one in headed(passage, list(units(text)))
    ]


def test_a_line_of_its_own_above_a_sentence_is_a_heading() -> None:
    text = "What it costs\n\nA place costs ten. It is paid at once."
    assert told(text) == [
        ("A place costs ten.", "What it costs", True),
        ("It is paid at once.", "What it costs", False),
    ]


def test_a_line_of_its_own_above_a_list_is_a_heading() -> None:
    assert told("What to bring\n\n- boots\n\n- water") == [
        ("- boots\n\n- water", "What to bring", True)
    ]


def test_a_line_above_a_list_and_its_lead_in_is_a_heading() -> None:
    whole = "On the first day of the course I go along the wall and mark:\n\n- a pin\n\n- a joint"
    assert told(f"The faults that I mark\n\n{whole}") == [(whole, "The faults that I mark", True)]


def test_the_nearest_heading_holds() -> None:
    assert told(
        "## Fees\n\nTen.\n\n### Refunds\n\nNone.", heading=f"Course{HEADING_SEPARATOR}Money"
    ) == [
        ("Ten.", "Fees", True),
        ("None.", "Refunds", True),
    ]


def test_what_a_passage_begins_with_stands_below_the_innermost_of_its_headings() -> None:
    assert told("Ten. Or less.", heading=f"Course{HEADING_SEPARATOR}Fees") == [
        ("Ten.", "Fees", True),
        ("Or less.", "Fees", False),
    ]


def test_the_title_is_a_heading_wherever_it_stands() -> None:
    assert told("Notes\nThe wall is dry.\n\nNOTES") == [("Notes\nThe wall is dry.", "", False)]


def test_a_sentence_by_which_a_text_is_called_is_said() -> None:
    said = "The gate is opened at seven."
    passage = replace(a_passage(said), title=said)
    assert [one.start for one in headed(passage, list(units(said)))] == [0]


def test_a_question_that_begins_a_paragraph_is_the_heading_of_its_answer() -> None:
    assert told("It is far.\n\nDo you ship? Yes. To Oslo.") == [
        ("It is far.", "", False),
        ("Yes.", "Do you ship?", True),
        ("To Oslo.", "Do you ship?", False),
    ]


def test_a_question_within_a_paragraph_says_nothing_and_heads_nothing() -> None:
    assert told("It fell. But why did it fall? Water did it.") == [
        ("It fell.", "", False),
        ("Water did it.", "", False),
    ]


def test_a_question_on_a_line_of_its_own_is_the_heading_of_the_reply() -> None:
    assert told("It is far.\nDo you ship?\nMostly, yes. To Oslo.\nAnd by air?\nNever.") == [
        ("It is far.", "", False),
        ("Mostly, yes.", "Do you ship?", True),
        ("To Oslo.", "Do you ship?", False),
        ("Never.", "And by air?", True),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "People ask me what makes a wall stand.",
        "I am often asked about frost.",
        "Many of you wonder whether mortar helps.",
        "Customers ask why.",
    ],
)
def test_a_question_that_is_told_of_is_the_heading_of_its_answer(asked: str) -> None:
    assert told(f"{asked} Weight does it.") == [("Weight does it.", asked, True)]


@pytest.mark.parametrize(
    "said",
    [
        "People ask me about mortar, and I tell them not to.",
        "I am asked to mend walls.",
        "Ask me about mortar.",
        "She asked whether it would hold.",
    ],
)
def test_who_tells_of_more_than_a_question_says_something(said: str) -> None:
    assert told(f"{said} It is late.")[0] == (said, "", False)


def test_a_question_that_leans_on_the_heading_above_is_read_with_it() -> None:
    assert told("Insurance\n\nIs it worth it?\n\nFor a dog.") == [
        ("For a dog.", "Insurance Is it worth it?", True)
    ]
    assert told("Insurance\n\nDo you sell any?\n\nNo.") == [("No.", "Do you sell any?", True)]


def test_bold_words_that_begin_a_paragraph_are_its_heading() -> None:
    assert told("**Ticks.** Twist them. Do not pull.\n\n**Fleas.** Wash.") == [
        ("Twist them.", "Ticks.", True),
        ("Do not pull.", "Ticks.", False),
        ("Wash.", "Fleas.", True),
    ]


@pytest.mark.parametrize("said", ["**No dogs, please.** They bite.", "It is so. **Never.** Ask."])
def test_bold_words_that_reply_or_stand_within_a_paragraph_are_said(said: str) -> None:
    assert any("**" in one for one, _, _ in told(said))


def test_a_list_that_ends_with_a_question_stays() -> None:
    text = "Ask the seller:\n\n- Is it old?\n- Is it dry?"
    assert [one[0] for one in told(text)] == [text]


def test_a_numbered_line_is_a_heading_also_above_another_one() -> None:
    assert told("10 Safety and warranty\n\n10.4 Claims\n\nKeep the bill.") == [
        ("Keep the bill.", "10.4 Claims", True)
    ]


def test_a_fragment_that_tells_a_number_is_no_heading() -> None:
    text = "Dose for children: 5 milligrams\n\nShake before use."
    assert told(text)[0][0] == "Dose for children: 5 milligrams"


def test_a_line_above_another_line_is_no_heading() -> None:
    assert [one[0] for one in told("Market risk\n\nCredit risk")] == ["Market risk", "Credit risk"]


@pytest.mark.parametrize(
    "contents",
    [
        "Footings . . . . . . . . 4\nMixing concrete . . . . . 7\nCuring it ......... 12",
        "Footings . . . . . . . . 4 Mixing concrete . . . . . 7 Curing it ......... 12",
        "Footings ………… 4\nMixing concrete …… 7",
        "Footings____4\nMixing concrete .... 7",
        "Contents\nFootings 4\nMixing concrete 7\nCuring it 12",
        "Inhalt\n\n1 Fundamente 4\n2 Beton im Winter mischen 7\n3 Nachbehandlung danach 12",
    ],
)
def test_a_table_of_contents_is_not_said(contents: str) -> None:
    said = "Footings are 30 cm deep."
    assert [one for one, _, _ in told(f"{contents}\n\n{said}")] == [said]


@pytest.mark.parametrize(
    "line",
    [
        "Brightness goes from 0 ... 255",
        "We waited .... 20 minutes passed.",
        "I, ________, pay 30 euros.",
        "Small 3\nMiddle 5\nLarge 9",
    ],
)
def test_dots_and_numbers_alone_make_no_table_of_contents(line: str) -> None:
    assert "".join("".join(one for one, _, _ in told(line)).split()) == "".join(line.split())


def test_lines_of_a_table_of_contents_say_nothing() -> None:
    text = "6.1 Descaling with water. . . . . . . . 69 6.2 Cleaning. . . . . . . . 70"
    assert [one for one, _, _ in told(text) if "ing" in one] == []
