from pathlib import Path

import pytest

from twinctl.config import (
    find_setting,
    read_settings,
    remove_setting,
    settings_in,
    write_setting,
)
from twinctl.errors import ConfigInvalid, Misused


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('twin = "ada"\ntenant = "acme"\n')
    settings = read_settings(path, {"TWINCTL_TENANT": "other"})
    held = {key: (settings[key].value, settings[key].origin) for key in ("twin", "tenant")}
    assert held == {"twin": ("ada", "file"), "tenant": ("other", "environment")}
    assert settings["log.level"].origin == "default"


@pytest.mark.parametrize(
    ("tenant", "environ", "twin", "origin"),
    [
        ("default", {}, "ada", "file"),
        ("acme", {}, "grace", "file"),
        ("other", {}, "default", "default"),
        ("acme", {"TWINCTL_TWIN": "hedy"}, "hedy", "environment"),
        ("other", {"TWINCTL_TWIN": "hedy"}, "hedy", "environment"),
        ("No Such.Name", {}, "default", "default"),
    ],
)
def test_each_tenant_has_its_own_twin_in_use(
    tmp_path: Path, tenant: str, environ: dict[str, str], twin: str, origin: str
) -> None:
    path = tmp_path / "config.toml"
    write_setting(path, "twin", "ada")
    write_setting(path, "twins.acme", "grace")
    settings = settings_in(tenant, read_settings(path, environ))
    key = "twin" if tenant == "default" else f"twins.{tenant}"
    assert (settings[key].value, settings[key].origin) == (twin, origin)


@pytest.mark.parametrize("key", ["twins.default", "twins.Acme", "twins.", "twins.a.b", "twins"])
def test_no_other_key_is_that_of_a_tenants_twin(key: str) -> None:
    with pytest.raises(Misused, match="there is no setting"):
        find_setting(key)


def test_a_wrong_variable_is_named_and_not_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    with pytest.raises(ConfigInvalid, match=r"^TWINCTL_MODELS_THREADS: models\.threads") as told:
        read_settings(path, {"TWINCTL_MODELS_THREADS": "all"})
    assert told.value.hint == "unset or correct TWINCTL_MODELS_THREADS"


def test_writing_keeps_comments_and_other_keys(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\ntwin = "ada"  # the first\n\n[ingest]\ntimeout_s = 60 # slow disk\n')
    write_setting(path, "ingest.max_file_mb", "500")
    write_setting(path, "twin", "grace")
    text = path.read_text()
    assert "# mine" in text
    assert "# the first" in text
    assert "timeout_s = 60 # slow disk" in text
    settings = read_settings(path, {})
    assert (settings["twin"].value, settings["ingest.max_file_mb"].value) == ("grace", 500)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '# mine\n[twins]\nacme = "a"\nother = "o" # here\n',
            '# mine\n[twins]\nother = "o" # here\n',
        ),
        ('twins.acme = "a"\ntwin = "ada"\n', 'twin = "ada"\n'),
        ('twin = "ada"\n', 'twin = "ada"\n'),
    ],
)
def test_removing_takes_one_key_and_keeps_the_rest(
    tmp_path: Path, before: str, after: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(before)
    remove_setting(path, "twins.acme")
    assert path.read_text() == after


def test_removing_from_no_file_makes_none(tmp_path: Path) -> None:
    remove_setting(tmp_path / "config.toml", "twins.acme")
    assert not (tmp_path / "config.toml").exists()


def test_a_new_file_is_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    write_setting(path, "models.keep_alive_s", "-1")
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="did you mean 'twin'"):
        find_setting("twn")
    path = tmp_path / "config.toml"
    path.write_text("twn = 'ada'\n")
    with pytest.raises(ConfigInvalid, match="did you mean 'twin'"):
        read_settings(path, {})


@pytest.mark.parametrize("value", ["many", "0"])
def test_a_wrong_value_is_refused_and_nothing_is_written(tmp_path: Path, value: str) -> None:
    path = tmp_path / "config.toml"
    with pytest.raises(Misused, match=r"ingest\.max_file_mb"):
        write_setting(path, "ingest.max_file_mb", value)
    assert not path.exists()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("twin = \n")
    for act in (lambda: read_settings(path, {}), lambda: write_setting(path, "twin", "ada")):
        with pytest.raises(ConfigInvalid, match=r"config\.toml"):
            act()


def test_a_value_where_a_table_should_be_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("models = 3\n")
    with pytest.raises(ConfigInvalid):
        write_setting(path, "models.embedding", "none")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("public.listen", "8080"),
        ("public.listen", "127.0.0.1"),
        ("public.url", "twin.example.com"),
        ("public.url", "ftp://twin.example.com"),
        ("public.url", "https://twin.example.com/?a=b"),
        ("public.proxies", "my proxy"),
    ],
)
def test_a_text_of_another_form_is_not_written(tmp_path: Path, key: str, text: str) -> None:
    path = tmp_path / "config.toml"
    with pytest.raises(Misused, match=f"{key} takes something like "):
        write_setting(path, key, text)
    assert not path.exists()


@pytest.mark.parametrize("key", ["twin", "twins.acme", "tenant", "models.embedding"])
def test_nothing_is_no_name(tmp_path: Path, key: str) -> None:
    path = tmp_path / "config.toml"
    with pytest.raises(Misused, match=f"{key} cannot be empty"):
        write_setting(path, key, "")
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("public.listen", "[::1]:8080"),
        ("public.listen", "0.0.0.0:80"),
        ("public.url", "https://twin.example.com:8443/chat"),
        ("public.proxies", "127.0.0.1, ::1 10.0.0.0/8"),
        ("public.url", ""),
    ],
)
def test_a_text_of_its_form_is_written_and_none_takes_it_back(
    tmp_path: Path, key: str, text: str
) -> None:
    path = tmp_path / "config.toml"
    assert write_setting(path, key, text) == text
    assert read_settings(path, {})[key].value == text


def test_a_text_of_another_form_in_the_file_can_still_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[public]\nlisten = "8080"\n')
    assert read_settings(path, {})["public.listen"].value == "8080"
    write_setting(path, "public.listen", "127.0.0.1:8080")
    assert read_settings(path, {})["public.listen"].value == "127.0.0.1:8080"
