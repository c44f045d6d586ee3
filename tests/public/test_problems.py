"""Every problem that somebody outside can run into, told in words for them, not the owner."""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest

from tests.support.routes import PUBLIC
from tests.support.visitors import SITE, Answered, Page, PublicSide
from twind.public.words import HINTS

OTHER = "https://other.example"
ASKED = json.dumps({"message": "What?"})
COMPLETION = json.dumps({"model": "default", "messages": [{"role": "user", "content": "What?"}]})
NOTHING = "x" * 43
PREFLIGHT = "Access-Control-Request-Method: POST"
SOMEWHERE = (f"127.{60 + n // 250}.{n % 250}.1" for n in count())
"""Addresses of networks that have tried nothing yet."""


@pytest.fixture(scope="module")
def shown(side: PublicSide) -> Mapping[str, str]:
    """Return what can be shown as a key or a token, by what is wrong with it."""
    key = side.key()
    with side.page(key["key"], source="127.0.60.1") as page:
        page.begin()
    revoked = side.key(kind="secret", origins=[])
    side.owner("DELETE", f"/api-keys/{revoked['id']}")
    side.owner("POST", "/twins", {"name": "Unreached"})
    return {
        "nothing": "",
        "no key": f"sk_{NOTHING}",
        "a revoked key": revoked["key"],
        "a key without the scope": side.key(kind="secret", origins=[], scopes=["search"])["key"],
        "a key of a page": key["key"],
        "a key of another page": side.key(origins=[OTHER])["key"],
        "a key of a server": side.key(kind="secret", origins=[])["key"],
        "a key of another twin": side.key(twins=["unreached"])["key"],
        "a session": page.token,
    }


@pytest.fixture(scope="module")
def links(side: PublicSide) -> Mapping[str, str]:
    """Return tokens of share links, by how they are."""
    made = {
        name: side.owner("POST", "/twins/default/share-links", wanted)
        for name, wanted in {
            "open": {},
            "revoked": {},
            "locked": {"passcode": "säbel 7"},
        }.items()
    }
    side.owner("DELETE", f"/share-links/{made['revoked']['id']}")
    return {name: link["token"] for name, link in made.items()} | {"unknown": NOTHING}


def problems(answers: Iterator[Answered]) -> list[dict[str, Any]]:
    """Return the problems among answers, each looked at."""
    found = [json.loads(each.body) for each in answers if each.status >= 400 and each.body]
    for problem in found:
        told = problem.get("error", problem)
        assert "twinctl" not in json.dumps(problem), problem
        assert problem.get("hint") in {None, *HINTS.values()}
        assert told["code"]
    return found


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {problem.get("error", problem)["code"] for problem in found}


def ask(side: PublicSide, way: str, *lines: str, body: str = "", host: str = "") -> Answered:
    method, path = way.split(" ")
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: {host or side.host}",
        "Connection: close",
        f"Content-Length: {len(body)}",
        *(["Content-Type: application/json"] if body else []),
        *lines,
    ]
    return side.send("\r\n".join(head).encode() + b"\r\n\r\n" + body.encode(), next(SOMEWHERE))


def ways(token: str, twin: str = "default") -> list[str]:
    return sorted(way.format(twin_id=twin, token=token) for way in PUBLIC)


def test_whatever_is_shown_where_a_key_or_a_token_is_wanted(
    side: PublicSide, shown: Mapping[str, str], links: Mapping[str, str]
) -> None:
    def answers() -> Iterator[Answered]:
        for name, secret in shown.items():
            for way in ways(links["locked"]):
                if way.startswith("GET /share"):
                    continue
                lines = [f"Authorization: Bearer {secret}"] if name != "nothing" else []
                body = COMPLETION if "/v1/" in way else ASKED
                yield ask(side, way, *lines, f"Origin: {SITE}", body=body)
                yield ask(side, way, *lines, body=body)

    found = codes(problems(answers()))
    assert found >= {"not_authenticated", "key_revoked", "not_allowed", "origin_refused"}


def test_share_links_that_do_not_open(side: PublicSide, links: Mapping[str, str]) -> None:
    def answers() -> Iterator[Answered]:
        for token in links.values():
            for way in ways(token):
                if "/public/" in way:
                    yield ask(side, way, body=ASKED)
                    yield ask(side, way, "X-Share-Passcode: wrong", body=ASKED)

    found = codes(problems(answers()))
    assert found >= {"not_found", "share_revoked", "passcode_wrong", "not_authenticated"}


@pytest.mark.parametrize("twin", ["default", "nobody"])
def test_requests_that_make_no_sense(
    side: PublicSide, shown: Mapping[str, str], links: Mapping[str, str], twin: str
) -> None:
    session, server = shown["a session"], shown["a key of a server"]

    def answers() -> Iterator[Answered]:
        for way in [*ways(links["open"], twin), "GET /nothing", "PATCH /health"]:
            if way.startswith("GET /share"):
                continue
            secret = server if "/v1/" in way else session
            lines = [f"Authorization: Bearer {secret}", f"Origin: {SITE}"]
            for body in ("{", "[]", '{"message": 7}', '{"visitor": "x.y.z"}'):
                yield ask(side, way, *lines, body=body)
            yield ask(side, way, *lines, body="x" * 70_000)
            yield ask(side, way, *lines, "Content-Type: text/plain", body="")
            yield ask(side, way, host="evil.example")
            path = way.split(" ")[1]
            yield ask(side, f"OPTIONS {path}", f"Origin: {OTHER}/x", PREFLIGHT)

    found = codes(problems(answers()))
    assert found >= {"invalid", "too_large", "host_refused", "origin_refused", "not_found"}


def test_a_visitor_whom_the_site_names_wrongly_is_told_how_to(side: PublicSide, key: str) -> None:
    with side.page(key, source="127.0.60.3") as page:
        problem = begun(page, visitor="x.y.z")

    assert problem["code"] == "visitor_refused"
    assert "HS256" in problem["hint"]


def begun(page: Page, **wanted: object) -> dict[str, Any]:
    document: dict[str, Any] = page.begin(**wanted).json()
    return document
