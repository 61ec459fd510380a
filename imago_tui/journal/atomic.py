"""Files that are wholly old or wholly new, whatever happens in between."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from imago_tui.journal import system
from imago_tui.journal.trouble import Trouble

FILE_MODE = 0o600
FOLDER_MODE = 0o700
LEFTOVER = re.compile(r"\.tmp-[0-9a-f]{16}")
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# NONBLOCK: opening a FIFO must not wait for someone at its other end.
OLD_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
# Nothing is ever written through a link that someone put in the place of a folder.
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def real(path: Path) -> Path:
    """`path` without links. A ring of links leads nowhere and is left as it is."""
    return Path(os.path.realpath(path))


def write(folder: Path, name: str, data: bytes) -> None:
    """Put `data` at `folder/name`, mode 0600, in the place of what was there, and sync both.

    Until the rename the old file stands; a mishap leaves it whole and takes the new one away.

    Raises:
        OSError: the system did not let us.
    """
    place = system.open_file(folder, FOLDER)
    try:
        temporary = f".tmp-{secrets.token_hex(8)}"
        new = system.open_file(temporary, NEW_FILE, FILE_MODE, dir_fd=place)
        try:
            fill(new, data)
            system.rename(temporary, name, src_dir_fd=place, dst_dir_fd=place)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=place)
            raise
        system.fsync(place)
    finally:
        with suppress(OSError):
            system.close(place)


def create(path: Path, data: bytes) -> None:
    """Put `data` into a new file at `path`, mode 0600, and sync it; never over anything.

    Raises:
        OSError: the system did not let us; FileExistsError when something is there.
    """
    new = system.open_file(path, NEW_FILE, FILE_MODE)
    try:
        fill(new, data)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise


def fill(fd: int, data: bytes) -> None:
    """Write all of `data` into the new file `fd`, sync and close it; closed also after a mishap."""
    try:
        # A umask can only have taken bits away; this gives them back.
        system.fchmod(fd, FILE_MODE)
        rest = memoryview(data)
        while rest:
            done = system.write(fd, rest)
            if not done:
                raise OSError(errno.EIO, os.strerror(errno.EIO))  # noqa: TRY301  closed like any other below
            rest = rest[done:]
        system.fsync(fd)
    except BaseException:
        with suppress(OSError):
            os.close(fd)
        raise
    system.close(fd)


def make_folder(path: Path) -> None:
    """Make the folder `path` for us alone, 0700 under any umask, with those above it if need be.

    Raises:
        OSError: the system did not let us.
    """
    if not path.parent.exists():
        make_folder(path.parent)
    try:
        system.mkdir(path, FOLDER_MODE)
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    system.chmod(path, FOLDER_MODE)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Have the disk hold which names stand in the folder `path`.

    Raises:
        OSError: the system did not let us.
    """
    place = system.open_file(path, FOLDER)
    try:
        system.fsync(place)
    finally:
        system.close(place)


def remove(folder: Path, name: str) -> None:
    """Take `folder/name` away for good; nothing happens when it isn't there.

    Raises:
        OSError: the system did not let us.
    """
    try:
        system.unlink(folder / name)
    except FileNotFoundError:
        return
    sync_folder(folder)


def read(folder: Path, name: str, most: int, *, shown: str = "", first: int = 0) -> bytes:
    """The content of the ordinary file `folder/name`.

    Args:
        folder: where it is; its last part is never followed when it is a link.
        name: its name there.
        most: bytes; a larger file is not read at all.
        shown: what to call it when something is the matter; `name` if empty.
        first: only so many bytes of its beginning; 0: all of it.

    Raises:
        Trouble: missing, not an ordinary file, too big, or not readable.
    """
    shown = shown or name
    try:
        fd = os.open(folder / name, OLD_FILE)
    except FileNotFoundError:
        raise Trouble("missing", shown) from None
    except OSError as error:
        link = error.errno in {errno.ELOOP, errno.ENXIO, errno.ENODEV, errno.EMLINK}
        raise Trouble("not_a_file" if link else "unreadable", shown) from None
    try:
        about = os.fstat(fd)
        if not stat.S_ISREG(about.st_mode):
            raise Trouble("not_a_file", shown)
        if about.st_size > most:
            raise Trouble("too_big", shown)
        return read_all(fd, min(first or most, most))
    except OSError:
        raise Trouble("unreadable", shown) from None
    finally:
        os.close(fd)


def read_all(fd: int, most: int) -> bytes:
    """What `fd` gives until its end, but at most `most` bytes (it may grow while being read)."""
    parts: list[bytes] = []
    left = most
    while left and (part := os.read(fd, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def sweep(folder: Path) -> None:
    """Take away what a killed writer left in `folder`. Only for the one who holds the lock.

    Raises:
        OSError: the system did not let us.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if LEFTOVER.fullmatch(entry.name)]
    except FileNotFoundError:
        return
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            for inner in sorted(path.iterdir()):
                system.unlink(inner)
            system.rmdir(path)
        else:
            system.unlink(path)
