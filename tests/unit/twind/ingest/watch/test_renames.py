"""New files that are vanished ones under another name."""

from twind.domain.watches import Stamp, WatchedFile
from twind.ingest.watch.renames import pair_renames


def stamp(size: int, *, inode: str = "1", mtime: int = 1) -> Stamp:
    return Stamp(size=size, mtime_ns=mtime, inode=inode, device="1")


def gone(path: str, of: Stamp, blob_hash: str | None = None) -> WatchedFile:
    folder, _, name = path.rpartition("/")
    return WatchedFile(
        watch_id="wch_x",
        folder=folder,
        name=name,
        source_id=f"src_{name}",
        blob_hash=blob_hash,
        stamp=of,
    )


def never(path: str) -> str | None:
    raise AssertionError(f"{path} need not be read")


def test_the_same_inode_size_and_time_are_the_same_file() -> None:
    file = gone("/n/a.md", stamp(5, inode="7"), "x")
    assert pair_renames({"/n/b.md": stamp(5, inode="7")}, [file], never) == {"/n/b.md": file}


def test_an_inode_that_was_used_again_is_not() -> None:
    file = gone("/n/a.md", stamp(5, inode="7", mtime=1), "x")
    assert pair_renames({"/n/b.md": stamp(9, inode="7", mtime=2)}, [file], never) == {}


def test_the_same_bytes_are_the_same_file() -> None:
    file = gone("/n/a.md", stamp(5, inode="7"), "x")
    new = {"/n/b.md": stamp(5, inode="8"), "/n/c.md": stamp(5, inode="9")}
    hashes = {"/n/b.md": "y", "/n/c.md": "x"}
    assert pair_renames(new, [file], hashes.get) == {"/n/c.md": file}


def test_of_equal_files_the_name_decides_and_each_is_used_once() -> None:
    one, two = gone("/n/1.md", stamp(5), "x"), gone("/n/2.md", stamp(5), "x")
    new = {f"/m/{name}.md": stamp(5, inode="9") for name in ("2", "1", "3")}
    assert pair_renames(new, [one, two], lambda _: "x") == {"/m/1.md": one, "/m/2.md": two}


def test_a_file_that_was_never_indexed_is_not_told_by_bytes() -> None:
    file = gone("/n/a.md", stamp(5, inode="7"))
    assert pair_renames({"/n/b.md": stamp(5, inode="8")}, [file], lambda _: None) == {}
