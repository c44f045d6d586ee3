"""What is written about the program agrees with the program."""

import os
import re
import shlex
from pathlib import Path

import pytest
from reference import PAGES

from twinctl.cli.app import main as twinctl

ROOT = Path(__file__).parent.parent.parent
HAND_WRITTEN = [
    ROOT / "README.md",
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name not in PAGES),
]
COMMAND = re.compile(r"^ {4}(?:\$ )?twinctl\b([^|>\n]*)", re.MULTILINE)
SCRIPT = re.compile(r"(?:scripts|\.ci)/[a-z]+\b(?!\.)")
FILE = re.compile(r"`((?:daemon|docs|scripts|tests|twinctl)/[\w./-]+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)|<img src=\"([^\"]+)\"")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = [link or image for link, image in LINK.findall(path.read_text(encoding="utf-8"))]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=name_of)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    files = FILE.findall(path.read_text(encoding="utf-8"))
    assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=name_of)
def test_every_script_that_is_named_can_be_run(path: Path) -> None:
    scripts = set(SCRIPT.findall(path.read_text(encoding="utf-8")))
    assert [script for script in scripts if not os.access(ROOT / script, os.X_OK)] == []


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=name_of)
def test_every_command_line_that_is_shown_is_understood(path: Path) -> None:
    shown = COMMAND.findall(path.read_text(encoding="utf-8"))
    assert [
        line for line in shown if twinctl([*shlex.split(line, comments=True), "--help"]) != 0
    ] == []
