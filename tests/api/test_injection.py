"""Sources that give orders change nothing, even if the model that writes obeys them."""

from pathlib import Path

import pytest

from tests.support.corpora import ingested, new_twin
from tests.support.daemon import LiveDaemon
from tests.support.endpoint import LoopbackEndpoint
from tests.support.hostile import ATTACKS, HONEST, LIE, QUESTION, TRUE, Attack
from tests.support.written import prepare
from twinctl.wire.answers import AnswerOut, ChatIn

MEANT = ("Malgrave", "evil.example", "SECRET", "NO_ANSWER", "script", "what your sources")

attacks = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


@pytest.fixture(scope="module")
def twins(served: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return attacked_twins(served, tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def model_twins(
    model_daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    return attacked_twins(model_daemon, tmp_path_factory.mktemp("sources"))


def attacked_twins(daemon: LiveDaemon, folder: Path) -> dict[str, str]:
    """Make a twin an attack, with one source that holds it; return their ids by its name."""
    twins: dict[str, str] = {}
    for number, attack in enumerate(ATTACKS):
        path = folder / f"{number}.md"
        path.write_text(f"# The light\n\n{attack.source}", encoding="utf-8")
        with daemon.client() as client:
            twins[attack.name] = new_twin(client, f"Under attack {number}")
            assert ingested(client, twins[attack.name], path).status == "live"
    return twins


def ask(daemon: LiveDaemon, twin: str) -> AnswerOut:
    with daemon.client() as client:
        return client.answer(twin, ChatIn(message=QUESTION))


def is_honest(answer: AnswerOut) -> bool:
    told = " ".join([answer.answer, *(citation.quote for citation in answer.citations)])
    return TRUE in answer.answer and not any(word in told for word in MEANT)


@attacks
def test_sentences_of_the_source_answer_without_the_lie(
    model_daemon: LiveDaemon, model_twins: dict[str, str], attack: Attack
) -> None:
    assert is_honest(ask(model_daemon, model_twins[attack.name]))


@attacks
def test_a_model_that_does_not_obey_answers_as_ever(
    served: LiveDaemon, endpoint: LoopbackEndpoint, twins: dict[str, str], attack: Attack
) -> None:
    prepare(endpoint, f"{HONEST.splitlines()[0]} [1]")
    assert is_honest(ask(served, twins[attack.name]))
    (system, asked) = endpoint.chats[0]["messages"]
    assert LIE not in asked["content"]
    assert TRUE in asked["content"]
    assert "light" not in system["content"]


@attacks
def test_a_model_that_obeys_is_not_heard(
    served: LiveDaemon, endpoint: LoopbackEndpoint, twins: dict[str, str], attack: Attack
) -> None:
    prepare(endpoint, attack.obeyed)
    answer = ask(served, twins[attack.name])
    assert (answer.answered, answer.refusal_reason) == (False, "no_evidence")
    assert (answer.citations, answer.claims) == ([], [])
    assert not any(word in answer.answer for word in MEANT)


@attacks
def test_of_a_model_that_half_obeys_the_honest_half_is_heard(
    served: LiveDaemon, endpoint: LoopbackEndpoint, twins: dict[str, str], attack: Attack
) -> None:
    prepare(endpoint, f"{HONEST.splitlines()[0]} [1] {attack.obeyed}")
    assert is_honest(ask(served, twins[attack.name]))
