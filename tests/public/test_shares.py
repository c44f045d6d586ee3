"""Share links: opened, asked over, limited, and closed."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from tests.support.visitors import PublicSide, events_of, public_side

QUESTION = "How wide is the trench of a wall?"
SOMEBODY = "127.0.30.1"


@dataclass(slots=True, kw_only=True)
class Link:
    """A share link, as a visitor's browser uses it from the page of the link."""

    client: httpx2.Client
    path: str
    id: str
    token: str | None = None

    def page(self) -> httpx2.Response:
        """Load the page."""
        return self.client.get(f"/share/{self.path}")

    def validate(self, passcode: str | None = None) -> httpx2.Response:
        """Begin a session or go on with one."""
        headers = {} if passcode is None else {"X-Share-Passcode": quote(passcode, safe="")}
        answer = self.client.get(
            f"/public/validate-share/{self.path}", headers={**self._shown(), **headers}
        )
        if answer.is_success:
            self.token = answer.json()["token"] or self.token
        return answer

    def say(self, **said: object) -> httpx2.Response:
        """Send what the visitor says, and wait for the whole answer."""
        headers = {**self._shown(), "Origin": str(self.client.base_url).rstrip("/")}
        return self.client.post(f"/public/chat/{self.path}", json=said, headers=headers)

    def _shown(self) -> dict[str, str]:
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}


@contextmanager
def link(side: PublicSide, *, source: str = SOMEBODY, **wanted: object) -> Iterator[Link]:
    """Yield a new link to the default twin, which a visitor at an address has."""
    made = side.owner("POST", "/twins/default/share-links", wanted)
    assert made["url"] == side.url + made["path"]
    transport = httpx2.HTTPTransport(local_address=source)
    with httpx2.Client(transport=transport, base_url=side.url, timeout=60) as client:
        yield Link(client=client, path=made["path"].removeprefix("/share/"), id=made["id"])


def test_a_link_outlives_the_name_of_its_twin(side: PublicSide) -> None:
    side.owner("POST", "/twins", {"name": "Ada", "slug": "ada"})
    made = side.owner("POST", "/twins/ada/share-links", {})
    side.owner("PATCH", "/twins/ada", {"slug": "lovelace"})
    with httpx2.Client(base_url=side.url, timeout=60) as client:
        assert client.get(made["path"]).status_code == 200
        for named, status in (("lovelace", 200), ("ada", 404)):
            assert client.get(f"/share/{named}/{made['token']}").status_code == status


def test_a_visitor_asks_over_a_link_and_goes_on_after_a_reload(side: PublicSide) -> None:
    with link(side) as shared:
        opened = shared.validate().json()
        assert (opened["valid"], opened["needs_passcode"]) == (True, False)
        assert opened["twin"] == {
            "slug": "default",
            "name": "Default",
            "greeting": "",
            "language": "",
        }
        assert (opened["questions_left"], opened["expires_at"]) == (None, None)
        events = events_of(shared.say(message=QUESTION).text)
        again = shared.validate().json()

    assert "80 centimetres" in "".join(d["text"] for e, d in events if e == "delta")
    assert events[-1][0] == "done"
    assert again["conversation_id"] == events[0][1]["conversation_id"]
    assert [each["role"] for each in again["messages"]] == ["user", "assistant"]


def test_a_follow_up_and_an_opinion_belong_to_the_session(side: PublicSide) -> None:
    with link(side) as shared, link(side) as other:
        shared.validate()
        other.validate()
        meta = events_of(shared.say(message=QUESTION).text)[0][1]
        conversation, message = meta["conversation_id"], meta["message_id"]

        more = shared.say(message="And how deep?", conversation_id=conversation)
        assert events_of(more.text)[0][1]["conversation_id"] == conversation
        assert other.say(message="And?", conversation_id=conversation).status_code == 404
        assert shared.say(message_id=message, feedback="up").status_code == 204
        assert other.say(message_id=message, feedback="up").status_code == 404


