"""Copies of the journal, looking at every file, taking something away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.rooms.way import GUEST, WHO, Ask, Way, filled

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
    "data": (Ask("data", ("place",), check=filled("place")),),
    "delete": (
        Ask("entries", kind="pick"),
        Ask("how"),
        Ask("theirs", ("other",), hidden=True, when=_other),
        _after(BOTH, "gone"),
        _after(MINE, "gap"),
    ),
}
OF_BOTH = {**ERRANDS, "delete": (WHO, *ERRANDS["delete"])}
"""Where both have opened the journal: who of them takes something away is asked now."""
BRING: dict[str, tuple[Ask, ...]] = {"bring": (Ask("bring", ("place",), check=filled("place")),)}
"""Where there is no journal, and copies of one."""


def without(*, alone: bool, empty: bool) -> frozenset[str]:
    """What is not open now.

    Args:
        alone: one person keeps the journal alone, and takes away what is theirs in their own room.
        empty: there is nothing to take away.
    """
    return frozenset({"delete"} if alone or empty else ())


def begin(whose: str = "", *, both: bool = False) -> Way:
    """The page with the copies.

    Args:
        whose: the line of one's own room, where one comes from there.
        both: both have opened the journal.
    """
    return Way(ROOM, OF_BOTH if both else ERRANDS, whose=whose)


def begin_bringing() -> Way:
    """A copy can be brought back, since there is nothing in its place."""
    return Way(ROOM, BRING).begin("bring")
