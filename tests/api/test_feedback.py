"""Who may rate which answer."""

from pathlib import Path

from tests.support.apps import running_app
from tests.support.tenants import Caller, owner_in, with_key


def answer_to(caller: Caller, owner: Caller) -> str:
    """Have somebody ask; return the id of the answer."""
    said = caller.json("POST", "/chat/default", {"message": "Why?", "stream": False})
    path = f"/conversations/{said['conversation_id']}/messages"
    return str(owner.json("GET", path)["messages"][-1]["id"])


def test_whoever_asked_rates_the_answer(tmp_path: Path) -> None:
    with running_app(tmp_path / "home") as app:
        owner = owner_in(app, "default")
        one, two = with_key(app, "default"), with_key(app, "default")
        path = f"/messages/{answer_to(one, owner)}/feedback"
        asked_by_owner = f"/messages/{answer_to(owner, owner)}/feedback"

        assert one.json("PUT", path, {"feedback": "up"})["feedback"] == "up"
        assert two.ask("PUT", path, {"feedback": "down"}).status_code == 404
        assert one.ask("PUT", asked_by_owner, {"feedback": "up"}).status_code == 404
        assert owner.ask("PUT", asked_by_owner, {"feedback": "sideways"}).status_code == 422
        assert owner.ask("PUT", path, {"feedback": "down"}).status_code == 404
        assert owner.json("PUT", asked_by_owner, {"feedback": "down"})["feedback"] == "down"
        feedback = owner.json("GET", "/audience/default?days=1")["feedback"]
        assert feedback == {"up": 1, "down": 1}
        assert one.json("PUT", path, {"feedback": None})["feedback"] is None
