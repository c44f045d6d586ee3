"""Join the modules and the style sheet of the widget into the one small script that is served."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import minify

ASSETS = Path(__file__).parent.parent / "daemon" / "twind" / "public" / "assets"
PARTS = ASSETS / "widget"
SCRIPT = ASSETS / "widget.js"
NOTE = "// Written by scripts/widget from widget/.\n"

_IMPORT = re.compile(r'^import .* from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def script() -> str:
    """Return the script: all modules in one scope that nothing of the page can see."""
    constants = {
        "STYLE": minify.string("text/css", (PARTS / "widget.css").read_text()),
        **_words(),
    }
    declared = "".join(f"const {name} = {json.dumps(it)};\n" for name, it in constants.items())
    modules = "".join(_modules("start", set()))
    whole = f'(() => {{ "use strict";\n{declared}{modules}}})();'
    return f"{NOTE}{minify.string('text/javascript', whole)}\n"


def _words() -> dict[str, object]:
    """Return the strings of each language as a list, and once the keys that they go by."""
    paths = sorted((PARTS / "strings").glob("*.json"))
    languages = {path.stem: json.loads(path.read_text()) for path in paths}
    keys = list(languages["en"])
    listed = {tag: [words.get(key) for key in keys] for tag, words in languages.items()}
    return {"KEYS": keys, "STRINGS": listed}


def _modules(name: str, known: set[str]) -> Iterator[str]:
    """Yield a module after those that it imports, each once."""
    if name in known:
        return
    known.add(name)
    module = (PARTS / f"{name}.js").read_text()
    for imported in _IMPORT.findall(module):
        yield from _modules(imported, known)
    yield _EXPORT.sub("", _IMPORT.sub("", module))


def main() -> int:
    """Write, or compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    is_check = parser.parse_args().check
    wanted = script()
    if not is_check:
        SCRIPT.write_text(wanted)
    elif not SCRIPT.is_file() or SCRIPT.read_text() != wanted:
        print("out of date: widget.js; run scripts/widget", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
