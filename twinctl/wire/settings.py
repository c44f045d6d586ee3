"""Every setting, its default and what it means. No I/O, no pydantic: both sides start fast.

Precedence: flag, then environment, then `config.toml`, then the default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A key of `config.toml`; a dot parts the table from the name.

    Attributes:
        key: As `twinctl config set` takes it.
        default: Value when nothing else is set; its type is the type of the setting.
        about: One sentence for people.
        minimum: Smallest number allowed.
        choices: Texts allowed; empty allows any.
        form: Pattern of a text that is typed now.
        example: Text of that form.
        is_needed: An empty text is none that could be typed.
        variable_of: Key whose environment variable sets this one too, instead of its own.
    """

    key: str
    default: Value
    about: str
    minimum: int | None = None
    choices: tuple[str, ...] = ()
    form: str = ""
    example: str = ""
    is_needed: bool = False
    variable_of: str = ""

    @property
    def variable(self) -> str:
        """Environment variable that sets it."""
        return "TWINCTL_" + (self.variable_of or self.key).replace(".", "_").upper()

    def parse(self, given: object) -> Value:
        """Return `given` as a value of this setting.

        Raises:
            ValueError: It has the wrong type or is too small; the message says so.
        """
        if isinstance(self.default, str):
            return self._parse_text(str(given))
        try:
            number = int(str(given))
        except ValueError:
            raise ValueError(f"{self.key} takes a whole number, not {given!r}") from None
        if self.minimum is not None and number < self.minimum:
            raise ValueError(f"{self.key} must be at least {self.minimum}")
        return number

    def accept(self, typed: str) -> Value:
        """Return what is typed now as a value of this setting; nothing takes a text back.

        Files and variables are read with `parse`, so that a text of another form in them keeps
        nobody from mending it.

        Raises:
            ValueError: It has the wrong type or form; the message says so.
        """
        if self.is_needed and not typed:
            raise ValueError(f"{self.key} cannot be empty")
        value = self.parse(typed)
        if self.form and value and not re.fullmatch(self.form, str(value)):
            raise ValueError(f"{self.key} takes something like {self.example}, not {value!r}")
        return value

    def _parse_text(self, text: str) -> str:
        if self.choices and text not in self.choices:
            raise ValueError(f"{self.key} takes one of {', '.join(self.choices)}, not {text!r}")
        return text


SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="twin",
        default="default",
        about="Twin that commands use without --twin; of other tenants: twins.TENANT.",
        is_needed=True,
    ),
    Setting(
        key="tenant",
        default="default",
        about="Tenant that commands use without --tenant.",
        is_needed=True,
    ),
    Setting(
        key="models.embedding",
        default="all-MiniLM-L6-v2",
        about="Embedding model: a name, a folder in sentence-transformers form, or 'none'.",
        is_needed=True,
    ),
    Setting(
        key="models.keep_alive_s",
        default=300,
        about="Seconds a model stays loaded after use; 0 ends it at once, -1 never.",
        minimum=-1,
    ),
    Setting(
        key="models.generator",
        default="extractive",
        about="What writes answers: 'extractive' (sentences of the sources), 'gguf:NAME' (a file "
        "of the models folder) or 'endpoint'.",
        is_needed=True,
    ),
    Setting(
        key="models.endpoint_url",
        default="",
        about="Address of a server that speaks the OpenAI protocol, such as "
        "http://127.0.0.1:11434/v1.",
    ),
    Setting(
        key="models.endpoint_model",
        default="",
        about="Model to ask the server of models.endpoint_url for.",
    ),
    Setting(
        key="models.context_tokens",
        default=4096,
        about="Tokens that what a model reads and what it writes share.",
        minimum=512,
    ),
    Setting(
        key="models.answer_tokens",
        default=400,
        about="Most tokens a model writes for an answer.",
        minimum=16,
    ),
    Setting(
        key="models.threads",
        default=0,
        about="Threads of a local model; 0 takes all cores.",
        minimum=0,
    ),
    Setting(
        key="ingest.max_file_mb",
        default=200,
        about="Largest file that is taken, in megabytes.",
        minimum=1,
    ),
    Setting(
        key="ingest.timeout_s",
        default=120,
        about="Seconds the extraction of one file may take without getting a page further.",
        minimum=1,
    ),
    Setting(
        key="ingest.memory_mb",
        default=2048,
        about="Memory the extraction of one file may take, in megabytes.",
        minimum=256,
    ),
    Setting(
        key="ingest.fetch_timeout_s",
        default=120,
        about="Seconds that fetching one page or document of the web may take.",
        minimum=1,
    ),
    Setting(
        key="ingest.languages",
        default="en",
        about="Languages of captions to look for, the dearest first, with commas; empty for the "
        "language that is spoken.",
    ),
    Setting(
        key="ingest.private_hosts",
        default="",
        about="Hosts (or host:port) of private networks that may be fetched from, with commas.",
    ),
    Setting(
        key="watch.quiet_ms",
        default=1500,
        about="Milliseconds that a file of a watched folder must be still before it is taken.",
        minimum=1,
    ),
    Setting(
        key="public.listen",
        default="",
        about="Address (host:port) on which visitors reach the twins; empty keeps it off until "
        "'twinctl widget serve'.",
        form=r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5}",
        example="127.0.0.1:8080",
    ),
    Setting(
        key="public.url",
        default="",
        about="Address that visitors know it by, such as https://twin.example.com; snippets and "
        "share links are made of it.",
        form=r"https?://[^\s/?#@]+(/[^\s?#]*)?",
        example="https://twin.example.com",
    ),
    Setting(
        key="public.proxies",
        default="",
        about="Addresses or networks of reverse proxies whose X-Forwarded-For is believed, with "
        "commas.",
        form=r"[0-9A-Fa-f:./]+([\s,]+[0-9A-Fa-f:./]+)*",
        example="127.0.0.1, 10.0.0.0/8",
    ),
    Setting(
        key="audience.retention_days",
        default=365,
        about="Days that questions, and the conversations of visitors, are kept.",
        minimum=1,
    ),
    Setting(
        key="daemon.drain_s",
        default=20,
        about="Seconds that running jobs get to reach a checkpoint when the daemon stops.",
        minimum=0,
    ),
    Setting(
        key="log.level",
        default="info",
        about="Detail of the daemon's log.",
        choices=("debug", "info", "warning", "error"),
    ),
)

BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}

_TWIN_OF = re.compile(r"twins\.(?!default$)([a-z0-9-]+)")
"""Keys of the twins that are used in other tenants than `default`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The value in force and where it came from: `environment`, `file` or `default`."""

    setting: Setting
    value: Value
    origin: str


class VariableInvalid(ValueError):
    """A variable of the environment holds what its setting does not take.

    Attributes:
        variable: Its name.
    """

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(f"{variable}: {reason}")
        self.variable = variable


def flatten(tables: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return nested tables as dotted keys."""
    flat: dict[str, Any] = {}
    for name, value in tables.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def resolve(tables: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Resolved]:
    """Return every setting by key, from the tables of `config.toml` and the environment.

    Raises:
        VariableInvalid: A value of the environment is wrong.
        ValueError: A key is unknown (the nearest known one is named) or a value is wrong.
    """
    given = flatten(tables)
    known = (*SETTINGS, *(find(key) for key in given if key not in BY_KEY))
    return {setting.key: _resolve_one(setting, given, environ) for setting in known}


def twin_setting(tenant: str) -> Setting:
    """Return the setting of the twin that commands use in a tenant."""
    usual = BY_KEY["twin"]
    if tenant == BY_KEY["tenant"].default:
        return usual
    return Setting(
        key=f"twins.{tenant}",
        default=usual.default,
        about=f"Twin that commands use without --twin in the tenant '{tenant}'.",
        is_needed=usual.is_needed,
        variable_of=usual.key,
    )


def _resolve_one(
    setting: Setting, given: Mapping[str, Any], environ: Mapping[str, str]
) -> Resolved:
    if environ.get(setting.variable):
        value, origin = _of_environment(setting, environ), "environment"
    elif setting.key in given:
        value, origin = setting.parse(given[setting.key]), "file"
    else:
        value, origin = setting.default, "default"
    return Resolved(setting=setting, value=value, origin=origin)


def _of_environment(setting: Setting, environ: Mapping[str, str]) -> Value:
    try:
        return setting.parse(environ[setting.variable])
    except ValueError as error:
        raise VariableInvalid(setting.variable, str(error)) from error


def find(key: str) -> Setting:
    """Return the setting of a key.

    Raises:
        ValueError: No such key; the nearest one is named.
    """
    if key in BY_KEY:
        return BY_KEY[key]
    chosen = _TWIN_OF.fullmatch(key)
    if chosen:
        return twin_setting(chosen[1])
    from difflib import get_close_matches

    near = get_close_matches(key, BY_KEY, n=1)
    raise ValueError(
        f"there is no setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    )
