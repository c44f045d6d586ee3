"""Two hundred visitors at once: how soon each sees an answer begin, and what that weighs."""

import asyncio
import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from running import ingest, running_daemon

from twinctl.client.launch import running_pid
from twinctl.paths import find_home
from twinctl.wire.keys import KeyIn
from twinctl.wire.public import ListenerIn

TWIN = "default"
SITE = "https://example.com"
VISITORS = 200
ROUNDS = 3
QUESTIONS = (
    "How wide are the footings of a wall?",
    "How deep is the trench dug?",
    "What is a cheek end?",
    "When is a gap mended?",
    "Who won the chess championship of 1972?",
)
SAMPLES = Path(__file__).parent.parent / "docs" / "samples"

Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a visitor saw of an answer, in seconds from asking; `text` is infinite for none."""

    first: float
    text: float
    end: float
    is_whole: bool


def visit(home: Path, _: Path | None) -> Figures:
    """200 visitors, each at an address of their own, asking the extractive answerer at once."""
    with running_daemon(home) as client:
        ingest(client, TWIN, sorted(SAMPLES.iterdir()))
        key = client.create_key(
            KeyIn(name="site", kind="publishable", origins=[SITE], requests_per_minute=100_000)
        )
        listening = client.start_listener(ListenerIn())
        before = _memory_mb(home, "VmRSS")
        seen = asyncio.run(_visits(str(listening.listen), key.key))
        return {**_figures(seen), **_weights(home, before)}


async def _visits(listen: str, key: str) -> list[Seen]:
    """Return what all visitors saw, in all rounds; the first answer of all warms the model."""
    visitors = [_Visitor(listen, number) for number in range(VISITORS)]
    for visitor in visitors:
        await visitor.begin(key)
    await visitors[0].ask(QUESTIONS[0])
    seen: list[Seen] = []
    for _ in range(ROUNDS):
        asking = (
            visitor.ask(QUESTIONS[number % len(QUESTIONS)])
            for number, visitor in enumerate(visitors)
        )
        seen += await asyncio.gather(*asking)
    return seen


class _Visitor:
    """A page in front of somebody at an address of a network of their own."""

    def __init__(self, listen: str, number: int) -> None:
        host, _, port = listen.rpartition(":")
        self._host, self._port = host, int(port)
        self._source = f"127.77.{number}.1"
        self._token = ""

    async def begin(self, key: str) -> None:
        reader, writer = await self._send(f"/chat-widget/{TWIN}/session", key, {})
        answer = await reader.read()
        writer.close()
        self._token = json.loads(answer.partition(b"\r\n\r\n")[2])["token"]

    async def ask(self, question: str) -> Seen:
        began = time.perf_counter()
        path = f"/chat-widget/{TWIN}"
        reader, writer = await self._send(path, self._token, {"message": question})
        told, first, text = b"", float("inf"), float("inf")
        while part := await reader.read(65536):
            told += part
            now = time.perf_counter() - began
            if b"event: " in told:
                first = min(first, now)
            if b"event: delta" in told or b"event: refusal" in told:
                text = min(text, now)
        writer.close()
        end = time.perf_counter() - began
        is_whole = told.startswith(b"HTTP/1.1 200") and b"event: done" in told
        return Seen(first=first, text=text, end=end, is_whole=is_whole)

    async def _send(
        self, path: str, token: str, body: dict[str, str]
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(
            self._host, self._port, local_addr=(self._source, 0)
        )
        data = json.dumps(body)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nOrigin: {SITE}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n"
        )
        writer.write((head + data).encode())
        return reader, writer


def _figures(seen: Sequence[Seen]) -> Figures:
    first, text, end = (
        sorted(getattr(each, name) for each in seen) for name in ("first", "text", "end")
    )
    return {
        "visitors": VISITORS,
        "answers": len(seen),
        "errors": sum(not each.is_whole for each in seen),
        **_percentiles("first_event", first),
        "first_event_p95_over_p50": _p95(first) / statistics.median(first),
        **_percentiles("first_text", text),
        **_percentiles("whole_answer", end),
        "answers_per_s": len(seen) / (ROUNDS * max(end)),
    }


def _weights(home: Path, before: float) -> Figures:
    return {
        "memory_before_mb": before,
        "memory_peak_mb": _memory_mb(home, "VmHWM"),
        "memory_after_mb": _memory_mb(home, "VmRSS"),
    }


def _percentiles(name: str, seconds: Sequence[float]) -> Figures:
    return {
        f"{name}_p50_ms": 1000 * statistics.median(seconds),
        f"{name}_p95_ms": 1000 * _p95(seconds),
    }


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _memory_mb(home: Path, wanted: str) -> float:
    status = Path(f"/proc/{running_pid(find_home(str(home)))}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields[wanted].split()[0]) / 1024
