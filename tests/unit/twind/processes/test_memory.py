from pathlib import Path

from twind.processes.memory import give_back_freed

PIECES = 100_000


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
