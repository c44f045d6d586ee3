"""Changing a few values in the owner's editor, as TOML."""

import json
import os
import shlex
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from twinctl.errors import Misused


def edit_values(values: Mapping[str, str], title: str) -> dict[str, str]:
    """Return the values that were changed in the editor.

    Raises:
        Misused: The editor failed, or what it left is no TOML or holds another key.
    """
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    with tempfile.TemporaryDirectory(prefix="twinctl-") as folder:
        path = Path(folder) / "edit.toml"
        path.write_text("\n".join([f"# {title}", *lines, ""]), "utf-8")
        _open_editor(path)
        try:
            edited = tomllib.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise Misused(f"what you saved is not TOML: {error}") from error
    for name, value in edited.items():
        if name not in values or not isinstance(value, str):
            raise Misused(f"{name} cannot be set here", hint=f"keys: {', '.join(values)}")
    return {name: value for name, value in edited.items() if value != values[name]}


def _open_editor(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603
    except OSError as error:
        raise Misused(f"the editor {editor!r} cannot be started", hint="set EDITOR") from error
    if done.returncode:
        raise Misused(f"the editor {editor!r} ended with {done.returncode}; nothing was changed")
