"""A child whose answers carry the numbers of their requests, for the tests of shared children."""

import os
import time
from typing import Any

from twind.processes.frames import NUMBER
from twind.processes.serve import serve


def answer(header: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
    if header["do"] == "hang":
        time.sleep(600)
    if header["do"] == "die" or header.get("die_as") == os.getpid():
        os._exit(7)
    return {NUMBER: header[NUMBER], "word": header.get("word"), "pid": os.getpid()}, b""


if __name__ == "__main__":
    serve(answer)
