from pathlib import Path

import pytest

from twinctl.cli.editor import edit_values
from twinctl.errors import Misused


def _editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(path))


def test_only_what_was_changed_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _editor(tmp_path, monkeypatch, """sed -i 's/^name = .*/name = "Grace"/' "$1" """)
    assert edit_values({"name": 'A "B"\n', "slug": "ada"}, "twin ada") == {"name": "Grace"}


def test_values_travel_unharmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _editor(tmp_path, monkeypatch, "true")
    assert edit_values({"name": 'Zoë "Z"\n\t\\', "slug": ""}, "twin") == {}


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('echo "not toml" >> "$1"', "not TOML"),
        ('echo \'id = "x"\' >> "$1"', "id cannot be set"),
        ("exit 3", "ended with 3"),
    ],
)
def test_an_edit_that_cannot_be_used_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    _editor(tmp_path, monkeypatch, script)
    with pytest.raises(Misused, match=words):
        edit_values({"name": "Ada"}, "twin ada")
