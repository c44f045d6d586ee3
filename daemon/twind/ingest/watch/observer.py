"""Being told by the system that something changed in a folder."""

import os
import sys
from collections.abc import Callable
from typing import Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver

_EVENTS: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    *(FileCreatedEvent, FileDeletedEvent, FileMovedEvent, FileModifiedEvent, FileClosedEvent),
]


class Listener(Protocol):
    """Whoever wants to know of changes; called in threads of the observer."""

    def on_change(self, path: str, *, is_folder: bool) -> None:
        """Take that something happened at a path."""
        ...

    def on_trouble(self, error: OSError | None) -> None:
        """Take that the system has no watch left (its error), or has lost events (None)."""
        ...


class FolderObserver:
    """Tells of changes in one folder and all below it, until it is stopped.

    Folders that links lead to are not observed.
    """

    def __init__(self, folder: str, listener: Listener) -> None:
        """Begin.

        Raises:
            OSError: The system cannot observe the folder.
        """
        self._observer = _build(listener.on_trouble)
        try:
            real = os.path.realpath(folder)
            handler = _Handler(real, folder, listener.on_change)
            self._observer.schedule(handler, real, recursive=True, event_filter=_EVENTS)
            self._observer.start()
        except OSError:
            self._observer.on_thread_stop()
            raise

    @property
    def is_alive(self) -> bool:
        """Whether changes are still told of."""
        emitters = self._observer.emitters
        return self._observer.is_alive() and all(emitter.is_alive() for emitter in emitters)

    def stop(self) -> None:
        """End it and wait until it has ended."""
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    """Names paths as the watch does, where a link leads to its folder."""

    def __init__(self, real: str, folder: str, on_change: Callable[..., None]) -> None:
        self._real = real
        self._folder = folder
        self._on_change = on_change

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                named = self._folder + os.fsdecode(path).removeprefix(self._real)
                self._on_change(named, is_folder=event.is_directory)


def _build(tell: Callable[[OSError | None], None]) -> BaseObserver:
    if sys.platform == "linux":
        from twind.ingest.watch.inotify import InotifyObserver

        return InotifyObserver(tell)
    from watchdog.observers import Observer

    return Observer()
