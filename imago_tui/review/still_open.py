"""What is still open, in the order in which it comes: nothing here is late, and nothing is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui import promises, retelling
from imago_tui.review.shown import Heading, Leaf
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.entry import Note
    from imago_tui.promises import Promise

PARKED = "parked:"
"""Before the id of a leaf that is a parked topic."""


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What is open. ``standing``: what was agreed, by date; ``parked``: topics for another day."""

    standing: Sequence[Promise] = ()
    parked: Sequence[Note] = ()

    def items(self) -> list[Heading | Leaf]:
        """As a list: what was begun and agreed, then what waits for a day."""
        found: list[Heading | Leaf] = []
        for kinds, heading in (
            (frozenset({"return"}), "unfinished"),
            (frozenset({"meeting", "reply"}), "times"),
            (frozenset({*promises.GIFTS, "vision"}), "agreed"),
        ):
            these = [one for one in self.standing if one.kind in kinds]
            if these:
                found.append(Heading(words(f"review.open.{heading}")))
                found += [_leaf(one) for one in these]
        if self.parked:
            found.append(Heading(words("review.open.parked")))
            found += [_parked(note) for note in reversed(self.parked)]
        return found

    def promise(self, id_: str) -> Promise | None:
        """The one that a leaf with this id stands for."""
        return next((one for one in self.standing if one.id == id_), None)

    def note(self, id_: str) -> Note | None:
        """The parked topic that a leaf with this id stands for."""
        return next((one for one in self.parked if PARKED + one.id == id_), None)


def _leaf(one: Promise) -> Leaf:
    foot = promises.between(one)
    if not foot and one.kind == "return":
        foot = words(
            "review.open.began",
            what=retelling.what(one.exercise),
            day=retelling.day(one.made),
        )
    return Leaf(one.id, promises.say(one), foot)


def _parked(note: Note) -> Leaf:
    day = retelling.day(note.made)
    foot = words("review.open.parked_by", who=note.who, day=day) if note.who else day
    return Leaf(PARKED + note.id, note.text or "", foot)
