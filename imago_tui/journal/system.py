"""Every system call by which the journal changes the disk.

They stand in one place so that a test can let each of them go wrong, or end the process at it.
"""

from __future__ import annotations

import fcntl
import os

open_file = os.open
write = os.write
fchmod = os.fchmod
chmod = os.chmod
close = os.close
rename = os.rename
unlink = os.unlink
mkdir = os.mkdir
rmdir = os.rmdir
link = os.link
sync = os.sync

FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)


def fsync(fd: int) -> None:
    """Have the disk itself hold what was written to `fd`.

    On macOS fsync alone leaves it in the drive's cache; not every file system there knows better.
    """
    if FULL_SYNC is not None:
        try:
            fcntl.fcntl(fd, FULL_SYNC)
        except OSError:
            pass
        else:
            return
    os.fsync(fd)
