"""File systems that are polled."""

from pathlib import Path

import pytest

from twind.ingest.watch import filesystems
from twind.ingest.watch.filesystems import remote_kind

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw,relatime - nfs4 server:/export rw
31 22 0:41 / /mnt/my\\040drive rw - fuse.sshfs me@host: rw
32 22 8:33 / /media/stick rw - fuseblk /dev/sdc1 rw
33 30 8:34 / /mnt/share/local rw - ext4 /dev/sdd1 rw
34 22 0:42 / /mnt/c rw - 9p C: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/notes", None),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/deep/er", "nfs4"),
        ("/mnt/shared", None),
        ("/mnt/share/local/notes", None),
        ("/mnt/my drive/notes", "fuse.sshfs"),
        ("/media/stick/notes", None),
        ("/mnt/c/Users", "9p"),
    ],
)
def test_the_nearest_mount_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, kind: str | None
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(filesystems, "MOUNTS", mounts)
    assert remote_kind(path) == kind


def test_a_system_without_a_list_of_mounts_is_taken_at_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filesystems, "MOUNTS", tmp_path / "absent")
    assert remote_kind("/home") is None
