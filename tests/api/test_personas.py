"""How a twin speaks: kept, bounded, and used where it refuses."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.corpora import ingested, new_twin
from tests.support.daemon import LiveDaemon
from twinctl.errors import ApiError
from twinctl.wire.answers import ChatIn
from twinctl.wire.twins import PersonaOut, PersonaPatch, TwinOut, TwinPatch

SILENT = PersonaOut(voice="", language="", greeting="", refusal="", mode="strict")
QUESTION = "Who invented the telephone exchange?"


def test_a_twin_begins_without_a_persona(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        assert client.twin(new_twin(client, "Plain")).persona == SILENT


def test_what_is_null_in_a_patch_stays(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Persona")
        client.change_twin(twin, TwinPatch(persona=PersonaPatch(voice="Dry.", mode="guided")))

        client.change_twin(twin, TwinPatch(name="Other"))
        changed = client.change_twin(twin, TwinPatch(persona=PersonaPatch(greeting=" Hi\r\nyou ")))
        cleared = client.change_twin(twin, TwinPatch(persona=PersonaPatch(voice="")))

        assert changed.persona.model_dump() == {
            **SILENT.model_dump(),
            "voice": "Dry.",
            "mode": "guided",
            "greeting": "Hi\nyou",
        }
        assert (cleared.persona.voice, cleared.persona.mode) == ("", "guided")
        assert client.twin(twin) == cleared
        assert twin_named(list(client.twins()), "Other") == cleared


@pytest.mark.parametrize(
    "persona",
    [
        {"voice": "x" * 2_001},
        {"greeting": "x" * 501},
        {"refusal": "\x1b[31mred"},
        {"language": "German"},
        {"language": "e" * 36},
        {"mode": "loose"},
    ],
)
def test_what_a_persona_cannot_be_is_refused(daemon: LiveDaemon, persona: dict[str, Any]) -> None:
    with daemon.client() as client:
        patch = TwinPatch.model_construct(persona=PersonaPatch.model_construct(**persona))
        with pytest.raises(ApiError) as caught:
            client.change_twin("default", patch)
        assert (caught.value.status, caught.value.code) == (422, "invalid")
        assert client.twin("default").persona == SILENT


def test_a_refusal_is_in_the_words_of_the_twin(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Mary")
        (tmp_path / "fossils.txt").write_text("Mary found an ichthyosaur in Lyme Regis.")
        persona = PersonaPatch(refusal="Fragen Sie das Museum.", language="de")
        client.change_twin(twin, TwinPatch(persona=persona))

        without_sources = client.answer(twin, ChatIn(message=QUESTION))
        ingested(client, twin, tmp_path / "fossils.txt")
        answer = client.answer(twin, ChatIn(message=QUESTION))
        events = {event.event: event.data for event in client.chat(twin, ChatIn(message=QUESTION))}

        assert without_sources.answer.startswith("Ich habe noch keine Quellen")
        assert (answer.answered, answer.answer) == (False, "Fragen Sie das Museum.")
        assert events["refusal"] == {
            "reason": "no_evidence",
            "message": "Fragen Sie das Museum.",
        }
        client.change_twin(twin, TwinPatch(persona=PersonaPatch(refusal="")))
        assert client.answer(twin, ChatIn(message=QUESTION)).answer.startswith("Meine Quellen")


def twin_named(twins: list[TwinOut], name: str) -> TwinOut:
    [found] = [twin for twin in twins if twin.name == name]
    return found
