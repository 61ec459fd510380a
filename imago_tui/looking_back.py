"""What an open journal gives to look back on, alike for both front ends.

Reading opens files and goes through years, so a screen does it in a thread.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from imago_tui import in_view
from imago_tui.review import remembered, threads
from imago_tui.review.days import by_day
from imago_tui.review.feelings import felt
from imago_tui.review.still_open import StillOpen
from imago_tui.review.timeline import Marks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import Head
    from imago_tui.journal.store import Journal
    from imago_tui.journal.trouble import Trouble
    from imago_tui.review.shown import Heading, Leaf

    Item = Heading | Leaf | Head

Page = Literal["remembered", "on-this-day", "topics", "topic", "day", "still-open"]


class LookBack:
    """What is kept in an open journal, as it stood when it was gathered.

    Args:
        journal: open.
        now: this moment, with offset.
        progress: told how far it has come, where many files have to be read.

    Raises:
        ImagoError: 5 the folder with what is kept cannot be read.
    """

    def __init__(self, journal: Journal, now: datetime, progress: Progress | None = None) -> None:
        self.journal = journal
        self.now = now
        listing = journal.heads(progress)
        self.heads: Sequence[Head] = listing.heads
        self.damaged: Sequence[Trouble] = listing.damaged
        self.still_open = StillOpen()
        self._kept = remembered.by_dialogue(journal.keepsakes())

    @cached_property
    def threads(self) -> list[threads.Thread]:
        """What comes back, what came back last first."""
        return threads.threads(self.heads, self._kept)

    @cached_property
    def marks(self) -> Marks:
        """What is known of all dialogues beside their heads."""
        about = {one.word: {head.id for head in one.heads} for one in self.threads}
        return Marks(felt(self._kept), about)

    def fill(self, page: Page, *, topic: str = "", day: date | None = None) -> Sequence[Item]:
        """What stands on a page.

        Args:
            page: which one.
            topic: at "topic": which one, as `threads` calls it.
            day: at "day" and "on-this-day": which day; None: today.

        Raises:
            ImagoError: 5 the folder with what is kept cannot be read.
        """
        day = day or self.now.date()
        match page:
            case "remembered":
                return remembered.opening(self.heads, self._kept, day)
            case "on-this-day":
                return list(remembered.on_this_day(self.heads, self._kept, day))
            case "topics":
                return threads.items(self.threads)
            case "topic":
                found = (one for one in self.threads if one.word == topic)
                return [item for one in found for item in threads.along(one, self._kept)]
            case "day":
                return by_day(self.heads).get(day, [])
            case "still-open":
                standing = in_view.standing(self.journal, self.now)
                self.still_open = StillOpen(standing, self.journal.parked())
                return self.still_open.items()
