"""Settings and Doctor: what is in force and why, and what is wrong with this installation."""

import os
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from twinctl.cells import printable_lines
from twinctl.config import is_for_commands, read_settings, settings_in, write_setting
from twinctl.tui.daemon import run_verb
from twinctl.tui.screen import TwinScreen
from twinctl.tui.widgets.table import Column, Table
from twinctl.tui.widgets.windows import LineWindow, PickWindow, QuestionWindow
from twinctl.wire.settings import Resolved
from twinctl.wire.system import Check

_TONES = {"ok": "table--good", "warning": "table--busy", "failed": "table--bad"}


class SettingsScreen(TwinScreen):
    """Both tables, with what there is to say of the row under the cursor."""

    key: ClassVar[str] = "8"
    mode: ClassVar[str] = "settings"
    label: ClassVar[str] = "Settings"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter,e", "edit", "Edit"),
        ("c", "check", "Check again"),
        ("p", "repair", "Repair"),
        ("R", "restart", "Restart daemon"),
        ("tab", "app.focus_next", "Other table"),
    ]

    def compose_body(self) -> ComposeResult:
        """Make the tables."""
        self._settings: Table[Resolved] = Table(
            _setting_columns(), lambda held: held.setting.key, empty="loading", id="settings"
        )
        self._checks: Table[Check] = Table(
            _check_columns(), lambda check: check.name, empty="checking", id="checks"
        )
        with Container(classes="halves"):
            with Vertical():
                yield self._settings
                yield Static(id="setting", classes="about", markup=False)
            with Vertical():
                yield self._checks
                yield Static(id="check", classes="about", markup=False)

    def on_mount(self) -> None:
        """Begin on the settings, which need no daemon."""
        self._settings.focus()
        self._read()

    def load(self) -> None:
        """Read the settings and examine everything."""
        self._read()
        self.action_check()

    def action_check(self) -> None:
        """Examine everything again."""
        self._checks.say("checking")
        self._checks.show(())
        self.ask(lambda _: self.desk.doctor(fix=False), self._show_checks, group="checks")

    def action_repair(self) -> None:
        """Repair what is safe to repair, and examine everything."""
        self.act(lambda _: self.desk.doctor(fix=True), self._repaired)

    def action_restart(self) -> None:
        """Ask whether the daemon is to be stopped and started."""
        about = "Running jobs reach a checkpoint first and go on afterwards."

        def restart(is_meant: bool | None) -> None:  # noqa: FBT001 - as windows answer
            if is_meant:
                self.act(lambda _: run_verb(self.desk.place, "restart"), lambda _: None)

        self.app.push_screen(QuestionWindow("Restart the daemon?", about), restart)

    def action_edit(self) -> None:
        """Ask for another value of the setting under the cursor."""
        held = self._settings.row
        if held is None:
            return

        def write(value: str | None) -> None:
            if value is not None and value != str(held.value):
                path = self.desk.place.home.config
                key = held.setting.key
                self.act(lambda _: write_setting(path, key, value), lambda _: self._written(held))

        setting = held.setting
        if setting.choices:
            choices = [(choice, choice) for choice in setting.choices]
            self.app.push_screen(PickWindow(setting.key, choices), write)
        else:
            window = LineWindow(setting.key, about=setting.about, value=str(held.value))
            self.app.push_screen(window, write)

    @on(Table.Chosen, "#settings")
    def edit_clicked(self) -> None:
        """Edit what was clicked."""
        self.action_edit()

    @on(Table.Marked, "#settings")
    def show_setting(self) -> None:
        """Say what the setting under the cursor is."""
        held = self._settings.row
        self.query_one("#setting", Static).update(_about(held) if held else "")

    @on(Table.Marked, "#checks")
    def show_check(self) -> None:
        """Say all of the finding under the cursor, with the way out."""
        check = self._checks.row
        told = ""
        if check is not None:
            hint = f"\n→ {check.hint}" if check.hint and check.state != "ok" else ""
            told = printable_lines(f"{check.message}{hint}")
        self.query_one("#check", Static).update(told)

    def _read(self) -> None:
        self.ask(lambda _: self._in_force(), self._settings.show, group="settings")

    def _in_force(self) -> list[Resolved]:
        settings = read_settings(self.desk.place.home.config, os.environ)
        return list(settings_in(self.desk.tenant, settings).values())

    def _written(self, before: Resolved) -> None:
        key = before.setting.key
        if before.origin == "environment":
            self.notify(f"{before.setting.variable} sets {key} too, and wins", markup=False)
        elif not is_for_commands(key):
            self.notify("The daemon reads it when it starts: R restarts it.", markup=False)
        self._read()

    def _show_checks(self, checks: Sequence[Check]) -> None:
        self._checks.show(sorted(checks, key=lambda check: list(_TONES)[::-1].index(check.state)))

    def _repaired(self, checks: Sequence[Check]) -> None:
        bad = sum(check.state != "ok" for check in checks)
        self.notify(f"Repaired what is safe to repair; {bad or 'nothing'} left to look at.")
        self._show_checks(checks)


def _setting_columns() -> tuple[Column[Resolved], ...]:
    return (
        Column(title="SETTING", text=lambda held: held.setting.key, width=24),
        Column(title="VALUE", text=lambda held: str(held.value)),
        Column(
            title="FROM",
            text=lambda held: held.origin,
            width=11,
            tone=lambda held: "table--faint" if held.origin == "default" else "table--good",
        ),
    )


def _check_columns() -> tuple[Column[Check], ...]:
    return (
        Column(
            title="DOCTOR",
            text=lambda check: check.state,
            width=7,
            tone=lambda check: _TONES[check.state],
        ),
        Column(title="WHAT", text=lambda check: check.name, width=16),
        Column(title="FINDING", text=lambda check: check.message),
    )


def _about(held: Resolved) -> str:
    setting = held.setting
    default = "" if held.origin == "default" else f" Default: {setting.default!r}."
    return f"{setting.about}{default}\n{setting.variable}"
