"""A twin as a document that its owner edits: TOML, with what is asked above each value."""

import difflib
import tomllib
from collections.abc import Mapping

from twinctl.client.requests import checked
from twinctl.errors import Misused
from twinctl.wire.twins import TwinOut, TwinPatch

_TABLE = "persona"
_ASKED = {
    "name": "Name as people read it.",
    "slug": "Short name for commands and addresses.",
    "description": "What it knows about, up to 2,000 characters.",
    "persona.voice": "How it speaks, for a model that writes; up to 2,000 characters. Text of\n"
    'several lines stands between """ and """.',
    "persona.language": 'Language of its answers, such as "en" or "de-AT"; "" for that of the\n'
    "question.",
    "persona.greeting": "What it says when a chat begins, up to 500 characters.",
    "persona.refusal": "What it says when its sources do not answer, up to 500 characters;\n"
    '"" for the usual words.',
    "persona.mode": '"strict" says what sources say. "guided" may connect what they say; each\n'
    "sentence still has its source.",
}


def write_document(twin: TwinOut) -> str:
    """Return a twin as a document."""
    lines = [f"# Twin {twin.slug}. Save to change it; what you leave out stays as it is."]
    for name, value in _values(twin).items():
        if name == f"{_TABLE}.voice":
            lines += ["", f"[{_TABLE}]"]
        lines += ["", *(f"# {line}" for line in _ASKED[name].splitlines())]
        lines += [f"{name.rpartition('.')[2]} = {_quoted(value)}"]
    return "\n".join([*lines, ""])


def read_document(text: str, twin: TwinOut) -> TwinPatch:
    """Return what a document changes of a twin; a key that is missing changes nothing.

    Raises:
        Misused: It is no TOML, or a key or value is wrong.
    """
    try:
        written = _flat(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Misused(f"this is not TOML: {error}") from error
    now = _values(twin)
    for name, value in written.items():
        _check(name, value, now)
    changes = {name: value for name, value in written.items() if value != now[name]}
    persona = {
        name.removeprefix(f"{_TABLE}."): changes.pop(name)
        for name in list(changes)
        if name.startswith(f"{_TABLE}.")
    }
    return checked(TwinPatch, **changes, **({_TABLE: persona} if persona else {}))


def _values(twin: TwinOut) -> dict[str, str]:
    persona = {f"{_TABLE}.{name}": value for name, value in twin.persona.model_dump().items()}
    own = {"name": twin.name, "slug": twin.slug, "description": twin.description}
    return {name: {**own, **persona}[name] for name in _ASKED}


def _flat(tables: Mapping[str, object]) -> dict[str, object]:
    persona = tables.get(_TABLE, {})
    if not isinstance(persona, dict):
        return dict(tables)
    own = {name: value for name, value in tables.items() if name != _TABLE}
    return {**own, **{f"{_TABLE}.{name}": value for name, value in persona.items()}}


def _check(name: str, value: object, known: Mapping[str, str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        meant = f"; did you mean {near[0]}?" if near else f"; keys: {', '.join(known)}"
        raise Misused(f"{name} cannot be set here{meant}")
    if not isinstance(value, str):
        raise Misused(f'{name}: takes text between " and "')


def _quoted(value: str) -> str:
    """Return text as TOML writes it: several lines below one another, other text on one."""
    import tomlkit

    is_long = "\n" in value and value == value.strip() and "\r" not in value
    quoted = tomlkit.string(value, multiline=is_long).as_string()
    return quoted.replace('"""', '"""\n', 1) if is_long else quoted
