"""The child that fetches files of a published model through the hub's own library.

Started as `python -m twind.models.fetch_child FOLDER`. A request's header is `{"repository",
"revision", "path", "sha256"}`; the answer's is `{"problem": null}` once the file lies in the
folder and is the one that was asked for, else the problem in words.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from twind.processes.serve import serve

PRIVATE = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    # One way of transfer, plain HTTP, which goes on where it was cut off.
    "HF_HUB_DISABLE_XET": "1",
}


def main() -> None:
    """Fetch files until the daemon goes away."""
    os.environ |= PRIVATE
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError

    folder = Path(sys.argv[1])

    def fetch(header: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            hf_hub_download(
                header["repository"],
                header["path"],
                revision=header["revision"],
                local_dir=folder,
            )
        except (HfHubHTTPError, OSError) as error:
            return {"problem": str(error)}, b""
        return {"problem": _problem(folder / header["path"], header["sha256"])}, b""

    serve(fetch)


def _problem(path: Path, sha256: str) -> str | None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found == sha256:
        return None
    path.unlink()
    return f"{path.name} is not the file that was examined: its checksum is {found}"


if __name__ == "__main__":
    main()
