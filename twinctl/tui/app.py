"""`twinctl tui`: the application around the screens."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from twinctl.client.client import TwinClient
from twinctl.errors import DaemonUnreachable, TwinctlError
from twinctl.tui.commands import Command, elsewhere, here
from twinctl.tui.daemon import run_verb
from twinctl.tui.desk import Desk
from twinctl.tui.live import Live
from twinctl.tui.messages import Failed, Lost
from twinctl.tui.screen import TwinScreen
from twinctl.tui.screens.audience import AudienceScreen
from twinctl.tui.screens.chat import ChatScreen
from twinctl.tui.screens.conversations import ConversationsScreen
from twinctl.tui.screens.jobs import JobsScreen
from twinctl.tui.screens.keys import KeysScreen
from twinctl.tui.screens.overview import OverviewScreen
from twinctl.tui.screens.settings import SettingsScreen
from twinctl.tui.screens.sources import SourcesScreen
from twinctl.tui.standing import Standing
from twinctl.tui.themes import DARK, LIGHT
from twinctl.tui.widgets.windows import FailureWindow, PickWindow
from twinctl.tui.work import Asks
from twinctl.wire.system import Status
from twinctl.wire.twins import TwinOut

SCREENS: tuple[type[TwinScreen], ...] = (
    OverviewScreen,
    SourcesScreen,
    JobsScreen,
    ChatScreen,
    AudienceScreen,
    ConversationsScreen,
    KeysScreen,
    SettingsScreen,
)
"""In the order of their keys."""

_SOON_S = 1.0
_LABEL = 50


class TwinApp(App[None], Asks):
    """Shows one twin at a time; every screen keeps its place while others are shown.

    What threads tell while the screens are being taken down is let go.
    """

    TITLE = "twinctl"
    CSS_PATH = "twin.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(screen.key, f"go('{screen.mode}')", screen.label, show=False)
            for screen in SCREENS
        ),
        Binding("ctrl+p", "commands", "Commands", priority=True),
        Binding("ctrl+t", "switch_twin", "Switch twin", priority=True),
        Binding("ctrl+l", "light_or_dark", "Light/dark", priority=True),
        Binding("ctrl+s", "start_daemon", "Start daemon", priority=True),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared so by textual
        (0, "-narrow"),
        (110, "-wide"),
    ]

    standing: reactive[Standing] = reactive(Standing())

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.live = Live(desk, self.post_message)
        self._rooms: dict[str, TwinScreen] = {}
        self._is_counting = False
        for screen in SCREENS:
            self.add_mode(screen.mode, partial(self._make, screen))
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.set_reactive(TwinApp.standing, Standing(slug=desk.twin))

    def on_mount(self) -> None:
        """Go to the first screen and listen to the daemon."""
        self.switch_mode(SCREENS[0].mode)
        self.live.start()

    def on_unmount(self) -> None:
        """Let go of the daemon."""
        self.live.stop()
        self.desk.hang_up()

    def on_connected(self) -> None:
        """Show everything anew: changes may have been missed."""
        if not self.is_running:
            return
        self.standing = replace(self.standing, is_connected=True, trouble=None)
        self._renew()

    def on_lost(self, message: Lost) -> None:
        """Say that the daemon is away; `Live` waits for it."""
        if not self.is_running:
            return
        self._tell_away(message.error)
        self.refresh_bindings()

    def on_changed(self) -> None:
        """Hand the news to every screen."""
        if not self.is_running:
            return
        news = self.live.take()
        for screen in self._rooms.values():
            screen.changed(news)
        if news.jobs and not self._is_counting:
            self._is_counting = True
            self.set_timer(_SOON_S, self._count)

    def on_failed(self, message: Failed) -> None:
        """Tell what failed: in a window where it was asked for, else in the banner."""
        if not self.is_running:
            return
        if isinstance(message.error, DaemonUnreachable):
            self.live.hurry()
            if self.standing.is_connected is False and not message.is_action:
                return
        if message.is_action:
            self.push_screen(FailureWindow(message.error))
        else:
            self.standing = replace(self.standing, trouble=message.error)

    def action_go(self, mode: str) -> None:
        """Show a screen."""
        if not self.screen.is_modal:
            self.switch_mode(mode)
            if self.standing.is_connected:
                self.standing = replace(self.standing, trouble=None)

    def action_commands(self) -> None:
        """Ask what is to be done."""
        screen = self.screen
        if not isinstance(screen, TwinScreen):
            return
        offered = [
            *here(self, screen.active_bindings.values()),
            *elsewhere(self, SCREENS, screen.mode),
        ]
        choices = [
            (str(at), f"{command.label:<{_LABEL}} {command.key}")
            for at, command in enumerate(offered)
        ]

        def obey(at: str | None) -> None:
            if at is not None:
                self.call_later(self._obey, offered[int(at)])

        self.push_screen(PickWindow("What is to be done?", choices), obey)

    def action_light_or_dark(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_switch_twin(self) -> None:
        """Ask which twin is to be shown."""
        if not self.screen.is_modal:
            self.act(lambda client: list(client.twins()), self._pick_twin)

    def action_start_daemon(self) -> None:
        """Start the daemon that went away."""
        self.notify("The daemon is being started.")
        self.act(lambda _: run_verb(self.desk.place, "start"), lambda _: self.live.hurry())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to start the daemon only where none answers."""
        if action == "start_daemon":
            return self.standing.is_connected is False
        return super().check_action(action, parameters)

    def _make(self, screen: type[TwinScreen]) -> TwinScreen:
        places = [(each.key, each.mode, each.label) for each in SCREENS]
        room = screen(self.desk, places)
        self._rooms[screen.mode] = room
        return room

    async def _obey(self, command: Command) -> None:
        if command.mode:
            await self.switch_mode(command.mode)
        await self.run_action(command.action, command.node or self.screen)

    def _renew(self) -> None:
        self.desk.edition += 1
        self._count()
        self.ask(lambda client: client.twin(self.desk.twin), self._tell_twin, group="twin")
        for room in self._rooms.values():
            room.catch_up()
        self.refresh_bindings()

    def _count(self) -> None:
        self._is_counting = False
        self.ask(TwinClient.status, self._tell_counts, group="status")

    def _tell_counts(self, status: Status) -> None:
        jobs = status.jobs
        if jobs is not None:
            working = jobs.queued + jobs.running
            self.standing = replace(self.standing, working=working, failed=jobs.failed)

    def _tell_twin(self, twin: TwinOut) -> None:
        self.standing = replace(self.standing, name=twin.name, slug=twin.slug)

    def _tell_away(self, error: TwinctlError) -> None:
        is_gone = isinstance(error, DaemonUnreachable)
        told = "the daemon does not answer" if is_gone else error.message
        away = DaemonUnreachable(
            f"{told}; it is looked for again and again", hint="ctrl+s starts it"
        )
        self.standing = replace(self.standing, is_connected=False, trouble=away)

    def _pick_twin(self, twins: list[TwinOut]) -> None:
        choices = [(twin.slug, f"{twin.name} ({twin.slug})") for twin in twins]
        self.push_screen(PickWindow("Which twin?", choices), self._choose_twin)

    def _choose_twin(self, slug: str | None) -> None:
        if slug is not None and slug != self.desk.twin:
            self.desk.twin = slug
            self.standing = replace(self.standing, name="", slug=slug, trouble=None)
            self._renew()
