import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.terminal import Terminal

COMMANDS = [
    "status",
    "doctor",
    "version",
    *(f"daemon {verb}" for verb in ("start", "stop", "restart", "status", "run", "logs")),
    *(f"twin {verb}" for verb in ("create", "list", "show", "use", "edit", "delete")),
    "ingest",
    *(f"sources {verb}" for verb in ("list", "show", "text", "delete", "reindex")),
    *(f"jobs {verb}" for verb in ("list", "show", "logs", "cancel", "retry")),
    "search",
    "ask",
    "chat",
    *(f"config {verb}" for verb in ("get", "set", "list", "path")),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_by_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from twinctl.cli.app import main

    assert main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Examples:\n  twinctl " in shown.replace("pbpaste | ", "")
    assert "Global options:" in shown


@pytest.mark.parametrize(
    "group", ["", "conversations", "audience", "audience gaps", "keys", "jobs"]
)
def test_what_a_verb_does_is_told_to_the_end(
    group: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from twinctl.cli.app import main

    assert main([*group.split(), "--help"]) == 0
    verbs = capsys.readouterr().out.partition("Commands:")[2].partition("Examples:")[0]
    assert verbs.strip().endswith(".")
    assert "..." not in verbs


def test_no_verb_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    from twinctl.cli.app import main

    assert main([]) == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("sttus", "Did you mean 'status'?"),
        ("sources lst", "Did you mean 'list'"),
        ("status --jso", "Did you mean '--json'?"),
        ("ingest --no-wai x", "--no-wait"),
        ("config get twn", "did you mean 'twin'?"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(
    line: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from twinctl.cli.app import main

    assert main(line.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert meant in shown.err
    assert "hint: " in shown.err


@pytest.mark.parametrize(
    "line",
    ["ask", "ask ' '", "search -k 0 x", "search -k 101 x", "twin use", "ask why --twin="],
)
def test_wrong_usage_ends_with_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    from twinctl.cli.app import main

    assert main([word.strip("'") for word in line.split(maxsplit=3)]) == 2
    assert capsys.readouterr().out == ""


def test_without_a_daemon_and_no_start_it_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    from twinctl.cli.app import main

    assert main(["sources", "--no-start", "--json"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "error: the daemon is not running\nhint: twinctl daemon start\n"


def test_the_version_is_told_to_whoever_asks_as_of_other_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from twinctl.cli.app import main

    assert (main(["version"]), main(["--version"])) == (0, 0)
    command, option = capsys.readouterr().out.splitlines()
    assert command == option


def test_global_options_work_on_both_sides_of_the_verb(daemon: LiveDaemon) -> None:
    before = daemon.run("--json", "--twin", "default", "twin", "show")
    after = daemon.run("twin", "show", "--twin=default", "--json")
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_a_twin_or_tenant_that_is_not_there_ends_with_4(daemon: LiveDaemon) -> None:
    for arguments in (["sources", "--twin", "nobody"], ["ask", "why", "--tenant", "nobody"]):
        done = daemon.run(*arguments, "--json")
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr.startswith("error: ")


@pytest.mark.parametrize(
    "command", ["watch add", "models add", "eval", "twin edit default --file"]
)
def test_a_path_that_leads_nowhere_ends_with_4(
    daemon: LiveDaemon, command: str, tmp_path: Path
) -> None:
    done = daemon.run(*command.split(), str(tmp_path / "absent"))
    assert (done.returncode, done.stdout) == (4, "")
    assert f"{tmp_path / 'absent'}" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "keys revoke --yes",
        "share revoke --yes",
        "sources delete --yes",
        "qa delete --yes",
        "jobs cancel",
        "twin show",
        "twin edit --name X",
        "config set twin",
    ],
)
def test_an_empty_name_as_of_an_unset_variable_means_nothing(
    daemon: LiveDaemon, command: str
) -> None:
    daemon.json("keys", "create")
    done = daemon.run(*command.split(), "")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_terminal_that_knows_lines_alone_is_sent_nothing_else(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    (tmp_path / "kite.txt").write_text("The kite of the mill is red.")
    environ = {"TWINCTL_HOME": str(daemon.root), "TERM": "dumb"}
    for command in (["ingest", str(tmp_path)], ["sources"]):
        with Terminal(*command, environ=environ) as terminal:
            assert terminal.end() == 0
            assert "kite" in terminal.shown
            assert "\033" not in terminal.shown


def in_a_shell(daemon: LiveDaemon, line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a line in which `twinctl` stands for the program."""
    return subprocess.run(
        ["bash", "-c", line.replace("twinctl", f"{sys.executable} -m twinctl")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TWINCTL_HOME": str(daemon.root), **environ},
    )


def test_a_reader_that_goes_away_is_no_error(daemon: LiveDaemon) -> None:
    done = in_a_shell(daemon, "twinctl config list | true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("twinctl sources >&-", 0, ""),
        ("twinctl nonsense 2>&-", 2, ""),
        ("twinctl ask - <&-", 2, "error: the question is empty\n"),
        ("twinctl sources >/dev/full", 1, "error: No space left on device\n"),
    ],
)
def test_streams_that_are_closed_or_full_leave_no_trace(
    daemon: LiveDaemon, line: str, code: int, told: str
) -> None:
    done = in_a_shell(daemon, line)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", told)


def test_json_is_whole_where_the_locale_knows_few_letters(daemon: LiveDaemon) -> None:
    made = daemon.json("twin", "create", "Ægir", "--slug", "aegir")
    done = in_a_shell(daemon, "twinctl twin show aegir --json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout) == made


def test_a_daemon_of_another_version_is_noticed(
    daemon: LiveDaemon, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from twinctl.cli import session
    from twinctl.cli.app import main

    monkeypatch.setattr(session, "__version__", "9.9.9")
    assert main(["twin", "list", "--json", "--home", str(daemon.root)]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["twins"]
    assert "this is 9.9.9" in shown.err
    assert "hint: twinctl daemon restart" in shown.err


def test_a_home_that_cannot_be_written_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from twinctl.cli.app import main

    (tmp_path / "file").write_text("")
    assert main(["config", "set", "twin", "ada", "--home", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err.startswith(f"error: {tmp_path / 'file'}")


def test_what_was_just_set_is_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from twinctl.cli.app import main

    change = ["config", "set", "twin", "ada", "--home", str(tmp_path)]
    assert main(change) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("TWINCTL_TWIN", "grace")
    assert main(change) == 0
    assert capsys.readouterr().err == "notice: the environment sets twin too, and wins\n"
