import pytest

from twind.domain.sources import SourceKind, SourceStatus
from twind.errors import InvalidInput
from twind.ingest.intake import Intake
from twind.jobs.loop import JobLoop
from twind.store.store import Store, Tenant

ID = "aB3-_x9Qz0k"


@pytest.fixture
def intake(store: Store) -> Intake:
    """Return an intake whose jobs nobody runs."""
    return Intake(JobLoop(store, {}), max_file_bytes=1000)


def test_all_addresses_of_a_video_are_one_source(intake: Intake, tenant: Tenant) -> None:
    twin = tenant.twins.get("default")
    taken = [
        intake.take_youtube(tenant, twin, f"https://youtu.be/{ID}?t=9", None),
        intake.take_youtube(tenant, twin, f"https://m.youtube.com/shorts/{ID}", "Bees"),
        intake.take_url(tenant, twin, f"https://www.youtube.com/watch?v={ID}&list=PL1", None),
    ]
    sources = [source for source, _ in taken]
    assert len({source.id for source in sources}) == 1
    assert (sources[0].kind, sources[0].status) == (SourceKind.YOUTUBE, SourceStatus.PROCESSING)
    assert sources[0].uri == f"https://www.youtube.com/watch?v={ID}"
    assert sources[0].title == f"YouTube video {ID}"


def test_what_is_no_video_makes_no_source(intake: Intake, tenant: Tenant) -> None:
    with pytest.raises(InvalidInput, match="a channel") as caught:
        intake.take_url(tenant, tenant.twins.get("default"), "https://youtube.com/@bees", None)
    assert caught.value.hint
    assert tenant.sources.list(tenant.twins.get("default").id).items == ()
