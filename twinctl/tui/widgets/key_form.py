"""The form that makes a key."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid, Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, RadioSet, Static

from twinctl.client.requests import checked
from twinctl.errors import Misused
from twinctl.tui.desk import Desk
from twinctl.tui.widgets.bars import Keys
from twinctl.tui.widgets.boxes import DotBox, TickBox
from twinctl.tui.widgets.windows import FailureWindow
from twinctl.tui.work import Asks
from twinctl.wire.keys import KeyCreated, KeyIn, Kind, Scope

_KINDS: tuple[Kind, ...] = get_args(Kind)
_SCOPES: tuple[Scope, ...] = get_args(Scope)
_USUAL_KIND: Kind = "secret"
_USUAL_SCOPE: Scope = "chat"


class KeyForm(ModalScreen[KeyCreated | None], Asks):
    """Asks what a key is for and makes it; what is wrong is told, and can be mended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+g", "create", "Create"),
        ("tab", "app.focus_next", "Next"),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """Make the fields."""
        with VerticalScroll(classes="window", can_focus=False):
            yield Static("A new key", classes="window-title")
            yield from _field("Name", "name", "what you call it")
            with Horizontal(classes="field"):
                yield Label("Kind")
                with RadioSet(id="kind", compact=True):
                    for kind in reversed(_KINDS):
                        yield DotBox(kind, value=kind == _USUAL_KIND, name=kind)
            with Horizontal(classes="field", id="for-programs"):
                yield Label("Scopes")
                with Grid(id="scopes"):
                    for scope in _SCOPES:
                        is_usual = scope == _USUAL_SCOPE
                        yield TickBox(scope, is_usual, name=scope, compact=True)
            yield from _field("Twins", "twins", "all; or slugs, with commas between")
            with Horizontal(classes="field", id="for-pages"):
                yield Label("Pages")
                yield Input(
                    placeholder="of this machine; or https://example.com, …",
                    id="origins",
                    compact=True,
                )
            yield from _field("Ends in", "days", "never; or a number of days")
            yield from _field("A minute", "rpm", "as usual; or the most requests")
        yield Keys()

    def on_mount(self) -> None:
        """Begin at the name."""
        self._show_kind()
        self.query_one("#name", Input).focus()

    @on(Input.Submitted)
    def action_create(self) -> None:
        """Make the key."""
        try:
            wanted = self._wanted()
        except Misused as error:
            self.app.push_screen(FailureWindow(error))
            return
        self.act(lambda client: client.create_key(wanted), self._close)

    @on(RadioSet.Changed)
    def _show_kind(self) -> None:
        """Ask only for what the kind of key knows."""
        is_for_pages = self._kind == "publishable"
        self.query_one("#for-pages").display = is_for_pages
        self.query_one("#for-programs").display = not is_for_pages

    @property
    def _kind(self) -> str:
        pressed = self.query_one("#kind", RadioSet).pressed_button
        return (pressed.name if pressed else None) or _USUAL_KIND

    def _wanted(self) -> KeyIn:
        """Return what was filled in.

        Raises:
            Misused: It cannot be used.
        """
        days = whole_number(self._typed("days"), "the days until it ends")
        kind = self._kind
        scopes = [box.name for box in self.query(TickBox) if box.value]
        return checked(
            KeyIn,
            name=self._typed("name"),
            kind=kind,
            scopes=scopes if kind == "secret" else None,
            twins=_listed(self._typed("twins")),
            origins=_listed(self._typed("origins")) if kind == "publishable" else [],
            expires_at=None if days is None else datetime.now(UTC) + timedelta(days=days),
            requests_per_minute=whole_number(self._typed("rpm"), "the requests a minute"),
        )

    def _close(self, key: KeyCreated) -> None:
        self.dismiss(key)

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()


def whole_number(text: str, what: str) -> int | None:
    """Return the number that was typed; None where nothing was.

    Raises:
        Misused: It is none.
    """
    if not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdecimal()):
        raise Misused(f"{what}: {text.strip()} is not a whole number")
    return int(text)


def _field(label: str, name: str, placeholder: str) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Label(label)
        yield Input(placeholder=placeholder, id=name, compact=True)


def _listed(text: str) -> list[str]:
    return text.replace(",", " ").split()
