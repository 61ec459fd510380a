"""How a mishap is told: one plain sentence on stderr, a hint, and a status. Never a traceback.

An exception's own message may hold somebody's words, so only its kind and its place are told.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui import NAME
from imago_tui.errors import INTERRUPTED, ImagoError
from imago_tui.inert import inert
from imago_tui.privacy import developing
from imago_tui.words import words

if TYPE_CHECKING:
    from types import TracebackType

PIPE_CLOSED = 141  # as the shell counts a program that the signal SIGPIPE ended
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PACKAGE = Path(__file__).parent


def tell(message: str, hint: str = "") -> None:
    """Say what happened, and the hint on a line of its own."""
    if sys.stderr is None:  # closed from outside; print would take stdout instead
        return
    lines = [f"{NAME}: {message}", hint] if hint else [f"{NAME}: {message}"]
    try:
        print(*map(inert, lines), sep="\n", file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr.fileno())  # nobody is listening any more


def silence(descriptor: int) -> None:
    """Let what is still waiting to be written go nowhere, so that the exit stays quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def places(trace: TracebackType | None) -> list[str]:
    """`file:line` of each frame of `trace`, outermost first; files of ours from the package on."""
    found: list[str] = []
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        inside = file.is_relative_to(PACKAGE)
        name = file.relative_to(PACKAGE.parent) if inside else file.name
        found.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found


def as_error(mishap: BaseException) -> ImagoError:
    """What to tell about any exception."""
    if isinstance(mishap, ImagoError):
        return mishap
    if isinstance(mishap, OSError) and mishap.errno in FULL:
        return ImagoError(words("errors.full"), words("errors.full_hint"), 7)
    if isinstance(mishap, OSError) and mishap.errno == errno.EROFS:
        return ImagoError(words("errors.read_only"), words("errors.read_only_hint"), 7)
    trace = places(mishap.__traceback__)
    # Our own innermost line says more to us than a line deep in somebody else's library.
    ours = [place for place in trace if place.startswith(f"{PACKAGE.name}{os.sep}")]
    place = " < ".join(reversed(trace)) if developing() else (ours or trace or ["?"])[-1]
    kind = type(mishap).__name__
    return ImagoError(words("errors.fault", kind=kind, place=place), words("errors.fault_hint"))


def settle(mishap: BaseException) -> int:
    """Tell what there is to tell about `mishap`; the exit status that goes with it."""
    if isinstance(mishap, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(mishap, BrokenPipeError):
        silence(sys.stdout.fileno())
        return PIPE_CLOSED
    error = as_error(mishap)
    tell(error.message, error.hint)
    return error.status


def watch() -> None:
    """Tell mishaps that nobody catches (in threads, at exit, in logging) in the same way."""
    import logging

    # Without a handler, logging prints whole messages of exceptions to stderr.
    logging.getLogger().addHandler(logging.NullHandler())
    sys.excepthook = lambda _kind, mishap, _trace: _tell_quietly(mishap)
    sys.unraisablehook = lambda args: _tell_quietly(args.exc_value)
    threading.excepthook = lambda args: _tell_quietly(args.exc_value)


def _tell_quietly(mishap: BaseException | None) -> None:
    if mishap is not None:
        settle(mishap)