def test_what_is_asked_over_a_link_is_told_to_its_owner_as_such(side: PublicSide) -> None:
    with link(side) as shared:
        shared.validate()
        meta = events_of(shared.say(message="Who shares this wall?").text)[0][1]
    known = side.owner("GET", "/conversations/default?limit=200")["conversations"]
    (asked,) = [each for each in known if each["id"] == meta["conversation_id"]]
    assert asked["channel"] == "share"


def test_nothing_that_is_told_leads_to_the_files(side: PublicSide) -> None:
    with link(side) as shared:
        told = [shared.page().text, shared.validate().text, shared.say(message=QUESTION).text]
        told.append(shared.validate().text)
    for text in told:
        assert not any(mark in text for mark in ("src_", "chk_", "file:", "/home", "/work"))


def test_the_page_is_for_nobody_but_its_visitor(side: PublicSide) -> None:
    with link(side) as shared:
        first, second = shared.page(), shared.page()
    assert first.headers["Content-Type"] == "text/html; charset=utf-8"
    assert first.headers["X-Robots-Tag"].startswith("noindex")
    assert '<meta name="robots" content="noindex' in first.text
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert first.headers["Cache-Control"] == "no-store"
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    nonces = [
        re.findall(r"nonce-([\w-]+)'", page.headers["Content-Security-Policy"])[0]
        for page in (first, second)
    ]
    assert nonces[0] != nonces[1]
    assert set(re.findall(r'nonce="([^"]+)"', first.text)) == {nonces[0]}
    assert re.findall(r"<script(.*?)></script>", first.text, re.DOTALL)
    assert not re.search(r"\son\w+=|style=|javascript:", first.text)


def test_a_name_of_a_twin_is_text_on_the_page(side: PublicSide) -> None:
    evil = "</title><script>alert(1)</script> \"'$name${x}"
    twin = side.owner("POST", "/twins", {"name": evil, "slug": "evil"})
    made = side.owner("POST", f"/twins/{twin['id']}/share-links", {})
    page = httpx2.get(side.url + made["path"]).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "$name${x}" in page


@pytest.mark.parametrize(
    "path",
    [
        "default/x",
        "default/" + "A" * 43,
        "nobody/" + "A" * 43,
        "default/%00",
        "default/..%2f..",
        "default/" + "A" * 4000,
    ],
)
def test_what_is_no_link_looks_alike(side: PublicSide, path: str) -> None:
    with httpx2.Client(
        transport=httpx2.HTTPTransport(local_address="127.0.31.1"), base_url=side.url
    ) as client:
        validated = client.get(f"/public/validate-share/{path}")
        asked = client.post(f"/public/chat/{path}", json={"message": "Hello?"})
    assert (validated.status_code, asked.status_code) == (404, 404)
    assert validated.json()["code"] == asked.json()["code"] == "not_found"


def test_a_link_of_another_twin_is_unknown(side: PublicSide) -> None:
    side.owner("POST", "/twins", {"name": "Elsewhere"})
    with link(side, source="127.0.32.1") as shared:
        shared.path = "elsewhere/" + shared.path.partition("/")[2]
        unknown = shared.validate()
        assert unknown.status_code == 404
        assert unknown.json()["detail"] == "there is no such link"
        page = shared.page()
    assert page.status_code == 404
    assert "leads nowhere" in page.text


def test_a_revoked_link_ends_at_once_and_says_so(side: PublicSide) -> None:
    with link(side, source="127.0.33.1") as shared:
        shared.validate()
        shared.say(message=QUESTION)
        side.owner("DELETE", f"/share-links/{shared.id}")

        for answer in (shared.say(message=QUESTION), shared.validate()):
            assert (answer.status_code, answer.json()["code"]) == (410, "share_revoked")
        page = shared.page()
    assert page.status_code == 410
    assert "withdrawn by its owner" in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex")


def test_no_more_is_answered_than_the_link_allows(side: PublicSide) -> None:
    with link(side, source="127.0.34.1", max_questions=2) as shared:
        assert shared.validate().json()["questions_left"] == 2

        def ask(_: int) -> int:
            return shared.client.post(
                f"/public/chat/{shared.path}", json={"message": QUESTION}
            ).status_code

        with ThreadPoolExecutor(6) as pool:
            statuses = sorted(pool.map(ask, range(6)))
        assert statuses == [200, 200, 410, 410, 410, 410]
        opened = shared.validate().json()
        assert (opened["valid"], opened["questions_left"]) == (True, 0)
        assert shared.say(message=QUESTION).json()["code"] == "share_used_up"


