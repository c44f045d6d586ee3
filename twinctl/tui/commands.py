"""What the command palette offers: every action of every screen, by its words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

from twinctl.tui.screen import TwinScreen


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An action.

    Attributes:
        label: What it does, in the words of the key bar.
        key: Does the same where it belongs.
        action: As bindings name it.
        node: Whose action it is; None for that of another screen.
        mode: The screen to go to first; empty for none.
    """

    label: str
    key: str
    action: str
    node: DOMNode | None = None
    mode: str = ""


def here(app: App[None], active: Iterable[ActiveBinding]) -> Iterator[Command]:
    """Yield what the keys do just now, but for what only moves the cursor."""
    seen = {"commands"}
    for each in active:
        binding = each.binding
        is_place = binding.action.startswith("go(")
        if (binding.show or is_place) and each.enabled and binding.action not in seen:
            seen.add(binding.action)
            label = f"Go to {binding.description}" if is_place else binding.description
            key = app.get_key_display(binding)
            yield Command(label=label, key=key, action=binding.action, node=each.node)


def elsewhere(app: App[None], screens: Sequence[type[TwinScreen]], mode: str) -> Iterator[Command]:
    """Yield what other screens than that of a mode do."""
    for screen in screens:
        if screen.mode == mode:
            continue
        for binding in Binding.make_bindings(screen.BINDINGS):
            if binding.show and not binding.action.startswith("app."):
                yield Command(
                    label=f"{screen.label}: {binding.description}",
                    key=f"{screen.key} {app.get_key_display(binding)}",
                    action=binding.action,
                    mode=screen.mode,
                )
