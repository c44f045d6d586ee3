"""What a command works with: the home, the settings, the output, and the daemon when needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import typer

from twinctl import __version__
from twinctl.cli.arguments import Flags
from twinctl.cli.output import Output
from twinctl.errors import DaemonUnreachable

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.client.launch import Place
    from twinctl.client.transport import Transport
    from twinctl.paths import Home
    from twinctl.wire.settings import Resolved


DEFAULT_TENANT = "default"
"""Whom a request names that concerns no tenant; this one exists always."""


class Session:
    """One run of `twinctl`."""

    def __init__(self, flags: Flags) -> None:
        self.flags = flags
        self.output = Output(
            as_json=flags.json,
            quiet=flags.quiet,
            verbose=flags.verbose,
            color=not flags.no_color,
        )

    @cached_property
    def home(self) -> "Home":
        """Where everything lies."""
        from twinctl.paths import find_home

        return find_home(self.flags.home)

    @cached_property
    def settings(self) -> "dict[str, Resolved]":
        """The settings in force, below the flags."""
        from twinctl.config import read_settings, settings_in

        settings = read_settings(self.home.config)
        return settings_in(self.flags.tenant or str(settings["tenant"].value), settings)

    @property
    def twin(self) -> str:
        """Slug or id of the twin that is meant: each tenant has one of its own in use."""
        return self.flags.twin or str(self.settings[self.twin_key].value)

    @property
    def tenant(self) -> str:
        """Slug of the tenant that is meant."""
        return self.flags.tenant or str(self.settings["tenant"].value)

    @property
    def twin_key(self) -> str:
        """Key of the setting that names the twin in use."""
        from twinctl.wire.settings import twin_setting

        return twin_setting(self.tenant).key

    @property
    def place(self) -> "Place":
        """The home as the daemon is told of it."""
        from twinctl.client.launch import Place

        is_named = self.flags.home or os.environ.get("TWINCTL_HOME")
        return Place(home=self.home, root=self.home.config.parent if is_named else None)

    def start_daemon(self) -> str:
        """Start the daemon unless one answers; return its version once it is ready.

        Raises:
            DaemonUnreachable: It could not be started, or does not answer yet.
        """
        from twinctl.client.launch import start

        return start(self.place, self.output.notice)

    @contextmanager
    def transport(self, *, start: bool = True) -> Iterator["Transport"]:
        """Open a connection to the daemon, which is started first if need be.

        Raises:
            ConfigInvalid: The settings, which name the tenant, cannot be read.
            DaemonUnreachable: None answers, and it may not or could not be started.
        """
        with self._connection(self.tenant, start=start) as transport:
            yield transport

    @contextmanager
    def machine(self, *, start: bool = True) -> Iterator["Transport"]:
        """Open a connection for what concerns no tenant, which needs no settings; as `transport`.

        For what must work above all where the settings are wrong.
        """
        with self._connection(DEFAULT_TENANT, start=start) as transport:
            yield transport

    @contextmanager
    def client(self) -> Iterator["TwinClient"]:
        """Open the daemon's routes; as `transport`."""
        with self.transport() as transport:
            from twinctl.client.client import TwinClient

            yield TwinClient(transport)

    @contextmanager
    def _connection(self, tenant: str, *, start: bool) -> Iterator["Transport"]:
        from twinctl.client.launch import ready_version
        from twinctl.client.transport import Transport

        version = ready_version(self.home)
        if version is None and start:
            version = self._started()
        if version not in {None, __version__}:
            self.output.notice(
                f"notice: the daemon is version {version}, this is {__version__}\n"
                "hint: twinctl daemon restart"
            )
        with Transport(self.home.socket, tenant=tenant) as transport:
            yield transport

    def _started(self) -> str:
        if self.flags.no_start:
            raise DaemonUnreachable("the daemon is not running", hint="twinctl daemon start")
        self.output.detail("starting the daemon")
        return self.start_daemon()


def session_of(ctx: typer.Context) -> Session:
    """Return the session that `main` made of the global options."""
    session = ctx.obj
    assert isinstance(session, Session)  # noqa: S101 - as `main` says
    return session
