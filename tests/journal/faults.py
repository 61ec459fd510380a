"""A disk that goes wrong at a chosen system call, or a process that ends there."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from imago_tui.journal import system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CALLS = (
    "open_file",
    "write",
    "fchmod",
    "chmod",
    "fsync",
    "close",
    "rename",
    "unlink",
    "mkdir",
    "rmdir",
    "link",
    "sync",
)
KILLED = 77


@contextmanager
def at_each_call(act: Callable[[int, str], None]) -> Iterator[list[str]]:
    """Have `act` called before every system call, with its number and name; gives their names."""
    made: list[str] = []
    before = {name: getattr(system, name) for name in CALLS}

    def wrap(name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            made.append(name)
            act(len(made), name)
            return before[name](*args, **kwargs)

        return call

    for name in CALLS:
        setattr(system, name, wrap(name))
    try:
        yield made
    finally:
        for name in CALLS:
            setattr(system, name, before[name])


def count(work: Callable[[], object]) -> list[str]:
    """The names of the system calls that `work` makes, in order."""
    with at_each_call(lambda _number, _name: None) as made:
        work()
    return made


@contextmanager
def failing(at: int, code: int = errno.EIO) -> Iterator[None]:
    """Let the `at`-th system call of the block go wrong with `code`, and only that one."""

    def act(number: int, _: str) -> None:
        if number == at:
            raise OSError(code, os.strerror(code))

    with at_each_call(act):
        yield


@contextmanager
def not_given(path: Path, code: int = errno.EIO) -> Iterator[None]:
    """Let the disk not give what stands in the file `path`."""
    inode, real = path.stat().st_ino, os.read

    def read(fd: int, size: int) -> bytes:
        if os.fstat(fd).st_ino == inode:
            raise OSError(code, os.strerror(code))
        return real(fd, size)

    os.read = read
    try:
        yield
    finally:
        os.read = real


def killed(at: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that dies right before its `at`-th system call.

    Returns whether it died; False when `work` made fewer calls and came to its end.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:

            def act(number: int, _: str) -> None:
                if number == at:
                    os._exit(KILLED)

            with at_each_call(act):
                work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, KILLED}
    return code == KILLED
