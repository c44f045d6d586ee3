"""Bringing a model of the hub into the library: which files it needs, and fetching them."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from twinctl.wire.codes import ErrorCode
from twind.errors import Conflict, InvalidInput, ModelUnavailable
from twind.models.fetch import may_fetch
from twind.models.files import require_form
from twind.models.gguf_header import require_whole
from twind.models.hub import AGAIN_HINT, Hub, HubFile, Listing
from twind.models.hub_names import HubName, parse_hub_name
from twind.models.layout import EXPORTED, MODULES, WEIGHTS, read_layout
from twind.models.library import GGUF, Library, ModelKind, free_bytes
from twind.models.parts import drop, drop_if_empty, drop_rests
from twind.models.published import PUBLISHED

log = logging.getLogger(__name__)

OnBytes = Callable[[int, int], None]
"""Told how many bytes of all are here."""

BRANCH = "main"
SPARE_BYTES = 64 << 20
OFFLINE_HINT = (
    "pip install 'twinctl[local]', and leave HF_HUB_OFFLINE unset, then: twinctl daemon restart"
)
FORM_HINT = "an embedding model needs the form of sentence-transformers; see: twinctl models add"

_ABOUT = re.compile(
    r"(?:modules|config|config_sentence_transformers|sentence_\w+_config|tokenizer|"
    r"tokenizer_config|special_tokens_map|added_tokens)\.json|(?:vocab|merges)\.txt|"
    r"[\w.-]+\.model|\d+_[A-Za-z]+/config\.json"
)
_SMALL_WEIGHTS = re.compile(r"\d+_[A-Za-z]+/model\.safetensors")
_IN_PARTS = re.compile(r"-\d{5}-of-\d{5}\.gguf")


class Pull:
    """Fetches one model; begun again, it goes on where it was."""

    def __init__(self, name: str, library: Library) -> None:
        """Take the name that a person typed.

        Raises:
            InvalidInput: No hub has a model of such a name.
        """
        self._name = name
        self._wanted = parse_hub_name(name)
        self._pinned = PUBLISHED.get(name)
        self._library = library
        self._part = library.part(name)
        self._done = 0
        self._total = 0

    def run(self, on_bytes: OnBytes) -> str:
        """Fetch the model and return the name that it has here.

        What has arrived stays after a failure, so that the next run goes on there.

        Args:
            on_bytes: Told often how much is here; what it raises ends the work.

        Raises:
            ModelUnavailable: With a code that says why not.
            InvalidInput: The hub has no such file, or not in a form that can be used.
            Conflict: Another model has its name here.
        """
        if not may_fetch():
            raise ModelUnavailable("nothing here may ask the model hub", hint=OFFLINE_HINT)
        hub = Hub(self._part)
        try:
            self._part.mkdir(parents=True, exist_ok=True)
            return self._fetch(hub, on_bytes)
        except (InvalidInput, Conflict):
            self.forget()
            raise
        except OSError as error:
            raise ModelUnavailable(f"the model cannot be kept: {error}") from error
        finally:
            hub.close()
            drop_if_empty(self._part)

    def forget(self) -> None:
        """Throw away what has arrived."""
        drop(self._part)

    def _fetch(self, hub: Hub, on_bytes: OnBytes) -> str:
        listing = self._listed(hub)
        origin = f"hub {listing.repository}@{listing.commit[:12]}"
        if self._wanted.is_generator:
            file = _chosen(self._wanted, listing)
            origin = f"{origin} {file.path}"
            place = self._place(PurePosixPath(file.path).name, ModelKind.GENERATOR, origin)
            if place is not None:
                self._fetch_files(hub, listing, [file], on_bytes)
                arrived = self._part / file.path
                with self._or_forgotten():
                    require_whole(arrived)
                self._library.keep(arrived, place, origin)
                drop(self._part)
            return PurePosixPath(file.path).name
        name = self._name if self._pinned else listing.repository.partition("/")[2]
        place = self._place(name, ModelKind.EMBEDDING, origin)
        if place is not None:
            self._fetch_embedder(hub, listing, on_bytes)
            drop_rests(self._part)
            self._library.keep(self._part, place, origin)
        return name

    def _listed(self, hub: Hub) -> Listing:
        listing = hub.list(
            self._wanted.repository, self._pinned.revision if self._pinned else BRANCH
        )
        if self._pinned is None:
            return listing
        pins = self._pinned.files
        files = (file for file in listing.files if file.path in pins)
        return replace(
            listing, files=tuple(replace(file, checksum=pins[file.path]) for file in files)
        )

    def _place(self, name: str, kind: ModelKind, origin: str) -> Path | None:
        """Return where the model goes; None where it is here already, the very same."""
        try:
            return self._library.place(name, kind)
        except Conflict:
            if self._library.origin(self._library.models / name) == origin:
                return None
            raise

    def _fetch_embedder(self, hub: Hub, listing: Listing, on_bytes: OnBytes) -> None:
        about = [file for file in listing.files if _ABOUT.fullmatch(file.path)]
        if MODULES not in {file.path for file in about}:
            raise InvalidInput(
                f"{listing.repository} is no embedding model that can be used", hint=FORM_HINT
            )
        self._fetch_files(hub, listing, about, on_bytes)
        self._fetch_files(hub, listing, _weights(listing, self._part), on_bytes)
        with self._or_forgotten():
            require_form(self._part)

    def _fetch_files(
        self, hub: Hub, listing: Listing, files: Sequence[HubFile], on_bytes: OnBytes
    ) -> None:
        self._total += sum(file.bytes or 0 for file in files)
        self._require_room()
        for file in files:
            before = self._done

            def on_file(arrived: int, before: int = before) -> None:
                on_bytes(before + arrived, self._total)

            hub.fetch(listing.repository, listing.commit, file, on_file)
            self._done += file.bytes or 0
            on_bytes(self._done, self._total)
            log.info("fetched %s of %s", file.path, listing.repository)

    @contextmanager
    def _or_forgotten(self) -> Iterator[None]:
        """Throw away what is the file that was wanted, and no model all the same."""
        try:
            yield
        except ModelUnavailable:
            self.forget()
            raise

    def _require_room(self) -> None:
        here = sum(path.stat().st_size for path in self._part.rglob("*") if path.is_file())
        lacking = self._total + SPARE_BYTES - here - free_bytes(self._part)
        if lacking > 0:
            raise ModelUnavailable(
                f"the disk has no room: {lacking >> 20} MB are lacking",
                code=ErrorCode.DISK_FULL,
                hint=f"make room, {AGAIN_HINT}",
            )


def _chosen(wanted: HubName, listing: Listing) -> HubFile:
    """Return the one GGUF file that is meant."""
    files = [file for file in listing.files if file.path.endswith(GGUF)]
    whole = [file for file in files if not _IN_PARTS.search(file.path)]
    names = ", ".join(sorted(file.path for file in whole)) or "none"
    hint = f"GGUF files there: {names}"
    if wanted.file is not None:
        found = [file for file in whole if file.path == wanted.file]
    else:
        found = [file for file in whole if _is_rounded(file.path, wanted.quantisation or "")]
    if not found:
        raise InvalidInput(f"{listing.repository} has no such GGUF file in one piece", hint=hint)
    if len(found) > 1:
        raise InvalidInput(f"several files of {listing.repository} are meant", hint=hint)
    return found[0]


def _is_rounded(path: str, quantisation: str) -> bool:
    """Say whether the end of a file's name says how its weights are rounded."""
    stem = PurePosixPath(path).name.removesuffix(GGUF).lower()
    return re.fullmatch(rf"(?:.*[-._])?{re.escape(quantisation.lower())}", stem) is not None


def _weights(listing: Listing, part: Path) -> list[HubFile]:
    """Return the files of weights: those that run without torch where they tell everything."""
    by_path = {file.path: file for file in listing.files}
    exported, saved = by_path.get(EXPORTED.as_posix()), by_path.get(WEIGHTS)
    try:
        is_plain = read_layout(part).pooling is not None
    except (ValueError, KeyError, OSError) as error:
        raise InvalidInput(
            f"{listing.repository} is no embedding model that can be used: {error}", hint=FORM_HINT
        ) from error
    main = (exported or saved) if is_plain else saved
    if main is None:
        raise InvalidInput(
            f"{listing.repository} has neither {WEIGHTS} nor {EXPORTED}",
            hint="weights in other files are not read: they can be programs",
        )
    return [main, *_beside(main, by_path.values())]


def _beside(main: HubFile, files: Iterable[HubFile]) -> list[HubFile]:
    """Return the weights that belong to a file: those kept apart, those of further modules."""
    apart = f"{main.path}_data"
    return [
        file
        for file in files
        if file.path == apart or (main.path == WEIGHTS and _SMALL_WEIGHTS.fullmatch(file.path))
    ]
