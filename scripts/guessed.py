"""Whether time tells keys and ids that exist elsewhere from those that exist nowhere."""

import http.client
import itertools
import random
import socket
import statistics
import time
from pathlib import Path

from running import running_daemon

from twinctl.client.client import TwinClient
from twinctl.client.transport import Transport
from twinctl.paths import find_home
from twinctl.wire.keys import KeyIn
from twinctl.wire.tenants import TenantIn
from twind.domain.ids import new_id
from twind.domain.keys import KeyKind, new_secret

KEYS = 300
ROUNDS = 1500
THEIRS = "theirs"

Request = tuple[str, dict[str, str]]


def guess(home: Path, _: Path | None) -> dict[str, float]:
    """How long refusals take; told apart by 0.5 is told apart by luck, by 1 with certainty."""
    with running_daemon(home) as client:
        ids, keys = _ids(home, client), _keys(client)
        return {**_compared(home, "key", keys), **_compared(home, "id", ids)}


def _ids(home: Path, client: TwinClient) -> dict[str, Request]:
    """Return requests for a twin of another tenant and for none."""
    client.create_tenant(TenantIn(id=THEIRS))
    with Transport(find_home(str(home)).socket, tenant=THEIRS) as transport:
        theirs = TwinClient(transport).twin("default").id
    return {"elsewhere": (f"/twins/{theirs}", {}), "nowhere": (f"/twins/{new_id('twn')}", {})}


def _keys(client: TwinClient) -> dict[str, Request]:
    """Return requests with keys that nobody has; one differs from a real one in one character."""
    keys = [client.create_key(KeyIn()).key for _ in range(KEYS)]
    real = keys[KEYS // 2]
    shown = {
        "unknown": new_secret(KeyKind.SECRET),
        "near": real[:-1] + ("a" if real[-1] != "a" else "b"),
        "malformed": "x" * len(real),
    }
    return {name: ("/twins", {"Authorization": f"Bearer {key}"}) for name, key in shown.items()}


def _compared(home: Path, kind: str, requests: dict[str, Request]) -> dict[str, float]:
    taken = _times(home, requests)
    medians = {
        f"{kind}_{name}_p50_us": 1e6 * statistics.median(times) for name, times in taken.items()
    }
    told = max(
        abs(_slower(one, other) - 0.5) for one, other in itertools.combinations(taken.values(), 2)
    )
    return {**medians, f"{kind}s_told_apart": 0.5 + told}


def _times(home: Path, requests: dict[str, Request]) -> dict[str, list[float]]:
    """Return the seconds that each request took, again and again in random order."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(find_home(str(home)).socket))
    taken: dict[str, list[float]] = {name: [] for name in requests}
    names = list(requests)
    for _ in range(ROUNDS):
        random.shuffle(names)
        for name in names:
            path, headers = requests[name]
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()
            taken[name].append(time.perf_counter() - began)
    connection.close()
    return taken


def _slower(one: list[float], other: list[float]) -> float:
    """Return how likely a time of the one is longer than a time of the other."""
    ranked = sorted([(taken, 0) for taken in one] + [(taken, 1) for taken in other])
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    return (ranks - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))
