"""Copies of the journal, looking at every file, taking something away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.rooms.way import GUEST, Ask, Way, filled

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = "copies"
BOTH, MINE = "both", "mine"


def _after(how: str, page: str) -> Ask:
    """A page that comes when both agree, or when it is one's own words alone."""
    return Ask(page, when=lambda given: given.get("how") == how)


def _other(given: Mapping[str, str]) -> bool:
    return given.get("how") == BOTH and GUEST not in given


ERRANDS: dict[str, tuple[Ask, ...]] = {
    "now": (Ask("now", ("place",)),),
    "look": (),
    "restore": (Ask("restore"),),
    "delete": (
        Ask("entries", kind="pick"),
        Ask("how"),
        Ask("theirs", ("other",), hidden=True, when=_other),
        _after(BOTH, "gone"),
        _after(MINE, "gap"),
    ),
}
BRING: dict[str, tuple[Ask, ...]] = {"bring": (Ask("bring", ("place",), check=filled("place")),)}
"""Where there is no journal, and copies of one."""


def without(*, alone: bool, both: bool, empty: bool) -> frozenset[str]:
    """What is not open now.

    Args:
        alone: one person keeps the journal alone, and takes away what is theirs in their own room.
        both: both have opened it: then it isn't clear whose words are meant.
        empty: there is nothing to take away.
    """
    closed = {"delete"} if alone or empty else set()
    return frozenset(closed | {MINE} if both else closed)


def begin(whose: str = "") -> Way:
    """The page with the copies. `whose`: the line of one's own room, where one comes from there."""
    return Way(ROOM, ERRANDS, whose=whose)


def begin_bringing() -> Way:
    """A copy can be brought back, since there is nothing in its place."""
    return Way(ROOM, BRING).begin("bring")
