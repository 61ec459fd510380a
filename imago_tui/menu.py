"""What can be held, by what a couple may be looking for; the small ones first.

The choices of the home page and of an evening come from here, and so from the exercises themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imago_tui import exercises
from imago_tui.dialogue.stage import ExerciseError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.exercise import Exercise

TOGETHER = ("fight", "talk", "appreciate", "understand", "repair")
"""What two people may look for, in the order in which it is offered."""

ALONE, GUARDED = "alone", "guarded"
"""For one person; and what is never suggested."""


class Item(NamedTuple):
    """An exercise in a list. ``own``: from one's own folder."""

    id: str
    title: str
    minutes: int
    group: str
    own: bool = False

    @property
    def label(self) -> str:
        """It in one line: what it is called, how long it takes, and whether it is one's own."""
        key = "own" if self.own else "shipped"
        if self.minutes == 1:
            return words(f"menu.{key}_minute", title=self.title)
        return words(f"menu.{key}", title=self.title, minutes=self.minutes)


def items() -> tuple[Item, ...]:
    """Every exercise that can be held, by its group, the short ones first."""
    return tuple(sorted(_every(), key=lambda item: (item.minutes, item.title)))


def of(group: str) -> tuple[Item, ...]:
    """The exercises of a group. One's own without a group stands among the talks."""
    return tuple(item for item in items() if (item.group or "talk") == group)


def is_own(exercise: str) -> bool:
    """Whether an exercise is one of one's own folder."""
    return exercise not in exercises.names()


def title(exercise: Exercise) -> str:
    """What an exercise is called at the table, where one's own is marked."""
    return words("menu.marked", title=exercise.title) if is_own(exercise.id) else exercise.title


def _every() -> Iterator[Item]:
    shipped = frozenset(exercises.names())
    for name in exercises.every():
        try:
            one = exercises.load(name)
        except ExerciseError:  # one's own, which can't be held as it stands
            continue
        yield Item(one.id, one.title, one.minutes, one.group, own=name not in shipped)
