"""How things stand: what the bars above every screen tell."""

from dataclasses import dataclass

from twinctl.errors import TwinctlError


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The twin in force and the state of the daemon.

    Attributes:
        name: Of the twin; empty until it is known.
        slug: Of the twin.
        is_connected: The daemon answers; None before it was first heard of.
        working: Jobs that wait or run.
        failed: Jobs that failed.
        trouble: What the banner tells; None for none.
    """

    name: str = ""
    slug: str = ""
    is_connected: bool | None = None
    working: int = 0
    failed: int = 0
    trouble: TwinctlError | None = None

    @property
    def twin(self) -> str:
        """Name and slug."""
        return f"{self.name} ({self.slug})" if self.name else self.slug

    @property
    def daemon(self) -> str:
        """State of the daemon in a few words."""
        if self.is_connected is None:
            return "connecting"
        if not self.is_connected:
            return "no daemon"
        failed = f", {self.failed} failed" if self.failed else ""
        return (f"{self.working} working" if self.working else "ready") + failed
