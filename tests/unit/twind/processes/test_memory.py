import subprocess
import sys
from pathlib import Path

from twind.processes.memory import give_back_freed

PIECES = 100_000
DAEMON = Path(__file__).parents[4] / "daemon"

MANY_THREADS = """
import ctypes, sys, threading
if "shared" in sys.argv:
    from twind.processes.memory import share_arenas
    share_arenas()
together = threading.Barrier(16)
def take():
    held = bytearray(100_000)
    together.wait(60)
threads = [threading.Thread(target=take) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


def resident_pages() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


def test_memory_that_is_free_goes_back_to_the_system() -> None:
    pieces = [bytes(1_000) for _ in range(PIECES)]
    last = bytes(1_000)
    held = resident_pages()
    del pieces
    give_back_freed()
    assert last
    assert resident_pages() < held - PIECES // 8


def _arenas(*arguments: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", MANY_THREADS, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(DAEMON), "PYTHONMALLOC": "malloc"},
    )
    return done.stdout.count("<heap nr=")


def test_many_threads_share_few_arenas() -> None:
    assert _arenas("shared") <= 2 < _arenas()
