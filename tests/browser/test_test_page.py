"""The page of `twinctl widget serve` in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PATIENCE_MS, Site
from tests.support.written import prepare
from twinctl.cli.testpage import server

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore."


@contextmanager
def shown(browser: Browser, site: Site, key: str) -> Iterator[Page]:
    """Yield the test page; its console must stay quiet."""
    embedded = server.Embedded(base=site.side.url, twin=site.twin, name="Coast", key=key)
    page = browser.new_page(color_scheme="light")
    page.set_default_timeout(PATIENCE_MS)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    with server.test_page(embedded, 0) as address:
        page.goto(address)
        yield page
    page.close()
    assert said == []


@pytest.mark.parametrize("mode", ["Bubble", "Inline", "Page"])
def test_what_the_widget_tells_is_listed_in_every_mode(
    browser: Browser, site: Site, key: str, mode: str
) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    with shown(browser, site, key) as page:
        page.get_by_label(mode, exact=True).check()
        frame = page.frame_locator("iframe")
        if mode == "Bubble":
            frame.get_by_role("button", name="Ask a question").click()
        frame.get_by_role("textbox").fill(QUESTION)
        frame.get_by_role("textbox").press("Enter")
        expect(page.get_by_role("listitem").filter(has_text="twin-answer")).to_contain_text("true")


def test_the_switches_change_theme_direction_and_size(
    browser: Browser, site: Site, key: str
) -> None:
    with shown(browser, site, key) as page:
        for switch in ("Inline", "Dark", "Right to left", "Phone"):
            page.get_by_label(switch).check()
        root = page.frame_locator("iframe").locator("twin-widget .root")
        expect(root.locator(".greeting")).to_be_visible()
        assert root.evaluate("node => getComputedStyle(node).direction") == "rtl"
        ground = root.locator(".chat").evaluate("node => getComputedStyle(node).backgroundColor")
        assert ground == "rgb(24, 25, 29)"
        assert page.locator("iframe").evaluate("node => node.offsetWidth") == 390
