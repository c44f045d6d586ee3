"""Visitors whom their site names, in a token that its server signed."""

import time

import jwt
from playwright.sync_api import Browser, expect

from tests.support.browser import Site, visiting
from tests.support.written import prepare

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore."


def signed(name: str, secret: str, *, over_s: float = -60) -> str:
    """Return the token of a visitor, as the server of a site makes it."""
    return jwt.encode({"sub": name, "exp": time.time() - over_s}, secret, algorithm="HS256")


def key_and_secret(site: Site) -> tuple[str, str]:
    """Return a key for pages of this machine, and what their server signs with."""
    made = site.side.key(origins=[])
    told = site.side.owner("GET", f"/api-keys/{made['id']}/visitor-secret")
    return made["key"], told["secret"]


def test_a_conversation_goes_on_for_the_visitor_who_began_it(browser: Browser, site: Site) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    key, secret = key_and_secret(site)
    with visiting(browser, site.put(key, visitor=signed("ada", secret))) as widget:
        widget.open().answered(QUESTION)

        site.put(key, visitor=signed("ada", secret, over_s=-600))  # as each load makes one
        widget.page.reload()
        expect(widget.host.locator(".question")).to_have_text([QUESTION])
        expect(widget.answers).to_contain_text("Margaret Dunmore")

        site.put(key, visitor=signed("grace", secret))
        widget.page.reload()
        expect(widget.host.locator(".greeting")).to_be_visible()
        expect(widget.host.locator(".question")).to_have_count(0)
        assert widget.said == []


def test_nobody_goes_on_with_it_once_the_site_names_nobody(browser: Browser, site: Site) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    key, secret = key_and_secret(site)
    with visiting(browser, site.put(key, visitor=signed("ada", secret))) as widget:
        widget.open().answered(QUESTION)
        site.put(key)
        widget.page.reload()
        expect(widget.host.locator(".greeting")).to_be_visible()
        expect(widget.host.locator(".question")).to_have_count(0)


def test_a_page_that_stays_open_outlives_the_word_of_its_site(
    browser: Browser, site: Site
) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    key, secret = key_and_secret(site)
    with visiting(browser, site.put(key, visitor=signed("ada", secret))) as widget:
        widget.open().answered(QUESTION)
        site.put(key, visitor=signed("ada", secret, over_s=3600))
        widget.page.reload()
        expect(widget.host.locator(".question")).to_have_text([QUESTION])
        expect(widget.answered("Who was its engineer?")).to_contain_text("Margaret Dunmore")


def test_a_visitor_whom_the_site_names_wrongly_is_not_let_in(browser: Browser, site: Site) -> None:
    key, secret = key_and_secret(site)
    for token in ("ada", signed("ada", "x" * 43), signed("ada", secret, over_s=3600)):
        with visiting(browser, site.put(key, visitor=token)) as widget:
            widget.launcher.click()
            expect(widget.answers).to_contain_text("Something went wrong")
            expect(widget.button("Try again")).to_be_visible()
            (said,) = [each for each in widget.said if "visitor_refused" in each]
            assert "sign {sub, exp} with HS256" in said
