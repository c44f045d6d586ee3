"""Whether a web server sent content is judged by the text, not by the status."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import pages
from tests.support.pages import a_page, a_site_page
from twinctl.wire.codes import ErrorCode
from twind.errors import ExtractionFailed
from twind.ingest.extract.page_judgement import check_page
from twind.ingest.extract.registry import extract

KINDS = {
    ErrorCode.PAGE_CHALLENGE: pages.CHALLENGES,
    ErrorCode.PAGE_CONSENT: pages.CONSENTS,
    ErrorCode.PAGE_LOGIN: pages.LOGINS,
    ErrorCode.PAGE_NOT_FOUND: pages.NOT_FOUNDS,
    ErrorCode.PAGE_ERROR: pages.ERRORS,
    ErrorCode.PAGE_EMPTY: pages.EMPTIES,
}
REJECTED = [
    pytest.param(page, code, id=f"{code}: {name}")
    for code, named in KINDS.items()
    for name, page in named.items()
]
SENT = [page for named in KINDS.values() for page in named.values()]
PARAGRAPHS = {
    "captcha": (
        "A captcha asks you to verify you are human before the page goes on. It was made against "
        "robots, and it mostly keeps out people with poor eyes. "
    ),
    "404": (
        "A page not found is a chance. When the page you are looking for does not exist, a good "
        "404 page says so in plain words and offers a way back. "
    ),
    "cookies": (
        "A cookie banner asks for consent before tracking starts. Under the GDPR, to reject all "
        "cookies must be as easy as to accept all of them. "
    ),
    "login": (
        "Sign in to continue: no sentence costs a shop more customers. Ask for a password only "
        "once there is something to keep, and never before. "
    ),
    "errors": (
        "502 Bad Gateway means that a server in between got no answer. Access denied means "
        "something else, and service unavailable something else again. "
    ),
    "domains": (
        "This domain is for sale, says the page, and asks a price that no one pays. Parked "
        "domains are a trade in hope: whoever wants to buy this domain has to haggle. "
    ),
    "javascript": (
        "You need to enable JavaScript to run this app is what a reader gets who does not. A page "
        "that is text needs no script, and neither does yours. "
    ),
}
TITLES = {
    "captcha": "How a captcha works",
    "404": "Page not found: how to write a good 404 page",
    "cookies": "Before you continue: what cookie banners get wrong",
    "login": "Sign in to continue",
    "errors": "502 Bad Gateway, explained",
    "domains": "This domain is for sale",
    "javascript": "Please enable JavaScript",
}


@pytest.mark.parametrize(("page", "code"), REJECTED)
def test_a_page_in_place_of_content_is_rejected_with_its_kind(page: str, code: ErrorCode) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        check_page(page.encode())
    assert failure.value.code is code
    assert "ingest the file" in str(failure.value.hint)


@pytest.mark.parametrize("subject", PARAGRAPHS)
def test_an_article_about_such_pages_is_content(subject: str) -> None:
    title = TITLES[subject]
    body = f"<h1>{title}</h1>" + f"<p>{PARAGRAPHS[subject] * 2}</p>" * 8
    check_page(a_site_page(f"<article>{body}</article>", title=f"{title} | The Oven").encode())
    check_page(a_page(body, title=title).encode())


@pytest.mark.parametrize("subject", PARAGRAPHS)
def test_a_short_note_about_such_pages_is_content(subject: str) -> None:
    body = f"<h1>A note of today</h1><p>{PARAGRAPHS[subject]}</p><p>{'We bake at six. ' * 20}</p>"
    check_page(a_site_page(body, title="A note of today | The Oven").encode())


@pytest.mark.parametrize(
    "extra",
    [
        '<form class="login"><input name="user"><input type="password"></form>',
        '<form id="comment-form"><textarea></textarea><div class="g-recaptcha"></div></form>',
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        "<noscript>Please enable JavaScript to see all of this page.</noscript>",
        '<div class="newsletter"><input type="email"><button>Accept</button></div>',
    ],
    ids=["login box", "captcha at the comments", "cloudflare's script", "noscript", "sign-up"],
)
def test_a_short_article_is_content_whatever_else_stands_on_its_page(extra: str) -> None:
    body = f"<article><h1>Rye bread</h1><p>{'We bake our rye bread at six. ' * 15}</p></article>"
    check_page(a_site_page(body + extra, title="Rye bread").encode())


def test_a_few_sentences_are_content() -> None:
    words = "We open at six and close when the bread is gone. On Mondays the oven rests. " * 2
    check_page(a_page(f"<h1>Hours</h1><p>{words}</p>", title="Hours").encode())


def test_a_single_sentence_below_a_large_notice_of_consent_is_content() -> None:
    words = "An elephant in the room is so large that all have seen it, and nobody speaks of it."
    check_page(a_site_page(f"<h1>Elephant in the room</h1><p>{words}</p>").encode())


def test_a_short_text_in_chinese_is_content() -> None:
    words = "我们每天早上六点开门。面包卖完就关门。星期一休息。黑麦面包可以保存一个星期。"
    check_page(a_page(f"<h1>营业时间</h1><p>{words}</p>", title="营业时间").encode())


def test_a_page_that_lies_in_its_header_by_broken_markup_is_content() -> None:
    body = f"<header><div><article><h1>Rye</h1><p>{'We bake at six. ' * 30}</p></article>"
    check_page(a_page(body, title="Rye").encode())


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.json", b'{"error": "rate limit exceeded, try again later"}', ErrorCode.PAGE_ERROR),
        ("a.txt", b"404: Not Found", ErrorCode.PAGE_NOT_FOUND),
        ("a.txt", b"Access denied\n", ErrorCode.PAGE_ERROR),
        ("a.html", pages.LOGINS["form"].encode(), ErrorCode.PAGE_LOGIN),
        ("a.pdf", pages.CHALLENGES["datadome"].encode(), ErrorCode.PAGE_CHALLENGE),
        ("a.html", b"<html><body><script>1</script></body></html>", ErrorCode.PAGE_EMPTY),
    ],
)
def test_whatever_format_a_server_sends_is_judged(
    name: str, data: bytes, code: ErrorCode, tmp_path: Path
) -> None:
    path = tmp_path / "blob"
    path.write_bytes(data)
    with pytest.raises(ExtractionFailed) as failure:
        extract(path, name, is_page=True)
    assert failure.value.code is code


@pytest.mark.parametrize(
    "page", [pages.LOGINS["form"], pages.CONSENTS["French"], "404: Not Found"]
)
def test_a_file_of_the_owner_is_not_judged(page: str, tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_text(page)
    assert extract(path, "a.html" if "<" in page else "a.txt").blocks


def test_a_short_text_that_a_server_sent_is_content(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(b"Flour,Water\n500,400\n")
    assert extract(path, "a.csv", is_page=True).blocks


@given(page=st.sampled_from(SENT), cut=st.floats(0, 1), noise=st.text(max_size=20))
def test_damaged_pages_are_judged_as_well(page: str, cut: float, noise: str) -> None:
    at = int(cut * len(page))
    with suppress(ExtractionFailed):
        check_page(f"{page[:at]}{noise}".encode())
