"""Invented text with the word frequencies of real text, and a twin full of it."""

import bisect
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

_SYLLABLES = (
    "ba den fi gor hul kem lis mo",
    "na pel ri sol ta ver wi yar",
    " b cha d est fer gu hin k lo mer n ot p s te",
    " an bo dul em gi hor is ke lun mi or pa ru sen tor ul va wen xi yo ack bri cor dy ep fa gle",
)
WORDS = [
    "".join(syllables)
    for syllables in itertools.product(*(part.split(" ") for part in _SYLLABLES))
]
"""Some 30,000, as many as a shelf of books uses."""
# Zipf's law: the nth word is met 1/n times as often as the first.
WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
FUNCTION_WORDS = 100
"""The most frequent words, half of all text, tell nothing, and a search leaves them out."""
CHUNK_WORDS = 120
QUESTIONS = (
    "How long does the {} of a {} take when it is {}?",
    "What is the difference between {} and {} in the {}?",
    "Who was the first to write about {}, {} and {}?",
    "Why should I not use {} for {} and {}?",
    "When did they decide that {} needs more {} than {}?",
)
CHUNKS_A_SOURCE = 100


def questions(count: int) -> list[str]:
    """Return questions for three things each, the same ones each time."""
    return [_question(random.Random(f"question {n}")) for n in range(count)]


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


def _question(chance: random.Random) -> str:
    telling = WEIGHTS[FUNCTION_WORDS - 1]
    things = [
        WORDS[bisect.bisect_left(WEIGHTS, chance.uniform(telling, WEIGHTS[-1]))] for _ in range(3)
    ]
    return chance.choice(QUESTIONS).format(*things)


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=words))
