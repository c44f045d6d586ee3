"""Invented text with the word frequencies of real text, and a twin full of it."""

import hashlib
import itertools
import random
import struct
from collections.abc import Sequence
from pathlib import Path

from twinctl.paths import find_home
from twind.domain.chunks import Chunk, Locator
from twind.domain.documents import Document
from twind.domain.generations import ModelSpec
from twind.domain.sources import Indexed, SourceKind
from twind.domain.twins import DEFAULT_TENANT, DEFAULT_TWIN
from twind.store.store import Store, Tenant

WORDS = [
    first + second + third
    for first, second, third in itertools.product(
        ("ba", "den", "fi", "gor", "hul", "kem", "lis", "mo"),
        ("na", "pel", "ri", "sol", "ta", "ver", "wi", "yar"),
        (
            "",
            "b",
            "cha",
            "d",
            "est",
            "fer",
            "gu",
            "hin",
            "k",
            "lo",
            "mer",
            "n",
            "ot",
            "p",
            "s",
            "te",
        ),
    )
]
# Zipf's law: the nth word is met 1/n times as often as the first.
WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
CHUNK_WORDS = 120
QUESTION_WORDS = 8
CHUNKS_A_SOURCE = 100


def questions(count: int) -> list[str]:
    """Return questions, the same ones each time."""
    return [_text(random.Random(f"question {n}"), QUESTION_WORDS) for n in range(count)]


def fill(home: Path, chunks: int, spec: ModelSpec) -> None:
    """Put that many chunks with random vectors into the default twin of a new home."""
    at = find_home(str(home))
    store = Store.open(at.database, at.blobs)
    tenant = store.tenant(DEFAULT_TENANT)
    generation = tenant.generations.start(spec)
    for number in range(chunks // CHUNKS_A_SOURCE):
        _add_source(tenant, number, generation.key, spec.dimension)
    store.close()


def _add_source(tenant: Tenant, number: int, generation: int, dimension: int) -> None:
    chance = random.Random(f"source {number}")
    texts = [_text(chance, CHUNK_WORDS) for _ in range(CHUNKS_A_SOURCE)]
    whole = "\n".join(texts)
    twin = tenant.twins.get(DEFAULT_TWIN)
    source = tenant.sources.add(twin.id, SourceKind.TEXT, f"text:{number}", f"Text {number}")
    indexed = Indexed(
        document=Document(text=whole, blocks=()),
        title=source.title,
        blob=tenant.blobs.put_bytes(whole.encode()),
        chunks=_chunks(texts),
        text_hashes=tuple(hashlib.sha256(text.encode()).hexdigest() for text in texts),
        generation=generation,
        vectors=tuple(unit_vector(chance, dimension) for _ in texts),
    )
    tenant.sources.swap(source.id, indexed)


def _chunks(texts: Sequence[str]) -> tuple[Chunk, ...]:
    starts = itertools.accumulate((len(text) + 1 for text in texts), initial=0)
    return tuple(
        Chunk(text=text, locator=Locator(start_char=start, end_char=start + len(text)))
        for text, start in zip(texts, starts, strict=False)
    )


def unit_vector(chance: random.Random, dimension: int) -> bytes:
    """Return a vector of length 1 that points anywhere."""
    numbers = [chance.gauss(0, 1) for _ in range(dimension)]
    length = sum(number * number for number in numbers) ** 0.5
    return struct.pack(f"<{dimension}f", *(number / length for number in numbers))


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=words))
