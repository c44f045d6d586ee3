"""watchdog's observer for Linux, made to tell what it would pass over in silence.

It goes on without the folders for which the system has no watch left, and after events were
lost. Both must be known to whoever relies on it.
"""

import errno
from collections.abc import Callable

from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyEvent,
    InotifyFD,
    Mask,
    Watch,
    WatchCallback,
    WatchDescriptor,
)

LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENOMEM})

Tell = Callable[[OSError | None], None]


class InotifyObserver(BaseObserver):
    """Observes one folder by an inotify instance of its own.

    Raises:
        OSError: There is no instance left (`EMFILE`).
    """

    def __init__(self, tell: Tell) -> None:
        """Take whom to tell of a limit that was reached (its error), or of lost events (None)."""
        self._descriptor = _Descriptor(tell)
        self._descriptor.start()
        super().__init__(InotifyEmitter, inotify_fd=self._descriptor)

    def on_thread_stop(self) -> None:
        """End the reader of the instance too."""
        super().on_thread_stop()
        self._descriptor.stop()
        self._descriptor.join()


class _Descriptor(InotifyFD):
    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        try:
            return super().add_callback(path, mask, callback, id_)
        except OSError as error:
            if error.errno in LIMITS:
                self._tell(error)
            raise

    def _get_or_create_watch(self, path: bytes, mask: Mask) -> Watch:
        """Let a folder that was moved be watched anew without a warning that it was already."""
        watch = super()._get_or_create_watch(path, mask)
        watch.callbacks.clear()  # there is one callback, that of the folder this instance is for
        return watch

    def handle_event(self, event: InotifyEvent) -> None:
        super().handle_event(event)
        if event.is_queue_overflow:
            self._tell(None)
