"""The child that writes answers with a GGUF model through llama.cpp.

Started as `python -m twind.models.gguf_child`. The first frame's header is
`{"model", "socket", "token", "prefixes", "context_tokens", "threads"}`; the answer's is
`{"context_tokens", "problem"}`, where `problem` is what llama.cpp says when it cannot load the
file, else null. From then on everything goes over the socket, see `llama_server`; the pipe only
tells the child that its daemon is gone, and that it has to take away the socket and its folder.
"""

import os
import shutil
import threading
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from twind.processes.serve import serve

PRIVATE = 0o077


def main() -> None:
    """Load the model, then write answers until the daemon goes away."""
    os.umask(PRIVATE)
    with ExitStack() as stack:
        serve(partial(_open, stack))
    os._exit(0)  # threads may be inside llama.cpp, which must not be taken down under them


def _open(
    stack: ExitStack, header: dict[str, Any], _payload: bytes
) -> tuple[dict[str, Any], bytes]:
    import llama_cpp

    from twind.models.llama import Llama, LlamaFailed
    from twind.models.llama_prefixes import PrefixStates
    from twind.models.llama_server import LlamaServer
    from twind.models.llama_writer import Writer

    model = Path(header["model"])
    try:
        llama = Llama(model, context_tokens=header["context_tokens"], threads=header["threads"])
    except LlamaFailed as error:
        return {"context_tokens": 0, "problem": str(error)}, b""
    address = Path(header["socket"])
    stack.callback(shutil.rmtree, address.parent, ignore_errors=True)
    states = PrefixStates(Path(header["prefixes"]), model, llama_cpp.__version__)
    server = LlamaServer(address, Writer(llama, states), header["token"])
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    return {"context_tokens": llama.context_tokens, "problem": None}, b""


if __name__ == "__main__":
    main()
