"""One writer at a time. The lock is the kernel's, so a killed writer leaves none behind."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import atomic, kdf
from imago_tui.journal.trouble import gone, not_written
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "lock"
MODE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def take(folder: Path) -> int:
    """Take the writers' lock of the journal at `folder`; closing what is returned gives it back.

    Raises:
        ImagoError: status 6 at once when another program holds it, 7 when it cannot be taken.
    """
    try:
        fd = os.open(folder / FILE, MODE, atomic.FILE_MODE)
    except OSError as error:
        raise not_written(error) from None
    try:
        _take(fd)
    except BaseException:
        os.close(fd)
        raise
    return fd


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock for the length of a block; see `take`."""
    fd = take(folder)
    try:
        yield
    finally:
        leave(fd)


def leave(fd: int) -> None:
    """Give the lock back. Closing alone would not do it where a child was begun meanwhile."""
    try:
        fcntl.flock(fd, fcntl.LOCK_UN)
    finally:
        os.close(fd)


def _take(fd: int) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            raise ImagoError(
                words("journal.lock.held"), words("journal.lock.held_hint"), 6
            ) from None
        raise ImagoError(
            words("journal.lock.unsupported"), words("journal.lock.unsupported_hint"), 7
        ) from None


def see_journal(folder: Path) -> None:
    """See that a journal still stands at `folder`: every one has this file, also one person's.

    Raises:
        ImagoError: 7 none does.
    """
    if not os.path.lexists(folder / kdf.FOLDER / kdf.FILE):
        raise gone()


class Writers:
    """The lock as one open journal uses it: taken once, however many blocks stand in each other.

    Whoever comes into a block is told when the journal is not where it was: somebody took its
    folder away, or the disk it is on, or put another one in its place. What was sealed then would
    stand beside no key that opens it. Put back, it goes on where the lock is the one that is held.

    Args:
        folder: the journal.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mutex = threading.Lock()
        self._fd = -1
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for the length of a block, from any thread of this process.

        Raises:
            ImagoError: as `take`; 7 also when the journal is not where it was.
        """
        with self._mutex:
            see_journal(self._folder)  # before the lock is looked for, which is made where none is
            if not self._depth:
                self._fd = take(self._folder)
            elif not self._is_held():
                raise gone()
            self._depth += 1
        try:
            yield
        finally:
            with self._mutex:
                self._depth -= 1
                if not self._depth:
                    leave(self._fd)

    def _is_held(self) -> bool:
        """Whether the lock that stands in the folder is the one that is held."""
        try:
            there = (self._folder / FILE).lstat()
        except OSError:
            return False
        return os.path.samestat(there, os.fstat(self._fd))
