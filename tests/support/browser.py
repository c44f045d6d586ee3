"""A browser, pages of other sites that have the widget on them, and the widget as seen there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.support.endpoint import LoopbackEndpoint
from tests.support.visitors import PublicSide
from tests.support.web import Reply, WebServer

CHROMIUM = "/usr/bin/chromium"
FOREIGN = "shop.example"
"""A host that this browser finds on loopback, so that it has pages of another origin."""

PATIENCE_MS = 15_000
NONCE = "bm9uY2U"
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
    "connect-src {url}; require-trusted-types-for 'script'; trusted-types 'none'"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield Debian's Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", f"--host-resolver-rules=MAP {FOREIGN} 127.0.0.1"],
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site with pages that have the widget on them.

    Attributes:
        web: What serves it.
        side: The public listener that the widget talks to.
        twin: Slug of the twin.
        writer: What writes the answers of the twin.
    """

    web: WebServer
    side: PublicSide
    twin: str
    writer: LoopbackEndpoint

    def put(
        self,
        key: str,
        *,
        path: str = "/",
        html: str = 'lang="en"',
        style: str = "",
        is_strict: bool = False,
        **attributes: str,
    ) -> str:
        """Put a page with the widget on the site; return its address.

        Args:
            key: The publishable key.
            path: Of the page.
            html: Attributes of its root.
            style: Of the page.
            is_strict: Send a content security policy that allows nothing without a nonce.
            attributes: Further ones of the script.
        """
        data = {"twin": self.twin, "key": key, **attributes}
        named = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
        self.web.replies[path] = Reply(
            headers={
                "Content-Type": "text/html; charset=utf-8",
                **({"Content-Security-Policy": self._policy} if is_strict else {}),
            },
            body=_PAGE.format(
                html=html, style=style, nonce=NONCE, url=self.side.url, named=named
            ).encode(),
        )
        return self.web.url(path)

    @property
    def _policy(self) -> str:
        return POLICY.format(nonce=NONCE, url=self.side.url)


_PAGE = """<!doctype html>
<html {html}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Looms</title><style nonce="{nonce}">a {{ color: inherit; }} {style}</style></head>
<body><main><h1>Looms</h1><p>The loom weaves flowers and leaves. <a href="/else">More</a></p>
<script async nonce="{nonce}" src="{url}/widget.js" {named}></script>
</main></body></html>"""


@dataclass(slots=True, kw_only=True)
class Widget:
    """The widget on a page, as its visitor sees it.

    Attributes:
        page: The page.
        said: What it wrote to the console.
    """

    page: Page
    said: list[str] = field(default_factory=list)

    @property
    def host(self) -> Locator:
        """The element."""
        return self.page.locator("twin-widget")

    @property
    def launcher(self) -> Locator:
        """The button in the corner."""
        return self.host.locator(".launcher")

    @property
    def dialog(self) -> Locator:
        """What the launcher opens."""
        return self.host.locator(".dialog")

    @property
    def field(self) -> Locator:
        """Where the visitor writes."""
        return self.host.get_by_role("textbox")

    @property
    def answers(self) -> Locator:
        """The answers so far, without the greeting."""
        return self.host.locator(".answer:not(.greeting)")

    def button(self, name: str) -> Locator:
        """Return the button of a name."""
        return self.host.get_by_role("button", name=name, exact=True)

    def open(self) -> "Widget":
        """Open the bubble and wait for the greeting."""
        self.launcher.click()
        self.host.locator(".greeting").wait_for()
        return self

    def ask(self, question: str) -> Locator:
        """Type a question and send it; return its answer, which may only begin to come."""
        before = self.answers.count()
        self.field.fill(question)
        self.field.press("Enter")
        return self.answers.nth(before)

    def answered(self, question: str) -> Locator:
        """Ask and wait for the whole answer."""
        answer = self.ask(question)
        answer.locator(".votes").wait_for()
        return answer

    def violations(self) -> Sequence[Mapping[str, Any]]:
        """Return what axe-core finds wrong with the page."""
        self.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
        found = json.loads(
            self.page.evaluate("async () => JSON.stringify((await axe.run()).violations)")
        )
        return [
            {"rule": each["id"], "nodes": [node["html"] for node in each["nodes"]]}
            for each in found
        ]


@contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Widget]:
    """Yield the widget on a page, in a fresh session of the browser."""
    context = browser.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    widget = Widget(page=page)
    page.on("console", lambda message: widget.said.append(message.text))
    page.on("pageerror", lambda error: widget.said.append(f"error: {error}"))
    try:
        page.goto(address)
        widget.host.wait_for(state="attached")
        yield widget
    finally:
        context.close()
