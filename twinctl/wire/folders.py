"""Which names of a folder are content. Free of pydantic: both sides start fast."""

import re
from fnmatch import translate
from pathlib import PurePath

from twinctl.wire.formats import FOLDER_SUFFIXES

IGNORE_FILE = ".twinignore"
"""Says in gitignore syntax what a watched folder keeps to itself."""

_LITTER = (
    # Office programs and editors at work.
    *("~$*", "*~", "#*#", "*.bak", "*.tmp", "*.temp", "*.swp", "*.autosave"),
    # Downloads and synchronisation that are not done.
    *("*.part", "*.partial", "*.crdownload", "*.download", "*.filepart", "*.opdownload"),
    *("~syncthing~*", "*.!sync", "*.!ut"),
    # What systems and servers leave.
    *(
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "Icon\r",
        "$RECYCLE.BIN",
        "#recycle",
        "#snapshot",
    ),
    *("@eaDir", "System Volume Information", "lost+found", "__MACOSX"),
    # What programs make of source code.
    *("node_modules", "__pycache__"),
)

_is_litter = re.compile("|".join(map(translate, _LITTER))).match


def is_left_out(name: str) -> bool:
    """Return whether a file or folder is hidden, or is litter of an editor or a system."""
    return name.startswith(".") or _is_litter(name) is not None


def is_content(name: str) -> bool:
    """Return whether a file of this name is taken from a folder."""
    return PurePath(name).suffix.lower() in FOLDER_SUFFIXES and not is_left_out(name)
