"""Small material with known answers, and its way into a twin."""

from pathlib import Path

from tests.support.waiting import finished
from twinctl.client.client import TwinClient
from twinctl.wire.sources import FileIn, SourceOut
from twinctl.wire.twins import TwinIn

LIGHTHOUSE = """# The light at Skerry Point

The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore. Its tower is
27 metres high and made of grey granite.

## The keepers

Three keepers lived in the tower until 1986, when the lamp was made automatic. The last of them
was Ewan Pirie, who kept a diary of every storm.

## The lamp

The lamp burned whale oil at first. It was changed to paraffin in 1872 and to electricity in 1931.
Its beam is seen from 18 nautical miles.
"""

FERRY = """# The Harra ferry

The ferry to Harra sails four times a day in summer and twice a day in winter. The crossing takes
thirty-five minutes. A bicycle travels free of charge.
"""


def new_twin(client: TwinClient, name: str) -> str:
    """Create a twin and return its id."""
    return client.create_twin(TwinIn(name=name)).id


def ingested(client: TwinClient, twin: str, path: Path, title: str | None = None) -> SourceOut:
    """Ingest a file and return its source once the job has ended."""
    accepted = client.ingest_file(twin, FileIn(path=str(path), title=title))
    finished(client, accepted.job.id)
    return client.source(twin, accepted.source.id)


def coast(client: TwinClient, name: str, folder: Path) -> str:
    """Make a twin that knows the lighthouse and the ferry; return its id."""
    twin = new_twin(client, name)
    for file, text in (("lighthouse.md", LIGHTHOUSE), ("ferry.md", FERRY)):
        (folder / file).write_text(text)
        assert ingested(client, twin, folder / file).status == "live"
    return twin
