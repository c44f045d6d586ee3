"""Logging of the daemon: one line an event, to standard error."""

import logging
import sys

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def set_up_logging(level: str) -> None:
    """Send log lines of `level` and above to standard error.

    Raises:
        ValueError: No such level.
    """
    logging.basicConfig(level=level, format=FORMAT, stream=sys.stderr, force=True)
    logging.captureWarnings(capture=True)
