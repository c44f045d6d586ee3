"""The settings in force, read once at start."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from twinctl.paths import Home
from twinctl.wire.settings import Resolved, VariableInvalid, resolve
from twind.errors import InvalidInput
from twind.models.generators import GeneratorOptions

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the daemon runs with; sizes in bytes, times in seconds."""

    embedding_model: str
    keep_alive_s: float
    generator: str
    endpoint_url: str
    endpoint_model: str
    context_tokens: int
    answer_tokens: int
    threads: int
    max_file_bytes: int
    fetch_timeout_s: float
    private_hosts: str
    languages: tuple[str, ...]
    quiet_s: float
    extract_timeout_s: float
    extract_memory_bytes: int
    public_listen: str
    public_url: str
    public_proxies: str
    retention_days: int
    drain_s: float
    log_level: str

    @classmethod
    def load(cls, config: Path, environ: Mapping[str, str] = os.environ) -> Self:
        """Read `config.toml` and the environment.

        Raises:
            InvalidInput: The file is not TOML, a key is unknown, or a value in it or in the
                environment is wrong.
        """
        try:
            tables = tomllib.loads(config.read_text(encoding="utf-8")) if config.exists() else {}
            values = resolve(tables, environ)
        except VariableInvalid as error:
            hint = f"unset or correct {error.variable}"
            raise InvalidInput(str(error), hint=hint) from error
        except (OSError, ValueError) as error:
            raise InvalidInput(f"{config}: {error}", hint="see: twinctl config list") from error
        return cls._from(values)

    def generator_options(self, home: Home) -> GeneratorOptions:
        """Return what the registry of generators builds from."""
        return GeneratorOptions(
            name=self.generator,
            endpoint_url=self.endpoint_url,
            endpoint_model=self.endpoint_model,
            context_tokens=self.context_tokens,
            threads=self.threads,
            keep_alive_s=self.keep_alive_s,
            models=home.models,
            key_file=home.endpoint_key,
        )

    @classmethod
    def _from(cls, values: Mapping[str, Resolved]) -> Self:
        def number(key: str) -> float:
            return float(values[key].value)

        return cls(
            embedding_model=str(values["models.embedding"].value),
            keep_alive_s=number("models.keep_alive_s"),
            generator=str(values["models.generator"].value),
            endpoint_url=str(values["models.endpoint_url"].value),
            endpoint_model=str(values["models.endpoint_model"].value),
            context_tokens=int(number("models.context_tokens")),
            answer_tokens=int(number("models.answer_tokens")),
            threads=int(number("models.threads")),
            max_file_bytes=int(number("ingest.max_file_mb")) * MEGABYTE,
            fetch_timeout_s=number("ingest.fetch_timeout_s"),
            private_hosts=str(values["ingest.private_hosts"].value),
            languages=tuple(str(values["ingest.languages"].value).replace(",", " ").split()),
            quiet_s=number("watch.quiet_ms") / 1000,
            extract_timeout_s=number("ingest.timeout_s"),
            extract_memory_bytes=int(number("ingest.memory_mb")) * MEGABYTE,
            public_listen=str(values["public.listen"].value),
            public_url=str(values["public.url"].value),
            public_proxies=str(values["public.proxies"].value),
            retention_days=int(number("audience.retention_days")),
            drain_s=number("daemon.drain_s"),
            log_level=str(values["log.level"].value).upper(),
        )
