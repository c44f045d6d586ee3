import dataclasses
import logging
from pathlib import Path

import pytest

from tests.support.endpoint import KEY, loopback_endpoint, openai_error
from twind.errors import GeneratorFailed, ModelUnavailable
from twind.models.base import Prompt
from twind.models.generators import GeneratorOptions, GeneratorRegistry

PROMPTS = [Prompt(role="user", content="Who wrote it?")]


class Settings:
    """Settings that a test changes while the registry is in use."""

    def __init__(self, folder: Path, **changes: object) -> None:
        plain = GeneratorOptions(
            name="extractive",
            endpoint_url="",
            endpoint_model="",
            context_tokens=2048,
            threads=1,
            keep_alive_s=300,
            models=folder / "models",
            key_file=folder / "endpoint.key",
        )
        self.options = dataclasses.replace(plain, **changes)  # type: ignore[arg-type]

    def __call__(self) -> GeneratorOptions:
        return self.options

    def change(self, **changes: object) -> None:
        self.options = dataclasses.replace(self.options, **changes)  # type: ignore[arg-type]


def test_at_first_sentences_of_the_sources_answer(tmp_path: Path) -> None:
    registry = GeneratorRegistry(Settings(tmp_path))
    assert (registry.current, registry.name, registry.problem) == (None, "extractive", None)
    assert registry.examine().startswith("extractive")
    registry.close()


def test_a_server_of_the_settings_writes(tmp_path: Path) -> None:
    with loopback_endpoint() as endpoint:
        registry = GeneratorRegistry(
            Settings(tmp_path, name="endpoint", endpoint_url=endpoint.url, endpoint_model="llama3")
        )
        assert registry.current is not None
        assert (registry.name, registry.current.context_tokens) == ("endpoint:llama3", 2048)
        assert "".join(registry.current.stream(PROMPTS, max_tokens=9)) == "All is well."
        assert registry.examine() == f"llama3 at {endpoint.url}"
        registry.close()


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"name": "endpoint", "endpoint_model": "llama3"}, "models.endpoint_url"),
        ({"name": "endpoint", "endpoint_url": "http://localhost/v1"}, "models.endpoint_model"),
        ({"name": "gguf:none.gguf"}, "models list"),
        ({"name": "gguf:../endpoint.key"}, "models list"),
        ({"name": "gguf:"}, "models list"),
        ({"name": "gpt"}, "models list"),
    ],
)
def test_settings_that_name_nothing_leave_the_sources_to_answer(
    tmp_path: Path, changes: dict[str, str], hint: str
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "endpoint.key").touch()
    registry = GeneratorRegistry(Settings(tmp_path, **changes))
    assert (registry.current, registry.name) == (None, "extractive")
    assert registry.problem is not None
    assert hint in (registry.problem.hint or "")
    with pytest.raises(ModelUnavailable):
        registry.examine()


def test_what_writes_is_exchanged_by_the_settings_of_the_moment(tmp_path: Path) -> None:
    settings = Settings(tmp_path, name="endpoint")
    registry = GeneratorRegistry(settings)
    assert registry.name == "extractive"
    settings.change(endpoint_url="http://localhost:1/v1", endpoint_model="phi")
    registry.use("endpoint")
    assert (registry.name, registry.problem) == ("endpoint:phi", None)
    registry.use("extractive")
    assert registry.current is None


def test_a_name_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(
        tmp_path, name="endpoint", endpoint_url="http://localhost:1/v1", endpoint_model="phi"
    )
    registry = GeneratorRegistry(settings)
    with pytest.raises(ModelUnavailable):
        registry.use("gguf:none.gguf")
    assert registry.name == "endpoint:phi"


def test_a_changed_key_is_used_at_once_and_never_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = tmp_path / "endpoint.key"
    key.touch(0o600)
    with loopback_endpoint() as endpoint:
        endpoint.key = KEY
        registry = GeneratorRegistry(
            Settings(tmp_path, name="endpoint", endpoint_url=endpoint.url, endpoint_model="llama3")
        )
        assert registry.current is not None
        for wrong in ("", "sk-wrong"):
            key.write_text(wrong)
            with pytest.raises(GeneratorFailed, match="key"):
                list(registry.current.stream(PROMPTS, max_tokens=9))
        key.write_text(KEY)
        assert "".join(registry.current.stream(PROMPTS, max_tokens=9)) == "All is well."
        endpoint.replies = [openai_error(500, f"Bearer {KEY} broke me")]
        with pytest.raises(GeneratorFailed) as caught:
            list(registry.current.stream(PROMPTS, max_tokens=9))
    assert KEY not in f"{caught.value.message}{caplog.text}"


def test_prefixes_are_forgotten_whatever_writes_now(tmp_path: Path) -> None:
    registry = GeneratorRegistry(Settings(tmp_path))
    registry.forget_prefixes()
    folder = tmp_path / "models" / "prefixes"
    folder.mkdir(parents=True)
    for name in ("whole.state", "begun.part"):
        (folder / name).write_bytes(b"You are Ada.")
    registry.forget_prefixes()
    assert list(folder.iterdir()) == []
    registry.close()


def test_a_prefix_that_cannot_be_deleted_is_told_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    registry = GeneratorRegistry(Settings(tmp_path))
    (tmp_path / "models" / "prefixes" / "a-folder").mkdir(parents=True)
    registry.forget_prefixes()
    assert "the state of a prefix is not deleted" in caplog.text
    registry.close()
