"""A picture of the widget as a browser shows it to a visitor."""

from pathlib import Path

from playwright.sync_api import ViewportSize, expect, sync_playwright

from twinctl.cli.lending import SHORT, lent_key, listening
from twinctl.cli.testpage.server import Embedded, test_page
from twinctl.client.client import TwinClient

CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 15_000
WINDOW = ViewportSize(width=1200, height=1000)


def draw_widget(client: TwinClient, slug: str, questions: tuple[str, ...], picture: Path) -> None:
    """Ask in the open bubble of the test page; write the bubble as PNG."""
    twin = client.twin(slug)
    with (
        listening(client) as base,
        lent_key(client, name="picture", twin=slug, lasts=SHORT) as key,
        test_page(Embedded(base=base, twin=slug, name=twin.name, key=key), 0) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW, device_scale_factor=1.5, color_scheme="light")
        page.goto(address)
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Ask a question").click()
        for asked, question in enumerate(questions, start=1):
            frame.get_by_role("textbox").fill(question)
            frame.get_by_role("textbox").press("Enter")
            answers = page.get_by_role("listitem").filter(has_text="twin-answer")
            expect(answers).to_have_count(asked, timeout=PATIENCE_MS)
        page.get_by_role("heading").first.click()  # so that nothing is under the pointer
        frame.locator("twin-widget .dialog").screenshot(path=picture, animations="disabled")
        browser.close()