def test_a_question_that_was_never_begun_is_not_counted(side: PublicSide) -> None:
    with link(side, source="127.0.35.1", max_questions=1) as shared:
        shared.validate()
        wrong = [{"message": " "}, {"message": QUESTION, "conversation_id": "cnv_none"}, {}]
        assert [shared.say(**said).status_code for said in wrong] == [422, 404, 422]
        assert shared.validate().json()["questions_left"] == 1


def test_a_passcode_is_needed_and_remembered(side: PublicSide) -> None:
    with link(side, source="127.0.36.1", passcode="öffne dich %41") as shared:
        closed = shared.validate()
        assert closed.json()["needs_passcode"]
        assert (closed.json()["token"], closed.json()["messages"]) == (None, [])
        refused = shared.say(message=QUESTION)
        assert (refused.status_code, refused.json()["code"]) == (401, "not_authenticated")

        wrong = shared.validate("öffne dich A")
        assert (wrong.status_code, wrong.json()["code"]) == (403, "passcode_wrong")

        assert shared.validate("öffne dich %41").json()["needs_passcode"] is False
        assert shared.say(message=QUESTION).status_code == 200
        again = shared.validate().json()
    assert (again["needs_passcode"], len(again["messages"])) == (False, 2)


def test_passcodes_cannot_be_tried_without_end(side: PublicSide) -> None:
    with link(side, source="127.0.37.1", passcode="open sesame") as shared:
        statuses = [shared.validate(f"guess {n}").status_code for n in range(8)]
        assert statuses == [403] * 5 + [429] * 3
        last = shared.validate("open sesame")
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) > 0


def test_a_session_is_good_for_its_own_link_only(side: PublicSide) -> None:
    with (
        link(side, source="127.0.38.1") as shared,
        link(side, source="127.0.38.1", passcode="open sesame") as guarded,
    ):
        shared.validate()
        guarded.token = shared.token
        assert guarded.say(message=QUESTION).status_code == 401
        assert guarded.validate().json()["needs_passcode"]
        at_the_widget = shared.client.post(
            "/chat-widget/default",
            json={"message": QUESTION},
            headers={"Authorization": f"Bearer {shared.token}"},
        )
    assert at_the_widget.status_code in {401, 403, 404}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_pages_of_other_sites_cannot_use_a_link(side: PublicSide, origin: str) -> None:
    with link(side, source="127.0.39.1") as shared:
        answer = shared.client.post(
            f"/public/chat/{shared.path}", json={"message": QUESTION}, headers={"Origin": origin}
        )
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")


@pytest.mark.parametrize("host", ["example.com", "example.com:8443", "127.0.0.1:80"])
def test_a_link_works_below_a_path_behind_a_proxy(tmp_path: Path, host: str) -> None:
    settings = 'url = "https://example.com:8443/twins"\n'
    with public_side(tmp_path / "home", settings) as side:
        made = side.owner("POST", "/twins/default/share-links", {})
        answer = httpx2.post(
            f"{side.url}/public/chat/default/{made['token']}",
            json={"message": QUESTION},
            headers={"Host": host, "Origin": "https://example.com:8443"},
        )

    assert made["url"] == f"https://example.com:8443/twins{made['path']}"
    assert answer.status_code == 200


def test_links_cannot_be_guessed_without_end(side: PublicSide) -> None:
    transport = httpx2.HTTPTransport(local_address="127.0.40.1")
    with httpx2.Client(transport=transport, base_url=side.url) as client:
        answers = [client.get(f"/share/default/{n:043}") for n in range(25)]
    assert [each.status_code for each in answers[:20]] == [404] * 20
    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1].headers
    assert "One moment" in answers[-1].text


def test_a_link_says_how_much_may_still_be_asked(side: PublicSide) -> None:
    with link(side, source="127.0.41.1") as shared:
        headers: Any = shared.validate().headers
    assert {"ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"} <= set(headers)
