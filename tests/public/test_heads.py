"""Requests for the head of an answer alone."""

import re
from collections.abc import Mapping

import pytest

from tests.support.routes import PUBLIC
from tests.support.visitors import SITE, Answered, PublicSide

OWN = ("content-length", "date", "x-request-id", "ratelimit-remaining", "ratelimit-reset")
"""Headers that tell one answer from another of the same kind."""

NONCE = re.compile(r"nonce-[\w-]+")


@pytest.fixture(scope="module")
def lines(side: PublicSide) -> list[str]:
    """Return what a program of a site says in its heads."""
    secret = side.key(kind="secret")["key"]
    return [f"Authorization: Bearer {secret}", f"Origin: {SITE}"]


@pytest.fixture(scope="module")
def places(side: PublicSide) -> Mapping[str, str]:
    """Return what stands for the parts of a path."""
    path = side.owner("POST", "/twins/default/share-links", {})["path"]
    return {"twin_id": "default", "token": path.rpartition("/")[2]}


def alike(answer: Answered) -> dict[str, str]:
    """Return the headers but for those that are never the same."""
    kept = {name: value for name, value in answer.headers.items() if name not in OWN}
    return {name: NONCE.sub("", value) for name, value in kept.items()}


@pytest.mark.parametrize("way", sorted(way for way in PUBLIC if way.startswith("GET")))
@pytest.mark.parametrize("more", [[], ["Accept-Encoding: gzip"], ["Authorization: Bearer sk_x"]])
def test_the_head_is_that_of_the_whole_answer(
    side: PublicSide, lines: list[str], places: Mapping[str, str], way: str, more: list[str]
) -> None:
    path = way.removeprefix("GET ").format_map(places)
    said = [*(lines if "/v1/" in path and not more else lines[1:]), *more]
    if "/public/" in path:  # is for its own page
        said = [line for line in said if "Origin" not in line]

    whole, head = side.get(path, *said), side.head(path, *said)

    assert (head.status, alike(head)) == (whole.status, alike(whole))
    assert int(head.headers["content-length"]) > 0
    assert head.body == b""


@pytest.mark.parametrize("way", sorted(way for way in PUBLIC if way.startswith("POST")))
def test_there_is_no_head_of_what_cannot_be_got(
    side: PublicSide, places: Mapping[str, str], way: str
) -> None:
    answer = side.head(way.removeprefix("POST ").format_map(places))

    assert (answer.status, answer.headers["allow"], answer.body) == (405, "POST", b"")


def test_the_head_of_nothing_is_not_found(side: PublicSide) -> None:
    assert side.head("/nothing").status == 404
    assert side.head("/health", host="evil.example").status == 421


def test_the_head_tells_how_long_the_whole_is(side: PublicSide) -> None:
    assert int(side.head("/widget.js").headers["content-length"]) == len(
        side.get("/widget.js").body
    )


def test_a_head_that_is_known_already_is_not_sent_again(side: PublicSide) -> None:
    tag = side.head("/widget.js").headers["etag"]

    assert side.head("/widget.js", f"If-None-Match: {tag}").status == 304


def test_a_connection_goes_on_after_a_head(side: PublicSide) -> None:
    request = "{} /health HTTP/1.1\r\nHost: localhost\r\n{}\r\n"
    both = request.format("HEAD", "") + request.format("GET", "Connection: close\r\n")

    first, second = side.send(both.encode()).raw.split(b"\r\n\r\n", 1)

    assert first.startswith(b"HTTP/1.1 200")
    assert second.startswith(b"HTTP/1.1 200")
