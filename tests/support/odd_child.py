"""A child that does what its request says, for the tests of child processes."""

import os
import sys
import time
from typing import Any

from twind.processes.limits import limit_resources
from twind.processes.serve import Progress, serve_slowly


def answer(header: dict[str, Any], payload: bytes, tell: Progress) -> tuple[dict[str, Any], bytes]:
    match header["do"]:
        case "echo":
            return {"pid": os.getpid()}, payload
        case "tell":
            tell(1, 3)
            time.sleep(header["sleep_s"])
            return {"told": True}, b""
        case "print":
            sys.stdout.write("a library that talks\n")
            sys.stdout.flush()
            return {"printed": True}, b""
        case "die":
            os._exit(7)
        case "hang":
            time.sleep(600)
        case "limit":
            limit_resources(memory_bytes=1 << 28, file_bytes=1 << 10, open_files=64)
            return {"limited": True}, b""
        case "allocate":
            return {"bytes": len(bytearray(1 << 29))}, b""
    raise ValueError(header)


if __name__ == "__main__":
    serve_slowly(answer)
