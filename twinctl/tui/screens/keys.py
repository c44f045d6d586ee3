"""Keys: what programs and sites show to reach the twins; made, rotated and revoked here."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from twinctl.errors import Misused
from twinctl.tui.screen import TwinScreen
from twinctl.tui.widgets.key_form import KeyForm, whole_number
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.secret import SecretWindow
from twinctl.tui.widgets.table import Column, Table
from twinctl.tui.widgets.windows import FailureWindow, LineWindow, QuestionWindow
from twinctl.wire.keys import KeyCreated, KeyOut
from twinctl.wording import ago, minute

_HOUR_S = 3600
_USUAL_OVERLAP_H = "24"
_TONES = {
    "active": "table--good",
    "replaced": "table--busy",
    "expired": "table--faint",
    "revoked": "table--faint",
}


def _columns() -> tuple[Column[KeyOut], ...]:
    return (
        Column(title="NAME", text=_called),
        Column(
            title="STATE",
            text=lambda key: key.state,
            width=8,
            tone=lambda key: _TONES[key.state],
        ),
        Column(title="KIND", text=lambda key: key.kind, width=11),
        Column(title="KEY", text=_masked, width=17),
        Column(title="FOR", text=_reach, is_wide=True),
        Column(title="USED", text=_used, width=6, is_right=True),
    )


class KeysScreen(TwinScreen):
    """The keys of the tenant that work, newest first, and at wish those that have ended."""

    key: ClassVar[str] = "7"
    mode: ClassVar[str] = "keys"
    label: ClassVar[str] = "Keys"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("n", "create", "New"),
        ("r", "rotate", "Rotate"),
        ("d,delete", "revoke", "Revoke"),
        ("f", "ended", "Ended"),
    ]
    ROW_ACTIONS: ClassVar[Mapping[str, str]] = dict.fromkeys(("rotate", "revoke"), "keys")

    def compose_body(self) -> ComposeResult:
        """Make the table and the detail."""
        self._table: Table[KeyOut] = Table(
            _columns(), lambda key: key.id, empty="loading", id="keys"
        )
        self._has_all = False
        self._table.only(_works)
        with Container(classes="split"):
            yield self._table
            yield Passage(id="key")

    def on_mount(self) -> None:
        """Begin on the table."""
        self._table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys that have ended where there are any."""
        if action == "ended":
            return any(key.has_ended for key in self._table.rows.values())
        return super().check_action(action, parameters)

    def load(self) -> None:
        """Ask for all keys."""
        self.ask(lambda client: list(client.keys()), self._show)

    def action_create(self) -> None:
        """Fill in what the new key is for."""
        self.app.push_screen(KeyForm(self.desk), self._created)

    def action_rotate(self) -> None:
        """Ask how long the key under the cursor works on beside the new one."""
        key = self._table.row
        if key is None:
            return

        def rotate(hours: str | None) -> None:
            if hours is None:
                return
            try:
                overlap_s = (whole_number(hours, "the hours") or 0) * _HOUR_S
            except Misused as error:
                self.app.push_screen(FailureWindow(error))
                return
            self.act(lambda client: client.rotate_key(key.id, overlap_s), self._created)

        about = "Hours that the old key works on beside the new one; 0 ends it at once."
        window = LineWindow(f"Rotate {_called(key)}", about=about, value=_USUAL_OVERLAP_H)
        self.app.push_screen(window, rotate)

    def action_revoke(self) -> None:
        """Ask whether the key under the cursor is to end."""
        key = self._table.row
        if key is None or key.state == "revoked":
            return

        def revoke(is_meant: bool | None) -> None:  # noqa: FBT001 - as windows answer
            if is_meant:
                self.act(lambda client: client.revoke_key(key.id), self._revoked)

        about = "Whoever uses it is refused from now on. This cannot be undone."
        self.app.push_screen(QuestionWindow(f"Revoke {_called(key)}?", about), revoke)

    def action_ended(self) -> None:
        """Show also the keys that have ended, or no longer."""
        self._has_all = not self._has_all
        self._table.only(None if self._has_all else _works)

    def on_table_marked(self) -> None:
        """Tell more of the key under the cursor."""
        key = self._table.row
        self.query_one("#key", Passage).show(_about(key) if key else "")

    def _show(self, keys: list[KeyOut]) -> None:
        if keys:
            self._table.say("no key works: n makes one, f shows those that have ended")
        else:
            self._table.say("no keys yet: n makes one for a program or for the widget of a site")
        self._table.show(keys)
        self.refresh_bindings()

    def _created(self, key: KeyCreated | None) -> None:
        if key is not None:
            self.load()
            self.app.push_screen(SecretWindow(key))

    def _revoked(self, key: KeyOut) -> None:
        self.notify(f"Revoked {_called(key)}.", markup=False)
        self.load()


def _works(key: KeyOut) -> bool:
    return not key.has_ended


def _masked(key: KeyOut) -> str:
    return f"{key.prefix}…{key.last_four}"


def _called(key: KeyOut) -> str:
    return key.name or key.id


def _reach(key: KeyOut) -> str:
    return ", ".join(key.twins) or "all twins"


def _used(key: KeyOut) -> str:
    return ago(key.last_used_at, datetime.now(UTC)) if key.last_used_at else "never"


def _about(key: KeyOut) -> str:
    """Return what is known of a key."""
    is_for_pages = key.kind == "publishable"
    facts = [
        ("state", key.state),
        ("key", _masked(key)),
        ("kind", key.kind),
        ("twins", ", ".join(key.twins) or "all of the tenant"),
        ("scopes", ", ".join(key.scopes)),
        ("pages", (", ".join(key.origins) or "of this machine only") if is_for_pages else ""),
        ("a minute", str(key.requests_per_minute or "as many as usual")),
        ("expires", minute(key.expires_at) if key.expires_at else "never"),
        ("last used", minute(key.last_used_at) if key.last_used_at else "never"),
        ("created", minute(key.created_at)),
        ("revoked", minute(key.revoked_at) if key.revoked_at else ""),
        ("replaced by", key.replaced_by or ""),
        ("id", key.id),
    ]
    lines = [f"{name:<12}{value}" for name, value in facts if value]
    return "\n".join([_called(key), "", *lines])
