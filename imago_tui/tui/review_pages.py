"""The pages of a look back on the screen: which screen shows what."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, get_args

from imago_tui import retelling
from imago_tui.errors import ImagoError
from imago_tui.journal.listing import snippet
from imago_tui.looking_back import LookBack, Page
from imago_tui.review.timeline import Chosen, Marks
from imago_tui.tui.screens.review.calendar import CalendarScreen
from imago_tui.tui.screens.review.listed import ListScreen
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.store import Journal
    from imago_tui.looking_back import Item
    from imago_tui.tui.screens.review.base import ReviewScreen, Step, To

GOES: dict[To, To] = {"topics": "topic", "still-open": "open"}
"""Where Enter leads from a page, where that is not one dialogue."""


class Pages(LookBack):
    """What is kept in an open journal, and the screens for it. As `LookBack`."""

    def __init__(self, journal: Journal, now: datetime, progress: Progress | None = None) -> None:
        super().__init__(journal, now, progress)
        self._warnings = journal.warnings
        # What a search needs is made at the first one; so the first letter waits no longer.
        with suppress(ImagoError):  # told where words are looked for
            journal.matching("a")

    def items(self, step: Step) -> Sequence[Item]:
        """What stands on the page that ``step`` leads to; takes a moment. As `LookBack.fill`."""
        for page in get_args(Page):
            if page == step.to:
                return self.fill(page, topic=step.id, day=step.day)
        return ()

    def screen(
        self, step: Step, items: Sequence[Item], only: Chosen, place: int = 0
    ) -> ReviewScreen:
        """The screen for it. ``place``: what was marked there before."""
        day = step.day or self.now.date()
        if step.to == "timeline":
            heads = only.of(self.heads, self.marks if only else Marks())
            return TimelineScreen(
                heads, self.journal.matching, self._piece, only=only,
                seek=step.id == "find", marked=place, note=self._note(),
                readers=self._readers,
            )  # fmt: skip
        if step.to == "calendar":
            return CalendarScreen(self.heads, day, self.now.date(), readers=self._readers)
        if step.to == "day":
            title = retelling.day(day)
            return ListScreen(title, items, marked=place, day=day, readers=self._readers)
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
        return snippet(self.journal.load(id_), sought)

    @property
    def _readers(self) -> str:
        """Who can read a list of all that opens just now."""
        together = self.journal.both and any(head.room == "together" for head in self.heads)
        return words(f"review.who.{'with_together' if together else 'room'}")

    def _note(self) -> str:
        """What could not be read, in a plain sentence, and what to know of the folder."""
        newer = sum(trouble.reason == "newer" for trouble in self.damaged)
        counts = {"damaged": len(self.damaged) - newer, "newer": newer}
        told = list(self._warnings)
        for what, count in counts.items():
            if count == 1:
                told.append(words(f"review.{what}_one"))
            elif count:
                told.append(words(f"review.{what}_many", count=count))
        return " ".join(told)
