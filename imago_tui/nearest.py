"""The nearest good name to one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(given: str, good: Iterable[str]) -> str:
    """The one of `good` that looks most like `given`; empty when none looks like it."""
    # Imported here: it is only needed once something was mistyped.
    import difflib

    return next(iter(difflib.get_close_matches(given, list(good), n=1)), "")
