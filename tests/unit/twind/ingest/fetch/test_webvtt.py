import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.ingest.extract.captions import extract
from twind.ingest.fetch.webvtt import Caption, to_webvtt


def test_captions_become_a_file_of_cues() -> None:
    said = [
        Caption(text="Bees & wasps", start=0.5, duration=4.0),
        Caption(text="  \n ", start=1.0, duration=1.0),
        Caption(text="are <not> \n\n the same", start=3661.9996, duration=2.0),
    ]
    assert to_webvtt(said, "en").decode() == (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.500 --> 00:00:04.500\nBees &amp; wasps\n\n"
        "01:01:02.000 --> 01:01:04.000\nare &lt;not&gt;\nthe same\n"
    )


@pytest.mark.parametrize(("duration", "end"), [(9.0, "00:00:02.000"), (0.0, "00:00:01.000")])
def test_a_cue_ends_when_the_next_begins(duration: float, end: str) -> None:
    said = [
        Caption(text="One", start=1.0, duration=duration),
        Caption(text="Two", start=2.0, duration=1.0),
    ]
    assert f"00:00:01.000 --> {end}\nOne" in to_webvtt(said, "en").decode()


_WORDS = st.text("abc <&'é你\n\r\u2028", min_size=1).filter(lambda text: re.search(r"\w", text))


@given(st.lists(_WORDS, min_size=1, max_size=8))
def test_what_is_kept_is_read_again(said: list[str]) -> None:
    captions = [
        Caption(text=words, start=10.0 * at, duration=2.0) for at, words in enumerate(said)
    ]
    read = extract(to_webvtt(captions, "en")).text
    assert read.split() == [
        word
        for words in said
        for line in words.splitlines()
        if re.search(r"\w", line)
        for word in line.split()
    ]
