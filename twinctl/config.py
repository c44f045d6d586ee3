"""`config.toml`: which settings are in force, and changing one while keeping the comments."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from twinctl.errors import ConfigInvalid, Misused, NotAllowed, TwinctlError
from twinctl.paths import Home, unusable
from twinctl.wire.settings import (
    BY_KEY,
    Resolved,
    Setting,
    Value,
    VariableInvalid,
    find,
    resolve,
    twin_setting,
)


def read_settings(path: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Resolved]:
    """Return every setting by its key, from `path` and the environment.

    Raises:
        ConfigInvalid: The file cannot be read, or a key or value in it or a variable is wrong.
    """
    try:
        return resolve(_tables(path), environ)
    except VariableInvalid as error:
        raise ConfigInvalid(str(error), hint=f"unset or correct {error.variable}") from error
    except ValueError as error:
        raise ConfigInvalid(f"{path}: {error}", hint=f"edit {path}") from error


def settings_in(tenant: str, settings: Mapping[str, Resolved]) -> dict[str, Resolved]:
    """Return the settings with that of the twin used in a tenant, which a file may lack."""
    setting, usual = twin_setting(tenant), settings["twin"]
    value, origin = setting.default, "default"
    if usual.origin == "environment":
        value, origin = usual.value, usual.origin
    return {setting.key: Resolved(setting=setting, value=value, origin=origin), **settings}


def is_for_commands(key: str) -> bool:
    """Return whether commands read a setting; the daemon reads all others, when it starts."""
    return key == "tenant" or find(key).variable == BY_KEY["twin"].variable


def find_setting(key: str) -> Setting:
    """Return the setting of a key that was typed.

    Raises:
        Misused: No such key; the nearest one is named.
    """
    try:
        return find(key)
    except ValueError as error:
        raise Misused(str(error), hint="twinctl config list") from error


def write_setting(path: Path, key: str, text: str) -> Value:
    """Put a value into `path`, leaving all else in it as it is; return the value.

    Raises:
        Misused: The key is unknown or the value has the wrong type.
        ConfigInvalid: The file is not TOML.
    """
    setting = find_setting(key)
    try:
        value = setting.accept(text)
    except ValueError as error:
        raise Misused(str(error)) from error
    *tables, name = key.split(".")
    with _changing(path) as document:
        place = document
        for table in tables:
            place = place.setdefault(table, {})
        place[name] = value
    return value


def remove_setting(path: Path, key: str) -> None:
    """Take a setting out of `path`, where it need not be, leaving all else in it as it is.

    Raises:
        ConfigInvalid: The file is not TOML.
    """
    if not path.exists():
        return
    *tables, name = key.split(".")
    with _changing(path) as document:
        place = document
        for table in tables:
            place = place.get(table, {})
        place.pop(name, None)


def write_endpoint_key(home: Home, key: str) -> None:
    """Keep the key of the server that writes answers, in a file of its own that only we read.

    Raises:
        Misused: It is not one line of letters, digits and signs.
    """
    key = key.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise Misused("that is no key: a key is one line without spaces")
    _replace(home.endpoint_key, key + "\n")


@contextmanager
def _changing(path: Path) -> Iterator[Any]:
    """Yield what stands in a file, to be changed in place, and write it afterwards."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
        yield document
    except (TOMLKitError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise ConfigInvalid(f"{path} cannot be changed: {error}", hint=f"edit {path}") from error
    _replace(path, tomlkit.dumps(document))


def _tables(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigInvalid(f"{path} cannot be read: {error.strerror}") from error


def _replace(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all.

    Raises:
        TwinctlError: The home cannot be used.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        message, hint = unusable(path, error)
        kind = NotAllowed if isinstance(error, PermissionError) else TwinctlError
        raise kind(message, hint=hint) from error
