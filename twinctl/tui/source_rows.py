"""What is told of sources, and how they are listed and handed over."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from twinctl.client.calls import PAGE
from twinctl.client.client import TwinClient
from twinctl.client.files import find_files
from twinctl.client.intake import handovers
from twinctl.errors import Misused
from twinctl.tui.widgets.table import TONES, Column
from twinctl.wire.errors import Failure
from twinctl.wire.sources import SourceOut
from twinctl.wording import ago, counted, size

_BATCH = 10 * PAGE
_MOST_TOLD = 5


def source_columns() -> tuple[Column[SourceOut], ...]:
    """Return what a table says of sources."""
    return (
        Column(
            title="STATUS",
            text=lambda source: source.status,
            width=10,
            tone=lambda source: TONES.get(source.status, ""),
        ),
        Column(title="TITLE", text=lambda source: source.title),
        Column(title="CHUNKS", text=lambda source: str(source.chunks), width=6, is_right=True),
        Column(title="KIND", text=lambda source: source.kind, width=7, is_wide=True),
        Column(
            title="ADDED",
            text=lambda source: ago(source.created_at, datetime.now(UTC)),
            width=6,
            is_right=True,
        ),
        Column(title="WHERE", text=lambda source: source.uri, is_wide=True),
    )


def batches(client: TwinClient, twin: str) -> Iterator[list[SourceOut]]:
    """Yield the sources of a twin, a page first and then more at once."""
    sources = client.sources(twin)
    batch = list(islice(sources, PAGE))
    while batch:
        yield batch
        batch = list(islice(sources, _BATCH))


def hand_over(client: TwinClient, twin: str, typed: str) -> str:
    """Hand over what was typed; return what to tell of it, each refusal with its reason.

    Raises:
        Misused: It names nothing that can be taken in, or the one thing that it names is refused.
        ApiError: It is refused for a reason that holds for all of it.
    """
    found = find_files([typed])
    if not found.items:
        why = found.unreadable[0] if found.unreadable else "nothing of a format that is taken"
        raise Misused(f"{typed}: {why}")
    answers = [answer for each in handovers(client, twin, found.items) for answer in each.send()]
    refused = [answer for answer in answers if isinstance(answer, Failure)]
    if len(answers) == len(refused) == 1:
        raise Misused(refused[0].message, hint=refused[0].hint)
    left = f", {found.skipped} left out" if found.skipped else ""
    told = f"{counted(len(answers) - len(refused), 'source')} handed over{left}."
    if not refused:
        return told
    more = len(refused) - _MOST_TOLD
    lines = [f"{told} {len(refused)} refused:", *(each.message for each in refused[:_MOST_TOLD])]
    return "\n".join(lines + ([f"and {more} more"] if more > 0 else []))


def facts(source: SourceOut) -> str:
    """Return what is known of a source besides its title; and why it failed."""
    parts = [source.status, source.kind, counted(source.chunks, "chunk")]
    if source.bytes is not None:
        parts.append(size(source.bytes))
    if source.pages:
        parts.append(counted(source.pages, "page"))
    lines = [" · ".join([*parts, source.id]), source.uri]
    if source.error is not None:
        lines.append(f"failed: {source.error.message}")
        lines += [f"→ {source.error.hint}"] if source.error.hint else []
    return "\n".join(lines)
