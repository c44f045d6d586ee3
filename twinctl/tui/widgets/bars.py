"""What stands around every screen: header, places to go, banner, keys."""

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Horizontal
from textual.content import Content
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widgets import Static

from twinctl.tui.standing import Standing

Place = tuple[str, str, str]
"""Key, name and title of a screen."""

_GAP = "  "
_WHOLE = 99
_LETTERS = ((_GAP, _WHOLE), (" ", _WHOLE), (" ", 4), (" ", 3), (" ", 0))
"""How far screens stand apart and how much of their titles is shown, from the widest."""


class Header(Horizontal):
    """The twin in force and the state of the daemon."""

    def compose(self) -> ComposeResult:
        """Make the two ends."""
        yield Static("", id="header-twin", markup=False)
        yield Static("", id="header-daemon", markup=False)

    def on_mount(self) -> None:
        """Follow how things stand."""
        self.watch(self.app, "standing", self._show)

    def _show(self, standing: Standing) -> None:
        self.query_one("#header-twin", Static).update(f"twinctl · {standing.twin}")
        self.query_one("#header-daemon", Static).update(standing.daemon)
        self.set_class(standing.is_connected is False, "-lost")


class Places(Static):
    """The screens by their keys, the one that is shown marked and never shortened."""

    def __init__(self, places: Sequence[Place], current: str) -> None:
        super().__init__()
        self._places = places
        self._current = current

    def on_mount(self) -> None:
        """Show them."""
        self.update(Content.assemble(*self._parts()))

    def on_resize(self) -> None:
        """Part them as widely, and name them as fully, as there is room."""
        self.update(Content.assemble(*self._parts()))

    def _parts(self) -> Iterable[Content]:
        gap, letters = self._fitting()
        for key, name, title in self._places:
            style = "reverse bold" if name == self._current else ""
            click = f"@click=app.go('{name}')"
            rest = self._rest(name, title, letters)
            yield Content.from_markup(f"[{style} {click}][b]{key}[/b]{rest}[/]")
            yield Content(gap)

    def _fitting(self) -> tuple[str, int]:
        """Return the first of `_LETTERS` that fits; the keys alone are shown on any screen."""
        for gap, letters in _LETTERS[:-1]:
            parts = [key + self._rest(name, title, letters) for key, name, title in self._places]
            if len(gap.join(parts)) <= self.size.width:
                return gap, letters
        return _LETTERS[-1]

    def _rest(self, name: str, title: str, letters: int) -> str:
        """Return what stands behind the key of a screen."""
        shown = title if name == self._current else title[:letters].strip()
        return f" {shown}" if shown else ""


class Banner(Static):
    """What is wrong, with the way out; takes no room while nothing is."""

    def on_mount(self) -> None:
        """Follow how things stand."""
        self.watch(self.app, "standing", self._show)

    def _show(self, standing: Standing) -> None:
        trouble = standing.trouble
        self.display = trouble is not None
        if trouble is not None:
            hint = (trouble.hint or "").partition("\n")[0]
            way = f"\n→ {hint}" if hint else ""
            self.update(Content(f"! {trouble.message}{way}"))


class Keys(Static):
    """Every key that does something here, those of the screen first; wraps on a narrow screen."""

    def on_mount(self) -> None:
        """Follow what the keys do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        """Follow no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew."""
        self._show(event.size.width)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._show(self.size.width)

    def _show(self, width: int) -> None:
        lines: list[Content] = []
        line, used = list[Content](), 0
        for active in self._ordered(self.screen.active_bindings.values()):
            key = self.app.get_key_display(active.binding)
            label = active.binding.description
            taken = len(key) + 1 + len(label)
            if line and used + taken > width:
                lines.append(Content.assemble(*line))
                line, used = [], 0
            line += [self._key(key, active), Content(_GAP)]
            used += taken + len(_GAP)
        self.update(Content("\n").join([*lines, Content.assemble(*line)]))

    def _key(self, key: str, active: ActiveBinding) -> Content:
        click = f"@click=app.simulate_key('{active.binding.key}')"
        return Content.from_markup(
            f"[{click}][$footer-key-foreground bold]$key[/] $label[/]",
            key=key,
            label=active.binding.description,
        )

    def _ordered(self, active: Iterable[ActiveBinding]) -> list[ActiveBinding]:
        """Return what is shown, each action once, those of the application last."""
        shown: dict[tuple[int, str], ActiveBinding] = {}
        for each in active:
            if each.binding.show and each.enabled and not self._is_typed(each.binding.key):
                shown.setdefault((id(each.node), each.binding.action), each)
        return sorted(shown.values(), key=lambda each: (each.node is self.app, _is_quit(each)))

    def _is_typed(self, key: str) -> bool:
        """Return whether the focused widget takes a key as a letter."""
        focused = self.screen.focused
        return focused is not None and focused.check_consume_key(key, key_to_character(key))


def _is_quit(active: ActiveBinding) -> bool:
    return active.binding.action == "quit"
