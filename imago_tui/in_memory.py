"""What a first evening holds in memory only, until both want to keep it and there are keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.now import local_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from imago_tui.dialogue.state import State
    from imago_tui.journal.store import Journal
    from imago_tui.keeping import JournalKeeper


@dataclass(slots=True)
class Held:
    """A talk: when it began and ended; its keeper once it has one."""

    state: State
    began: datetime
    ended: datetime
    keeper: JournalKeeper | None = None

    def end(self) -> datetime:
        """When it ended."""
        return self.ended


class InMemory:
    """Talks of which something is to be kept, and how many parked words are kept already."""

    def __init__(self) -> None:
        self._held: list[Held] = []
        self._parked = 0

    @property
    def holds(self) -> bool:
        """Whether a talk stands nowhere else."""
        return bool(self._held)

    def hold(self, state: State, began: datetime) -> None:
        """A talk is over just now."""
        self._held.append(Held(state, began, local_now()))

    def seal(self, journal: Journal, parked: Sequence[str]) -> None:
        """Write all of it. Tried again after a mishap, it goes on: nothing is written twice.

        Args:
            journal: made just now; whoever calls holds its lock.
            parked: every word that was parked this evening.

        Raises:
            ImagoError: 6, 7.
        """
        # Heavy, and an evening of which nothing is kept never gets here.
        from imago_tui.keeping import JournalKeeper

        while self._held:
            held = self._held[0]
            # Kept for another try: it knows what it has written already.
            held.keeper = held.keeper or JournalKeeper(
                journal, held.state.exercise.id, started=held.began, now=held.end
            )
            held.keeper.finish(held.state)
            self._held.pop(0)
        for word in parked[self._parked :]:
            journal.park(word, made=local_now())
            self._parked += 1
