"""Where everything lies: one home, in the platform's folders or under `TWINCTL_HOME`."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "twinctl"

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says where there is no room, or no more of it for this user."""

_ANOTHER = "name a folder of your own with --home or TWINCTL_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The files and folders of one installation; none of them need exist.

    Attributes:
        config: `config.toml`.
        data: Folder of the database, blobs and models.
        log: Log file of the daemon.
        runtime: Folder of the socket, mode 0700.
    """

    config: Path
    data: Path
    log: Path
    runtime: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "twinctl.db"

    @property
    def blobs(self) -> Path:
        """Folder of the original bytes, by tenant and content hash."""
        return self.data / "blobs"

    @property
    def models(self) -> Path:
        """Folder of model weights that were put there."""
        return self.data / "models"

    @property
    def endpoint_key(self) -> Path:
        """Key of the server that writes answers, mode 0600; it stands nowhere else."""
        return self.config.with_name("endpoint.key")

    @property
    def history(self) -> Path:
        """What was typed in `chat`."""
        return self.data / "chat_history"

    @property
    def socket(self) -> Path:
        """UNIX socket of the daemon, mode 0600."""
        return self.runtime / "daemon.sock"

    @property
    def lock(self) -> Path:
        """File that the one daemon of this home holds locked; it contains the process id.

        It lies beside the database, which is what must not be opened twice.
        """
        return self.data / "daemon.lock"


def find_home(flag: str | None = None, environ: Mapping[str, str] = os.environ) -> Home:
    """Return the home that a flag, `TWINCTL_HOME` or the platform names, in this order."""
    root = flag or environ.get("TWINCTL_HOME")
    if root:
        base = Path(root).expanduser().absolute()
        return Home(
            config=base / "config.toml", data=base, log=base / "daemon.log", runtime=base / "run"
        )
    import platformdirs

    data = platformdirs.user_data_path(APP)
    return Home(
        config=platformdirs.user_config_path(APP) / "config.toml",
        data=data,
        log=platformdirs.user_log_path(APP) / "daemon.log",
        runtime=_runtime(environ) or data / "run",
    )


def unusable(place: Path, error: OSError) -> tuple[str, str]:
    """Return why a place in a home cannot be used, and the way out, from what came of writing."""
    place = Path(error.filename or place)
    if error.errno in {errno.EEXIST, errno.ENOTDIR}:
        file = next((each for each in (place, *place.parents) if each.exists()), place)
        return f"{file} is a file, and the home must be a folder", _ANOTHER
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"you may not write {place}", _ANOTHER
    if error.errno == errno.EROFS:
        return f"{place} lies on a file system that can only be read", _ANOTHER
    if error.errno in DISK_FULL:
        return f"the disk is full: {place} cannot be written", "make room, then try again"
    return f"{place} cannot be written: {error.strerror}", _ANOTHER


def _runtime(environ: Mapping[str, str]) -> Path | None:
    """Return the folder for sockets that the system keeps for this user, if it keeps one.

    Never one in a shared temporary folder, where others could put a socket of theirs.
    """
    folders = (environ.get("XDG_RUNTIME_DIR"), f"/run/user/{os.getuid()}")
    found = next((folder for folder in folders if folder and os.access(folder, os.W_OK)), None)
    return Path(found) / APP if found else None
