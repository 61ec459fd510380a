"""What else than an ordinary file of ours can stand where one should: each makes one at a path.

`link` expects the file itself beside it, with the ending `.safe`.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def fifo(path: Path) -> None:
    os.mkfifo(path)


def link(path: Path) -> None:
    shutil.copy(path.with_suffix(".safe"), path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except OSError:  # only the administrator may
        path.symlink_to("/dev/zero")


def folder_of_that_name(path: Path) -> None:
    path.mkdir()


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def empty(path: Path) -> None:
    path.touch()


def noise(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def socket_file(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


ODD = [fifo, link, device, folder_of_that_name, sparse, empty, noise]
if sys.platform == "linux":  # elsewhere only root may make one by name
    ODD.append(socket_file)
