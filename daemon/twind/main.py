"""Runs the daemon of a home: builds everything, then serves until it is told to stop."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from socket import socket
from threading import Thread

import uvicorn
from fastapi import FastAPI

from twinctl import __version__
from twinctl.paths import find_home
from twind.api.app import build_app, warm_up
from twind.composition import running_services
from twind.errors import TwindError
from twind.instance import listening_socket, make_folders, only_instance
from twind.jobs.events import Events
from twind.logs import set_up_logging
from twind.processes.memory import share_arenas
from twind.settings import Settings

log = logging.getLogger(__name__)

GRACE_S = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the daemon of a home in the foreground; return its exit code."""
    parser = argparse.ArgumentParser(prog="twind", description="The daemon behind twinctl.")
    parser.add_argument("--home", help="folder that holds everything")
    home = find_home(parser.parse_args(arguments).home)
    share_arenas()
    try:
        make_folders(home)
        settings = Settings.load(home.config)
        set_up_logging(settings.log_level)
        with (
            only_instance(home),
            running_services(home, settings) as services,
            listening_socket(home.socket) as listener,
        ):
            serve(build_app(services), listener, services.events)
    except TwindError as error:
        sys.stderr.write(f"error: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"hint: {error.hint}\n")
        return 1
    return 0


class Server(uvicorn.Server):
    """Ends the streams of events, which have no end of their own, before it waits for the rest."""

    def __init__(self, config: uvicorn.Config, events: Events) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """See `uvicorn.Server.shutdown`."""
        self._events.end()
        await super().shutdown(sockets)


def serve(app: FastAPI, listener: socket, events: Events) -> None:
    """Answer requests on the socket until SIGTERM, SIGINT, or SIGHUP as a terminal closes.

    The server raises the signal again when it is done; by then it has served its purpose.
    """
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=GRACE_S
    )
    server = Server(config, events)

    def stop(*_: object) -> None:
        """End also when the signal comes before the server listens to signals itself."""
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` wants it
            signal.signal(number, stop)
    Thread(target=warm_up, args=[app], name="warm-up", daemon=True).start()
    log.info("twind %s is ready", __version__)
    asyncio.run(server.serve(sockets=[listener]))
    log.info("stopping")


if __name__ == "__main__":
    sys.exit(main())
