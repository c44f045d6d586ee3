"""Two tenants of one application, each with a thing of every kind."""

from dataclasses import dataclass
from typing import Any

from tests.support.apps import RunningApp
from tests.support.waiting import wait_until
from twind.domain.ids import new_id

TENANT = "X-Twinctl-Tenant"
QUESTION = "What do the bees do at dusk?"
PREFIXES = {
    "twin_id": "twn",
    "source_id": "src",
    "job_id": "job",
    "conversation_id": "cnv",
    "message_id": "msg",
    "qna_id": "qna",
    "watch_id": "wch",
    "key_id": "key",
    "share_id": "shr",
    "group_id": "grp",
}
"""The parameters of paths that name a thing of a tenant, and how ids of that kind begin."""

Ids = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody who asks: the owner in a tenant, or whoever has a key."""

    app: RunningApp
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Return the answer to a request."""
        return self.app.client.request(method, path, json=body, headers=self.headers)

    def json(self, method: str, path: str, body: Any = None) -> Any:
        """Return the document that answers a request; it must succeed."""
        answer = self.ask(method, path, body)
        assert answer.is_success, answer.text
        return answer.json()


def owner_in(app: RunningApp, tenant_id: str) -> Caller:
    """Return the owner, at work in a tenant."""
    return Caller(app=app, headers={TENANT: tenant_id})


def with_key(app: RunningApp, tenant_id: str, **wanted: Any) -> Caller:
    """Return somebody with a new key of a tenant that may do everything in it."""
    made = owner_in(app, tenant_id).json("POST", "/api-keys", {"scopes": ["admin"], **wanted})
    caller = Caller(app=app, headers={"Authorization": f"Bearer {made['key']}"})
    caller.json("GET", "/twins")  # its first use in a minute is noted, which is work of its own
    return caller


def unknown_ids() -> Ids:
    """Return ids that nothing has."""
    return {name: new_id(prefix) for name, prefix in PREFIXES.items()}


def belongings(owner: Caller, slug: str, folder: str) -> Ids:
    """Make one thing of every kind for a new twin, and return their ids."""
    twin = owner.json("POST", "/twins", {"name": slug, "slug": slug})["id"]
    taken = owner.json("POST", f"/ingest/text/{twin}", {"text": "Bees dance.", "title": "bees"})
    job = taken["job"]["id"]
    wait_until(lambda: owner.json("GET", f"/jobs/{job}")["status"] == "succeeded")
    asked = owner.json("POST", f"/chat/{twin}", {"message": QUESTION, "stream": False})
    conversation = asked["conversation_id"]
    messages = owner.json("GET", f"/conversations/{conversation}/messages")["messages"]
    vouched = {"question": "Why?", "answer": "So."}
    return {
        "twin_id": twin,
        "source_id": taken["source"]["id"],
        "job_id": job,
        "conversation_id": conversation,
        "message_id": messages[-1]["id"],
        "qna_id": owner.json("POST", f"/twins/{twin}/verified-qna", vouched)["id"],
        "watch_id": owner.json("POST", f"/watches/{twin}", {"path": folder})["id"],
        "key_id": owner.json("POST", "/api-keys", {"kind": "publishable", "twins": [twin]})["id"],
        "share_id": owner.json("POST", f"/twins/{twin}/share-links", {})["id"],
        "group_id": _gap(owner, twin),
    }


def _gap(owner: Caller, twin: str) -> str:
    """Return the group of a question that was refused, once it is in one."""

    def gaps() -> Any:
        return owner.json("GET", f"/audience/{twin}")["gaps"]

    owner.json("POST", f"/chat/{twin}", {"message": "Who invented the zip?", "stream": False})
    wait_until(lambda: bool(gaps()))
    return str(gaps()[0]["id"])
