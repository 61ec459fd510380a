"""Which dialogues of a list are meant: by day, exercise, topic, state, or by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.journal import tokens

if TYPE_CHECKING:
    from datetime import date

    from imago_tui.journal.entry import Head, KeptAs


@dataclass(frozen=True, slots=True)
class Filter:
    """What a dialogue has to be like; None: however it is.

    Args:
        since, until: first and last day on which it began, as the two counted days then.
        exercise: its name.
        topic: every word stands in the topic; case and accents don't matter.
        state: how it is kept.
        ids: it is one of these, found by what else is known of them.
    """

    since: date | None = None
    until: date | None = None
    exercise: str | None = None
    topic: str | None = None
    state: KeptAs | None = None
    ids: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return self != Filter()

    def fits(self, head: Head) -> bool:
        """Whether `head` is meant."""
        day = head.started.date()
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        if self.exercise is not None and head.exercise != self.exercise:
            return False
        if self.state is not None and head.kept_as != self.state:
            return False
        if self.ids is not None and head.id not in self.ids:
            return False
        if self.topic is None:
            return True
        topic = tokens.plain(head.topic or "") if head.state == "done" else ""
        return all(word in topic for word in tokens.plain(self.topic).split())
