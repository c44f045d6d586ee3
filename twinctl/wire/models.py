"""Models: what is here, bringing one here, and choosing which are used."""

from typing import Literal

from pydantic import BaseModel, Field

from twinctl.wire.jobs import JobOut

LONGEST_NAME = 400


class ModelOut(BaseModel):
    """A model; `problem` says why it cannot be used and `hint` the way out.

    `bytes` is null where nothing of it lies on this machine.
    """

    name: str
    kind: Literal["embedding", "generator"]
    bytes: int | None
    origin: str
    in_use: bool
    problem: str | None = None
    hint: str | None = None


class ModelList(BaseModel):
    """All models, those that embed first."""

    models: list[ModelOut]


class ModelAddIn(BaseModel):
    """A GGUF file, or a folder in the form of sentence-transformers, by absolute path."""

    path: str = Field(min_length=1)
    name: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)


class ModelName(BaseModel):
    """A model by its name: of the list, or for a pull of the hub."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)


class ModelUsed(BaseModel):
    """What is used from now on, and the setting that keeps it so.

    `job` makes the vectors that a new embedding model needs; until it has ended, those of the
    model before answer.
    """

    name: str
    kind: Literal["embedding", "generator"]
    setting: str
    value: str
    job: JobOut | None = None
