"""The page of a share link, as its visitor sees it on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.support.browser import Site, visiting
from tests.support.written import prepare, prepare_to_stall

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore."
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def prepared(site: Site) -> None:
    """Have every answer be the same."""
    prepare(site.writer, f"{BUILT} [1]")


def new_link(site: Site, **wanted: object) -> dict[str, Any]:
    made: dict[str, Any] = site.side.owner("POST", f"/twins/{site.twin}/share-links", wanted)
    return made


def test_a_conversation_goes_on_after_a_reload(site: Site, browser: Browser) -> None:
    with visiting(browser, new_link(site)["url"], **PHONE) as widget:
        expect(widget.host.get_by_role("heading", level=1)).to_have_text("Coast")
        answer = widget.answered(QUESTION)
        expect(answer).to_contain_text("Margaret Dunmore")
        widget.page.reload()
        expect(widget.answers.first).to_contain_text("Margaret Dunmore")
        widget.answered("How high is it?")
        assert widget.said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_used_by_everybody(site: Site, browser: Browser, scheme: str) -> None:
    with visiting(browser, new_link(site)["url"], color_scheme=scheme, **PHONE) as widget:
        widget.answered(QUESTION)
        assert widget.violations() == []
        width = widget.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"]  # type: ignore[index]


def test_the_address_stays_on_the_page(site: Site, browser: Browser) -> None:
    made = new_link(site)
    seen: list[Request] = []
    with visiting(browser, made["url"], **PHONE) as widget:
        widget.page.on("request", lambda request: seen.append(request))  # noqa: PLW0108
        widget.page.reload()
        widget.answered(QUESTION)
        assert widget.page.title() == "Coast"
    assert {request.url.startswith(site.side.url) for request in seen} == {True}
    assert not any(made["token"] in request.headers.get("referer", "") for request in seen)


def test_a_link_that_is_revoked_meanwhile_ends_the_talk(site: Site, browser: Browser) -> None:
    made = new_link(site)
    with visiting(browser, made["url"], **PHONE) as widget:
        widget.answered(QUESTION)
        site.side.owner("DELETE", f"/share-links/{made['id']}")
        failed = widget.ask("And who kept it?")
        expect(failed.locator(".failure")).to_be_visible()
        widget.page.reload()
        expect(widget.page.get_by_role("heading")).to_have_text("This link is closed")
        assert widget.violations() == []


def test_an_address_that_is_not_complete_says_so(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    answer = page.goto(new_link(site)["url"][:-1])
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading")).to_have_text("This link leads nowhere")
    page.close()


def test_a_visitor_who_leaves_half_way_has_asked(site: Site, browser: Browser) -> None:
    prepare_to_stall(site.writer, f"{BUILT} [1] Its tower is 27 metres high. [1] ")
    made = new_link(site, max_questions=2)
    with visiting(browser, made["url"], **PHONE) as widget:
        expect(widget.ask(QUESTION)).to_contain_text("Margaret Dunmore")
    assert site.writer.hung_up.wait(30)
    links = site.side.owner("GET", f"/twins/{site.twin}/share-links")["shares"]
    assert [each["questions"] for each in links if each["id"] == made["id"]] == [1]
