"""A database that trips over itself, told as one thing whatever SQLite says."""

from __future__ import annotations

import sqlite3
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class Broken(Exception):
    """The database does not hold what this program puts in."""


def guarded(method: Callable[P, R]) -> Callable[P, R]:
    """Raise `Broken` for whatever a damaged database makes a method trip over."""

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except (sqlite3.Error, ValueError, TypeError, OverflowError, MemoryError) as error:
            raise Broken from error

    return call
