"""One's own room: write, prepare a talk, read, find, move something over, let something go."""

from __future__ import annotations

from imago_tui.rooms import prepare
from imago_tui.rooms.way import Ask, Way, filled
from imago_tui.words import words

ROOM = "own"
OVER, AWAY = "over", "away"
GO_ON = "go-on"
USUAL = "usual"
"""What one usually keeps of a talk."""


def _said(page: str, what: str) -> Ask:
    """A question that is asked once `what` was pressed below a note."""
    return Ask(page, when=lambda given: given.get("note") == what)


SHEET = Ask("sheet", kind="sheet")
KEEP = Ask("keep", fields=("topic",))
NOTE = (Ask("note", kind="long"), _said(OVER, OVER), _said(AWAY, AWAY))
ERRANDS: dict[str, tuple[Ask, ...]] = {
    "write": (Ask("kind"), SHEET, KEEP),
    GO_ON: (SHEET, KEEP),
    prepare.ERRAND: prepare.ASKS,
    USUAL: (Ask(USUAL),),
    "read": (Ask("list", kind="pick"), *NOTE),
    "find": (
        Ask("find", fields=("words",), check=filled("words")),
        Ask("found", kind="pick"),
        *NOTE,
    ),
    "keys": (),
    "take-out": (),
    "copies": (),
}


def without(*, alone: bool, empty: bool, begun: bool, apart: bool = False) -> frozenset[str]:
    """What is not open in it now.

    Args:
        alone: there is no shared room.
        apart: there is one, but it is not open beside this one.
        empty: nothing is kept in it yet.
        begun: something was being written when it was last closed.
    """
    closed = {"read", "find", "take-out"} if empty else set()
    # Whoever is not alone looks after the copies beside the shared room.
    closed |= set() if alone else {"copies"}
    closed |= {OVER, USUAL} if alone or apart else set()
    return frozenset(closed if begun else closed | {GO_ON})


def begin(name: str, at: str = "") -> Way:
    """A room that has just been opened.

    Args:
        name: whose it is.
        at: what to do at once.
    """
    way = Way(ROOM, ERRANDS, facts={"name": name}, whose=words("rooms.own.whose", name=name))
    return way.begin(at) if at else way
