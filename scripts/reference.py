"""Write the generated pages of docs/, or check that they say what the code says."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from openapi import to_markdown

DOCS = Path(__file__).parent.parent / "docs"
NOTE = "<!-- Written by scripts/docs; edit the code instead. -->"

MEANINGS = {
    "internal": "A bug; the daemon's log has the trace.",
    "invalid": "What was sent cannot be used; the message names the part.",
    "not_found": "No such twin, source, job or conversation in this tenant.",
    "conflict": "The thing is in a state that does not allow it.",
    "cancelled": "The owner cancelled the work.",
    "store_unusable": "The database cannot be opened, read or written.",
    "model_unavailable": "A model is missing, or its process ended.",
    "generator_failed": "The model that writes answers cannot be reached or broke off.",
    "shutting_down": "The daemon is stopping; ask again in a moment.",
    "not_authenticated": "A key or session is needed, and none that can be used was shown.",
    "key_expired": "The time of the key is over, or the overlap after its rotation.",
    "key_revoked": "The owner ended the key.",
    "session_expired": "The session is over; the widget begins another by itself.",
    "not_allowed": "The key may not do this; the message names what it lacks.",
    "origin_refused": "The key or session is for other pages than the one that asks.",
    "visitor_refused": "The site's token of its visitor is not signed as it should be.",
    "host_refused": "The request names another host than this machine is known by.",
    "busy": "As many answers as can be are being written; ask again in a moment.",
    "model_not_found": "No twin of this key is called as the `model` that was asked for.",
    "share_expired": "The time of the share link is over.",
    "share_revoked": "The owner withdrew the share link.",
    "share_used_up": "As many questions as the share link allows were asked.",
    "passcode_wrong": "The share link wants its passcode.",
    "checksum_mismatch": "What came is not the file that was wanted, and was thrown away.",
    "disk_full": "There is no room on the disk; what waits goes on when there is.",
    "file_missing": "The file is not there any more.",
    "file_unreadable": "The file may not be read, or is not a regular file.",
    "too_large": "The file is larger than `ingest.max_file_mb`, or unpacks to too much.",
    "unsupported": "The format is not one that is read.",
    "empty": "The file has no bytes.",
    "no_text": "The file can be read, but there is no text in it.",
    "encrypted": "The file asks for a password.",
    "corrupt": "The file is damaged.",
    "extract_timeout": "Reading the file took longer than `ingest.timeout_s`.",
    "extract_crashed": "The process that read the file died.",
    "extract_memory": "Reading the file took more memory than `ingest.memory_mb`.",
    "address_refused": "The place is in a private network, or of a scheme that is not taken.",
    "unreachable": "There is no such host, it refuses connections, or its certificate is wrong.",
    "fetch_timeout": "The server is silent, or needs longer than `ingest.fetch_timeout_s`.",
    "too_many_redirects": "The page leads from address to address.",
    "page_not_found": "The server has no such page, or says so on the page that it sent.",
    "page_forbidden": "The server does not give the page out, or only after a log-in.",
    "page_challenge": "The site sent a test whether a person reads it.",
    "page_consent": "The site sent nothing but a question for consent.",
    "page_login": "The site sent nothing but a form to log in.",
    "page_error": "The server sent a message about an error, or its own start page.",
    "page_empty": "There is hardly any text on the page, or only where JavaScript runs.",
    "rate_limited": "Too many requests. A server that we ask is asked again later; who asks us "
    "too often is told in `Retry-After` how long to wait.",
    "server_unavailable": "The server failed, or broke off; it is asked again later.",
    "no_captions": "The video has no captions, or none yet; `.vtt` and `.srt` files are taken.",
    "captions_disabled": "The captions of the video are turned off, or were never made.",
    "video_unavailable": "The video was removed, is private, or is not played here.",
    "age_restricted": "The video is shown only to adults who have signed in.",
}
EXITS = {
    0: "done",
    1: "it failed, or one of several items failed (each is named)",
    2: "wrong usage",
    3: "the daemon cannot be reached or started",
    4: "no such thing",
    5: "not allowed",
    10: "`ask`: refused, the sources do not support an answer",
    130: "interrupted",
}


def cli_page() -> str:
    """Return the `--help` of every command."""
    from twinctl.cli.app import Program

    parts = ["# Command line", NOTE, _help()]
    for name, module, _ in Program.verbs:
        parts += [f"## twinctl {name}", _help(name)]
        for verb in _verbs(module):
            parts += [f"### twinctl {name} {verb}", _help(name, verb)]
    return "\n\n".join(parts) + "\n"


def configuration_page() -> str:
    """Return every setting with its variable, default and meaning."""
    from twinctl.wire.settings import SETTINGS

    rows = [
        f"| `{one.key}` | `{one.variable}` | `{one.default}` | {one.about} |" for one in SETTINGS
    ]
    return "\n".join(
        [
            "# Configuration",
            "",
            NOTE,
            "",
            "A flag wins over the environment, the environment over `config.toml`, the file over",
            "the default. `twinctl config list` shows what is in force and which of them said so;",
            "`twinctl config path` names the file. The daemon reads its settings when it starts:",
            "after a change, `twinctl daemon restart`.",
            "",
            "`TWINCTL_HOME=DIR` puts everything (settings, database, models, log, socket) under",
            "DIR. Without it the folders of the platform are used.",
            "",
            "| key | variable | default | meaning |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def errors_page() -> str:
    """Return every error code with its HTTP status, and every exit code."""
    from twinctl.errors import ExitCode
    from twinctl.wire.codes import ErrorCode
    from twind.serving.problems import STATUS

    statuses = STATUS | {ErrorCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR}
    return "\n".join(
        [
            "# Errors",
            "",
            NOTE,
            "",
            "## Codes",
            "",
            "Every expected failure has a code that programs may rely on. It stands in problem",
            "documents (`application/problem+json`) and in the `error` of a source or a job.",
            "A code without a status is met on sources and jobs, not as the answer to a request.",
            "",
            "| code | status | meaning |",
            "| --- | --- | --- |",
            *(f"| `{code}` | {statuses.get(code, '')} | {MEANINGS[code]} |" for code in ErrorCode),
            "",
            "## Exit codes",
            "",
            "| exit code | meaning |",
            "| --- | --- |",
            *(f"| {exit_code.value} | {EXITS[exit_code]} |" for exit_code in ExitCode),
            "",
        ]
    )


def api_page() -> str:
    """Return every route and every model that travels."""
    from twind.api.app import build_app
    from twind.api.context import Services

    # The document comes from the routes alone; no service is ever asked.
    app = build_app(cast("Services", None))
    return f"# API\n\n{NOTE}\n\n{to_markdown(app.openapi())}"


PAGES: dict[str, Callable[[], str]] = {
    "api.md": api_page,
    "cli.md": cli_page,
    "configuration.md": configuration_page,
    "errors.md": errors_page,
}


def main() -> int:
    """Write or check the pages; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    verb = "stale, run scripts/docs:" if check else "written:"
    if stale:
        print(verb, *stale, file=sys.stderr)
    return 1 if check and stale else 0


def _verbs(module: str) -> Iterator[str]:
    import typer

    command: Any = typer.main.get_command(import_module(module).app)
    for name, verb in getattr(command, "commands", {}).items():
        if not verb.hidden:
            yield name


def _help(*verbs: str) -> str:
    from twinctl.cli.app import main as twinctl

    os.environ["COLUMNS"] = "80"
    with redirect_stdout(io.StringIO()) as shown:
        twinctl([*verbs, "--help"])
    return f"```text\n{shown.getvalue().strip()}\n```"


if __name__ == "__main__":
    sys.exit(main())
