"""One's own passphrase and keys, and a new key for the shared room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.evening.steps import LEAST
from imago_tui.rooms.way import Ask, Way, filled
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = "keys"


def _twice(given: Mapping[str, str]) -> str:
    """A new passphrase, typed twice."""
    if len(given["new"]) < LEAST:
        return words("evening.note.short", least=LEAST)
    return "" if given["new"] == given["again"] else words("evening.note.not_same")


OWN = Ask("own", ("old",), hidden=True)
"""One's own passphrase once more, since what follows needs it."""

ERRANDS: dict[str, tuple[Ask, ...]] = {
    "passphrase": (Ask("passphrase", ("old", "new", "again"), hidden=True, check=_twice),),
    "known": (Ask("known"), Ask("everything", ("old", "new", "again"), hidden=True, check=_twice)),
    "recovery": (Ask("recovery", ("place",), check=filled("place")), OWN),
    "revoke": (Ask("revoke"), OWN),
    "own-key": (Ask("own-key"), OWN),
    "rekey": (Ask("rekey"),),
    "leave": (Ask("leave", ("place",), check=filled("place")), OWN),
    "invite": (
        Ask("invite"),
        OWN,
        Ask("called", ("name",), check=filled("name")),
        Ask("theirs", ("new", "again"), hidden=True, check=_twice),
    ),
}

FIRST: dict[str, tuple[Ask, ...]] = {
    "begin": (
        Ask("begin", ("name",), check=filled("name")),
        Ask("first", ("new", "again"), hidden=True, check=_twice),
    )
}
"""Where there is no journal yet, and somebody begins one alone."""


def without(*, alone: bool, recovery: bool, own_key: bool, apart: bool = False) -> frozenset[str]:
    """What is not open now.

    Args:
        alone: there is no shared room, and nobody to leave.
        apart: there is one, but it is not open beside one's own.
        recovery: there is a recovery key to take back.
        own_key: a new key for one's own room was begun and is not finished.
    """
    closed = {"rekey", "leave"} if alone else {"invite"}
    closed |= {"rekey"} if apart else set()
    closed |= set() if recovery else {"revoke"}
    return frozenset(closed if own_key else closed | {"own-key"})


def begin(name: str) -> Way:
    """The page with one's own keys. `name`: whose room it is in."""
    return Way(ROOM, ERRANDS, facts={"name": name}, whose=words("rooms.own.whose", name=name))


def begin_alone() -> Way:
    """The first page for somebody who begins with a room of their own, and no journal of two."""
    return Way(ROOM, FIRST).begin("begin")
