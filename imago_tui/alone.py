"""What one person holds alone: it goes into their own room when they say so, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import exercises, keeping
from imago_tui.dialogue import keep
from imago_tui.now import local_now
from imago_tui.session import Session
from imago_tui.words import words

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.state import State
    from imago_tui.journal.own import OwnRoom
    from imago_tui.session import Draft


def talk(exercise: Exercise, room: OwnRoom | None) -> Session:
    """An exercise for one person, begun.

    Args:
        exercise: which.
        room: their own room, open, where it may be kept; None: nothing is, and nobody asks.
    """
    if room is None:
        return Session(exercises.without_keeping(exercise), (words("practice.you"), ""))
    return Session(exercise, (room.name, ""), keeper=OwnKeeper(room, exercise.id, local_now()))


class OwnKeeper:
    """Keeps it in an open private room; a ``session.Keeper``.

    Nothing is on the disk before its owner has said so: that is the question at the end.
    """

    def __init__(self, room: OwnRoom, exercise: str, started: datetime) -> None:
        self._room = room
        self._exercise = exercise
        self._started = started.replace(microsecond=0)

    def save(self, now: State, draft: Draft | None) -> None:
        """Not before its owner has said so."""

    def finish(self, now: State) -> None:
        """Keep all of it, or nothing.

        Raises:
            ImagoError: 2 the room was closed; 6; 7.
        """
        kept = keep.kept(now.said)
        if kept is None or kept.amount == "nothing":
            return
        from imago_tui.journal.entry import Entry

        names = (self._room.name, "")
        self._room.save(
            Entry(
                id=self._room.new_id(),
                room="private",
                exercise=self._exercise,
                topic=None,
                started=self._started,
                ended=local_now(),
                state="done",
                partners=names,
                turns=keeping.turns(keep.turns(now.said, kept.amount), names),
            )
        )

    def drop(self, now: State) -> None:
        """There is nothing of it."""

    def park(self, words: str) -> None:
        """A word for the two of them has no place here."""
