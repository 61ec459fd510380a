"""The pages of a look back: from what is kept to what stands on each, and the screen that shows it.

Gathering and filling are done away from the screen, in a thread: there may be a lot of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from imago_tui import in_view, retelling
from imago_tui.journal.listing import snippet
from imago_tui.review import remembered, threads
from imago_tui.review.days import by_day
from imago_tui.review.feelings import felt
from imago_tui.review.still_open import StillOpen
from imago_tui.review.timeline import Chosen, Marks
from imago_tui.tui.screens.review.base import Step
from imago_tui.tui.screens.review.calendar import CalendarScreen
from imago_tui.tui.screens.review.listed import ListScreen
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from imago_tui.journal.entry import Head
    from imago_tui.journal.store import Journal
    from imago_tui.tui.screens.review.base import ReviewScreen, To
    from imago_tui.tui.screens.review.listed import Item

GOES: dict[To, To] = {"topics": "topic", "still-open": "open"}
"""Where Enter leads from a page, where that is not one dialogue."""


class Pages:
    """What is kept in an open journal, as it stood when it was gathered.

    Args:
        journal: open.
        now: this moment, with offset.
    """

    def __init__(self, journal: Journal, now: datetime) -> None:
        self._journal = journal
        self._now = now
        self._listing = journal.heads()
        self._kept = remembered.by_dialogue(journal.keepsakes())
        self.still_open = StillOpen()
        # What a search needs is made at the first one; so the first letter waits no longer.
        journal.matching("a")

    @property
    def heads(self) -> Sequence[Head]:
        """All that is kept."""
        return self._listing.heads

    @property
    def begins(self) -> bool:
        """Whether there is something to begin with on the first page."""
        return bool(self.fill(Step("remembered")))

    @cached_property
    def _threads(self) -> list[threads.Thread]:
        return threads.threads(self._listing.heads, self._kept)

    @cached_property
    def marks(self) -> Marks:
        """What is known of all dialogues beside their heads; takes a moment."""
        about = {one.word: {head.id for head in one.heads} for one in self._threads}
        return Marks(felt(self._kept), about)

    def fill(self, step: Step) -> Sequence[Item]:
        """What stands on the page that ``step`` leads to.

        Raises:
            ImagoError: 5 the folder with what is kept cannot be read.
        """
        heads, kept = self._listing.heads, self._kept
        day = step.day or self._now.date()
        match step.to:
            case "remembered":
                return remembered.opening(heads, kept, day)
            case "on-this-day":
                return list(remembered.on_this_day(heads, kept, day))
            case "topics":
                return threads.items(self._threads)
            case "topic":
                found = (one for one in self._threads if one.word == step.id)
                return [item for one in found for item in threads.along(one, kept)]
            case "day":
                return by_day(heads).get(day, [])
            case "still-open":
                standing = in_view.standing(self._journal, self._now)
                self.still_open = StillOpen(standing, self._journal.parked())
                return self.still_open.items()
        return ()

    def screen(
        self, step: Step, items: Sequence[Item], only: Chosen, place: int = 0
    ) -> ReviewScreen:
        """The screen for it. ``place``: what was marked there before."""
        day = step.day or self._now.date()
        if step.to == "timeline":
            heads = only.of(self._listing.heads, self.marks if only else Marks())
            return TimelineScreen(
                heads, self._journal.matching, self._piece, only=only,
                seek=step.id == "find", marked=place, note=self._note(),
            )  # fmt: skip
        if step.to == "calendar":
            return CalendarScreen(self._listing.heads, day, self._now.date())
        if step.to == "day":
            return ListScreen(retelling.day(day), items, marked=place, day=day)
        if step.to == "topic":
            title = words("review.topics.one", word=step.id)
            return ListScreen(title, items, marked=place)
        titles = {
            "remembered": words("review.remembered.title"),
            "on-this-day": words("review.remembered.on_day", day=retelling.day_of_year(day)),
            "topics": words("review.topics.title"),
            "still-open": words("review.open.title"),
        }
        return ListScreen(
            titles[step.to], items, empty=words(f"review.empty.{step.to}"), marked=place,
            page=step.to, day=step.day, note=self._note() if step.to == "remembered" else "",
            goes=GOES.get(step.to, "read"),
        )  # fmt: skip

    def _piece(self, id_: str, sought: str) -> str:
        return snippet(self._journal.load(id_), sought)

    def _note(self) -> str:
        """What could not be read, in a plain sentence, and what to know of the folder."""
        count = len(self._listing.damaged)
        told = list(self._journal.warnings)
        if count == 1:
            told.append(words("review.damaged_one"))
        elif count:
            told.append(words("review.damaged_many", count=count))
        return " ".join(told)
