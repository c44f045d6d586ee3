from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinctl.cli.twin_document import read_document, write_document
from twinctl.errors import Misused
from twinctl.wire.twins import PersonaOut, PersonaPatch, TwinOut, TwinPatch

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def a_twin(*, name: str = "Ada", description: str = "", **persona: Any) -> TwinOut:
    silent = {"voice": "", "language": "", "greeting": "", "refusal": "", "mode": "strict"}
    return TwinOut(
        id="twn_1",
        slug="ada",
        name=name,
        description=description,
        persona=PersonaOut.model_validate({**silent, **persona}),
        sources=0,
        chunks=0,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@given(name=TEXT, description=TEXT, voice=TEXT, refusal=TEXT)
def test_a_document_that_is_left_as_it_is_changes_nothing(
    name: str, description: str, voice: str, refusal: str
) -> None:
    twin = a_twin(name=name, description=description, voice=voice, refusal=refusal)
    assert read_document(write_document(twin), twin) == TwinPatch()


def test_only_what_was_changed_is_sent() -> None:
    twin = a_twin(voice="Dry.", mode="guided")
    document = write_document(twin).replace('greeting = ""', 'greeting = "Hello."')

    patch = read_document(document, twin)

    assert patch == TwinPatch(persona=PersonaPatch(greeting="Hello."))
    assert patch.model_dump(exclude_unset=True) == {"persona": {"greeting": "Hello."}}


def test_what_is_left_out_stays() -> None:
    twin = a_twin(voice="Dry.")
    assert read_document("", twin) == TwinPatch()
    patch = read_document('slug = "lovelace"\n[persona]\nvoice = ""', twin)
    assert patch == TwinPatch(slug="lovelace", persona=PersonaPatch(voice=""))


def test_text_of_several_lines_stands_as_it_is_read() -> None:
    twin = a_twin(voice='Short.\nSays "indeed".')
    assert 'voice = """\nShort.\nSays "indeed"."""' in write_document(twin)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("\nname =\n", "not TOML.*line 2"),
        ('nam = "x"', "did you mean name"),
        ('id = "x"', "id cannot be set here; keys: name"),
        ('[persona]\ngreting = "x"', "did you mean persona.greeting"),
        ('persona = "kind"', "persona cannot be set here"),
        ("name = 3", "name: takes text"),
        ("[persona]\nvoice = []", "persona.voice: takes text"),
        ('name = ""', "name: is empty"),
        ('slug = "Not A Slug"', "slug: takes small letters"),
        (f'[persona]\nvoice = "{"x" * 2001}"', "persona.voice: .*at most 2000"),
        (f'[persona]\nrefusal = "{"x" * 501}"', "persona.refusal: .*at most 500"),
        ('[persona]\ngreeting = "a\\u001b[2J"', r"persona.greeting: holds U\+001B"),
        ('[persona]\nlanguage = "German"', "persona.language: takes a tag such as en"),
        ('[persona]\nmode = "loose"', "persona.mode: .*guided"),
    ],
)
def test_what_cannot_be_used_is_named(document: str, words: str) -> None:
    with pytest.raises(Misused, match=words):
        read_document(document, a_twin())
