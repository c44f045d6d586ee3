import pytest

from tests.support.documents import texts
from twind.ingest.extract.captions import extract

SRT = b"""1
00:00:01,000 --> 00:00:04,500 X1:40
<i>Good morning.</i>

2
00:01:02,250 --> 00:01:04,000
{\\an8}Today we bake
rye &amp; wheat bread.
"""
VTT = b"""WEBVTT - a talk

STYLE
::cue { color: red }

NOTE not spoken

intro
00:01.000 --> 00:04.000 align:start
<v Roger Bingham>We are in <00:00:02.500><c.red>New York</c> City

01:00:01.000 --> 01:00:04.000
I < 3 captions
"""


def test_cues_have_their_words_and_seconds() -> None:
    document = extract(SRT)
    assert texts(document) == ["Good morning.", "Today we bake rye & wheat bread."]
    assert [block.start_seconds for block in document.blocks] == [1.0, 62.25]


def test_web_captions_lose_tags_notes_and_styles() -> None:
    document = extract(VTT)
    assert document.text == "We are in New York City I < 3 captions"
    assert [block.start_seconds for block in document.blocks] == [1.0, 3601.0]


def test_lines_that_automatic_captions_show_again_come_once() -> None:
    rolling = b"""WEBVTT

00:00:00.000 --> 00:00:02.000
hello and

00:00:02.000 --> 00:00:02.010
hello and

00:00:02.010 --> 00:00:04.000
hello and
welcome to

00:00:04.000 --> 00:00:06.000
welcome to
the show
"""
    assert extract(rolling).text == "hello and welcome to the show"


def test_what_is_really_said_again_stays() -> None:
    refrain = b"""1
00:00:00,000 --> 00:00:02,000
La la la

2
00:00:05,000 --> 00:00:07,000
La la la
"""
    assert extract(refrain).text == "La la la La la la"


def test_text_without_cues_is_plain_text() -> None:
    assert texts(extract(b"Notes on a talk.\n\nNo times here.\n")) == [
        "Notes on a talk.",
        "No times here.",
    ]


@pytest.mark.parametrize("missing", [b"WEBVTT - a talk\n\n", b"intro\n"])
def test_damaged_captions_are_still_read(missing: bytes) -> None:
    assert "New York City" in extract(VTT.replace(missing, b"")).text


def test_automatic_captions_begin_with_the_first_word() -> None:
    automatic = b"""WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:03.429 align:start position:0%
\x20
bees<00:00:00.960><c> do</c><00:00:01.520><c> not</c>

00:00:03.429 --> 00:00:03.439 align:start position:0%
bees do not
\x20

00:00:03.439 --> 00:00:05.749 align:start position:0%
bees do not
sleep<00:00:03.760><c> much</c>

00:00:05.749 --> 00:00:05.759 align:start position:0%
sleep much
\x20
"""
    document = extract(automatic)
    assert texts(document) == ["bees do not", "sleep much"]
    assert [block.start_seconds for block in document.blocks] == [0.16, 3.439]


def test_rolling_captions_whose_lines_were_joined_come_once() -> None:
    joined = b"""1
00:00:00,000 --> 00:00:02,000
hello and

2
00:00:02,000 --> 00:00:04,000
hello and welcome to

3
00:00:04,000 --> 00:00:06,000
welcome to the show
"""
    assert extract(joined).text == "hello and welcome to the show"


def test_words_said_twice_in_cues_that_touch_stay() -> None:
    said = b"""1
00:00:00,000 --> 00:00:02,000
no

2
00:00:02,000 --> 00:00:04,000
no way

3
00:00:04,000 --> 00:00:06,000
out of here

4
00:00:06,000 --> 00:00:08,000
at all
"""
    assert extract(said).text == "no no way out of here at all"


def test_sounds_and_marks_of_speakers_are_not_said() -> None:
    noisy = """WEBVTT

00:01.000 --> 00:02.000
[Music]

00:02.000 --> 00:03.000
&gt;&gt; Welcome [Music] back [to us].

00:03.000 --> 00:04.000
♪ La la ♪

00:04.000 --> 00:05.000
- How are you?
- [Laughter]
- Fine, it is -5 outside

00:05.000 --> 00:06.000
- as you know - [ __ ] it. (applause)

00:06.000 --> 00:07.000
(applause)
"""
    assert extract(noisy.encode()).text == (
        "Welcome back [to us].\nLa la\nHow are you?\nFine, it is -5 outside - as you know - it."
    )


def test_a_sound_that_breaks_in_again_and_again_is_not_said_but_who_speaks_stays() -> None:
    lines = [
        "Hi. >> [Applause] Hello",
        "you [all] [Applause]",
        "[Jo] so [Applause] I said",
        "[Jo] to Ann.",
        "[Jo] Yes.",
    ]
    cues = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}\n" for n, line in enumerate(lines)]
    text = extract("\n".join(["WEBVTT\n", *cues]).encode()).text
    assert text == "Hi.\nHello you [all] [Jo] so I said [Jo] to Ann.\n[Jo] Yes."


def test_a_blank_line_inside_a_cue_of_subrip_ends_nothing() -> None:
    gapped = b"""1
00:00:00,000 --> 00:00:02,000
It was in

1984
\x20
2
00:00:02,000 --> 00:00:04,000
or in 1985

3
00:00:04,000 --> 00:00:06,000
1986
"""
    assert extract(gapped).text == "It was in 1984 or in 1985 1986"
