"""A month on a page; below it, what the marked day has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from imago_tui import retelling
from imago_tui.inert import inert
from imago_tui.review.days import by_day, next_kept
from imago_tui.review.shown import Titles
from imago_tui.tui.screens.review.base import ReviewScreen, Step
from imago_tui.tui.widgets.month import Month
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult

    from imago_tui.journal.entry import Head

MOST = 12
"""As many titles of a day stand below the month."""


class CalendarScreen(ReviewScreen):
    """Shows the month of ``day``; Enter opens the day that is marked.

    Args:
        heads: all that is kept, newest first.
        day: which day is marked.
        today: this day.
        readers: who can read what stands here.
    """

    DEFAULT_CSS = """
    CalendarScreen #day { padding: 0 1; margin-top: 1; height: 1fr; }
    CalendarScreen.low #day { margin-top: 0; }
    CalendarScreen.low #title { display: none; }
    """

    def __init__(self, heads: Sequence[Head], day: date, today: date, *, readers: str = "") -> None:
        super().__init__(words("review.calendar.title"), page="calendar", readers=readers)
        self._days = by_day(heads)
        self._month = Month(day, self._days, today)
        self._titles = Titles()

    def body(self) -> ComposeResult:
        """The month, and the day."""
        yield self._month
        yield Static(id="day", markup=False)

    def on_mount(self) -> None:
        """With its day."""
        self._tell()

    @property
    def day(self) -> date:
        """The day that is marked."""
        return self._month.day

    def first(self) -> tuple[str, ...]:
        """Opening the day is what it is for."""
        return ("read",)

    def not_here(self) -> frozenset[str]:
        """What is seen is always all of it."""
        return frozenset({"choose"})

    def _tell(self) -> None:
        of_day = self._days.get(self.day, [])
        lines = [self._titles.of(head) for head in of_day[:MOST]]
        if len(of_day) > MOST:
            lines.append("…")
        title = retelling.day(self.day)
        lines = [" ".join(line.split()) for line in lines] or [words("review.empty.day")]
        self.query_one("#day", Static).update(inert("\n".join((title, *lines))))

    def _walk(self, *, days: int = 0, months: int = 0) -> None:
        self._month.walk(days=days, months=months)
        self._tell()

    def do_before(self) -> None:
        """The day before."""
        self._walk(days=-1)

    def do_after(self) -> None:
        """The day after."""
        self._walk(days=1)

    def do_up(self) -> None:
        """A week earlier."""
        self._walk(days=-7)

    def do_down(self) -> None:
        """A week later."""
        self._walk(days=7)

    def do_page_up(self) -> None:
        """A month earlier."""
        self._walk(months=-1)

    def do_page_down(self) -> None:
        """A month later."""
        self._walk(months=1)

    def do_first(self) -> None:
        """The day before this one that something is kept from."""
        self._month.go(next_kept(self.day, self._days, later=False))
        self._tell()

    def do_last(self) -> None:
        """The next one that something is kept from."""
        self._month.go(next_kept(self.day, self._days, later=True))
        self._tell()

    def do_take(self) -> None:
        """Open the day; where it has one dialogue only, that."""
        of_day = self._days.get(self.day, [])
        if len(of_day) == 1:
            self.go(Step("read", of_day[0].id))
        elif of_day:
            self.go(Step("day", day=self.day))
