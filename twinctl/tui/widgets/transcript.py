"""A conversation as it is read: questions, answers that come in pieces, refusals, remarks."""

from textual.containers import VerticalScroll
from textual.widgets import Markdown, Static

from twinctl.cells import printable_lines
from twinctl.tables import with_tables


class Transcript(VerticalScroll, can_focus=True):
    """Turns from top to bottom; the end stays in sight unless the reader scrolls away."""

    def on_mount(self) -> None:
        """Stay at the end."""
        self.anchor()

    def clear(self) -> None:
        """Forget all turns."""
        self.remove_children()
        self.anchor()

    def ask(self, question: str) -> None:
        """Show a question."""
        self.mount(Static(f"> {printable_lines(question)}", classes="question", markup=False))
        self.anchor()

    def remark(self, text: str, *, is_trouble: bool = False) -> None:
        """Show something that nobody said."""
        classes = "remark -trouble" if is_trouble else "remark"
        self.mount(Static(printable_lines(text), classes=classes, markup=False))

    def refuse(self, text: str) -> None:
        """Show that a question was refused, in the words of the twin."""
        label = f"Refused: {printable_lines(text)}"
        self.mount(Static(label, classes="refusal", markup=False))

    def answer(self, text: str = "") -> "Answer":
        """Show an answer, or the place where one comes."""
        answer = Answer(text)
        self.mount(answer)
        return answer


class Answer(Markdown):
    """An answer; links in it are text, for what it quotes was written by strangers."""

    def __init__(self, text: str) -> None:
        super().__init__(_in_lines(text), open_links=False)
        self._pieces: list[str] = []
        self._is_writing = False

    def add(self, piece: str) -> None:
        """Append a piece; those that come while one is drawn are drawn together."""
        self._pieces.append(piece)
        if not self._is_writing:
            self._is_writing = True
            self.call_later(self._write)

    async def _write(self) -> None:
        while self._pieces:
            text = "".join(self._pieces)
            self._pieces.clear()
            await self.append(_in_lines(text))
        self._is_writing = False


def _in_lines(text: str) -> str:
    """Return an answer whose tables are those of Markdown and whose other lines stay lines.

    Markdown would join them to a paragraph; two spaces before the end of a line keep it.
    """
    return with_tables(printable_lines(text)).replace("\n", "  \n")
