"""Conversations about small sources, with questions that lean on earlier turns or do not."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "follow_ups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source, as the passages of its text."""

    name: str
    title: str
    passages: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question after others; `gold` stands in what answers it, and is empty where none does."""

    before: list[str]
    question: str
    gold: str = ""


def sources() -> list[Source]:
    """Return what the questions are about."""
    return [Source(**values) for values in _lines("sources.jsonl")]


def leaning() -> list[FollowUp]:
    """Return questions that cannot be understood without those before."""
    return [FollowUp(**values) for values in _lines("leaning.jsonl")]


def complete() -> list[FollowUp]:
    """Return questions that can."""
    return [FollowUp(**values) for values in _lines("complete.jsonl")]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]
