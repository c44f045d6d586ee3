"""What the command line loads, in a fresh interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "torch",
    "numpy",
    "sentence_transformers",
    "pydantic",
    "fastapi",
    "uvicorn",
    "textual",
    "rich",
    "sqlite3",
    "pysqlite3",
    "sqlite_vec",
    "sqlite_utils",
    "http.client",
    "tomlkit",
    "twind",
}

SCRIPT = """
import sys
from twinctl.cli.app import main
main(sys.argv[1:])
sys.stderr.write("\\n".join(sys.modules))
"""


def _loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["version"], ["ingest", "--help"], ["tui", "--help"], []]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert _loaded(*arguments) & HEAVY == set()


def test_status_loads_no_more_than_http(tmp_path: Path) -> None:
    loaded = _loaded("status", "--home", str(tmp_path))
    assert loaded & HEAVY == {"http.client"}
